"""What is measured: families of samples by seed, and scenario files, with the time for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from scheduler.problem.scenario_file import load_scenario, save_scenario
from scheduler.sample.family import SIZES, Family
from scheduler.sample.sample import sample

SECONDS = {
    Family.TINY: 5.0,
    Family.SMALL: 20.0,
    Family.MEDIUM: 60.0,
    Family.HUB: 120.0,
    Family.LARGE: 300.0,
    Family.FEDERATION: 600.0,
}
"""Seconds that a family is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A scenario file with its name in tables, and the seconds that it is given."""

    name: str
    path: Path
    seconds: float


def family_scenarios(
    families: Iterable[Family], seeds: Iterable[int], folder: Path
) -> Iterator[Scenario]:
    """Yield samples, `hub/0` say; their files are written where they are not there yet."""
    numbers = tuple(seeds)
    for family in families:
        for seed in numbers:
            path = folder / f"{family}-{seed}.json"
            if not path.exists():
                folder.mkdir(parents=True, exist_ok=True)
                save_scenario(sample(family, seed), path)
            yield Scenario(name=f"{family}/{seed}", path=path, seconds=SECONDS[family])


def file_scenarios(paths: Iterable[Path]) -> Iterator[Scenario]:
    """Yield scenario files under their own names, with the time of the family of their size."""
    for path in paths:
        requests = len(load_scenario(path).requests)
        family = min(SIZES, key=lambda each: abs(SIZES[each].requests - requests))
        yield Scenario(name=path.name, path=path, seconds=SECONDS[family])
