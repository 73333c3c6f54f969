"""Pages that are lists: the programmes, and a programme's requests with their links."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.link_store import load_links
from models.programme_store import load_programmes
from models.release_store import find_latest_release
from scheduler.problem.types import text_in
from web.use_cases.links import LinkMaker, show_researcher_links
from web.use_cases.names import Names
from web.use_cases.rows import request_row
from web.use_cases.views import ProgrammeRow, ProgrammesView, ResearchersView
from web.use_cases.workspace import Workspace


def show_programmes(session: Session, *, language: str) -> ProgrammesView:
    """Return the programmes to choose from."""
    return ProgrammesView(
        programmes=tuple(
            ProgrammeRow(
                id=programme.id,
                name=text_in(programme.name, language),
                first_day=programme.first_day,
                last_day=programme.last_day,
            )
            for programme in load_programmes(session)
        )
    )


def show_researchers(
    session: Session, workspace: Workspace, maker: LinkMaker, *, language: str
) -> ResearchersView:
    """Return every request, by the researcher's place in the file, with the private link."""
    problem = workspace.problem
    programme_id = problem.programme.id
    names = Names(problem=problem, language=language)
    links = load_links(session, programme_id)
    shown = show_researcher_links(problem, links, maker, language=language)
    urls = {link.researcher: link.url for link in shown}
    return ResearchersView(
        programme_id=programme_id,
        programme=names.programme(),
        is_published=find_latest_release(session, programme_id) is not None,
        rows=tuple(
            request_row(names, request, workspace.plan.by_request, urls)
            for request in problem.requests
        ),
    )
