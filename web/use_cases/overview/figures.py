"""Figures of a plan: how many, for how long, and how full the floors are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from scheduler.problem.places import Reservation, Zone
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from scheduler.problem.types import Days, days_of
from web.use_cases.months import days_of_month
from web.use_cases.views import Figures


def count_figures(
    problem: Problem, residencies: Iterable[Residency], *, month: dt.date, day: dt.date
) -> Figures:
    """Count what the plan holds in all, in a month, and on a day."""
    stays = tuple(residencies)
    shown = days_of_month(month)
    submitted = len(problem.submitted)
    return Figures(
        submitted=submitted,
        placed=len(stays),
        unplaced=submitted - len(stays),
        residencies_this_month=sum(1 for stay in stays if stay.days.common(shown)),
        person_days=sum(_person_days(problem, stay, stay.days) for stay in stays),
        person_days_this_month=sum(_person_days(problem, stay, shown) for stay in stays),
        desks_day=day,
        desks_in_use=_desks_in_use(problem, stays, day.toordinal()),
        desks=sum(zone.desks for zone in open_zones(problem, day)),
    )


def open_zones(problem: Problem, day: dt.date) -> Iterator[Zone]:
    """Yield the zones that are open on a day."""
    for zone in problem.zones:
        closed = any(day.toordinal() in days_of(closure) for closure in zone.closures)
        if day.toordinal() in days_of(zone) and not closed:
            yield zone


def _person_days(problem: Problem, stay: Residency, within: Days) -> int:
    return stay.days.common(within) * problem.request[stay.request].desks


def _desks_in_use(problem: Problem, stays: Iterable[Residency], day: int) -> int:
    taken: Iterable[Reservation] = (item for item in problem.reservations if day in days_of(item))
    present = (problem.request[stay.request] for stay in stays if day in stay.days)
    return sum(item.desks for item in taken) + sum(request.desks for request in present)
