"""Requests for changes as the office's page lists them, and what a decision became in the draft."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.history_store import load_changes
from web.use_cases.change_requests.decide import Decision, accept_change, refuse_change
from web.use_cases.change_requests.office import show_change_requests
from web.use_cases.names import Names
from web.use_cases.paging import page_of
from web.use_cases.views.visitors import ChangesView
from web.use_cases.visitors.deciding import find_decided
from web.use_cases.workspace import Workspace

DECIDED_A_PAGE = 20


def show_changes(
    session: Session,
    workspace: Workspace,
    *,
    language: str,
    page: int = 1,
    done_id: int | None = None,
) -> ChangesView:
    """Return the requests for changes beside the draft, and what was just decided."""
    programme = workspace.problem.programme
    found = show_change_requests(session, workspace, language=language)
    decided = page_of(found.decided, page, size=DECIDED_A_PAGE)
    return ChangesView(
        programme_id=programme.id,
        programme=Names(problem=workspace.problem, language=language).programme(),
        timezone=programme.timezone,
        waiting=found.waiting,
        decided=decided.items,
        decided_count=len(found.decided),
        page=decided.number,
        pages=decided.pages,
        done=find_decided(session, programme.id, done_id),
    )


def accept(
    session: Session, workspace: Workspace, change_id: int, decision: Decision, *, language: str
) -> int:
    """Accept a change, and return what the history calls that; what is refused is raised."""
    accept_change(session, workspace, change_id, decision, language=language)
    return _latest(session, workspace)


def refuse(session: Session, workspace: Workspace, change_id: int, decision: Decision) -> int:
    """Refuse a change, and return what the history calls that."""
    refuse_change(session, workspace, change_id, decision)
    return _latest(session, workspace)


def _latest(session: Session, workspace: Workspace) -> int:
    """Return the change that this transaction has just made; the programme is locked by it."""
    return load_changes(session, workspace.problem.programme.id, limit=1)[0].id
