"""The coordinator's pages of private links: who has which, and who does not see the latest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from models.link_store import Link, load_device_links, load_links
from models.release_store import Scope, ScopeKind, find_latest_release
from scheduler.problem.problem import Problem
from scheduler.problem.types import text_in
from web.use_cases.errors import NotThereError
from web.use_cases.links.device_views import DeviceShelf
from web.use_cases.links.devices import MOST_DEVICES, Owner
from web.use_cases.links.freshness import Moments, load_moments
from web.use_cases.links.making import LinkMaker, readers_of
from web.use_cases.links.readers import ReaderLinks, links_of_readers
from web.use_cases.names import Names
from web.use_cases.paging import page_of
from web.use_cases.requests.words import fold
from web.use_cases.views.links import Backlog, LinkRow, LinksQuery, LinksView, LinkView
from web.use_cases.visitors.told import ToldReleases

ROWS = 50
"""So many readers stand on one page."""


def show_links(
    session: Session,
    problem: Problem,
    query: LinksQuery,
    maker: LinkMaker,
    releases: ToldReleases,
    *,
    language: str,
) -> LinksView:
    """Return the readers that a query asks for with their links, the researchers first."""
    programme = problem.programme
    names = Names(problem=problem, language=language)
    latest = find_latest_release(session, programme.id)
    changed_at = None if latest is None else releases.of(session, latest).changed_at
    moments = load_moments(session, programme.id, programme.timezone, changed_at=changed_at)
    readers = () if moments.latest is None else _readers(session, names, moments)
    words = fold(query.words).split()
    matching = [
        reader for reader in readers if reader.is_waiting(query.freshness) and reader.matches(words)
    ]
    found = [each for each in matching if query.kind is None or each.scope.kind is query.kind]
    shown = page_of(found, query.page, size=ROWS)
    rows = _Rows(moments=moments, maker=maker, programme=names.programme())
    return LinksView(
        programme_id=programme.id,
        programme=names.programme(),
        timezone=programme.timezone,
        latest=moments.latest,
        query=replace(query, page=shown.number),
        backlog=_backlog(readers),
        counts=Counter(reader.scope.kind for reader in matching),
        rows=tuple(map(rows.show, shown.items)),
        found=len(found),
        pages=shown.pages,
        addresses=tuple(dict.fromkeys(each.called.email for each in found if each.called.email)),
    )


def show_link(
    session: Session, problem: Problem, scope: Scope, maker: LinkMaker, *, language: str
) -> LinkView:
    """Return one reader's links."""
    programme = problem.programme
    names = Names(problem=problem, language=language)
    moments = load_moments(session, programme.id, programme.timezone, scope=scope)
    readers = () if moments.latest is None else _readers(session, names, moments, scope)
    for reader in readers:
        if reader.scope == scope:
            rows = _Rows(moments=moments, maker=maker, programme=names.programme())
            return LinkView(
                programme_id=programme.id,
                programme=names.programme(),
                timezone=programme.timezone,
                link=rows.show(reader),
                most=MOST_DEVICES,
            )
    raise NotThereError(f"{scope.kind.value} {scope.id!r}: neither in the programme nor a link")


def get_owner(session: Session, problem: Problem, scope: Scope) -> Owner:
    """Return whose calendars a coordinator adds to: somebody of a programme that has published."""
    name = dict(readers_of(problem)).get(scope)
    if name is None or find_latest_release(session, problem.programme.id) is None:
        raise NotThereError(f"{scope.kind.value} {scope.id!r}: has no calendar")
    return Owner(programme_id=problem.programme.id, scope=scope, name=text_in(name, "en"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """Shows readers; ``programme`` is what other programs call their calendars."""

    moments: Moments
    maker: LinkMaker
    programme: str

    def show(self, reader: ReaderLinks) -> LinkRow:
        """Return a reader as a row of the list."""
        own, called = reader.own, reader.called
        shelf = DeviceShelf(moments=self.moments, maker=self.maker, programme=self.programme)
        return LinkRow(
            kind=reader.scope.kind,
            subject=reader.scope.id,
            name=called.name,
            detail=called.detail,
            email=called.email,
            link_id="" if own is None else str(own.id),
            url=None if own is None else self._url(own),
            made_at=None if own is None else self.moments.local(own.created_at),
            seen=reader.own_seen,
            devices=tuple(map(shelf.show, reader.devices)),
            is_known=reader.is_known,
        )

    def _url(self, link: Link) -> str:
        token = self.maker.token(link.id)
        is_page = link.scope.kind is ScopeKind.RESEARCHER
        return self.maker.page(token) if is_page else self.maker.calendar(token)


def _readers(
    session: Session, names: Names, moments: Moments, scope: Scope | None = None
) -> tuple[ReaderLinks, ...]:
    programme_id = names.problem.programme.id
    own = load_links(session, programme_id, scope=scope)
    devices = load_device_links(session, programme_id, scope)
    return tuple(links_of_readers(names, own, devices, moments))


def _backlog(readers: Iterable[ReaderLinks]) -> Backlog:
    listed = list(readers)
    return Backlog(
        old=sum(reader.old for reader in listed),
        unopened=sum(reader.is_unopened for reader in listed),
        unfetched=sum(reader.unfetched for reader in listed),
    )
