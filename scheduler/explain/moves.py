"""Repairs by moves of others: free those who hold what is lacking, and place them all anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from ortools.sat.python import cp_model

from scheduler.candidates.candidates import Candidates, Way
from scheduler.candidates.quotas import counts_of
from scheduler.candidates.resources import build_resources
from scheduler.candidates.space import Space
from scheduler.cpsat.pairs import Pairs
from scheduler.cpsat.rules import RULE_ADDERS
from scheduler.cpsat.search import Effort, search
from scheduler.cpsat.terms import objective
from scheduler.cpsat.visits import Literal, Visits
from scheduler.explain.case import Case
from scheduler.explain.choice import Beside, Mask, everything, kept
from scheduler.explain.scarcity import holders_of
from scheduler.explain.setting import Setting
from scheduler.explain.things import Kind
from scheduler.plan import Plan
from scheduler.problem.programme import Quota
from scheduler.problem.requests import Residency
from scheduler.problem.types import RequestId
from scheduler.rules import Rule

FREED = 16
"""Requests that are freed beside the one that is to be placed, at most."""

TIMES = 60
"""Times that a freed request may choose among: those of most points, and its own."""

EFFORT = Effort(seconds=2.0)


def plans_by_moves(case: Case) -> Iterator[Plan]:
    """Yield plans in which the wish is met and only some who held what it lacked have moved.

    First the plan that loses least, then the one in which fewest move, then, where the first
    leaves somebody out, the one that loses least and leaves nobody out.
    """
    freed = [case.request, *_in_the_way(case)]
    part = _Part(case, freed)
    if not part.space.candidates[0].times:
        return
    best = part.search(fewest=False)
    if best is None:
        return
    yield best
    if len(_changed(case, best)) > 1:
        fewest = part.search(fewest=True)
        if fewest is not None and len(_changed(case, fewest)) < len(_changed(case, best)):
            yield fewest
    if len(best.residencies) < len(case.setting.plan.by_request.keys() | {case.request}):
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


def _in_the_way(case: Case) -> list[RequestId]:
    """Return who holds what the wish lacks, and then who holds what those would need."""
    first = _holders(case.beside, case.mask)
    second: list[RequestId] = []
    freed = [case.request, *first]
    for request in first if len(first) < FREED else ():
        beside = Beside(case.setting, case.setting.candidates(request), freed)
        second += _holders(beside, everything(beside.each))
    return list(dict.fromkeys([*first, *second]))[:FREED]


def _holders(beside: Beside, mask: Mask) -> list[RequestId]:
    """Return who holds what is lacking, those first who alone are in the way of most."""
    weight: defaultdict[RequestId, float] = defaultdict(float)
    own = beside.each.request.id
    share = 1.0 / np.maximum(beside.lacking_at(mask), 1) ** 2
    for lack in beside.lacks:
        times = beside.blocked(lack, mask)
        for holder in holders_of(beside.setting, lack, own, lack.full):
            if holder.what.kind is Kind.REQUEST:
                first, stop = holder.days.days
                meets = (beside.each.first < stop) & (beside.each.stop > first)
                meets |= lack.rule in (Rule.QUOTA, Rule.COLLABORATION)
                weight[RequestId(holder.what.id)] += float(share[times & meets].sum())
    heaviest = sorted(weight, key=lambda request: -weight[request])
    return [request for request in heaviest if weight[request]][:FREED]


class _Part:
    """Freed requests in what all others leave them; the first has to be placed."""

    def __init__(self, case: Case, freed: Sequence[RequestId]) -> None:
        """Build the exact model of the freed requests."""
        self._setting = case.setting
        self._freed = freed
        self.space = part_space(case, freed)
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


def part_space(case: Case, freed: Sequence[RequestId]) -> Space:
    """Return the space of some requests beside all others; the first one's wish is required."""
    setting = case.setting
    candidates = []
    for request in freed:
        beside = Beside(setting, setting.candidates(request), freed)
        mask = case.mask_of(beside) if request == case.request else _worthwhile(setting, beside)
        candidates.append(kept(beside.each, beside.fitting(mask)))
    candidates[0] = replace(candidates[0], required=True)
    resources, demands = build_resources(setting.tables, candidates)
    left = tuple(
        replace(each, capacity=each.capacity - setting.used((each.rule, each.name), freed))
        for each in resources
    )
    return Space(
        problem=setting.problem,
        tables=setting.tables,
        zones=dict(enumerate(setting.problem.zones)),
        candidates=tuple(candidates),
        resources=left,
        demands=demands,
        quotas=tuple(
            (_quota_left(setting, quota, freed), counts_of(setting.tables, candidates, quota))
            for quota in setting.problem.quotas
        ),
        position={request: position for position, request in enumerate(freed)},
    )


def _quota_left(setting: Setting, quota: Quota, freed: Collection[RequestId]) -> Quota:
    """Return what of a quota's minimum and maximum the others leave."""
    counted = setting.holdings.counted(quota)
    taken = sum(amount for request, amount in counted.items() if request not in freed)
    return replace(
        quota,
        min=None if quota.min is None else max(0, quota.min - taken),
        max=None if quota.max is None else quota.max - taken,
    )


def _worthwhile(setting: Setting, beside: Beside) -> Mask:
    """Return the times of most points, and the present one."""
    mask, each = everything(beside.each), beside.each
    if each.times <= TIMES:
        return mask
    days = setting.plan.by_request[each.request.id].days
    times = (each.first == days.start) & (each.stop == days.stop)
    times[np.argsort(-each.points, kind="stable")[:TIMES]] = True
    return replace(mask, times=times)


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
