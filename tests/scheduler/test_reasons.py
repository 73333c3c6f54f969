"""Why a request is not placed: the rule that stands in its way, in each kind of case.

``bob`` is placed from Monday, 5 January 2026, for four weeks; ``ada`` wants to come on these
very days.
"""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.candidates.space import build_space
from scheduler.explain.reasons import SENTENCES, explain_unplaced
from scheduler.plan import Reason
from scheduler.problem.places import ExclusiveBy
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from scheduler.rules import Rule
from tests.builders import (
    day,
    make_collaboration,
    make_event,
    make_host,
    make_institution,
    make_policy,
    make_pool,
    make_problem,
    make_quota,
    make_range,
    make_request,
    make_researcher,
    make_reservation,
    make_residency,
    make_separation,
    make_site,
    make_slot,
    make_track,
    make_zone,
)

FOUR_WEEKS: dict[str, Any] = {"first_day": day("2026-01-05"), "last_day": day("2026-02-01")}
BOB = make_residency("bob")


def problem_of(
    *, ada: dict[str, Any] | None = None, bob: dict[str, Any] | None = None, **others: Any
) -> Problem:
    """Return a problem of both requests, for four weeks each."""
    requests = (
        make_request("ada", **FOUR_WEEKS, **{"min_days": 28, **(ada or {})}),
        make_request("bob", **FOUR_WEEKS, **{"min_days": 28, **(bob or {})}),
    )
    return make_problem(requests=requests, **others)


def why(problem: Problem, *residencies: Residency) -> list[Reason]:
    """Return the reasons why ada is not placed beside some residencies."""
    space = build_space(problem)
    ways = {}
    for residency in residencies:
        way = space.find_way(residency)
        assert way is not None
        ways[space.position[residency.request]] = way
    return list(explain_unplaced(space, ways)[0].why)


def reason(rule: Rule, names: str) -> Reason:
    """Return the reason that names a rule and what is scarce."""
    return Reason(rule=rule, text=f"{SENTENCES[rule]} ({names})")


def alone(rule: Rule) -> Reason:
    """Return the reason of a request that nothing would help."""
    return Reason(rule=rule, text=f"{SENTENCES[rule]}, whoever else is there")


def test_a_request_that_would_fit_has_no_reason() -> None:
    assert why(problem_of(), BOB) == []


def test_the_only_place_of_a_slot_is_taken() -> None:
    problem = problem_of(slots=(make_slot(places=1),))

    assert why(problem, BOB) == [reason(Rule.SLOT, "winter")]


def test_the_desks_of_the_only_zone_are_taken() -> None:
    problem = problem_of(zones=(make_zone(desks=1),))

    assert why(problem, BOB) == [reason(Rule.ZONE, "zone-a desks")]


def test_the_square_metres_of_the_only_zone_are_taken() -> None:
    problem = problem_of(ada={"area_m2": 100}, bob={"area_m2": 21})

    assert why(problem, BOB) == [reason(Rule.ZONE, "zone-a m2")]


def test_the_only_zone_is_held_by_another_institution() -> None:
    problem = problem_of(
        zones=(make_zone(exclusive_by=ExclusiveBy.INSTITUTION),),
        institutions=(make_institution("waterloo"), make_institution("kaist")),
        researchers=(make_researcher("ada", institution="kaist"), make_researcher("bob")),
    )

    assert why(problem, BOB) == [reason(Rule.EXCLUSIVE_ZONE, "zone-a")]


def test_the_only_host_receives_another() -> None:
    problem = problem_of(
        hosts=(make_host("kim", capacity=1),), ada={"hosts": ("kim",)}, bob={"hosts": ("kim",)}
    )

    assert why(problem, make_residency("bob", host="kim")) == [reason(Rule.HOST, "kim")]


def test_the_gpus_of_the_only_pool_are_taken() -> None:
    problem = problem_of(ada={"gpus": 40}, bob={"gpus": 40})

    assert why(problem, make_residency("bob", pool="cluster")) == [
        reason(Rule.COMPUTING, "cluster")
    ]


def test_the_researcher_is_there_already() -> None:
    problem = problem_of(bob={"researcher": "ada"})

    assert why(problem, BOB) == [reason(Rule.OWN_CALENDAR, "ada")]


def test_a_rival_is_in_the_only_zone() -> None:
    problem = problem_of(separations=(make_separation("ada", "bob"),))

    assert why(problem, BOB) == [reason(Rule.SEPARATION, "rivals in zone-a")]


def test_a_quota_is_used_up() -> None:
    problem = problem_of(quotas=(make_quota("few", max=1),))

    assert why(problem, BOB) == [reason(Rule.QUOTA, "few")]


def test_a_partner_is_there_on_other_days() -> None:
    problem = problem_of(
        ada={"min_days": 7, "max_days": 7},
        collaborations=(make_collaboration("ada", "bob", min_overlap_days=14),),
    )

    assert why(problem, BOB) == [reason(Rule.COLLABORATION, "team")]


def test_every_rule_without_which_the_request_would_fit_is_named() -> None:
    problem = problem_of(
        slots=(make_slot("winter", places=1), make_slot("robots", tracks=("robots",))),
        tracks=(make_track("vision"), make_track("robots")),
        zones=(make_zone(desks=1),),
    )

    # Neither a place nor a desk alone would do.
    assert why(problem, BOB) == [
        reason(Rule.SLOT, "winter"),
        reason(Rule.ZONE, "zone-a desks"),
    ]


