"""The coordinator's pages of private links: who has one, since when, and when it was opened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy.orm import Session

from models.link_store import Link, load_links
from models.problem_loader import load_problem
from models.release_store import Scope, ScopeKind, find_latest_release
from scheduler.problem.problem import Problem
from scheduler.problem.types import text_in
from web.use_cases.errors import NotThereError
from web.use_cases.links import LinkMaker, readers_of
from web.use_cases.plans import local
from web.use_cases.views import LinkRow, LinksView, LinkView


def show_links(
    session: Session, programme_id: str, maker: LinkMaker, *, language: str
) -> LinksView:
    """Return every reader's link, the researchers' first."""
    problem = load_problem(session, programme_id)
    links = load_links(session, programme_id)
    is_published = find_latest_release(session, programme_id) is not None
    rows = _rows(problem, links, maker, language) if is_published else ()
    return LinksView(
        programme_id=programme_id,
        programme=text_in(problem.programme.name, language),
        timezone=problem.programme.timezone,
        rows=tuple(sorted(rows, key=lambda row: row.kind is not ScopeKind.RESEARCHER)),
    )


def show_link(
    session: Session, programme_id: str, scope: Scope, maker: LinkMaker, *, language: str
) -> LinkView:
    """Return one reader's link."""
    view = show_links(session, programme_id, maker, language=language)
    for row in view.rows:
        if (row.kind, row.subject) == (scope.kind, scope.id):
            return LinkView(
                programme_id=programme_id,
                programme=view.programme,
                timezone=view.timezone,
                link=row,
            )
    raise NotThereError(f"{scope.kind.value} {scope.id!r}: neither in the programme nor a link")


def _rows(
    problem: Problem, links: Iterable[Link], maker: LinkMaker, language: str
) -> Iterator[LinkRow]:
    """Yield the programme's readers, then those who have a link and left it."""
    by_scope = {link.scope: link for link in links}
    for scope, name in readers_of(problem):
        link = by_scope.pop(scope, None)
        yield _row(problem, scope, text_in(name, language), link, maker)
    for scope, link in by_scope.items():
        yield _row(problem, scope, link.label or scope.id, link, maker, is_known=False)


def _row(
    problem: Problem,
    scope: Scope,
    name: str,
    link: Link | None,
    maker: LinkMaker,
    *,
    is_known: bool = True,
) -> LinkRow:
    timezone = problem.programme.timezone
    fetched_at = None if link is None else link.last_fetched_at
    return LinkRow(
        kind=scope.kind,
        subject=scope.id,
        name=name,
        url=None if link is None else _url(link, maker),
        made_at=None if link is None else local(link.created_at, timezone),
        fetched_at=None if fetched_at is None else local(fetched_at, timezone),
        is_known=is_known,
    )


def _url(link: Link, maker: LinkMaker) -> str:
    token = maker.token(link.id)
    is_page = link.scope.kind is ScopeKind.RESEARCHER
    return maker.page(token) if is_page else maker.calendar(token)
