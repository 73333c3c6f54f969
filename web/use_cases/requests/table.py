"""The requests page: one page of the table, as it was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from models.link_store import load_researcher_links
from models.upload_store import count_uploads
from scheduler.problem.requests import Residency
from web.use_cases.links.making import LinkMaker
from web.use_cases.paging import page_of
from web.use_cases.requests.index import IndexedRow, RequestTable, table_of
from web.use_cases.requests.query import RequestQuery, State
from web.use_cases.requests.undo import find_done
from web.use_cases.views.requests import RequestLine, RequestsView, StayCell
from web.use_cases.workspace import Workspace


def show_requests(
    session: Session,
    workspace: Workspace,
    maker: LinkMaker,
    query: RequestQuery,
    *,
    language: str,
    done_id: int | None = None,
) -> RequestsView:
    """Return the page of the table that a query asks for; ``done_id`` is what was just done."""
    programme_id = workspace.problem.programme.id
    table = table_of(workspace, language)
    left = table.narrowed(query)
    rows = table.ordered(left, query)
    shown = page_of(rows, query.page, size=query.size)
    return RequestsView(
        programme_id=programme_id,
        programme=table.index.names.programme(),
        is_planned=not workspace.is_empty,
        query=query,
        lines=tuple(_lines(table, shown.items, _links(session, programme_id, shown.items, maker))),
        total=len(table.index.rows),
        left=len(left),
        found=len(rows),
        page=shown.number,
        pages=shown.pages,
        counts=table.count(left),
        choices=table.index.choices,
        done=find_done(session, programme_id, done_id),
        waiting=count_uploads(session, programme_id),
    )


def find_requests(workspace: Workspace, query: RequestQuery, *, language: str) -> tuple[str, ...]:
    """Return the ids of all requests that a query asks for, in its order."""
    table = table_of(workspace, language)
    rows = table.ordered(table.narrowed(query), query)
    return tuple(row.request.id for row in rows)


def _links(
    session: Session, programme_id: str, rows: Iterable[IndexedRow], maker: LinkMaker
) -> Mapping[str, str]:
    researchers = {row.request.researcher for row in rows}
    links = load_researcher_links(session, programme_id, researchers)
    return {link.scope.id: maker.page(maker.token(link.id)) for link in links}


def _lines(
    table: RequestTable, rows: Iterable[IndexedRow], links: Mapping[str, str]
) -> Iterable[RequestLine]:
    standings = table.standings
    for row in rows:
        request = row.request
        stay = standings.stays.get(request.id)
        states = standings.states[request.id]
        yield RequestLine(
            request=request.id,
            researcher_id=request.researcher,
            researcher=row.researcher,
            institution=row.institution,
            country=row.country,
            country_name=row.country_name,
            track=row.track,
            first_day=request.first_day,
            last_day=request.last_day,
            min_days=request.min_days,
            max_days=request.max_days,
            priority=request.priority,
            stay=None if stay is None else _stay(table, stay),
            states=tuple(state for state in State if state in states),
            link=links.get(request.researcher),
        )


def _stay(table: RequestTable, stay: Residency) -> StayCell:
    place = table.index.places[stay.zone]
    return StayCell(
        first_day=stay.first_day,
        last_day=stay.last_day,
        days=stay.days.stop - stay.days.start,
        zone=place.zone,
        place=f"{place.building}, {place.floor}",
        host=table.index.names.host(stay.host),
    )
