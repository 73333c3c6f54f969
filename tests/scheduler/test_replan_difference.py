"""The difference of two plans: who is touched, from what to what, at what cost."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.types import HostId, PoolId, SlotId, ZoneId
from scheduler.replan.desk_days import DeskDays, count_desk_days
from scheduler.replan.difference import CHANGE_TERMS, Fate, difference
from scheduler.replan.published import with_published
from scheduler.rules import Term
from scheduler.verify import score_plan
from tests.builders import (
    day,
    make_plan,
    make_problem,
    make_programme,
    make_range,
    make_request,
    make_reservation,
    make_residency,
    make_zone,
)
from tests.random_plan import random_plan
from tests.seeded import tiny_problem


def house(*requests: str, withdrawn: tuple[str, ...] = ()) -> Problem:
    """Return a problem of named requests, some of them withdrawn."""
    return make_problem(
        requests=tuple(make_request(name, withdrawn=name in withdrawn) for name in requests)
    )


def fates(problem: Problem, before: Plan, after: Plan) -> dict[str, Fate]:
    """Return what becomes of each request that has not what it had."""
    return {each.request: each.fate for each in difference(problem, before, after).changes}


@pytest.mark.parametrize(
    ("others", "parts"),
    [
        ({"first_day": day("2026-01-12")}, ("first_day", "last_day")),
        ({"days": 21}, ("last_day",)),
        ({"zone": ZoneId("zone-b")}, ("zone",)),
        ({"host": HostId("kim")}, ("host",)),
    ],
)
def test_people_notice_their_days_their_zone_and_their_host(
    others: dict[str, Any], parts: tuple[str, ...]
) -> None:
    before, after = make_plan(make_residency("ada")), make_plan(make_residency("ada", **others))

    found = difference(house("ada"), before, after)

    assert [(each.fate, each.parts) for each in found.changes] == [(Fate.CHANGED, parts)]
    assert (found.touched, found.kept) == (1, 0)


@pytest.mark.parametrize(
    ("others", "parts"),
    [({"slot": SlotId("summer")}, ("slot",)), ({"pool": PoolId("cluster")}, ("pool",))],
)
def test_another_slot_or_pool_touches_nobody(
    others: dict[str, Any], parts: tuple[str, ...]
) -> None:
    before, after = make_plan(make_residency("ada")), make_plan(make_residency("ada", **others))

    found = difference(house("ada"), before, after)

    assert [(each.fate, each.parts) for each in found.changes] == [(Fate.REASSIGNED, parts)]
    assert (found.touched, found.kept) == (0, 0)


def test_who_is_dropped_is_touched_and_who_withdraws_is_not() -> None:
    before = make_plan(make_residency("ada"), make_residency("bob"), make_residency("eve"))

    found = difference(house("ada", "bob", "eve", withdrawn=("bob",)), before, before)
    assert found.changes == ()

    after = make_plan(make_residency("eve"))
    problem = house("ada", "bob", "eve", withdrawn=("bob",))
    assert fates(problem, before, after) == {"ada": Fate.DROPPED, "bob": Fate.WITHDRAWN}
    found = difference(problem, before, after)
    assert (found.touched, found.kept, found.unplaced_before, found.unplaced_after) == (1, 1, 0, 1)


def test_who_was_not_placed_before_is_new_and_not_touched() -> None:
    found = difference(house("ada"), make_plan(), make_plan(make_residency("ada")))

    assert [(each.request, each.fate) for each in found.changes] == [("ada", Fate.NEW)]
    assert (found.touched, found.unplaced_before, found.unplaced_after) == (0, 1, 0)


def test_each_change_has_its_price() -> None:
    before = make_plan(make_residency("ada"), make_residency("bob"))
    after = make_plan(make_residency("ada", first_day=day("2026-01-12"), zone=ZoneId("zone-b")))
    problem = make_problem(
        zones=(make_zone("zone-a"), make_zone("zone-b")),
        requests=(make_request("ada"), make_request("bob")),
        published=before.residencies,
    )

    found = difference(problem, before, after)

    # Seven days later at both ends: 50 + 2 * 14. Another zone: 100. Dropped: 2000.
    assert {each.request: dict(each.cost) for each in found.changes} == {
        "ada": {Term.REDATED: -78, Term.REZONED: -100},
        "bob": {Term.DROPPED: -2000},
    }
    assert {term: gain for term, gain in found.gain.items() if gain} == {
        Term.PLACED: -3000,
        Term.DROPPED: -2000,
        Term.REDATED: -78,
        Term.REZONED: -100,
    }


@pytest.mark.parametrize("seed", range(40))
def test_what_changes_cost_is_what_the_scores_differ_by(seed: int) -> None:
    base = tiny_problem(seed)
    before, after = random_plan(base, seed), random_plan(base, seed + 1000)
    problem = with_published(base, before)

    found = difference(problem, before, after, earlier=base)

    scored = score_plan(problem, after)
    assert found.terms_after == scored
    assert found.objective_after - found.objective_before == sum(found.gain.values())
    for term in CHANGE_TERMS:
        assert sum(each.cost.get(term, 0) for each in found.changes) == scored[term]


def test_desk_days_are_counted_while_zones_are_open() -> None:
    problem = make_problem(
        programme=make_programme(last_day=day("2026-01-18")),
        zones=(make_zone(desks=4, closures=(make_range("2026-01-17", "2026-01-18"),)),),
        requests=(make_request("ada", desks=2),),
        reservations=(make_reservation(first_day=day("2026-01-16"), desks=1),),
    )
    plan = make_plan(make_residency("ada", days=7))

    # Fourteen days less two, four desks; two desks for seven days, and one on one open day.
    assert count_desk_days(problem, plan) == DeskDays(taken=15, offered=48)
    assert count_desk_days(problem, plan).share == 15 / 48
