"""Who holds which desk of a zone on which days, and how full zones and floors are on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from scheduler.plan import Plan
from scheduler.problem.places import Reservation, Zone
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request
from scheduler.problem.types import Days, Text, ZoneId, days_of
from web.use_cases.views.floors import Level, OccupantKind, ZoneState

HALF, MOST = 0.5, 0.8
"""Shares of desks in use from which a zone is half full, and nearly full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Desks and square metres of a zone that somebody holds for some days, on these seats."""

    kind: OccupantKind
    id: str
    days: Days
    desks: int
    area_m2: int
    seats: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """Days on which a zone cannot be used."""

    days: Days
    name: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneUse:
    """All who hold something of a zone, by first day, and when it is closed."""

    zone: Zone
    holdings: tuple[Holding, ...]
    closures: tuple[Closure, ...]

    @property
    def seats(self) -> int:
        """How many seats are ever needed, those that the zone has among them."""
        return max([self.zone.desks, *(1 + seat for each in self.holdings for seat in each.seats)])

    def present(self, day: int) -> Iterator[Holding]:
        """Yield what is held on a day."""
        return (each for each in self.holdings if day in each.days)

    def state(self, day: int) -> ZoneState:
        """Return how the zone stands on a day."""
        here = tuple(self.present(day))
        used = sum(each.desks for each in here)
        area = sum(each.area_m2 for each in here)
        stays = [each for each in here if each.kind is OccupantKind.STAY]
        return ZoneState(
            used=used,
            desks=self.zone.desks,
            reserved=used - sum(each.desks for each in stays),
            area_used=area,
            area_m2=self.zone.area_m2,
            people=len(stays),
            level=level_of(used, self.zone.desks, is_over=area > self.zone.area_m2),
            is_closed=any(day in closure.days for closure in self.closures),
        )


def use_of_zones(problem: Problem, plan: Plan) -> dict[ZoneId, ZoneUse]:
    """Return who holds what of each zone, as a plan and the reservations say."""
    held: dict[ZoneId, list[Holding]] = {zone.id: [] for zone in problem.zones}
    for taken in problem.reservations:
        if taken.desks or taken.area_m2:
            held[taken.zone].append(
                _holding(OccupantKind.RESERVATION, taken.id, days_of(taken), taken)
            )
    for stay in plan.residencies:
        request = problem.request[stay.request]
        held[stay.zone].append(_holding(OccupantKind.STAY, request.id, stay.days, request))
    span = days_of(problem.programme)
    return {
        zone.id: ZoneUse(
            zone=zone,
            holdings=tuple(_seated(held[zone.id])),
            closures=tuple(_closures(zone, span)),
        )
        for zone in problem.zones
    }


def level_of(used: int, desks: int, *, is_over: bool = False) -> Level:
    """Return how full a zone is, by the share of its desks in use."""
    if is_over or used > desks:
        return Level.OVER
    if not desks:
        return Level.NONE
    if not used:
        return Level.EMPTY
    if used == desks:
        return Level.FULL
    share = used / desks
    return Level.LOW if share < HALF else Level.MEDIUM if share < MOST else Level.HIGH


def desks_by_day(
    uses: Iterable[ZoneUse], span: Days, kinds: Collection[OccupantKind] = tuple(OccupantKind)
) -> list[int]:
    """Return how many desks are in use on each day of a span, by all or by some."""
    changes = [0] * (span.stop - span.start + 1)
    for use in uses:
        for each in use.holdings:
            if each.kind in kinds:
                _add(changes, each.days, span, each.desks)
    return list(accumulate(changes))[:-1]


def capacity_by_day(uses: Iterable[ZoneUse], span: Days) -> list[int]:
    """Return how many desks are open on each day of a span."""
    changes = [0] * (span.stop - span.start + 1)
    for use in uses:
        _add(changes, span, span, use.zone.desks)
        for days in merged(closure.days for closure in use.closures):
            _add(changes, days, span, -use.zone.desks)
    return list(accumulate(changes))[:-1]


def merged(ranges: Iterable[Days]) -> list[Days]:
    """Return ranges of days by their start, those that meet as one."""
    found: list[Days] = []
    for days in sorted(ranges):
        if found and days.start <= found[-1].stop:
            found[-1] = Days(found[-1].start, max(found[-1].stop, days.stop))
        else:
            found.append(days)
    return found


def steps_of(values: Sequence[int]) -> list[tuple[int, int]]:
    """Return where values change and to what, the first at 0."""
    if not values:
        return []
    changed = (at + 1 for at, (a, b) in enumerate(pairwise(values)) if a != b)
    return [(0, values[0]), *((at, values[at]) for at in changed)]


def _add(changes: list[int], days: Days, span: Days, amount: int) -> None:
    start, stop = max(days.start, span.start), min(days.stop, span.stop)
    if start < stop:
        changes[start - span.start] += amount
        changes[stop - span.start] -= amount


def _holding(kind: OccupantKind, name: str, days: Days, demand: Request | Reservation) -> Holding:
    return Holding(
        kind=kind,
        id=name,
        days=days,
        desks=demand.desks,
        area_m2=demand.area_m2,
        seats=(),
    )


def _seated(holdings: Iterable[Holding]) -> Iterator[Holding]:
    """Yield who holds something, by first day, each on the lowest seats free throughout.

    Taken in this order, seats are free from a day on or not at all, so that nobody gets a seat
    that the zone does not have while one that it has stands empty.
    """
    free_from: list[int] = []
    for each in sorted(holdings, key=lambda each: (each.days.start, each.kind, each.id)):
        seats = [seat for seat, stop in enumerate(free_from) if stop <= each.days.start]
        seats = seats[: each.desks]
        while len(seats) < each.desks:
            seats.append(len(free_from))
            free_from.append(0)
        for seat in seats:
            free_from[seat] = each.days.stop
        yield Holding(
            kind=each.kind,
            id=each.id,
            days=each.days,
            desks=each.desks,
            area_m2=each.area_m2,
            seats=tuple(seats),
        )


def _closures(zone: Zone, span: Days) -> Iterator[Closure]:
    """Yield when a zone is closed, before it opens and after it is given up as well."""
    own = days_of(zone)
    if own.start > span.start:
        yield Closure(days=Days(span.start, own.start), name="")
    for each in zone.closures:
        yield Closure(days=days_of(each), name=each.name)
    if own.stop < span.stop:
        yield Closure(days=Days(own.stop, span.stop), name="")