def test_what_is_full_on_other_days_is_not_named() -> None:
    problem = make_problem(
        slots=(make_slot(places=1),),
        zones=(make_zone("zone-a", desks=1), make_zone("zone-b", features=("quiet",))),
        hosts=(make_host("kim", capacity=1), make_host("lee")),
        requests=(
            make_request("ada", **FOUR_WEEKS, min_days=28, needs=("quiet",), hosts=("kim", "lee")),
            make_request("bob", **FOUR_WEEKS, min_days=28, hosts=("lee",)),
            make_request("eve", first_day=day("2026-02-02"), min_days=28, hosts=("kim",)),
        ),
    )
    bob = make_residency("bob", host="lee")
    eve = make_residency("eve", host="kim", first_day=day("2026-02-02"))

    # zone-a does not suit her, and kim is busy only in February
    assert why(problem, bob, eve) == [reason(Rule.SLOT, "winter")]


def test_at_most_three_scarce_things_are_named() -> None:
    slots = tuple(make_slot(f"slot-{number}", places=1) for number in range(5))
    names = ("ada", *(f"guest-{number}" for number in range(5)))
    problem = make_problem(
        slots=slots, requests=tuple(make_request(name, **FOUR_WEEKS, min_days=28) for name in names)
    )
    guests = [make_residency(f"guest-{number}", slot=f"slot-{number}") for number in range(5)]

    assert why(problem, *guests) == [reason(Rule.SLOT, "slot-0, slot-1, slot-2 and 2 more")]


@pytest.mark.parametrize(
    ("rules", "ada", "others"),
    [
        ([3], {"first_day": day("2026-01-06"), "last_day": day("2026-02-02")}, {}),
        ([4], {}, {"slots": (make_slot(last_day=day("2026-01-25")),)}),
        ([3], {}, {"sites": (make_site(closures=(make_range("2026-01-05"),)),)}),
        ([4], {"track": "robots"}, {}),
        ([5], {"needs": ("quiet",)}, {}),
        ([5], {}, {"reservations": (make_reservation(desks=8),)}),
        (
            [6],
            {},
            {
                "zones": (make_zone(exclusive_by=ExclusiveBy.GROUP),),
                "reservations": (make_reservation(group="red"),),
            },
        ),
        ([7], {"hosts": ("lee",)}, {}),
        ([8], {"gpus": 65}, {}),
        ([9], {"unavailable": (make_range("2026-01-20"),)}, {}),
        ([10], {}, {"policy": make_policy(visa_lead_days={"CA": 64})}),
        ([11], {"must_attend": ("demo",)}, {}),
    ],
)
def test_rules_without_which_the_request_would_have_a_stay_are_named_days_and_length_last(
    rules: list[int], ada: dict[str, Any], others: dict[str, Any]
) -> None:
    values: dict[str, Any] = {
        "tracks": (make_track("vision"), make_track("robots")),
        "hosts": (
            make_host("kim"),
            make_host("lee", absences=(make_range("2026-01-05"),)),
        ),
        "sites": (make_site("seoul"),),
        "events": (make_event("demo", "2026-02-02"),),
        "policy": make_policy(stay_step_days=7),
    }
    request = make_request("ada", **{**FOUR_WEEKS, "min_days": 28, **ada})
    problem = make_problem(**{**values, "requests": (request,), **others})

    assert why(problem) == [alone(Rule(f"H{number}")) for number in rules]


@pytest.mark.parametrize(
    ("missing", "rules"),
    [
        ({"slots": ()}, [Rule.SLOT]),
        ({"zones": ()}, [Rule.ZONE]),
        ({"hosts": ()}, [Rule.HOST]),
        ({"pools": ()}, [Rule.COMPUTING]),
        ({"slots": (), "zones": ()}, [Rule.SLOT, Rule.ZONE]),
    ],
)
def test_what_the_scenario_does_not_have_at_all_is_named(
    missing: dict[str, Any], rules: list[Rule]
) -> None:
    problem = make_problem(requests=(make_request("ada", hosts=None, gpus=1),), **missing)

    assert why(problem) == [alone(rule) for rule in rules]


def test_a_slot_at_one_site_and_zones_at_another_is_a_lack_of_zones() -> None:
    problem = make_problem(
        sites=(make_site("seoul"), make_site("busan")), slots=(make_slot(site="busan"),)
    )

    assert why(problem) == [alone(Rule.ZONE)]


def test_two_rules_that_stand_in_the_way_together_are_both_named() -> None:
    problem = make_problem(
        pools=(make_pool(gpus=1),),
        requests=(make_request("ada", gpus=2, needs=("quiet",)),),
    )

    assert why(problem) == [alone(Rule.ZONE), alone(Rule.COMPUTING)]


def test_whoever_is_placed_has_no_reasons_and_all_others_are_listed() -> None:
    problem = problem_of(slots=(make_slot(places=1),))
    space = build_space(problem)
    way = space.find_way(make_residency("ada"))
    assert way is not None

    unplaced = explain_unplaced(space, {0: way})

    assert [each.request for each in unplaced] == ["bob"]
