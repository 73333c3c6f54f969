"""How drafts and runs look on pages, and what is proven of them."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from models.plan_store import Frame, find_best_bound, find_bound_with_fewer_pins
from models.release_store import find_latest_release
from models.run_store import Run, RunStatus, load_progress
from scheduler.outcome import gap_of
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Pin
from scheduler.rules import Term
from web.use_cases.views import DraftSummary, RunView, TermView
from web.use_cases.workspace import Workspace, load_workspace

FIRST_TOLD = "first_told"
"""The fact of a release before which nobody had been told anything: the frame that it left."""


def find_bound(session: Session, workspace: Workspace) -> int | None:
    """Return the best bound that was proven for the programme as it stands; None where none was.

    A first release changes the programme by what people have been told, after which no other
    plan is worth more than it was before: its bound still holds. So does one that was proven
    with fewer pins, unless a pin since lets somebody have come before today.
    """
    scenario, programme_id = workspace.scenario, workspace.problem.programme.id
    proven = [find_best_bound(session, programme_id, scenario.sha256)]
    if not any(_reaches_back(workspace.problem, pin) for pin in workspace.problem.pins):
        proven.append(find_bound_with_fewer_pins(session, programme_id, scenario.frame))
        proven.append(_bound_of_release(session, programme_id, scenario.frame))
    return min((bound for bound in proven if bound is not None), default=None)


def _bound_of_release(session: Session, programme_id: str, frame: Frame) -> int | None:
    """Return the bound of a first release that holds after it, and with more pins."""
    release = find_latest_release(session, programme_id)
    told = None if release is None else release.facts.get(FIRST_TOLD)
    if release is None or not told:
        return None
    then = Frame(unpinned_sha256=told["unpinned_sha256"], pins=tuple(told["pins"]))
    return release.bound if then.holds_in(frame) else None


def _reaches_back(problem: Problem, pin: Pin) -> bool:
    """Tell whether a pin allows what nothing else does: an arrival in the past."""
    return pin.first_day is not None and pin.first_day < problem.programme.today


def has_current_plan(session: Session, programme_id: str) -> bool:
    """Tell whether the draft holds a plan of the programme's data as they are."""
    workspace = load_workspace(session, programme_id)
    release = find_latest_release(session, programme_id)
    sha256 = workspace.scenario.sha256
    was_published = release is not None and release.scenario_sha256 == sha256
    answered = was_published or find_best_bound(session, programme_id, sha256) is not None
    return answered and not (workspace.is_empty or workspace.violations)


def summarise_draft(session: Session, workspace: Workspace) -> DraftSummary | None:
    """Return what pages say of a draft; None where nobody has a place in it."""
    if workspace.is_empty:
        return None
    bound = find_bound(session, workspace)
    objective = workspace.objective
    return DraftSummary(
        revision=workspace.revision,
        objective=objective,
        bound=bound,
        gap=None if bound is None else max(0.0, gap_of(objective, bound)),
        is_optimal=bound is not None and objective >= bound and not workspace.violations,
        violations=len(workspace.violations),
        terms=tuple(TermView(name=term.value, points=workspace.terms[term]) for term in Term),
    )


def view_run(
    session: Session, run: Run, problem_name: str, timezone: str, *, now: dt.datetime
) -> RunView:
    """Return what pages say of a run; its seconds go on while it is running."""
    gap = None
    if run.objective is not None and run.bound is not None:
        gap = gap_of(run.objective, run.bound)
    return RunView(
        id=str(run.id),
        programme_id=run.programme_id,
        programme=problem_name,
        status=run.status,
        is_active=run.is_active,
        seconds=_seconds_of(run, now),
        limit_seconds=run.seconds_limit,
        objective=run.objective,
        bound=run.bound,
        gap=gap,
        incumbents=load_progress(session, run.id),
        queued_at=local(run.created_at, timezone),
        ended_at=None if run.finished_at is None else local(run.finished_at, timezone),
        stop_asked=run.stop_requested,
        message=run.message or "",
    )


def local(moment: dt.datetime, timezone: str) -> dt.datetime:
    """Return a moment on the programme's clock."""
    return moment.astimezone(ZoneInfo(timezone))


def _seconds_of(run: Run, now: dt.datetime) -> float:
    if run.started_at is None:
        return 0.0
    if run.status is RunStatus.RUNNING:
        return max(0.0, (now - run.started_at).total_seconds())
    if run.seconds is not None:
        return run.seconds
    return ((run.finished_at or now) - run.started_at).total_seconds()
