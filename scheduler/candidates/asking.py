"""A plan that stands, beside which one request asks where it could go.

Everybody else has one candidate, where they stand, and only who asks has all: so a question
costs little, and what the others take follows the plan stay by stay.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from scheduler.candidates.candidates import Candidates, Part, Way
from scheduler.candidates.days import Bools, Ints, running_total
from scheduler.candidates.exclusive import value_of_request
from scheduler.candidates.near import Partner
from scheduler.candidates.occupancy import Blocked, fitting_beside
from scheduler.candidates.quotas import counts_of
from scheduler.candidates.resources import Resource, build_resources
from scheduler.candidates.standing import standing_at
from scheduler.candidates.tables import Tables
from scheduler.problem.requests import Collaboration, Residency
from scheduler.problem.types import RequestId
from scheduler.rules import Rule

Name = tuple[Rule, str]
"""What tells resources apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stay:
    """A stay with what it takes: of resources by name, and of quotas by position."""

    residency: Residency
    candidates: Candidates
    way: Way
    days: slice
    taken: Mapping[Name, int]
    counted: Mapping[int, int]


class Standing:
    """Residencies that stand; those outside the programme's days are left out of account."""

    def __init__(self, tables: Tables, residencies: Iterable[Residency] = ()) -> None:
        """Lay out what everybody takes where they stand."""
        self.tables = tables
        self._problem = tables.problem
        self._start = tables.horizon.days.start
        self._stays: dict[RequestId, _Stay] = {}
        self._left: dict[Name, Ints] = {}
        self._held: dict[int, dict[str | None, Ints]] = defaultdict(dict)
        self._counted = [0] * len(self._problem.quotas)
        self._together: dict[RequestId, list[Collaboration]] = defaultdict(list)
        for collaboration in self._problem.collaborations:
            for request in dict.fromkeys(collaboration.requests):
                self._together[request].append(collaboration)
        self.follow({stay.request: stay for stay in residencies})

    def __contains__(self, request: RequestId) -> bool:
        """Tell whether a request has a residency that stands."""
        return request in self._stays

    def follow(self, residencies: Mapping[RequestId, Residency]) -> None:
        """Have others stand: who came or moved takes, who moved or went gives back."""
        for stay in tuple(self._stays.values()):
            if residencies.get(stay.residency.request) != stay.residency:
                del self._stays[stay.residency.request]
                self._change(stay, -1)
        horizon = self.tables.horizon.days
        come = [
            each
            for each in residencies.values()
            if each.request not in self._stays and each.days.common(horizon)
        ]
        for stay in self._laid_out(come):
            self._stays[stay.residency.request] = stay
            self._change(stay, 1)

    def fitting(self, asked: Candidates) -> tuple[Bools, Mapping[Part, Bools]]:
        """Return which candidates of a request fit beside all others: times, options of parts."""
        return fitting_beside(asked, self._blocked(asked) if asked.times else ())

    def _laid_out(self, residencies: Sequence[Residency]) -> Iterator[_Stay]:
        """Yield residencies with what they take."""
        requests = self._problem.request
        placed = [standing_at(self.tables, requests[each.request], each) for each in residencies]
        candidates = [each for each, _ in placed]
        resources, demands = build_resources(self.tables, candidates)
        names = [_name(each) for each in resources]
        for each, name in zip(resources, names, strict=True):
            self._left.setdefault(name, each.capacity.copy())
        resource, amount = demands.resource.tolist(), demands.amount.tolist()
        bounds = pairwise(np.searchsorted(demands.request, range(len(placed) + 1)).tolist())
        counted = self._counts(candidates)
        for own, residency, (only, way), (begin, end) in zip(
            counted, residencies, placed, bounds, strict=True
        ):
            yield _Stay(
                residency=residency,
                candidates=only,
                way=way,
                days=slice(int(only.first[0]) - self._start, int(only.stop[0]) - self._start),
                taken={names[resource[at]]: amount[at] for at in range(begin, end)},
                counted=own,
            )

    def _counts(self, candidates: Sequence[Candidates]) -> list[dict[int, int]]:
        """Return what each request counts towards quotas, at its only time."""
        counted: list[dict[int, int]] = [{} for _ in candidates]
        for number, quota in enumerate(self._problem.quotas):
            for count in counts_of(self.tables, candidates, quota):
                counted[count.request][number] = int(count.amount[0])
        return counted

    def _change(self, stay: _Stay, sign: int) -> None:
        for name, amount in stay.taken.items():
            self._left[name][stay.days] -= sign * amount
        by = self._problem.zones[stay.way.zone].exclusive_by
        if by is not None:
            value = value_of_request(self._problem, stay.candidates.request, by)
            held = self._held[stay.way.zone]
            held.setdefault(value, np.zeros(self.tables.horizon.size, dtype=np.int64))
            held[value][stay.days] += sign
        for number, amount in stay.counted.items():
            self._counted[number] += sign * amount

    def _blocked(self, asked: Candidates) -> Iterator[Blocked]:
        """Yield, for each scarce thing, the candidates that the others block."""
        own = self._stays.get(asked.request.id)
        yield from self._by_resources(asked, own)
        yield from self._by_holders(asked)
        yield from self._by_quotas(asked, own)
        yield from self._by_partners(asked)

    def _by_resources(self, asked: Candidates, own: _Stay | None) -> Iterator[Blocked]:
        resources, demands = build_resources(self.tables, [asked])
        left = np.array([self._left.get(_name(each), each.capacity) for each in resources])
        if own is not None:
            left[:, own.days] += np.array([[own.taken.get(_name(each), 0)] for each in resources])
        full = left[demands.resource] < demands.amount[:, None]
        scarce = np.flatnonzero(full.any(axis=1))
        touched = self._touched(asked, full[scarce])
        for demand, times in zip(demands.at(scarce), touched, strict=True):
            resource = resources[demand.resource]
            yield Blocked(resource.rule, resource.name, demand.part, demand.who, times)

    def _by_holders(self, asked: Candidates) -> Iterator[Blocked]:
        zones = np.unique(asked.options[Part.ZONE].who).tolist() if self._held else ()
        for position in zones:
            zone = self._problem.zones[position]
            if zone.exclusive_by is None or position not in self._held:
                continue
            mine = value_of_request(self._problem, asked.request, zone.exclusive_by)
            others = [days > 0 for value, days in self._held[position].items() if value != mine]
            if others:
                (times,) = self._touched(asked, np.any(others, axis=0, keepdims=True))
                yield Blocked(Rule.EXCLUSIVE_ZONE, zone.id, Part.ZONE, position, times)

    def _by_quotas(self, asked: Candidates, own: _Stay | None) -> Iterator[Blocked]:
        for number, quota in enumerate(self._problem.quotas):
            if quota.max is None:
                continue
            others = self._counted[number] - (own.counted.get(number, 0) if own else 0)
            for count in counts_of(self.tables, [asked], quota):
                over = others + count.amount > quota.max
                yield Blocked(Rule.QUOTA, quota.id, None, -1, over & (count.amount > 0))

    def _by_partners(self, asked: Candidates) -> Iterator[Blocked]:
        name = asked.request.id
        for each in self._together.get(name, ()):
            for other in each.requests:
                stay = None if other == name else self._stays.get(other)
                if stay is not None and each.min_overlap_days:
                    partner = Partner(each, stay.candidates, stay.way)
                    common = partner.common_days(asked.first, asked.stop)
                    times = common < each.min_overlap_days
                    yield Blocked(Rule.COLLABORATION, each.id, None, -1, times)

    def _touched(self, asked: Candidates, full: Bools) -> Bools:
        """Return which times of a request touch days, (rows, times), of days by row."""
        total = running_total(full)
        touched = total[:, asked.stop - self._start] > total[:, asked.first - self._start]
        return np.asarray(touched)


def _name(resource: Resource) -> Name:
    return resource.rule, resource.name
