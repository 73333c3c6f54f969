"""Exhaustive search finds the known optimum, and the seeded problems are worth searching."""

from __future__ import annotations

import pytest

from scheduler.problem.scenario_file import document_of, parse_document
from scheduler.rules import Rule, Term
from scheduler.verify import check_plan, score_plan
from tests.brute_force import best_objective
from tests.builders import make_pin, make_problem, make_request, make_slot
from tests.random_plan import random_plan
from tests.samples import OPTIMUM, sample
from tests.seeded import tiny_problem


@pytest.mark.parametrize("name", OPTIMUM)
def test_exhaustive_search_finds_the_known_optimum(name: str) -> None:
    assert best_objective(sample(name)) == OPTIMUM[name]


def test_the_better_of_two_requests_for_one_place_is_placed() -> None:
    problem = make_problem(
        slots=(make_slot(places=1),),
        requests=(
            make_request("ada", priority=2, min_days=84, max_days=84),
            make_request("bob", priority=5, min_days=84, max_days=84),
        ),
    )

    assert best_objective(problem) == 5000


def test_there_is_no_best_plan_where_pins_cannot_hold() -> None:
    problem = make_problem(
        slots=(make_slot(places=1),),
        requests=(
            make_request("ada", min_days=84, max_days=84),
            make_request("bob", min_days=84, max_days=84),
        ),
        pins=(make_pin("ada"), make_pin("bob")),
    )

    assert best_objective(problem) is None


@pytest.mark.parametrize("seed", range(20))
def test_seeded_problems_are_valid_scenarios(seed: int) -> None:
    problem = tiny_problem(seed)

    assert parse_document(document_of(problem)) == problem


def test_among_seeded_problems_each_rule_is_broken_and_each_term_scored() -> None:
    broken: set[Rule] = set()
    scored: set[Term] = set()
    for seed in range(100):
        problem = tiny_problem(seed)
        plan = random_plan(problem, seed)
        broken |= {breach.rule for breach in check_plan(problem, plan)}
        scored |= {term for term, points in score_plan(problem, plan).items() if points}

    assert broken == set(Rule)
    assert scored == set(Term)
