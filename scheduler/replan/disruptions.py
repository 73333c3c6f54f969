"""What may go wrong with a published plan, drawn from assumed chances: the same seed, the same.

The chances are assumptions of whoever asks, not measurements. Late visas and early departures
are drawn only for residencies that are neither frozen nor pinned: those stay as they are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from scheduler.plan import Plan
from scheduler.problem.adjustments import Adjustment, ChangeLength, ChangeWindow, Withdraw
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request, Residency
from scheduler.problem.types import RequestId


class Happening(StrEnum):
    """What happens to somebody who was placed."""

    WITHDRAWAL = "withdrawal"
    LATE_VISA = "late_visa"
    EARLY_DEPARTURE = "early_departure"

    @property
    def words(self) -> str:
        """What several of them are called."""
        return f"{self.replace('_', ' ')}s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """Assumed chance of each happening for one residency, and by how many days visas are late."""

    withdrawal: float = 0.03
    late_visa: float = 0.05
    early_departure: float = 0.05
    most_late_days: int = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Disruption:
    """What happens to one request, as changes of the problem."""

    request: RequestId
    happening: Happening
    adjustments: tuple[Adjustment, ...]


def draw_disruptions(
    problem: Problem, plan: Plan, chances: Chances, *, seed: int, number: int
) -> tuple[Disruption, ...]:
    """Return what happens in one sample; the plan is the problem's published one.

    Each sample has dice of its own, so that it does not depend on how many are drawn.
    """
    generator = np.random.default_rng([seed, number])
    drawn = []
    for request in problem.requests:
        rolls = generator.random(4)
        residency = plan.by_request.get(request.id)
        if request.is_submitted and residency is not None:
            drawn += list(_befalling(problem, request, residency, chances, rolls.tolist()))
    return tuple(drawn)


def _befalling(
    problem: Problem,
    request: Request,
    residency: Residency,
    chances: Chances,
    rolls: list[float],
) -> Iterator[Disruption]:
    """Yield what happens to one residency: one thing at most, or nothing."""
    withdrawn, late, early, amount = rolls
    if residency.last_day < problem.programme.today:
        return
    if withdrawn < chances.withdrawal:
        yield Disruption(
            request=request.id,
            happening=Happening.WITHDRAWAL,
            adjustments=(Withdraw(request=request.id),),
        )
    elif _is_decided(problem, residency):
        return
    elif late < chances.late_visa and _needs_visa(problem, request):
        yield _late_visa(request, residency, 1 + int(amount * chances.most_late_days))
    elif early < chances.early_departure:
        yield from _early_departure(problem, request, residency, amount)


def _is_decided(problem: Problem, residency: Residency) -> bool:
    pinned = any(pin.request == residency.request for pin in problem.pins)
    return pinned or problem.is_frozen(residency)


def _needs_visa(problem: Problem, request: Request) -> bool:
    """Tell whether a visa may be late: of countries with lead days, or of all if none has any."""
    countries = problem.policy.visa_lead_days
    return not countries or problem.institution_of(request).country in countries


def _late_visa(request: Request, residency: Residency, days: int) -> Disruption:
    arrival = min(residency.first_day + dt.timedelta(days=days), request.last_day)
    return Disruption(
        request=request.id,
        happening=Happening.LATE_VISA,
        adjustments=(ChangeWindow(request=request.id, first_day=arrival),),
    )


def _early_departure(
    problem: Problem, request: Request, residency: Residency, amount: float
) -> Iterator[Disruption]:
    """Yield a departure before the last day, after what must be attended.

    Nobody leaves dates that are fixed.
    """
    attended = (problem.event[event].last_day for event in request.must_attend)
    earliest = max((residency.first_day, *attended))
    choice = (residency.last_day - earliest).days
    if choice < 1 or problem.slot[residency.slot].fixed_dates:
        return
    last_day = earliest + dt.timedelta(days=int(amount * choice))
    yield Disruption(
        request=request.id,
        happening=Happening.EARLY_DEPARTURE,
        adjustments=(
            ChangeWindow(request=request.id, first_day=residency.first_day, last_day=last_day),
            ChangeLength(request=request.id, min_days=(last_day - residency.first_day).days + 1),
        ),
    )
