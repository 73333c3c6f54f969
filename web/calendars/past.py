"""What an entry was before, and which of its changes a reader could notice.

Calendars show an entry in several ways: in each language, as a note, as days without a name. A
change rises only where it shows, so each way has its own last change out of the one past.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from web.calendars.colours import css_name
from web.calendars.entries import Entry
from web.calendars.texts import description_of, location_of, summary_of

MOST_KEPT = 20
"""So many entries are kept of a past."""


def following(entry: Entry, earlier: Iterable[Entry]) -> Entry:
    """Return an entry with others added to its past."""
    past = (*entry.past, *(replace(each, past=()) for each in earlier))
    return replace(entry, past=past[-MOST_KEPT:])


def retold(entry: Entry, tell: Callable[[Entry], Entry]) -> Entry:
    """Return an entry that is told in another way, now as ever."""
    return replace(tell(replace(entry, past=())), past=tuple(map(tell, entry.past)))


def last_told(entry: Entry, language: str) -> Entry:
    """Return an entry with sequence and moment of its last change that shows in a language."""
    return last_changed(entry, lambda one, other: _look_alike(one, other, language))


def last_changed(entry: Entry, are_alike: Callable[[Entry, Entry], bool]) -> Entry:
    """Return an entry without its past, with sequence and moment of its last change of a kind."""
    told = entry
    for before in reversed(entry.past):
        if not are_alike(before, told):
            break
        told = before
    return replace(entry, sequence=told.sequence, changed_at=told.changed_at, past=())


def _look_alike(one: Entry, other: Entry, language: str) -> bool:
    """Tell whether a calendar shows the same of two entries; what is seen soonest comes first."""
    if days_of(one) != days_of(other):
        return False
    if one.facts == other.facts:
        return True
    looks: tuple[Callable[[Entry], object], ...] = (
        lambda entry: summary_of(entry, language),
        lambda entry: location_of(entry.facts, language),
        lambda entry: css_name(entry.facts.colour),
        lambda entry: description_of(entry, language, None),
    )
    return all(look(one) == look(other) for look in looks)


def days_of(entry: Entry) -> tuple[object, ...]:
    """Return what calendars show that say nothing but days."""
    return entry.cancelled, entry.first_day, entry.last_day
