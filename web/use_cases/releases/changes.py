"""Who is touched from one release to the next, out of what calendars showed and show now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from models.mail_store import MailKind
from web.calendars.entries import Entry, Kind

COMPUTING = "computing"


@dataclass(frozen=True, slots=True, kw_only=True)
class StayChange:
    """A stay that is new, moved or cancelled, as it was told before and as it is now."""

    request: str
    kind: MailKind
    before: Entry | None
    after: Entry | None

    @property
    def entry(self) -> Entry:
        """The stay as it is now, or as it was where it is cancelled."""
        entry = self.after or self.before
        if entry is None:
            raise ValueError(f"{self.request}: neither before nor after")
        return entry

    @property
    def parts(self) -> tuple[str, ...]:
        """What is another than before: days, zone, host, computing."""
        if self.before is None or self.after is None:
            return ()
        was = {**_noticed(self.before), COMPUTING: _computing(self.before)}
        now = {**_noticed(self.after), COMPUTING: _computing(self.after)}
        return tuple(part for part in now if was[part] != now[part])


def changes_between(before: Iterable[Entry], after: Iterable[Entry]) -> tuple[StayChange, ...]:
    """Return the stays that somebody has to be told of, by their first day.

    A room that is called otherwise, or other computing, is news for calendars and touches nobody.
    """
    was, now = standing(before), standing(after)
    changes = [_change(name, was.get(name), now.get(name)) for name in {**was, **now}]
    found = [change for change in changes if change is not None]
    found.sort(key=lambda change: (change.entry.first_day, change.request))
    return tuple(found)


def standing(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Return the stays that take place, by request."""
    return {
        entry.subject: entry
        for entry in entries
        if entry.kind is Kind.RESIDENCY and not (entry.farewell or entry.hidden or entry.cancelled)
    }


def count_kinds(changes: Iterable[StayChange]) -> dict[str, int]:
    """Count who is new, moved and cancelled."""
    counted = Counter(change.kind for change in changes)
    return {kind.value: counted[kind] for kind in MailKind}


def _change(request: str, before: Entry | None, after: Entry | None) -> StayChange | None:
    if after is None:
        kind = MailKind.CANCELLED
    elif before is None:
        kind = MailKind.NEW
    elif _noticed(before) != _noticed(after):
        kind = MailKind.MOVED
    else:
        return None
    return StayChange(request=request, kind=kind, before=before, after=after)


def _noticed(entry: Entry) -> dict[str, object]:
    """Return what somebody notices of a stay; a name that is spelled otherwise is none of it."""
    return {
        "days": (entry.first_day, entry.last_day),
        "zone": entry.zone_id,
        "host": entry.host_id,
    }


def _computing(entry: Entry) -> object:
    return entry.facts.pool, entry.facts.gpus
