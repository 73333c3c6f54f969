"""What a partial plan leaves free: which of a request's candidates still fit beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from scheduler.candidates.candidates import Candidates, Part, Way
from scheduler.candidates.days import Bools, Ints, running_total
from scheduler.candidates.exclusive import value_of_request
from scheduler.candidates.resources import Demand, Resource
from scheduler.candidates.space import Space
from scheduler.rules import Rule


class Blocked(NamedTuple):
    """What something scarce blocks for a request: times, or one part's options at those times.

    ``times`` is (times,); ``part`` is None where the times are blocked whole.
    """

    rule: Rule
    name: str
    part: Part | None
    who: int
    times: Bools


class Occupancy:
    """The demands of the ways placed so far, by resource and day."""

    def __init__(self, space: Space) -> None:
        """Start with an empty plan."""
        self.space = space
        self.ways: dict[int, Way] = {}
        days = space.tables.horizon.size
        self._used = np.zeros((len(space.resources), days), dtype=np.int64)
        self.counted = [0] * len(space.quotas)
        self._held: dict[tuple[int, str | None], Ints] = defaultdict(
            lambda: np.zeros(days, dtype=np.int64)
        )
        self._demands: list[list[Demand]] = [[] for _ in space.candidates]
        for demand in space.demands:
            self._demands[demand.request].append(demand)
        self._partners = _partners(space)

    def place(self, request: int, way: Way) -> None:
        """Take what a way demands."""
        self.ways[request] = way
        self._change(request, way, 1)

    def remove(self, request: int) -> Way:
        """Give back what a placed request took, and return its way."""
        way = self.ways.pop(request)
        self._change(request, way, -1)
        return way

    def fitting(self, request: int) -> tuple[Bools, dict[Part, Bools]]:
        """Return which times fit beside the plan, and which options of each part."""
        return fitting_beside(self.space.candidates[request], self.blocked(request))

    def fits(self, request: int, way: Way) -> bool:
        """Tell whether one way fits beside the plan."""
        each = self.space.candidates[request]
        times, free = self.fitting(request)
        return bool(times[way.time]) and all(
            free[part][(options.time == way.time) & (options.who == way.who(part))].any()
            for part, options in each.options.items()
        )

    def left(self) -> Iterator[Resource]:
        """Yield each resource with the capacity that the plan leaves of it."""
        for resource, used in zip(self.space.resources, self._used, strict=True):
            yield replace(resource, capacity=resource.capacity - used)

    def find_best(self, request: int, day_price: float = 0.0) -> Way | None:
        """Return the fitting way with the most unary points, None where nothing fits.

        Each day of a stay costs ``day_price`` points, so that a dear day makes stays short.
        """
        each = self.space.candidates[request]
        if not each.times:
            return None
        times, free = self.fitting(request)
        worth = np.where(times, each.points - day_price * (each.stop - each.first), -np.inf)
        chosen = dict.fromkeys(Part, np.full(each.times, -1))
        for part, mask in free.items():
            most, who = _best_at(each, part, mask)
            worth += most
            chosen[part] = who
        time = int(worth.argmax())
        if np.isneginf(worth[time]):
            return None
        return Way(time, *(int(chosen[part][time]) for part in Part))

    def blocked(self, request: int) -> Iterator[Blocked]:
        """Yield, for each scarce thing, the candidates that it blocks."""
        yield from self._by_resources(request)
        yield from self._by_holders(request)
        yield from self._by_quotas(request)
        yield from self._by_partners(request)

    def holders(self, block: Blocked) -> list[int]:
        """Return the placed requests that hold what blocks."""
        space = self.space
        if block.rule is Rule.QUOTA:
            counts = next(counts for quota, counts in space.quotas if quota.id == block.name)
            return [count.request for count in counts if count.request in self.ways]
        if block.rule is Rule.COLLABORATION:
            together = [
                name
                for each in space.problem.collaborations
                if each.id == block.name
                for name in each.requests
            ]
            return [each for each in self.ways if space.candidates[each].request.id in together]
        if block.rule is Rule.EXCLUSIVE_ZONE:
            return [request for request, way in self.ways.items() if way.zone == block.who]
        return [
            demand.request
            for demand in space.demands
            if demand.request in self.ways
            and space.resources[demand.resource].name == block.name
            and space.resources[demand.resource].rule is block.rule
            and demand.is_made_by(self.ways[demand.request])
        ]

    def _by_resources(self, request: int) -> Iterator[Blocked]:
        for demand in self._demands[request]:
            resource = self.space.resources[demand.resource]
            full = self._used[demand.resource] + demand.amount > resource.capacity
            if full.any():
                times = self._touching(request, full)
                yield Blocked(resource.rule, resource.name, demand.part, demand.who, times)

    def _by_holders(self, request: int) -> Iterator[Blocked]:
        zones = set(self.space.candidates[request].options[Part.ZONE].who.tolist())
        for (zone, value), count in self._held.items():
            if zone in zones and value != self._value(request, zone) and count.any():
                name = self.space.problem.zones[zone].id
                times = self._touching(request, count > 0)
                yield Blocked(Rule.EXCLUSIVE_ZONE, name, Part.ZONE, zone, times)

    def _by_quotas(self, request: int) -> Iterator[Blocked]:
        for number, (quota, counts) in enumerate(self.space.quotas):
            for count in counts:
                if count.request == request and quota.max is not None:
                    over = self.counted[number] + count.amount > quota.max
                    yield Blocked(Rule.QUOTA, quota.id, None, -1, over & (count.amount > 0))

    def _by_partners(self, request: int) -> Iterator[Blocked]:
        each = self.space.candidates[request]
        for name, other, least in self._partners[request]:
            if other in self.ways:
                first, stop = self._days(other, self.ways[other])
                common = np.minimum(each.stop, stop) - np.maximum(each.first, first)
                yield Blocked(Rule.COLLABORATION, name, None, -1, common < least)

    def _touching(self, request: int, days: Bools) -> Bools:
        """Return which times of a request hold some of the days."""
        each, start = self.space.candidates[request], self.space.tables.horizon.days.start
        total = running_total(days)
        return np.asarray(total[each.stop - start] > total[each.first - start])

    def _change(self, request: int, way: Way, sign: int) -> None:
        first, stop = self._days(request, way)
        start = self.space.tables.horizon.days.start
        days = slice(first - start, stop - start)
        for demand in self._demands[request]:
            if demand.is_made_by(way):
                self._used[demand.resource, days] += sign * demand.amount
        if self.space.problem.zones[way.zone].exclusive_by is not None:
            self._held[way.zone, self._value(request, way.zone)][days] += sign
        for number, (_, counts) in enumerate(self.space.quotas):
            for count in counts:
                if count.request == request:
                    self.counted[number] += sign * int(count.amount[way.time])

    def _days(self, request: int, way: Way) -> tuple[int, int]:
        each = self.space.candidates[request]
        return int(each.first[way.time]), int(each.stop[way.time])

    def _value(self, request: int, zone: int) -> str | None:
        by = self.space.problem.zones[zone].exclusive_by
        if by is None:
            return None
        return value_of_request(self.space.problem, self.space.candidates[request].request, by)


def fitting_beside(each: Candidates, blocks: Iterable[Blocked]) -> tuple[Bools, dict[Part, Bools]]:
    """Return which times are left, (times,), and which options of each part, (options,).

    A time is left where nothing blocks it and every part has an option left for it.
    """
    times = np.ones(each.times, dtype=np.bool_)
    free = {part: np.ones(len(o.time), dtype=np.bool_) for part, o in each.options.items()}
    for block in blocks:
        if block.part is None:
            times &= ~block.times
        else:
            options = each.options[block.part]
            free[block.part] &= (options.who != block.who) | ~block.times[options.time]
    for part, options in each.options.items():
        offered = np.zeros(each.times, dtype=np.bool_)
        offered[options.time[free[part]]] = True
        times &= offered
    return times, free


def _best_at(each: Candidates, part: Part, free: Bools) -> tuple[np.ndarray, Ints]:
    """Return, by time, the most points that a free option gives and who it is."""
    options = each.options[part]
    worth, who = np.full(each.times, -np.inf), np.full(each.times, -1)
    members = np.flatnonzero(free)
    members = members[np.argsort(options.points[members], kind="stable")]
    worth[options.time[members]] = options.points[members]
    who[options.time[members]] = options.who[members]
    return worth, who


def _partners(space: Space) -> list[list[tuple[str, int, int]]]:
    """Return, by request, collaborations with a least overlap: name, other request, days."""
    partners: list[list[tuple[str, int, int]]] = [[] for _ in space.candidates]
    for each in space.problem.collaborations:
        members = [space.position[name] for name in each.requests if name in space.position]
        for one in members if each.min_overlap_days else ():
            partners[one] += [
                (each.id, other, each.min_overlap_days) for other in members if other != one
            ]
    return partners
