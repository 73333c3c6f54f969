"""What the rules allow a request by itself; all peers read the problem through this page."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.problem.people import Host
from scheduler.problem.places import ExclusiveBy, Reservation, Zone
from scheduler.problem.problem import Problem
from scheduler.problem.programme import Pool, Slot
from scheduler.problem.public_days import public_days
from scheduler.problem.requests import Pin, Request, Residency
from scheduler.problem.types import Days, RequestId, SiteId, ZoneId, days_of

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Alone:
    """Answers what one request may have, whatever the others have.

    Arrays of days begin with the programme's first day.
    """

    def __init__(self, problem: Problem) -> None:
        """Look up what many requests need."""
        self.problem = problem
        self.span = days_of(problem.programme)
        self.zones_at: dict[SiteId, list[Zone]] = defaultdict(list)
        self._closed_to_arrivals: dict[SiteId, set[int]] = {}
        self._decided: dict[RequestId, list[Pin | Residency]] = defaultdict(list)
        self._reservations: dict[ZoneId, list[Reservation]] = defaultdict(list)
        for zone in problem.zones:
            self.zones_at[problem.site_of_zone[zone.id]].append(zone)
        for site in problem.sites:
            closed = [range(*days_of(closure)) for closure in site.closures]
            self._closed_to_arrivals[site.id] = set(public_days(site, self.span)).union(*closed)
        for reservation in problem.reservations:
            self._reservations[reservation.zone].append(reservation)
        for pin in problem.pins:
            self._decided[pin.request].append(pin)
        for told in problem.told.values():
            if problem.is_frozen(told):
                self._decided[told.request].append(told)
        self._blocked = cache(self._find_blocked)

    def is_required(self, request: Request) -> bool:
        """Tell whether the request has to be placed: it is pinned or frozen."""
        return request.id in self._decided

    def keeps(self, request: Request, part: str, value: object) -> bool:
        """Tell whether a part of a residency is as pins and what is frozen say."""
        return all(
            getattr(each, part) == value
            for each in self._decided.get(request.id, ())
            if isinstance(each, Residency) or getattr(each, part) is not None
        )

    def pinned_last_days(self, request: Request) -> list[dt.date]:
        """Return the last days that pins and what is frozen ask for."""
        decided = self._decided.get(request.id, ())
        return [each.last_day for each in decided if each.last_day is not None]

    def slots(self, request: Request) -> Iterator[Slot]:
        """Yield the slots of the request's track at its sites."""
        for slot in self.problem.slots:
            at_site = request.sites is None or slot.site in request.sites
            if at_site and request.track in slot.tracks and self.keeps(request, "slot", slot.id):
                yield slot

    def lengths(self, request: Request, slot: Slot) -> list[int]:
        """Return the days that a stay in a slot may have."""
        if slot.fixed_dates:
            length = days_of(slot).stop - days_of(slot).start
            return [length] if request.min_days <= length <= request.max_days else []
        step = self.problem.policy.stay_step_days
        return list(range(request.min_days, request.max_days + 1, step))

    def window(self, request: Request, slot: Slot) -> Days:
        """Return the days that a stay in a slot may hold."""
        spans = (days_of(request), days_of(slot), self.span)
        return Days(max(each.start for each in spans), min(each.stop for each in spans))

    def arrivals(self, request: Request, slot: Slot) -> list[int]:
        """Return the days on which a stay in a slot may begin."""
        window = self.window(request, slot)
        first_days = [days_of(slot).start] if slot.fixed_dates else range(*window)
        return [
            day
            for day in first_days
            if day in window
            and (slot.fixed_dates or self._is_open_to_arrivals(slot.site, day))
            and self._may_begin(request, day)
        ]

    def _is_open_to_arrivals(self, site: SiteId, day: int) -> bool:
        # Day 1 of the calendar, ordinal 1, was a Monday.
        weekday = WEEKDAYS[(day - 1) % 7]
        allowed = self.problem.policy.arrival_weekdays
        return weekday in allowed and day not in self._closed_to_arrivals[site]

    def _may_begin(self, request: Request, day: int) -> bool:
        decided = self._decided.get(request.id, ())
        pinned = {each.first_day.toordinal() for each in decided if each.first_day is not None}
        country = self.problem.institution_of(request).country
        lead = self.problem.policy.visa_lead_days.get(country, 0)
        return (
            pinned <= {day}
            and (day in pinned or day >= self.problem.programme.today.toordinal())
            and day >= request.submitted.toordinal() + lead
        )

    def stays(self, request: Request, slot: Slot) -> Iterator[Days]:
        """Yield the days of every stay in a slot, by day of arrival, the longest first."""
        window, lengths = self.window(request, slot), self.lengths(request, slot)
        for first in self.arrivals(request, slot):
            for length in reversed(lengths):
                days = Days(first, first + length)
                if days.stop <= window.stop and self._suits(request, slot, days):
                    yield days

    def _suits(self, request: Request, slot: Slot, days: Days) -> bool:
        return (
            not any(days.common(days_of(absence)) for absence in request.unavailable)
            and all(
                event.site == slot.site and days.covers(days_of(event))
                for event in (self.problem.event[name] for name in request.must_attend)
            )
            and all(last.toordinal() + 1 == days.stop for last in self.pinned_last_days(request))
        )

    def zones(self, request: Request, site: SiteId) -> list[Zone]:
        """Return the zones of a site that suit the request, though not on all days."""
        return [
            zone
            for zone in self.zones_at[site]
            if (request.zones is None or zone.id in request.zones)
            and (not zone.tracks or request.track in zone.tracks)
            and set(request.needs) <= set(zone.features)
            and self.keeps(request, "zone", zone.id)
        ]

    def blocked(self, request: Request, zone: Zone) -> NDArray[np.bool_]:
        """Return the days on which a zone cannot take the request even with nobody else there."""
        value = None
        if zone.exclusive_by is not None:
            value = self.value(request, zone.exclusive_by)
        return self._blocked(zone.id, value, request.desks, request.area_m2)

    def _find_blocked(
        self, name: ZoneId, value: str | None, desks: int, area_m2: int
    ) -> NDArray[np.bool_]:
        zone = self.problem.zone[name]
        taken_desks, taken_m2 = self.taken(zone)
        blocked = closed_days(zone, self.span)
        blocked |= taken_desks + desks > zone.desks
        blocked |= taken_m2 + area_m2 > zone.area_m2
        if zone.exclusive_by is not None:
            for reservation in self._reservations[name]:
                if self._value_of_reservation(reservation, zone.exclusive_by) != value:
                    blocked[part_of(self.span, days_of(reservation))] = True
        return blocked

    def taken(self, zone: Zone) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the desks and m2 that are reserved on each day."""
        desks = np.zeros(self.span.stop - self.span.start, dtype=np.int64)
        area_m2 = desks.copy()
        for reservation in self._reservations[zone.id]:
            days = part_of(self.span, days_of(reservation))
            desks[days] += reservation.desks
            area_m2[days] += reservation.area_m2
        return desks, area_m2

    def hosts(self, request: Request) -> list[Host | None]:
        """Return the hosts who may receive the request, None where it needs none."""
        hosts: list[Host | None] = [None]
        if request.hosts is None:
            hosts = [host for host in self.problem.hosts if request.track in host.tracks]
        elif request.hosts:
            hosts = [self.problem.host[name] for name in request.hosts]
        return [host for host in hosts if self.keeps(request, "host", host.id if host else None)]

    def pools(self, request: Request) -> list[Pool | None]:
        """Return the pools in which the request may compute, None where it asks for no GPUs."""
        pools: list[Pool | None] = [None]
        if request.gpus:
            pools = [
                pool
                for pool in self.problem.pools
                if (request.pools is None or pool.id in request.pools) and pool.gpus >= request.gpus
            ]
        return [pool for pool in pools if self.keeps(request, "pool", pool.id if pool else None)]

    def value(self, request: Request, exclusive_by: ExclusiveBy) -> str | None:
        """Return what the others in an exclusive zone must have too."""
        institution = self.problem.institution_of(request)
        values: dict[ExclusiveBy, str | None] = {
            ExclusiveBy.INSTITUTION: institution.id,
            ExclusiveBy.COUNTRY: institution.country,
            ExclusiveBy.TRACK: request.track,
            ExclusiveBy.GROUP: request.group,
        }
        return values[exclusive_by]

    def _value_of_reservation(
        self, reservation: Reservation, exclusive_by: ExclusiveBy
    ) -> str | None:
        name = reservation.institution
        values: dict[ExclusiveBy, str | None] = {
            ExclusiveBy.INSTITUTION: name,
            ExclusiveBy.COUNTRY: None if name is None else self.problem.institution[name].country,
            ExclusiveBy.TRACK: None,
            ExclusiveBy.GROUP: reservation.group,
        }
        return values[exclusive_by]


def is_there(host: Host | None, day: int) -> bool:
    """Tell whether a host, if there is one, can receive somebody on a day."""
    return host is None or not any(day in days_of(absence) for absence in host.absences)


def closed_days(place: Any, span: Days) -> NDArray[np.bool_]:
    """Return the days of a span on which a zone or pool is closed."""
    closed = np.ones(span.stop - span.start, dtype=bool)
    closed[part_of(span, days_of(place))] = False
    for closure in place.closures:
        closed[part_of(span, days_of(closure))] = True
    return closed


def part_of(span: Days, days: Days) -> slice:
    """Return where days lie in an array that begins with a span."""
    start, stop = max(days.start, span.start), min(days.stop, span.stop)
    return slice(start - span.start, max(start, stop) - span.start)


def spells(values: NDArray[np.int64], span: Days) -> Iterator[tuple[Days, int]]:
    """Yield ranges of days on which a value stays the same and is not zero."""
    edges = [0, *(np.flatnonzero(np.diff(values)) + 1).tolist(), len(values)]
    for start, stop in pairwise(edges):
        if stop > start and values[start]:
            yield Days(span.start + start, span.start + stop), int(values[start])
