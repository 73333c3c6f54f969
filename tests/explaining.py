"""Explanations against exhaustive search: plans of tiny problems, and what fits beside others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from random import Random

from scheduler.explain.english import English
from scheduler.explain.explanation import Reason, Repair
from scheduler.explain.sentences import say_whole
from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from scheduler.problem.types import RequestId
from scheduler.rules import Rule
from scheduler.verify import check_plan, score_plan
from tests.brute_force import allowed_residencies
from tests.seeded import tiny_problem

SEEDS = range(30)


def objective(problem: Problem, plan: Plan) -> int:
    """Return what a plan is worth."""
    return sum(score_plan(problem, plan).values())


def with_residency(plan: Plan, request: RequestId, residency: Residency | None) -> Plan:
    """Return a plan with one request's residency put in or left out."""
    others = tuple(each for each in plan.residencies if each.request != request)
    return Plan(residencies=others if residency is None else (*others, residency))


def fitting(problem: Problem, plan: Plan, request: RequestId) -> Iterator[tuple[Residency, int]]:
    """Yield every residency of a request that is allowed beside all others, with the objective."""
    for residency in allowed_residencies(problem, problem.request[request]):
        changed = with_residency(plan, request, residency)
        if not check_plan(problem, changed):
            yield residency, objective(problem, changed)


@cache
def tiny_plan(seed: int) -> tuple[Problem, Plan] | None:
    """Return a seeded problem with some allowed plan of it, None where chance found none."""
    problem, dice = tiny_problem(seed), Random(seed)  # noqa: S311 - a test's seed is no secret
    plan = Plan()
    pinned = {pin.request for pin in problem.pins} | set(problem.told)
    requests = sorted(problem.submitted, key=lambda each: (each.id not in pinned, each.id))
    for request in requests:
        possible = list(allowed_residencies(problem, request))
        dice.shuffle(possible)
        for residency in possible[:40]:
            larger = with_residency(plan, request.id, residency)
            broken = check_plan(problem, larger)
            if all(each.rule is Rule.PIN and request.id not in each.requests for each in broken):
                plan = larger
                break
    return None if check_plan(problem, plan) else (problem, plan)


def planned(seed: int) -> list[tuple[Problem, Plan]]:
    """Return a seeded problem with its plan; nothing where there is none."""
    found = tiny_plan(seed)
    return [] if found is None else [found]


def unplaced(seed: int) -> Iterator[tuple[Problem, Plan, RequestId]]:
    """Yield each request without a place that fits nowhere as things are."""
    for problem, plan in planned(seed):
        for request in problem.submitted:
            left_out = request.id not in plan.by_request
            if left_out and next(fitting(problem, plan, request.id), None) is None:
                yield problem, plan, request.id


def after(plan: Plan, repair: Repair) -> Plan:
    """Return the plan that a repair leads to."""
    for move in repair.moves:
        plan = with_residency(plan, move.request, move.after)
    return plan


def said(problem: Problem, reasons: tuple[Reason, ...]) -> list[tuple[Rule, str]]:
    """Return the rule and the English sentence of each reason."""
    english = English(problem)
    return [(reason.rule, say_whole(reason.sentence, english)) for reason in reasons]
