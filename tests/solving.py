"""What the solver says of a tiny problem, in short."""

from __future__ import annotations

import pytest

from scheduler.outcome import PinConflict, SolveLimits, Status
from scheduler.problem.problem import Problem
from scheduler.rules import Rule
from scheduler.solve import solve
from scheduler.verify import check_plan, score_plan

LIMITS = SolveLimits(seconds=60, workers=1)


def proven_optimum(problem: Problem) -> int:
    """Return the objective of the plan, which is allowed, worth it, and proven to be the best."""
    outcome = solve(problem, LIMITS)
    assert outcome.status is Status.OPTIMAL
    assert outcome.plan is not None
    assert check_plan(problem, outcome.plan) == ()
    terms = score_plan(problem, outcome.plan)
    assert outcome.terms == terms
    assert outcome.objective == outcome.bound == sum(terms.values())
    placed = set(outcome.plan.by_request)
    left = [request.id for request in problem.submitted if request.id not in placed]
    assert [unplaced.request for unplaced in outcome.unplaced] == left
    return outcome.bound


def broken_pins(problem: Problem) -> set[tuple[str, Rule]]:
    """Return the request and the rule of each pin that cannot hold."""
    with pytest.raises(PinConflict) as conflict:
        solve(problem, LIMITS)
    return {(breach.request, breach.rule) for breach in conflict.value.conflicts}
