"""What all requests of a problem share: day tables and lookups, built once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from scheduler.candidates.candidates import Part
from scheduler.candidates.columns import EventColumns, HostColumns, SlotColumns, ZoneColumns
from scheduler.candidates.days import Bools, Horizon, Ints, running_total
from scheduler.candidates.exclusive import value_of_request, value_of_reservation
from scheduler.problem.places import Reservation, Zone
from scheduler.problem.problem import Problem
from scheduler.problem.public_days import public_days
from scheduler.problem.requests import Pin, Request
from scheduler.problem.types import RequestId, SeparationId, SiteId, days_of

MOST_SIZES = 32
"""Sizes of requests for which it is kept which zones have room."""


class Tables:
    """Day tables and lookups of one problem; positions are those of the problem's lists."""

    def __init__(self, problem: Problem) -> None:
        """Index the problem; tables are built when first asked for."""
        self.problem = problem
        self.horizon = Horizon(days_of(problem.programme))
        self._next_shut: dict[tuple[int, int], Ints] = {}

    @cached_property
    def site_position(self) -> dict[SiteId, int]:
        """Position of each site."""
        return {site.id: position for position, site in enumerate(self.problem.sites)}

    @cached_property
    def positions(self) -> Mapping[Part, Mapping[str | None, int]]:
        """Position of each slot, zone, host and pool by id; that of no host or pool is -1."""
        problem = self.problem
        return {
            Part.SLOT: {slot.id: position for position, slot in enumerate(problem.slots)},
            Part.ZONE: {zone.id: position for position, zone in enumerate(problem.zones)},
            Part.HOST: {None: -1, **{host.id: at for at, host in enumerate(problem.hosts)}},
            Part.POOL: {None: -1, **{pool.id: at for at, pool in enumerate(problem.pools)}},
        }

    @cached_property
    def slots(self) -> SlotColumns:
        """Slots as columns."""
        return SlotColumns(self.problem.slots, self.site_position)

    @cached_property
    def zones(self) -> ZoneColumns:
        """Zones as columns."""
        return ZoneColumns(self.problem.zones)

    @cached_property
    def hosts(self) -> HostColumns:
        """Hosts as columns."""
        return HostColumns(self.problem.hosts)

    @cached_property
    def events(self) -> EventColumns:
        """Events as columns."""
        return EventColumns(self.problem.events, self.site_position)

    @cached_property
    def site_of_zone(self) -> Ints:
        """Position of each zone's site, (zones,)."""
        sites = [
            self.site_position[self.problem.site_of_zone[zone.id]] for zone in self.problem.zones
        ]
        return np.array(sites, dtype=np.int64)

    @cached_property
    def floor_of_zone(self) -> Ints:
        """Position of each zone's floor, (zones,)."""
        floors = {floor.id: position for position, floor in enumerate(self.problem.floors)}
        return np.array([floors[zone.floor] for zone in self.problem.zones], dtype=np.int64)

    @cached_property
    def reserved(self) -> dict[str, list[Reservation]]:
        """Reservations of each zone that has any."""
        reserved: dict[str, list[Reservation]] = {}
        for reservation in self.problem.reservations:
            reserved.setdefault(reservation.zone, []).append(reservation)
        return reserved

    def free(self, capacity: int, taken: list[tuple[Reservation, int]]) -> Ints:
        """Return, by day, what reservations leave of a zone's capacity; may be negative."""
        left = np.full(self.horizon.size, capacity, dtype=np.int64)
        for reservation, amount in taken:
            left[self.horizon.part(days_of(reservation))] -= amount
        return left

    @cached_property
    def free_desks(self) -> Ints:
        """Desks that reservations leave, (zones, days)."""
        return self._by_zone(
            [
                self.free(zone.desks, [(r, r.desks) for r in self.reserved.get(zone.id, ())])
                for zone in self.problem.zones
            ]
        )

    @cached_property
    def free_area(self) -> Ints:
        """Square metres that reservations leave, (zones, days)."""
        return self._by_zone(
            [
                self.free(zone.area_m2, [(r, r.area_m2) for r in self.reserved.get(zone.id, ())])
                for zone in self.problem.zones
            ]
        )

    @cached_property
    def zone_closed(self) -> Bools:
        """Whether a zone is closed, (zones, days)."""
        rows = [self.horizon.closed(zone) for zone in self.problem.zones]
        return np.array(rows, dtype=np.bool_).reshape(len(rows), self.horizon.size)

    @cached_property
    def exclusive_reserved(self) -> Bools:
        """Whether a zone is exclusive and somebody has reserved some of it, (zones,)."""
        return np.array(
            [
                zone.exclusive_by is not None and zone.id in self.reserved
                for zone in self.problem.zones
            ],
            dtype=np.bool_,
        )

    def next_shut(self, desks: int, area: int) -> Ints:
        """Return the first day, from each day on, on which a zone is closed or lacks such room.

        By index of the horizon's days, its size where there is none; (zones, days). Few sizes are
        asked for, so those that were are kept.
        """
        if (desks, area) not in self._next_shut:
            if len(self._next_shut) >= MOST_SIZES:
                self._next_shut.clear()
            no_room = (self.free_desks < desks) | (self.free_area < area)
            days = np.arange(self.horizon.size)
            shut = np.where(self.zone_closed | no_room, days, self.horizon.size)
            self._next_shut[desks, area] = np.minimum.accumulate(shut[:, ::-1], axis=1)[:, ::-1]
        return self._next_shut[desks, area]

    @cached_property
    def pool_closed_total(self) -> Ints:
        """Closed days of a pool before each day, (pools, days + 1)."""
        rows = [self.horizon.closed(pool) for pool in self.problem.pools]
        return running_total(np.array(rows, dtype=np.bool_).reshape(len(rows), self.horizon.size))

    @cached_property
    def host_absent(self) -> Bools:
        """Whether a host is absent, (hosts, days)."""
        rows = [
            self.horizon.mask(days_of(absence) for absence in host.absences)
            for host in self.problem.hosts
        ]
        return np.array(rows, dtype=np.bool_).reshape(len(rows), self.horizon.size)

    @cached_property
    def arrival_closed(self) -> dict[SiteId, Bools]:
        """By day, whether a site's public holidays or closures forbid arrivals."""
        closed = {}
        for site in self.problem.sites:
            days = self.horizon.mask(days_of(closure) for closure in site.closures)
            for day in public_days(site, self.horizon.days):
                days[day - self.horizon.days.start] = True
            closed[site.id] = days
        return closed

    @cached_property
    def arrival_weekday(self) -> Bools:
        """By day, whether it is a weekday on which a stay may begin."""
        names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        allowed = np.array([name in self.problem.policy.arrival_weekdays for name in names])
        # Ordinal 1 (0001-01-01) was a Monday.
        ordinals = np.arange(self.horizon.days.start, self.horizon.days.stop)
        return np.asarray(allowed[(ordinals - 1) % 7])

    @cached_property
    def separations(self) -> dict[RequestId, list[SeparationId]]:
        """Separations of each request that has any."""
        separations: dict[RequestId, list[SeparationId]] = {}
        for separation in self.problem.separations:
            for request in dict.fromkeys(separation.requests):
                separations.setdefault(request, []).append(separation.id)
        return separations

    @cached_property
    def pins(self) -> dict[RequestId, list[Pin]]:
        """Pins of each pinned request."""
        pins: dict[RequestId, list[Pin]] = {}
        for pin in self.problem.pins:
            pins.setdefault(pin.request, []).append(pin)
        return pins

    def shut_out(self, zone: Zone, request: Request) -> Bools:
        """Return, by day, whether reservations keep a request out of an exclusive zone (H6)."""
        if zone.exclusive_by is None:
            return np.zeros(self.horizon.size, dtype=np.bool_)
        own = value_of_request(self.problem, request, zone.exclusive_by)
        return self.horizon.mask(
            days_of(reservation)
            for reservation in self.reserved.get(zone.id, ())
            if value_of_reservation(self.problem, reservation, zone.exclusive_by) != own
        )

    def _by_zone(self, rows: list[Ints]) -> Ints:
        return np.array(rows, dtype=np.int64).reshape(len(rows), self.horizon.size)
