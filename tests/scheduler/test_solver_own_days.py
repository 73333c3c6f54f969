"""H1 window, H2 length, H3 arrival, H9 own calendar, H10 visa and H11 must attend, as solved.

A request for 7 to 28 days in whole weeks is worth 3 x 1000 points, less 3 for each day short of 28.
"""

from __future__ import annotations

from scheduler.rules import Rule
from tests.builders import (
    day,
    make_event,
    make_pin,
    make_policy,
    make_problem,
    make_programme,
    make_range,
    make_request,
    make_residency,
    make_site,
    make_slot,
)
from tests.solving import broken_pins, proven_optimum


def test_a_stay_is_as_long_as_its_request_lets_it() -> None:
    request = make_request("ada", first_day=day("2026-01-05"), last_day=day("2026-01-25"))

    # 21 days, 7 short: 3000 - 7 x 3
    assert proven_optimum(make_problem(requests=(request,))) == 2979


def test_a_pin_before_the_request_begins_breaks_the_window() -> None:
    problem = make_problem(
        requests=(make_request("ada", first_day=day("2026-01-06")),),
        pins=(make_pin("ada", first_day=day("2026-01-05")),),
    )

    assert broken_pins(problem) == {("ada", Rule.WINDOW)}


def test_a_stay_that_fills_its_request_is_allowed() -> None:
    request = make_request("ada", first_day=day("2026-01-05"), last_day=day("2026-02-01"))
    problem = make_problem(
        requests=(request,),
        pins=(make_pin("ada", first_day=day("2026-01-05"), last_day=day("2026-02-01")),),
    )

    assert proven_optimum(problem) == 3000


def test_a_stay_has_the_most_whole_steps_that_fit() -> None:
    problem = make_problem(requests=(make_request("ada", min_days=7, max_days=20),))

    # 14 days, 6 short: 3000 - 6 x 3
    assert proven_optimum(problem) == 2982


def test_a_pin_to_days_between_two_steps_breaks_the_length() -> None:
    problem = make_problem(
        pins=(make_pin("ada", first_day=day("2026-01-05"), last_day=day("2026-01-20")),)
    )

    assert broken_pins(problem) == {("ada", Rule.LENGTH)}


def test_a_slot_of_fixed_dates_has_its_own_length_and_first_day() -> None:
    slot = make_slot(first_day=day("2026-01-07"), last_day=day("2026-01-16"), fixed_dates=True)

    # a Wednesday, 10 days, 18 short: 3000 - 18 x 3
    assert proven_optimum(make_problem(slots=(slot,))) == 2946


def test_a_stay_begins_on_the_arrival_weekday_next_to_the_preferred_day() -> None:
    request = make_request("ada", preferred_first_day=day("2026-01-21"))

    # Wednesday, two days after Monday, 19 January: 3000 - 2 x 1
    assert proven_optimum(make_problem(requests=(request,))) == 2998


def test_a_pin_to_another_weekday_breaks_the_arrival() -> None:
    problem = make_problem(pins=(make_pin("ada", first_day=day("2026-01-06")),))

    assert broken_pins(problem) == {("ada", Rule.ARRIVAL)}


def test_a_stay_may_begin_before_today_where_it_is_pinned_to_that_day() -> None:
    problem = make_problem(
        programme=make_programme(today=day("2026-01-20")),
        pins=(make_pin("ada", first_day=day("2026-01-12")),),
    )

    assert proven_optimum(problem) == 3000


def test_a_stay_may_begin_before_today_where_it_is_frozen() -> None:
    problem = make_problem(
        programme=make_programme(today=day("2026-01-20")),
        published=(make_residency("ada", first_day=day("2026-01-12"), days=28),),
    )

    assert proven_optimum(problem) == 3000


def test_a_stay_does_not_begin_before_today_otherwise() -> None:
    problem = make_problem(
        programme=make_programme(today=day("2026-01-13")),
        requests=(make_request("ada", preferred_first_day=day("2026-01-05")),),
    )

    # Monday, 19 January, is 14 days late
    assert proven_optimum(problem) == 2986


def test_a_stay_does_not_begin_on_public_days_and_closures() -> None:
    site = make_site(holidays="KR", closures=(make_range("2026-02-23", "2026-02-24"),))
    problem = make_problem(
        sites=(site,), requests=(make_request("ada", first_day=day("2026-02-16")),)
    )

    # New year's eve, the closure, and 2 March instead of Sunday; 9 March: 21 days, 3000 - 7 x 3
    assert proven_optimum(problem) == 2979


