"""H7 host, H8 computing, H13 quotas, H14 pins and H15 collaborations, as solved.

``ada`` of priority 5 and ``bob`` of priority 2 both want the same four weeks, where not said
otherwise: 7000 points together, 5000 where only one can be.
"""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.outcome import PinConflict
from scheduler.problem.programme import Measure, QuotaBy
from scheduler.rules import Rule
from scheduler.solve import solve
from tests.builders import (
    day,
    make_collaboration,
    make_host,
    make_pin,
    make_pool,
    make_problem,
    make_programme,
    make_quota,
    make_range,
    make_request,
    make_residency,
    make_track,
    make_zone,
)
from tests.solving import LIMITS, broken_pins, proven_optimum

FOUR_WEEKS: dict[str, Any] = {"first_day": day("2026-01-05"), "last_day": day("2026-02-01")}
ADA = make_request("ada", priority=5, min_days=28, **FOUR_WEEKS)
BOB = make_request("bob", priority=2, min_days=28, **FOUR_WEEKS)
BOTH_PINNED = (make_pin("ada"), make_pin("bob"))


def test_the_second_host_receives_where_the_first_is_absent_on_arrival() -> None:
    problem = make_problem(
        hosts=(make_host("kim", absences=(make_range("2026-01-05"),)), make_host("lee")),
        requests=(make_request("ada", min_days=28, hosts=("kim", "lee"), **FOUR_WEEKS),),
    )

    # second in the list: 3000 - 5
    assert proven_optimum(problem) == 2995


def test_a_pin_to_a_host_who_is_absent_breaks_the_host() -> None:
    problem = make_problem(
        hosts=(make_host("kim", absences=(make_range("2026-01-05"),)), make_host("lee")),
        requests=(make_request("ada", min_days=28, hosts=("kim", "lee"), **FOUR_WEEKS),),
        pins=(make_pin("ada", host="kim", first_day=day("2026-01-05")),),
    )

    assert broken_pins(problem) == {("ada", Rule.HOST)}


def test_a_host_may_be_absent_after_the_arrival_and_of_another_track() -> None:
    problem = make_problem(
        tracks=(make_track("vision"), make_track("robots")),
        hosts=(
            make_host(
                "kim", tracks=("robots",), absences=(make_range("2026-01-06", "2026-03-29"),)
            ),
        ),
        requests=(make_request("ada", min_days=28, hosts=("kim",), **FOUR_WEEKS),),
        pins=(make_pin("ada", host="kim"),),
    )

    assert proven_optimum(problem) == 3000


def test_two_pins_to_a_host_of_one_visitor_break_the_host() -> None:
    problem = make_problem(
        hosts=(make_host("kim", capacity=1),),
        requests=(
            make_request("ada", min_days=28, hosts=None, **FOUR_WEEKS),
            make_request("bob", min_days=28, hosts=("kim",), **FOUR_WEEKS),
        ),
        pins=BOTH_PINNED,
    )

    assert broken_pins(problem) == {("ada", Rule.HOST), ("bob", Rule.HOST)}


def test_a_pool_takes_the_better_of_two_that_do_not_fit_together() -> None:
    problem = make_problem(
        pools=(make_pool(gpus=64),),
        requests=(
            make_request("ada", priority=5, gpus=33, min_days=28, **FOUR_WEEKS),
            make_request("bob", priority=2, gpus=32, min_days=28, **FOUR_WEEKS),
        ),
    )

    assert proven_optimum(problem) == 5000


def test_two_pins_to_more_gpus_than_there_are_break_computing() -> None:
    problem = make_problem(
        pools=(make_pool(gpus=64),),
        requests=(
            make_request("ada", gpus=33, min_days=28, **FOUR_WEEKS),
            make_request("bob", gpus=32, min_days=28, **FOUR_WEEKS),
        ),
        pins=BOTH_PINNED,
    )

    assert broken_pins(problem) == {("ada", Rule.COMPUTING), ("bob", Rule.COMPUTING)}


def test_two_that_take_all_gpus_are_allowed() -> None:
    problem = make_problem(
        pools=(make_pool(gpus=64, closures=(make_range("2026-02-02"),), **FOUR_WEEKS),),
        requests=(
            make_request("ada", gpus=32, min_days=28, **FOUR_WEEKS),
            make_request("bob", gpus=32, min_days=28, pools=("cluster",), **FOUR_WEEKS),
        ),
        pins=(make_pin("ada", pool="cluster"), make_pin("bob")),
    )

    assert proven_optimum(problem) == 6000


def test_a_quota_takes_the_better_of_two() -> None:
    problem = make_problem(requests=(ADA, BOB), quotas=(make_quota(max=1),))

    assert proven_optimum(problem) == 5000


def test_two_pins_beyond_the_quota_break_the_quota() -> None:
    problem = make_problem(requests=(ADA, BOB), quotas=(make_quota(max=1),), pins=BOTH_PINNED)

    assert broken_pins(problem) == {("ada", Rule.QUOTA), ("bob", Rule.QUOTA)}


