"""Slots, zones, hosts and events of a problem as columns, in the order of the problem's lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from scheduler.candidates.days import Bools, Ints
from scheduler.problem.people import Host
from scheduler.problem.places import Zone
from scheduler.problem.programme import Event, Slot
from scheduler.problem.types import Days, SiteId, days_of

Masks = Mapping[str, Bools]
"""Which of some things a name belongs to."""


class SlotColumns:
    """Slots: position of the site, days as ordinals, whether dates are fixed; each (slots,)."""

    def __init__(self, slots: Sequence[Slot], site: Mapping[SiteId, int]) -> None:
        """Lay the slots out."""
        self.site = _ints(site[slot.site] for slot in slots)
        self.first, self.stop = _days(slots)
        self.fixed = np.array([slot.fixed_dates for slot in slots], dtype=np.bool_)
        self._of_track = _masks([slot.tracks for slot in slots])

    def of_track(self, track: str) -> Bools:
        """Return which slots are for a track."""
        return _mask(self._of_track, track, len(self.site))

    def fixed_within(self, window: Days) -> Ints:
        """Return the slots of fixed dates that lie in a range of days, as positions."""
        inside = (self.first >= window.start) & (self.stop <= window.stop)
        return np.flatnonzero(self.fixed & inside)


class ZoneColumns:
    """Zones by the tracks that they allow and the features that they have."""

    def __init__(self, zones: Sequence[Zone]) -> None:
        """Lay the zones out."""
        self._count = len(zones)
        self._feature = _masks([zone.features for zone in zones])
        self._of_track = _masks([zone.tracks for zone in zones])
        self._of_any = np.array([not zone.tracks for zone in zones], dtype=np.bool_)

    def of_track(self, track: str) -> Bools:
        """Return which zones allow a track."""
        return self._of_any | _mask(self._of_track, track, self._count)

    def having(self, feature: str) -> Bools:
        """Return which zones have a feature."""
        return _mask(self._feature, feature, self._count)


class HostColumns:
    """Hosts by their tracks."""

    def __init__(self, hosts: Sequence[Host]) -> None:
        """Lay the hosts out."""
        self._count = len(hosts)
        self._of_track = _masks([host.tracks for host in hosts])

    def of_track(self, track: str) -> Bools:
        """Return which hosts are of a track."""
        return _mask(self._of_track, track, self._count)


class EventColumns:
    """Events: position of the site, and days as ordinals; each (events,)."""

    def __init__(self, events: Sequence[Event], site: Mapping[SiteId, int]) -> None:
        """Lay the events out."""
        self.site = _ints(site[event.site] for event in events)
        self.first, self.stop = _days(events)
        self._open_to = _masks([event.tracks for event in events])
        self._open_to_all = np.array([not event.tracks for event in events], dtype=np.bool_)

    def attended(self, track: str, site: Ints, first: Ints, stop: Ints) -> Ints:
        """Return how many events to which a track is invited each stay covers, (times,)."""
        open_to = self._open_to_all | _mask(self._open_to, track, len(self.site))
        if not len(first):
            return np.zeros(0, dtype=np.int64)
        within = (self.first >= first.min()) & (self.stop <= stop.max())
        chosen = np.flatnonzero(open_to & within)[:, None]
        covered = (first <= self.first[chosen]) & (stop >= self.stop[chosen])
        return np.asarray((covered & (self.site[chosen] == site)).sum(axis=0))


def _days(ranged: Sequence[Slot] | Sequence[Event]) -> tuple[Ints, Ints]:
    """Return the half-open ordinals of ranges."""
    days = [days_of(each) for each in ranged]
    return _ints(each.start for each in days), _ints(each.stop for each in days)


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int64)


def _masks(names: Sequence[Collection[str]]) -> Masks:
    """Return, for each name, which things have it."""
    masks: dict[str, Bools] = {}
    for position, own in enumerate(names):
        for name in own:
            masks.setdefault(name, np.zeros(len(names), dtype=np.bool_))[position] = True
    return masks


def _mask(masks: Masks, name: str, size: int) -> Bools:
    found = masks.get(name)
    return np.zeros(size, dtype=np.bool_) if found is None else found
