"""What the pages of an import show: the file's columns, and what it would change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from models.programme_store import get_programme
from models.upload_store import Upload, load_upload_notes
from scheduler.problem.problem import Problem
from scheduler.problem.types import text_in
from web.use_cases.paging import page_of
from web.use_cases.plans import local
from web.use_cases.requests.columns import COLUMN, COLUMNS, Cell, Column
from web.use_cases.requests.flat import ANY, EMPTY, NONE, cell_text
from web.use_cases.requests.importing.proposal import Outcome, Proposal, Proposed
from web.use_cases.requests.importing.uploads import proposal_of
from web.use_cases.views.parts import TrackView
from web.use_cases.views.request_import import (
    ChangeView,
    ColumnsView,
    PreviewRow,
    PreviewView,
    Shown,
    SourceColumn,
    StartView,
    WaitingUpload,
    WrongCell,
)
from web.use_cases.views.requests import Choice
from web.use_cases.workspace import Scenario

ROWS_A_PAGE = 100
SAMPLES = 3
SUGGESTED = ("tracks", "institutions", "hosts", "zones", "sites", "pools", "events")


def show_start(
    session: Session, programme_id: str, *, language: str, refused: str = ""
) -> StartView:
    """Return where a file is chosen; ``refused`` says why the last one was not taken."""
    programme = get_programme(session, programme_id)
    return StartView(
        programme_id=programme_id,
        programme=text_in(programme.name, language),
        timezone=programme.timezone,
        refused=refused,
        waiting=tuple(
            WaitingUpload(
                id=note.id,
                name=note.name,
                created_at=local(note.created_at, programme.timezone),
                by=note.by,
            )
            for note in load_upload_notes(session, programme_id)
        ),
    )


def show_columns(problem: Problem, upload: Upload, *, language: str) -> ColumnsView:
    """Return a file's columns with what each is taken for."""
    taken = {at: key for key, at in upload.columns.items()}
    columns = (
        SourceColumn(
            index=at,
            header=header,
            samples=_samples(upload, at),
            key=taken.get(at),
        )
        for at, header in enumerate(upload.header)
    )
    return ColumnsView(
        programme_id=upload.programme_id,
        programme=text_in(problem.programme.name, language),
        upload_id=upload.id,
        name=upload.name,
        facts=upload.facts,
        rows=len(upload.rows),
        columns=tuple(each for each in columns if each.header or each.samples),
        targets=tuple(column.key for column in COLUMNS),
        missing=tuple(
            column.key
            for column in COLUMNS
            if column.is_needed and column.key not in upload.columns
        ),
    )


def show_preview(
    scenario: Scenario, upload: Upload, *, language: str, shown: Outcome | None, page: int
) -> PreviewView:
    """Return what an upload would do; of the rows those with one outcome, what is wrong first."""
    proposal = proposal_of(scenario, upload)
    counts = {outcome: proposal.count(outcome) for outcome in Outcome}
    chosen = shown or next((each for each in _FIRST if counts[each]), Outcome.UNCHANGED)
    rows = [row for row in proposal.rows if row.outcome is chosen]
    here = page_of(rows, page, size=ROWS_A_PAGE)
    sayer = _Sayer(scenario.problem, proposal, language)
    wrong = counts[Outcome.WRONG] + counts[Outcome.LEFT_OUT]
    return PreviewView(
        programme_id=upload.programme_id,
        programme=text_in(scenario.problem.programme.name, language),
        upload_id=upload.id,
        name=upload.name,
        revision=upload.revision,
        digest=proposal.digest,
        counts=counts,
        shown=chosen,
        rows=tuple(map(sayer.row, here.items)),
        page=here.number,
        pages=here.pages,
        wrong_rows=wrong,
        wrong_cells=sum(len({fault.column for fault in row.faults}) for row in proposal.rows),
        elsewhere=proposal.elsewhere,
        new_institutions=tuple(sayer.new_institutions()),
        new_researchers=sum(row.adds_researcher for row in proposal.rows),
        leaves_out_wrong=upload.leaves_out_wrong,
        can_apply=proposal.is_right and bool(proposal.steps),
        suggestions=_suggestions(scenario.problem, language) if wrong else {},
    )


_ORDER = ["", *COLUMN]

_FIRST = (Outcome.WRONG, Outcome.CHANGED, Outcome.NEW, Outcome.LEFT_OUT)