def test_two_that_fill_a_quota_or_are_none_of_its_business_are_allowed() -> None:
    problem = make_problem(
        requests=(ADA, BOB),
        quotas=(
            make_quota("few", max=2),
            make_quota("koreans", by=QuotaBy.COUNTRY, value="KR", max=0),
            make_quota("later", first_day=day("2026-01-06"), max=0),
        ),
        pins=BOTH_PINNED,
    )

    assert proven_optimum(problem) == 7000


def test_a_quota_of_person_days_shortens_a_stay() -> None:
    problem = make_problem(
        requests=(make_request("ada", desks=2),),
        quotas=(make_quota(measure=Measure.PERSON_DAYS, max=55),),
    )

    # 28 days x 2 desks are 56, 21 x 2 are 42; 7 days short: 3000 - 7 x 3
    assert proven_optimum(problem) == 2979


def test_a_quota_that_misses_somebody_costs() -> None:
    problem = make_problem(requests=(ADA, BOB), quotas=(make_quota(min=4),))

    # two missing at 500: 7000 - 2 x 500
    assert proven_optimum(problem) == 6000


def test_a_pin_holds_against_what_would_be_better() -> None:
    problem = make_problem(
        zones=(make_zone("zone-a"), make_zone("zone-b")),
        requests=(make_request("ada", zone_points={"zone-a": 50, "zone-b": 10}),),
        pins=(make_pin("ada", zone="zone-b"),),
    )

    # 3000 + 10 for zone-b
    assert proven_optimum(problem) == 3010


def test_a_pin_on_a_withdrawn_request_breaks_the_pin() -> None:
    problem = make_problem(
        requests=(make_request("ada", withdrawn=True), BOB), pins=(make_pin("ada"),)
    )

    assert broken_pins(problem) == {("ada", Rule.PIN)}


def test_two_pins_of_one_request_that_contradict_each_other_break_the_pin() -> None:
    problem = make_problem(
        zones=(make_zone("zone-a"), make_zone("zone-b")),
        pins=(make_pin("ada", zone="zone-a"), make_pin("ada", zone="zone-b")),
    )

    assert broken_pins(problem) == {("ada", Rule.PIN)}


def test_a_pin_conflict_hands_back_the_pin() -> None:
    pin = make_pin("ada", first_day=day("2026-01-06"))

    with pytest.raises(PinConflict) as conflict:
        solve(make_problem(pins=(pin,)), LIMITS)

    assert [breach.pin for breach in conflict.value.conflicts] == [pin]


def test_a_published_stay_that_begins_soon_stays_where_it_is() -> None:
    problem = make_problem(
        programme=make_programme(today=day("2025-12-23")),  # frozen until 5 January
        zones=(make_zone("zone-a"), make_zone("zone-b")),
        requests=(make_request("ada", zone_points={"zone-b": 500}),),
        published=(make_residency("ada", zone="zone-a", first_day=day("2026-01-05"), days=14),),
    )

    # 14 days short: 3000 - 14 x 3
    assert proven_optimum(problem) == 2958


def test_a_published_stay_that_begins_later_moves_for_enough_points() -> None:
    problem = make_problem(
        programme=make_programme(today=day("2025-12-22")),  # frozen until 4 January
        zones=(make_zone("zone-a"), make_zone("zone-b")),
        requests=(make_request("ada", zone_points={"zone-b": 500}),),
        published=(make_residency("ada", zone="zone-a", first_day=day("2026-01-05"), days=28),),
    )

    # another zone: 3000 + 500 - 100
    assert proven_optimum(problem) == 3400


def test_a_frozen_stay_that_breaks_a_rule_is_named_with_the_rule() -> None:
    problem = make_problem(
        programme=make_programme(today=day("2025-12-23")),
        published=(make_residency("ada", first_day=day("2026-01-05"), days=10),),
    )

    assert broken_pins(problem) == {("ada", Rule.LENGTH)}


def test_a_published_stay_that_cannot_be_placed_is_dropped() -> None:
    problem = make_problem(
        zones=(make_zone(desks=0),), published=(make_residency("ada", first_day=day("2026-01-05")),)
    )

    assert proven_optimum(problem) == -2000


def test_members_who_cannot_overlap_long_enough_are_not_both_placed() -> None:
    problem = make_problem(
        requests=(ADA, make_request("bob", priority=2, first_day=day("2026-01-26"))),
        collaborations=(make_collaboration("ada", "bob", min_overlap_days=8),),
    )

    # 26 January to 1 February are 7 days
    assert proven_optimum(problem) == 5000


def test_two_pins_that_overlap_too_little_break_the_collaboration() -> None:
    problem = make_problem(
        requests=(ADA, make_request("bob", priority=2, first_day=day("2026-01-26"))),
        collaborations=(make_collaboration("ada", "bob", min_overlap_days=8),),
        pins=BOTH_PINNED,
    )

    assert broken_pins(problem) == {("ada", Rule.COLLABORATION), ("bob", Rule.COLLABORATION)}


def test_members_who_just_overlap_long_enough_are_placed() -> None:
    problem = make_problem(
        requests=(ADA, make_request("bob", priority=2, first_day=day("2026-01-26"))),
        collaborations=(make_collaboration("ada", "bob", min_overlap_days=7),),
    )

    # 7 days together at 2, and one floor: 7000 + 14 + 20
    assert proven_optimum(problem) == 7034
