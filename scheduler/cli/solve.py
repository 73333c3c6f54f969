"""``solve``: a scenario file in, a plan file out."""

from __future__ import annotations

from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.cli.cluster import cluster_option, working_on
from scheduler.cli.inputs import (
    PATH,
    ScenarioInput,
    echo_json,
    json_option,
    read_scenario,
    scenario_argument,
)
from scheduler.cli.refusals import Refusal, clean_refusals
from scheduler.cli.seconds import SECONDS, SHARE
from scheduler.files.disk import check_writable
from scheduler.outcome import SolveLimits, SolveOutcome, Status

if TYPE_CHECKING:
    from scheduler.plan import Plan
    from scheduler.plan_file import PlanFile

MOST_UNPLACED = 20
"""Requests left unplaced that are printed."""


@click.command()
@scenario_argument
@click.option("-o", "--output", type=PATH, required=True, help="Plan file to write.")
@click.option(
    "--seconds",
    type=SECONDS,
    default=60.0,
    show_default=True,
    help="Time limit.",
)
@click.option("--workers", type=click.IntRange(1, 1024), help="Processes; all cores if not given.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True)
@click.option("--reproducible", is_flag=True, help="The same input gives the same plan.")
@click.option(
    "--gap",
    type=SHARE,
    default=0.0,
    show_default=True,
    help="End as soon as the plan is proven to be this close to the best: 0.01 is 1 %.",
)
@click.option(
    "--patience", type=SECONDS, help="End after so many seconds without a better plan or bound."
)
@click.option("--start", type=PATH, help="Plan file to begin with.")
@cluster_option
@click.option("--quiet", is_flag=True, help="Show nothing but errors.")
@json_option
@clean_refusals()
def solve(
    scenario: Path,
    *,
    output: Path,
    seconds: float,
    workers: int | None,
    seed: int,
    gap: float,
    patience: float | None,
    start: Path | None,
    cluster: str | None,
    reproducible: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Plan a scenario; Ctrl-C stops the search and keeps the best plan so far."""
    if reproducible and (patience is not None or cluster is not None):
        raise Refusal("--reproducible leaves no room for --patience or --cluster; leave one out")
    given = read_scenario(scenario)
    _check_output(output, scenario)
    limits = SolveLimits(
        seconds=seconds,
        workers=workers,
        seed=seed,
        reproducible=reproducible,
        gap=gap,
        patience=patience,
    )
    begin = _start_plan(given, start) if start else None
    with working_on(cluster) as executor:
        outcome = _search(given, limits, begin, executor, quiet=quiet, to_stderr=as_json)
    if outcome.plan is None:
        _report_nothing(outcome, as_json=as_json)
        raise click.exceptions.Exit(1)
    from scheduler.plan_file import save_plan

    save_plan(plan_file_of(given, outcome), output)
    if as_json:
        echo_json(_document(outcome, output))
    elif not quiet:
        _report(given, outcome, output)


def _check_output(output: Path, scenario: Path) -> None:
    """Raise a refusal or OSError if the plan could not be written, before any search."""
    if output.resolve() == scenario.resolve():
        raise Refusal(f"{output}: this is the scenario; choose another name for the plan")
    check_writable(output)


def _start_plan(given: ScenarioInput, path: Path) -> Plan:
    from scheduler.plan_file import check_plan_belongs, load_plan

    plan_file = load_plan(path)
    check_plan_belongs(given.problem, plan_file, source=str(path))
    return plan_file.plan


def _search(
    given: ScenarioInput,
    limits: SolveLimits,
    start: Plan | None,
    executor: Executor | None,
    *,
    quiet: bool,
    to_stderr: bool,
) -> SolveOutcome:
    """Return the outcome of a search that is shown, and that signals stop."""
    from scheduler.cli.display import shown_search
    from scheduler.cli.stopping import run_beside, stopped_by_signals
    from scheduler.solve import solve as search

    with (
        stopped_by_signals() as should_stop,
        shown_search(limits.seconds, quiet=quiet, to_stderr=to_stderr) as show,
    ):
        return run_beside(
            lambda: search(
                given.problem,
                limits,
                start=start,
                on_progress=show,
                should_stop=should_stop,
                executor=executor,
            )
        )


def plan_file_of(given: ScenarioInput, outcome: SolveOutcome) -> PlanFile:
    """Return what is written of an outcome that has a plan."""
    from importlib.metadata import version

    from scheduler.plan import Plan
    from scheduler.plan_file import PlanFile

    return PlanFile(
        scenario=given.problem.programme.id,
        scenario_sha256=given.sha256,
        status=outcome.status,
        objective=outcome.objective or 0,
        bound=outcome.bound,
        terms=outcome.terms,
        seconds=round(outcome.report.seconds, 3),
        seed=outcome.report.seed,
        version=version("sarangchae"),
        plan=outcome.plan or Plan(),
        unplaced=outcome.unplaced,
    )


def _document(outcome: SolveOutcome, output: Path | None) -> dict[str, object]:
    return {
        "status": outcome.status,
        "objective": outcome.objective,
        "bound": outcome.bound,
        "gap": outcome.gap,
        "placed": len(outcome.plan.residencies) if outcome.plan else None,
        "unplaced": [unplaced.request for unplaced in outcome.unplaced],
        "terms": outcome.terms,
        "seconds": round(outcome.report.seconds, 3),
        "stopped": outcome.report.stopped,
        "output": str(output) if output else None,
    }


def _report_nothing(outcome: SolveOutcome, *, as_json: bool) -> None:
    if as_json:
        echo_json(_document(outcome, None))
    message = f"no plan was found in {outcome.report.seconds:.1f} s; nothing is written"
    click.echo(f"{message}. Give it more --seconds, or fewer pins", err=True)


def _report(given: ScenarioInput, outcome: SolveOutcome, output: Path) -> None:
    """Print what was reached, and where it is."""
    plan = outcome.plan
    placed, asked = len(plan.residencies) if plan else 0, len(given.problem.submitted)
    proof = "proven optimal" if outcome.status is Status.OPTIMAL else f"gap {outcome.gap or 0:.2%}"
    click.echo(
        f"{output}: {placed:,} of {asked:,} requests placed, objective {outcome.objective or 0:,}, "
        f"bound {outcome.bound:,}, {proof}, {outcome.report.seconds:.1f} s"
    )
    for term, points in outcome.terms.items():
        if points:
            click.echo(f"  {term:<14} {points:>14,}")
    for unplaced in outcome.unplaced[:MOST_UNPLACED]:
        why = unplaced.why[0].text if unplaced.why else ""
        click.echo(f"  {'unplaced':<14} {unplaced.request} {why}".rstrip())
    left = len(outcome.unplaced) - MOST_UNPLACED
    if left > 0:
        click.echo(f"  and {left:,} more; {output} has them all")
