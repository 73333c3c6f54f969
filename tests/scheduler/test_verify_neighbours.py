"""One stay checked beside those that bear on it is what the whole plan checked says of it."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from scheduler.plan import Plan
from scheduler.problem.requests import Residency
from scheduler.problem.types import RequestId
from scheduler.verify import Neighbours, Violation, check_plan, score_plan
from tests.builders import make_plan, make_problem, make_request, make_residency, make_zone
from tests.random_plan import random_plan
from tests.seeded import tiny_problem

SEEDS = range(150)
TRIED = 6


def placed(plan: Plan, request: RequestId, residency: Residency | None) -> Plan:
    """Return a plan with one request placed where it was, else at the end, or not at all."""
    then = dict(plan.by_request)
    then.pop(request, None) if residency is None else then.update({request: residency})
    return Plan(residencies=tuple(then.values()))


def naming(request: RequestId, found: tuple[Violation, ...]) -> tuple[Violation, ...]:
    """Return the violations that name a request."""
    return tuple(each for each in found if request in each.requests)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_a_move_breaks_and_is_worth_is_what_the_whole_plan_says(seed: int) -> None:
    problem = tiny_problem(seed)
    dice = Random(seed)  # noqa: S311 - a test's seed is no secret
    plan = random_plan(problem, seed)
    neighbours = Neighbours(problem, plan)
    moves = [stay for other in range(TRIED) for stay in random_plan(problem, other).residencies]
    for stay in dice.sample(moves, min(TRIED, len(moves))):
        for residency in (stay, None):
            then = placed(plan, stay.request, residency)
            broken = naming(stay.request, check_plan(problem, then))
            now, worth = score_plan(problem, plan), score_plan(problem, then)
            assert neighbours.check(stay.request, residency) == broken
            assert neighbours.difference(stay.request, residency) == {
                term: worth[term] - now[term] for term in worth
            }
        plan = placed(plan, stay.request, stay)
        neighbours.put(stay.request, stay)
        assert neighbours.plan == plan


@pytest.mark.parametrize("seed", SEEDS)
def test_a_move_breaks_no_rule_anew_without_naming_the_request(seed: int) -> None:
    problem = tiny_problem(seed)
    plan = random_plan(problem, seed)
    known = {(each.rule, frozenset(each.requests)) for each in check_plan(problem, plan)}
    for stay in random_plan(problem, seed + 1).residencies:
        for after in check_plan(problem, placed(plan, stay.request, stay)):
            others = frozenset(after.requests) - {stay.request}
            assert stay.request in after.requests or any(
                rule is after.rule and others <= who for rule, who in known
            )


def test_a_stay_that_moves_into_a_full_zone_is_named_with_those_who_are_there() -> None:
    problem = make_problem(
        zones=(make_zone("zone-a", desks=1), make_zone("zone-b")),
        requests=(make_request("ada"), make_request("bob"), make_request("eve")),
    )
    ada, bob = make_residency("ada"), make_residency("bob", zone="zone-b")
    neighbours = Neighbours(problem, make_plan(ada, bob))

    [broken] = neighbours.check(RequestId("bob"), replace(bob, zone=ada.zone))

    assert broken.requests == ("ada", "bob")
    assert neighbours.check(RequestId("bob"), bob) == ()
