"""H1 window, H2 length, H9 own calendar, H10 visa and H11 must attend, as verified."""

from __future__ import annotations

from scheduler.problem.programme import Weekday
from scheduler.rules import Rule
from scheduler.verify import check_plan
from tests.builders import (
    day,
    make_event,
    make_plan,
    make_policy,
    make_problem,
    make_programme,
    make_range,
    make_request,
    make_residency,
    make_site,
    make_slot,
    make_track,
)
from tests.verifying import broken_rules, violation

ALL_WEEKDAYS = tuple(Weekday)


def test_a_stay_within_the_request_and_the_programme_is_allowed() -> None:
    assert check_plan(make_problem(), make_plan(make_residency("ada"))) == ()


def test_a_stay_that_begins_before_its_request_breaks_the_window() -> None:
    problem = make_problem(requests=(make_request("ada", first_day=day("2026-01-06")),))

    assert check_plan(problem, make_plan(make_residency("ada", first_day=day("2026-01-05")))) == (
        violation(
            Rule.WINDOW,
            "ada",
            text="Request 'ada' stays from 2026-01-05 to 2026-02-01, "
            "but request 'ada' lasts from 2026-01-06 to 2026-03-29.",
        ),
    )


def test_a_stay_that_ends_after_its_request_breaks_the_window() -> None:
    problem = make_problem(requests=(make_request("ada", last_day=day("2026-01-31")),))

    residency = make_residency("ada", first_day=day("2026-01-05"), last_day=day("2026-02-01"))

    assert broken_rules(problem, residency) == [Rule.WINDOW]


def test_a_stay_may_be_the_whole_of_its_request() -> None:
    request = make_request("ada", first_day=day("2026-01-05"), last_day=day("2026-02-01"))
    problem = make_problem(requests=(request,))

    residency = make_residency("ada", first_day=day("2026-01-05"), last_day=day("2026-02-01"))

    assert broken_rules(problem, residency) == []


def test_a_stay_that_ends_after_the_programme_breaks_the_window() -> None:
    problem = make_problem(
        programme=make_programme(last_day=day("2026-01-31")),
        requests=(make_request("ada", last_day=day("2026-12-31")),),
    )

    residency = make_residency("ada", first_day=day("2026-01-05"), last_day=day("2026-02-01"))

    assert broken_rules(problem, residency) == [Rule.WINDOW]


def test_a_stay_of_ten_thousand_years_is_named_with_every_rule_it_breaks() -> None:
    eternity = make_residency("ada", first_day=day("0001-01-01"), last_day=day("9999-12-31"))

    assert broken_rules(make_problem(), eternity) == [
        Rule.WINDOW,
        Rule.WINDOW,
        Rule.LENGTH,
        Rule.ARRIVAL,
        Rule.SLOT,
        Rule.VISA,
    ]


def test_a_residency_of_a_withdrawn_request_breaks_the_window() -> None:
    problem = make_problem(requests=(make_request("ada", withdrawn=True),))

    assert check_plan(problem, make_plan(make_residency("ada"))) == (
        violation(Rule.WINDOW, "ada", text="Request 'ada' is withdrawn, but has a residency."),
    )


def test_a_residency_of_an_unknown_request_breaks_the_window() -> None:
    assert check_plan(make_problem(), make_plan(make_residency("bob"))) == (
        violation(
            Rule.WINDOW,
            "bob",
            text="Request 'bob' names request 'bob', which the scenario does not have.",
        ),
    )


def test_two_residencies_of_one_request_break_the_window() -> None:
    winter = make_residency("ada", first_day=day("2026-01-05"))
    spring = make_residency("ada", first_day=day("2026-02-02"))

    assert check_plan(make_problem(), make_plan(winter, spring)) == (
        violation(Rule.WINDOW, "ada", text="Request 'ada' has 2 residencies, but may have one."),
    )


def test_a_stay_of_the_shortest_length_and_whole_steps_is_allowed() -> None:
    problem = make_problem(
        policy=make_policy(stay_step_days=7),
        requests=(make_request("ada", min_days=5, max_days=20),),
    )

    assert broken_rules(problem, make_residency("ada", days=5 + 2 * 7)) == []


