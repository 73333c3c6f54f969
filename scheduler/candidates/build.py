"""Unary rules make candidates: each request's allowed times, slots, zones, hosts and pools."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import NamedTuple

import numpy as np

from scheduler.candidates.candidates import Candidates, Options, Part
from scheduler.candidates.days import Bools, Ints, running_total
from scheduler.candidates.pinned import Pinned, pinned_parts
from scheduler.candidates.points import Points
from scheduler.candidates.tables import Tables
from scheduler.candidates.times import Times, days_between, times_of
from scheduler.problem.requests import Request
from scheduler.rules import Rule

AT_ONCE = 500
"""Times at which it is looked for any way at once."""

NO_RULES: AbstractSet[Rule] = frozenset()


class _Offered(NamedTuple):
    """Who could serve, (chosen,), at which times, (chosen, times), for how many points, (chosen,).

    Without points they bring none.
    """

    chosen: Ints
    allowed: Bools
    points: Ints | None = None


Wanted = Callable[[Times], Bools]
"""Says which times are looked at."""


def build_candidates(
    tables: Tables,
    request: Request,
    without: AbstractSet[Rule] = NO_RULES,
    wanted: Wanted | None = None,
) -> Candidates:
    """Return all ways to place a request that no unary rule forbids, at wanted times if named.

    ``without`` leaves rules out: a rule without which there are candidates, and with which there
    are none, is what stands in the way. (Without H2 only the shortest stays are returned.)
    """
    builder = _Builder(tables, request, without)
    if wanted is not None:
        builder.times = builder.times.keep(wanted(builder.times))
    return builder.build()


def has_candidates(tables: Tables, request: Request, without: AbstractSet[Rule]) -> bool:
    """Tell whether there is any way to place a request if some rules are left out.

    Without rules there may be a great many ways: they are looked at some times at once.
    """
    builder = _Builder(tables, request, without)
    times = builder.times
    for start in range(0, len(times.first), AT_ONCE):
        builder.times = Times(*(each[start : start + AT_ONCE] for each in times))
        if builder.build().times:
            return True
    return False


class _Builder:
    """The unary rules of one request, one method for each part of a residency."""

    def __init__(self, tables: Tables, request: Request, without: AbstractSet[Rule]) -> None:
        self.tables = tables
        self.problem = tables.problem
        self.request = request
        self.without = without
        self.pinned = Pinned() if Rule.PIN in without else pinned_parts(tables, request)
        times = times_of(tables, request, without, self.pinned.stop)
        self.times = times.keep(self.pinned.allows_times(times.first, times.stop))
        self.points = Points(tables, request)

    def build(self) -> Candidates:
        """Join the parts: a time is kept where every part that is needed has an option."""
        offered = {Part.SLOT: self._slots(), Part.ZONE: self._zones()}
        if self.request.hosts != ():
            offered[Part.HOST] = self._hosts()
        if self.request.gpus:
            offered[Part.POOL] = self._pools()
        served = np.full(len(self.times.first), not self.pinned.contradicts_needs(self.request))
        for each in offered.values():
            served &= each.allowed.any(axis=0)
        times = self.times.keep(served)
        return Candidates(
            request=self.request,
            required=self.pinned.required,
            unplaced_points=self.points.unplaced,
            site=times.site,
            first=times.first,
            stop=times.stop,
            points=self.points.of_times(times.site, times.first, times.stop),
            options={part: _options(each, served) for part, each in offered.items()},
        )

    def _slots(self) -> _Offered:
        """Return slots of the site and track that hold the stay (H4); fixed dates as they are."""
        slots, times = self.tables.slots, self.times
        suits = self._only(Part.SLOT, self.pinned.slot, len(slots.site))
        if Rule.SLOT not in self.without:
            suits &= slots.of_track(self.request.track)
        chosen = np.flatnonzero(suits & self._is_visited(slots.site))
        row = chosen[:, None]
        inside = (times.first >= slots.first[row]) & (times.stop <= slots.stop[row])
        allowed = (times.slot < 0) & (inside | (Rule.SLOT in self.without))
        if Rule.LENGTH not in self.without:
            allowed = np.where(slots.fixed[row], times.slot == row, allowed)
        return _Offered(chosen, allowed & (slots.site[row] == times.site))

    def _zones(self) -> _Offered:
        """Return zones of the site that can take the request by itself (H5, H6)."""
        tables, request, times = self.tables, self.request, self.times
        suits = self._only(Part.ZONE, self.pinned.zone, len(tables.site_of_zone))
        if Rule.ZONE in self.without:
            chosen = np.flatnonzero(suits)
            allowed = np.ones((len(chosen), len(times.first)), dtype=np.bool_)
        else:
            suits &= self._suiting_zones() & self._is_visited(tables.site_of_zone)
            chosen = np.flatnonzero(suits)
            shut = tables.next_shut(request.desks, request.area_m2)[chosen]
            allowed = shut.take(times.first - self._start, axis=1) >= times.stop - self._start
            allowed &= tables.site_of_zone[chosen, None] == times.site
        if Rule.EXCLUSIVE_ZONE not in self.without:
            for at in np.flatnonzero(tables.exclusive_reserved[chosen]).tolist():
                others = tables.shut_out(self.problem.zones[chosen[at]], request)
                allowed[at] &= self._days_between(running_total(others)) == 0
        return _Offered(chosen, allowed, self.points.of_zones()[chosen])

    def _suiting_zones(self) -> Bools:
        """Return which zones the request names, of its track, with what it needs."""
        zones, request = self.tables.zones, self.request
        suits = zones.of_track(request.track).copy()
        for feature in request.needs:
            suits &= zones.having(feature)
        if request.zones is not None:
            position = self.tables.positions[Part.ZONE]
            named = np.zeros_like(suits)
            named[[position[zone] for zone in request.zones]] = True
            suits &= named
        return suits

    def _hosts(self) -> _Offered:
        """Return hosts of the request's, not absent on the first day (H7)."""
        request, tables = self.request, self.tables
        suits = self._only(Part.HOST, self.pinned.host, len(self.problem.hosts))
        if Rule.HOST not in self.without:
            if request.hosts is None:
                suits &= tables.hosts.of_track(request.track)
            else:
                position = tables.positions[Part.HOST]
                named = np.zeros_like(suits)
                named[[position[host] for host in request.hosts]] = True
                suits &= named
        chosen = np.flatnonzero(suits)
        arrival = self.times.first - self._start
        absent = tables.host_absent[chosen[:, None], arrival]
        present = ~absent | (Rule.HOST in self.without)
        return _Offered(chosen, present, self.points.of_hosts(chosen))

    def _pools(self) -> _Offered:
        """Return pools of the request's, open on every day, with GPUs enough (H8)."""
        request = self.request
        chosen = [
            position
            for position, pool in enumerate(self.problem.pools)
            if self.pinned.pool in (None, pool.id)
            and (
                Rule.COMPUTING in self.without
                or (
                    (request.pools is None or pool.id in request.pools)
                    and request.gpus <= pool.gpus
                )
            )
        ]
        shut = self._days_between(self.tables.pool_closed_total[chosen])
        allowed = (shut == 0) | (Rule.COMPUTING in self.without)
        return _Offered(np.array(chosen, dtype=np.int64), allowed)

    def _only(self, part: Part, pinned: str | None, count: int) -> Bools:
        """Return which of so many a pin leaves, as a mask to go on with."""
        if pinned is None:
            return np.ones(count, dtype=np.bool_)
        return np.asarray(np.arange(count) == self.tables.positions[part].get(pinned))

    def _is_visited(self, site: Ints) -> Bools:
        """Return which of some things are at a site at which any time is."""
        visited = np.zeros(len(self.problem.sites), dtype=np.bool_)
        visited[self.times.site] = True
        return np.asarray(visited[site])

    @property
    def _start(self) -> int:
        return self.tables.horizon.days.start

    def _days_between(self, total: Ints) -> Ints:
        return days_between(total, self.tables, self.times.first, self.times.stop)


def _options(offered: _Offered, served: Bools) -> Options:
    """Return the options at the times that every part serves, times renumbered."""
    chosen, allowed, points = offered
    if not served.all():
        allowed = allowed[:, served]
    each = np.count_nonzero(allowed, axis=1)
    begins = np.arange(len(chosen)) * allowed.shape[1]
    return Options(
        who=np.repeat(chosen.astype(np.int32), each),
        time=(np.flatnonzero(allowed) - np.repeat(begins, each)).astype(np.int32),
        points=_repeated(np.zeros_like(chosen) if points is None else points, each),
    )


def _repeated(points: Ints, each: Ints) -> Ints:
    """Return points so many times each; where they are all the same, only one is kept."""
    if len(points) and (points == points[0]).all():
        return np.broadcast_to(points[0], int(each.sum()))
    return np.repeat(points, each)
