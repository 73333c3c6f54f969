"""What is scarce: by the prices of the last plan run, else by what is full and who waits for it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from scheduler.outcome import ScarceKind, Scarcity
from scheduler.plan import Plan
from scheduler.problem.places import Zone
from scheduler.problem.problem import Problem
from scheduler.problem.programme import Quota, Slot
from scheduler.problem.requests import Request
from scheduler.problem.types import Days, HostId, Ranged, Text, days_of, text_in
from web.use_cases.names import Names
from web.use_cases.views.overview import FullRow, ScarceRow, ScarceView

SHOWN = 6
"""How many scarce things the overview tells."""

LEAST_SHARE = 0.02
"""Share of the points for a place below which more of something is not worth telling."""

FULL_SHARE = 0.05
"""Share of its days that something has to be full to be told as scarce."""


class Full(NamedTuple):
    """How often something is full, as a share of its days, and how many wait who could use it."""

    kind: ScarceKind
    id: str
    share: float
    waiting: int


def view_scarce(
    names: Names,
    prices: tuple[Scarcity, ...] | None,
    full: Callable[[], tuple[Full, ...]],
    *,
    found_at: dt.datetime | None,
    is_current: bool,
) -> ScarceView:
    """Return what is scarce; ``full`` is asked only where prices say nothing."""
    points = names.problem.policy.weights.placed
    least = LEAST_SHARE * points
    known = [each for each in prices or () if each.points >= least]
    rows = [row for each in known if (row := _scarce_row(names, each)) is not None][:SHOWN]
    return ScarceView(
        rows=tuple(rows),
        full=() if rows else tuple(_full_row(names, each) for each in full()[:SHOWN]),
        found_at=found_at if rows else None,
        is_current=is_current,
        placed_points=points,
    )


def find_full(problem: Problem, plan: Plan) -> tuple[Full, ...]:
    """Return what is full on many days while somebody waits who could use it."""
    waiting = [request for request in problem.submitted if request.id not in plan.by_request]
    found = [each for each in _all_full(problem, plan, waiting) if each.waiting]
    return tuple(sorted(found, key=lambda each: (-each.share * each.waiting, each.kind, each.id)))


def _all_full(problem: Problem, plan: Plan, waiting: list[Request]) -> Iterator[Full]:
    if not waiting:
        return
    span = days_of(problem.programme)
    use = _Use(problem, plan, span)
    asked_for = _Asked(problem, waiting)
    lived_in = {stay.zone for stay in plan.residencies}
    for zone in problem.zones:
        share = use.share_full(use.in_zone.get(zone.id, ()), zone, zone.desks)
        if share >= FULL_SHARE and zone.id in lived_in:
            yield Full(ScarceKind.DESKS, zone.id, share, asked_for.zone(zone))
    for slot in problem.slots:
        share = use.share_full(use.in_slot.get(slot.id, ()), slot, slot.places)
        if share >= FULL_SHARE:
            yield Full(ScarceKind.SLOT, slot.id, share, asked_for.slot(slot))
    for host in problem.hosts:
        share = use.share_full(use.with_host.get(host.id, ()), problem.programme, host.capacity)
        if share >= FULL_SHARE:
            yield Full(ScarceKind.HOST, host.id, share, asked_for.host(host.id))
    for pool in problem.pools:
        share = use.share_full(use.on_pool.get(pool.id, ()), pool, pool.gpus)
        if share >= FULL_SHARE:
            yield Full(ScarceKind.POOL, pool.id, share, asked_for.pool(pool.id))


class _Asked:
    """How many of those without a place could use something; who asks for the same counts once."""

    def __init__(self, problem: Problem, waiting: Sequence[Request]) -> None:
        self._site_of = problem.site_of_zone
        self._space = Counter(
            (each.track, each.zones, each.sites, frozenset(each.needs), each.desks)
            for each in waiting
        )
        times: dict[str, list[tuple[int, int, int]]] = {}
        for each in waiting:
            days = days_of(each)
            times.setdefault(each.track, []).append((days.start, days.stop, each.min_days))
        self._times = {track: np.array(own).T for track, own in times.items()}
        self._hosts = Counter(host for each in waiting for host in each.hosts or ())
        self._pools = Counter(each.pools for each in waiting if each.gpus)

    def zone(self, zone: Zone) -> int:
        """Return how many could be in a zone."""
        site, has = self._site_of[zone.id], frozenset(zone.features)
        return sum(
            count
            for (track, zones, sites, needs, desks), count in self._space.items()
            if (not zone.tracks or track in zone.tracks)
            and (zones is None or zone.id in zones)
            and (sites is None or site in sites)
            and needs <= has
            and desks <= zone.desks
        )

    def slot(self, slot: Slot) -> int:
        """Return how many could stay within a slot."""
        days, found = days_of(slot), 0
        for track in set(slot.tracks) & self._times.keys():
            first, stop, least = self._times[track]
            common = np.minimum(stop, days.stop) - np.maximum(first, days.start)
            found += int((np.maximum(common, 0) >= least).sum())
        return found

    def host(self, host: str) -> int:
        """Return how many name a host."""
        return self._hosts[HostId(host)]

    def pool(self, pool: str) -> int:
        """Return how many could compute in a pool."""
        return sum(count for pools, count in self._pools.items() if pools is None or pool in pools)


class _Use:
    """Who uses what on which days, with how much of it."""

    def __init__(self, problem: Problem, plan: Plan, span: Days) -> None:
        self._span = span
        self.in_zone: dict[str, list[tuple[Days, int]]] = {}
        self.in_slot: dict[str, list[tuple[Days, int]]] = {}
        self.with_host: dict[str | None, list[tuple[Days, int]]] = {}
        self.on_pool: dict[str | None, list[tuple[Days, int]]] = {}
        for taken in problem.reservations:
            self.in_zone.setdefault(taken.zone, []).append((days_of(taken), taken.desks))
        for stay in plan.residencies:
            request = problem.request[stay.request]
            self.in_zone.setdefault(stay.zone, []).append((stay.days, request.desks))
            self.in_slot.setdefault(stay.slot, []).append((stay.days, 1))
            self.with_host.setdefault(stay.host, []).append((stay.days, 1))
            self.on_pool.setdefault(stay.pool, []).append((stay.days, request.gpus))

    def share_full(self, uses: Iterable[tuple[Days, int]], what: Ranged, most: int) -> float:
        """Return on which share of the days that something has, it is all in use."""
        span, own = self._span, days_of(what)
        start, stop = max(own.start, span.start), min(own.stop, span.stop)
        if not most or stop <= start or not uses:
            return 0.0
        change = np.zeros(stop - start + 1)
        for days, amount in uses:
            change[min(max(days.start - start, 0), stop - start)] += amount
            change[min(max(days.stop - start, 0), stop - start)] -= amount
        return float((np.cumsum(change)[:-1] >= most).mean())


def _scarce_row(names: Names, each: Scarcity) -> ScarceRow | None:
    """Return what is said of something scarce; None where the programme has it no more."""
    called = _called(names, each.kind, each.id)
    if called is None:
        return None
    quota = _quota(names.problem, each.id) if each.kind is ScarceKind.QUOTA else None
    return ScarceRow(
        kind=each.kind,
        id=each.id,
        name=called[0],
        where=called[1],
        measure="" if quota is None else quota.measure.value,
        currency=names.problem.programme.currency,
        first_day=each.first_day,
        last_day=each.last_day,
        amount=each.amount,
        points=each.points,
    )


def _full_row(names: Names, full: Full) -> FullRow:
    name, where = _called(names, full.kind, full.id) or (full.id, "")
    return FullRow(
        kind=full.kind, id=full.id, name=name, where=where, share=full.share, waiting=full.waiting
    )


def _called(names: Names, kind: ScarceKind, key: str) -> tuple[str, str] | None:
    """Return what something is called and where it is."""
    problem = names.problem
    if kind in (ScarceKind.DESKS, ScarceKind.AREA):
        zone = next((each for each in problem.zones if each.id == key), None)
        if zone is None:
            return None
        place = names.place(zone.id)
        return place.zone, f"{place.building}, {place.floor}"
    if kind is ScarceKind.SLOT:
        slot = next((each for each in problem.slots if each.id == key), None)
        return None if slot is None else (_text(names, slot.name), _site(names, slot))
    named: dict[ScarceKind, Iterable[tuple[str, Text]]] = {
        ScarceKind.HOST: ((each.id, each.name) for each in problem.hosts),
        ScarceKind.POOL: ((each.id, each.name) for each in problem.pools),
        ScarceKind.QUOTA: ((each.id, each.name) for each in problem.quotas),
    }
    found = next((name for item, name in named[kind] if item == key), None)
    return None if found is None else (_text(names, found), "")


def _quota(problem: Problem, key: str) -> Quota | None:
    return next((each for each in problem.quotas if each.id == key), None)


def _site(names: Names, slot: Slot) -> str:
    return _text(names, names.problem.site[slot.site].name)


def _text(names: Names, text: Text) -> str:
    return text_in(text, names.language)
