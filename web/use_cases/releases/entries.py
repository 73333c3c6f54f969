"""Between calendar entries and the rows of a release."""

from __future__ import annotations

from dataclasses import fields

from models.release_store import EntryKind, ReleaseEntry
from web.calendars.entries import Entry
from web.calendars.snapshot import entry_from, row_of

PROGRAMME, TIMEZONE = "programme", "timezone"
"""Facts of a release: what its programme was called, and on whose clock it was."""

_COLUMNS = tuple(field.name for field in fields(ReleaseEntry))


def stored_entry(entry: Entry) -> ReleaseEntry:
    """Return an entry as the memory keeps it."""
    row = row_of(entry)
    return ReleaseEntry(**row | {"kind": EntryKind(row["kind"])})


def told_entry(stored: ReleaseEntry) -> Entry:
    """Return the entry that was stored."""
    return entry_from({name: getattr(stored, name) for name in _COLUMNS})
