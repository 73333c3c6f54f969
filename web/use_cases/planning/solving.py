"""The work of a plan run: load, solve with no transaction open, verify, store, accept.

Runs in a process of its own; only here does ``web`` load OR-Tools.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Any

from sqlalchemy.orm import Session

from models.database import Database
from models.draft_store import get_draft, load_draft_plan
from models.errors import RunHasEnded
from models.history_store import ChangeKind
from models.plan_store import store_plan
from models.programme_store import get_version, lock_programme
from models.run_store import (
    Incumbent,
    Run,
    cancel_run,
    claim_run,
    fail_run,
    finish_run,
    get_run,
    note_result,
)
from scheduler.claims import check_claims
from scheduler.outcome import PinConflict, Progress, SolveLimits, SolveOutcome, Status
from scheduler.plan_file import PlanFile
from scheduler.problem.adjustments import AdjustmentError
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Pin, Residency
from scheduler.problem.types import Sha256
from scheduler.rules import Term
from scheduler.solve import solve
from scheduler.verify import check_plan
from web.use_cases.drafts import accept_plan
from web.use_cases.editing import Edit
from web.use_cases.errors import PlanRefusedError
from web.use_cases.planning.messages import BROKEN, MOVED, NOTHING
from web.use_cases.planning.proposal import TAKEN
from web.use_cases.planning.pulse import Pulse
from web.use_cases.planning.runs import key_of
from web.use_cases.planning.scarce_result import scarce_result
from web.use_cases.plans import find_bound
from web.use_cases.views.planning import Taken
from web.use_cases.workspace import Workspace, load_workspace

Clock = Callable[[], dt.datetime]
Show = Callable[[Progress], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a run has to answer: the draft as it was loaded, limits, and a start.

    ``asked`` is the problem to solve, in which only some may move where the run says so; then
    ``bound`` is what is proven of the whole, which a solve of a part does not prove.
    """

    run: Run
    workspace: Workspace
    asked: Problem
    bound: int | None
    limits: SolveLimits

    @property
    def problem(self) -> Problem:
        """The programme as it stands."""
        return self.workspace.problem


def run_plan(
    database: Database,
    run_id: str,
    *,
    clock: Clock,
    show: Show | None = None,
    should_stop: Callable[[], bool] | None = None,
    accept: bool = False,
) -> None:
    """Make the plan of a queued run and end the run, whatever comes of it.

    ``show`` hears of progress, and ``should_stop`` may stop the run besides the row's own flag.
    An empty draft and a branch take the plan at once, other drafts only where ``accept`` says so.
    """
    key = key_of(run_id)
    try:
        task = _claim(database, key, clock())
    except AdjustmentError as refusal:
        _fail(database, key, str(refusal), clock())
        return
    if task is None:
        return
    try:
        with Pulse(database, key, clock) as pulse:
            outcome = _search(task, pulse, show, should_stop)
            file = _plan_file(task, outcome)
            _check(task, file)
        with database.writing() as session:
            _end(session, task, outcome, file, clock(), accept=accept)
    except RunHasEnded:
        return
    except PinConflict as conflict:
        _fail(database, key, str(conflict), clock(), _conflicts(conflict))
    except PlanRefusedError as refusal:
        _fail(database, key, str(refusal), clock())
    except Exception:
        _fail(database, key, BROKEN, clock())
        raise


def _claim(database: Database, key: uuid.UUID, now: dt.datetime) -> Task | None:
    """Take the run and load what it has to answer; None if somebody else did or it was stopped."""
    with database.writing() as session:
        if not claim_run(session, key, now=now):
            return None
    with database.reading() as session:
        return _load(session, key)


def _load(session: Session, key: uuid.UUID) -> Task:
    run = get_run(session, key)
    workspace = load_workspace(session, run.programme_id, run.draft_id)
    asked, bound = workspace.problem, None
    if run.requests is not None:
        asked = _holding_others(workspace, frozenset(run.requests))
        proven = find_bound(session, workspace)
        bound = workspace.scenario.trivial_bound if proven is None else proven
    limits = SolveLimits(seconds=run.seconds_limit, workers=run.workers, seed=run.seed)
    return Task(run=run, workspace=workspace, asked=asked, bound=bound, limits=limits)


def _holding_others(workspace: Workspace, moving: frozenset[str]) -> Problem:
    """Return the problem in which everybody else who has a place stays there."""
    problem = workspace.problem
    held = [_held(stay) for stay in workspace.plan.residencies if stay.request not in moving]
    return replace(problem, pins=(*problem.pins, *held))


