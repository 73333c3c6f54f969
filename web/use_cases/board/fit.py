"""Where a request could go beside everybody else, and what it would break: answered at once.

What is worked out of a programme and a draft is kept, and follows the draft move by move.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np

from scheduler.candidates.candidates import Candidates, Part, Way
from scheduler.candidates.days import Bools
from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.space import Space
from scheduler.candidates.standing import space_with
from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from scheduler.problem.types import RequestId
from scheduler.rules import Term
from scheduler.verify import Neighbours, Violation
from web.use_cases.recent import Recent
from web.use_cases.workspace import Scenario

SETTINGS_KEPT = 3
"""Drafts that break rules need an occupancy for each of the stays that do so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """The candidates of a request, and which of them fit beside a plan."""

    space: Space
    candidates: Candidates
    times: Bools
    free: Mapping[Part, Bools]


class BoardFit:
    """Answers for one draft of a programme; threads may share it."""

    def __init__(self, scenario: Scenario) -> None:
        """Wait with all work until something is asked."""
        self.scenario = scenario
        self._lock = Lock()
        self._neighbours: Neighbours | None = None
        self._followed: Plan | None = None
        self._beside: Recent[frozenset[Residency], _Beside] = Recent(SETTINGS_KEPT)
        self._is_candidate: dict[Residency, bool] = {}

    def check(
        self, plan: Plan, request: RequestId, residency: Residency | None
    ) -> tuple[tuple[Violation, ...], dict[Term, int]]:
        """Return what a request would break if it were placed so, and what it would change."""
        with self._lock:
            neighbours = self._following(plan)
            broken = neighbours.check(request, residency)
            return broken, neighbours.difference(request, residency)

    def fitting(self, plan: Plan, request: RequestId) -> Fitting:
        """Return which ways of a request fit beside all others of a plan."""
        space = self.scenario.space
        others = {name: stay for name, stay in plan.by_request.items() if name != request}
        with self._lock:
            standing = frozenset(filter(self._stands_alone, others.values()))
            beside = self._beside.get(standing, lambda: _Beside(space, standing))
            beside.follow(others)
            number = space.position[request]
            times, free = beside.occupancy.fitting(number)
            each = beside.occupancy.space.candidates[number]
            return Fitting(space=space, candidates=each, times=times, free=free)

    def _following(self, plan: Plan) -> Neighbours:
        if self._neighbours is None:
            self._neighbours = Neighbours(self.scenario.problem, plan)
        elif self._followed is not plan:
            then, now = plan.by_request, self._neighbours.plan.by_request
            for request in now.keys() | then.keys():
                if now.get(request) != then.get(request):
                    self._neighbours.put(request, then.get(request))
        self._followed = plan
        return self._neighbours

    def _stands_alone(self, stay: Residency) -> bool:
        """Tell whether a stay breaks some rule by itself, so that no candidate is like it."""
        known = self._is_candidate.get(stay)
        if known is None:
            known = self.scenario.space.find_way(stay) is not None
            self._is_candidate[stay] = known
        return not known


class _Beside:
    """An occupancy that follows a plan; some of its residencies are no candidates."""

    def __init__(self, space: Space, standing: frozenset[Residency]) -> None:
        horizon = space.tables.horizon.days
        self._standing = {stay for stay in standing if stay.days.common(horizon)}
        self._outside = standing - self._standing
        self._space = space_with(
            space, {space.position[one.request]: one for one in self._standing}
        )
        self._placed: dict[RequestId, Residency] = {}
        self.occupancy = Occupancy(self._space)

    def follow(self, stays: Mapping[RequestId, Residency]) -> None:
        """Place those who have come or moved, remove those who have moved or gone."""
        moved = [name for name, stay in self._placed.items() if stays.get(name) != stay]
        for name in moved:
            del self._placed[name]
            self.occupancy.remove(self._space.position[name])
        for name in stays.keys() - self._placed.keys():
            way = self._find_way(stays[name])
            if way is not None:
                self.occupancy.place(self._space.position[name], way)
                self._placed[name] = stays[name]

    def _find_way(self, stay: Residency) -> Way | None:
        if stay in self._outside:
            return None
        if stay in self._standing:
            position = self._space.positions
            return Way(0, *(position[part].get(getattr(stay, part.value), -1) for part in Part))
        return self._space.find_way(stay)


def first_days(
    fitting: Fitting, days: int, part: Part, epoch: dt.date
) -> dict[str, tuple[int, ...]]:
    """Return on which days a stay could begin with each zone, host or slot, counted from a day.

    Those that are worth more to the request stand before others.
    """
    each, free = fitting.candidates, fitting.free.get(part)
    if free is None:
        return {}
    options = each.options[part]
    fits = fitting.times & (each.stop - each.first == days)
    chosen = np.flatnonzero(free & fits[options.time])
    names = ids_of(fitting.space.problem)[part]
    found: dict[int, set[int]] = {}
    worth: dict[int, int] = {}
    first = (each.first[options.time[chosen]] - epoch.toordinal()).tolist()
    for who, day, points in zip(
        options.who[chosen].tolist(), first, options.points[chosen].tolist(), strict=True
    ):
        found.setdefault(who, set()).add(day)
        worth[who] = points
    ranked = sorted(found, key=lambda who: (-worth[who], who))
    return {names[who]: tuple(sorted(found[who])) for who in ranked}


def lengths(fitting: Fitting) -> tuple[int, ...]:
    """Return the numbers of days for which a request fits somewhere."""
    each = fitting.candidates
    return tuple(np.unique((each.stop - each.first)[fitting.times]).tolist())


def ids_of(problem: Problem) -> Mapping[Part, Sequence[str]]:
    """Return the ids of slots, zones, hosts and pools by position."""
    return {
        Part.SLOT: [each.id for each in problem.slots],
        Part.ZONE: [each.id for each in problem.zones],
        Part.HOST: [each.id for each in problem.hosts],
        Part.POOL: [each.id for each in problem.pools],
    }
