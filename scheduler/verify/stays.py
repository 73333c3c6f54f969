"""The stays of a plan with everything they name looked up, and tables of who is where by day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise
from typing import Any, TypeVar

from scheduler.plan import Plan
from scheduler.problem.people import Host, Institution
from scheduler.problem.places import Reservation, Zone
from scheduler.problem.problem import Problem
from scheduler.problem.programme import Pool, Slot
from scheduler.problem.requests import Pin, Request, Residency
from scheduler.problem.types import (
    Days,
    FloorId,
    HostId,
    PoolId,
    RequestId,
    ResearcherId,
    SiteId,
    SlotId,
    ZoneId,
    days_of,
)

KeyT = TypeVar("KeyT", bound=Hashable)
ValueT = TypeVar("ValueT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A residency of a known request; its site is that of its slot."""

    request: Request
    institution: Institution
    residency: Residency
    slot: Slot
    zone: Zone
    host: Host | None
    pool: Pool | None
    days: Days

    @property
    def id(self) -> RequestId:
        """Id of the request that is placed."""
        return self.request.id

    @property
    def first_day(self) -> dt.date:
        """Day of arrival."""
        return self.residency.first_day

    @property
    def site(self) -> SiteId:
        """Site of the stay."""
        return self.slot.site

    @property
    def floor(self) -> FloorId:
        """Floor of the stay."""
        return self.zone.floor


ByDay = Mapping[int, list[Stay]]
"""Who is there on each day of the programme; a day on which nobody is there is not a key.

Days between which nobody comes or goes share one list. Days outside the programme break H1
already, and a careless plan may have millions of them.
"""


class Stays:
    """All stays of a plan, those left out that name something the problem does not have."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        """Look up what the plan's residencies name."""
        self.problem = problem
        self.plan = plan
        self.all = tuple(
            _stay_of(problem, residency)
            for residency in plan.residencies
            if not unknown_names(problem, residency)
        )

    @cached_property
    def by_request(self) -> dict[RequestId, Stay]:
        """Stay of each placed request."""
        return {stay.id: stay for stay in self.all}

    @cached_property
    def in_slot(self) -> Mapping[SlotId, ByDay]:
        """Who is in each slot by day."""
        return self._by_day(lambda stay: stay.slot.id)

    @cached_property
    def in_zone(self) -> Mapping[ZoneId, ByDay]:
        """Who is in each zone by day."""
        return self._by_day(lambda stay: stay.zone.id)

    @cached_property
    def with_host(self) -> Mapping[HostId, ByDay]:
        """Who is with each host by day."""
        return self._by_day(lambda stay: stay.host.id if stay.host else None)

    @cached_property
    def in_pool(self) -> Mapping[PoolId, ByDay]:
        """Who computes in each pool by day."""
        return self._by_day(lambda stay: stay.pool.id if stay.pool else None)

    @cached_property
    def of_researcher(self) -> Mapping[ResearcherId, list[Stay]]:
        """Stays of each researcher."""
        return _grouped(self.all, lambda stay: stay.request.researcher)

    @cached_property
    def pins(self) -> Mapping[RequestId, list[Pin]]:
        """Pins of each request that has any."""
        return _grouped(self.problem.pins, lambda pin: pin.request)

    @cached_property
    def reserved(self) -> Mapping[ZoneId, Mapping[int, tuple[Reservation, ...]]]:
        """Reservations in each zone on each day on which somebody stays there."""
        dated = [(one, days_of(one)) for one in self.problem.reservations]
        reservations = _grouped(dated, lambda each: each[0].zone)
        return {
            zone: dict.fromkeys(by_day, ())
            if zone not in reservations
            else {
                day: tuple(one for one, days in reservations[zone] if day in days) for day in by_day
            }
            for zone, by_day in self.in_zone.items()
        }

    def placed_pairs(self, requests: Iterable[RequestId]) -> Iterator[tuple[Stay, Stay]]:
        """Yield every two stays of the given requests, in their order."""
        placed = [
            self.by_request[name] for name in dict.fromkeys(requests) if name in self.by_request
        ]
        return combinations(placed, 2)

    def _by_day(self, key_of: Callable[[Stay], KeyT | None]) -> Mapping[KeyT, ByDay]:
        programme = days_of(self.problem.programme)
        groups = _grouped(self.all, key_of)
        return {key: _day_by_day(own, programme) for key, own in groups.items() if key is not None}


def unknown_names(problem: Problem, residency: Residency) -> tuple[str, ...]:
    """Return the fields of a residency that name something the problem does not have."""
    known: dict[str, Mapping[Any, object]] = {
        "request": problem.request,
        "slot": problem.slot,
        "zone": problem.zone,
        "host": problem.host,
        "pool": problem.pool,
    }
    names = {field: getattr(residency, field) for field in known}
    return tuple(
        field for field, name in names.items() if name is not None and name not in known[field]
    )


def spells(values: Mapping[int, ValueT]) -> Iterator[tuple[Days, ValueT]]:
    """Yield the longest ranges of consecutive days that have one value, in order."""
    days = sorted(values)
    start = 0
    for end, today in enumerate(days, 1):
        goes_on = end < len(days) and days[end] == today + 1 and values[days[end]] == values[today]
        if not goes_on:
            yield Days(days[start], today + 1), values[today]
            start = end


def _day_by_day(stays: Iterable[Stay], programme: Days) -> ByDay:
    """Return who is there on each day, in the plan's order."""
    arriving: dict[int, list[int]] = defaultdict(list)
    leaving: dict[int, list[int]] = defaultdict(list)
    listed = list(stays)
    for number, stay in enumerate(listed):
        first, stop = max(stay.days.start, programme.start), min(stay.days.stop, programme.stop)
        if first < stop:
            arriving[first].append(number)
            leaving[stop].append(number)
    table: dict[int, list[Stay]] = {}
    present: set[int] = set()
    for first, stop in pairwise(sorted(arriving.keys() | leaving.keys())):
        present.update(arriving.get(first, ()))
        present.difference_update(leaving.get(first, ()))
        if present:
            here = [listed[number] for number in sorted(present)]
            table.update(dict.fromkeys(range(first, stop), here))
    return table


def _stay_of(problem: Problem, residency: Residency) -> Stay:
    request = problem.request[residency.request]
    return Stay(
        request=request,
        institution=problem.institution_of(request),
        residency=residency,
        slot=problem.slot[residency.slot],
        zone=problem.zone[residency.zone],
        host=None if residency.host is None else problem.host[residency.host],
        pool=None if residency.pool is None else problem.pool[residency.pool],
        days=residency.days,
    )


def _grouped(
    items: Iterable[ValueT], key_of: Callable[[ValueT], KeyT]
) -> Mapping[KeyT, list[ValueT]]:
    groups: dict[KeyT, list[ValueT]] = {}
    for item in items:
        groups.setdefault(key_of(item), []).append(item)
    return groups
