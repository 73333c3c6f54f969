"""What the measurements' commands share: their options, and keeping what was measured."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from scheduler.sample.family import Family
from tests.bench.figures import RESULTS, Figure, save
from tests.bench.scenarios import Scenario, family_scenarios, file_scenarios

SCENARIOS = RESULTS / "scenarios"
WIDTH = 220
PATH = click.Path(path_type=Path, exists=True, dir_okay=False)


class Listed(click.ParamType[tuple[Any, ...]]):
    """Values with commas between them, each of one kind."""

    name = "list"

    def __init__(self, kind: Any) -> None:
        """Keep the kind of each value."""
        self._kind = click.types.convert_type(kind)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Any, ...]:
        """Return the values of a text."""
        if isinstance(value, tuple):
            return value
        return tuple(self._kind.convert(each, param, ctx) for each in value.split(",") if each)


FAMILIES = click.option(
    "--families", type=Listed(click.Choice([each.value for each in Family])), default=None
)
SEEDS = click.option("--seeds", type=Listed(int), default="0,1,2", show_default=True)
ONE_SEED = click.option("--seeds", type=Listed(int), default="0", show_default=True)
FILES = click.option("--file", "files", type=PATH, multiple=True, help="A scenario file.")
SEED = click.option("--seed", default=0, show_default=True, help="Seed of our searches.")
WORKERS = click.option("--workers", default=2, show_default=True, help="Cores for each.")


def scenarios_of(
    families: Iterable[str] | None,
    seeds: Iterable[int],
    files: tuple[Path, ...],
    *,
    instead: Iterable[Family] = (Family.SMALL, Family.MEDIUM),
) -> Iterable[Scenario]:
    """Yield what was asked for; if nothing was, some families instead."""
    if families is None:
        families = () if files else instead
    yield from family_scenarios([Family(name) for name in families], seeds, SCENARIOS)
    yield from file_scenarios(files)


def keep(figures: Iterable[Figure], seed: int) -> None:
    """Print figures as they come, and keep them in a file."""
    rows = Table("what", "measured", "target", "note")
    kept = []
    for figure in figures:
        kept.append(figure)
        rows.add_row(figure.name, f"{figure.value} {figure.unit}", figure.target or "", figure.note)
        click.echo(f"{figure.name}: {figure.value} {figure.unit}")
    print_table(rows)
    click.echo(f"Kept in {save(kept, seed=seed, now=dt.datetime.now(dt.UTC))}.")


def print_table(rows: Table) -> None:
    """Print a table, however wide."""
    Console(width=WIDTH).print(rows)
