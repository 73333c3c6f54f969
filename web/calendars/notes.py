"""Notes of arrival and departure: what a stay says on its first and on its last day.

They are made of the stay when a calendar is spelled, and of what the stay was before. Their ids are
the stay's with a word added.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from web.calendars.entries import Entry, Kind
from web.calendars.past import retold
from web.calendars.readers import Reader, ReaderKind

READ_BY = {ReaderKind.RESEARCHER, ReaderKind.HOST}
"""Who meets somebody; to a floor or a programme the days of the stays say enough."""


def with_notes(reader: Reader, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return a reader's entries, and the notes of its stays where the reader takes part in them."""
    shown = tuple(entries)
    if reader.kind not in READ_BY:
        return shown
    stays = (entry for entry in shown if entry.kind is Kind.RESIDENCY)
    return shown + tuple(note for stay in stays for note in _notes(stay, reader.kind))


def _notes(stay: Entry, reader: ReaderKind) -> Iterator[Entry]:
    yield retold(stay, lambda told: _note(told, reader, Kind.ARRIVAL, told.first_day))
    yield retold(stay, lambda told: _note(told, reader, Kind.DEPARTURE, told.last_day))


def _note(stay: Entry, reader: ReaderKind, kind: Kind, day: dt.date) -> Entry:
    """Return a note of a stay, which names whom the reader meets: host or researcher."""
    if reader is ReaderKind.HOST:
        facts = replace(stay.facts, host="", host_institution="")
    else:
        facts = replace(stay.facts, researcher="", institution="")
    uid = _uid(stay.uid, kind)
    return replace(stay, kind=kind, uid=uid, first_day=day, last_day=day, facts=facts)


def _uid(uid: str, kind: Kind) -> str:
    """Return the note's permanent id: no id of an event has two pluses, so none is like it."""
    local, at, domain = uid.rpartition("@")
    return f"{local}++{kind.value}{at}{domain}"
