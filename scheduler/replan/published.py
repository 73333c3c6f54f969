"""A plan taken as published: what people have been told, in place of what the scenario says."""

from __future__ import annotations

from dataclasses import replace

from scheduler.files.findings import Finding
from scheduler.plan import Plan
from scheduler.plan_file import PlanFile, PlanFileError, check_plan_belongs
from scheduler.problem.problem import Problem
from scheduler.verify import check_plan


def with_published(problem: Problem, plan: Plan) -> Problem:
    """Return the problem of changing a plan of which people have been told."""
    return replace(problem, published=plan.residencies)


def check_publishable(problem: Problem, plan_file: PlanFile, *, source: str = "") -> None:
    """Raise PlanFileError if a plan is of another scenario, or is not allowed where published.

    A published residency that is frozen may begin before today.
    """
    check_plan_belongs(problem, plan_file, source=source)
    plan = plan_file.plan
    violations = check_plan(with_published(problem, plan), plan)
    if violations:
        findings = [
            Finding("residencies", f"{violation.text} ({violation.rule})")
            for violation in violations
        ]
        raise PlanFileError(findings, source=source)
