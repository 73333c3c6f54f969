"""Every sentence of the verifier has one for people, with names and days in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from scheduler.rules import Rule
from scheduler.verify import check_plan
from tests.builders import (
    day,
    make_plan,
    make_problem,
    make_range,
    make_request,
    make_residency,
    make_zone,
)
from tests.random_plan import random_plan
from tests.seeded import tiny_problem
from web.use_cases.broken_rules import BrokenRule, Span, broken_rules
from web.use_cases.broken_sentences import SENTENCES
from web.use_cases.names import Names

SEEDS = range(160)


def broken(problem: Problem, *residencies: Residency) -> list[BrokenRule]:
    names = Names(problem=problem, language="en")
    plan = make_plan(*residencies)
    return list(broken_rules(names, check_plan(problem, plan)))


def test_everything_that_random_plans_break_is_said_in_sentences_for_people() -> None:
    known = {sentence for _, sentence in SENTENCES}
    said = set()
    rules = set()
    for seed in SEEDS:
        problem = tiny_problem(seed)
        found = check_plan(problem, random_plan(problem, seed))
        names = Names(problem=problem, language="en")
        said |= {each.sentence for each in broken_rules(names, found)}
        rules |= {each.rule for each in found}
    assert said - known == set()
    assert rules == set(Rule)


def test_the_values_of_every_sentence_are_what_it_asks_for() -> None:
    for seed in SEEDS:
        problem = tiny_problem(seed)
        names = Names(problem=problem, language="en")
        for each in broken_rules(names, check_plan(problem, random_plan(problem, seed))):
            assert each.sentence % dict.fromkeys(each.values, "something")


def test_who_shares_a_full_zone_is_named_with_the_days() -> None:
    problem = make_problem(
        zones=(replace(make_zone(desks=1), name={"en": "Quiet room", "ko": "조용한 방"}),),
        requests=(make_request("ada"), make_request("bob")),
    )
    [found] = broken(problem, make_residency("ada"), make_residency("bob"))
    assert found == BrokenRule(
        rule="H5",
        sentence="%(zone)s: %(taken)s desks taken of %(most)s, %(days)s (%(who)s).",
        values={
            "zone": "Quiet room",
            "most": 1,
            "taken": 2,
            "days": Span(first_day=day("2026-01-05"), last_day=day("2026-02-01")),
            "who": ("ada", "bob"),
        },
        requests=("ada", "bob"),
        who=("ada", "bob"),
    )


@pytest.mark.parametrize(
    ("opening", "window"),
    [
        ({"first_day": day("2026-01-12")}, (day("2026-01-12"), None)),
        ({"last_day": day("2026-01-12")}, (None, day("2026-01-12"))),
        ({"closures": (make_range("2026-01-07"),)}, (day("2026-01-07"), day("2026-01-07"))),
    ],
    ids=["from", "to", "closed"],
)
def test_when_a_zone_is_open_or_closed_is_kept_as_days(
    opening: dict[str, Any], window: tuple[dt.date | None, dt.date | None]
) -> None:
    problem = make_problem(zones=(make_zone(**opening),))
    [found] = broken(problem, make_residency())
    assert found.values["window"] == Span(first_day=window[0], last_day=window[1])


def test_a_sentence_that_is_not_known_is_said_as_it_stands() -> None:
    problem = make_problem(requests=(make_request("ada", withdrawn=True),))
    [found] = broken(problem, make_residency("ada"))
    assert (found.sentence, found.values) == (
        "Request 'ada' is withdrawn, but has a residency.",
        {},
    )
