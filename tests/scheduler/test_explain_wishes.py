"""First wishes that a residency does not meet: what is in the way, and what would help.

``ada`` is placed from Monday, 5 January 2026, for four weeks, unless a test says otherwise.
"""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.explain.english import English
from scheduler.explain.explain import explain_request
from scheduler.explain.explanation import Explanation, Freedom, Wish, WishKind
from scheduler.explain.leeway import find_leeways
from scheduler.explain.sentences import say_whole
from scheduler.plan import Plan
from scheduler.problem.adjustments import (
    AddDesks,
    AddHostCapacity,
    Adjustment,
    ChangeFrozenDays,
    ReleasePin,
)
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from scheduler.problem.types import HostId, RequestId, ZoneId
from tests.builders import (
    day,
    make_host,
    make_pin,
    make_plan,
    make_policy,
    make_problem,
    make_programme,
    make_request,
    make_residency,
    make_zone,
)
from tests.explaining import said

FOUR_WEEKS: dict[str, Any] = {"first_day": day("2026-01-05"), "last_day": day("2026-02-01")}
LATER = day("2026-01-12")


def explained(problem: Problem, *residencies: Residency) -> Explanation:
    """Return the explanation of ada in a plan."""
    return explain_request(problem, make_plan(*residencies), RequestId("ada"))


def the_wish(problem: Problem, *residencies: Residency) -> Wish:
    """Return the only wish of ada that is not met."""
    (wish,) = explained(problem, *residencies).wishes
    return wish


def text(problem: Problem, wish: Wish) -> str:
    """Return what is said of a wish."""
    return say_whole(wish.sentence, English(problem))


def adjustments(wish: Wish) -> list[tuple[Adjustment, ...]]:
    """Return the adjustments that would help, of repairs that have any."""
    return [repair.adjustments for repair in wish.repairs if repair.adjustments]


def test_whoever_has_all_that_was_wished_for_is_told_so() -> None:
    problem = make_problem(
        requests=(make_request("ada", preferred_first_day=day("2026-01-05"), hosts=("kim",)),)
    )

    met = explained(problem, make_residency("ada", host="kim"))

    assert met.wishes == ()
    assert [say_whole(each, English(problem)) for each in met.remarks] == [
        "Everything that was wished for is met."
    ]


def test_the_preferred_day_is_possible_and_brings_its_points() -> None:
    problem = make_problem(requests=(make_request("ada", preferred_first_day=LATER),))

    wish = the_wish(problem, make_residency("ada"))

    # A week off the preferred day costs 7 points, a point a day.
    assert (wish.kind, wish.points, wish.reasons) == (WishKind.FIRST_DAY, 7, ())
    assert text(problem, wish) == (
        "It begins on 5 Jan 2026 instead of the preferred day, 12 Jan 2026."
    )
    assert [repair.price for repair in wish.repairs] == [7]


def test_the_preferred_day_is_no_day_of_arrival() -> None:
    problem = make_problem(requests=(make_request("ada", preferred_first_day=day("2026-01-13")),))

    wish = the_wish(problem, make_residency("ada", first_day=LATER))

    assert [reason for _, reason in said(problem, wish.reasons)] == [
        "Stays begin on these days only: Monday."
    ]


def test_a_longer_stay_is_in_the_way_of_others_who_move_for_it() -> None:
    weeks: dict[str, Any] = {
        "first_day": day("2026-01-05"),
        "last_day": day("2026-02-15"),
        "hosts": ("kim",),
    }
    problem = make_problem(
        programme=make_programme(last_day=day("2026-02-15")),
        hosts=(make_host("kim", capacity=1),),
        requests=(
            make_request("ada", **weeks, min_days=14, preferred_first_day=day("2026-01-05")),
            make_request("bob", **weeks, min_days=14, max_days=14),
        ),
    )
    ada, bob = (
        make_residency("ada", days=14, host="kim"),
        make_residency("bob", first_day=day("2026-01-19"), days=14, host="kim"),
    )

    wish = the_wish(problem, ada, bob)

    # Two weeks too short cost 14 x 3 points.
    assert (wish.kind, wish.points) == (WishKind.LENGTH, 42)
    assert [reason for _, reason in said(problem, wish.reasons)] == [
        "Kim receives as many visitors as agreed on 19 Jan - 1 Feb 2026: bob."
    ]
    added, moved = wish.repairs
    assert [move.request for move in moved.moves] == ["ada", "bob"]
    assert moved.moves[1].after == make_residency(
        "bob", first_day=day("2026-02-02"), days=14, host="kim"
    )
    assert added.adjustments == (AddHostCapacity(host=HostId("kim"), capacity=1),)
    assert [added.price, moved.price] == [42, 42]


