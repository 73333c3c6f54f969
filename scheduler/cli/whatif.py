"""``whatif``: what adjustments would do to a plan, without deciding anything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.cli.changing import (
    Changing,
    adjustments_argument,
    document_of,
    lines_of,
    read_changing,
)
from scheduler.cli.cluster import cluster_option, working_on
from scheduler.cli.inputs import echo_json, json_option, plan_argument, scenario_argument
from scheduler.cli.refusals import clean_refusals
from scheduler.cli.replan import search
from scheduler.cli.seconds import SECONDS
from scheduler.outcome import SolveLimits

if TYPE_CHECKING:
    from scheduler.replan.desk_days import DeskDays
    from scheduler.replan.replan import Replanned


@click.command()
@scenario_argument
@plan_argument
@adjustments_argument
@click.option("--seconds", type=SECONDS, default=10.0, show_default=True, help="Time limit.")
@click.option("--workers", type=click.IntRange(1, 1024), help="Processes; all cores if not given.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True)
@click.option("--reproducible", is_flag=True, help="The same input gives the same answer.")
@click.option(
    "--afresh",
    is_flag=True,
    help="Nobody has been told PLAN: changes cost nothing, but for those of the scenario's own "
    "published residencies.",
)
@cluster_option
@json_option
@clean_refusals()
def whatif(
    scenario: Path,
    plan: Path,
    adjustments: Path,
    *,
    seconds: float,
    workers: int | None,
    seed: int,
    reproducible: bool,
    afresh: bool,
    cluster: str | None,
    as_json: bool,
) -> None:
    """Show what adjustments would do to a plan: who is touched, the objective, the occupancy.

    PLAN counts as published, in place of what the scenario says, unless --afresh is given: so
    changes cost their points, and what is frozen stays. Nothing is written.
    """
    changing = read_changing(scenario, plan, adjustments, afresh=afresh)
    limits = SolveLimits(seconds=seconds, workers=workers, seed=seed, reproducible=reproducible)
    with working_on(cluster) as executor:
        found = search(changing, limits, executor)
    if found.difference is None or found.outcome.plan is None:
        click.echo("no plan was found in time; give it more --seconds", err=True)
        raise click.exceptions.Exit(1)
    before, after = _desk_days(changing, found)
    if as_json:
        echo_json(
            {
                **document_of(found.difference),
                "bound": found.outcome.bound,
                "desk_days_before": _desk_document(before),
                "desk_days_after": _desk_document(after),
            }
        )
    else:
        shown = found.difference
        click.echo("\n".join(lines_of(shown)))
        click.echo(f"unplaced {shown.unplaced_before:,} before, {shown.unplaced_after:,} after")
        click.echo(f"desks taken {before.share:.1%} before, {after.share:.1%} after")


def _desk_days(changing: Changing, found: Replanned) -> tuple[DeskDays, DeskDays]:
    from scheduler.plan import Plan
    from scheduler.replan.desk_days import count_desk_days

    after = found.outcome.plan or Plan()
    return (
        count_desk_days(changing.earlier, changing.before),
        count_desk_days(changing.adjusted, after),
    )


def _desk_document(days: DeskDays) -> dict[str, object]:
    return {"taken": days.taken, "offered": days.offered, "share": round(days.share, 4)}
