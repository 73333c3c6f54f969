"""A peer: by priority, each request takes the first residency that fits, day by day.

Of the stays that begin on a day the shortest comes first, which leaves room for others: on every
family that is worth several per cent more than to begin with the longest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import numpy as np
from numpy.typing import NDArray

from scheduler.plan import Plan
from scheduler.problem.people import Host
from scheduler.problem.places import Zone
from scheduler.problem.problem import Problem
from scheduler.problem.programme import Pool, Slot
from scheduler.problem.requests import Collaboration, Request, Residency
from scheduler.problem.types import Days, RequestId, day_of
from tests.bench.peers.alone import Alone, closed_days, is_there, part_of
from tests.bench.peers.worth import (
    amount,
    collaborators,
    concerns,
    quota_site,
    rivals,
    zone_points,
)

NOBODY = object()

Who = tuple[Zone, Host | None, Pool | None]


def greedy_plan(problem: Problem) -> Plan:
    """Place pinned requests first, those with the fewest stays before others, then by priority."""
    alone = Alone(problem)
    filling = _Filling(alone)
    required = [each for each in problem.submitted if alone.is_required(each)]
    others = [each for each in problem.submitted if not alone.is_required(each)]
    for request in sorted(required, key=filling.count_ways):
        filling.place_first_fit(request)
    for request in sorted(others, key=lambda each: (-each.priority, each.submitted)):
        filling.place_first_fit(request)
    return Plan(residencies=tuple(filling.placed.values()))


class _Filling:
    """What is taken on each day, and who is placed so far."""

    def __init__(self, alone: Alone) -> None:
        self._alone, self._problem = alone, alone.problem
        self.placed: dict[RequestId, Residency] = {}
        self._load: dict[tuple[str, str], NDArray[np.int64]] = defaultdict(self._empty)
        self._value: dict[str, NDArray[np.object_]] = defaultdict(
            lambda: np.full(len(self._empty()), NOBODY, dtype=object)
        )
        self._counted = [0] * len(self._problem.quotas)
        self._partners: dict[RequestId, list[tuple[Collaboration, RequestId]]] = defaultdict(list)
        self._rivals: dict[RequestId, list[RequestId]] = defaultdict(list)
        for zone in self._problem.zones:
            self._load["desks", zone.id], self._load["m2", zone.id] = alone.taken(zone)
        self._closed = {pool.id: closed_days(pool, alone.span) for pool in self._problem.pools}
        for collaboration, one, other in collaborators(self._problem):
            self._partners[one.id].append((collaboration, other.id))
            self._partners[other.id].append((collaboration, one.id))
        for one, other in rivals(self._problem):
            self._rivals[one.id].append(other.id)
            self._rivals[other.id].append(one.id)

    def _empty(self) -> NDArray[np.int64]:
        return np.zeros(self._alone.span.stop - self._alone.span.start, dtype=np.int64)

    def count_ways(self, request: Request) -> int:
        """Count the stays of a request, each with every zone and host that may suit it."""
        alone = self._alone
        return sum(
            len(alone.zones(request, slot.site)) * len(alone.hosts(request))
            for slot in alone.slots(request)
            for _ in alone.stays(request, slot)
        )

    def place_first_fit(self, request: Request) -> None:
        """Place a request on the first days that fit, or leave it."""
        stays = [
            (days.start, days.stop, slot.id, slot, days)
            for slot in self._alone.slots(request)
            for days in self._alone.stays(request, slot)
        ]
        for _, _, _, slot, days in sorted(stays, key=lambda stay: stay[:3]):
            if self._stay_fits(request, slot, days):
                for who in self._who(request, slot, days):
                    self._take(request, slot, days, who)
                    return

    def _who(self, request: Request, slot: Slot, days: Days) -> Iterator[Who]:
        """Yield zone, host and pool that are free, the zones that are worth more before others."""
        zones = sorted(
            self._alone.zones(request, slot.site),
            key=lambda zone: -zone_points(self._problem, request, zone),
        )
        free = (zone for zone in zones if self._zone_fits(request, zone, days))
        hosts = [
            host
            for host in self._alone.hosts(request)
            if is_there(host, days.start)
            and (host is None or self._has(("host", host.id), days, 1, host.capacity))
        ]
        pools = [
            pool for pool in self._alone.pools(request) if self._pool_fits(request, pool, days)
        ]
        return product(free, hosts[:1], pools[:1])

    def _stay_fits(self, request: Request, slot: Slot, days: Days) -> bool:
        return (
            self._has(("slot", slot.id), days, 1, slot.places)
            and self._has(("researcher", request.researcher), days, 1, 1)
            and self._quotas_hold(request, slot, days)
            and all(
                days.common(self.placed[partner].days) >= collaboration.min_overlap_days
                for collaboration, partner in self._partners[request.id]
                if partner in self.placed
            )
        )

    def _quotas_hold(self, request: Request, slot: Slot, days: Days) -> bool:
        return all(
            quota.max is None or counted + added <= quota.max or added == 0
            for quota, counted, added in zip(
                self._problem.quotas,
                self._counted,
                self._amounts(request, slot, days),
                strict=True,
            )
        )

    def _amounts(self, request: Request, slot: Slot, days: Days) -> list[int]:
        return [
            amount(quota, request, days)
            if concerns(self._problem, quota, request) and quota_site(quota) in {None, slot.site}
            else 0
            for quota in self._problem.quotas
        ]

    def _zone_fits(self, request: Request, zone: Zone, days: Days) -> bool:
        part = part_of(self._alone.span, days)
        if zone.exclusive_by is not None:
            value = self._alone.value(request, zone.exclusive_by)
            if any(each is not NOBODY and each != value for each in self._value[zone.id][part]):
                return False
        return (
            not self._alone.blocked(request, zone)[part].any()
            and self._has(("desks", zone.id), days, request.desks, zone.desks)
            and self._has(("m2", zone.id), days, request.area_m2, zone.area_m2)
            and not any(
                self.placed[rival].zone == zone.id and self.placed[rival].days.common(days)
                for rival in self._rivals[request.id]
                if rival in self.placed
            )
        )

    def _pool_fits(self, request: Request, pool: Pool | None, days: Days) -> bool:
        return pool is None or (
            not self._closed[pool.id][part_of(self._alone.span, days)].any()
            and self._has(("pool", pool.id), days, request.gpus, pool.gpus)
        )

    def _has(self, place: tuple[str, str], days: Days, demand: int, capacity: int) -> bool:
        load = self._load[place][part_of(self._alone.span, days)]
        return bool(load.max() + demand <= capacity)

    def _take(self, request: Request, slot: Slot, days: Days, who: Who) -> None:
        zone, host, pool = who
        part = part_of(self._alone.span, days)
        demands = {("slot", slot.id): 1, ("researcher", request.researcher): 1}
        demands |= {("desks", zone.id): request.desks, ("m2", zone.id): request.area_m2}
        if host is not None:
            demands["host", host.id] = 1
        if pool is not None:
            demands["pool", pool.id] = request.gpus
        for place, demand in demands.items():
            self._load[place][part] += demand
        if zone.exclusive_by is not None:
            self._value[zone.id][part] = self._alone.value(request, zone.exclusive_by)
        for number, added in enumerate(self._amounts(request, slot, days)):
            self._counted[number] += added
        self.placed[request.id] = Residency(
            request=request.id,
            slot=slot.id,
            zone=zone.id,
            host=None if host is None else host.id,
            pool=None if pool is None else pool.id,
            first_day=day_of(days.start),
            last_day=day_of(days.stop - 1),
        )
