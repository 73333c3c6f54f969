"""What concerns one request or one resource of a space, without looking through all others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import NamedTuple

import numpy as np

from scheduler.candidates.candidates import Candidates, Part, Way
from scheduler.candidates.days import Bools, Ints
from scheduler.candidates.quotas import QuotaCount
from scheduler.candidates.resources import Demand, Resource, demands_by_resource
from scheduler.problem.programme import Quota
from scheduler.problem.requests import Collaboration
from scheduler.rules import Rule

_COLUMN: Mapping[Part | None, int] = {**{part: at for at, part in enumerate(Part)}, None: len(Part)}


class OwnDemands(NamedTuple):
    """Demands of one request on what others demand too; arrays are (demands,).

    ``row`` numbers the resources that several requests demand.
    """

    demands: tuple[Demand, ...]
    row: Ints
    amount: Ints
    column: Ints
    who: Ints

    def made_by(self, way: Way) -> Bools:
        """Return which of the demands a way makes."""
        chosen = np.array([*(way.who(part) for part in Part), -1])
        return np.asarray(self.who == chosen[self.column])


class Index:
    """Lists by request and by resource of one space.

    ``rows`` gives the row of each resource that more than one request demands: no other can ever
    be exceeded. ``counts`` are by request (quota, what each time counts), ``partners`` by request
    each pair of a collaboration.
    """

    def __init__(
        self,
        candidates: Sequence[Candidates],
        resources: Sequence[Resource],
        demands: Sequence[Demand],
        quotas: Sequence[tuple[Quota, Sequence[QuotaCount]]],
        collaborations: Sequence[Collaboration],
    ) -> None:
        """Look through everything once."""
        self.users = demands_by_resource(demands)
        shared = sorted(resource for resource, users in self.users.items() if len(users) > 1)
        self.rows = {resource: row for row, resource in enumerate(shared)}
        self.resource: dict[tuple[Rule, str], int] = {
            (resource.rule, resource.name): position for position, resource in enumerate(resources)
        }
        self.quota: dict[str, int] = {quota.id: number for number, (quota, _) in enumerate(quotas)}
        self.counts: list[list[tuple[int, Ints]]] = [[] for _ in candidates]
        for number, (_, counts) in enumerate(quotas):
            for count in counts:
                self.counts[count.request].append((number, count.amount))
        self.own = self._own_demands(len(candidates), demands)
        self.members: dict[str, list[int]] = {}
        self.partners: list[list[tuple[Collaboration, int]]] = [[] for _ in candidates]
        position = {each.request.id: request for request, each in enumerate(candidates)}
        for each in collaborations:
            members = [position[name] for name in each.requests if name in position]
            self.members[each.id] = members
            for one, other in permutations(members, 2):
                self.partners[one].append((each, other))

    def _own_demands(self, requests: int, demands: Sequence[Demand]) -> list[OwnDemands]:
        own: list[list[Demand]] = [[] for _ in range(requests)]
        for demand in demands:
            if demand.resource in self.rows:
                own[demand.request].append(demand)
        return [self._arrays(each) for each in own]

    def _arrays(self, demands: Sequence[Demand]) -> OwnDemands:
        rows = [(self.rows[d.resource], d.amount, _COLUMN[d.part], d.who) for d in demands]
        columns = np.array(rows, dtype=np.int64).reshape(len(rows), 4).T
        return OwnDemands(tuple(demands), *columns)
