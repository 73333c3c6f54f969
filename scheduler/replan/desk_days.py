"""How full the floors are: desk-days taken of those that zones offer while they are open."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.plan import Plan
from scheduler.problem.places import Zone
from scheduler.problem.problem import Problem
from scheduler.problem.types import Days, days_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskDays:
    """Desk-days of the programme: taken by residencies and reservations, and offered."""

    taken: int
    offered: int

    @property
    def share(self) -> float:
        """Share that is taken; 0 where nothing is offered."""
        return self.taken / self.offered if self.offered else 0.0


def count_desk_days(problem: Problem, plan: Plan) -> DeskDays:
    """Count the desk-days that are taken on open days of all zones, and those on offer."""
    opened = {zone.id: _open_days(problem, zone) for zone in problem.zones}
    taken = sum(
        len(opened[residency.zone].intersection(range(*residency.days)))
        * problem.request[residency.request].desks
        for residency in plan.residencies
    )
    taken += sum(
        len(opened[reservation.zone].intersection(range(*days_of(reservation)))) * reservation.desks
        for reservation in problem.reservations
    )
    offered = sum(len(opened[zone.id]) * zone.desks for zone in problem.zones)
    return DeskDays(taken=taken, offered=offered)


def _open_days(problem: Problem, zone: Zone) -> set[int]:
    own, programme = days_of(zone), days_of(problem.programme)
    days = Days(max(own.start, programme.start), min(own.stop, programme.stop))
    closed = {day for closure in zone.closures for day in range(*days_of(closure))}
    return set(range(*days)) - closed
