"""What a plan file claims of its plan, each claim tested against the verifier's own sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scheduler.files.findings import Finding
from scheduler.outcome import Status
from scheduler.plan_file import PlanFile
from scheduler.problem.problem import Problem
from scheduler.rules import Term
from scheduler.verify import score_plan


def check_claims(problem: Problem, sha256: str, plan_file: PlanFile) -> Iterator[Finding]:
    """Yield each claim that is not true; ``sha256`` is that of the scenario file's bytes."""
    if plan_file.scenario_sha256 != sha256:
        yield Finding("scenario_sha256", f"the scenario file has {sha256}; it has changed since")
    yield from _check_points(problem, plan_file)
    yield from _check_proof(plan_file)
    yield from _check_unplaced(problem, plan_file)


def _check_points(problem: Problem, plan_file: PlanFile) -> Iterator[Finding]:
    """Yield each term, and the objective, that does not add up."""
    scored = score_plan(problem, plan_file.plan)
    for term in Term:
        claimed = plan_file.terms[term]
        if claimed != scored[term]:
            yield Finding(f"terms.{term}", f"claims {claimed}, but the plan has {scored[term]}")
    objective = sum(scored.values())
    if plan_file.objective != objective:
        message = f"claims {plan_file.objective}, but the terms add up to {objective}"
        yield Finding("objective", message)


def _check_proof(plan_file: PlanFile) -> Iterator[Finding]:
    """Yield what cannot be true of bound and status."""
    objective, bound = plan_file.objective, plan_file.bound
    if bound < objective:
        yield Finding("bound", f"{bound} is below the objective {objective}")
    proven = Status.OPTIMAL if bound == objective else Status.FEASIBLE
    if plan_file.status is not proven:
        message = f"claims {plan_file.status}, but objective {objective} and bound {bound}"
        yield Finding("status", f"{message} mean {proven}")


def _check_unplaced(problem: Problem, plan_file: PlanFile) -> Iterator[Finding]:
    """Yield where the unplaced are not exactly the submitted requests without residency."""
    left = [request.id for request in problem.submitted]
    expected = {name for name in left if name not in plan_file.plan.by_request}
    listed = Counter(unplaced.request for unplaced in plan_file.unplaced)
    for number, unplaced in enumerate(plan_file.unplaced):
        if unplaced.request not in expected:
            message = f"'{unplaced.request}' is no submitted request without a residency"
            yield Finding(f"unplaced[{number}].request", message)
        elif listed[unplaced.request] > 1:
            yield Finding(f"unplaced[{number}].request", f"'{unplaced.request}' stands twice")
    for name in left:
        if name in expected and name not in listed:
            yield Finding("unplaced", f"'{name}' has no residency, but is not listed")
