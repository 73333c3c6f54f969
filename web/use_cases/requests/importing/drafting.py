"""Rows to what they say: cells read, researchers and institutions found, all faults at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from models.steps import Document
from models.subjects import document_of
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request
from scheduler.problem.types import RequestId, ResearcherId, TrackId
from web.use_cases.requests.columns import COLUMN, COLUMNS, Owner
from web.use_cases.requests.importing.cells import is_cleared, read_cell
from web.use_cases.requests.importing.faults import CellError, Fault, Wrong
from web.use_cases.requests.importing.lookup import Lookup
from web.use_cases.requests.importing.parties import CLEARED, Parties, Reading, Row
from web.use_cases.requests.importing.people import LONGEST_ID

EXAMPLE = "example"
"""The id of the row that templates show; it is left out."""

NEEDED = frozenset({"id", "researcher", "track", "submitted", "first_day", "last_day"})
"""Fields of a request that have no default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """What a row says: its request as far as it was read, and what is wrong with it."""

    row: Row
    request: Document
    before: Document | None
    researcher: str | None
    institution: str | None
    faults: tuple[Fault, ...]


class Drafter:
    """Reads the rows of an upload one after another, against a programme."""

    def __init__(self, problem: Problem, columns: Collection[str]) -> None:
        """Begin; ``columns`` are those that the file has."""
        self._problem = problem
        self._lookup = Lookup(problem)
        self._columns = columns
        self._seen: dict[str, int] = {}
        self.parties = Parties(self._lookup)

    def read(self, rows: Iterable[Row]) -> tuple[Drafted, ...]:
        """Return what rows say, but for the example of a template."""
        return tuple(self._read(row) for row in rows if row.cells.get("id") != EXAMPLE)

    def _read(self, row: Row) -> Drafted:
        faults: list[Fault] = []
        values = self._values(row, faults)
        reading = Reading(row=row, values=values, faults=faults)
        reading.before = self._before(values)
        self.parties.find(reading)
        self._identify(reading)
        request = _request(reading)
        return Drafted(
            row=row,
            request=request,
            before=reading.before,
            researcher=reading.researcher,
            institution=reading.institution,
            faults=tuple(faults),
        )

    def _values(self, row: Row, faults: list[Fault]) -> dict[str, Any]:
        """Return the values of a row's cells; who is meant by people's texts comes later."""
        values: dict[str, Any] = {}
        for key, text in row.cells.items():
            column = COLUMN[key]
            if is_cleared(text):
                values[key] = CLEARED
            elif column.of in {Owner.RESEARCHER, Owner.INSTITUTION}:
                values[key] = text
            else:
                try:
                    values[key] = read_cell(column, text, self._lookup)
                except CellError as error:
                    faults.append(row.fault_of(key, error))
        if isinstance(values.get("id"), str):
            values["id"] = values["id"].lower()
        return values

    def _before(self, values: Mapping[str, Any]) -> Document | None:
        known = self._problem.request.get(values.get("id", ""))
        return None if known is None else document_of(known)

    def _identify(self, reading: Reading) -> None:
        """Make an id where the file has none; say so where another row has it."""
        values = reading.values
        if "id" not in self._columns:
            parts = (reading.researcher, values.get("first_day"))
            if all(isinstance(part, str) for part in parts):
                values["id"] = "-".join(map(str, parts))[-LONGEST_ID:].lstrip("-._")
                reading.before = self._before(values)
        (name,) = reading.said("id")
        if name is None:
            if "id" in self._columns:
                reading.blame("id", Wrong.NO_ID)
            return
        earlier = self._seen.setdefault(name, reading.row.number)
        if earlier != reading.row.number:
            reading.blame("id", Wrong.TWICE, row=earlier)


def _request(reading: Reading) -> Document:
    """Return a request's document: what stood before, and what a row says."""
    request: Document = dict(reading.before or {})
    for column in COLUMNS:
        if column.owner is not Owner.REQUEST or column.key not in reading.values:
            continue
        value = reading.values[column.key]
        if value is CLEARED:
            if column.place in NEEDED:
                if column.key != "id":
                    reading.blame(column.key, Wrong.NOT_CLEARED)
                continue
            value = defaults()[column.place]
            value = value[column.part] if column.part else value
        if column.part:
            value = {**request.get(column.place, {}), column.part: value}
        request[column.place] = value
    if reading.researcher is not None:
        request["researcher"] = reading.researcher
    else:
        request.pop("researcher", None)
    return request


@cache
def defaults() -> Document:
    """Return what the fields of a request have that need not be said."""
    stand_in = Request(
        id=RequestId("x"),
        researcher=ResearcherId("x"),
        track=TrackId("x"),
        submitted=dt.date.min,
        first_day=dt.date.min,
        last_day=dt.date.min,
    )
    return {key: value for key, value in document_of(stand_in).items() if key not in NEEDED}
