"""What an entry was before, and which of its changes a reader could notice.

Calendars show an entry in several ways: in each language, as a note, as days without a name. A
change rises only where it shows, so each way has its own last change out of the one past.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise

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
    return last_changed(entry, lambda told: _look(told, language))


def last_changed(entry: Entry, look: Callable[[Entry], object]) -> Entry:
    """Return an entry without its past, as of the last change of what ``look`` returns."""
    if not entry.past:
        return entry
    versions = [(each, look(each)) for each in (*entry.past, entry)]
    changed = [after for before, after in pairwise(versions) if after[1] != before[1]]
    told, _ = changed[-1] if changed else versions[0]
    return replace(entry, sequence=told.sequence, changed_at=told.changed_at, past=())


def _look(entry: Entry, language: str) -> tuple[object, ...]:
    """Return whatever a calendar shows of an entry."""
    return (
        entry.cancelled,
        entry.first_day,
        entry.last_day,
        summary_of(entry, language),
        location_of(entry.facts, language),
        description_of(entry, language, None),
        css_name(entry.facts.colour),
    )
