"""The board of a draft: its page, and what changed since a script drew it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from models.run_store import RunKind, RunStatus, find_latest_run
from scheduler.problem.requests import Residency
from web.use_cases.board.bands import build_bands
from web.use_cases.board.chosen import show_chosen
from web.use_cases.board.document import board_document, stay_columns
from web.use_cases.board.fit import BoardFit
from web.use_cases.board.groups import sorted_by_group
from web.use_cases.board.moves import show_history
from web.use_cases.broken_rules import broken_rules
from web.use_cases.errors import NotThereError
from web.use_cases.months import today_of
from web.use_cases.names import Names
from web.use_cases.paging import page_of
from web.use_cases.views.board import (
    BoardView,
    ChangesView,
    ChosenView,
    GroupBy,
    StayPage,
    StayRow,
    TrayRow,
)
from web.use_cases.workspace import Workspace

STAYS_A_PAGE = 100


def show_board(
    session: Session,
    workspace: Workspace,
    fit: BoardFit,
    *,
    language: str,
    now: dt.datetime,
    group_by: GroupBy = GroupBy.PLACE,
    page: int = 1,
    request: str | None = None,
) -> BoardView:
    """Return the board's page with the rows asked for; ``request`` is chosen if it is there."""
    problem = workspace.problem
    names = Names(problem=problem, language=language)
    draft = workspace.draft
    is_branch = draft is not None and draft.name is not None
    today = today_of(problem.programme, now)
    return BoardView(
        programme_id=problem.programme.id,
        programme=names.programme(),
        group_by=group_by,
        first_day=problem.programme.first_day,
        last_day=problem.programme.last_day,
        draft_id=workspace.draft_id if is_branch else None,
        draft_name=None if draft is None else draft.name,
        placed=len(workspace.stays),
        unplaced=_tray(names, workspace),
        strays=len(workspace.strays),
        tracks=tuple(names.track(track.id) for track in problem.tracks),
        several_sites=len(problem.sites) > 1,
        table=_table(names, workspace, group_by, page),
        bands=build_bands(names),
        document=board_document(names, workspace, today=today),
        now=show_changes(session, workspace, language=language, now=now),
        chosen=_chosen(workspace, fit, request, language),
    )


def show_changes(
    session: Session,
    workspace: Workspace,
    *,
    language: str,
    now: dt.datetime,
    shown: tuple[str, int] | None = None,
) -> ChangesView:
    """Return the draft as it stands; ``shown`` is the version and revision that a script draws.

    Stays come only where the revision is another, everything where the programme's data are.
    """
    problem = workspace.problem
    names = Names(problem=problem, language=language)
    stands = (workspace.scenario.version, workspace.revision)
    is_other = shown is not None and shown[0] != stands[0]
    document = None
    if is_other:
        document = board_document(names, workspace, today=today_of(problem.programme, now))
    undo, redo = show_history(session, workspace, language=language)
    return ChangesView(
        version=stands[0],
        revision=stands[1],
        objective=workspace.objective,
        document=document,
        stays=None if shown in (None, stands) else stay_columns(problem, workspace.stays),
        broken=broken_rules(names, workspace.violations),
        undo=undo,
        redo=redo,
        freedom=find_freedom(session, workspace),
    )


def find_freedom(session: Session, workspace: Workspace) -> Mapping[str, str] | None:
    """Return how freely each stay could move, as it was worked out last; None before that."""
    if workspace.draft is None:
        return None
    programme_id = workspace.problem.programme.id
    run = find_latest_run(session, programme_id, workspace.draft.id, RunKind.FREEDOM)
    if run is None or run.status is not RunStatus.DONE or run.result is None:
        return None
    freedom: dict[str, str] = run.result.get("freedom", {})
    return freedom


def _chosen(
    workspace: Workspace, fit: BoardFit, request: str | None, language: str
) -> ChosenView | None:
    if request is None:
        return None
    try:
        return show_chosen(workspace, fit, request, language=language)
    except NotThereError:
        return None


def _tray(names: Names, workspace: Workspace) -> tuple[TrayRow, ...]:
    requests = names.problem.request
    return tuple(
        TrayRow(
            request=request,
            researcher=names.researcher(requests[request]),
            track=names.track(requests[request].track),
            priority=requests[request].priority,
            first_day=requests[request].first_day,
            last_day=requests[request].last_day,
            min_days=requests[request].min_days,
            max_days=requests[request].max_days,
        )
        for request in workspace.unplaced
    )


def _table(names: Names, workspace: Workspace, group_by: GroupBy, page: int) -> StayPage:
    rows: Sequence[tuple[str, Residency]] = sorted_by_group(names, workspace.stays, group_by)
    shown = page_of(rows, page, size=STAYS_A_PAGE)
    return StayPage(
        rows=tuple(_row(names, group, stay) for group, stay in shown.items),
        number=shown.number,
        pages=shown.pages,
    )


def _row(names: Names, group: str, stay: Residency) -> StayRow:
    request = names.problem.request[stay.request]
    return StayRow(
        request=request.id,
        group=group,
        researcher=names.researcher(request),
        institution=names.institution(request),
        country=names.country(request),
        track=names.track(request.track),
        host=names.host(stay.host),
        place=names.place(stay.zone),
        first_day=stay.first_day,
        last_day=stay.last_day,
    )
