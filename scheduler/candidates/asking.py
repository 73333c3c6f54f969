"""A plan that stands, beside which one of its requests asks for something else.

Everybody else has one candidate, where they stand, so that a question costs little.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace

import numpy as np

from scheduler.candidates.candidates import Candidates, Part
from scheduler.candidates.days import Bools, Ints
from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.quotas import QuotaCount, counts_of
from scheduler.candidates.resources import Demands, Resource, build_resources
from scheduler.candidates.space import Space
from scheduler.candidates.standing import standing_at
from scheduler.candidates.tables import Tables
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from scheduler.problem.types import RequestId
from scheduler.rules import Rule


class Standing:
    """Residencies that stand; those outside the programme's days are left out of account."""

    def __init__(self, problem: Problem, residencies: Iterable[Residency]) -> None:
        """Lay out what everybody takes where they stand."""
        self.tables = Tables(problem)
        horizon = self.tables.horizon.days
        inside = [stay for stay in residencies if stay.days.common(horizon)]
        placed = [standing_at(self.tables, problem.request[stay.request], stay) for stay in inside]
        self._ways = [way for _, way in placed]
        candidates = tuple(each for each, _ in placed)
        resources, demands = build_resources(self.tables, candidates)
        self._space = Space(
            problem=problem,
            tables=self.tables,
            zones=dict(enumerate(problem.zones)),
            candidates=candidates,
            resources=resources,
            demands=demands,
            quotas=tuple(
                (quota, counts_of(self.tables, candidates, quota)) for quota in problem.quotas
            ),
            position={each.request.id: position for position, each in enumerate(candidates)},
        )

    def __contains__(self, request: RequestId) -> bool:
        """Tell whether a request has a residency that stands."""
        return request in self._space.position

    def fitting(self, asked: Candidates) -> tuple[Space, Bools, Mapping[Part, Bools]]:
        """Return which candidates of a request fit beside all others: times, options of parts."""
        own = self._space.position[asked.request.id]
        space = self._space_with(own, asked)
        occupancy = Occupancy(space)
        for request, way in enumerate(self._ways):
            if request != own:
                occupancy.place(request, way)
        times, free = occupancy.fitting(own)
        return space, times, free

    def _space_with(self, own: int, asked: Candidates) -> Space:
        """Return the space in which a request has other candidates than where it stands."""
        space = self._space
        resources, demands = self._demands_with(own, asked)
        candidates = (*space.candidates[:own], asked, *space.candidates[own + 1 :])
        quotas = []
        for quota, counts in space.quotas:
            anew = [replace(each, request=own) for each in counts_of(self.tables, [asked], quota)]
            others = [each for each in counts if each.request != own]
            quotas.append((quota, _in_order((*others, *anew))))
        return replace(
            space,
            candidates=candidates,
            resources=resources,
            demands=demands,
            quotas=tuple(quotas),
        )

    def _demands_with(self, own: int, asked: Candidates) -> tuple[tuple[Resource, ...], Demands]:
        """Return all resources and demands, those of a request as it asks."""
        resources, demands = self._space.resources, self._space.demands
        number = {_name(each): position for position, each in enumerate(resources)}
        wanted, asks = build_resources(self.tables, [asked])
        new = [each for each in wanted if _name(each) not in number]
        number |= {_name(each): len(resources) + at for at, each in enumerate(new)}
        renumbered = np.array([number[_name(each)] for each in wanted], dtype=np.int64)
        asks = replace(
            asks, resource=renumbered[asks.resource], request=np.full_like(asks.request, own)
        )
        begin, end = np.searchsorted(demands.request, (own, own + 1)).tolist()
        return (*resources, *new), _put_in(demands, slice(begin, end), asks)


def _name(resource: Resource) -> tuple[Rule, str]:
    return resource.rule, resource.name


def _in_order(counts: Iterable[QuotaCount]) -> tuple[QuotaCount, ...]:
    return tuple(sorted(counts, key=lambda each: each.request))


def _put_in(demands: Demands, where: slice, others: Demands) -> Demands:
    """Return demands with others in the place of some."""

    def column(name: str) -> Ints:
        old: Ints = getattr(demands, name)
        return np.concatenate((old[: where.start], getattr(others, name), old[where.stop :]))

    return Demands(**{each.name: column(each.name) for each in fields(Demands)})