def test_a_stay_between_two_steps_breaks_the_length() -> None:
    problem = make_problem(
        policy=make_policy(stay_step_days=7),
        requests=(make_request("ada", min_days=5, max_days=20),),
    )

    assert check_plan(problem, make_plan(make_residency("ada", days=20))) == (
        violation(
            Rule.LENGTH, "ada", text="Request 'ada' stays 20 days, not 5 and a multiple of 7."
        ),
    )


def test_a_stay_may_be_as_long_as_the_longest() -> None:
    problem = make_problem(
        policy=make_policy(stay_step_days=7),
        requests=(make_request("ada", min_days=6, max_days=20),),
    )

    assert broken_rules(problem, make_residency("ada", days=20)) == []


def test_a_stay_of_whole_steps_that_is_too_long_or_too_short_breaks_the_length() -> None:
    problem = make_problem(requests=(make_request("ada", min_days=14, max_days=20),))

    assert broken_rules(problem, make_residency("ada", days=21)) == [Rule.LENGTH]
    assert broken_rules(problem, make_residency("ada", days=7)) == [Rule.LENGTH]


def test_a_stay_that_ends_before_it_begins_breaks_the_length() -> None:
    assert broken_rules(make_problem(), make_residency("ada", days=0)) == [Rule.LENGTH]


def test_a_stay_in_a_slot_of_fixed_dates_is_the_whole_slot_of_whatever_steps() -> None:
    slot = make_slot(
        first_day=day("2026-01-07"), last_day=day("2026-01-16"), fixed_dates=True
    )  # 10 days: 7 and no multiple of 7
    problem = make_problem(slots=(slot,))

    residency = make_residency("ada", first_day=day("2026-01-07"), last_day=day("2026-01-16"))

    assert broken_rules(problem, residency) == []


def test_a_part_of_a_slot_of_fixed_dates_breaks_the_length() -> None:
    slot = make_slot(first_day=day("2026-01-05"), last_day=day("2026-01-25"), fixed_dates=True)
    problem = make_problem(slots=(slot,))

    residency = make_residency("ada", first_day=day("2026-01-05"), last_day=day("2026-01-18"))

    assert broken_rules(problem, residency) == [Rule.LENGTH]


def test_a_slot_of_fixed_dates_that_is_too_long_for_the_request_breaks_the_length() -> None:
    slot = make_slot(first_day=day("2026-01-05"), last_day=day("2026-02-02"), fixed_dates=True)
    problem = make_problem(slots=(slot,))  # 29 days, and ada stays for 28 at most

    residency = make_residency("ada", first_day=day("2026-01-05"), last_day=day("2026-02-02"))

    assert broken_rules(problem, residency) == [Rule.LENGTH]


def test_a_stay_on_days_on_which_the_researcher_is_available_is_allowed() -> None:
    request = make_request("ada", unavailable=(make_range("2026-02-02", "2026-02-10"),))
    problem = make_problem(requests=(request,))

    residency = make_residency("ada", first_day=day("2026-01-05"), last_day=day("2026-02-01"))

    assert broken_rules(problem, residency) == []


def test_a_stay_that_ends_on_an_unavailable_day_breaks_the_own_calendar() -> None:
    request = make_request("ada", unavailable=(make_range("2026-02-01", "2026-02-10"),))
    problem = make_problem(requests=(request,))

    residency = make_residency("ada", first_day=day("2026-01-05"), last_day=day("2026-02-01"))

    assert check_plan(problem, make_plan(residency)) == (
        violation(
            Rule.OWN_CALENDAR,
            "ada",
            text="Request 'ada' stays from 2026-01-05 to 2026-02-01, "
            "but is unavailable from 2026-02-01 to 2026-02-10.",
        ),
    )


def test_two_stays_of_one_researcher_that_share_a_day_break_the_own_calendar() -> None:
    problem = make_problem(
        policy=make_policy(arrival_weekdays=ALL_WEEKDAYS),
        requests=(
            make_request("ada-1", researcher="ada"),
            make_request("ada-2", researcher="ada"),
        ),
    )

    winter = make_residency("ada-1", first_day=day("2026-01-05"), last_day=day("2026-02-01"))
    spring = make_residency("ada-2", first_day=day("2026-02-01"))

    assert check_plan(problem, make_plan(winter, spring)) == (
        violation(
            Rule.OWN_CALENDAR,
            "ada-1",
            "ada-2",
            text="Researcher 'ada' stays for both 'ada-1' and 'ada-2' on 2026-02-01.",
        ),
    )


