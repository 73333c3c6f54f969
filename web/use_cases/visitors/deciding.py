"""What the office does about an answer: lets a declined stay go, keeps it, or takes that back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy.orm import Session

from models.answer_store import AnswerKind, StayAnswer, find_answer, keep_declined
from models.edit_store import DRAFT
from models.errors import NoSuchChange
from models.history_store import (
    Change,
    ChangeKind,
    Direction,
    add_change,
    find_undoable,
    get_change,
)
from models.programme_store import lock_programme
from models.release_store import find_latest_release
from models.steps import Step
from models.subjects import document_of
from scheduler.problem.requests import Request, RequestStatus, Residency
from scheduler.problem.types import RequestId, text_in
from web.use_cases.editing import Edit, make_steps
from web.use_cases.errors import AnswerChangedError, NotThereError
from web.use_cases.months import today_of
from web.use_cases.views.visitors import DecidedView
from web.use_cases.visitors.told import ToldReleases
from web.use_cases.visitors.waiting import find_declined
from web.use_cases.workspace import Workspace

WITHDRAWN, KEPT = "withdrawn", "kept"


def withdraw_declined(
    session: Session,
    workspace: Workspace,
    releases: ToldReleases,
    request: str,
    *,
    seen: str,
    edit: Edit,
) -> Change:
    """Withdraw a request whose stay was declined, and take the stay out of the draft, in one.

    ``seen`` is when the answer was given that the office has looked at.

    Raises:
        NotThereError: The programme has no such request.
        AnswerChangedError: The researcher says something else meanwhile, the stay has moved, or
            it was decided.
        EditConflict: Somebody has changed the request or the stay meanwhile.
    """
    programme_id = workspace.problem.programme.id
    asked = _check_declined(session, workspace, releases, request, seen, now=edit.now)
    steps = tuple(_steps(workspace, asked))
    has_draft = any(step.subject == DRAFT for step in steps)
    acting = replace(
        edit,
        kind=ChangeKind.ANSWER,
        draft_id=workspace.draft_id if has_draft else None,
        facts=_facts(workspace, asked, WITHDRAWN),
    )
    change = make_steps(session, programme_id, steps, acting)
    if change is None:
        raise AnswerChangedError(f"{request}: the request is withdrawn already")
    return change


def keep_stay(
    session: Session,
    workspace: Workspace,
    releases: ToldReleases,
    request: str,
    *,
    seen: str,
    edit: Edit,
) -> None:
    """Keep a stay although it was declined: it waits for no decision any more.

    Raises:
        NotThereError: The programme has no such request.
        AnswerChangedError: The researcher says something else meanwhile, the stay has moved, or
            it was decided.
    """
    programme_id = workspace.problem.programme.id
    asked = _check_declined(session, workspace, releases, request, seen, now=edit.now)
    keep_declined(session, programme_id, request, now=edit.now)
    facts = _facts(workspace, asked, KEPT)
    add_change(session, programme_id, ChangeKind.ANSWER, now=edit.now, by=edit.by, facts=facts)


def get_visitor(session: Session, programme_id: str, request: str, releases: ToldReleases) -> str:
    """Return the researcher whose stay is told of a request; ``NotThereError`` without one."""
    release = find_latest_release(session, programme_id)
    entry = None if release is None else releases.of(session, release).stays.get(request)
    if entry is None or entry.researcher_id is None:
        raise NotThereError(f"There is no published stay of {request}.")
    return entry.researcher_id


def find_decided(session: Session, programme_id: str, change_id: int | None) -> DecidedView | None:
    """Find what was just decided, with whether it can be taken back at a press."""
    if change_id is None:
        return None
    try:
        change = get_change(session, programme_id, change_id)
    except NoSuchChange:
        return None
    latest = find_undoable(session, programme_id, change.draft_id) if change.steps else None
    return DecidedView(
        id=change.id,
        act=str(change.facts.get("act", "")),
        name=str(change.facts.get("name", "")),
        request=str(change.facts.get("request", "")),
        draft_id=change.draft_id,
        is_undone=change.direction is Direction.UNDO,
        may_undo=latest is not None and latest.id == change.id,
    )


def _check_declined(
    session: Session,
    workspace: Workspace,
    releases: ToldReleases,
    request: str,
    seen: str,
    *,
    now: dt.datetime,
) -> Request:
    """Return a request that waits to be decided because of the answer that was looked at."""
    programme = workspace.problem.programme
    lock_programme(session, programme.id)
    known = workspace.problem.request.get(RequestId(request))
    if known is None:
        raise NotThereError(f"There is no request {request}.")
    answer = find_answer(session, programme.id, request)
    waiting = find_declined(session, programme.id, releases, today=today_of(programme, now))
    if answer is None or not _is_seen(answer, seen) or request not in waiting:
        raise AnswerChangedError(f"{request}: the answer is another one now")
    return known


def _is_seen(answer: StayAnswer, seen: str) -> bool:
    return answer.answer is AnswerKind.DECLINED and answer.answered_at.isoformat() == seen


def _steps(workspace: Workspace, request: Request) -> Iterator[Step]:
    """Yield what withdraws a request: its status, its pins, and its stay in the draft."""
    before = document_of(request)
    after = before | {"status": RequestStatus.WITHDRAWN.value}
    yield Step(subject="requests", key=request.id, before=before, after=after)
    for pin in workspace.problem.pins:
        if pin.request == request.id:
            yield Step(subject="pins", key=request.id, before=document_of(pin), after=None)
    stay = _find_stay(workspace, request)
    if stay is not None:
        yield Step(subject=DRAFT, key=request.id, before=document_of(stay), after=None)


def _find_stay(workspace: Workspace, request: Request) -> Residency | None:
    stays = (*workspace.plan.residencies, *workspace.strays)
    return next((stay for stay in stays if stay.request == request.id), None)


def _facts(workspace: Workspace, request: Request, act: str) -> dict[str, str]:
    researcher = workspace.problem.researcher[request.researcher]
    return {
        "act": act,
        "researcher": researcher.id,
        "name": text_in(researcher.name, "en"),
        "request": request.id,
    }
