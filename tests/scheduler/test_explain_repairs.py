"""What would help a request without a place: each kind of repair, its amount and its price.

The programme has four weeks, which are all that ``ada`` and ``bob`` ask for unless a test says
otherwise; bob has a place. A placed request of priority 3 is worth 3,000 points.
"""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.explain.english import English
from scheduler.explain.explain import explain_request
from scheduler.explain.explanation import Repair
from scheduler.explain.sentences import say_whole
from scheduler.problem.adjustments import (
    AddDesks,
    AddGpus,
    AddHostCapacity,
    AddPlaces,
    Adjustment,
    AllowHosts,
    ChangeLength,
    RaiseQuota,
    ShortenOverlap,
    WaiveNeed,
    WidenWindow,
)
from scheduler.problem.problem import Problem
from scheduler.problem.programme import Measure
from scheduler.problem.requests import Residency
from scheduler.problem.types import (
    CollaborationId,
    HostId,
    PoolId,
    QuotaId,
    RequestId,
    SlotId,
    ZoneId,
)
from tests.builders import (
    day,
    make_collaboration,
    make_event,
    make_host,
    make_plan,
    make_problem,
    make_programme,
    make_quota,
    make_request,
    make_reservation,
    make_residency,
    make_slot,
    make_zone,
)

ADA = RequestId("ada")
FOUR_WEEKS: dict[str, Any] = {"first_day": day("2026-01-05"), "last_day": day("2026-02-01")}
BOB = make_residency("bob")


def problem_of(
    *, ada: dict[str, Any] | None = None, bob: dict[str, Any] | None = None, **others: Any
) -> Problem:
    """Return a problem of both requests, for four weeks each unless they say otherwise."""
    requests = (
        make_request("ada", **{**FOUR_WEEKS, "min_days": 28, **(ada or {})}),
        make_request("bob", **{**FOUR_WEEKS, "min_days": 28, **(bob or {})}),
    )
    programme = make_programme(last_day=day("2026-02-01"))
    return make_problem(**{"requests": requests, "programme": programme, **others})


def repairs(problem: Problem, *residencies: Residency) -> tuple[Repair, ...]:
    """Return what would help ada beside some residencies."""
    return explain_request(problem, make_plan(*residencies), ADA).repairs


def adjustments(problem: Problem, *residencies: Residency) -> list[tuple[Adjustment, ...]]:
    """Return the adjustments that would help ada."""
    found = repairs(problem, *residencies)
    return [repair.adjustments for repair in found if repair.adjustments]


def text(problem: Problem, repair: Repair) -> str:
    """Return what is said of a repair."""
    return say_whole(repair.sentence, English(problem))


def test_a_repair_says_what_to_do_what_comes_of_it_and_what_it_is_worth() -> None:
    problem = problem_of(slots=(make_slot(places=1),))

    added, dropped = repairs(problem, BOB)

    assert added.adjustments == (AddPlaces(slot=SlotId("winter"), places=1),)
    assert [(move.request, move.before) for move in added.moves] == [("ada", None)]
    assert added.moves[0].after == make_residency("ada")
    assert added.price == 3000
    assert text(problem, added) == (
        "Add places to winter: 1; ada stays 5 Jan - 1 Feb 2026 in zone-a, slot winter: "
        "the plan's points rise by 3,000."
    )
    assert (dropped.adjustments, dropped.price) == ((), 0)
    assert text(problem, dropped) == (
        "Ada stays 5 Jan - 1 Feb 2026 in zone-a, slot winter; "
        "bob loses its place, 5 Jan - 1 Feb 2026 in zone-a, slot winter: "
        "the plan's points stay the same."
    )


@pytest.mark.parametrize(
    ("adjustment", "others"),
    [
        (
            AddDesks(zone=ZoneId("zone-a"), desks=2),
            {"zones": (make_zone(desks=3),), "ada": {"desks": 3}, "bob": {"desks": 2}},
        ),
        (
            AddGpus(pool=PoolId("cluster"), gpus=16),
            {"ada": {"gpus": 40}, "bob": {"gpus": 40}},
        ),
        (
            AddHostCapacity(host=HostId("kim"), capacity=1),
            {
                "ada": {"hosts": ("kim",)},
                "bob": {"hosts": ("kim",)},
                "hosts": (make_host(capacity=1),),
            },
        ),
        (
            # Both are there for 28 days.
            RaiseQuota(quota=QuotaId("few"), max=56),
            {"quotas": (make_quota("few", measure=Measure.PERSON_DAYS, max=40),)},
        ),
        (
            # At most seven days are shared by stays of one week and of four.
            ShortenOverlap(collaboration=CollaborationId("team"), min_overlap_days=7),
            {
                "ada": {"min_days": 7, "max_days": 7},
                "collaborations": (make_collaboration("ada", "bob", min_overlap_days=14),),
            },
        ),
    ],
    ids=lambda value: getattr(value, "kind", ""),
)
def test_the_least_offer_that_suffices(adjustment: Adjustment, others: dict[str, Any]) -> None:
    problem = problem_of(**others)
    request = problem.request[RequestId("bob")]
    bob = make_residency(
        "bob", host="kim" if request.hosts else None, pool="cluster" if request.gpus else None
    )

    assert (adjustment,) in adjustments(problem, bob)


