"""Who reads calendars, and which entries each of them sees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from web.calendars.entries import Entry, Kind, Text, in_order
from web.calendars.texts import said
from web.calendars.wording import wording_in


class ReaderKind(StrEnum):
    """Whose calendar it is."""

    RESEARCHER = "researcher"
    HOST = "host"
    ZONE = "zone"
    FLOOR = "floor"
    TRACK = "track"
    SITE = "site"
    PROGRAMME = "programme"


class ReaderKey(NamedTuple):
    """A reader by kind and id; the programme's id is left empty."""

    kind: ReaderKind
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A person, a place or the programme that has a calendar."""

    kind: ReaderKind
    id: str
    name: Text

    @property
    def key(self) -> ReaderKey:
        """The reader without the name."""
        is_programme = self.kind is ReaderKind.PROGRAMME
        return ReaderKey(self.kind, "" if is_programme else self.id)


PROGRAMME_KEY = ReaderKey(ReaderKind.PROGRAMME)

Stays = dict[str | None, list[Entry]]
"""Residencies that stand, by site."""


def entries_for(reader: Reader, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return what a reader sees, in order.

    Any part of the entries will do that holds the reader's own and the events of its sites.
    """
    seen = _seen_by(entries).get(reader.key, ())
    return tuple(_as_told_to(reader.key, entry) for entry in seen)


def entries_by_reader(entries: Iterable[Entry]) -> dict[ReaderKey, tuple[Entry, ...]]:
    """Return what each reader sees, in order; a reader who sees nothing is left out."""
    return {
        key: tuple(_as_told_to(key, entry) for entry in seen)
        for key, seen in _seen_by(entries).items()
    }


def _seen_by(entries: Iterable[Entry]) -> dict[ReaderKey, list[Entry]]:
    shown = in_order(entry for entry in entries if not entry.hidden)
    stays: Stays = defaultdict(list)
    for entry in shown:
        if entry.kind is Kind.RESIDENCY and not entry.cancelled:
            stays[entry.site_id].append(entry)
    seen: dict[ReaderKey, list[Entry]] = defaultdict(list)
    for entry in shown:
        for key in _readers_of(entry, stays):
            seen[key].append(entry)
    return seen


def calendar_name(reader: Reader, *, programme: Text, language: str) -> str:
    """Return the calendar's name in the reader's language."""
    wording = wording_in(language)
    name, whole = said(reader.name, language), said(programme, language)
    if reader.kind is ReaderKind.PROGRAMME:
        return wording.programme_calendar.format(programme=whole)
    is_own = reader.kind is ReaderKind.RESEARCHER
    template = wording.own_calendar if is_own else wording.shared_calendar
    return template.format(name=name, programme=whole)


def calendar_uid(reader: Reader, *, programme_id: str, domain: str) -> str:
    """Return the calendar's permanent id."""
    return f"{programme_id}/{reader.kind}/{reader.id}@{domain}"


def _as_told_to(key: ReaderKey, entry: Entry) -> Entry:
    """Return an entry with the part of its past that a reader was told.

    Somebody who comes to see a stay was not told where it was before.
    """
    if not entry.past:
        return entry
    return replace(entry, past=tuple(each for each in entry.past if _was_told(key, each)))


def _was_told(key: ReaderKey, entry: Entry) -> bool:
    """Tell whether a reader was told of a stay; of an event all were, if not bidden farewell."""
    is_for_all = key == PROGRAMME_KEY or entry.kind is Kind.EVENT
    if is_for_all and not entry.farewell:
        return True
    return key.kind is not ReaderKind.PROGRAMME and getattr(entry, f"{key.kind}_id") == key.id


def _readers_of(entry: Entry, stays: Stays) -> set[ReaderKey]:
    """Return the readers whom the entry's ids name, and those whom an event invites."""
    ids = {
        ReaderKind.RESEARCHER: entry.researcher_id,
        ReaderKind.HOST: entry.host_id,
        ReaderKind.ZONE: entry.zone_id,
        ReaderKind.FLOOR: entry.floor_id,
        ReaderKind.TRACK: entry.track_id,
        ReaderKind.SITE: entry.site_id,
    }
    readers = {ReaderKey(kind, name) for kind, name in ids.items() if name is not None}
    if entry.farewell:
        return readers
    readers.add(PROGRAMME_KEY)
    if entry.kind is Kind.EVENT:
        readers |= _invited(entry, stays)
    return readers


def _invited(event: Entry, stays: Stays) -> set[ReaderKey]:
    """Return the tracks that an event invites, and the researchers there on one of its days.

    A researcher comes whose track is invited, or whose stay must cover the event all the same.
    """
    readers = {ReaderKey(ReaderKind.TRACK, track) for track in event.tracks}
    for stay in stays.get(event.site_id, ()):
        is_there = stay.first_day <= event.last_day and event.first_day <= stay.last_day
        is_asked = stay.track_id in event.tracks or event.subject in stay.must_attend
        if is_there and is_asked and stay.researcher_id is not None:
            readers.add(ReaderKey(ReaderKind.RESEARCHER, stay.researcher_id))
    return readers
