"""The measurements of pages as commands: in a browser, or through the application itself."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler.sample.family import Family
from tests.bench.options import (
    FAMILIES,
    FILES,
    ONE_SEED,
    SCENARIOS,
    SEED,
    keep,
    scenarios_of,
)
from tests.bench.scenarios import family_scenarios

PLAN_SECONDS = click.option(
    "--solve", default=10.0, show_default=True, help="Seconds for the plan shown."
)


@click.command()
@PLAN_SECONDS
@SEED
def floors(solve: float, seed: int) -> None:
    """Measure a step of the floor plan's slider in a browser, with 600 requests."""
    from tests.bench.floors import floor_figures  # noqa: PLC0415

    keep(floor_figures(solve), seed)


@click.command()
@FAMILIES
@ONE_SEED
@FILES
@PLAN_SECONDS
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

    scenarios = list(scenarios_of(families, seeds, files, instead=(Family.HUB,)))
    keep(board_figures(scenarios, solve), seed)


@click.command()
@SEED
def requests(seed: int) -> None:
    """Measure the table of 10,000 requests, and the preview of a workbook of 2,000."""
    from tests.bench.office_requests import request_figures  # noqa: PLC0415

    large, huge = family_scenarios((Family.LARGE, Family.FEDERATION), (0,), SCENARIOS)
    keep(request_figures(large.path, huge.path), seed)


@click.command()
@FAMILIES
@ONE_SEED
@FILES
@SEED
def office(
    *, families: tuple[str, ...] | None, seeds: tuple[int, ...], files: tuple[Path, ...], seed: int
) -> None:
    """Measure every page of the office after a change and again; federation if none is named."""
    from tests.bench.office import office_figures  # noqa: PLC0415

    for scenario in scenarios_of(families, seeds, files, instead=(Family.FEDERATION,)):
        keep(office_figures(scenario.path), seed)


@click.command()
@FAMILIES
@ONE_SEED
@FILES
@PLAN_SECONDS
@SEED
def changes(
    *,
    families: tuple[str, ...] | None,
    seeds: tuple[int, ...],
    files: tuple[Path, ...],
    solve: float,
    seed: int,
) -> None:
    """Measure what a researcher is offered instead of a published stay; hub if none is named."""
    from tests.bench.change_options import change_figures  # noqa: PLC0415

    scenarios = list(scenarios_of(families, seeds, files, instead=(Family.HUB,)))
    keep(change_figures(scenarios, solve), seed)


@click.command()
@SEED
def feeds(seed: int) -> None:
    """Measure feeds of 1,000 residencies, answers beside a bare view, and a release of 600."""
    from tests.bench.feeds import feed_figures  # noqa: PLC0415

    keep(feed_figures(), seed)


@click.command()
@click.option("--events", default=5000, show_default=True, help="How many the calendar has.")
@SEED
def busy(events: int, seed: int) -> None:
    """Measure how soon a researcher's own calendar is read, with 5,000 events."""
    from tests.bench.busy import busy_figures  # noqa: PLC0415

    keep(busy_figures(events, seed), seed)


COMMANDS = (changes, feeds, floors, board, requests, busy, office)
