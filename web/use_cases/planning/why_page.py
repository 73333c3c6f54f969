"""The page that says why a request has no place, or why its stay is as it is."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from models.run_store import Run, RunKind, RunStatus
from scheduler.problem.requests import Request
from scheduler.problem.types import RequestId
from web.use_cases.errors import NotThereError
from web.use_cases.names import Names
from web.use_cases.planning.asking import Asked, answers, ask_question, find_asked
from web.use_cases.planning.explained import Words, say_document, teller_of
from web.use_cases.rows import residency_row
from web.use_cases.views.why import WhyState, WhyView
from web.use_cases.workspace import Workspace


def show_why(
    session: Session, workspace: Workspace, request_id: str, *, language: str, words: Words
) -> WhyView:
    """Return what is known of why; ``NotThereError`` where the programme has no such request."""
    names = Names(problem=workspace.problem, language=language)
    request = _request_of(workspace, request_id)
    run = find_asked(session, workspace, RunKind.EXPLAIN, request_id)
    state = _state_of(workspace, request, run)
    found = run.result if run is not None and state is WhyState.ANSWERED else None
    told = None if found is None else found["explanation"]
    left_out = () if found is None else found["left_out"]
    stay = workspace.plan.by_request.get(request.id)
    requests = workspace.problem.request
    return WhyView(
        programme_id=workspace.problem.programme.id,
        programme=names.programme(),
        request=request.id,
        researcher=names.researcher(request),
        institution=names.institution(request),
        country=names.country(request),
        track=names.track(request.track),
        priority=request.priority,
        first_day=request.first_day,
        last_day=request.last_day,
        stay=None if stay is None else residency_row(names, stay),
        state=state,
        run_id=str(run.id) if run is not None and run.is_active else None,
        message=(run.message or "") if run is not None and state is WhyState.FAILED else "",
        explanation=None if told is None else teller_of(names, words, request).explanation(told),
        left_out=tuple(names.researcher(requests[each]) for each in left_out),
    )


def ask_why(session: Session, workspace: Workspace, request_id: str, *, now: dt.datetime) -> Asked:
    """Return the run that says why; ``NotThereError`` where nobody asks for a place."""
    if not _request_of(workspace, request_id).is_submitted:
        raise NotThereError("The request was withdrawn, so there is nothing to explain.")
    return ask_question(session, workspace, RunKind.EXPLAIN, now=now, subject=request_id)


def find_why(
    session: Session, workspace: Workspace, request_id: str, *, language: str, words: Words
) -> tuple[WhyState, dict[str, Any] | None]:
    """Return how far the answer is, and the explanation as a document once it is known."""
    request = _request_of(workspace, request_id)
    run = find_asked(session, workspace, RunKind.EXPLAIN, request_id)
    state = _state_of(workspace, request, run)
    if run is None or run.result is None or state is not WhyState.ANSWERED:
        return state, None
    told = run.result["explanation"]
    return state, say_document(workspace.problem, language, words, told)


def _request_of(workspace: Workspace, request_id: str) -> Request:
    request = workspace.problem.request.get(RequestId(request_id))
    if request is None:
        raise NotThereError("The programme has no such request.")
    return request


def _state_of(workspace: Workspace, request: Request, run: Run | None) -> WhyState:
    state = WhyState.UNASKED
    if not request.is_submitted:
        state = WhyState.WITHDRAWN
    elif workspace.is_empty:
        state = WhyState.NO_PLAN
    elif run is not None and run.is_active:
        state = WhyState.RUNNING
    elif run is not None and answers(run, workspace):
        state = WhyState.ANSWERED
    elif run is not None and _has_failed_here(run, workspace):
        state = WhyState.FAILED
    return state


def _has_failed_here(run: Run, workspace: Workspace) -> bool:
    """Tell whether a run failed, or was stopped, on the draft and the data as they are now."""
    return (
        run.status in (RunStatus.FAILED, RunStatus.CANCELLED)
        and run.draft_revision == workspace.revision
        and run.input_sha256 == workspace.scenario.sha256
    )
