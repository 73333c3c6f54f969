"""H4 slot, H5 zone, H6 exclusive zone and H12 separation, as solved.

``ada`` of priority 5 and ``bob`` of priority 2 both want the same four weeks, where not said
otherwise: 7000 points together, 5000 where only one can be.
"""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.problem.places import ExclusiveBy
from scheduler.rules import Rule
from tests.builders import (
    day,
    make_institution,
    make_pin,
    make_problem,
    make_range,
    make_request,
    make_researcher,
    make_reservation,
    make_separation,
    make_site,
    make_slot,
    make_track,
    make_zone,
)
from tests.solving import broken_pins, proven_optimum

FOUR_WEEKS: dict[str, Any] = {"first_day": day("2026-01-05"), "last_day": day("2026-02-01")}
ADA = make_request("ada", priority=5, min_days=28, **FOUR_WEEKS)
BOB = make_request("bob", priority=2, min_days=28, **FOUR_WEEKS)
BOTH_PINNED = (make_pin("ada"), make_pin("bob"))


def test_two_share_the_only_place_of_a_slot_by_halves() -> None:
    problem = make_problem(
        slots=(make_slot(places=1, **FOUR_WEEKS),),
        requests=(make_request("ada", min_days=14), make_request("bob", min_days=14)),
    )

    # 14 days each, 14 short: 2 x (3000 - 14 x 3)
    assert proven_optimum(problem) == 5916


def test_two_pins_to_the_only_place_break_the_slot() -> None:
    problem = make_problem(slots=(make_slot(places=1),), requests=(ADA, BOB), pins=BOTH_PINNED)

    assert broken_pins(problem) == {("ada", Rule.SLOT), ("bob", Rule.SLOT)}


def test_two_pins_to_two_places_are_allowed() -> None:
    problem = make_problem(slots=(make_slot(places=2),), requests=(ADA, BOB), pins=BOTH_PINNED)

    assert proven_optimum(problem) == 7000


def test_a_slot_of_other_tracks_leaves_the_request_unplaced() -> None:
    problem = make_problem(
        tracks=(make_track("vision"), make_track("robots")),
        slots=(make_slot(tracks=("robots",)),),
    )

    assert proven_optimum(problem) == 0


def test_a_stay_ends_when_a_reservation_takes_its_desks() -> None:
    problem = make_problem(
        zones=(make_zone(desks=2),),
        reservations=(make_reservation(desks=1, first_day=day("2026-01-19")),),
        requests=(make_request("ada", desks=2),),
    )

    # 14 days until then, 14 short: 3000 - 14 x 3
    assert proven_optimum(problem) == 2958


def test_a_pin_to_a_zone_without_what_is_needed_breaks_the_zone() -> None:
    problem = make_problem(
        zones=(make_zone("zone-a", features=("quiet",)), make_zone("zone-b", features=("robot",))),
        requests=(make_request("ada", needs=("robot",)),),
        pins=(make_pin("ada", zone="zone-a"),),
    )

    assert broken_pins(problem) == {("ada", Rule.ZONE)}


def test_a_zone_that_just_suits_is_allowed() -> None:
    zone = make_zone(
        desks=3,
        area_m2=50,
        tracks=("vision",),
        features=("robot",),
        closures=(make_range("2026-01-04"), make_range("2026-02-02")),
        **FOUR_WEEKS,
    )
    request = make_request(
        "ada",
        desks=2,
        area_m2=30,
        needs=("robot",),
        sites=("seoul",),
        zones=("zone-a",),
    )
    problem = make_problem(
        zones=(zone,),
        requests=(request,),
        reservations=(make_reservation(desks=1, area_m2=20),),
        pins=(make_pin("ada"),),
    )

    assert proven_optimum(problem) == 3000


@pytest.mark.parametrize(
    "other",
    [
        {"desks": 9},
        {"area_m2": 121},
        {"needs": ("robot",)},
        {"sites": ("busan",)},
        {"zones": ("zone-b",)},
    ],
)
def test_a_request_that_no_zone_suits_is_left_unplaced(other: dict[str, Any]) -> None:
    problem = make_problem(
        sites=(make_site("seoul"), make_site("busan")),
        zones=(
            make_zone("zone-a"),
            make_zone("zone-b", closures=(make_range("2026-01-01", "2026-12-31"),)),
        ),
        requests=(make_request("ada", **other),),
    )

    assert proven_optimum(problem) == 0


