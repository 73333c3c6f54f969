"""Reasons that others give, rule by rule: what is scarce, on which days, who holds it.

``bob`` is placed from Monday, 5 January 2026, for four weeks; ``ada`` wants to come on these
very days.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scheduler.explain.explain import explain_request
from scheduler.explain.explanation import Holder, Reason
from scheduler.explain.things import Kind, Span, Thing
from scheduler.problem.places import ExclusiveBy
from scheduler.problem.problem import Problem
from scheduler.problem.programme import Measure
from scheduler.problem.requests import Cost, Residency
from scheduler.problem.types import RequestId
from scheduler.rules import Rule
from tests.builders import (
    day,
    make_collaboration,
    make_host,
    make_institution,
    make_plan,
    make_problem,
    make_quota,
    make_request,
    make_researcher,
    make_reservation,
    make_residency,
    make_separation,
    make_slot,
    make_track,
    make_zone,
)
from tests.explaining import said

FOUR_WEEKS: dict[str, Any] = {"first_day": day("2026-01-05"), "last_day": day("2026-02-01")}
JANUARY = Span(**FOUR_WEEKS)
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


def why(problem: Problem, *residencies: Residency) -> tuple[Reason, ...]:
    """Return the reasons why ada has no place beside some residencies."""
    return explain_request(problem, make_plan(*residencies), RequestId("ada")).reasons


def by_bob(amount: int = 1) -> Holder:
    """Return bob as one who holds something all January."""
    what = Thing(kind=Kind.REQUEST, id="bob")
    return Holder(what=what, days=JANUARY, amount=amount)


def check(
    problem: Problem, bob: Residency, rule: Rule, resource: Thing, text: str, *, amount: int = 1
) -> None:
    """Check that one thing is in ada's way all January, and that bob holds so much of it."""
    reasons = why(problem, bob)
    (reason,) = reasons
    assert (reason.rule, reason.resource, reason.days) == (rule, resource, (JANUARY,))
    assert reason.holders == (by_bob(amount),)
    assert said(problem, reasons) == [(rule, text)]


def test_h4_the_only_place_of_a_slot() -> None:
    check(
        problem_of(slots=(make_slot(places=1),)),
        BOB,
        Rule.SLOT,
        Thing(kind=Kind.SLOT, id="winter"),
        "No place is left in winter on 5 Jan - 1 Feb 2026: held by bob.",
    )


def test_h5_desks() -> None:
    check(
        problem_of(zones=(make_zone(desks=2),), ada={"desks": 1}, bob={"desks": 2}),
        BOB,
        Rule.ZONE,
        Thing(kind=Kind.ZONE, id="zone-a"),
        "Desks are short in zone-a on 5 Jan - 1 Feb 2026, by up to 1: held by bob.",
        amount=2,
    )


def test_h5_square_metres() -> None:
    check(
        problem_of(ada={"area_m2": 100}, bob={"area_m2": 21}),
        BOB,
        Rule.ZONE,
        Thing(kind=Kind.ZONE, id="zone-a"),
        "Floor space is short in zone-a on 5 Jan - 1 Feb 2026, by up to 1 m2: held by bob.",
        amount=21,
    )


def test_h5_reservations_are_named_with_those_who_stay() -> None:
    company = make_reservation(desks=7, first_day=day("2026-01-12"), last_day=day("2026-01-18"))
    problem = problem_of(reservations=(company,))

    (reason,) = why(problem, BOB)

    week = Span(first_day=day("2026-01-12"), last_day=day("2026-01-18"))
    reserved = Holder(what=Thing(kind=Kind.RESERVATION, id="company"), days=week, amount=7)
    assert reason.days == (week,)
    assert reason.holders == (reserved, by_bob())
    assert said(problem, (reason,)) == [
        (
            Rule.ZONE,
            "Desks are short in zone-a on 12 - 18 Jan 2026, by up to 1: held by company and bob.",
        )
    ]


@pytest.mark.parametrize(
    ("by", "text"),
    [
        (ExclusiveBy.INSTITUTION, "Zone-a takes one institution at a time"),
        (ExclusiveBy.COUNTRY, "Zone-a takes one country at a time"),
        (ExclusiveBy.TRACK, "Zone-a takes one track at a time"),
        (ExclusiveBy.GROUP, "Zone-a takes one group at a time"),
    ],
)
def test_h6_others_hold_the_zone(by: ExclusiveBy, text: str) -> None:
    check(
        problem_of(
            zones=(make_zone(exclusive_by=by),),
            tracks=(make_track("vision"), make_track("robots")),
            slots=(make_slot(tracks=("vision", "robots")),),
            institutions=(make_institution("waterloo"), make_institution("kaist", country="KR")),
            researchers=(make_researcher("ada", institution="kaist"), make_researcher("bob")),
            ada={"track": "robots", "group": "red"},
        ),
        BOB,
        Rule.EXCLUSIVE_ZONE,
        Thing(kind=Kind.ZONE, id="zone-a"),
        f"{text}, and another is there on 5 Jan - 1 Feb 2026: bob.",
    )


