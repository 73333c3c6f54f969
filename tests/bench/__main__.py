"""The measurements as commands: ``python -m tests.bench COMMAND``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import click

from scheduler.sample.family import Family
from tests.bench.cells import Cell, Key, keep_cell, load_cells
from tests.bench.compare import Rules, measure
from tests.bench.contender import OURS, PEERS
from tests.bench.figures import RESULTS, facts
from tests.bench.options import (
    FAMILIES,
    FILES,
    ONE_SEED,
    SEED,
    SEEDS,
    WORKERS,
    Listed,
    keep,
    print_table,
    scenarios_of,
)
from tests.bench.page_commands import COMMANDS
from tests.bench.scenarios import Scenario
from tests.bench.table import comparison_table

CELLS = RESULTS / "cells.jsonl"
NOTHING: Mapping[Key, Cell] = MappingProxyType({})


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
    for scenario in scenarios_of(families, seeds, files):
        timed = replace(scenario, seconds=scenario.seconds * seconds_scale)
        for contender in (*((OURS,) if ours else ()), *peers):
            _measure(timed, contender, rules, known)
    print_table(comparison_table(load_cells(CELLS)))


@main.command()
def table() -> None:
    """Print everything that comparisons have measured, the newest of each."""
    print_table(comparison_table(load_cells(CELLS)))


@main.command()
@SEED
def house(seed: int) -> None:
    """Measure the main scenario, the samples, the memory and the feeds."""
    from tests.bench.serving import serving_figures  # noqa: PLC0415
    from tests.bench.solving import solver_figures  # noqa: PLC0415

    keep((*serving_figures(), *solver_figures(seed)), seed)


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
    scenarios = list(scenarios_of(families, seeds, files, instead=grown))
    keep(first_figures(scenarios, Rules(workers=workers, seed=seed)), seed)


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
    for scenario in scenarios_of(families, seeds, files):
        for seconds in (scenario.seconds, times * scenario.seconds):
            _measure(replace(scenario, seconds=seconds), OURS, rules, load_cells(CELLS))
    print_table(gap_table(load_cells(CELLS)))


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

    for scenario in scenarios_of(families, seeds, files, instead=(Family.HUB,)):
        keep(replan_figures(scenario, long, seed), seed)


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

    for scenario in scenarios_of(families, seeds, files, instead=(Family.HUB,)):
        keep(explain_figures(scenario, solve, seed), seed)


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
    for scenario in scenarios_of(families, seeds, files, instead=(Family.HUB,)):
        timed = replace(scenario, seconds=seconds_scale * scenario.seconds)
        keep(cluster_figures(timed, turns, rules), seed)


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


for _command in COMMANDS:
    main.add_command(_command)

if __name__ == "__main__":
    main()
