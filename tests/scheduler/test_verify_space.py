"""H4 slot, H5 zone and H12 separation, as verified."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.rules import Rule
from scheduler.verify import check_plan
from tests.builders import (
    day,
    make_building,
    make_floor,
    make_plan,
    make_problem,
    make_range,
    make_request,
    make_reservation,
    make_residency,
    make_separation,
    make_site,
    make_slot,
    make_track,
    make_zone,
)
from tests.verifying import broken_rules, violation

ADA_AND_BOB = (make_request("ada"), make_request("bob"))


def test_a_slot_takes_as_many_residencies_as_it_has_places() -> None:
    problem = make_problem(slots=(make_slot(places=2),), requests=ADA_AND_BOB)

    assert broken_rules(problem, make_residency("ada"), make_residency("bob")) == []


def test_one_residency_too_many_on_some_days_breaks_the_slot() -> None:
    problem = make_problem(slots=(make_slot(places=1),), requests=ADA_AND_BOB)

    ada = make_residency("ada", first_day=day("2026-01-05"), last_day=day("2026-01-25"))
    bob = make_residency("bob", first_day=day("2026-01-19"), last_day=day("2026-02-08"))

    assert check_plan(problem, make_plan(ada, bob)) == (
        violation(
            Rule.SLOT,
            "ada",
            "bob",
            text="Slot 'winter' has 2 residencies from 2026-01-19 to 2026-01-25, of at most 1, "
            "with 'ada' and 'bob'.",
        ),
    )


def test_a_place_may_be_taken_on_the_day_after_it_was_left() -> None:
    problem = make_problem(slots=(make_slot(places=1),), requests=ADA_AND_BOB)

    ada = make_residency("ada", first_day=day("2026-01-05"), last_day=day("2026-01-25"))
    bob = make_residency("bob", first_day=day("2026-01-26"))

    assert broken_rules(problem, ada, bob) == []


def test_a_request_of_another_track_breaks_the_slot() -> None:
    problem = make_problem(
        tracks=(make_track("vision"), make_track("robots")),
        requests=(make_request("ada", track="robots"),),
    )

    assert check_plan(problem, make_plan(make_residency("ada"))) == (
        violation(
            Rule.SLOT,
            "ada",
            text="Request 'ada' is of track 'robots', which slot 'winter' does not take.",
        ),
    )


def test_a_stay_that_ends_after_its_slot_breaks_the_slot() -> None:
    problem = make_problem(slots=(make_slot(last_day=day("2026-01-31")),))

    residency = make_residency("ada", first_day=day("2026-01-05"), last_day=day("2026-02-01"))

    assert broken_rules(problem, residency) == [Rule.SLOT]


def test_a_stay_may_be_the_whole_of_its_slot() -> None:
    slot = make_slot(first_day=day("2026-01-05"), last_day=day("2026-02-01"))

    residency = make_residency("ada", first_day=day("2026-01-05"), last_day=day("2026-02-01"))

    assert broken_rules(make_problem(slots=(slot,)), residency) == []


def test_a_slot_that_is_not_there_breaks_the_slot() -> None:
    assert broken_rules(make_problem(), make_residency("ada", slot="summer")) == [Rule.SLOT]


def test_a_zone_that_suits_in_everything_is_allowed() -> None:
    zone = make_zone(tracks=("vision",), features=("quiet", "gpu", "robot"), desks=2, area_m2=30)
    request = make_request(
        "ada",
        desks=2,
        area_m2=30,
        needs=("quiet", "robot"),
        sites=("seoul",),
        zones=("zone-a", "zone-b"),
    )

    problem = make_problem(zones=(zone, make_zone("zone-b")), requests=(request,))

    assert broken_rules(problem, make_residency("ada")) == []


@pytest.mark.parametrize(
    ("request_fields", "text"),
    [
        ({"sites": ("busan",)}, "Request 'ada' does not allow site 'seoul'."),
        ({"sites": ()}, "Request 'ada' does not allow site 'seoul'."),
        ({"zones": ("zone-b",)}, "Request 'ada' does not allow zone 'zone-a'."),
        (
            {"needs": ("quiet", "robot", "lift")},
            "Request 'ada' needs 'robot' and 'lift', which zone 'zone-a' does not have.",
        ),
    ],
)
def test_a_zone_that_the_request_does_not_allow_breaks_the_zone(
    request_fields: dict[str, Any], text: str
) -> None:
    problem = make_problem(
        sites=(make_site("seoul"), make_site("busan")),
        zones=(make_zone("zone-a", features=("quiet",)), make_zone("zone-b")),
        requests=(make_request("ada", **request_fields),),
    )

    assert check_plan(problem, make_plan(make_residency("ada"))) == (
        violation(Rule.ZONE, "ada", text=text),
    )


def test_more_desks_or_area_than_a_zone_has_break_the_zone() -> None:
    problem = make_problem(
        zones=(make_zone(desks=2, area_m2=30),),
        requests=(
            make_request("ada", desks=3),
            make_request("bob", desks=2, area_m2=30),
            make_request("eve", area_m2=31),
        ),
    )

    assert check_plan(problem, make_plan(make_residency("ada"))) == (
        violation(
            Rule.ZONE,
            "ada",
            text="Zone 'zone-a' has 3 desks taken from 2026-01-05 to 2026-02-01, "
            "of at most 2, with 'ada'.",
        ),
    )
    assert check_plan(problem, make_plan(make_residency("bob"))) == ()
    assert check_plan(problem, make_plan(make_residency("eve"))) == (
        violation(
            Rule.ZONE,
            "eve",
            text="Zone 'zone-a' has 31 m2 taken from 2026-01-05 to 2026-02-01, "
            "of at most 30, with 'eve'.",
        ),
    )


def test_a_zone_of_other_tracks_breaks_the_zone() -> None:
    problem = make_problem(
        tracks=(make_track("vision"), make_track("robots")),
        zones=(make_zone(tracks=("robots",)),),
    )

    assert check_plan(problem, make_plan(make_residency("ada"))) == (
        violation(
            Rule.ZONE,
            "ada",
            text="Request 'ada' is of track 'vision', which zone 'zone-a' does not take.",
        ),
    )


def test_a_zone_at_another_site_than_the_slot_breaks_the_zone() -> None:
    problem = make_problem(
        sites=(make_site("seoul"), make_site("busan")), slots=(make_slot(site="busan"),)
    )

    assert check_plan(problem, make_plan(make_residency("ada"))) == (
        violation(
            Rule.ZONE,
            "ada",
            text="Request 'ada' is in a slot at site 'busan', "
            "but zone 'zone-a' is at site 'seoul'.",
        ),
    )


def test_a_zone_that_is_not_there_breaks_the_zone() -> None:
    assert broken_rules(make_problem(), make_residency("ada", zone="attic")) == [Rule.ZONE]


def test_a_stay_may_fill_the_days_between_two_closures_of_its_zone() -> None:
    zone = make_zone(
        first_day=day("2026-01-05"),
        last_day=day("2026-02-02"),
        closures=(make_range("2025-12-24", "2026-01-04"), make_range("2026-02-02")),
    )

    residency = make_residency("ada", first_day=day("2026-01-05"), last_day=day("2026-02-01"))

    assert broken_rules(make_problem(zones=(zone,)), residency) == []


def test_a_day_on_which_the_zone_is_closed_breaks_the_zone() -> None:
    problem = make_problem(zones=(make_zone(closures=(make_range("2026-01-20"),)),))

    assert check_plan(problem, make_plan(make_residency("ada"))) == (
        violation(
            Rule.ZONE,
            "ada",
            text="Request 'ada' stays from 2026-01-05 to 2026-02-01, "
            "but zone 'zone-a' is closed on 2026-01-20.",
        ),
    )


def test_a_zone_that_opens_later_breaks_the_zone() -> None:
    problem = make_problem(zones=(make_zone(first_day=day("2026-01-06")),))

    assert check_plan(problem, make_plan(make_residency("ada"))) == (
        violation(
            Rule.ZONE,
            "ada",
            text="Request 'ada' stays from 2026-01-05 to 2026-02-01, "
            "but zone 'zone-a' is open from 2026-01-06.",
        ),
    )


def test_reservations_take_desks_and_area_from_residencies() -> None:
    reservation = make_reservation(
        desks=7, area_m2=100, first_day=day("2026-01-05"), last_day=day("2026-01-06")
    )
    just_enough = make_problem(
        reservations=(reservation,), requests=(make_request("ada", desks=1, area_m2=20),)
    )
    too_much = make_problem(
        reservations=(reservation,), requests=(make_request("ada", desks=2, area_m2=21),)
    )

    assert broken_rules(just_enough, make_residency("ada")) == []
    assert check_plan(too_much, make_plan(make_residency("ada"))) == (
        violation(
            Rule.ZONE,
            "ada",
            text="Zone 'zone-a' has 9 desks taken from 2026-01-05 to 2026-01-06, of at most 8, "
            "with 'ada'.",
        ),
        violation(
            Rule.ZONE,
            "ada",
            text="Zone 'zone-a' has 121 m2 taken from 2026-01-05 to 2026-01-06, of at most 120, "
            "with 'ada'.",
        ),
    )


def test_a_zone_with_more_reserved_than_it_has_takes_no_residency_on_those_days() -> None:
    overfull = make_reservation(
        desks=0, area_m2=121, first_day=day("2026-02-01"), last_day=day("2026-02-01")
    )
    problem = make_problem(
        reservations=(overfull,), requests=(make_request("ada", desks=1, area_m2=0),)
    )

    until_then = make_residency("ada", first_day=day("2026-01-05"), last_day=day("2026-01-25"))
    too_long = make_residency("ada", first_day=day("2026-01-05"), last_day=day("2026-02-01"))

    assert broken_rules(problem) == []
    assert broken_rules(problem, until_then) == []
    assert broken_rules(problem, too_long) == [Rule.ZONE]


def test_separated_requests_may_be_in_two_zones_on_the_same_day() -> None:
    problem = make_problem(
        zones=(make_zone("zone-a"), make_zone("zone-b")),
        requests=ADA_AND_BOB,
        separations=(make_separation("ada", "bob"),),
    )

    residencies = make_residency("ada", zone="zone-a"), make_residency("bob", zone="zone-b")

    assert broken_rules(problem, *residencies) == []


def test_separated_requests_in_one_zone_on_one_day_break_the_separation() -> None:
    problem = make_problem(
        requests=(*ADA_AND_BOB, make_request("eve")),
        separations=(make_separation("ada", "bob", "eve", name="rivals"),),
    )

    ada = make_residency("ada", first_day=day("2026-01-05"), days=21)
    eve = make_residency("eve", first_day=day("2026-01-19"), days=7)

    assert check_plan(problem, make_plan(ada, eve)) == (
        violation(
            Rule.SEPARATION,
            "ada",
            "eve",
            text="Requests 'ada' and 'eve' of separation 'rivals' "
            "are both in zone 'zone-a' from 2026-01-19 to 2026-01-25.",
        ),
    )


def test_separated_requests_may_follow_each_other_in_one_zone() -> None:
    problem = make_problem(requests=ADA_AND_BOB, separations=(make_separation("ada", "bob"),))

    ada = make_residency("ada", first_day=day("2026-01-05"), last_day=day("2026-01-25"))
    bob = make_residency("bob", first_day=day("2026-01-26"))

    assert broken_rules(problem, ada, bob) == []


def test_a_zone_is_at_the_site_of_its_building() -> None:
    problem = make_problem(
        sites=(make_site("seoul"), make_site("busan")),
        buildings=(make_building("main"), make_building("harbour", site="busan")),
        floors=(make_floor("floor-1"), make_floor("pier", building="harbour")),
        zones=(make_zone("zone-a"), make_zone("dock", floor="pier")),
        slots=(make_slot("winter", site="busan"),),
        requests=(make_request("ada", sites=("busan",)),),
    )

    assert broken_rules(problem, make_residency("ada", zone="dock")) == []
