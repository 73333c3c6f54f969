"""Unary rules make candidates: each request's allowed times, slots, zones, hosts and pools."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import numpy as np

from scheduler.candidates.candidates import Candidates, Options, Part
from scheduler.candidates.days import Bools, Ints, running_total
from scheduler.candidates.pinned import Pinned, pinned_parts
from scheduler.candidates.points import Points
from scheduler.candidates.tables import Tables
from scheduler.candidates.times import days_between, times_of
from scheduler.problem.places import Zone
from scheduler.problem.requests import Request
from scheduler.rules import Rule

NO_RULES: AbstractSet[Rule] = frozenset()


def build_candidates(
    tables: Tables, request: Request, without: AbstractSet[Rule] = NO_RULES
) -> Candidates:
    """Return all ways to place a request that no unary rule forbids.

    ``without`` leaves rules out: a rule without which there are candidates, and with which there
    are none, is what stands in the way. (Without H2 only the shortest stays are returned.)
    """
    return _Builder(tables, request, without).build()


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
        self.points = Points(tables.problem, request)

    def build(self) -> Candidates:
        """Join the parts: a time is kept where every part that is needed has an option."""
        options = {Part.SLOT: self._slots(), Part.ZONE: self._zones()}
        if self.request.hosts != ():
            options[Part.HOST] = self._hosts()
        if self.request.gpus:
            options[Part.POOL] = self._pools()
        served = np.full(len(self.times.first), not self.pinned.contradicts_needs(self.request))
        for each in options.values():
            offered = np.zeros(len(served), dtype=np.bool_)
            offered[each.time] = True
            served &= offered
        times = self.times.keep(served)
        renumber = np.cumsum(served) - 1
        return Candidates(
            request=self.request,
            required=self.pinned.required,
            unplaced_points=self.points.unplaced,
            site=times.site,
            first=times.first,
            stop=times.stop,
            points=self.points.of_times(times.site, times.first, times.stop),
            options={part: each.keep(served, renumber) for part, each in options.items()},
        )

    def _slots(self) -> Options:
        """Return slots of the site and track that hold the stay (H4); fixed dates as they are."""
        chosen = [
            position
            for position, slot in enumerate(self.problem.slots)
            if self.pinned.slot in (None, slot.id)
            and (Rule.SLOT in self.without or self.request.track in slot.tracks)
        ]
        allowed = np.zeros((len(chosen), len(self.times.first)), dtype=np.bool_)
        for row, position in enumerate(chosen):
            allowed[row] = self._slot_allows(position)
        return self._options(chosen, allowed, [0] * len(chosen))

    def _slot_allows(self, position: int) -> Bools:
        slot = self.problem.slots[position]
        here = self.times.site == self.tables.site_position[slot.site]
        if slot.fixed_dates and Rule.LENGTH not in self.without:
            return np.asarray(here & (self.times.slot == position))
        inside = (self.times.first >= slot.first_day.toordinal()) & (
            self.times.stop <= slot.last_day.toordinal() + 1
        )
        return np.asarray(here & (self.times.slot < 0) & (inside | (Rule.SLOT in self.without)))

    def _zones(self) -> Options:
        """Return zones of the site that can take the request by itself (H5, H6)."""
        chosen = [
            position
            for position, zone in enumerate(self.problem.zones)
            if self.pinned.zone in (None, zone.id)
            and (Rule.ZONE in self.without or self._zone_suits(zone))
        ]
        shut = np.zeros((len(chosen), self.tables.horizon.size), dtype=np.bool_)
        if Rule.ZONE not in self.without:
            shut |= self.tables.zone_closed[chosen]
            shut |= self.tables.free_desks[chosen] < self.request.desks
            shut |= self.tables.free_area[chosen] < self.request.area_m2
        if Rule.EXCLUSIVE_ZONE not in self.without:
            for row, position in enumerate(chosen):
                shut[row] |= self.tables.shut_out(self.problem.zones[position], self.request)
        allowed = self._days_between(running_total(shut)) == 0
        if Rule.ZONE not in self.without:
            allowed &= self.tables.site_of_zone[chosen][:, None] == self.times.site
        return self._options(chosen, allowed, self.points.of_zones()[chosen].tolist())

    def _zone_suits(self, zone: Zone) -> bool:
        request = self.request
        return (
            (request.zones is None or zone.id in request.zones)
            and (not zone.tracks or request.track in zone.tracks)
            and set(request.needs) <= set(zone.features)
        )

    def _hosts(self) -> Options:
        """Return hosts of the request's, not absent on the first day (H7)."""
        request = self.request
        chosen = [
            position
            for position, host in enumerate(self.problem.hosts)
            if self.pinned.host in (None, host.id)
            and (
                Rule.HOST in self.without
                or (
                    request.track in host.tracks
                    if request.hosts is None
                    else host.id in request.hosts
                )
            )
        ]
        arrival = self.times.first - self.tables.horizon.days.start
        absent = self.tables.host_absent[chosen][:, arrival]
        points = [self.points.of_host(self.problem.hosts[position].id) for position in chosen]
        return self._options(chosen, ~absent | (Rule.HOST in self.without), points)

    def _pools(self) -> Options:
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
        return self._options(chosen, allowed, [0] * len(chosen))

    def _days_between(self, total: Ints) -> Ints:
        return days_between(total, self.tables, self.times.first, self.times.stop)

    def _options(self, chosen: list[int], allowed: Bools, points: list[int]) -> Options:
        which, time = np.nonzero(allowed)
        return Options(
            who=np.array(chosen, dtype=np.int64)[which],
            time=time,
            points=np.array(points, dtype=np.int64)[which],
        )
