"""What concerns one request or one resource of a space, without looking through all others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, permutations
from typing import NamedTuple

import numpy as np

from scheduler.candidates.candidates import Candidates, Part, Way
from scheduler.candidates.days import Bools, Ints
from scheduler.candidates.quotas import QuotaCount
from scheduler.candidates.resources import COLUMN, Demand, Demands, Resource
from scheduler.problem.programme import Quota
from scheduler.problem.requests import Collaboration
from scheduler.rules import Rule


class OwnDemands(NamedTuple):
    """Demands of one request on what others demand too, each (demands,).

    ``row`` numbers the resources that several requests demand; ``column`` is the position in
    ``PARTS`` of the part that has to be ``who`` for the demand to be made.
    """

    row: Ints
    column: Ints
    who: Ints
    amount: Ints

    def made_by(self, way: Way) -> Bools:
        """Return which of the demands a way makes."""
        chosen = np.array([*way[1:], -1])
        return np.asarray(self.who == chosen[self.column])

    def who_of(self, part: Part) -> list[int]:
        """Return who could serve as a part, as far as others want that too, each once."""
        return [int(who) for who in np.unique(self.who[self.column == COLUMN[part]])]


class Index:
    """Lists by request and by resource of one space.

    ``shared`` are the resources that more than one request demands, by row: no other can ever be
    exceeded. ``row`` is the row of each resource, -1 where it is not shared. ``counts`` are by
    request (quota, what each time counts), ``partners`` by request each pair of a collaboration.
    """

    def __init__(
        self,
        candidates: Sequence[Candidates],
        resources: Sequence[Resource],
        demands: Demands,
        quotas: Sequence[tuple[Quota, Sequence[QuotaCount]]],
        collaborations: Sequence[Collaboration],
    ) -> None:
        """Look through everything once."""
        self._demands = demands
        self._by_resource = np.argsort(demands.resource, kind="stable")
        users = np.bincount(demands.resource, minlength=len(resources))
        self._begins = np.concatenate([[0], np.cumsum(users)])
        self.shared: Ints = np.flatnonzero(users > 1)
        self.row = np.full(len(resources), -1)
        self.row[self.shared] = np.arange(len(self.shared))
        self.own = self._own_demands(len(candidates))
        self.resource: dict[tuple[Rule, str], int] = {
            (resource.rule, resource.name): position for position, resource in enumerate(resources)
        }
        self.quota: dict[str, int] = {quota.id: number for number, (quota, _) in enumerate(quotas)}
        self.counts: list[list[tuple[int, Ints]]] = [[] for _ in candidates]
        for number, (_, counts) in enumerate(quotas):
            for count in counts:
                self.counts[count.request].append((number, count.amount))
        self.members: dict[str, list[int]] = {}
        self.partners: list[list[tuple[Collaboration, int]]] = [[] for _ in candidates]
        position = {each.request.id: request for request, each in enumerate(candidates)}
        for each in collaborations:
            members = [position[name] for name in each.requests if name in position]
            self.members[each.id] = members
            for one, other in permutations(members, 2):
                self.partners[one].append((each, other))

    def users(self, resource: int) -> Iterator[Demand]:
        """Yield the demands on a resource."""
        own = self._by_resource[self._begins[resource] : self._begins[resource + 1]]
        return self._demands.at(own)

    def _own_demands(self, requests: int) -> list[OwnDemands]:
        demands, row = self._demands, self.row[self._demands.resource]
        shared = np.flatnonzero(row >= 0)
        columns = [each[shared] for each in (row, demands.column, demands.who, demands.amount)]
        bounds = np.searchsorted(demands.request[shared], np.arange(requests + 1)).tolist()
        return [
            OwnDemands(*(each[begin:end] for each in columns)) for begin, end in pairwise(bounds)
        ]
