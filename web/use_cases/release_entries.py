"""Between calendar entries and the rows of a release, loss-free both ways."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from models.release_store import EntryKind, ReleaseEntry
from web.calendars.entries import Entry, Facts, Kind, Place

_COLUMNS = frozenset(field.name for field in fields(ReleaseEntry)) - {"kind", "facts"}


def row_of(entry: Entry) -> ReleaseEntry:
    """Return the row that keeps an entry; what has no column of its own lies in its facts."""
    values = asdict(entry)
    kind = EntryKind(values.pop("kind").value)
    columns = {name: values.pop(name) for name in _COLUMNS}
    return ReleaseEntry(kind=kind, facts=values, **columns)


def entry_of(row: ReleaseEntry) -> Entry:
    """Return the entry that a row keeps."""
    columns = {name: getattr(row, name) for name in _COLUMNS}
    kept = {name: _frozen(value) for name, value in row.facts.items() if name != "facts"}
    facts = _facts_of(row.facts["facts"])
    return Entry(kind=Kind(row.kind.value), facts=facts, **columns, **kept)


def _facts_of(kept: dict[str, Any]) -> Facts:
    values = {name: _frozen(value) for name, value in kept.items() if name != "place"}
    return Facts(place=Place(**kept["place"]), **values)


def _frozen(value: Any) -> Any:
    """Return a JSON list as the tuple that it was."""
    return tuple(value) if isinstance(value, list) else value
