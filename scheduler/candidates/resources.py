"""Coupling rules as resources: a capacity by day, and what each candidate demands of it.

Desks and square metres of a zone, places of a slot, capacity of a host, GPUs of a pool, the one
body of a researcher, a separation's zone, a quota's maximum: all have this shape, so one piece
of code builds the exact model's rows, the prices, the greedy start and the explanations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.candidates.candidates import Candidates, Part, Way
from scheduler.candidates.days import Ints
from scheduler.candidates.tables import Tables
from scheduler.rules import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """Something scarce; ``capacity`` is by day of the programme, (days,)."""

    rule: Rule
    name: str
    capacity: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What a request takes of a resource on every day of the stay.

    It takes ``amount`` where its ``part`` is ``who``, by position; where ``part`` is None,
    wherever it is placed.
    """

    resource: int
    request: int
    part: Part | None
    who: int
    amount: int

    def is_made_by(self, way: Way) -> bool:
        """Tell whether a way of the request takes it."""
        return self.part is None or way.who(self.part) == self.who

    def times_of(self, candidates: Candidates) -> Ints:
        """Return the times at which the request could take it."""
        if self.part is None:
            return np.arange(candidates.times)
        options = candidates.options[self.part]
        return np.asarray(options.time[options.who == self.who])


def build_resources(
    tables: Tables, candidates: Sequence[Candidates]
) -> tuple[tuple[Resource, ...], tuple[Demand, ...]]:
    """Return the resources that some candidate uses, and all demands on them."""
    kept: dict[tuple[Rule, str], int] = {}
    resources: list[Resource] = []
    demands: list[Demand] = []
    for request, each in enumerate(candidates):
        for resource, part, who, amount in _uses(tables, each):
            key = (resource.rule, resource.name)
            if key not in kept:
                kept[key] = len(resources)
                resources.append(resource)
            demands.append(
                Demand(resource=kept[key], request=request, part=part, who=who, amount=amount)
            )
    return tuple(resources), tuple(demands)


Use = tuple[Resource, Part | None, int, int]


def _uses(tables: Tables, candidates: Candidates) -> Iterator[Use]:
    request, problem = candidates.request, tables.problem
    for position in _offered(candidates, Part.SLOT):
        slot = problem.slots[position]
        yield _flat(tables, Rule.SLOT, slot.id, slot.places), Part.SLOT, position, 1
    for position in _offered(candidates, Part.ZONE):
        yield from _zone_uses(tables, candidates, position)
    for position in _offered(candidates, Part.HOST):
        host = problem.hosts[position]
        yield _flat(tables, Rule.HOST, host.id, host.capacity), Part.HOST, position, 1
    for position in _offered(candidates, Part.POOL):
        pool = problem.pools[position]
        yield _flat(tables, Rule.COMPUTING, pool.id, pool.gpus), Part.POOL, position, request.gpus
    if candidates.times:
        yield _flat(tables, Rule.OWN_CALENDAR, request.researcher, 1), None, -1, 1


def _zone_uses(tables: Tables, candidates: Candidates, position: int) -> Iterator[Use]:
    """Desks, square metres where asked for, and at most one of a separation's requests."""
    request, name = candidates.request, tables.problem.zones[position].id
    desks = Resource(rule=Rule.ZONE, name=desks_of(name), capacity=tables.free_desks[position])
    yield desks, Part.ZONE, position, request.desks
    if request.area_m2:
        area = Resource(rule=Rule.ZONE, name=f"{name} m2", capacity=tables.free_area[position])
        yield area, Part.ZONE, position, request.area_m2
    for separation in tables.problem.separations:
        if request.id in separation.requests:
            apart = _flat(tables, Rule.SEPARATION, f"{separation.id} in {name}", 1)
            yield apart, Part.ZONE, position, 1


def desks_of(zone: str) -> str:
    """Return the name of the resource that is a zone's desks."""
    return f"{zone} desks"


def _offered(candidates: Candidates, part: Part) -> list[int]:
    options = candidates.options.get(part)
    return [] if options is None else np.unique(options.who).tolist()


def _flat(tables: Tables, rule: Rule, name: str, capacity: int) -> Resource:
    return Resource(
        rule=rule,
        name=name,
        capacity=np.broadcast_to(np.int64(capacity), tables.horizon.size),
    )


def demands_by_resource(demands: Sequence[Demand]) -> dict[int, list[Demand]]:
    """Group demands by the resource that they are on."""
    grouped: dict[int, list[Demand]] = defaultdict(list)
    for demand in demands:
        grouped[demand.resource].append(demand)
    return dict(grouped)