def test_a_window_is_widened_to_the_first_day_that_is_free() -> None:
    ada: dict[str, Any] = {"first_day": day("2026-01-12"), "last_day": day("2026-02-08")}
    problem = problem_of(
        ada={**ada, "min_days": 28},
        slots=(make_slot(places=1),),
        programme=make_programme(last_day=day("2026-03-29")),
    )

    # Bob leaves on 1 February; ada could come on 2 February for four weeks.
    assert WidenWindow(request=ADA, last_day=day("2026-03-01")) in [
        each for (each,) in adjustments(problem, BOB)
    ]


def test_a_window_is_widened_to_the_last_day_that_is_free() -> None:
    problem = problem_of(
        ada={"first_day": day("2026-02-16"), "last_day": day("2026-03-15")},
        bob={"min_days": 14, "last_day": day("2026-03-15")},
        slots=(make_slot(places=1),),
        programme=make_programme(last_day=day("2026-03-15")),
    )
    bob = make_residency("bob", first_day=day("2026-03-02"), days=14)

    # The four weeks until 1 March begin on 2 February.
    assert WidenWindow(request=ADA, first_day=day("2026-02-02")) in [
        each for (each,) in adjustments(problem, bob)
    ]


def test_a_stay_is_shortened_no_more_than_needed() -> None:
    problem = problem_of(
        ada={"max_days": 28}, bob={"min_days": 7, "max_days": 7}, slots=(make_slot(places=1),)
    )
    bob = make_residency("bob", days=7)

    # From 12 January to 1 February are 21 days.
    assert adjustments(problem, bob) == [
        (AddPlaces(slot=SlotId("winter"), places=1),),
        (ChangeLength(request=ADA, min_days=21),),
    ]


def test_no_stay_is_shortened_to_less_than_half() -> None:
    problem = problem_of(bob={"min_days": 21}, slots=(make_slot(places=1),))
    bob = make_residency("bob", days=21)

    # One week would be left.
    assert adjustments(problem, bob) == [(AddPlaces(slot=SlotId("winter"), places=1),)]


def test_a_stay_is_lengthened_for_an_event() -> None:
    problem = problem_of(
        ada={"min_days": 7, "max_days": 7, "must_attend": ("school",)},
        events=(make_event("school", "2026-01-07", "2026-01-14"),),
    )

    # From Monday, 5 January, a stay of two weeks covers it.
    assert adjustments(problem) == [(ChangeLength(request=ADA, max_days=14),)]


def test_another_host_may_receive_the_visitor() -> None:
    problem = problem_of(
        hosts=(make_host("kim", capacity=1), make_host("lee")),
        ada={"hosts": ("kim",)},
        bob={"hosts": ("kim",)},
    )

    # Lee comes second in the list then, which costs 5 points.
    found = repairs(problem, make_residency("bob", host="kim"))
    assert [(repair.adjustments, repair.price) for repair in found] == [
        ((AddHostCapacity(host=HostId("kim"), capacity=1),), 3000),
        ((AllowHosts(request=ADA, hosts=(HostId("lee"),)),), 2995),
        ((), 0),
    ]


def test_needs_are_waived_one_by_one_or_all() -> None:
    one = problem_of(ada={"needs": ("quiet",)})
    both = problem_of(ada={"needs": ("quiet", "robot")}, zones=(make_zone(features=("robot",)),))
    all_of_them = problem_of(ada={"needs": ("quiet", "robot")})
    quiet, robot = (WaiveNeed(request=ADA, feature=name) for name in ("quiet", "robot"))

    assert adjustments(one) == [(quiet,)]
    assert (quiet,) in adjustments(both)
    assert (robot,) not in adjustments(both)
    assert adjustments(all_of_them) == [(quiet, robot)]


