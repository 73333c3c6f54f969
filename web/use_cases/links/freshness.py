"""Which calendars are as they should be, and which still show what was told before.

A calendar is old once a release has changed something in it after what was fetched last; a
release that changed nothing for its reader makes it no older.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from models.link_store import Link
from models.release_store import Scope, load_entries, load_release_entries, load_release_moments
from web.calendars.entries import Entry, whole_second
from web.calendars.past import days_of, last_changed
from web.calendars.readers import Reader, ReaderKey, ReaderKind, entries_by_reader
from web.use_cases.releases.entries import told_entry


class Freshness(StrEnum):
    """How what somebody fetched stands to what is published."""

    NEVER = "never"
    CURRENT = "current"
    OLD = "old"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """When a link was opened last and what was seen; ``wanted`` is the release to be seen.

    ``wanted`` is the one that changed the reader's calendar last.
    """

    freshness: Freshness
    fetched_at: dt.datetime | None = None
    release: int | None = None
    released_at: dt.datetime | None = None
    wanted: int | None = None
    wanted_at: dt.datetime | None = None


class Changed(NamedTuple):
    """When anything that a calendar shows was changed last, and when days in it were."""

    shown: dt.datetime
    days: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """When each release was published, and when each reader's calendar was changed last."""

    published: Mapping[int, dt.datetime]
    changed_at: Mapping[ReaderKey, Changed]
    timezone: str

    @property
    def latest(self) -> int | None:
        """The release that readers see, None before the first."""
        return max(self.published, default=None)

    def seen(self, link: Link) -> Seen:
        """Return what whoever holds a link has seen of it."""
        fetched_at = link.last_fetched_at
        if fetched_at is None:
            return Seen(freshness=Freshness.NEVER)
        release = link.last_release or self._latest_at(fetched_at)
        wanted = self._wanted(link)
        is_old = wanted is not None and (release is None or release < wanted)
        return Seen(
            freshness=Freshness.OLD if is_old else Freshness.CURRENT,
            fetched_at=self.local(fetched_at),
            release=release,
            released_at=self._moment(release),
            wanted=wanted,
            wanted_at=self._moment(wanted),
        )

    def local(self, moment: dt.datetime) -> dt.datetime:
        """Return a moment on the programme's clock."""
        return moment.astimezone(ZoneInfo(self.timezone))

    def _wanted(self, link: Link) -> int | None:
        changed = self.changed_at.get(_key(link.scope))
        if changed is None:
            return None
        changed_at = changed.days if link.busy_only else changed.shown
        later = (number for number, moment in self.published.items() if moment >= changed_at)
        return min(later, default=None)

    def _latest_at(self, moment: dt.datetime) -> int | None:
        earlier = (number for number, then in self.published.items() if then <= moment)
        return max(earlier, default=None)

    def _moment(self, release: int | None) -> dt.datetime | None:
        moment = None if release is None else self.published.get(release)
        return None if moment is None else self.local(moment)


def load_moments(
    session: Session,
    programme_id: str,
    timezone: str,
    *,
    scope: Scope | None = None,
    changed_at: Mapping[ReaderKey, Changed] | None = None,
) -> Moments:
    """Load the moments of one reader, or of all; it takes two queries, three for one reader.

    ``changed_at`` is what ``moments_of_change`` says, where that is known already.
    """
    published = {
        number: whole_second(moment)
        for number, moment in load_release_moments(session, programme_id).items()
    }
    if changed_at is None and published:
        latest = max(published)
        rows = (
            load_release_entries(session, programme_id, latest)
            if scope is None
            else load_entries(session, programme_id, latest, scope)
        )
        changed_at = moments_of_change(map(told_entry, rows))
    return Moments(published=published, changed_at=changed_at or {}, timezone=timezone)


def moments_of_change(entries: Iterable[Entry]) -> dict[ReaderKey, Changed]:
    """Return when the calendar of each reader was changed last, out of a release's entries."""
    return {
        key: Changed(
            shown=max(last_changed(entry, _are_shown_alike).changed_at for entry in own),
            days=max(last_changed(entry, _have_same_days).changed_at for entry in own),
        )
        for key, own in entries_by_reader(entries).items()
    }


def _are_shown_alike(one: Entry, other: Entry) -> bool:
    return one.visible == other.visible


def _have_same_days(one: Entry, other: Entry) -> bool:
    return days_of(one) == days_of(other)


def _key(scope: Scope) -> ReaderKey:
    return Reader(kind=ReaderKind(scope.kind.value), id=scope.id, name="").key
