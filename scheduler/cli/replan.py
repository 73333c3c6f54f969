"""``replan``: from a plan that people have been told and a change, the plan that touches few."""

from __future__ import annotations

import time
from concurrent.futures import Executor
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.cli.changing import (
    Changing,
    document_of,
    lines_of,
    optional_adjustments,
    read_changing,
)
from scheduler.cli.cluster import cluster_option, working_on
from scheduler.cli.inputs import (
    PATH,
    ScenarioInput,
    echo_json,
    json_option,
    plan_argument,
    scenario_argument,
)
from scheduler.cli.refusals import Refusal, clean_refusals
from scheduler.cli.seconds import SECONDS
from scheduler.files.disk import check_writable
from scheduler.outcome import SolveLimits

if TYPE_CHECKING:
    from scheduler.replan.replan import Replanned

LEAST_SECONDS = 0.5
"""What is left for the search where reading the files has taken all of the time."""


@click.command()
@scenario_argument
@plan_argument
@optional_adjustments
@click.option("-o", "--output", type=PATH, help="Plan file to write.")
@click.option(
    "--adjusted",
    type=PATH,
    help="Scenario file to write: the adjusted one, with PLAN published. The new plan is for it.",
)
@click.option(
    "--seconds", type=SECONDS, default=5.0, show_default=True, help="Time limit, reading included."
)
@click.option("--workers", type=click.IntRange(1, 1024), help="Processes; all cores if not given.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True)
@click.option("--reproducible", is_flag=True, help="The same input gives the same plan.")
@cluster_option
@json_option
@clean_refusals()
def replan(
    scenario: Path,
    plan: Path,
    adjustments: Path | None,
    *,
    output: Path | None,
    adjusted: Path | None,
    seconds: float,
    workers: int | None,
    seed: int,
    reproducible: bool,
    cluster: str | None,
    as_json: bool,
) -> None:
    """Plan anew after a change, touching as few as pays.

    PLAN is what people have been told; it counts as published, in place of what the scenario
    says. ADJUSTMENTS are the change; without them the scenario itself has changed. Prints who is
    touched and what it costs.
    """
    began = time.monotonic()
    _check_outputs(scenario, plan, adjustments, output, adjusted)
    changing = read_changing(scenario, plan, adjustments, must_be_allowed=adjustments is not None)
    limits = SolveLimits(seconds=seconds, workers=workers, seed=seed, reproducible=reproducible)
    if not reproducible:
        import_module("scheduler.replan.replan")  # its loading counts as reading
        left = max(LEAST_SECONDS, seconds - (time.monotonic() - began))
        limits = replace(limits, seconds=left)
    with working_on(cluster) as executor:
        found = search(changing, limits, executor, with_reasons=output is not None)
    if found.difference is None:
        message = "no plan was found in time; give it more --seconds, or fewer pins"
        click.echo(message, err=True)
        raise click.exceptions.Exit(1)
    _write(changing, found, output, adjusted)
    if as_json:
        echo_json(_document(found, output))
    else:
        click.echo("\n".join(_lines(found, output)))


def search(
    changing: Changing,
    limits: SolveLimits,
    executor: Executor | None = None,
    *,
    with_reasons: bool = False,
) -> Replanned:
    """Return what re-planning comes to; signals stop the search and keep the best so far."""
    from scheduler.cli.stopping import run_beside, stopped_by_signals
    from scheduler.replan.replan import replan as plan_anew
    from scheduler.replan.replan import requests_named

    with stopped_by_signals() as should_stop:
        return run_beside(
            lambda: plan_anew(
                changing.adjusted,
                changing.before,
                limits,
                earlier=changing.earlier,
                named=requests_named(changing.adjustments),
                with_reasons=with_reasons,
                should_stop=should_stop,
                executor=executor,
            )
        )


def _check_outputs(
    scenario: Path, plan: Path, adjustments: Path | None, *outputs: Path | None
) -> None:
    """Raise a refusal or OSError, before any search, if something could not be written."""
    taken = {path.resolve() for path in (scenario, plan, adjustments) if path is not None}
    for path in outputs:
        if path is not None:
            if path.resolve() in taken:
                raise Refusal(f"{path}: this is read or written already; choose another name")
            check_writable(path)
            taken.add(path.resolve())


def _write(
    changing: Changing, found: Replanned, output: Path | None, adjusted: Path | None
) -> None:
    from scheduler.cli.solve import plan_file_of
    from scheduler.plan_file import save_plan
    from scheduler.problem.scenario_file import save_scenario, scenario_bytes, sha256_of

    if adjusted is not None:
        save_scenario(changing.adjusted, adjusted)
    if output is not None:
        data = scenario_bytes(changing.adjusted) if adjusted is None else adjusted.read_bytes()
        given = ScenarioInput(problem=changing.adjusted, sha256=sha256_of(data))
        save_plan(plan_file_of(given, found.outcome), output)


def _lines(found: Replanned, output: Path | None) -> list[str]:
    outcome = found.outcome
    where = f"{output}: " if output else ""
    first = f"{where}objective {outcome.objective or 0:,}, bound {outcome.bound:,}, "
    lines = [f"{first}gap {outcome.gap or 0:.2%}, {outcome.report.seconds:.1f} s"]
    return [*lines, *(lines_of(found.difference) if found.difference else ())]


def _document(found: Replanned, output: Path | None) -> dict[str, object]:
    outcome = found.outcome
    return {
        "status": outcome.status,
        "objective": outcome.objective,
        "bound": outcome.bound,
        "gap": outcome.gap,
        "seconds": round(outcome.report.seconds, 3),
        "stopped": outcome.report.stopped,
        "output": str(output) if output else None,
        "difference": document_of(found.difference) if found.difference else None,
    }
