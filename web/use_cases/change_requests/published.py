"""The published plan, beside which a researcher asks for another stay: what fits, verified.

Nothing of other people's leaves this room: what is asked is answered by days, place, host and
computing of the one who asks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from sqlalchemy.orm import Session

from scheduler.candidates.asking import Standing
from scheduler.candidates.build import build_candidates
from scheduler.candidates.candidates import Part
from scheduler.candidates.tables import Tables
from scheduler.candidates.times import Times
from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request, Residency
from scheduler.problem.types import Days, RequestId, day_of, days_of
from scheduler.verify import Neighbours
from web.use_cases.board.fit import Fitting, ids_of
from web.use_cases.board.places import Wish, complete
from web.use_cases.change_requests.kinds import Kind
from web.use_cases.change_requests.stays import widened
from web.use_cases.recent import Recent
from web.use_cases.workspace import Scenario, Workspaces

REACH_DAYS = 56
"""By so many days a stay may be longer or shorter than the request asks for, to be offered."""

PLANS_KEPT = 4
OFFERED_KEPT = 512

Offered = Mapping[Kind, tuple[Residency, ...]]
"""Stays by kind, the nearest to the wish first; every kind that can be offered has an entry."""


class PublishedPlan:
    """What people have been told, beside the programme as it stands; threads may share it."""

    def __init__(self, scenario: Scenario) -> None:
        """Wait with all work until something is asked."""
        self.scenario = scenario
        self._offered: Recent[tuple[str, dt.date], Offered] = Recent(OFFERED_KEPT)

    @property
    def problem(self) -> Problem:
        """The programme as it stands."""
        return self.scenario.problem

    @cached_property
    def _standing(self) -> Standing:
        return Standing(Tables(self.problem), self.problem.told.values())

    @cached_property
    def _neighbours(self) -> Neighbours:
        return Neighbours(self.problem, Plan(residencies=tuple(self.problem.told.values())))

    def offered(self, asked: tuple[str, dt.date], find: Callable[[], Offered]) -> Offered:
        """Return what can be offered for a request on a day; it is looked for once."""
        return self._offered.get(asked, find)

    def asking(self, request: RequestId) -> Asking | None:
        """Return what can be asked of a published stay; None where its request has none."""
        told = self.problem.told.get(request)
        if told is None or request not in self._standing:
            return None
        wide = _wide(self.problem, self.problem.request[request], told)
        return Asking(
            told=told,
            request=self.problem.request[request],
            wide=wide,
            standing=self._standing,
            neighbours=self._neighbours.asking(wide),
        )

    def allows(self, stay: Residency) -> bool:
        """Tell whether a stay could take the published one's place, its request widened for it."""
        request = self.problem.request.get(stay.request)
        if request is None or stay.request not in self.problem.told:
            return False
        return not self._neighbours.asking(widened(request, stay)).check(stay.request, stay)


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Questions about one published stay; ``wide`` is its request as wide as may be asked."""

    told: Residency
    request: Request
    wide: Request
    standing: Standing
    neighbours: Neighbours

    @property
    def length(self) -> int:
        """Number of days of the published stay."""
        return self.told.days.stop - self.told.days.start

    def look(self, wanted: Callable[[Times], np.ndarray]) -> Answers:
        """Return what fits of the days wanted."""
        asked = build_candidates(self.standing.tables, self.wide, wanted=wanted)
        times, free = self.standing.fitting(asked)
        problem = self.standing.tables.problem
        fitting = Fitting(problem=problem, candidates=asked, times=times, free=free)
        return Answers(asking=self, fitting=fitting)


@dataclass(frozen=True, kw_only=True)
class Answers:
    """Days on which a stay fits beside all others, and where it would be."""

    asking: Asking
    fitting: Fitting

    @cached_property
    def days(self) -> frozenset[Days]:
        """Every range of days that fits somewhere."""
        each, fits = self.fitting.candidates, self.fitting.times
        pairs = zip(each.first[fits].tolist(), each.stop[fits].tolist(), strict=True)
        return frozenset(Days(first, stop) for first, stop in pairs)

    def find(
        self, days: Days, *, zone: str | None = None, host: str | None = None
    ) -> Residency | None:
        """Return the best stay on some days, where it is asked for: verified, or none.

        It keeps what it can of where the published stay is.
        """
        if days not in self.days:
            return None
        told = self.asking.told
        wish = Wish(
            request=told.request,
            first_day=day_of(days.start),
            last_day=day_of(days.stop - 1),
            zone=zone,
            host=host,
        )
        stay = complete(self.fitting, wish, told)
        if stay == told or self.asking.neighbours.check(stay.request, stay):
            return None
        return stay

    def others(self, part: Part, days: Days) -> tuple[str, ...]:
        """Return who else could serve on some days, the best for the request first."""
        each, fitting = self.fitting.candidates, self.fitting
        options = each.options.get(part)
        if options is None:
            return ()
        here = fitting.times & (each.first == days.start) & (each.stop == days.stop)
        chosen = np.flatnonzero(fitting.free[part] & here[options.time])
        ids = ids_of(fitting.problem)[part]
        worth: dict[str, int] = {}
        for at in chosen.tolist():
            name = ids[int(options.who[at])]
            worth[name] = max(int(options.points[at]), worth.get(name, int(options.points[at])))
        worth.pop(str(getattr(self.asking.told, part.value)), None)
        return tuple(sorted(worth, key=lambda name: -worth[name]))


class PublishedPlans:
    """Gives published plans, kept as long as their programme's version stands."""

    def __init__(self) -> None:
        """Keep a few."""
        self._plans: Recent[tuple[str, str], PublishedPlan] = Recent(PLANS_KEPT)

    def load(self, session: Session, workspaces: Workspaces, programme_id: str) -> PublishedPlan:
        """Return what people have been told, beside a programme as it stands."""
        scenario = workspaces.scenario(session, programme_id)
        key = (programme_id, scenario.version)
        return self._plans.get(key, lambda: PublishedPlan(scenario))


def lengths_of(asking: Asking, problem: Problem) -> tuple[int, ...]:
    """Return the lengths that may be asked for, the published stay's among them."""
    wide, step = asking.wide, problem.policy.stay_step_days
    slots = [slot for slot in problem.slots if asking.request.track in slot.tracks]
    fixed = {days_of(slot).stop - days_of(slot).start for slot in slots if slot.fixed_dates}
    found = {asking.length, *(days for days in fixed if wide.min_days <= days <= wide.max_days)}
    if not all(slot.fixed_dates for slot in slots):
        found.update(range(wide.min_days, wide.max_days + 1, step))
    return tuple(sorted(found))


def _wide(problem: Problem, request: Request, told: Residency) -> Request:
    """Return a request for any days of the programme, and for lengths within reach.

    Lengths stay in step with the request's shortest.
    """
    step, length = problem.policy.stay_step_days, told.days.stop - told.days.start
    shortest = min(request.min_days, length)
    least = max(1, shortest - REACH_DAYS)
    return replace(
        request,
        first_day=problem.programme.first_day,
        last_day=problem.programme.last_day,
        min_days=request.min_days - (request.min_days - least) // step * step,
        max_days=max(request.max_days, length) + REACH_DAYS,
    )
