"""What has been decided in a sample: pins, and in tiny ones a published plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.programme import Slot
from scheduler.problem.requests import Pin, Request, Residency
from scheduler.sample.dice import Dice
from scheduler.sample.family import Shape
from scheduler.sample.spans import Span
from scheduler.verify import check_plan

TRIES = 100


def with_decisions(problem: Problem, shape: Shape, dice: Dice) -> Problem:
    """Add pins and published residencies, taken from one small plan that is allowed.

    So they can hold together. A published residency that is not frozen may have moved since,
    and need not be allowed any more.
    """
    pins = dice.rounded(shape.rates.pins * shape.size.requests)
    published = dice.rounded(shape.rates.published * shape.size.requests)
    plan = _small_plan(problem, pins + published, dice)
    told = [_moved(one, problem, dice) for one in plan.residencies[pins:]]
    return replace(
        problem,
        pins=tuple(_pin(residency, dice) for residency in plan.residencies[:pins]),
        published=tuple(told),
    )


def _small_plan(problem: Problem, size: int, dice: Dice) -> Plan:
    plan = Plan()
    for request in dice.draw(problem.submitted, size):
        for residency in _tries(problem, request, dice):
            larger = Plan(residencies=(*plan.residencies, residency))
            if _is_allowed(problem, Plan(residencies=(residency,))):
                plan = larger if _is_allowed(problem, larger) else plan
                break
    return plan


def _is_allowed(problem: Problem, plan: Plan) -> bool:
    return not check_plan(problem, plan)


def _tries(problem: Problem, request: Request, dice: Dice) -> Iterator[Residency]:
    """Yield residencies that might do."""
    window = Span(request.first_day, request.last_day)
    slots = [
        slot
        for slot in problem.slots
        if request.track in slot.tracks
        and (request.sites is None or slot.site in request.sites)
        and window.common(Span(slot.first_day, slot.last_day)) >= request.min_days
    ]
    for _ in range(TRIES if slots else 0):
        yield _try(problem, request, dice.pick(slots), dice)


def _try(problem: Problem, request: Request, slot: Slot, dice: Dice) -> Residency:
    first_day, last_day = _days(problem, request, slot, dice)
    zones = [zone.id for zone in problem.zones if problem.site_of_zone[zone.id] == slot.site]
    any_host = [host.id for host in problem.hosts if request.track in host.tracks]
    hosts = any_host if request.hosts is None else request.hosts
    pools = [pool.id for pool in problem.pools] if request.pools is None else request.pools
    return Residency(
        request=request.id,
        slot=slot.id,
        zone=dice.pick(request.zones or zones),
        host=dice.pick(hosts) if hosts else None,
        pool=dice.pick(pools) if request.gpus else None,
        first_day=first_day,
        last_day=last_day,
    )


def _days(problem: Problem, request: Request, slot: Slot, dice: Dice) -> Span:
    """Return days of a shortest stay that begins on an arrival weekday, or the fixed dates."""
    if slot.fixed_dates:
        return Span(slot.first_day, slot.last_day)
    first_day = max(request.first_day, slot.first_day, problem.programme.today)
    last_day = min(request.last_day, slot.last_day)
    room = (last_day - first_day).days + 1 - request.min_days
    weekdays = [str(weekday) for weekday in problem.policy.arrival_weekdays]
    days = [first_day + dt.timedelta(days=offset) for offset in range(room + 1)]
    arrivals = [day for day in days if day.strftime("%a").lower() in weekdays]
    arrival = dice.pick(arrivals or [first_day])
    return Span(arrival, arrival + dt.timedelta(days=request.min_days - 1))


def _pin(residency: Residency, dice: Dice) -> Pin:
    """Return a pin of one to three parts of a residency."""
    parts = ("slot", "zone", "host", "pool", "first_day", "last_day")
    pinned = dice.draw(parts, dice.between(1, 3))
    return Pin(
        request=residency.request,
        **{part: getattr(residency, part) for part in parts if part in pinned},
    )


def _moved(residency: Residency, problem: Problem, dice: Dice) -> Residency:
    """Return a published residency as it was told, before its host or days were changed."""
    if problem.is_frozen(residency) or dice.chance(0.5):
        return residency
    week = dt.timedelta(days=7 if dice.chance(0.5) else 0)
    return replace(
        residency,
        host=dice.pick(problem.hosts).id,
        first_day=residency.first_day + week,
        last_day=residency.last_day + week,
    )
