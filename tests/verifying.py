"""What the verifier says of a few residencies, in short."""

from __future__ import annotations

from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from scheduler.problem.types import RequestId
from scheduler.rules import Rule
from scheduler.verify import Violation, check_plan


def broken_rules(problem: Problem, *residencies: Residency) -> list[Rule]:
    """Return the rule of each violation of a plan of these residencies."""
    return [violation.rule for violation in check_plan(problem, Plan(residencies=residencies))]


def violation(rule: Rule, *requests: str, text: str) -> Violation:
    """Return a violation of a rule by the named requests."""
    return Violation(rule=rule, requests=tuple(map(RequestId, requests)), text=text)
