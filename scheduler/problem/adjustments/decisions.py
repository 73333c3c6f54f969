"""Changes to what has been decided: pins, withdrawals, notice, and the day of planning."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from scheduler.problem.adjustments.base import CannotAdjust, varied
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Pin, RequestStatus
from scheduler.problem.types import RequestId, Whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw:
    """Withdraw a request, and with it the pins that are on it."""

    kind: Literal["withdraw"] = "withdraw"
    request: RequestId

    def applied_to(self, problem: Problem) -> Problem:
        """Return the problem without the wish."""
        return replace(
            problem,
            requests=varied(
                problem.requests,
                self.request,
                lambda request: replace(request, status=RequestStatus.WITHDRAWN),
            ),
            pins=_without_pins(problem, self.request),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPin:
    """Decide about a request; pins that are on it already hold as well."""

    kind: Literal["add_pin"] = "add_pin"
    pin: Pin

    def applied_to(self, problem: Problem) -> Problem:
        """Return the problem with one more pin."""
        return replace(problem, pins=(*problem.pins, self.pin))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePin:
    """Take back what has been decided about a request."""

    kind: Literal["release_pin"] = "release_pin"
    request: RequestId

    def applied_to(self, problem: Problem) -> Problem:
        """Return the problem without pins on the request."""
        left = _without_pins(problem, self.request)
        if left == problem.pins:
            raise CannotAdjust(f"no pin is on request '{self.request}'")
        return replace(problem, pins=left)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFrozenDays:
    """Change for how many days ahead published stays remain as they are."""

    kind: Literal["change_frozen_days"] = "change_frozen_days"
    frozen_days: Whole

    def applied_to(self, problem: Problem) -> Problem:
        """Return the problem with the notice changed."""
        return replace(problem, policy=replace(problem.policy, frozen_days=self.frozen_days))


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveToday:
    """Plan from another day."""

    kind: Literal["move_today"] = "move_today"
    today: dt.date

    def applied_to(self, problem: Problem) -> Problem:
        """Return the problem as of that day."""
        return replace(problem, programme=replace(problem.programme, today=self.today))


def _without_pins(problem: Problem, request: RequestId) -> tuple[Pin, ...]:
    return tuple(pin for pin in problem.pins if pin.request != request)
