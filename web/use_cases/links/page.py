"""The coordinator's pages of private links: who has one, since when, and when it was opened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sqlalchemy.orm import Session

from models.link_store import Link, load_links
from models.problem_loader import load_problem
from models.release_store import Scope, ScopeKind, find_latest_release
from scheduler.problem.types import text_in
from web.use_cases.errors import NotThereError
from web.use_cases.links.making import LinkMaker, readers_of
from web.use_cases.names import Names
from web.use_cases.plans import local
from web.use_cases.views import LinkRow, LinksView, LinkView


def show_links(
    session: Session, programme_id: str, maker: LinkMaker, *, language: str
) -> LinksView:
    """Return every reader's link, the researchers' first."""
    problem = load_problem(session, programme_id)
    names = Names(problem=problem, language=language)
    links = load_links(session, programme_id)
    is_published = find_latest_release(session, programme_id) is not None
    rows = _rows(names, links, maker) if is_published else ()
    return LinksView(
        programme_id=programme_id,
        programme=names.programme(),
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


def _rows(names: Names, links: Iterable[Link], maker: LinkMaker) -> Iterator[LinkRow]:
    """Yield the programme's readers, then those who have a link and left it."""
    by_scope = {link.scope: link for link in links}
    details = _details(names)
    timezone = names.problem.programme.timezone
    for scope, name in readers_of(names.problem):
        said, detail = text_in(name, names.language), details.get(scope, "")
        yield _row(scope, (said, detail), by_scope.pop(scope, None), maker, timezone)
    for scope, link in by_scope.items():
        row = _row(scope, (link.label or scope.id, ""), link, maker, timezone)
        yield replace(row, is_known=False)


def _row(
    scope: Scope, called: tuple[str, str], link: Link | None, maker: LinkMaker, timezone: str
) -> LinkRow:
    name, detail = called
    fetched_at = None if link is None else link.last_fetched_at
    return LinkRow(
        kind=scope.kind,
        subject=scope.id,
        name=name,
        detail=detail,
        url=None if link is None else _url(link, maker),
        made_at=None if link is None else local(link.created_at, timezone),
        fetched_at=None if fetched_at is None else local(fetched_at, timezone),
        is_known=True,
    )


def _details(names: Names) -> dict[Scope, str]:
    """Return what tells readers of one name apart: institutions, and where zones lie."""
    problem, language = names.problem, names.language
    called = {item.id: text_in(item.name, language) for item in problem.institutions}
    zones = {zone.id: names.place(zone.id) for zone in problem.zones}
    several = len(problem.sites) > 1
    people = (
        (ScopeKind.RESEARCHER, problem.researchers),
        (ScopeKind.HOST, problem.hosts),
    )
    return {
        Scope(kind=kind, id=person.id): called[person.institution]
        for kind, group in people
        for person in group
    } | {
        Scope(kind=ScopeKind.ZONE, id=zone): ", ".join(
            [*([place.site] if several else []), place.building, place.floor]
        )
        for zone, place in zones.items()
    }


def _url(link: Link, maker: LinkMaker) -> str:
    token = maker.token(link.id)
    is_page = link.scope.kind is ScopeKind.RESEARCHER
    return maker.page(token) if is_page else maker.calendar(token)
