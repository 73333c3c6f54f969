"""H6 exclusive zone, as verified."""

from __future__ import annotations

import pytest

from scheduler.problem.places import ExclusiveBy
from scheduler.problem.problem import Problem
from scheduler.rules import Rule
from scheduler.verify import check_plan
from tests.builders import (
    day,
    make_institution,
    make_plan,
    make_problem,
    make_request,
    make_researcher,
    make_reservation,
    make_residency,
    make_slot,
    make_track,
    make_zone,
)
from tests.verifying import broken_rules, violation


def of_two_kinds(exclusive_by: ExclusiveBy, *, alike: bool) -> Problem:
    """Return a problem with one exclusive zone, where ada and bob are alike in it or not."""
    waterloo, kaist = make_institution("waterloo", country="CA"), make_institution("kaist")
    bob = {"institution": "waterloo", "track": "vision", "group": "red"}
    if not alike:
        bob[exclusive_by] = {"institution": "kaist", "track": "robots", "group": "blue"}.get(
            exclusive_by, ""
        )
    if exclusive_by is ExclusiveBy.COUNTRY:
        bob["institution"] = "kaist"
        kaist = make_institution("kaist", country="CA" if alike else "KR")
    return make_problem(
        zones=(make_zone(exclusive_by=exclusive_by),),
        tracks=(make_track("vision"), make_track("robots")),
        slots=(make_slot(tracks=("vision", "robots")),),
        institutions=(waterloo, kaist),
        researchers=(
            make_researcher("ada", institution="waterloo"),
            make_researcher("bob", institution=bob["institution"]),
        ),
        requests=(
            make_request("ada", track="vision", group="red"),
            make_request("bob", track=bob["track"], group=bob["group"]),
        ),
    )


@pytest.mark.parametrize("exclusive_by", ExclusiveBy)
def test_residencies_with_one_value_share_an_exclusive_zone(exclusive_by: ExclusiveBy) -> None:
    problem = of_two_kinds(exclusive_by, alike=True)

    assert broken_rules(problem, make_residency("ada"), make_residency("bob")) == []


@pytest.mark.parametrize("exclusive_by", ExclusiveBy)
def test_residencies_with_two_values_break_the_exclusive_zone(exclusive_by: ExclusiveBy) -> None:
    problem = of_two_kinds(exclusive_by, alike=False)

    ada = make_residency("ada", first_day=day("2026-01-05"), last_day=day("2026-01-25"))
    bob = make_residency("bob", first_day=day("2026-01-19"), last_day=day("2026-02-08"))

    assert check_plan(problem, make_plan(ada, bob)) == (
        violation(
            Rule.EXCLUSIVE_ZONE,
            "ada",
            "bob",
            text=f"Zone 'zone-a' is for one {exclusive_by} at a time, "
            "but 'ada' and 'bob' differ from 2026-01-19 to 2026-01-25.",
        ),
    )


@pytest.mark.parametrize("exclusive_by", ExclusiveBy)
def test_residencies_with_two_values_may_follow_each_other(exclusive_by: ExclusiveBy) -> None:
    problem = of_two_kinds(exclusive_by, alike=False)

    ada = make_residency("ada", first_day=day("2026-01-05"), last_day=day("2026-01-25"))
    bob = make_residency("bob", first_day=day("2026-01-26"))

    assert broken_rules(problem, ada, bob) == []


def test_two_without_a_group_share_a_zone_that_is_exclusive_by_group() -> None:
    problem = make_problem(
        zones=(make_zone(exclusive_by=ExclusiveBy.GROUP),),
        requests=(make_request("ada"), make_request("bob")),
        reservations=(make_reservation(group=None),),
    )

    assert broken_rules(problem, make_residency("ada"), make_residency("bob")) == []


def test_one_with_and_one_without_a_group_break_a_zone_that_is_exclusive_by_group() -> None:
    problem = make_problem(
        zones=(make_zone(exclusive_by=ExclusiveBy.GROUP),),
        requests=(make_request("ada", group="red"), make_request("bob")),
    )

    residencies = make_residency("ada"), make_residency("bob")

    assert broken_rules(problem, *residencies) == [Rule.EXCLUSIVE_ZONE]


def test_a_reservation_of_the_same_institution_shares_the_exclusive_zone() -> None:
    problem = make_problem(
        zones=(make_zone(exclusive_by=ExclusiveBy.INSTITUTION),),
        reservations=(make_reservation(institution="waterloo"),),
    )

    assert broken_rules(problem, make_residency("ada")) == []


def test_a_reservation_of_the_same_country_shares_the_exclusive_zone() -> None:
    problem = make_problem(
        institutions=(
            make_institution("waterloo", country="CA"),
            make_institution("vector", country="CA"),
        ),
        zones=(make_zone(exclusive_by=ExclusiveBy.COUNTRY),),
        reservations=(make_reservation(institution="vector"),),
    )

    assert broken_rules(problem, make_residency("ada")) == []


@pytest.mark.parametrize("exclusive_by", [ExclusiveBy.INSTITUTION, ExclusiveBy.COUNTRY])
def test_a_reservation_of_no_institution_breaks_the_exclusive_zone(
    exclusive_by: ExclusiveBy,
) -> None:
    problem = make_problem(
        zones=(make_zone(exclusive_by=exclusive_by),),
        reservations=(make_reservation("company", institution=None),),
    )

    assert check_plan(problem, make_plan(make_residency("ada"))) == (
        violation(
            Rule.EXCLUSIVE_ZONE,
            "ada",
            text=f"Zone 'zone-a' is for one {exclusive_by} at a time, "
            "but 'ada' and 'company' differ from 2026-01-05 to 2026-02-01.",
        ),
    )


def test_a_reservation_never_shares_a_zone_that_is_exclusive_by_track() -> None:
    problem = make_problem(
        zones=(make_zone(exclusive_by=ExclusiveBy.TRACK),),
        reservations=(make_reservation(institution="waterloo", group="vision"),),
    )

    assert broken_rules(problem, make_residency("ada")) == [Rule.EXCLUSIVE_ZONE]


def test_reservations_that_differ_among_themselves_break_nothing_until_somebody_stays() -> None:
    problem = make_problem(
        zones=(make_zone(exclusive_by=ExclusiveBy.GROUP),),
        reservations=(
            make_reservation("red-company", group="red"),
            make_reservation("blue-company", group="blue"),
        ),
        requests=(make_request("ada", group="red"),),
    )

    assert broken_rules(problem) == []
    assert broken_rules(problem, make_residency("ada")) == [Rule.EXCLUSIVE_ZONE]
