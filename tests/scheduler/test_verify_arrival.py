"""H3 arrival, as verified."""

from __future__ import annotations

from scheduler.problem.programme import Weekday
from scheduler.rules import Rule
from scheduler.verify import check_plan
from tests.builders import (
    day,
    make_pin,
    make_plan,
    make_policy,
    make_problem,
    make_programme,
    make_range,
    make_request,
    make_residency,
    make_site,
    make_slot,
)
from tests.verifying import broken_rules, violation

ALL_WEEKDAYS = tuple(Weekday)


def test_a_stay_that_begins_on_an_arrival_weekday_is_allowed() -> None:
    problem = make_problem(policy=make_policy(arrival_weekdays=(Weekday.MON, Weekday.THU)))

    assert broken_rules(problem, make_residency("ada", first_day=day("2026-01-08"))) == []


def test_a_stay_that_begins_on_another_weekday_breaks_the_arrival() -> None:
    problem = make_problem(policy=make_policy(arrival_weekdays=(Weekday.MON, Weekday.THU)))

    assert check_plan(problem, make_plan(make_residency("ada", first_day=day("2026-01-06")))) == (
        violation(
            Rule.ARRIVAL,
            "ada",
            text="Request 'ada' begins on 2026-01-06, a tue, but stays begin on mon, thu.",
        ),
    )


def test_a_stay_that_begins_on_a_public_day_breaks_the_arrival() -> None:
    problem = make_problem(
        policy=make_policy(arrival_weekdays=ALL_WEEKDAYS), sites=(make_site(holidays="KR"),)
    )

    new_year = make_residency("ada", first_day=day("2026-02-17"))
    day_after = make_residency("ada", first_day=day("2026-02-19"))

    assert broken_rules(problem, new_year) == [Rule.ARRIVAL]
    assert broken_rules(problem, day_after) == []


def test_a_public_day_is_the_day_on_which_it_is_observed() -> None:
    problem = make_problem(
        sites=(make_site(holidays="KR"),),
        requests=(make_request(last_day=day("2026-12-31")),),
        programme=make_programme(last_day=day("2026-12-31")),
        slots=(make_slot(last_day=day("2026-12-31")),),
    )

    instead_of_sunday = make_residency("ada", first_day=day("2026-03-02"))

    assert broken_rules(problem, instead_of_sunday) == [Rule.ARRIVAL]


def test_a_stay_may_run_over_public_days_and_closures_of_its_site() -> None:
    site = make_site(holidays="KR", closures=(make_range("2026-01-06", "2026-03-29"),))
    problem = make_problem(sites=(site,))

    assert broken_rules(problem, make_residency("ada", first_day=day("2026-01-05"))) == []


def test_a_stay_that_begins_on_the_last_day_of_a_closure_breaks_the_arrival() -> None:
    site = make_site(closures=(make_range("2025-12-24", "2026-01-05"),))

    problem = make_problem(sites=(site,))

    assert check_plan(problem, make_plan(make_residency("ada", first_day=day("2026-01-05")))) == (
        violation(
            Rule.ARRIVAL,
            "ada",
            text="Request 'ada' begins on 2026-01-05, "
            "when site 'seoul' is closed from 2025-12-24 to 2026-01-05.",
        ),
    )


def test_closures_of_other_sites_do_not_matter() -> None:
    elsewhere = make_site("busan", closures=(make_range("2026-01-01", "2026-12-31"),))

    problem = make_problem(sites=(make_site(), elsewhere))

    assert broken_rules(problem, make_residency("ada")) == []


def test_fixed_dates_may_begin_on_any_weekday_public_day_and_closure() -> None:
    slot = make_slot(first_day=day("2026-02-17"), last_day=day("2026-02-28"), fixed_dates=True)
    site = make_site(holidays="KR", closures=(make_range("2026-02-17"),))
    problem = make_problem(slots=(slot,), sites=(site,))

    residency = make_residency("ada", first_day=day("2026-02-17"), last_day=day("2026-02-28"))

    assert broken_rules(problem, residency) == []


def test_a_stay_that_begins_before_today_breaks_the_arrival() -> None:
    problem = make_problem(programme=make_programme(today=day("2026-01-06")))

    residency = make_residency("ada", first_day=day("2026-01-05"))

    assert broken_rules(problem, residency) == [Rule.ARRIVAL]


def test_fixed_dates_may_not_begin_before_today_either() -> None:
    slot = make_slot(first_day=day("2026-01-05"), last_day=day("2026-01-16"), fixed_dates=True)
    problem = make_problem(slots=(slot,), programme=make_programme(today=day("2026-01-06")))

    residency = make_residency("ada", first_day=day("2026-01-05"), last_day=day("2026-01-16"))

    assert broken_rules(problem, residency) == [Rule.ARRIVAL]


def test_a_stay_may_begin_today() -> None:
    problem = make_problem(programme=make_programme(today=day("2026-01-05")))

    assert broken_rules(problem, make_residency("ada", first_day=day("2026-01-05"))) == []


def test_a_stay_may_begin_before_today_if_pinned_to_that_day() -> None:
    problem = make_problem(
        programme=make_programme(today=day("2026-01-20")),
        pins=(make_pin("ada", first_day=day("2026-01-12")),),
    )

    assert broken_rules(problem, make_residency("ada", first_day=day("2026-01-12"))) == []


def test_a_stay_may_not_begin_before_today_if_only_its_zone_is_pinned() -> None:
    problem = make_problem(
        programme=make_programme(today=day("2026-01-20")), pins=(make_pin("ada", zone="zone-a"),)
    )

    residency = make_residency("ada", first_day=day("2026-01-12"))

    assert broken_rules(problem, residency) == [Rule.ARRIVAL]


def test_a_stay_may_begin_before_today_if_frozen_with_that_day() -> None:
    residency = make_residency("ada", first_day=day("2026-01-12"))
    problem = make_problem(
        programme=make_programme(today=day("2026-01-20")), published=(residency,)
    )

    assert broken_rules(problem, residency) == []


def test_a_frozen_stay_that_moves_to_another_day_before_today_breaks_pin_and_arrival() -> None:
    problem = make_problem(
        programme=make_programme(today=day("2026-01-20")),
        published=(make_residency("ada", first_day=day("2026-01-12"), days=28),),
    )

    moved = make_residency("ada", first_day=day("2026-01-05"), days=28)

    assert broken_rules(problem, moved) == [Rule.ARRIVAL, Rule.PIN, Rule.PIN]
