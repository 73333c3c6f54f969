"""``plan``: makes the plan of a programme in the database, and publishes it if asked."""

from __future__ import annotations

import click

from models.database import Database
from models.run_store import RunStatus
from scheduler.cli import Refusal
from scheduler.cli.seconds import SECONDS
from web.cli.common import (
    chosen_programme,
    clean_errors,
    database_option,
    programme_option,
    ready_database,
    settings_for,
    utc_now,
)
from web.cli.publish import publish_current
from web.use_cases.planning.runs import RunWish, show_run, start_plan_run
from web.use_cases.plans import has_current_plan


@click.command()
@click.option(
    "--seconds",
    type=SECONDS,
    default=60.0,
    show_default=True,
    help="Time limit.",
)
@click.option("--workers", type=click.IntRange(1, 1024), help="Threads; all cores if not given.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True)
@click.option("--if-none", is_flag=True, help="Do nothing where the data have a plan already.")
@click.option("--publish", "is_published", is_flag=True, help="Publish the plan, if it is news.")
@click.option("--quiet", is_flag=True, help="Show nothing but errors.")
@programme_option
@database_option
@clean_errors()
def plan(
    *,
    seconds: float,
    workers: int | None,
    seed: int,
    if_none: bool,
    is_published: bool,
    quiet: bool,
    programme_id: str | None,
    database_url: str | None,
) -> None:
    """Plan a programme; Ctrl-C stops the search and keeps the best plan so far."""
    settings = settings_for(database_url)
    with ready_database(settings) as database:
        chosen = chosen_programme(database, programme_id)
        if if_none and _is_planned(database, chosen):
            click.echo(f"Programme {chosen} has a plan already.")
        else:
            wish = RunWish(seconds=seconds, workers=workers, seed=seed)
            _plan(database, chosen, wish, quiet=quiet)
        if is_published:
            publish_current(database, chosen, settings)


def _is_planned(database: Database, programme_id: str) -> bool:
    with database.reading() as session:
        return has_current_plan(session, programme_id)


def _plan(database: Database, programme_id: str, wish: RunWish, *, quiet: bool) -> None:
    """Make a plan in this process, which the pages show like any other run."""
    from scheduler.cli.display import shown_search
    from scheduler.cli.stopping import run_beside, stopped_by_signals
    from web.use_cases.planning.solving import run_plan

    with database.writing() as session:
        run_id = start_plan_run(session, programme_id, wish, now=utc_now())
    with (
        stopped_by_signals() as should_stop,
        shown_search(wish.seconds, quiet=quiet, to_stderr=False) as show,
    ):
        run_beside(
            lambda: run_plan(
                database, run_id, clock=utc_now, show=show, should_stop=should_stop, accept=True
            )
        )
    _report(database, programme_id, run_id)


def _report(database: Database, programme_id: str, run_id: str) -> None:
    with database.reading() as session:
        run = show_run(session, programme_id, run_id, language="en", now=utc_now())
    if run.status is not RunStatus.DONE:
        raise Refusal(run.message or "stopped before there was a plan")
    proof = "proven optimal" if run.gap == 0 else f"gap {run.gap or 0:.2%}"
    click.echo(
        f"Programme {programme_id} planned: objective {run.objective or 0:,}, "
        f"bound {run.bound or 0:,}, {proof}, {run.seconds:.1f} s."
    )