def test_two_stays_of_one_researcher_may_follow_each_other() -> None:
    problem = make_problem(
        requests=(
            make_request("ada-1", researcher="ada"),
            make_request("ada-2", researcher="ada"),
        )
    )

    winter = make_residency("ada-1", first_day=day("2026-01-05"), last_day=day("2026-02-01"))
    spring = make_residency("ada-2", first_day=day("2026-02-02"))

    assert broken_rules(problem, winter, spring) == []


def test_a_stay_without_a_lead_for_its_country_is_allowed() -> None:
    request = make_request("ada", submitted=day("2026-01-05"))
    problem = make_problem(policy=make_policy(visa_lead_days={"US": 90}), requests=(request,))

    assert broken_rules(problem, make_residency("ada", first_day=day("2026-01-05"))) == []


def test_a_stay_that_begins_before_the_visa_can_be_there_breaks_the_visa() -> None:
    request = make_request("ada", submitted=day("2025-12-07"))
    problem = make_problem(policy=make_policy(visa_lead_days={"CA": 30}), requests=(request,))

    assert check_plan(problem, make_plan(make_residency("ada", first_day=day("2026-01-05")))) == (
        violation(
            Rule.VISA,
            "ada",
            text="Request 'ada' begins on 2026-01-05, but was submitted on 2025-12-07, "
            "and a visa for CA takes 30 days.",
        ),
    )


def test_a_stay_may_begin_on_the_day_on_which_the_visa_is_there() -> None:
    request = make_request("ada", submitted=day("2025-12-06"))
    problem = make_problem(policy=make_policy(visa_lead_days={"CA": 30}), requests=(request,))

    assert broken_rules(problem, make_residency("ada", first_day=day("2026-01-05"))) == []


def test_a_stay_of_someone_not_yet_submitted_breaks_the_visa_without_any_lead() -> None:
    problem = make_problem(requests=(make_request("ada", submitted=day("2026-01-06")),))

    residency = make_residency("ada", first_day=day("2026-01-05"))

    assert broken_rules(problem, residency) == [Rule.VISA]


def test_a_stay_that_covers_the_event_is_allowed() -> None:
    problem = make_problem(
        events=(make_event("demo", "2026-01-14", "2026-01-15"),),
        requests=(make_request("ada", must_attend=("demo",)),),
    )

    assert broken_rules(problem, make_residency("ada", first_day=day("2026-01-05"))) == []


def test_a_stay_that_misses_the_last_day_of_the_event_breaks_must_attend() -> None:
    problem = make_problem(
        events=(make_event("demo", "2026-01-31", "2026-02-02"),),
        requests=(make_request("ada", must_attend=("demo",)),),
    )

    residency = make_residency("ada", first_day=day("2026-01-05"), last_day=day("2026-02-01"))

    assert check_plan(problem, make_plan(residency)) == (
        violation(
            Rule.MUST_ATTEND,
            "ada",
            text="Request 'ada' stays from 2026-01-05 to 2026-02-01, "
            "not throughout event 'demo' from 2026-01-31 to 2026-02-02.",
        ),
    )


def test_an_event_may_fill_the_stay_though_the_track_is_not_invited() -> None:
    problem = make_problem(
        tracks=(make_track("vision"), make_track("robots")),
        events=(make_event("demo", "2026-01-05", "2026-02-01", tracks=("robots",)),),
        requests=(make_request("ada", must_attend=("demo",)),),
    )

    residency = make_residency("ada", first_day=day("2026-01-05"), last_day=day("2026-02-01"))

    assert broken_rules(problem, residency) == []


def test_a_stay_at_another_site_than_the_event_breaks_must_attend() -> None:
    problem = make_problem(
        sites=(make_site("seoul"), make_site("busan")),
        events=(make_event("demo", "2026-01-14", site="busan"),),
        requests=(make_request("ada", must_attend=("demo",)),),
    )

    assert broken_rules(problem, make_residency("ada")) == [Rule.MUST_ATTEND]
