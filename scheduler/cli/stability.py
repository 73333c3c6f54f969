"""``stability``: what a plan can be worth if at most so many residencies change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scheduler.cli.changing import document_of, optional_adjustments, read_changing
from scheduler.cli.cluster import cluster_option, working_on
from scheduler.cli.inputs import echo_json, json_option, plan_argument, scenario_argument
from scheduler.cli.refusals import clean_refusals
from scheduler.cli.seconds import SECONDS
from scheduler.outcome import SolveLimits, gap_of

if TYPE_CHECKING:
    from scheduler.replan.stability import CurvePoint, StabilityCurve

ANY = "any"


class ChangesType(click.ParamType[tuple[int | None, ...]]):
    """Numbers of changes, separated by commas; 'any' is any number."""

    name = "numbers"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int | None, ...]:
        """Return the numbers, None for any."""
        if isinstance(value, tuple):
            return value
        words = [word.strip() for word in str(value).split(",")]
        if not all(word == ANY or word.isdecimal() for word in words):
            self.fail(f"{value} is no list of numbers like 0,1,2,5,10 or 0,5,any.", param, ctx)
        return tuple(None if word == ANY else int(word) for word in words)


@click.command()
@scenario_argument
@plan_argument
@optional_adjustments
@click.option(
    "--changes",
    type=ChangesType(),
    default="0,1,2,5,10",
    show_default=True,
    help="Numbers of changed residencies, with commas between; 'any' for any number.",
)
@click.option(
    "--seconds", type=SECONDS, default=10.0, show_default=True, help="Time limit of each point."
)
@click.option("--workers", type=click.IntRange(1, 1024), help="Processes; all cores if not given.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True)
@click.option("--reproducible", is_flag=True, help="The same input gives the same curve.")
@cluster_option
@json_option
@clean_refusals()
def stability(
    scenario: Path,
    plan: Path,
    adjustments: Path | None,
    *,
    changes: tuple[int | None, ...],
    seconds: float,
    workers: int | None,
    seed: int,
    reproducible: bool,
    cluster: str | None,
    as_json: bool,
) -> None:
    """Show the best objective with at most so many changed residencies.

    PLAN counts as published. A residency is changed where its dates, zone or host are others, or
    where it is dropped; who withdraws is not counted, nor who is new.
    """
    from scheduler.cli.stopping import run_beside, stopped_by_signals
    from scheduler.replan.stability import stability_curve

    changing = read_changing(scenario, plan, adjustments, must_be_allowed=adjustments is not None)
    limits = SolveLimits(seconds=seconds, workers=workers, seed=seed, reproducible=reproducible)
    with working_on(cluster) as executor, stopped_by_signals() as should_stop:
        curve = run_beside(
            lambda: stability_curve(changing.adjusted, changes, limits, should_stop, executor)
        )
    if as_json:
        echo_json(_document(curve))
    else:
        click.echo("\n".join(_lines(curve)))


def _lines(curve: StabilityCurve) -> Iterator[str]:
    if curve.fewest:
        word = "residency" if curve.fewest == 1 else "residencies"
        yield f"every allowed plan changes at least {curve.fewest:,} {word}"
    yield f"{'at most':>8} {'changed':>8} {'objective':>14} {'bound':>14} {'gap':>7}"
    for point in curve.points:
        most = ANY if point.changes is None else f"{point.changes:,}"
        if point.difference is None or point.objective is None:
            yield f"{most:>8} {'-':>8} {_why_not(curve, point)}"
            continue
        bound = point.objective if point.bound is None else point.bound
        yield (
            f"{most:>8} {point.difference.touched:>8,} {point.objective:>14,} {bound:>14,} "
            f"{gap_of(point.objective, bound):>7.2%}"
        )


def _why_not(curve: StabilityCurve, point: CurvePoint) -> str:
    if point.changes is not None and point.changes < curve.fewest:
        return "no allowed plan changes so few"
    return "no plan was found in time"


def _document(curve: StabilityCurve) -> dict[str, object]:
    return {
        "fewest": curve.fewest,
        "points": [
            {
                "changes": point.changes,
                "status": point.status,
                "objective": point.objective,
                "bound": None if point.plan is None else point.bound,
                "difference": document_of(point.difference) if point.difference else None,
            }
            for point in curve.points
        ],
    }
