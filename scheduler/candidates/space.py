"""The search space of a problem: candidates of every request, resources and quotas."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from scheduler.candidates.build import build_candidates
from scheduler.candidates.candidates import Candidates, Part, Way
from scheduler.candidates.changes import ChangeLimit, Told
from scheduler.candidates.index import Index
from scheduler.candidates.quotas import QuotaCount, counts_of
from scheduler.candidates.resources import Demands, Resource, build_resources
from scheduler.candidates.tables import Tables
from scheduler.plan import Plan
from scheduler.problem.places import Zone
from scheduler.problem.problem import Problem
from scheduler.problem.programme import Quota
from scheduler.problem.requests import Residency
from scheduler.problem.types import RequestId, day_of

Ways = Mapping[int, Way]
"""A plan inside the search: the way of each placed request, by position."""

UNKNOWN = -2
"""Position of what the problem does not have; no candidate has it."""


@dataclass(frozen=True, kw_only=True)
class Space:
    """Everything a search needs; requests are positions in ``candidates``.

    ``zones`` are those by position that the requests could use, all of them maybe.
    """

    problem: Problem
    tables: Tables
    zones: Mapping[int, Zone]
    candidates: tuple[Candidates, ...]
    resources: tuple[Resource, ...]
    demands: Demands
    quotas: tuple[tuple[Quota, tuple[QuotaCount, ...]], ...]
    position: Mapping[RequestId, int]
    change_limit: ChangeLimit | None = None

    @property
    def size(self) -> int:
        """Number of times and options of all requests."""
        return sum(each.size for each in self.candidates)

    @cached_property
    def index(self) -> Index:
        """What concerns one request or one resource."""
        collaborations = self.problem.collaborations
        return Index(self.candidates, self.resources, self.demands, self.quotas, collaborations)

    def residency(self, request: int, way: Way) -> Residency:
        """Return a way in the words of the plan."""
        each, problem = self.candidates[request], self.problem
        return Residency(
            request=each.request.id,
            slot=problem.slots[way.slot].id,
            zone=problem.zones[way.zone].id,
            host=None if way.host < 0 else problem.hosts[way.host].id,
            pool=None if way.pool < 0 else problem.pools[way.pool].id,
            first_day=day_of(int(each.first[way.time])),
            last_day=day_of(int(each.stop[way.time]) - 1),
        )

    def plan(self, ways: Ways) -> Plan:
        """Return ways as a plan, in file order."""
        return Plan(
            residencies=tuple(self.residency(request, ways[request]) for request in sorted(ways))
        )

    def find_way(self, residency: Residency) -> Way | None:
        """Return the candidate that a residency is, None where some unary rule forbids it."""
        request = self.position.get(residency.request)
        if request is None:
            return None
        each, position = self.candidates[request], self.positions
        days = residency.days
        times = np.flatnonzero((each.first == days.start) & (each.stop == days.stop))
        named = {part: position[part].get(getattr(residency, part.value), UNKNOWN) for part in Part}
        for time in times.tolist():
            way = Way(time, *(named[part] for part in Part))
            if self._is_candidate(each, way):
                return way
        return None

    def with_changes(self, most: int) -> Space:
        """Return the space of the plans that change at most so many published residencies."""
        position = self.positions
        told = {
            name: Told(
                first=residency.days.start,
                stop=residency.days.stop,
                zone=position[Part.ZONE][residency.zone],
                host=position[Part.HOST][residency.host],
            )
            for name, residency in self.problem.told.items()
        }
        return replace(self, change_limit=ChangeLimit(most=most, told=told))

    def exceeds_changes(self, ways: Ways) -> bool:
        """Tell whether ways change more of what was published than is allowed."""
        limit = self.change_limit
        return limit is not None and self.count_changes(ways) > limit.most

    def count_changes(self, ways: Ways, beside: Collection[int] = ()) -> int:
        """Count those told whom ways change or drop, some requests left out of the count."""
        limit = self.change_limit
        return sum(
            limit is not None
            and request not in beside
            and not limit.is_kept(each, ways.get(request))
            for request, each in enumerate(self.candidates)
        )

    def changes_left(self, ways: Ways, free: Collection[int]) -> ChangeLimit | None:
        """Return the limit of changes that the others' ways leave to requests that are free."""
        limit = self.change_limit
        if limit is None:
            return None
        return replace(limit, most=limit.most - self.count_changes(ways, free))

    @property
    def positions(self) -> Mapping[Part, Mapping[str | None, int]]:
        """Position of each slot, zone, host and pool by id; that of no host or pool is -1."""
        return self.tables.positions

    def _is_candidate(self, each: Candidates, way: Way) -> bool:
        for part in Part:
            options = each.options.get(part)
            if options is None:
                if way.who(part) != -1:
                    return False
            elif not ((options.time == way.time) & (options.who == way.who(part))).any():
                return False
        return True


def space_of(space: Space, requests: Sequence[int]) -> Space:
    """Return the space of some of the requests alone."""
    number = {request: position for position, request in enumerate(requests)}
    candidates = tuple(space.candidates[request] for request in requests)
    return replace(
        space,
        candidates=candidates,
        demands=Demands.of(
            replace(demand, request=number[demand.request])
            for demand in space.demands
            if demand.request in number
        ),
        quotas=tuple(
            (
                quota,
                tuple(
                    replace(count, request=number[count.request])
                    for count in counts
                    if count.request in number
                ),
            )
            for quota, counts in space.quotas
        ),
        position={each.request.id: position for position, each in enumerate(candidates)},
    )


def build_space(problem: Problem) -> Space:
    """Build candidates, resources and quota counts of a problem."""
    tables = Tables(problem)
    candidates = tuple(build_candidates(tables, request) for request in problem.submitted)
    resources, demands = build_resources(tables, candidates)
    return Space(
        problem=problem,
        tables=tables,
        zones=dict(enumerate(problem.zones)),
        candidates=candidates,
        resources=resources,
        demands=demands,
        quotas=tuple((quota, counts_of(tables, candidates, quota)) for quota in problem.quotas),
        position={each.request.id: position for position, each in enumerate(candidates)},
    )
