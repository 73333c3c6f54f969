"""What is scarce: how much a little more of it could bring, and that no plan gains more by it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scheduler.bound.scarce import find_prices, find_scarce
from scheduler.candidates.space import build_space
from scheduler.outcome import ScarceKind, Scarcity, SolveLimits
from scheduler.problem.problem import Problem
from scheduler.problem.programme import Quota
from scheduler.problem.types import QuotaId
from scheduler.solve import solve
from tests.builders import (
    day,
    make_host,
    make_pool,
    make_problem,
    make_quota,
    make_request,
    make_slot,
    make_zone,
)

LIMITS = SolveLimits(seconds=20, workers=1)
WEEK: dict[str, Any] = {"first_day": day("2026-01-05"), "last_day": day("2026-01-11")}
FIXED: dict[str, Any] = WEEK | {"min_days": 7, "max_days": 7}


def scarce_of(problem: Problem) -> tuple[Scarcity, ...]:
    """Return what is scarce in a small problem."""
    found = solve(problem, LIMITS, with_scarce=True).scarce
    assert found is not None
    return found


def told(problem: Problem) -> list[tuple[str, str, int, int]]:
    """Return kind, id, amount and points of what is scarce."""
    return [(each.kind, each.id, each.amount, each.points) for each in scarce_of(problem)]


def test_where_everybody_has_a_place_nothing_is_scarce() -> None:
    problem = make_problem(requests=(make_request("ada", **FIXED), make_request("bob", **FIXED)))
    assert scarce_of(problem) == ()


def test_the_one_desk_that_two_want_in_a_week_is_worth_the_second_ones_place() -> None:
    # Ada's place is worth 5 x 1000 and Bob's 2 x 1000: with another desk Bob would have one too.
    problem = make_problem(
        zones=(make_zone(desks=1),),
        requests=(
            make_request("ada", priority=5, **FIXED),
            make_request("bob", priority=2, **FIXED),
        ),
    )
    (found,) = scarce_of(problem)
    assert (found.kind, found.id, found.amount) == (ScarceKind.DESKS, "zone-a", 1)
    assert (found.first_day, found.last_day) == (WEEK["first_day"], WEEK["last_day"])
    assert 2000 <= found.points <= 5000


@pytest.mark.parametrize(
    ("kind", "name", "changes", "asks"),
    [
        (ScarceKind.SLOT, "winter", {"slots": (make_slot(places=1),)}, {}),
        (ScarceKind.HOST, "kim", {"hosts": (make_host("kim", capacity=1),)}, {"hosts": None}),
        (ScarceKind.POOL, "cluster", {"pools": (make_pool(gpus=6),)}, {"gpus": 4}),
        (ScarceKind.AREA, "zone-a", {"zones": (make_zone(area_m2=50),)}, {"area_m2": 40}),
    ],
)
def test_whatever_two_cannot_have_at_once_is_scarce(
    kind: ScarceKind, name: str, changes: dict[str, Any], asks: dict[str, Any]
) -> None:
    requests = tuple(make_request(each, **FIXED, **asks) for each in ("ada", "bob"))
    problem = make_problem(requests=requests, **changes)
    (found,) = scarce_of(problem)
    amount = asks.get("gpus", asks.get("area_m2", 1))
    assert (found.kind, found.id, found.amount) == (kind, name, amount)


def test_a_quota_that_is_used_up_is_scarce() -> None:
    quota: Quota = replace(make_quota(max=1), id=QuotaId("few"))
    requests = (make_request("ada", **FIXED), make_request("bob", **FIXED))
    assert told(make_problem(quotas=(quota,), requests=requests)) == [("quota", "few", 1, 3000)]


def test_no_plan_gains_more_by_a_little_more_than_is_told() -> None:
    zone = make_zone(desks=1)
    problem = make_problem(
        zones=(zone,),
        requests=tuple(
            make_request(name, priority=priority, **FIXED)
            for name, priority in (("ada", 5), ("bob", 3), ("cy", 2))
        ),
    )
    (found,) = scarce_of(problem)
    roomier = replace(problem, zones=(replace(zone, desks=1 + found.amount),))
    before, after = (solve(each, LIMITS).objective for each in (problem, roomier))
    assert before is not None
    assert after is not None
    assert after - before <= found.points


def test_nobody_is_told_what_is_scarce_who_does_not_ask() -> None:
    assert solve(make_problem(), LIMITS).scarce is None


def test_two_stretches_that_are_far_apart_are_told_apart() -> None:
    march: dict[str, Any] = {"first_day": day("2026-03-02"), "last_day": day("2026-03-08")}
    requests = tuple(
        make_request(name, **days, min_days=7, max_days=7)
        for name, days in (("ada", WEEK), ("bob", WEEK), ("cy", march), ("dan", march))
    )
    space = build_space(make_problem(zones=(make_zone(desks=1),), requests=requests))
    found = find_scarce(space, find_prices(space), 10_000)
    assert sorted(each.first_day for each in found) == [WEEK["first_day"], march["first_day"]]
