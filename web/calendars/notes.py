"""Notes of arrival and departure: what a stay says on its first and on its last day.

They are made of the stay when a calendar is spelled. Their ids are the stay's with a word added,
and everything that a stay promises from release to release they keep by repeating it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from web.calendars.entries import Entry, Kind
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
    """Yield the notes of a stay, which name whom the reader meets: host or researcher."""
    if reader is ReaderKind.HOST:
        facts = replace(stay.facts, host="", host_institution="")
    else:
        facts = replace(stay.facts, researcher="", institution="")
    for kind, day in ((Kind.ARRIVAL, stay.first_day), (Kind.DEPARTURE, stay.last_day)):
        uid = _uid(stay.uid, kind)
        yield replace(stay, kind=kind, uid=uid, first_day=day, last_day=day, facts=facts)


def _uid(uid: str, kind: Kind) -> str:
    """Return the note's permanent id: no id of an event has two pluses, so none is like it."""
    local, at, domain = uid.rpartition("@")
    return f"{local}++{kind.value}{at}{domain}"
