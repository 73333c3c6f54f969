"""The stability curve as a picture to choose from: what a few changes more would bring."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from models.run_store import RunKind, RunStatus
from web.use_cases.names import Names
from web.use_cases.planning.asking import Asked, answers, ask_question, find_asked
from web.use_cases.plans import view_run
from web.use_cases.views.branch_curve import CurvePointView, CurveView
from web.use_cases.workspace import Workspace

CURVE_SECONDS = 60.0
"""For all points together."""


def ask_curve(session: Session, main: Workspace, *, now: dt.datetime) -> Asked:
    """Queue a run that finds the curve, or return the one that is about to."""
    return ask_question(session, main, RunKind.STABILITY, now=now, seconds=CURVE_SECONDS)


def show_curve(session: Session, main: Workspace, *, language: str, now: dt.datetime) -> CurveView:
    """Return the curve that was found last; ``is_current`` where nothing has changed since."""
    problem = main.problem
    names = Names(problem=problem, language=language)
    asked = find_asked(session, main, RunKind.STABILITY)
    run = asked if asked is not None and asked.is_active else None
    found = asked if asked is not None and asked.status is RunStatus.DONE else None
    result: Mapping[str, Any] = {} if found is None else found.result or {}
    return CurveView(
        programme_id=problem.programme.id,
        programme=names.programme(),
        run=None
        if run is None
        else view_run(session, run, names.programme(), problem.programme.timezone, now=now),
        message="" if asked is None else asked.message or "",
        is_current=found is not None and answers(found, main),
        is_draft_empty=main.is_empty,
        is_published=bool(problem.published),
        told=int(result.get("told", 0)),
        fewest=int(result.get("fewest", 0)),
        points=tuple(map(_point, result.get("points", ()))),
        objective=main.objective,
    )


def _point(point: Mapping[str, Any]) -> CurvePointView:
    return CurvePointView(
        changes=point.get("changes"),
        objective=point.get("objective"),
        bound=point.get("bound"),
        changed=point.get("changed"),
        placed=point.get("placed"),
        plan_id=point.get("plan_id"),
    )
