"""H14 pins and the frozen plan, as verified."""

from __future__ import annotations

import pytest

from scheduler.rules import Rule
from scheduler.verify import check_plan
from tests.builders import (
    day,
    make_host,
    make_pin,
    make_plan,
    make_pool,
    make_problem,
    make_programme,
    make_request,
    make_residency,
    make_slot,
    make_zone,
)
from tests.verifying import broken_rules, violation


def test_a_residency_with_all_that_is_pinned_is_allowed() -> None:
    problem = make_problem(
        requests=(make_request("ada", hosts=None, gpus=1),),
        pins=(
            make_pin(
                "ada",
                slot="winter",
                zone="zone-a",
                host="kim",
                pool="cluster",
                first_day=day("2026-01-05"),
                last_day=day("2026-02-01"),
            ),
        ),
    )

    assert broken_rules(problem, make_residency("ada", host="kim", pool="cluster")) == []


@pytest.mark.parametrize(
    ("part", "name", "text"),
    [
        ("slot", "late", "is pinned to slot late, but has slot winter"),
        ("zone", "zone-b", "is pinned to zone zone-b, but has zone zone-a"),
        ("host", "lee", "is pinned to host lee, but has host kim"),
        ("pool", "cloud", "is pinned to pool cloud, but has pool cluster"),
        (
            "first_day",
            day("2026-01-12"),
            "is pinned to first day 2026-01-12, but has first day 2026-01-05",
        ),
        (
            "last_day",
            day("2026-02-08"),
            "is pinned to last day 2026-02-08, but has last day 2026-02-01",
        ),
    ],
)
def test_a_residency_without_a_part_that_is_pinned_breaks_the_pin(
    part: str, name: object, text: str
) -> None:
    problem = make_problem(
        slots=(make_slot("winter"), make_slot("late")),
        zones=(make_zone("zone-a"), make_zone("zone-b")),
        hosts=(make_host("kim"), make_host("lee")),
        pools=(make_pool("cluster"), make_pool("cloud")),
        requests=(make_request("ada", hosts=None, gpus=1),),
        pins=(make_pin("ada", **{part: name}),),
    )

    plan = make_plan(make_residency("ada", host="kim", pool="cluster"))

    assert check_plan(problem, plan) == (violation(Rule.PIN, "ada", text=f"Request 'ada' {text}."),)


def test_a_pinned_request_that_is_not_placed_breaks_the_pin() -> None:
    problem = make_problem(pins=(make_pin("ada"),))

    assert check_plan(problem, make_plan()) == (
        violation(Rule.PIN, "ada", text="Request 'ada' is pinned, but not placed."),
    )


def test_what_is_not_pinned_is_free() -> None:
    problem = make_problem(
        zones=(make_zone("zone-a"), make_zone("zone-b")),
        pins=(make_pin("ada", first_day=day("2026-01-12")),),
    )

    residency = make_residency("ada", first_day=day("2026-01-12"), days=14, zone="zone-b")

    assert broken_rules(problem, residency) == []


def test_all_pins_of_a_request_hold_together() -> None:
    problem = make_problem(
        pins=(make_pin("ada", zone="zone-a"), make_pin("ada", first_day=day("2026-01-12"))),
    )

    on_another_day = make_residency("ada", zone="zone-a", first_day=day("2026-01-05"))

    assert broken_rules(problem, on_another_day) == [Rule.PIN]


def test_a_pin_on_a_withdrawn_request_breaks_the_pin() -> None:
    problem = make_problem(requests=(make_request("ada", withdrawn=True),), pins=(make_pin("ada"),))

    assert check_plan(problem, make_plan()) == (
        violation(Rule.PIN, "ada", text="Request 'ada' is withdrawn, but pinned."),
    )


def test_a_published_stay_that_begins_soon_is_pinned_whole() -> None:
    problem = make_problem(
        programme=make_programme(today=day("2025-12-23")),  # frozen until 5 January
        slots=(make_slot("winter"), make_slot("late")),
        zones=(make_zone("zone-a"), make_zone("zone-b")),
        hosts=(make_host("kim"), make_host("lee")),
        requests=(make_request("ada", hosts=None),),
        published=(make_residency("ada", host="kim", first_day=day("2026-01-05")),),
    )

    changed = make_residency(
        "ada",
        host="lee",
        slot="late",
        zone="zone-b",
        first_day=day("2026-01-12"),
        last_day=day("2026-02-01"),
    )

    assert broken_rules(problem, make_residency("ada", host="kim")) == []
    assert [breach.text for breach in check_plan(problem, make_plan(changed))] == [
        "Request 'ada' is frozen as published to slot winter, but has slot late.",
        "Request 'ada' is frozen as published to zone zone-a, but has zone zone-b.",
        "Request 'ada' is frozen as published to host kim, but has host lee.",
        (
            "Request 'ada' is frozen as published to first day 2026-01-05, "
            "but has first day 2026-01-12."
        ),
    ]
    assert broken_rules(problem) == [Rule.PIN]


def test_a_published_stay_that_begins_late_enough_may_change_and_go() -> None:
    problem = make_problem(
        programme=make_programme(today=day("2025-12-22")),  # frozen until 4 January
        published=(make_residency("ada", first_day=day("2026-01-05")),),
    )

    assert broken_rules(problem, make_residency("ada", first_day=day("2026-01-12"))) == []
    assert broken_rules(problem) == []


def test_a_published_stay_of_a_withdrawn_request_is_not_frozen() -> None:
    problem = make_problem(
        programme=make_programme(today=day("2026-01-04")),
        requests=(make_request("ada", withdrawn=True),),
        published=(make_residency("ada", first_day=day("2026-01-05")),),
    )

    assert broken_rules(problem) == []


def test_a_frozen_stay_without_a_pool_stays_without() -> None:
    problem = make_problem(
        programme=make_programme(today=day("2026-01-04")),
        requests=(make_request("ada", gpus=1),),
        published=(make_residency("ada", pool=None),),
    )

    assert broken_rules(problem, make_residency("ada", pool="cluster")) == [Rule.PIN]