def test_desks_that_reservations_take_are_added_too() -> None:
    problem = problem_of(reservations=(make_reservation(desks=9),))

    # Nine of eight desks are reserved: it takes two more.
    assert adjustments(problem) == [(AddDesks(zone=ZoneId("zone-a"), desks=2),)]


def test_where_one_thing_alone_does_not_help_several_do() -> None:
    problem = problem_of(slots=(make_slot(places=1),), zones=(make_zone(desks=1),))

    assert adjustments(problem, BOB) == [
        (AddPlaces(slot=SlotId("winter"), places=1), AddDesks(zone=ZoneId("zone-a"), desks=1))
    ]


def test_all_who_are_in_the_way_move_where_there_is_room() -> None:
    weeks: dict[str, Any] = {"first_day": day("2026-01-05"), "last_day": day("2026-01-18")}
    week: dict[str, Any] = {"min_days": 7, "max_days": 7, "hosts": ("kim",)}
    problem = make_problem(
        programme=make_programme(last_day=day("2026-02-01")),
        hosts=(make_host("kim", capacity=1),),
        requests=(
            make_request("ada", **weeks, **{**week, "min_days": 14, "max_days": 14}),
            make_request("bob", last_day=day("2026-02-01"), **week),
            make_request("eve", last_day=day("2026-02-01"), **week),
        ),
    )
    bob = make_residency("bob", days=7, host="kim")
    eve = make_residency("eve", first_day=day("2026-01-12"), days=7, host="kim")

    found = [repair for repair in repairs(problem, bob, eve) if not repair.adjustments]

    # Both have to make way, and there are two weeks left for them.
    assert [(repair.price, len(repair.moves)) for repair in found] == [(3000, 3)]
    assert all(move.after is not None for move in found[0].moves)


def test_the_best_moves_the_fewest_and_those_that_drop_nobody_are_told_apart() -> None:
    weeks: dict[str, Any] = {"first_day": day("2026-01-05"), "last_day": day("2026-01-18")}
    week: dict[str, Any] = {"min_days": 7, "max_days": 7}
    problem = make_problem(
        programme=make_programme(last_day=day("2026-02-01")),
        zones=(make_zone("zone-a", desks=1), make_zone("zone-b", desks=1)),
        requests=(
            make_request("ada", **weeks, min_days=14, max_days=14, zones=("zone-a",)),
            make_request("bob", **weeks, **week, zone_points={"zone-b": -100}, priority=1),
            make_request(
                "eve", last_day=day("2026-02-01"), min_days=14, max_days=14, zones=("zone-b",)
            ),
            make_request("joe", **weeks, min_days=14, max_days=14, priority=2, zones=("zone-b",)),
        ),
    )
    bob = make_residency("bob", days=7)
    eve = make_residency("eve", days=14, zone="zone-b")

    found = [repair for repair in repairs(problem, bob, eve) if not repair.adjustments]

    # Bob loses his place for 1,000 points, or takes eve's, who comes later, for 100.
    assert [(repair.price, len(repair.moves)) for repair in found] == [(2900, 3), (2000, 2)]
    assert text(problem, found[0]) == (
        "Ada stays 5 - 18 Jan 2026 in zone-a, slot winter; bob moves (zone-b instead of zone-a); "
        "eve moves (19 Jan - 1 Feb 2026 instead of 5 - 18 Jan 2026): "
        "the plan's points rise by 2,900."
    )


def test_nothing_helps_where_no_zone_ever_opens() -> None:
    closed = make_zone(first_day=day("2027-01-01"))
    problem = problem_of(zones=(closed,))

    explained = explain_request(problem, make_plan(), ADA)

    assert explained.repairs == ()
    assert [say_whole(each, English(problem)) for each in explained.remarks] == [
        "No single change that was tried makes room for it."
    ]


def test_a_request_that_fits_is_told_where_and_what_the_plan_gains() -> None:
    problem = problem_of()

    explained = explain_request(problem, make_plan(BOB), ADA)

    assert explained.reasons == ()
    assert [say_whole(each, English(problem)) for each in explained.remarks] == [
        "First days that its own rules leave: 1 (5 Jan 2026).",
        "It fits as the plan is, and nobody would have to move.",
    ]
    (placed,) = explained.repairs
    assert (placed.adjustments, placed.price) == ((), 3000)
    assert [move.request for move in placed.moves] == ["ada"]
