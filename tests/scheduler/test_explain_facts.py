"""Reasons that a request's own rules give, with their facts, whoever else is there.

``ada`` asks for the four weeks from Monday, 5 January 2026, of a programme of twelve.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scheduler.explain.explain import explain_request
from scheduler.explain.explanation import Holder, Reason
from scheduler.explain.things import Kind, Span, Thing
from scheduler.problem.places import ExclusiveBy
from scheduler.problem.problem import Problem
from scheduler.problem.types import RequestId
from scheduler.rules import Rule
from tests.builders import (
    day,
    make_event,
    make_floor,
    make_host,
    make_plan,
    make_policy,
    make_pool,
    make_problem,
    make_programme,
    make_range,
    make_request,
    make_reservation,
    make_site,
    make_slot,
    make_track,
    make_zone,
)
from tests.explaining import said

FOUR_WEEKS: dict[str, Any] = {"first_day": day("2026-01-05"), "last_day": day("2026-02-01")}


def problem_of(*, ada: dict[str, Any] | None = None, **others: Any) -> Problem:
    """Return a problem of one request for exactly four weeks."""
    asked = {**FOUR_WEEKS, "min_days": 28, **(ada or {})}
    return make_problem(requests=(make_request("ada", **asked),), **others)


def why(problem: Problem) -> tuple[Reason, ...]:
    """Return the reasons why ada has no place in an empty plan."""
    return explain_request(problem, make_plan(), RequestId("ada")).reasons


def told(problem: Problem) -> list[tuple[Rule, str]]:
    """Return the rules and sentences of why ada has no place in an empty plan."""
    return said(problem, why(problem))


def span(first_day: str, last_day: str) -> Span:
    """Return days, both ends inclusive."""
    return Span(first_day=day(first_day), last_day=day(last_day))


def test_h1_the_window_is_shorter_than_the_shortest_stay() -> None:
    problem = problem_of(ada={"last_day": day("2026-01-25")})

    assert told(problem) == [
        (
            Rule.WINDOW,
            (
                "The days asked for, 5 - 25 Jan 2026, are 21 within the programme, "
                "and the shortest stay is 28."
            ),
        ),
        (Rule.LENGTH, "A stay lasts 28 to 28 days, in steps of 7 from the least."),
    ]


def test_h1_the_window_lies_outside_the_programme() -> None:
    problem = problem_of(
        ada={"first_day": day("2026-04-06"), "last_day": day("2026-06-07")},
        slots=(make_slot(last_day=day("2026-12-31")),),
    )

    assert told(problem) == [
        (
            Rule.WINDOW,
            (
                "The days asked for, 6 Apr - 7 Jun 2026, lie outside the programme, "
                "5 Jan - 29 Mar 2026."
            ),
        )
    ]


def test_h2_only_a_slot_that_is_taken_whole_is_there() -> None:
    slot = make_slot(fixed_dates=True, first_day=day("2026-01-05"), last_day=day("2026-01-11"))
    problem = problem_of(ada={"min_days": 14}, slots=(slot,))

    assert told(problem)[:2] == [
        (Rule.LENGTH, "A stay lasts 14 to 28 days, in steps of 7 from the least."),
        (Rule.LENGTH, "Winter is taken as a whole, 5 - 11 Jan 2026: 7 days."),
    ]


def test_h3_public_days_and_closures_of_a_site_are_named() -> None:
    closed = make_range("2026-01-12", "2026-01-16", name="moving")
    site = make_site(holidays="KR", closures=(closed, make_range("2026-03-02")))
    problem = make_problem(
        sites=(site,),
        requests=(
            make_request(
                "ada", first_day=day("2026-02-10"), last_day=day("2026-02-22"), min_days=7
            ),
        ),
    )

    weekdays, arrivals = why(problem)

    monday = span("2026-02-16", "2026-02-16")
    assert arrivals.resource == Thing(kind=Kind.SITE, id="seoul")
    assert arrivals.days == (monday,)
    assert [(holder.what.kind, holder.days) for holder in arrivals.holders] == [
        (Kind.PUBLIC_DAY, monday)
    ]
    assert said(problem, (weekdays, arrivals)) == [
        (Rule.ARRIVAL, "Stays begin on these days only: Monday."),
        (
            Rule.ARRIVAL,
            "Nobody arrives at seoul on 16 Feb 2026: The day preceding Korean New Year.",
        ),
    ]


def test_h3_a_closure_without_a_name_is_said_too() -> None:
    problem = problem_of(sites=(make_site(closures=(make_range("2026-01-05", "2026-01-06"),)),))

    assert told(problem)[1] == (Rule.ARRIVAL, "Nobody arrives at seoul on 5 Jan 2026: closed.")


def test_h3_a_stay_cannot_begin_before_today() -> None:
    problem = problem_of(programme=make_programme(today=day("2026-01-06")))

    assert told(problem)[1] == (
        Rule.ARRIVAL,
        "A stay cannot begin before today, 6 Jan 2026.",
    )


def test_h4_no_slot_takes_the_track() -> None:
    tracks = (make_track("vision"), make_track("robots"))

    assert told(problem_of(ada={"track": "robots"}, tracks=tracks)) == [
        (Rule.SLOT, "No slot takes the track robots.")
    ]


def test_h4_slots_are_on_other_days() -> None:
    problem = problem_of(slots=(make_slot(last_day=day("2026-01-25")),))

    assert told(problem) == [(Rule.SLOT, "Winter lasts 5 - 25 Jan 2026 and holds no such stay.")]


def test_what_the_programme_does_not_have_at_all_is_said() -> None:
    problem = problem_of(ada={"hosts": None, "gpus": 1}, slots=(), zones=(), hosts=(), pools=())

    assert told(problem) == [
        (Rule.SLOT, "The programme has no slots."),
        (Rule.ZONE, "The programme has no zones."),
        (Rule.HOST, "The programme has no hosts."),
        (Rule.COMPUTING, "The programme has no computing pools."),
    ]


def test_h5_no_zone_has_what_is_needed() -> None:
    problem = problem_of(ada={"needs": ("quiet", "window")})

    assert told(problem) == [
        (Rule.ZONE, "No zone that may be used has all that is needed: quiet and window.")
    ]


def test_h5_no_zone_takes_the_track() -> None:
    problem = problem_of(
        tracks=(make_track("vision"), make_track("robots")), zones=(make_zone(tracks=("robots",)),)
    )

    assert told(problem) == [(Rule.ZONE, "No zone that may be used takes the track vision.")]


def test_h5_no_zone_is_at_the_site() -> None:
    problem = problem_of(
        ada={"sites": ("busan",)},
        sites=(make_site("seoul"), make_site("busan")),
        slots=(make_slot(), make_slot("other", site="busan")),
    )

    assert told(problem) == [
        (Rule.ZONE, "None of the zones that may be used is at a site that may be used.")
    ]


def test_h5_zones_are_at_one_site_and_slots_at_another() -> None:
    problem = problem_of(
        sites=(make_site("seoul"), make_site("busan")), slots=(make_slot(site="busan"),)
    )

    assert told(problem) == [(Rule.ZONE, "Zone-a is at seoul, where no slot holds such a stay.")]


def test_h5_zones_are_closed_too_small_or_reserved() -> None:
    closure = make_range("2026-01-19", "2026-01-20", name="refurbishment")
    problem = problem_of(
        ada={"desks": 2, "area_m2": 20},
        zones=(
            make_zone("zone-a", desks=1),
            make_zone("zone-b", area_m2=10),
            make_zone("zone-c", closures=(closure,)),
            make_zone("zone-d"),
        ),
        reservations=(make_reservation(zone="zone-d", desks=7, first_day=day("2026-01-26")),),
    )

    reasons = why(problem)

    assert said(problem, reasons) == [
        (Rule.ZONE, "Desks in zone-a: 1, and 2 are asked for."),
        (Rule.ZONE, "Floor space in zone-b: 10 m2, and 20 are asked for."),
        (Rule.ZONE, "Zone-c is closed on 19 - 20 Jan 2026."),
        (
            Rule.ZONE,
            "Desks are short in zone-d on 26 Jan - 1 Feb 2026, by up to 1: held by company.",
        ),
    ]
    assert reasons[2].holders == (
        Holder(
            what=Thing(kind=Kind.CLOSURE, id="zone-c", name="refurbishment"),
            days=span("2026-01-19", "2026-01-20"),
            amount=1,
        ),
    )
    assert reasons[3].holders == (
        Holder(
            what=Thing(kind=Kind.RESERVATION, id="company"),
            days=span("2026-01-26", "2026-03-29"),
            amount=7,
        ),
    )


def test_h6_a_reservation_holds_the_zone() -> None:
    problem = problem_of(
        zones=(make_zone(exclusive_by=ExclusiveBy.GROUP),),
        reservations=(make_reservation(group="red", last_day=day("2026-01-11")),),
    )

    assert told(problem) == [
        (
            Rule.EXCLUSIVE_ZONE,
            "Zone-a takes one group at a time, and another is there on 5 - 11 Jan 2026: company.",
        )
    ]


def test_h7_the_host_is_away_on_the_day_of_arrival() -> None:
    away = make_range("2026-01-03", "2026-01-06", name="conference")
    problem = problem_of(ada={"hosts": ("lee",)}, hosts=(make_host("lee", absences=(away,)),))

    (reason,) = why(problem)

    assert said(problem, (reason,)) == [
        (Rule.HOST, "Lee is away on 5 - 6 Jan 2026 and cannot welcome anybody.")
    ]
    assert reason.holders == (
        Holder(
            what=Thing(kind=Kind.ABSENCE, id="lee", name="conference"),
            days=span("2026-01-03", "2026-01-06"),
            amount=1,
        ),
    )


def test_h7_no_host_is_of_the_track() -> None:
    problem = problem_of(
        ada={"hosts": None},
        tracks=(make_track("vision"), make_track("robots")),
        hosts=(make_host(tracks=("robots",)),),
    )

    assert told(problem) == [
        (Rule.HOST, "No host of the track vision is there to receive anybody.")
    ]


def test_h8_no_pool_is_large_enough_or_open() -> None:
    closed = make_pool(closures=(make_range("2026-01-30", "2026-02-20"),))

    assert told(problem_of(ada={"gpus": 65})) == [
        (Rule.COMPUTING, "No pool that may be used has 65 GPUs.")
    ]
    assert told(problem_of(ada={"gpus": 1}, pools=(closed,))) == [
        (Rule.COMPUTING, "Cluster is closed on 30 Jan - 1 Feb 2026.")
    ]


def test_h9_the_researcher_is_not_available() -> None:
    away = (make_range("2026-01-10"), make_range("2026-01-31", "2026-02-03"))

    (reason,) = why(problem_of(ada={"unavailable": away}))

    assert reason.days == (span("2026-01-10", "2026-01-10"), span("2026-01-31", "2026-02-01"))
    assert said(problem_of(), (reason,)) == [
        (Rule.OWN_CALENDAR, "Ada is not available on 10 Jan 2026 and 31 Jan - 1 Feb 2026.")
    ]


def test_h10_a_visa_takes_too_long() -> None:
    problem = problem_of(policy=make_policy(visa_lead_days={"CA": 64}))

    # submitted on 3 November 2025, 64 days before 6 January 2026
    assert told(problem) == [
        (
            Rule.VISA,
            (
                "A visa for CA takes 64 days from 3 Nov 2025, so the earliest first day is "
                "6 Jan 2026; the days asked for end on 1 Feb 2026."
            ),
        )
    ]


def test_h11_an_event_lies_outside_every_stay() -> None:
    problem = problem_of(
        ada={"must_attend": ("demo",)}, events=(make_event("demo", "2026-02-02", "2026-02-03"),)
    )

    (reason,) = why(problem)

    assert reason.resource == Thing(kind=Kind.EVENT, id="demo")
    assert reason.days == (span("2026-02-02", "2026-02-03"),)
    assert said(problem, (reason,)) == [
        (Rule.MUST_ATTEND, "Demo must be attended, at seoul on 2 - 3 Feb 2026.")
    ]


def test_names_are_said_with_their_ids_where_two_are_called_alike() -> None:
    zones = (
        make_zone("zone-a", closures=(make_range("2026-01-19"),)),
        make_zone("zone-b", floor="upper", closures=(make_range("2026-01-19"),)),
    )
    problem = problem_of(
        zones=tuple(replace(zone, name="Lab") for zone in zones),
        floors=(make_floor(), make_floor("upper")),
    )

    assert [text for _, text in told(problem)] == [
        "Lab (zone-a) is closed on 19 Jan 2026.",
        "Lab (zone-b) is closed on 19 Jan 2026.",
    ]
