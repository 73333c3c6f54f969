"""What a partial plan leaves free: which of a request's candidates still fit beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from scheduler.candidates.candidates import Candidates, Options, Part, Way
from scheduler.candidates.days import Bools, Ints, running_total
from scheduler.candidates.exclusive import value_of_request
from scheduler.candidates.near import Partner
from scheduler.candidates.resources import PARTS, Resource, desks_of
from scheduler.candidates.space import Space
from scheduler.candidates.worth import Worth, plain_worth
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
    """The demands of the ways placed so far, by resource and day, and what the ways are worth.

    What is asked of one request costs no more where there are more others. ``worth`` is the
    objective of the ways; ``first``, ``stop`` and ``site`` are (requests,), and where a request
    is not placed 0, 0 and -1.
    """

    def __init__(self, space: Space) -> None:
        """Start with an empty plan."""
        self.space = space
        self.ways: dict[int, Way] = {}
        self.counted = [0] * len(space.quotas)
        self.first = np.zeros(len(space.candidates), dtype=np.int64)
        self.stop = np.zeros(len(space.candidates), dtype=np.int64)
        self.site = np.full(len(space.candidates), -1)
        self._index = space.index
        self._start = space.tables.horizon.days.start
        days = space.tables.horizon.size
        self._left = np.empty((len(self._index.shared), days), dtype=np.int64)
        for row, resource in enumerate(self._index.shared.tolist()):
            self._left[row] = space.resources[resource].capacity
        self._held: dict[tuple[int, str | None], Ints] = defaultdict(self._no_days)
        self._holders: dict[int, Ints] = defaultdict(self._no_days)
        self.worth = sum(each.unplaced_points for each in space.candidates)
        self.worth += sum(self._quota_points(number) for number in range(len(space.quotas)))

    def place(self, request: int, way: Way) -> None:
        """Take what a way demands."""
        each = self.space.candidates[request]
        self.worth += self._points(request, way)
        self.ways[request] = way
        self.first[request], self.stop[request] = each.first[way.time], each.stop[way.time]
        self.site[request] = each.site[way.time]
        self._change(request, way, 1)

    def remove(self, request: int) -> Way:
        """Give back what a placed request took, and return its way."""
        way = self.ways.pop(request)
        self._change(request, way, -1)
        self.first[request] = self.stop[request] = 0
        self.site[request] = -1
        self.worth -= self._points(request, way)
        return way

    def fitting(self, request: int) -> tuple[Bools, dict[Part, Bools]]:
        """Return which times fit beside the plan, and which options of each part."""
        return fitting_beside(self.space.candidates[request], self.blocked(request))

    def fits(self, request: int, way: Way) -> bool:
        """Tell whether one way, a candidate of the request, fits beside the plan."""
        own, days = self._index.own[request], self._days(request, way)
        made = own.made_by(way)
        room = (self._left[own.row[made], days] >= own.amount[made, None]).all()
        others = self._others(request, way.zone)
        return (
            bool(room)
            and (others is None or not others[days].any())
            and not any(block.times[way.time] for block in self._by_quotas(request))
            and not any(block.times[way.time] for block in self._by_partners(request))
        )

    def left(self) -> Iterator[Resource]:
        """Yield each resource with the capacity that the plan leaves of it."""
        for resource in range(len(self.space.resources)):
            yield self.left_of(resource)

    def left_of(self, resource: int) -> Resource:
        """Return a resource with what the plan leaves of it; of what nobody shares, all."""
        row, whole = int(self._index.row[resource]), self.space.resources[resource]
        return whole if row < 0 else replace(whole, capacity=self._left[row].copy())

    def find_best(self, request: int, worth: Worth | None = None) -> Way | None:
        """Return the fitting way that is worth the most, None where nothing fits.

        ``worth`` says what the request's candidates are worth, by default their points.
        """
        each = self.space.candidates[request]
        if not each.times:
            return None
        worth = worth or plain_worth(each)
        times, free = self.fitting(request)
        whole = np.where(times, worth.times, -np.inf)
        for part, mask in free.items():
            most = np.full(each.times, -np.inf)
            np.maximum.at(most, each.options[part].time[mask], worth.options[part][mask])
            whole += most
        time = int(whole.argmax())
        if np.isneginf(whole[time]):
            return None
        who = dict.fromkeys(Part, -1)
        for part, mask in free.items():
            options = each.options[part]
            here = np.flatnonzero(mask & (options.time == time))
            own = worth.options[part][here]
            who[part] = int(options.who[here[own == own.max()][-1]])
        return Way(time, *who.values())

    def blocked(self, request: int) -> Iterator[Blocked]:
        """Yield, for each scarce thing, the candidates that it blocks."""
        if self.space.candidates[request].times:
            yield from self._by_resources(request)
            yield from self._by_holders(request)
            yield from self._by_quotas(request)
            yield from self._by_partners(request)

    def partners(self, request: int) -> Iterator[Partner]:
        """Yield those placed with whom a request works together, for each collaboration."""
        for collaboration, other in self._index.partners[request]:
            if other in self.ways:
                yield Partner(collaboration, self.space.candidates[other], self.ways[other])

    def holders(self, block: Blocked) -> list[int]:
        """Return the placed requests that hold what blocks."""
        index = self._index
        if block.rule is Rule.QUOTA:
            _, counts = self.space.quotas[index.quota[block.name]]
            return [count.request for count in counts if count.request in self.ways]
        if block.rule is Rule.COLLABORATION:
            return [each for each in index.members[block.name] if each in self.ways]
        key = (block.rule, block.name)
        if block.rule is Rule.EXCLUSIVE_ZONE:
            key = (Rule.ZONE, desks_of(block.name))
        return [
            demand.request
            for demand in index.users(index.resource[key])
            if demand.request in self.ways and demand.is_made_by(self.ways[demand.request])
        ]

    def _by_resources(self, request: int) -> Iterator[Blocked]:
        own, each = self._index.own[request], self.space.candidates[request]
        days = slice(int(each.first.min()) - self._start, int(each.stop.max()) - self._start)
        full = self._left[own.row, days] < own.amount[:, None]
        scarce = np.flatnonzero(full.any(axis=1))
        total, start = running_total(full[scarce]), days.start + self._start
        touched = total[:, each.stop - start] > total[:, each.first - start]
        for position, times in zip(scarce.tolist(), touched, strict=True):
            resource = self.space.resources[self._index.shared[own.row[position]]]
            part, who = PARTS[own.column[position]], int(own.who[position])
            yield Blocked(resource.rule, resource.name, part, who, times)

    def _by_holders(self, request: int) -> Iterator[Blocked]:
        zones = self._index.own[request].who_of(Part.ZONE) if self._holders else ()
        held = {zone: other for zone in zones if (other := self._others(request, zone)) is not None}
        if not held:
            return
        each = self.space.candidates[request]
        total = running_total(np.array(list(held.values())) > 0)
        touched = total[:, each.stop - self._start] > total[:, each.first - self._start]
        for zone, times in zip(held, touched, strict=True):
            name = self.space.zones[zone].id
            yield Blocked(Rule.EXCLUSIVE_ZONE, name, Part.ZONE, zone, times)

    def _by_quotas(self, request: int) -> Iterator[Blocked]:
        for number, amount in self._index.counts[request]:
            quota, _ = self.space.quotas[number]
            if quota.max is not None:
                over = self.counted[number] + amount > quota.max
                yield Blocked(Rule.QUOTA, quota.id, None, -1, over & (amount > 0))

    def _by_partners(self, request: int) -> Iterator[Blocked]:
        each = self.space.candidates[request]
        for partner in self.partners(request):
            least = partner.collaboration.min_overlap_days
            if least:
                common = partner.common_days(each.first, each.stop)
                name = partner.collaboration.id
                yield Blocked(Rule.COLLABORATION, name, None, -1, common < least)

    def _others(self, request: int, zone: int) -> Ints | None:
        """Return how many of other values hold an exclusive zone by day, None where nobody does."""
        if zone not in self._holders:
            return None
        others = self._holders[zone] - self._held[zone, self._value(request, zone)]
        return others if others.any() else None

    def _no_days(self) -> Ints:
        return np.zeros(self.space.tables.horizon.size, dtype=np.int64)

    def _change(self, request: int, way: Way, sign: int) -> None:
        days, own = self._days(request, way), self._index.own[request]
        made = own.made_by(way)
        self._left[own.row[made], days] -= sign * own.amount[made, None]
        if self.space.zones[way.zone].exclusive_by is not None:
            self._held[way.zone, self._value(request, way.zone)][days] += sign
            self._holders[way.zone][days] += sign
        for number, amount in self._index.counts[request]:
            before = self._quota_points(number)
            self.counted[number] += sign * int(amount[way.time])
            self.worth += self._quota_points(number) - before

    def _points(self, request: int, way: Way) -> int:
        """Return what placing a request adds beside the others, but for quotas."""
        each = self.space.candidates[request]
        near = sum(partner.points(self.space, each, way) for partner in self.partners(request))
        return each.points_of(way) - each.unplaced_points + near

    def _quota_points(self, number: int) -> int:
        """Return the points lost for what a quota lacks to its minimum."""
        quota, _ = self.space.quotas[number]
        missing = max(0, (quota.min or 0) - self.counted[number])
        return -quota.points_per_missing * -(-missing // quota.unit)

    def _days(self, request: int, way: Way) -> slice:
        each = self.space.candidates[request]
        return slice(
            int(each.first[way.time]) - self._start, int(each.stop[way.time]) - self._start
        )

    def _value(self, request: int, zone: int) -> str | None:
        by = self.space.zones[zone].exclusive_by
        if by is None:
            return None
        return value_of_request(self.space.problem, self.space.candidates[request].request, by)


def fitting_beside(each: Candidates, blocks: Iterable[Blocked]) -> tuple[Bools, dict[Part, Bools]]:
    """Return which times are left, (times,), and which options of each part, (options,).

    A time is left where nothing blocks it and every part has an option left for it.
    """
    times = np.ones(each.times, dtype=np.bool_)
    by_part: dict[Part, list[Blocked]] = {part: [] for part in each.options}
    for block in blocks:
        if block.part is None:
            times &= ~block.times
        else:
            by_part[block.part].append(block)
    free = {part: _unblocked(each.options[part], own) for part, own in by_part.items()}
    for part, options in each.options.items():
        offered = np.zeros(each.times, dtype=np.bool_)
        offered[options.time[free[part]]] = True
        times &= offered
    return times, free


def _unblocked(options: Options, blocks: Sequence[Blocked]) -> Bools:
    """Return which of a part's options nothing blocks, (options,)."""
    free = np.ones(len(options.time), dtype=np.bool_)
    who = np.array([block.who for block in blocks], dtype=options.who.dtype)
    begins = np.searchsorted(options.who, who).tolist()
    stops = np.searchsorted(options.who, who, side="right").tolist()
    for block, begin, stop in zip(blocks, begins, stops, strict=True):
        free[begin:stop] &= ~block.times[options.time[begin:stop]]
    return free
