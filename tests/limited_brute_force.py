"""Exhaustive search over the plans of a tiny problem that change few of its published stays."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from tests.brute_force import Search, options_of


def best_with_changes(problem: Problem, most: int) -> int | None:
    """Return the objective of the best allowed plan with few changes; None if there is none."""
    search = LimitedSearch(problem, most=most)
    domains = {request.id: options_of(problem, request) for request in problem.submitted}
    search.visit((), dict(sorted(domains.items(), key=lambda item: len(item[1]))))
    return search.best


def count_changes(problem: Problem, plan: Plan) -> int:
    """Count the published residencies of which days, zone or host are others, or which are gone."""
    return sum(
        _noticed(told) != _noticed(plan.by_request.get(name)) for name, told in problem.told.items()
    )


def _noticed(residency: Residency | None) -> tuple[object, ...]:
    if residency is None:
        return ()
    return residency.first_day, residency.last_day, residency.zone, residency.host


@dataclass
class LimitedSearch(Search):
    """The search, with an eye on how much a plan changes."""

    most: int = 0

    def judge(self, residencies: tuple[Residency, ...]) -> None:
        """Keep a plan's objective if it changes few enough."""
        if count_changes(self.problem, Plan(residencies=residencies)) <= self.most:
            super().judge(residencies)
