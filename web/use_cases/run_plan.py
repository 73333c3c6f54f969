"""The work of a plan run: load, solve with no transaction open, verify, store.

Runs in a process of its own; only here does ``web`` load OR-Tools.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

from sqlalchemy.orm import Session

from models.database import Database, open_database
from models.errors import RunHasEnded
from models.plan_store import find_latest_plan, store_plan
from models.problem_loader import load_problem
from models.run_store import (
    Incumbent,
    cancel_run,
    claim_run,
    fail_run,
    finish_run,
    get_run,
)
from models.scenario_store import scenario_sha256
from scheduler.claims import check_claims
from scheduler.outcome import PinConflict, Progress, SolveLimits, SolveOutcome
from scheduler.plan import Plan
from scheduler.plan_file import PlanFile
from scheduler.problem.problem import Problem
from scheduler.problem.scenario_file import scenario_bytes, sha256_of
from scheduler.problem.types import Sha256
from scheduler.rules import Term
from scheduler.solve import solve
from scheduler.verify import check_plan
from web.use_cases.errors import PlanRefusedError
from web.use_cases.names import knows
from web.use_cases.pulse import Pulse
from web.use_cases.runs import key_of

MOVED = "The programme's data changed while the plan was made, so it was not kept. Plan again."
NOTHING = "No allowed plan was found in time. Plan again with more seconds."
BROKEN = "The solver failed. It was noted in the server's log."

Clock = Callable[[], dt.datetime]
Show = Callable[[Progress], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a run has to answer: the problem as it was loaded, limits, and a start."""

    run_id: uuid.UUID
    problem: Problem
    sha256: str
    limits: SolveLimits
    start: Plan | None


def run_plan_at(database_url: str, run_id: str) -> None:
    """Make the plan of a run in the database of a URL."""
    database = open_database(database_url)
    try:
        run_plan(database, run_id, clock=lambda: dt.datetime.now(dt.UTC))
    finally:
        database.close()


def run_plan(
    database: Database,
    run_id: str,
    *,
    clock: Clock,
    show: Show | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> None:
    """Make the plan of a queued run and end the run, whatever comes of it.

    ``show`` hears of progress, and ``should_stop`` may stop the run besides the row's own flag.
    """
    key = key_of(run_id)
    with database.writing() as session:
        task = _claim(session, key, clock())
    if task is None:
        return
    try:
        with Pulse(database, key, clock) as pulse:
            outcome = _search(task, pulse, show, should_stop)
            file = _plan_file(task, outcome)
            _check(task, file)
        with database.writing() as session:
            _end(session, task, outcome, file, clock())
    except RunHasEnded:
        return
    except (PinConflict, PlanRefusedError) as refusal:
        _fail(database, key, str(refusal), clock())
    except Exception:
        _fail(database, key, BROKEN, clock())
        raise


def _claim(session: Session, key: uuid.UUID, now: dt.datetime) -> Task | None:
    """Take the run and load what it has to answer; None if somebody else did or it was stopped."""
    if not claim_run(session, key, now=now):
        return None
    run = get_run(session, key)
    problem = load_problem(session, run.programme_id)
    limits = SolveLimits(seconds=run.seconds_limit, workers=run.workers, seed=run.seed)
    return Task(
        run_id=key,
        problem=problem,
        sha256=sha256_of(scenario_bytes(problem)),
        limits=limits,
        start=_start_from(session, problem),
    )


def _start_from(session: Session, problem: Problem) -> Plan | None:
    """Return the latest plan, as far as the programme still has what it names."""
    stored = find_latest_plan(session, problem.programme.id)
    if stored is None:
        return None
    stays = (stay for stay in stored.file.plan.residencies if knows(problem, stay))
    return Plan(residencies=tuple(stays))


def _search(
    task: Task, pulse: Pulse, show: Show | None, should_stop: Callable[[], bool] | None
) -> SolveOutcome:
    """Solve, with no transaction open."""

    def note(progress: Progress) -> None:
        pulse.note(progress)
        if show is not None:
            show(progress)

    def is_stopped() -> bool:
        return pulse.is_stopped() or (should_stop is not None and should_stop())

    return solve(
        task.problem, task.limits, start=task.start, on_progress=note, should_stop=is_stopped
    )


def _check(task: Task, file: PlanFile | None) -> None:
    """Refuse a plan that the verifier does not allow, or of which something untrue is claimed."""
    if file is None:
        return
    broken = [violation.text for violation in check_plan(task.problem, file.plan)]
    untrue = [str(finding) for finding in check_claims(task.problem, task.sha256, file)]
    if broken or untrue:
        raise PlanRefusedError("; ".join([*broken, *untrue]))


def _end(
    session: Session, task: Task, outcome: SolveOutcome, file: PlanFile | None, now: dt.datetime
) -> None:
    """Store the plan and end the run, unless there is none or the data moved meanwhile."""
    if file is None and outcome.report.stopped:
        cancel_run(session, task.run_id, now=now)
    elif file is None:
        fail_run(session, task.run_id, now=now, message=NOTHING)
    elif scenario_sha256(session, file.scenario) != task.sha256:
        fail_run(session, task.run_id, now=now, message=MOVED)
    else:
        store_plan(session, file.scenario, file, now=now, run_id=task.run_id)
        last = Incumbent(seconds=file.seconds, objective=file.objective, bound=file.bound)
        finish_run(session, task.run_id, last, now=now)


def _plan_file(task: Task, outcome: SolveOutcome) -> PlanFile | None:
    """Return what is kept of an outcome, None where it has no plan."""
    if outcome.plan is None or outcome.objective is None:
        return None
    return PlanFile(
        scenario=task.problem.programme.id,
        scenario_sha256=Sha256(task.sha256),
        status=outcome.status,
        objective=outcome.objective,
        bound=outcome.bound,
        terms={term: outcome.terms.get(term, 0) for term in Term},
        seconds=round(outcome.report.seconds, 3),
        seed=outcome.report.seed,
        version=version("sarangchae"),
        plan=outcome.plan,
        unplaced=outcome.unplaced,
    )


def _fail(database: Database, key: uuid.UUID, message: str, now: dt.datetime) -> None:
    with database.writing() as session:
        if get_run(session, key).is_active:
            fail_run(session, key, now=now, message=message)