def _held(stay: Residency) -> Pin:
    return Pin(
        request=stay.request,
        slot=stay.slot,
        zone=stay.zone,
        host=stay.host,
        pool=stay.pool,
        first_day=stay.first_day,
        last_day=stay.last_day,
    )


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
        task.asked,
        task.limits,
        start=None if task.workspace.is_empty else task.workspace.plan,
        on_progress=note,
        should_stop=is_stopped,
        with_scarce=task.run.requests is None,
    )


def _check(task: Task, file: PlanFile | None) -> None:
    """Refuse a plan that the verifier does not allow, or of which something untrue is claimed."""
    if file is None:
        return
    broken = [violation.text for violation in check_plan(task.problem, file.plan)]
    untrue = [str(finding) for finding in check_claims(task.problem, file.scenario_sha256, file)]
    if broken or untrue:
        raise PlanRefusedError("; ".join([*broken, *untrue]))


def _end(
    session: Session,
    task: Task,
    outcome: SolveOutcome,
    file: PlanFile | None,
    now: dt.datetime,
    *,
    accept: bool,
) -> None:
    """Store the plan and end the run, unless there is none or the data moved meanwhile."""
    run = task.run
    lock_programme(session, run.programme_id)
    if file is None and outcome.report.stopped:
        cancel_run(session, run.id, now=now)
    elif file is None:
        fail_run(session, run.id, now=now, message=NOTHING)
    elif _has_moved(session, task):
        fail_run(session, run.id, now=now, message=MOVED)
    else:
        plan_id = store_plan(
            session,
            run.programme_id,
            file,
            now=now,
            run_id=run.id,
            frame=task.workspace.scenario.frame,
        )
        last = Incumbent(seconds=file.seconds, objective=file.objective, bound=outcome.bound)
        finish_run(session, run.id, last, now=now, result=scarce_result(outcome))
        _accept(session, run, plan_id, now, whole=accept)


def _has_moved(session: Session, task: Task) -> bool:
    """Tell whether the data, or the branch that would be overwritten, changed meanwhile."""
    run, seen = task.run, task.workspace
    if get_version(session, run.programme_id) != seen.scenario.version:
        return True
    if run.draft_id is None:
        return False
    draft = get_draft(session, run.programme_id, run.draft_id)
    return draft.name is not None and draft.revision != seen.revision


def _accept(session: Session, run: Run, plan_id: int, now: dt.datetime, *, whole: bool) -> None:
    """Put the plan into its draft where nobody has to look at it first."""
    if run.draft_id is None:
        return
    draft = get_draft(session, run.programme_id, run.draft_id)
    is_branch = draft.name is not None
    if whole or is_branch or not load_draft_plan(session, draft.id).residencies:
        accept_plan(session, draft, plan_id, Edit(kind=ChangeKind.ACCEPT, now=now))
        note_result(session, run.id, {TAKEN: Taken.WHOLE.value})


def _plan_file(task: Task, outcome: SolveOutcome) -> PlanFile | None:
    """Return what is kept of an outcome, None where it has no plan."""
    if outcome.plan is None or outcome.objective is None:
        return None
    bound = outcome.bound if task.bound is None else task.bound
    return PlanFile(
        scenario=task.problem.programme.id,
        scenario_sha256=Sha256(task.workspace.scenario.sha256),
        status=Status.OPTIMAL if bound == outcome.objective else Status.FEASIBLE,
        objective=outcome.objective,
        bound=bound,
        terms={term: outcome.terms.get(term, 0) for term in Term},
        seconds=round(outcome.report.seconds, 3),
        seed=outcome.report.seed,
        version=version("sarangchae"),
        plan=outcome.plan,
        unplaced=outcome.unplaced,
    )


def _conflicts(conflict: PinConflict) -> dict[str, Any]:
    """Return whose pins or stays contradict, and by which rule."""
    breaches = [
        {"request": breach.request, "rule": breach.rule.value} for breach in conflict.conflicts
    ]
    return {"conflicts": breaches}


def _fail(
    database: Database,
    key: uuid.UUID,
    message: str,
    now: dt.datetime,
    result: dict[str, Any] | None = None,
) -> None:
    with database.writing() as session:
        if get_run(session, key).is_active:
            fail_run(session, key, now=now, message=message, result=result)
