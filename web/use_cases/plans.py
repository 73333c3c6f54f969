"""How plans and runs look on pages, and whether a plan still answers the question."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from models.plan_store import StoredPlan, find_latest_plan
from models.problem_loader import load_problem
from models.release_store import Release, find_latest_release
from models.run_store import Run, RunStatus, load_progress
from scheduler.outcome import gap_of
from scheduler.problem.problem import Problem
from scheduler.problem.scenario_file import scenario_bytes, sha256_of
from scheduler.rules import Term
from web.use_cases.views import PlanSummary, RunView, TermView


def is_current(stored: StoredPlan, problem: Problem, release: Release | None) -> bool:
    """Tell whether the programme's data are those that the plan answers.

    To publish a plan changes the data too, by what people have been told, but nothing that
    the plan would have to answer anew.
    """
    now = sha256_of(scenario_bytes(problem))
    was_published = release is not None and release.plan_id == stored.id
    return now == stored.file.scenario_sha256 or (
        was_published and release is not None and now == release.scenario_sha256
    )


def has_current_plan(session: Session, programme_id: str) -> bool:
    """Tell whether there is a plan of the programme's data as they are."""
    stored = find_latest_plan(session, programme_id)
    if stored is None:
        return False
    release = find_latest_release(session, programme_id)
    return is_current(stored, load_problem(session, programme_id), release)


def summarise_plan(stored: StoredPlan, problem: Problem, release: Release | None) -> PlanSummary:
    """Return what pages say of a plan."""
    file = stored.file
    return PlanSummary(
        id=str(stored.id),
        version=file.version,
        status=file.status.value,
        objective=file.objective,
        bound=file.bound,
        gap=gap_of(file.objective, file.bound),
        terms=tuple(TermView(name=term.value, points=file.terms[term]) for term in Term),
        seconds=file.seconds,
        made_at=local(stored.created_at, problem.programme.timezone),
        is_current=is_current(stored, problem, release),
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
