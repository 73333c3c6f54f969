"""Repairs by moves of others: free those who hold what is lacking, and place them all anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from ortools.sat.python import cp_model

from scheduler.candidates.candidates import Candidates, Way
from scheduler.candidates.space import Space
from scheduler.cpsat.pairs import Pairs
from scheduler.cpsat.rules import RULE_ADDERS
from scheduler.cpsat.search import Effort, search
from scheduler.cpsat.terms import objective
from scheduler.cpsat.visits import Literal, Visits
from scheduler.explain.case import Case
from scheduler.explain.freed import in_the_way, make_room
from scheduler.explain.part import part_space
from scheduler.explain.setting import Setting
from scheduler.plan import Plan
from scheduler.problem.requests import Residency
from scheduler.problem.types import RequestId

EFFORT = Effort(seconds=1.0)
"""For each plan; a search that takes longer ends with the best plan so far."""


def plans_by_moves(case: Case) -> Iterator[Plan]:
    """Yield plans in which the wish is met and only some who held what it lacked have moved.

    First the plan that loses least, then the one in which fewest move, then, where both leave
    somebody out, the one that loses least and leaves nobody out.
    """
    freed = [case.request, *in_the_way(case)]
    part = _Part(case, freed)
    if not part.space.candidates[0].times:
        return
    best = part.search(fewest=False)
    if best is None:
        return
    yield best
    found = [best]
    if len(_changed(case, best)) > 1:
        fewest = part.search(fewest=True)
        if fewest is not None and len(_changed(case, fewest)) < len(_changed(case, best)):
            found.append(fewest)
            yield fewest
    everybody = case.setting.plan.by_request.keys() | {case.request}
    if all(len(plan.residencies) < len(everybody) for plan in found):
        part.keep_all_placed()
        complete = part.search(fewest=False)
        if complete is not None:
            yield complete


def _changed(case: Case, plan: Plan) -> list[RequestId]:
    before = case.setting.plan.by_request
    return [
        request
        for request in before
        if request != case.request and plan.by_request.get(request) != before[request]
    ]


class _Part:
    """Freed requests in what all others leave them; the first has to be placed."""

    def __init__(self, case: Case, freed: Sequence[RequestId]) -> None:
        """Build the exact model of the freed requests."""
        self._setting = case.setting
        self._freed = freed
        start = make_room(case, freed)
        self.space = part_space(case, freed, start)
        self._model = cp_model.CpModel()
        self._visits = Visits(self._model, self.space)
        pairs = Pairs(self._model, self._visits)
        for add in RULE_ADDERS.values():
            add(self._model, self._visits, pairs)
        self._points = objective(self._model, self._visits, pairs)
        self._staying = [
            self._stays(position, residency)
            for position, request in enumerate(freed)
            if (residency := case.setting.plan.by_request.get(request)) is not None
        ]
        ways = {request: self.space.find_way(residency) for request, residency in start.items()}
        if start and all(ways.values()):
            self._visits.hint({freed.index(name): way for name, way in ways.items() if way})

    def search(self, *, fewest: bool) -> Plan | None:
        """Return the plan of most points, or of fewest moves; the other decides between equals."""
        staying = cp_model.LinearExpr.sum(self._staying)
        if fewest:
            # Points are below any stay that is kept.
            scale = _spread(self.space) + 1
            self._model.maximize(scale * staying + self._points)
        else:
            self._model.maximize((len(self._staying) + 1) * self._points + staying)
        ways = search(self._model, self._visits, EFFORT).ways
        return None if ways is None else self._plan(ways)

    def keep_all_placed(self) -> None:
        """Let nobody lose a place."""
        for position in range(len(self._freed)):
            self._model.add_exactly_one(self._visits.times[position])

    def _stays(self, position: int, residency: Residency) -> Literal:
        """Return a literal that may be true only where a freed request stays as it is."""
        literal = self._model.new_bool_var("")
        way = self.space.find_way(residency)
        if way is None:
            self._model.add(literal == 0)
            return literal
        self._model.add(literal <= self._visits.times[position][way.time])
        for part, options in self.space.candidates[position].options.items():
            at = np.flatnonzero((options.time == way.time) & (options.who == way.who(part)))
            self._model.add(literal <= self._visits.options[position][part][int(at[0])])
        return literal

    def _plan(self, ways: Mapping[int, Way]) -> Plan:
        """Return the plan with the freed requests where the ways put them, in file order."""
        placed = dict(self._setting.plan.by_request)
        for position, request in enumerate(self._freed):
            placed.pop(request, None)
            if position in ways:
                placed[request] = self.space.residency(position, ways[position])
        return plan_of(self._setting, placed)


def plan_of(setting: Setting, placed: Mapping[RequestId, Residency]) -> Plan:
    """Return residencies as a plan, in file order."""
    order = (request.id for request in setting.problem.requests)
    return Plan(residencies=tuple(placed[name] for name in order if name in placed))


def _spread(space: Space) -> int:
    """Return more points than any two plans of a space can differ by."""
    weights = space.problem.policy.weights
    spread = 0
    for each in space.candidates:
        spread += _range_of(each)
    for quota, _ in space.quotas:
        spread += quota.points_per_missing * -(-(quota.min or 0) // quota.unit)
    for bond in space.problem.collaborations:
        pair = weights.overlap_day * bond.target_overlap_days + weights.same_floor
        members = sum(request in space.position for request in bond.requests)
        spread += pair * members * members
    return spread


def _range_of(each: Candidates) -> int:
    """Return by how much a request's points can differ, being left out among them."""
    ranges = [each.points, *(options.points for options in each.options.values())]
    return sum(int(np.abs(points).max()) for points in ranges if len(points)) * 2 + abs(
        each.unplaced_points
    )
