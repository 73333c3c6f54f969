"""A plan in its problem: who holds what, and the candidates of the requests looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scheduler.candidates.build import build_candidates
from scheduler.candidates.candidates import Candidates
from scheduler.candidates.days import Ints
from scheduler.candidates.resources import desks_of
from scheduler.candidates.tables import Tables
from scheduler.plan import Plan
from scheduler.problem.adjustments import Adjustment
from scheduler.problem.problem import Problem
from scheduler.problem.programme import Quota
from scheduler.problem.requests import Request, Residency
from scheduler.problem.types import Days, RequestId
from scheduler.rules import Rule
from scheduler.verify import score_plan
from scheduler.verify.counts import count_quota
from scheduler.verify.stays import Stays

Key = tuple[Rule, str]
"""A resource by its rule and name, as ``candidates.resources`` names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What a residency takes of a resource on each of its days."""

    request: RequestId
    amount: int
    days: Days


class Holdings:
    """What the residencies of a plan take; adjustments that explain uses do not change it."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        """Look up what each residency takes."""
        self._stays = Stays(problem, plan)
        self._counted: dict[str, dict[RequestId, int]] = {}
        self.uses: dict[Key, list[Use]] = {}
        self.in_zone: dict[str, list[Residency]] = {}
        for residency in plan.residencies:
            self.in_zone.setdefault(residency.zone, []).append(residency)
            for key, amount in _uses_of(problem, residency):
                use = Use(request=residency.request, amount=amount, days=residency.days)
                self.uses.setdefault(key, []).append(use)

    def counted(self, quota: Quota) -> dict[RequestId, int]:
        """Return what each placed request counts towards a quota."""
        if quota.id not in self._counted:
            counted = count_quota(self._stays, quota)
            self._counted[quota.id] = {stay.id: amount for stay, amount in counted}
        return self._counted[quota.id]


class Setting:
    """An allowed plan in its problem; candidates are built when they are first asked for.

    Only the requests that an explanation looks at need candidates: what all others take
    follows from their residencies.
    """

    def __init__(self, problem: Problem, plan: Plan, holdings: Holdings | None = None) -> None:
        """Keep a problem and a plan that the verifier allows."""
        self.problem = problem
        self.plan = plan
        self.tables = Tables(problem)
        self.holdings = holdings or Holdings(problem, plan)
        self._candidates: dict[RequestId, Candidates] = {}
        self._used: dict[Key, Ints] = {}

    def candidates(self, request: RequestId) -> Candidates:
        """Return all ways that no rule about the request alone forbids."""
        if request not in self._candidates:
            asked = self.problem.request[request]
            self._candidates[request] = build_candidates(self.tables, asked)
        return self._candidates[request]

    def used(self, key: Key, without: Collection[RequestId]) -> Ints:
        """Return what residencies take of a resource, (days,), but for some requests'."""
        uses = self.holdings.uses.get(key, [])
        if key not in self._used:
            self._used[key] = self._taken(uses)
        left_out = [use for use in uses if use.request in without]
        return self._used[key] - self._taken(left_out) if left_out else self._used[key]

    def _taken(self, uses: Iterable[Use]) -> Ints:
        horizon = self.tables.horizon
        taken = np.zeros(horizon.size, dtype=np.int64)
        for use in uses:
            taken[horizon.part(use.days)] += use.amount
        return taken

    @cached_property
    def objective(self) -> int:
        """What the plan is worth."""
        return objective_of(self.problem, self.plan)

    def adjusted(self, adjustments: Sequence[Adjustment]) -> Setting:
        """Return the same plan in the adjusted problem; it need not be allowed there any more."""
        problem = self.problem
        for adjustment in adjustments:
            problem = adjustment.applied_to(problem)
        return Setting(problem, self.plan, self.holdings)


def objective_of(problem: Problem, plan: Plan) -> int:
    """Return what a plan is worth, by the verifier's own sums."""
    return sum(score_plan(problem, plan).values())


def _uses_of(problem: Problem, residency: Residency) -> Iterator[tuple[Key, int]]:
    """Yield the resources that a residency takes, with how much on each day."""
    request, zone = problem.request[residency.request], residency.zone
    yield (Rule.SLOT, residency.slot), 1
    yield (Rule.ZONE, desks_of(zone)), request.desks
    if request.area_m2:
        yield (Rule.ZONE, f"{zone} m2"), request.area_m2
    if residency.host is not None:
        yield (Rule.HOST, residency.host), 1
    if residency.pool is not None:
        yield (Rule.COMPUTING, residency.pool), request.gpus
    yield (Rule.OWN_CALENDAR, request.researcher), 1
    yield from (((Rule.SEPARATION, name), 1) for name in _apart_in(problem, request, zone))


def _apart_in(problem: Problem, request: Request, zone: str) -> Iterator[str]:
    for separation in problem.separations:
        if request.id in separation.requests:
            yield f"{separation.id} in {zone}"
