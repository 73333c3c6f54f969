"""A file's table as texts: its header, and rows with the numbers that people see beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from web.use_cases.requests.columns import BY_HEADER
from web.use_cases.requests.importing.faults import Unreadable, UploadRefused
from web.use_cases.requests.words import squeezed

MOST_ROWS = 20_000
MOST_COLUMNS = 100
LONGEST_CELL = 10_000
HEADER_WITHIN = 10
"""The header stands among so many first rows; titles may stand above it."""


class SheetRow(NamedTuple):
    """One row: its number in the file from 1, and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table: ``facts`` say how the file was read."""

    header: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    facts: Mapping[str, str] = field(default_factory=dict)


def sheet_of(rows: Iterable[SheetRow], facts: Mapping[str, str]) -> Sheet:
    """Return the table of a file's rows; empty ones are left out."""
    filled = list(_filled(rows))
    if not filled:
        raise UploadRefused(Unreadable.EMPTY)
    at = _header_at(filled)
    header, body = _trimmed(filled[at].cells), filled[at + 1 :]
    if not body:
        raise UploadRefused(Unreadable.NO_ROWS)
    width = max(len(header), *(len(_trimmed(row.cells)) for row in body))
    if width > MOST_COLUMNS:
        raise UploadRefused(Unreadable.TOO_MANY_COLUMNS, most=MOST_COLUMNS)
    return Sheet(
        header=_padded(header, width),
        rows=tuple(SheetRow(row.number, _padded(row.cells, width)) for row in body),
        facts=facts,
    )


def clean(text: str) -> str:
    """Return a cell that can be kept and shown: what is no letter is marked, length is limited."""
    kept = text[:LONGEST_CELL].replace("\0", "\ufffd")
    return kept.encode("utf-8", "replace").decode("utf-8")


def _filled(rows: Iterable[SheetRow]) -> Iterator[SheetRow]:
    count = 0
    for number, cells in rows:
        if not any(cells):
            continue
        count += 1
        if count > MOST_ROWS + HEADER_WITHIN:
            raise UploadRefused(Unreadable.TOO_MANY_ROWS, most=MOST_ROWS)
        yield SheetRow(number, tuple(map(clean, cells)))


def _header_at(rows: list[SheetRow]) -> int:
    """Return which of the first rows has most headers that are known, the first of them."""
    known = [sum(squeezed(cell) in BY_HEADER for cell in row.cells) for row in rows[:HEADER_WITHIN]]
    return known.index(max(known))


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    last = max((at for at, cell in enumerate(cells) if cell), default=-1)
    return cells[: last + 1]


def _padded(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return (*cells[:width], *[""] * (width - len(cells)))