def test_reservations_beyond_a_zone_keep_out_those_who_take_nothing_of_it() -> None:
    problem = make_problem(
        reservations=(make_reservation(desks=0, area_m2=121),),
        requests=(make_request("ada", area_m2=0),),
    )

    assert proven_optimum(problem) == 0


INSTITUTIONS = (make_institution("waterloo", country="CA"), make_institution("kaist", country="KR"))
OF_TWO_INSTITUTIONS = (
    make_researcher("ada", institution="waterloo"),
    make_researcher("bob", institution="kaist"),
)


@pytest.mark.parametrize("exclusive_by", [ExclusiveBy.INSTITUTION, ExclusiveBy.COUNTRY])
def test_an_exclusive_zone_takes_the_better_of_two_that_differ(exclusive_by: ExclusiveBy) -> None:
    problem = make_problem(
        zones=(make_zone(exclusive_by=exclusive_by),),
        institutions=INSTITUTIONS,
        researchers=OF_TWO_INSTITUTIONS,
        requests=(ADA, BOB),
    )

    assert proven_optimum(problem) == 5000


@pytest.mark.parametrize("exclusive_by", [ExclusiveBy.INSTITUTION, ExclusiveBy.COUNTRY])
def test_two_pins_that_differ_break_the_exclusive_zone(exclusive_by: ExclusiveBy) -> None:
    problem = make_problem(
        zones=(make_zone(exclusive_by=exclusive_by),),
        institutions=INSTITUTIONS,
        researchers=OF_TWO_INSTITUTIONS,
        requests=(ADA, BOB),
        pins=BOTH_PINNED,
    )

    assert broken_pins(problem) == {
        ("ada", Rule.EXCLUSIVE_ZONE),
        ("bob", Rule.EXCLUSIVE_ZONE),
    }


@pytest.mark.parametrize("exclusive_by", ExclusiveBy)
def test_two_that_are_alike_share_the_exclusive_zone(exclusive_by: ExclusiveBy) -> None:
    problem = make_problem(
        zones=(make_zone(exclusive_by=exclusive_by),), requests=(ADA, BOB), pins=BOTH_PINNED
    )

    assert proven_optimum(problem) == 7000


def test_one_without_a_group_does_not_share_with_one_of_a_group() -> None:
    in_group = make_request("ada", priority=5, min_days=28, group="red", **FOUR_WEEKS)
    problem = make_problem(
        zones=(make_zone(exclusive_by=ExclusiveBy.GROUP),), requests=(in_group, BOB)
    )

    assert proven_optimum(problem) == 5000


def test_a_zone_that_is_exclusive_by_track_takes_nobody_beside_a_reservation() -> None:
    problem = make_problem(
        zones=(make_zone(exclusive_by=ExclusiveBy.TRACK),),
        reservations=(make_reservation(first_day=day("2026-01-19"), last_day=day("2026-03-29")),),
    )

    # 14 days until then, 14 short: 3000 - 14 x 3
    assert proven_optimum(problem) == 2958


def test_separated_requests_are_not_both_in_the_only_zone() -> None:
    problem = make_problem(requests=(ADA, BOB), separations=(make_separation("ada", "bob"),))

    assert proven_optimum(problem) == 5000


def test_two_separated_pins_to_the_only_zone_break_the_separation() -> None:
    problem = make_problem(
        requests=(ADA, BOB), separations=(make_separation("ada", "bob"),), pins=BOTH_PINNED
    )

    assert broken_pins(problem) == {("ada", Rule.SEPARATION), ("bob", Rule.SEPARATION)}


def test_separated_requests_are_placed_in_two_zones() -> None:
    problem = make_problem(
        zones=(make_zone("zone-a"), make_zone("zone-b")),
        requests=(ADA, BOB),
        separations=(make_separation("ada", "bob"),),
        pins=BOTH_PINNED,
    )

    assert proven_optimum(problem) == 7000