def test_the_first_host_receives_others() -> None:
    problem = make_problem(
        programme=make_programme(last_day=day("2026-02-01")),
        hosts=(make_host("kim", capacity=1), make_host("lee")),
        requests=(
            make_request("ada", **FOUR_WEEKS, min_days=28, hosts=("kim", "lee")),
            make_request("bob", **FOUR_WEEKS, min_days=28, hosts=("kim",)),
        ),
    )
    placed = make_residency("ada", host="lee"), make_residency("bob", host="kim")

    wish = the_wish(problem, *placed)

    assert (wish.kind, wish.points) == (WishKind.HOST, 5)
    assert text(problem, wish) == "The host is lee instead of the first choice, kim."
    assert adjustments(wish) == [(AddHostCapacity(host=HostId("kim"), capacity=1),)]
    # Moving bob means to drop him: 3 x 1000 points, and 5 are won.
    assert [repair.price for repair in wish.repairs] == [5, -2995]


def test_wished_features_are_in_a_zone_that_is_full() -> None:
    problem = make_problem(
        programme=make_programme(last_day=day("2026-02-01")),
        zones=(make_zone("zone-a"), make_zone("zone-b", desks=1, features=("quiet", "robot"))),
        requests=(
            make_request("ada", **FOUR_WEEKS, min_days=28, wishes=("quiet", "robot")),
            make_request("bob", **FOUR_WEEKS, min_days=28, needs=("quiet",)),
        ),
    )

    wish = the_wish(problem, make_residency("ada"), make_residency("bob", zone="zone-b"))

    assert (wish.kind, wish.points) == (WishKind.FEATURES, 20)
    assert text(problem, wish) == "Zone-a lacks what was wished for: quiet and robot."
    assert adjustments(wish) == [(AddDesks(zone=ZoneId("zone-b"), desks=1),)]


def test_wished_features_that_no_zone_has() -> None:
    problem = make_problem(requests=(make_request("ada", wishes=("sea",)),))

    wish = the_wish(problem, make_residency("ada"))

    assert [reason for _, reason in said(problem, wish.reasons)] == [
        "No zone that may be used has all that is needed: sea."
    ]
    assert wish.repairs == ()


def test_the_zone_of_most_points() -> None:
    problem = make_problem(
        zones=(make_zone("zone-a"), make_zone("zone-b")),
        requests=(make_request("ada", zone_points={"zone-b": 30, "zone-a": -10}),),
    )

    wish = the_wish(problem, make_residency("ada"))

    assert (wish.kind, wish.points) == (WishKind.ZONE, 40)
    assert text(problem, wish) == "Zone-a is worth fewer points than zone-b."
    assert [repair.price for repair in wish.repairs] == [40]


def test_what_was_published_and_has_changed() -> None:
    told = make_residency("ada", zone="zone-b", host="kim")
    problem = make_problem(
        zones=(make_zone("zone-a"), make_zone("zone-b")),
        hosts=(make_host("kim"), make_host("lee")),
        requests=(make_request("ada", hosts=None),),
        published=(told,),
    )

    changed = explained(problem, make_residency("ada", first_day=LATER, host="lee"))

    # 7 days at either end: 50 + 2 x 14 points.
    assert [(wish.kind, wish.points) for wish in changed.wishes] == [
        (WishKind.PUBLISHED_DAYS, 78),
        (WishKind.PUBLISHED_ZONE, 100),
        (WishKind.PUBLISHED_HOST, 100),
    ]
    assert [text(problem, wish) for wish in changed.wishes] == [
        "It was published for 5 Jan - 1 Feb 2026 and is now on 12 Jan - 8 Feb 2026.",
        "It was published for zone-b and is now in zone-a.",
        "It was published with host kim and now has lee.",
    ]
    assert [wish.repairs[0].price for wish in changed.wishes] == [278, 278, 278]


