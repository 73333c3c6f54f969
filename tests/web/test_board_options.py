"""What the board offers for a request is what the verifier allows beside everybody else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from scheduler.candidates.candidates import Part
from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request, Residency
from scheduler.problem.types import RequestId, ZoneId, day_of, days_of
from scheduler.verify import check_plan
from tests.builders import (
    day,
    make_host,
    make_plan,
    make_problem,
    make_request,
    make_residency,
    make_slot,
    make_zone,
)
from tests.random_plan import random_plan
from tests.seeded import tiny_problem
from web.use_cases.board.fit import BoardFit, Fitting, first_days, lengths
from web.use_cases.board.places import Wish, complete
from web.use_cases.workspace import Scenario

ADA = RequestId("ada")


def scenario(problem: Problem) -> Scenario:
    return Scenario(version="1", problem=problem)


def within(problem: Problem, plan: Plan) -> Plan:
    """Return the residencies of a plan that begin and end within the programme."""
    programme = days_of(problem.programme)
    return make_plan(*(stay for stay in plan.residencies if programme.covers(stay.days)))


def every_residency(problem: Problem, request: Request) -> Iterator[Residency]:
    """Yield whatever lies within the request's own days, allowed or not."""
    window = days_of(request)
    hosts = [None] if request.hosts == () else [host.id for host in problem.hosts]
    pools = [pool.id for pool in problem.pools] if request.gpus else [None]
    for first in range(window.start, window.stop):
        for stop in range(first + request.min_days, min(window.stop, first + request.max_days) + 1):
            for slot, zone, host, pool in product(problem.slots, problem.zones, hosts, pools):
                yield Residency(
                    request=request.id,
                    slot=slot.id,
                    zone=zone.id,
                    host=host,
                    pool=pool,
                    first_day=day_of(first),
                    last_day=day_of(stop - 1),
                )


def is_allowed(problem: Problem, plan: Plan, residency: Residency) -> bool:
    then = plan.by_request | {residency.request: residency}
    found = check_plan(problem, Plan(residencies=tuple(then.values())))
    return not any(residency.request in violation.requests for violation in found)


def offered(fitting: Fitting, problem: Problem) -> dict[Part, set[tuple[str, int, int]]]:
    """Return who is offered for which number of days from which day."""
    epoch = problem.programme.first_day
    return {
        part: {
            (who, first, days)
            for days in lengths(fitting)
            for who, firsts in first_days(fitting, days, part, epoch).items()
            for first in firsts
        }
        for part in (Part.ZONE, Part.HOST, Part.SLOT)
    }


@pytest.mark.parametrize("seed", range(60))
def test_zones_hosts_slots_and_days_that_are_offered_are_those_allowed(seed: int) -> None:
    problem = tiny_problem(seed)
    plan = within(problem, random_plan(problem, seed))
    fit = BoardFit(scenario(problem))
    epoch = problem.programme.first_day.toordinal()
    for request in problem.submitted:
        allowed: dict[Part, set[tuple[str, int, int]]] = {
            part: set() for part in (Part.ZONE, Part.HOST, Part.SLOT)
        }
        for residency in every_residency(problem, request):
            if is_allowed(problem, plan, residency):
                first, days = residency.days.start - epoch, residency.days.stop
                length = days - residency.days.start
                for part, chosen in allowed.items():
                    who = getattr(residency, part.value)
                    if who is not None:
                        chosen.add((who, first, length))
        assert offered(fit.fitting(plan, request.id), problem) == allowed


def test_what_is_offered_follows_the_draft_as_it_changes() -> None:
    problem = make_problem(
        zones=(make_zone("zone-a", desks=1), make_zone("zone-b", desks=1)),
        requests=(make_request("ada"), make_request("bob")),
    )
    fit = BoardFit(scenario(problem))
    epoch = problem.programme.first_day
    bob = make_residency("bob")
    plans = [
        make_plan(bob),
        make_plan(replace(bob, zone=ZoneId("zone-b"))),
        make_plan(),
        make_plan(replace(bob, zone=ZoneId("zone-b"), first_day=day("2026-01-06"))),
        make_plan(bob),
    ]
    shown = []
    for plan in plans:
        zones = first_days(fit.fitting(plan, ADA), 28, Part.ZONE, epoch)
        shown.append([zone for zone, days in zones.items() if 0 in days])
    assert shown == [["zone-b"], ["zone-a"], ["zone-a", "zone-b"], ["zone-a"], ["zone-b"]]


LAB = make_problem(
    zones=(make_zone("zone-a", desks=1), make_zone("zone-b", desks=1)),
    slots=(
        make_slot("winter", first_day=day("2026-01-05"), last_day=day("2026-02-15")),
        make_slot("spring", first_day=day("2026-02-16"), last_day=day("2026-03-29")),
    ),
    hosts=(make_host("kim", capacity=1), make_host("lee", capacity=1)),
    requests=(
        make_request("ada", hosts=("kim", "lee")),
        make_request("bob", hosts=("kim", "lee")),
    ),
)


def completed(plan: Plan, wish: Wish) -> Residency:
    fitting = BoardFit(scenario(LAB)).fitting(plan, wish.request)
    return complete(fitting, wish, plan.by_request.get(wish.request))


def wish(first_day: str, last_day: str, **others: str) -> Wish:
    return Wish(request=ADA, first_day=day(first_day), last_day=day(last_day), **others)


def test_what_is_left_open_is_the_best_that_fits_beside_the_others() -> None:
    bob = make_residency("bob", host="kim")
    found = completed(make_plan(bob), wish("2026-01-05", "2026-02-01"))
    assert found == make_residency("ada", zone="zone-b", host="lee")


def test_what_was_there_before_stays_where_it_fits() -> None:
    before = make_residency("ada", zone="zone-b", host="lee")
    found = completed(make_plan(before), wish("2026-01-12", "2026-02-08"))
    assert found == replace(before, first_day=day("2026-01-12"), last_day=day("2026-02-08"))


def test_a_stay_in_another_season_changes_its_slot() -> None:
    before = make_residency("ada", host="lee")
    found = completed(make_plan(before), wish("2026-03-02", "2026-03-29", zone="zone-a"))
    assert (found.slot, found.zone, found.host) == ("spring", "zone-a", "lee")


def test_on_days_that_no_rule_allows_the_nearest_slot_is_taken() -> None:
    before = make_residency("ada", host="lee")
    found = completed(make_plan(before), wish("2026-02-11", "2026-03-10"))
    assert (found.slot, found.zone, found.host) == ("spring", "zone-a", "lee")
