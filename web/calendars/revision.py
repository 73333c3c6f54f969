"""From one release's entries to the next: what changed rises, what is gone says so for a while.

Three promises hold for each reader and each permanent id: an entry whose look has not changed
stays as it is; a sequence never falls; nothing that is still to come vanishes without a word.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from web.calendars.entries import Entry, Subject, in_order, whole_second
from web.calendars.past import following
from web.calendars.readers import ReaderKey, ReaderKind, entries_by_reader

KEPT_AFTER_LAST_DAY = dt.timedelta(days=30)
"""For how long a cancelled entry is shown after it would have ended."""


def revise(
    previous: Sequence[Entry], current: Sequence[Entry], *, stamp: dt.datetime, today: dt.date
) -> tuple[Entry, ...]:
    """Return the entries of a release: those of now, with the memory of the release before.

    ``previous`` are the entries of the last release, all of them; ``current`` are fresh from
    ``entries_of``. ``stamp`` is the moment of the release, ``today`` its day. An entry is
    recognised by what it is about and keeps its permanent id, even where a new one would be
    spelled differently.
    """
    moment = whole_second(stamp)
    memory = {entry.about: entry for entry in previous if not entry.farewell}
    stand = [_carried(entry, memory.get(entry.about), moment) for entry in current]
    names = {entry.about for entry in stand}
    gone = [_cancelled(entry, moment) for entry in memory.values() if entry.about not in names]
    entries = [*stand, *(_shown_until(entry, today) for entry in gone)]
    raised = _above_farewells(previous, entries, moment)
    farewells = _farewells(previous, raised, moment)
    return in_order([*raised, *(entry for entry in farewells if today <= last_shown_day(entry))])


def _carried(entry: Entry, before: Entry | None, moment: dt.datetime) -> Entry:
    """Return an entry with what was told of it; only a change that shows makes it rise."""
    if before is None:
        return replace(entry, sequence=0, created_at=moment, changed_at=moment)
    is_same = entry.visible == before.visible
    carried = replace(
        entry,
        uid=before.uid,
        sequence=before.sequence if is_same else before.sequence + 1,
        created_at=before.created_at,
        changed_at=before.changed_at if is_same else moment,
        past=before.past,
    )
    return carried if is_same else following(carried, [before])


def _cancelled(entry: Entry, moment: dt.datetime) -> Entry:
    if entry.cancelled:
        return entry
    gone = replace(entry, cancelled=True, sequence=entry.sequence + 1, changed_at=moment)
    return following(gone, [entry])


def _shown_until(entry: Entry, today: dt.date) -> Entry:
    """Hide a cancelled entry when it has been shown for long enough."""
    return replace(entry, hidden=today > last_shown_day(entry))


def last_shown_day(entry: Entry) -> dt.date:
    """Return the last day on which a cancelled entry is shown."""
    return min(entry.last_day, dt.date.max - KEPT_AFTER_LAST_DAY) + KEPT_AFTER_LAST_DAY


def _above_farewells(
    previous: Iterable[Entry], entries: list[Entry], moment: dt.datetime
) -> list[Entry]:
    """Return entries risen above the farewells of readers who see them again."""
    bidden = {
        (key, entry.about): entry
        for key, seen in entries_by_reader(previous).items()
        for entry in seen
        if entry.farewell
    }
    told: dict[Subject, list[Entry]] = defaultdict(list)
    for key, seen in entries_by_reader(entries).items():
        for entry in seen:
            if (key, entry.about) in bidden:
                told[entry.about].append(bidden[key, entry.about])
    return [
        _above(entry, told[entry.about], moment) if entry.about in told else entry
        for entry in entries
    ]


def _above(entry: Entry, farewells: Sequence[Entry], moment: dt.datetime) -> Entry:
    """Return an entry that is later than some farewells, which only their readers were told."""
    floor = max(farewell.sequence for farewell in farewells) + 1
    if entry.sequence >= floor:
        return following(entry, farewells)
    risen = replace(entry, sequence=floor, changed_at=moment)
    return following(risen, [entry, *farewells])


def _farewells(
    previous: Iterable[Entry], entries: Iterable[Entry], moment: dt.datetime
) -> list[Entry]:
    """Return a cancelled entry for each reader who no longer sees what was there before.

    The room or the host that a residency moved away from, say, or the researcher whose stay no
    longer covers an event.
    """
    seen_now = {
        (key, entry.about) for key, seen in entries_by_reader(entries).items() for entry in seen
    }
    hidden = {entry.about for entry in entries if entry.hidden}
    return [
        _farewell_to(key, _cancelled(entry, moment))
        for key, seen in entries_by_reader(previous).items()
        for entry in seen
        if (key, entry.about) not in seen_now and entry.about not in hidden
    ]


def _farewell_to(key: ReaderKey, entry: Entry) -> Entry:
    """Return an entry for one reader alone."""
    only = {key.kind: key.id}
    return replace(
        entry,
        farewell=True,
        researcher_id=only.get(ReaderKind.RESEARCHER),
        host_id=only.get(ReaderKind.HOST),
        zone_id=only.get(ReaderKind.ZONE),
        floor_id=only.get(ReaderKind.FLOOR),
        track_id=only.get(ReaderKind.TRACK),
        site_id=only.get(ReaderKind.SITE),
        tracks=(),
        must_attend=(),
    )
