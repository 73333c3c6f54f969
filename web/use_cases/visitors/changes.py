"""Requests for changes as the office's page lists them, and what a decision became in the draft."""

from __future__ import annotations

from sqlalchemy.orm import Session

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