def test_a_pin_is_in_the_way_and_can_be_released() -> None:
    problem = make_problem(
        requests=(make_request("ada", preferred_first_day=LATER),),
        pins=(make_pin("ada", first_day=day("2026-01-05"), zone="zone-a"),),
    )

    wish = the_wish(problem, make_residency("ada"))

    assert [reason for _, reason in said(problem, wish.reasons)] == [
        "The office has pinned it: zone zone-a; first day 5 Jan 2026."
    ]
    assert adjustments(wish) == [(ReleasePin(request=RequestId("ada")),)]


def test_a_stay_that_was_published_and_begins_soon_can_be_freed_by_less_notice() -> None:
    problem = make_problem(
        programme=make_programme(today=day("2025-12-29")),
        policy=make_policy(frozen_days=14),
        requests=(make_request("ada", preferred_first_day=LATER),),
        published=(make_residency("ada"),),
    )

    wish = the_wish(problem, make_residency("ada"))

    assert [reason for _, reason in said(problem, wish.reasons)] == [
        "It was published and begins within 14 days of today, so it stays as it is."
    ]
    # The stay begins in 7 days.
    assert adjustments(wish) == [(ChangeFrozenDays(frozen_days=7),)]


def leeway_of(problem: Problem, plan: Plan) -> tuple[Freedom, str]:
    """Return how freely ada can move, in a word and in words."""
    leeway = find_leeways(problem, plan)[0]
    return leeway.freedom, say_whole(leeway.sentence, English(problem))


def test_a_stay_that_could_be_elsewhere_for_nothing_is_free() -> None:
    problem = make_problem(zones=(make_zone("zone-a"), make_zone("zone-b")))

    assert leeway_of(problem, make_plan(make_residency("ada"))) == (
        Freedom.FREE,
        "It could be elsewhere for nothing: 12 Jan - 8 Feb 2026 in zone-a, slot winter.",
    )


def test_a_stay_moves_at_the_cost_of_its_wishes() -> None:
    problem = make_problem(
        zones=(make_zone("zone-a"), make_zone("zone-b")),
        requests=(
            make_request("ada", preferred_first_day=day("2026-01-05"), zone_points={"zone-a": 5}),
        ),
    )

    assert leeway_of(problem, make_plan(make_residency("ada"))) == (
        Freedom.COST,
        (
            "It could be elsewhere, and the plan's points would fall by 5: "
            "5 Jan - 1 Feb 2026 in zone-b, slot winter."
        ),
    )


@pytest.mark.parametrize(
    ("others", "freedom", "said_of_it"),
    [
        ({}, Freedom.ONLY_WAY, "It cannot move: its own rules leave no other way."),
        (
            {"pins": (make_pin("ada"),)},
            Freedom.PINNED,
            "It cannot move: the office has pinned it.",
        ),
        (
            {"published": (make_residency("ada"),), "policy": make_policy(frozen_days=60)},
            Freedom.FROZEN,
            "It cannot move: it was published and begins soon.",
        ),
        (
            {"zones": (make_zone("zone-a"), make_zone("zone-b", desks=1))},
            Freedom.TAKEN,
            "It cannot move: others have everything else that would suit.",
        ),
    ],
)
def test_why_a_stay_cannot_move(others: dict[str, Any], freedom: Freedom, said_of_it: str) -> None:
    requests = tuple(make_request(name, **FOUR_WEEKS, min_days=28) for name in ("ada", "bob"))
    problem = make_problem(requests=requests, **others)
    bob = make_residency("bob", zone="zone-b" if "zones" in others else "zone-a")

    assert leeway_of(problem, make_plan(make_residency("ada"), bob)) == (freedom, said_of_it)