def test_two_stays_of_one_researcher_share_the_days_that_there_are() -> None:
    problem = make_problem(
        slots=(make_slot(first_day=day("2026-01-05"), last_day=day("2026-02-01")),),
        requests=(
            make_request("ada-1", researcher="ada", min_days=14),
            make_request("ada-2", researcher="ada", min_days=14),
        ),
    )

    # 14 days each, 14 short: 2 x (3000 - 14 x 3)
    assert proven_optimum(problem) == 5916


def test_pins_of_one_researcher_on_one_day_break_the_own_calendar() -> None:
    problem = make_problem(
        requests=(
            make_request("ada-1", researcher="ada"),
            make_request("ada-2", researcher="ada"),
        ),
        pins=(
            make_pin("ada-1", first_day=day("2026-01-05")),
            make_pin("ada-2", first_day=day("2026-01-05")),
        ),
    )

    assert broken_pins(problem) == {("ada-1", Rule.OWN_CALENDAR), ("ada-2", Rule.OWN_CALENDAR)}


def test_stays_of_one_researcher_may_follow_each_other_and_an_absence() -> None:
    absence = make_range("2025-12-24", "2026-01-04")
    problem = make_problem(
        requests=(
            make_request("ada-1", researcher="ada", unavailable=(absence,)),
            make_request("ada-2", researcher="ada", unavailable=(absence,)),
        ),
        pins=(
            make_pin("ada-1", first_day=day("2026-01-05")),
            make_pin("ada-2", first_day=day("2026-02-02")),
        ),
    )

    assert proven_optimum(problem) == 6000


def test_a_stay_avoids_the_days_on_which_the_researcher_is_unavailable() -> None:
    request = make_request(
        "ada", last_day=day("2026-02-01"), unavailable=(make_range("2026-01-20"),)
    )

    # 5 to 18 January: 14 days, 14 short: 3000 - 14 x 3
    assert proven_optimum(make_problem(requests=(request,))) == 2958


def test_a_stay_begins_when_the_visa_is_there() -> None:
    problem = make_problem(
        policy=make_policy(visa_lead_days={"CA": 30}),
        requests=(make_request("ada", submitted=day("2025-12-20"), last_day=day("2026-02-01")),),
    )

    # from 19 January, 14 days: 3000 - 14 x 3
    assert proven_optimum(problem) == 2958


def test_a_pin_before_the_visa_is_there_breaks_the_visa() -> None:
    problem = make_problem(
        policy=make_policy(visa_lead_days={"CA": 30}),
        requests=(make_request("ada", submitted=day("2025-12-20")),),
        pins=(make_pin("ada", first_day=day("2026-01-12")),),
    )

    assert broken_pins(problem) == {("ada", Rule.VISA)}


def test_a_pin_to_the_day_on_which_the_visa_is_there_is_allowed() -> None:
    problem = make_problem(
        policy=make_policy(visa_lead_days={"CA": 30, "US": 90}),
        requests=(make_request("ada", submitted=day("2025-12-20")),),
        pins=(make_pin("ada", first_day=day("2026-01-19")),),
    )

    assert proven_optimum(problem) == 3000


def test_a_stay_moves_to_the_event_that_must_be_attended() -> None:
    problem = make_problem(
        events=(make_event("demo", "2026-02-09"),),
        requests=(
            make_request(
                "ada", min_days=28, preferred_first_day=day("2026-01-05"), must_attend=("demo",)
            ),
        ),
    )

    # from 19 January, 14 days late, and the event itself: 3000 - 14 + 15
    assert proven_optimum(problem) == 3001


def test_a_pin_that_ends_before_the_event_breaks_must_attend() -> None:
    problem = make_problem(
        events=(make_event("demo", "2026-02-08", "2026-02-09"),),
        requests=(make_request("ada", must_attend=("demo",)),),
        pins=(make_pin("ada", last_day=day("2026-02-08")),),
    )

    assert broken_pins(problem) == {("ada", Rule.MUST_ATTEND)}


def test_an_event_may_last_as_long_as_the_stay() -> None:
    problem = make_problem(
        events=(make_event("demo", "2026-01-05", "2026-02-01"),),
        requests=(make_request("ada", must_attend=("demo",)),),
    )

    # 3000 + 15 for the event
    assert proven_optimum(problem) == 3015


def test_an_event_at_a_site_without_slots_leaves_its_guest_unplaced() -> None:
    problem = make_problem(
        sites=(make_site("seoul"), make_site("busan")),
        events=(make_event("demo", "2026-01-14", site="busan"),),
        requests=(make_request("ada", must_attend=("demo",)),),
    )

    assert proven_optimum(problem) == 0
