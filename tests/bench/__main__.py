"""The measurements as commands: ``python -m tests.bench COMMAND``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from scheduler.sample.family import Family
from tests.bench.cells import keep_cell, load_cells
from tests.bench.compare import Rules, measure
from tests.bench.contender import CONTENDERS, OURS
from tests.bench.figures import RESULTS, Figure, facts, save
from tests.bench.scenarios import Scenario, family_scenarios, file_scenarios
from tests.bench.table import comparison_table

CELLS = RESULTS / "cells.jsonl"
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
FILES = click.option("--file", "files", type=PATH, multiple=True, help="A scenario file.")
SEED = click.option("--seed", default=0, show_default=True, help="Seed of our searches.")
WORKERS = click.option("--workers", default=2, show_default=True, help="Cores for each.")


@click.group()
def main() -> None:
    """Measure the solver beside its peers, and the rest of the house.

    Every figure is kept in tests/bench/results as soon as it is known.
    """


@main.command()
@FAMILIES
@SEEDS
@FILES
@click.option(
    "--peers",
    type=Listed(click.Choice([name for name in CONTENDERS if name != OURS])),
    default=",".join(name for name in CONTENDERS if name != OURS),
    show_default=True,
)
@click.option("--ours/--no-ours", default=True, show_default=True)
@click.option("--seconds-scale", default=1.0, show_default=True, help="Times each family's time.")
@click.option("--missing", is_flag=True, help="Leave out what was measured before.")
@SEED
@WORKERS
def compare(
    *,
    families: tuple[str, ...] | None,
    seeds: tuple[int, ...],
    files: tuple[Path, ...],
    peers: tuple[str, ...],
    ours: bool,
    seconds_scale: float,
    missing: bool,
    seed: int,
    workers: int,
) -> None:
    """Plan scenarios with ours and with peers, in equal time on equal cores.

    Without --families and --file: the families small and medium.
    """
    rules = Rules(workers=workers, seed=seed)
    names = (*((OURS,) if ours else ()), *peers)
    known = load_cells(CELLS) if missing else {}
    for scenario in _scenarios(families, seeds, files):
        timed = replace(scenario, seconds=scenario.seconds * seconds_scale)
        for name in names:
            if (timed.name, timed.seconds, name) in known:
                continue
            cell = measure(timed, name, rules)
            keep_cell(replace(cell, facts={**facts(), "seed": seed, "workers": workers}), CELLS)
            click.echo(f"{timed.name} {name}: {cell.objective} {cell.note}".rstrip())
    _print(comparison_table(load_cells(CELLS)))


def _scenarios(
    families: Iterable[str] | None, seeds: Iterable[int], files: tuple[Path, ...]
) -> Iterable[Scenario]:
    if families is None:
        families = () if files else (Family.SMALL, Family.MEDIUM)
    yield from family_scenarios([Family(name) for name in families], seeds, SCENARIOS)
    yield from file_scenarios(files)


@main.command()
def table() -> None:
    """Print everything that comparisons have measured, the newest of each."""
    _print(comparison_table(load_cells(CELLS)))


@main.command()
@SEED
def house(seed: int) -> None:
    """Measure the main scenario, the samples, the memory and the feeds."""
    from tests.bench.serving import serving_figures  # noqa: PLC0415
    from tests.bench.solving import solver_figures  # noqa: PLC0415

    _keep((*serving_figures(), *solver_figures(seed)), seed)


def _keep(figures: Iterable[Figure], seed: int) -> None:
    """Print figures as they come, and keep them in a file."""
    rows = Table("what", "measured", "target", "note")
    kept = []
    for figure in figures:
        kept.append(figure)
        rows.add_row(figure.name, f"{figure.value} {figure.unit}", figure.target or "", figure.note)
        click.echo(f"{figure.name}: {figure.value} {figure.unit}")
    _print(rows)
    click.echo(f"Kept in {save(kept, seed=seed, now=dt.datetime.now(dt.UTC))}.")


def _print(rows: Table) -> None:
    Console(width=WIDTH).print(rows)


if __name__ == "__main__":
    main()
