"""The stability curve: each point is the best plan with so few changes, by exhaustive search."""

from __future__ import annotations

import pytest

from scheduler.candidates.space import build_space
from scheduler.cpsat.search import Effort
from scheduler.improve.fewest import fewest_changes
from scheduler.outcome import PinConflict, SolveLimits, Status
from scheduler.problem.problem import Problem
from scheduler.problem.types import ZoneId
from scheduler.replan.stability import StabilityCurve, stability_curve
from scheduler.verify import check_plan
from tests.builders import day, make_plan, make_problem, make_request, make_residency, make_zone
from tests.limited_brute_force import best_with_changes, count_changes
from tests.seeded import tiny_problem

LIMITS = SolveLimits(seconds=60, workers=1)
PUBLISHED_SEEDS = [seed for seed in range(130) if tiny_problem(seed).told]


def curve_of(problem: Problem, *changes: int | None) -> StabilityCurve:
    """Return the curve of a problem with as much time as it needs."""
    return stability_curve(problem, changes, LIMITS)


@pytest.mark.parametrize("seed", PUBLISHED_SEEDS)
def test_every_point_is_the_optimum_with_so_few_changes(seed: int) -> None:
    problem = tiny_problem(seed)
    try:
        curve = curve_of(problem, 0, 1, 2, None)
    except PinConflict:
        assert best_with_changes(problem, len(problem.told)) is None
        return

    expected = [best_with_changes(problem, most) for most in (0, 1, 2, len(problem.told))]
    assert [point.objective for point in curve.points] == expected
    assert [point.objective is not None for point in curve.points[:3]] == [
        most >= curve.fewest for most in (0, 1, 2)
    ]
    for point in curve.points:
        if point.plan is not None and point.difference is not None:
            assert (point.status, point.bound) == (Status.OPTIMAL, point.objective)
            assert check_plan(problem, point.plan) == ()
            changed = count_changes(problem, point.plan)
            assert point.difference.touched == changed
            assert point.changes is None or changed <= point.changes


def two_who_would_rather_have_zone_b() -> Problem:
    """Return two published stays in zone a, each of which is worth more in zone b."""
    plan = make_plan(make_residency("ada"), make_residency("bob"))
    return make_problem(
        zones=(make_zone("zone-a"), make_zone("zone-b", features=("quiet",))),
        requests=tuple(
            make_request(name, zone_points={ZoneId("zone-b"): points})
            for name, points in (("ada", 150), ("bob", 130))
        ),
        published=plan.residencies,
    )


def test_the_first_change_is_the_one_that_gains_most() -> None:
    curve = curve_of(two_who_would_rather_have_zone_b(), 0, 1, 2, 10, None)

    # Both are placed for 3000 each; 150 and 130 are gained for 100 each.
    assert [(point.changes, point.objective) for point in curve.points] == [
        (0, 6000),
        (1, 6050),
        (2, 6080),
        (10, 6080),
        (None, 6080),
    ]
    assert curve.fewest == 0


def test_points_are_in_order_and_stand_once() -> None:
    curve = curve_of(two_who_would_rather_have_zone_b(), None, 2, 0, 2)

    assert [point.changes for point in curve.points] == [0, 2, None]


def test_what_cannot_stay_is_a_change_that_no_plan_avoids() -> None:
    plan = make_plan(make_residency("ada"), make_residency("bob"), make_residency("eve"))
    problem = make_problem(
        zones=(make_zone(desks=2),),
        requests=(
            make_request("ada"),
            make_request("bob"),
            make_request("eve", first_day=day("2026-02-09")),
        ),
        published=plan.residencies,
    )
    # Eve's window has moved, so she changes; ada and bob fill the zone in January.
    curve = curve_of(problem, 0, 1)

    assert curve.fewest == 1
    assert [point.plan is None for point in curve.points] == [True, False]
    assert curve.points[0].status is Status.UNKNOWN


@pytest.mark.parametrize("seed", PUBLISHED_SEEDS[:30])
def test_the_fewest_changes_are_proven_and_leave_an_allowed_plan(seed: int) -> None:
    problem = tiny_problem(seed)
    space = build_space(problem).with_changes(len(problem.told))

    found = fewest_changes(space, Effort(seconds=60))

    if found is None:
        assert best_with_changes(problem, len(problem.told)) is None
    else:
        plan = space.plan(found.ways)
        assert check_plan(problem, plan) == ()
        assert found.changes == found.proven == count_changes(problem, plan)
