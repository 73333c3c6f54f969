"""A plan taken as published: what people have been told, in place of what the scenario says."""

from __future__ import annotations

from dataclasses import replace

from scheduler.files.findings import Finding
from scheduler.plan import Plan
from scheduler.plan_file import PlanFileError
from scheduler.problem.problem import Problem
from scheduler.verify import check_plan


def with_published(problem: Problem, plan: Plan) -> Problem:
    """Return the problem of changing a plan of which people have been told."""
    return replace(problem, published=plan.residencies)


def check_allowed(problem: Problem, plan: Plan, *, source: str = "") -> None:
    """Raise PlanFileError if a plan breaks rules, with every breach; ``source`` is its file."""
    violations = check_plan(problem, plan)
    if violations:
        findings = [
            Finding("residencies", f"{violation.text} ({violation.rule})")
            for violation in violations
        ]
        raise PlanFileError(findings, source=source)
