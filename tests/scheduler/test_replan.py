"""Re-planning: the best plan after a change, and nobody touched for nothing."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.candidates.space import build_space
from scheduler.improve.mend import mend
from scheduler.improve.settle import settle
from scheduler.improve.start import start_ways
from scheduler.outcome import PinConflict, SolveLimits, Status
from scheduler.plan import Plan
from scheduler.problem.adjustments import (
    AddPin,
    AddRequest,
    Adjustment,
    ChangeWindow,
    CloseZone,
    Withdraw,
    apply,
)
from scheduler.problem.problem import Problem
from scheduler.problem.types import RequestId, ZoneId
from scheduler.replan.difference import Fate
from scheduler.replan.published import with_published
from scheduler.replan.replan import Replanned, replan, requests_named
from scheduler.run import Run
from scheduler.sample import Family, sample
from scheduler.solve import solve
from scheduler.verify import check_plan, score_plan
from tests.builders import (
    day,
    make_pin,
    make_plan,
    make_policy,
    make_problem,
    make_programme,
    make_request,
    make_residency,
    make_zone,
)
from tests.limited_brute_force import best_with_changes, count_changes
from tests.seeded import tiny_problem

LIMITS = SolveLimits(seconds=60, workers=1)
ADA, BOB = RequestId("ada"), RequestId("bob")
ZONE_A, ZONE_B = ZoneId("zone-a"), ZoneId("zone-b")
JANUARY: dict[str, Any] = {"first_day": day("2026-01-05"), "last_day": day("2026-02-01")}
BOTH = make_plan(make_residency("ada"), make_residency("bob", zone=ZONE_B))


def house(**others: Any) -> Problem:
    """Return ada in zone a and bob in zone b, as published, each zone with one desk.

    Whoever comes, comes for the 28 days from Monday, 5 January.
    """
    values: dict[str, Any] = {
        "zones": (make_zone("zone-a", desks=1), make_zone("zone-b", desks=1)),
        "requests": tuple(make_request(name, min_days=28, **JANUARY) for name in ("ada", "bob")),
    }
    return with_published(make_problem(**values | others), BOTH)


def changed(problem: Problem, *adjustments: Adjustment) -> Replanned:
    """Return the problem's published plan re-planned after a change, proven optimal."""
    adjusted = apply(problem, adjustments)
    before = Plan(residencies=problem.published)
    found = replan(adjusted, before, LIMITS, earlier=problem, named=requests_named(adjustments))
    assert found.outcome.status is Status.OPTIMAL
    assert found.outcome.plan is not None
    assert check_plan(adjusted, found.outcome.plan) == ()
    return found


def fates(found: Replanned) -> dict[str, Fate]:
    """Return what became of each request that has not what it had."""
    assert found.difference is not None
    return {each.request: each.fate for each in found.difference.changes}


def test_without_a_change_nobody_is_touched() -> None:
    found = changed(house())

    assert fates(found) == {}
    assert found.outcome.plan == BOTH


def test_a_withdrawal_makes_room_and_touches_nobody() -> None:
    waiting = make_request("eve", min_days=28, priority=1, **JANUARY)
    problem = house(requests=(*house().requests, waiting))

    assert fates(changed(problem)) == {}
    assert fates(changed(problem, Withdraw(request=BOB))) == {
        "bob": Fate.WITHDRAWN,
        "eve": Fate.NEW,
    }


def test_a_new_request_that_is_worth_it_takes_a_place() -> None:
    late = make_request("late", min_days=28, researcher="ada", priority=5, **JANUARY)
    # Nobody may be in two places: ada herself asks for more, and 5000 - 3000 - 2000 gains nothing.
    assert fates(changed(house(), AddRequest(request=late))) == {}

    fewer_points = make_policy(weights={"dropped": 1900})
    found = changed(house(policy=fewer_points), AddRequest(request=late))
    assert fates(found) == {"ada": Fate.DROPPED, "late": Fate.NEW}