def test_h7_a_host_receives_others() -> None:
    check(
        problem_of(
            hosts=(make_host("kim", capacity=1),), ada={"hosts": ("kim",)}, bob={"hosts": ("kim",)}
        ),
        make_residency("bob", host="kim"),
        Rule.HOST,
        Thing(kind=Kind.HOST, id="kim"),
        "Kim receives as many visitors as agreed on 5 Jan - 1 Feb 2026: bob.",
    )


def test_h8_gpus() -> None:
    check(
        problem_of(ada={"gpus": 40}, bob={"gpus": 40}),
        make_residency("bob", pool="cluster"),
        Rule.COMPUTING,
        Thing(kind=Kind.POOL, id="cluster"),
        "GPUs are short in cluster on 5 Jan - 1 Feb 2026, by up to 16: held by bob.",
        amount=40,
    )


def test_h9_the_researcher_is_there_already() -> None:
    check(
        problem_of(bob={"researcher": "ada"}),
        BOB,
        Rule.OWN_CALENDAR,
        Thing(kind=Kind.RESEARCHER, id="ada"),
        "Ada is there for another request on 5 Jan - 1 Feb 2026: ada (bob).",
    )


def test_h12_somebody_to_be_kept_apart() -> None:
    check(
        problem_of(separations=(make_separation("ada", "bob"),)),
        BOB,
        Rule.SEPARATION,
        Thing(kind=Kind.SEPARATION, id="rivals"),
        "Zone-a has somebody on 5 Jan - 1 Feb 2026 who must be kept apart: bob.",
    )


@pytest.mark.parametrize(
    ("measure", "most", "amount", "text"),
    [
        (Measure.RESIDENCIES, 1, 1, "1 of 1 residencies"),
        (Measure.PERSON_DAYS, 40, 28, "28 of 40 person-days"),
        (Measure.COST, 3000, 2810, "2,810 of 3,000 KRW"),
    ],
)
def test_h13_a_quota(measure: Measure, most: int, amount: int, text: str) -> None:
    check(
        problem_of(
            ada={"cost": Cost(fixed=10, per_day=100)},
            bob={"cost": Cost(fixed=10, per_day=100)},
            quotas=(make_quota("few", measure=measure, max=most),),
        ),
        BOB,
        Rule.QUOTA,
        Thing(kind=Kind.QUOTA, id="few"),
        f"Few allows no more: {text} are used by bob.",
        amount=amount,
    )


def test_h13_a_quota_of_nobody() -> None:
    problem = problem_of(quotas=(make_quota("few", max=0),))

    assert said(problem, why(problem)) == [
        (Rule.QUOTA, "Few allows no more: 0 of 0 residencies are used by nobody.")
    ]


def test_h15_a_partner_is_there_on_other_days() -> None:
    check(
        problem_of(
            ada={"min_days": 7, "max_days": 7},
            collaborations=(make_collaboration("ada", "bob", min_overlap_days=14),),
        ),
        BOB,
        Rule.COLLABORATION,
        Thing(kind=Kind.COLLABORATION, id="team"),
        "Bob, who must share 14 days with this stay, is there on 5 Jan - 1 Feb 2026.",
    )


def test_only_days_are_named_on_which_the_request_could_be_there() -> None:
    problem = make_problem(
        slots=(make_slot(places=1),),
        requests=(make_request("ada", last_day=day("2026-01-18")), make_request("bob")),
    )

    (reason,) = why(problem, BOB)

    assert reason.days == (Span(first_day=day("2026-01-05"), last_day=day("2026-01-18")),)


def test_what_does_not_stand_between_a_request_and_a_place_is_left_out() -> None:
    problem = make_problem(
        slots=(make_slot("winter", places=1), make_slot("other", places=1)),
        zones=(make_zone("zone-a", desks=1), make_zone("zone-b")),
        requests=tuple(make_request(name, **FOUR_WEEKS, min_days=28) for name in ("ada", "bob")),
    )
    taken = make_residency("bob", slot="winter")
    full = replace(problem, slots=problem.slots[:1])

    # There is a desk in zone-b, so zone-a is in nobody's way.
    assert [reason.rule for reason in why(full, taken)] == [Rule.SLOT]


def test_holders_who_are_there_longest_come_first_and_few_are_named() -> None:
    guests = [f"guest-{number}" for number in range(8)]
    problem = make_problem(
        slots=(make_slot(places=7),),
        requests=tuple(
            make_request(name, **FOUR_WEEKS, min_days=days)
            for name, days in [("ada", 28), *((guest, 7) for guest in guests)]
        ),
    )
    first, *others, last = guests
    reasons = why(
        problem,
        make_residency(first, days=7),
        *(make_residency(guest, days=14) for guest in others),
        make_residency(last, first_day=day("2026-01-12"), days=7),
    )

    assert [holder.what.id for holder in reasons[0].holders] == [*others, first, last]
    text = "No place is left in winter on 5 - 18 Jan 2026: held by guest-1, guest-2, guest-3, "
    assert said(problem, reasons) == [(Rule.SLOT, f"{text}guest-4 and 4 more.")]
