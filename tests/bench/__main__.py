"""The measurements as commands: ``python -m tests.bench COMMAND``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from scheduler.sample.family import Family
from tests.bench.cells import Cell, Key, keep_cell, load_cells
from tests.bench.compare import Rules, measure
from tests.bench.contender import OURS, PEERS
from tests.bench.figures import RESULTS, Figure, facts, save
from tests.bench.scenarios import Scenario, family_scenarios, file_scenarios
from tests.bench.table import comparison_table

CELLS = RESULTS / "cells.jsonl"
SCENARIOS = RESULTS / "scenarios"
WIDTH = 220
NOTHING: Mapping[Key, Cell] = MappingProxyType({})
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
    type=Listed(click.Choice(list(PEERS))),
    default=",".join(PEERS),
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
    known = load_cells(CELLS) if missing else NOTHING
    for scenario in _scenarios(families, seeds, files):
        timed = replace(scenario, seconds=scenario.seconds * seconds_scale)
        for contender in (*((OURS,) if ours else ()), *peers):
            _measure(timed, contender, rules, known)
    _print(comparison_table(load_cells(CELLS)))


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


@main.command()
@FAMILIES
@ONE_SEED
@FILES
@SEED
@WORKERS
def first(
    *,
    families: tuple[str, ...] | None,
    seeds: tuple[int, ...],
    files: tuple[Path, ...],
    seed: int,
    workers: int,
) -> None:
    """Measure the first allowed plan, and how the cost of the first steps grows with requests.

    Without --families and --file: from hub to federation.
    """
    from tests.bench.first import first_figures  # noqa: PLC0415

    grown = (Family.HUB, Family.LARGE, Family.FEDERATION)
    scenarios = list(_scenarios(families, seeds, files, instead=grown))
    _keep(first_figures(scenarios, Rules(workers=workers, seed=seed)), seed)


@main.command()
@FAMILIES
@SEEDS
@FILES
@click.option("--times", default=10.0, show_default=True, help="How much longer a long run is.")
@SEED
@WORKERS
def gap(
    *,
    families: tuple[str, ...] | None,
    seeds: tuple[int, ...],
    files: tuple[Path, ...],
    times: float,
    seed: int,
    workers: int,
) -> None:
    """Say how much of each gap is the plan's and how much the bound's, by a long run of each.

    What is not measured yet is measured now: a run in the usual time, and one in a long time.
    """
    from tests.bench.gap import gap_table  # noqa: PLC0415

    rules = Rules(workers=workers, seed=seed)
    for scenario in _scenarios(families, seeds, files):
        for seconds in (scenario.seconds, times * scenario.seconds):
            _measure(replace(scenario, seconds=seconds), OURS, rules, load_cells(CELLS))
    _print(gap_table(load_cells(CELLS)))


@main.command()
@FAMILIES
@ONE_SEED
@FILES
@click.option("--long", default=120.0, show_default=True, help="Seconds of the long solve.")
@SEED
def replan(
    *,
    families: tuple[str, ...] | None,
    seeds: tuple[int, ...],
    files: tuple[Path, ...],
    long: float,
    seed: int,
) -> None:
    """Measure re-planning in 5 s after one change, beside a long solve; hub if none is named."""
    from tests.bench.changes import replan_figures  # noqa: PLC0415

    for scenario in _scenarios(families, seeds, files, instead=(Family.HUB,)):
        _keep(replan_figures(scenario, long, seed), seed)


@main.command()
@FAMILIES
@ONE_SEED
@FILES
@click.option("--solve", default=60.0, show_default=True, help="Seconds for the plan explained.")
@SEED
def explain(
    *,
    families: tuple[str, ...] | None,
    seeds: tuple[int, ...],
    files: tuple[Path, ...],
    solve: float,
    seed: int,
) -> None:
    """Measure explaining one unplaced request, as a whole process; hub if none is named."""
    from tests.bench.explain import explain_figures  # noqa: PLC0415

    for scenario in _scenarios(families, seeds, files, instead=(Family.HUB,)):
        _keep(explain_figures(scenario, solve, seed), seed)


@main.command()
@FAMILIES
@ONE_SEED
@FILES
@click.option("--turns", default=3, show_default=True, help="Runs of each.")
@click.option("--seconds-scale", default=0.5, show_default=True, help="Times the family's time.")
@SEED
@WORKERS
def cluster(
    *,
    families: tuple[str, ...] | None,
    seeds: tuple[int, ...],
    files: tuple[Path, ...],
    turns: int,
    seconds_scale: float,
    seed: int,
    workers: int,
) -> None:
    """Measure two Dask workers beside the process pool, in turns; hub if none is named."""
    from tests.bench.cluster import cluster_figures  # noqa: PLC0415

    rules = Rules(workers=workers, seed=seed)
    for scenario in _scenarios(families, seeds, files, instead=(Family.HUB,)):
        timed = replace(scenario, seconds=seconds_scale * scenario.seconds)
        _keep(cluster_figures(timed, turns, rules), seed)


@main.command()
@click.option("--solve", default=10.0, show_default=True, help="Seconds for the plan shown.")
@SEED
def floors(solve: float, seed: int) -> None:
    """Measure a step of the floor plan's slider in a browser, with 600 requests."""
    from tests.bench.floors import floor_figures  # noqa: PLC0415

    _keep(floor_figures(solve), seed)


@main.command()
@FAMILIES
@ONE_SEED
@FILES
@click.option("--solve", default=10.0, show_default=True, help="Seconds for the plan shown.")
@SEED
def board(
    *,
    families: tuple[str, ...] | None,
    seeds: tuple[int, ...],
    files: tuple[Path, ...],
    solve: float,
    seed: int,
) -> None:
    """Measure in a browser when the board can be used and answers; hub if none is named."""
    from tests.bench.board import board_figures  # noqa: PLC0415

    scenarios = list(_scenarios(families, seeds, files, instead=(Family.HUB,)))
    _keep(board_figures(scenarios, solve), seed)


@main.command()
@SEED
def requests(seed: int) -> None:
    """Measure the table of 10,000 requests, and the preview of a workbook of 2,000."""
    from tests.bench.office_requests import request_figures  # noqa: PLC0415

    large, huge = family_scenarios((Family.LARGE, Family.FEDERATION), (0,), SCENARIOS)
    _keep(request_figures(large.path, huge.path), seed)


def _scenarios(
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


def _measure(
    scenario: Scenario, contender: str, rules: Rules, known: Mapping[Key, Cell] = NOTHING
) -> None:
    """Measure a cell unless it is known, and keep it."""
    if Key(scenario.name, scenario.seconds, contender) in known:
        return
    cell = measure(scenario, contender, rules)
    here = {**facts(), "seed": rules.seed, "workers": rules.workers}
    keep_cell(replace(cell, facts=here), CELLS)
    click.echo(f"{scenario.name} {contender}: {cell.objective} {cell.note}".rstrip())


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