class _Sayer:
    """Says rows of a proposal with names in place of ids."""

    def __init__(self, problem: Problem, proposal: Proposal, language: str) -> None:
        self._problem = problem
        self._proposal = proposal
        self._language = language
        self._tracks = problem.track

    def row(self, row: Proposed) -> PreviewRow:
        """Return a row with what it would do."""
        drafted, cells = row.drafted, row.drafted.row.cells
        request = drafted.request
        track = self._tracks.get(request.get("track", ""))
        return PreviewRow(
            number=row.number,
            outcome=row.outcome,
            request=str(request.get("id") or cells.get("id", "")),
            researcher=self._person(drafted.researcher) or cells.get("name", ""),
            institution=self._place(drafted) or cells.get("institution", ""),
            track=None
            if track is None
            else TrackView(
                id=track.id, name=text_in(track.name, self._language), colour=track.colour
            ),
            first_day=_day(request.get("first_day")),
            last_day=_day(request.get("last_day")),
            changes=tuple(
                ChangeView(
                    column=change.column,
                    was=self._shown(COLUMN[change.column], change.was),
                    now=self._shown(COLUMN[change.column], change.now),
                )
                for change in row.changes
            ),
            wrong=_wrong_cells(row),
            adds_researcher=row.adds_researcher,
            adds_institution=row.adds_institution,
        )

    def new_institutions(self) -> Iterable[str]:
        """Yield the names of institutions that come with the file."""
        for step in self._proposal.steps:
            if step.subject == "institutions" and step.before is None and step.after is not None:
                yield f"{text_in(step.after['name'], self._language)} ({step.after['country']})"

    def _person(self, researcher: str | None) -> str:
        found = self._proposal.people.get(researcher or "", {})
        return text_in(found.get("name", ""), self._language)

    def _place(self, drafted: Any) -> str:
        person = self._proposal.people.get(drafted.researcher or "", {})
        place = drafted.institution or person.get("institution", "")
        known = self._problem.institution.get(place)
        if known is not None:
            return text_in(known.name, self._language)
        return text_in(self._proposal.institutions.get(place, {}).get("name", ""), self._language)

    def _shown(self, column: Column, value: Any) -> Shown:
        """Return a value for people: days as days, ids as names."""
        if column.cell is Cell.DAY and value:
            return dt.date.fromisoformat(value)
        if column.cell is Cell.ONE:
            return self._named(column.of, value)
        if column.cell is Cell.MANY:
            if value is None:
                return ANY
            return "; ".join(self._named(column.of, each) for each in value) or NONE
        if column.cell is Cell.NAME:
            return text_in(value, self._language)
        return cell_text(column, value) or EMPTY

    def _named(self, of: str, key: str) -> str:
        known = getattr(self._problem, of[:-1]).get(key)
        if known is not None:
            return text_in(known.name, self._language)
        new = {**self._proposal.people, **self._proposal.institutions}.get(key, {})
        return text_in(new.get("name", key), self._language)


def _samples(upload: Upload, at: int) -> tuple[str, ...]:
    found = dict.fromkeys(cells[at] for _, cells in upload.rows[:200] if cells[at])
    return tuple(found)[:SAMPLES]


def _day(value: Any) -> dt.date | None:
    return None if value is None else dt.date.fromisoformat(str(value))


def _wrong_cells(row: Proposed) -> tuple[WrongCell, ...]:
    by_column: dict[str, list[Any]] = {}
    for fault in row.faults:
        by_column.setdefault(fault.column, []).append(fault)
    return tuple(
        WrongCell(
            column=key,
            list=_list_of(key),
            value=row.drafted.row.cells.get(key, ""),
            faults=tuple(faults),
        )
        for key, faults in sorted(by_column.items(), key=lambda item: _ORDER.index(item[0]))
    )


def _list_of(key: str) -> str:
    """Return which suggestions are for a column."""
    column = COLUMN.get(key)
    if column is None:
        return ""
    if column.cell is Cell.STATUS:
        return Cell.STATUS.value
    return column.of if column.of in SUGGESTED else ""


def _suggestions(problem: Problem, language: str) -> Mapping[str, tuple[Choice, ...]]:
    return {
        of: tuple(
            Choice(value=item.id, label=text_in(item.name, language))
            for item in getattr(problem, of)
        )
        for of in SUGGESTED
    }