def test_who_loses_a_zone_moves_to_a_free_one() -> None:
    zones = (*house().zones, make_zone("zone-c", desks=1))
    found = changed(house(zones=zones), CloseZone(zone=ZONE_A, **JANUARY))

    assert fates(found) == {"ada": Fate.CHANGED}
    assert found.difference is not None
    assert found.difference.objective_before - found.difference.objective_after == 100


def test_a_shifted_window_takes_the_stay_along() -> None:
    later = ChangeWindow(request=ADA, first_day=day("2026-01-12"), last_day=day("2026-02-08"))

    found = changed(house(), later)

    assert fates(found) == {"ada": Fate.CHANGED}
    assert found.difference is not None
    assert [dict(each.cost) for each in found.difference.changes] == [{"redated": -78}]


def test_what_is_frozen_stays_at_any_price() -> None:
    tomorrow = make_programme(today=day("2026-01-04"))
    wish = {ZONE_B: 900}
    requests = (
        make_request("ada", min_days=28, zone_points=wish, **JANUARY),
        make_request("bob", min_days=28, **JANUARY),
    )

    assert fates(changed(house(requests=requests))) == {
        "ada": Fate.CHANGED,
        "bob": Fate.CHANGED,
    }
    assert fates(changed(house(requests=requests, programme=tomorrow))) == {}


def test_what_is_frozen_and_cannot_stay_is_told() -> None:
    problem = house(programme=make_programme(today=day("2026-01-04")))
    adjusted = apply(problem, [CloseZone(zone=ZONE_A, **JANUARY)])

    with pytest.raises(PinConflict, match="ada"):
        replan(adjusted, BOTH, LIMITS)


def test_what_is_pinned_by_the_change_comes_first() -> None:
    pin = AddPin(pin=make_pin("ada", zone=ZONE_B))

    assert fates(changed(house(), pin)) == {"ada": Fate.CHANGED, "bob": Fate.CHANGED}


def test_of_plans_of_one_worth_the_one_with_the_fewest_changes_is_taken() -> None:
    free = make_policy(weights={"redated": 0, "redated_day": 0, "rezoned": 0, "rehosted": 0})
    swapped = make_plan(make_residency("ada", zone=ZONE_B), make_residency("bob"))
    problem = house(policy=free)
    space = build_space(problem)
    run = Run(LIMITS)
    run.offer(space, start_ways(space, swapped) or {})

    settle(space, run, seconds=60)

    assert space.plan(run.ways or {}) == BOTH


@pytest.mark.parametrize("seed", range(60))
def test_it_is_optimal_and_no_plan_as_good_changes_fewer(seed: int) -> None:
    problem = tiny_problem(seed)
    try:
        found = replan(problem, Plan(residencies=problem.published), LIMITS)
    except PinConflict:
        assert best_with_changes(problem, len(problem.told)) is None
        return

    plan = found.outcome.plan
    assert plan is not None
    assert found.outcome.objective == best_with_changes(problem, len(problem.told))
    changes = count_changes(problem, plan)
    fewer = best_with_changes(problem, changes - 1) if changes else None
    assert fewer is None or fewer < sum(score_plan(problem, plan).values())


def test_a_medium_problem_is_mended_around_the_change() -> None:
    problem = sample(Family.MEDIUM, 1)
    told = solve(problem, SolveLimits(seconds=1, workers=1)).plan
    assert told is not None
    gone = told.residencies[0].request
    adjusted = apply(with_published(problem, told), [Withdraw(request=gone)])
    space = build_space(adjusted)
    run = Run(SolveLimits(seconds=60, workers=1))
    left = start_ways(space, told)
    assert left is not None
    run.offer(space, left)
    start = run.objective

    mend(space, run, told)

    assert start is not None
    assert run.objective is not None
    assert run.objective >= start
    assert check_plan(adjusted, space.plan(run.ways or {})) == ()


def test_requests_are_named_by_whatever_adjustment_is_about_them() -> None:
    adjustments = (
        Withdraw(request=ADA),
        AddRequest(request=make_request("late")),
        AddPin(pin=make_pin("bob")),
        CloseZone(zone=ZONE_A, **JANUARY),
    )

    assert requests_named(adjustments) == ("ada", "late", "bob")
