"""What a researcher is offered instead of a published stay: verified, and all that there is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from random import Random

import numpy as np
import pytest

from scheduler.candidates.days import Bools
from scheduler.candidates.times import Times
from scheduler.plan import Plan
from scheduler.problem.places import ExclusiveBy
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request, Residency
from scheduler.problem.types import Days, HostId, RequestId, ZoneId
from scheduler.verify import check_plan
from tests.brute_force import allowed_residencies
from tests.builders import (
    FIRST_DAY,
    TODAY,
    day,
    make_floor,
    make_host,
    make_pin,
    make_policy,
    make_problem,
    make_range,
    make_request,
    make_residency,
    make_slot,
    make_zone,
)
from tests.seeded import tiny_problem
from web.use_cases.change_requests.kinds import Kind
from web.use_cases.change_requests.options import Picked, find_options, pick_days
from web.use_cases.change_requests.published import Asking, PublishedPlan
from web.use_cases.change_requests.stays import widened
from web.use_cases.workspace import Scenario

ADA = RequestId("ada")
LONG_AGO = dt.date(2020, 1, 1)
SEEDS = range(30)


def published(problem: Problem, *stays: Residency) -> PublishedPlan:
    """Return what people have been told, in a programme."""
    told = replace(problem, published=stays)
    return PublishedPlan(Scenario(version="1", problem=told))


def asking(plan: PublishedPlan, request: RequestId = ADA) -> Asking:
    """Return what can be asked of a stay that was published."""
    found = plan.asking(request)
    assert found is not None
    return found


def offered(plan: PublishedPlan, kind: Kind) -> list[tuple[str, str]]:
    """Return first and last days of what ada is offered of a kind."""
    found = find_options(plan.problem, asking(plan), today=TODAY)
    return [(str(stay.first_day), str(stay.last_day)) for stay in found[kind]]


def picked(plan: PublishedPlan, first_day: str, days: int) -> Picked:
    """Return what ada is told of days that she picks."""
    first = day(first_day).toordinal()
    return pick_days(asking(plan), Days(first, first + days), today=TODAY)


@cache
def seeded(seed: int) -> Problem:
    """Return a tiny problem with an allowed plan that people have been told."""
    problem = replace(tiny_problem(seed), published=(), pins=())
    dice = Random(seed)  # noqa: S311 - a test's seed is no secret
    stays: tuple[Residency, ...] = ()
    for request in problem.submitted:
        possible = [
            stay
            for stay in allowed_residencies(problem, request)
            if not check_plan(problem, Plan(residencies=(*stays, stay)))
        ]
        if possible:
            stays = (*stays, dice.choice(possible))
    return replace(problem, published=stays)


def as_long_as(days: int) -> Callable[[Times], Bools]:
    """Return what looks at stays of one length."""
    return lambda times: np.asarray(times.stop - times.first == days)


def asked_of(plan: PublishedPlan) -> list[Asking]:
    """Return what can be asked of the stays that are not frozen."""
    problem = plan.problem
    free = [told for told in problem.told.values() if not problem.is_frozen(told)]
    return [asking(plan, told.request) for told in free]


def put(problem: Problem, request: Request, stay: Residency) -> tuple[Problem, Plan]:
    """Return a problem with a request as it asks, and the published plan with its other stay."""
    requests = tuple(request if each.id == request.id else each for each in problem.requests)
    others = (told for told in problem.published if told.request != request.id)
    return replace(problem, requests=requests), Plan(residencies=(*others, stay))


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_offered_is_allowed_in_the_published_stays_place(seed: int) -> None:
    plan = PublishedPlan(Scenario(version="1", problem=seeded(seed)))
    for each in asked_of(plan):
        first = each.told.days.start
        found = [*find_options(plan.problem, each, today=LONG_AGO).values()]
        near = pick_days(each, Days(first + 1, first + 1 + each.length), today=LONG_AGO)
        for stay in (*(one for some in found for one in some), *near.nearest):
            beside = put(plan.problem, widened(each.request, stay), stay)
            assert check_plan(*beside) == ()
            assert plan.allows(stay)


@pytest.mark.parametrize("seed", SEEDS)
def test_days_on_which_nothing_is_offered_are_allowed_nowhere(seed: int) -> None:
    plan = PublishedPlan(Scenario(version="1", problem=seeded(seed)))
    for each in asked_of(plan):
        answers = each.look(as_long_as(each.length))
        as_long = replace(each.wide, min_days=each.length, max_days=each.length)
        wide, _ = put(plan.problem, as_long, each.told)
        allowed = {
            stay.days
            for stay in allowed_residencies(wide, as_long)
            if check_plan(*put(wide, as_long, stay)) == ()
        }
        assert answers.days == allowed
        found = {days for days in answers.days if answers.find(days) is not None}
        assert found | {each.told.days} == allowed | {each.told.days}


def test_there_are_stays_that_could_be_others_among_the_seeds() -> None:
    plans = [PublishedPlan(Scenario(version="1", problem=seeded(seed))) for seed in SEEDS]
    found = [find_options(p.problem, each, today=LONG_AGO) for p in plans for each in asked_of(p)]
    counts = {kind: sum(len(one.get(kind, ())) for one in found) for kind in Kind}
    assert all(counts[kind] for kind in (Kind.LATER, Kind.EARLIER, Kind.SHORTER, Kind.PLACE))


def test_a_stay_may_be_one_two_or_four_weeks_later() -> None:
    plan = published(make_problem(), make_residency("ada"))
    assert offered(plan, Kind.LATER) == [
        ("2026-01-12", "2026-02-08"),
        ("2026-01-19", "2026-02-15"),
        ("2026-02-02", "2026-03-01"),
    ]


def test_where_the_usual_spans_are_taken_the_nearest_days_are_offered() -> None:
    away = (make_range("2026-02-02", "2026-02-15"),)
    problem = make_problem(requests=(make_request("ada", unavailable=away),))
    plan = published(problem, make_residency("ada"))
    assert offered(plan, Kind.LATER) == [
        ("2026-02-16", "2026-03-15"),
        ("2026-02-23", "2026-03-22"),
        ("2026-03-02", "2026-03-29"),
    ]


def test_a_stay_may_be_earlier_but_not_before_today() -> None:
    plan = published(make_problem(), make_residency("ada", first_day=day("2026-01-19")))
    found = find_options(plan.problem, asking(plan), today=day("2026-01-05"))
    assert [stay.first_day for stay in found[Kind.EARLIER]] == [day("2026-01-12")]


def test_a_shorter_stay_ends_earlier_and_a_longer_one_later() -> None:
    plan = published(make_problem(), make_residency("ada", days=21))
    assert (
        offered(plan, Kind.SHORTER)
        == [
            ("2026-01-05", "2026-01-11"),
            ("2026-01-05", "2026-01-18"),
        ][::-1]
    )
    assert offered(plan, Kind.LONGER) == [
        ("2026-01-05", "2026-02-01"),
        ("2026-01-05", "2026-02-08"),
        ("2026-01-05", "2026-02-22"),
    ]


def test_a_full_zone_is_no_option() -> None:
    zones = (make_zone("zone-a", desks=1), make_zone("zone-b", desks=1, floor="floor-2"))
    problem = make_problem(
        floors=(make_floor(), make_floor("floor-2", level=2)),
        zones=zones,
        requests=(make_request("ada"), make_request("bob")),
    )
    alone = published(problem, make_residency("ada"))
    assert [s.zone for s in find_options(problem, asking(alone), today=TODAY)[Kind.PLACE]] == [
        "zone-b"
    ]
    taken = published(problem, make_residency("ada"), make_residency("bob", zone=ZoneId("zone-b")))
    assert offered(taken, Kind.PLACE) == []


def test_of_each_floor_one_place_is_offered_those_of_other_floors_first() -> None:
    problem = make_problem(
        floors=(make_floor(), make_floor("floor-2", level=2)),
        zones=(
            make_zone("zone-a"),
            make_zone("zone-b"),
            make_zone("zone-c", floor="floor-2"),
            make_zone("zone-d", floor="floor-2"),
        ),
        requests=(make_request("ada", zone_points={ZoneId("zone-d"): 5}),),
    )
    plan = published(problem, make_residency("ada"))
    found = find_options(problem, asking(plan), today=TODAY)[Kind.PLACE]
    assert [stay.zone for stay in found] == ["zone-d", "zone-b"]


def test_only_hosts_that_the_request_names_are_offered_and_only_where_one_is_needed() -> None:
    hosts = (make_host("kim"), make_host("lee"), make_host("cho"))
    named = make_request("ada", hosts=(HostId("kim"), HostId("lee")))
    plan = published(
        make_problem(hosts=hosts, requests=(named,)), make_residency("ada", host=HostId("kim"))
    )
    found = find_options(plan.problem, asking(plan), today=TODAY)
    assert [stay.host for stay in found[Kind.HOST]] == ["lee"]
    without = published(make_problem(hosts=hosts), make_residency("ada"))
    assert Kind.HOST not in find_options(without.problem, asking(without), today=TODAY)


def test_what_a_pin_decides_stays() -> None:
    problem = make_problem(pins=(make_pin("ada", first_day=FIRST_DAY),))
    plan = published(problem, make_residency("ada"))
    assert (offered(plan, Kind.LATER), offered(plan, Kind.SHORTER)[0]) == (
        [],
        ("2026-01-05", "2026-01-25"),
    )


def test_an_option_may_lie_beyond_the_request() -> None:
    narrow = make_request("ada", last_day=day("2026-02-01"), min_days=28)
    plan = published(make_problem(requests=(narrow,)), make_residency("ada"))
    assert offered(plan, Kind.LATER)[0] == ("2026-01-12", "2026-02-08")
    assert offered(plan, Kind.SHORTER)[0] == ("2026-01-05", "2026-01-25")


def test_days_that_are_picked_are_possible_or_the_nearest_are_named() -> None:
    plan = published(make_problem(), make_residency("ada"))
    assert picked(plan, "2026-01-26", 14).stay == make_residency(
        "ada", first_day=day("2026-01-26"), days=14
    )
    tuesday = picked(plan, "2026-01-27", 14)
    assert tuesday.stay is None
    assert [stay.first_day for stay in tuesday.nearest] == [day("2026-01-26"), day("2026-02-02")]
    assert picked(plan, "2026-01-05", 28) == Picked(stay=None, nearest=())


def test_days_outside_the_programme_have_the_nearest_inside() -> None:
    plan = published(make_problem(), make_residency("ada"))
    found = picked(plan, "2030-01-07", 28)
    assert [stay.last_day for stay in found.nearest] == [day("2026-03-29")]


def test_fixed_dates_offer_other_slots() -> None:
    slots = (
        make_slot("one", first_day=day("2026-01-05"), last_day=day("2026-01-23"), fixed_dates=True),
        make_slot("two", first_day=day("2026-02-02"), last_day=day("2026-02-20"), fixed_dates=True),
    )
    told = make_residency("ada", days=19, slot=slots[0].id)
    plan = published(make_problem(slots=slots), told)
    assert offered(plan, Kind.LATER) == [("2026-02-02", "2026-02-20")]


def test_somebody_in_an_exclusive_zone_keeps_others_out() -> None:
    problem = make_problem(
        zones=(make_zone("zone-a", exclusive_by=ExclusiveBy.GROUP),),
        requests=(make_request("ada", group="red"), make_request("bob", group="blue")),
    )
    bob = make_residency("bob", first_day=day("2026-02-02"), days=14)
    plan = published(problem, make_residency("ada"), bob)
    assert offered(plan, Kind.LATER) == [
        ("2026-02-16", "2026-03-15"),
        ("2026-02-23", "2026-03-22"),
        ("2026-03-02", "2026-03-29"),
    ]


def test_steps_of_a_length_are_kept() -> None:
    problem = make_problem(
        policy=make_policy(stay_step_days=3), requests=(make_request("ada", min_days=8),)
    )
    plan = published(problem, make_residency("ada", days=14))
    lengths = {(day(last) - day(first)).days + 1 for first, last in offered(plan, Kind.SHORTER)}
    assert {days % 3 for days in lengths} == {2}
