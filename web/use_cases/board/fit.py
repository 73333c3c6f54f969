"""Where a request could go beside everybody else, and what it would break: answered at once.

What is worked out of a programme and a draft is kept, and follows the draft move by move.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np

from scheduler.candidates.asking import Standing
from scheduler.candidates.build import build_candidates
from scheduler.candidates.candidates import Candidates, Part
from scheduler.candidates.days import Bools
from scheduler.candidates.tables import Tables
from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from scheduler.problem.types import RequestId
from scheduler.rules import Term
from scheduler.verify import Neighbours, Violation
from web.use_cases.workspace import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """The candidates of a request, and which of them fit beside a plan."""

    problem: Problem
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
        self._standing: Standing | None = None

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
        problem = self.scenario.problem
        with self._lock:
            standing = self._standing or Standing(Tables(problem))
            self._standing = standing
            standing.follow(plan.by_request)
            each = build_candidates(standing.tables, problem.request[request])
            times, free = standing.fitting(each)
        return Fitting(problem=problem, candidates=each, times=times, free=free)

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
    names = ids_of(fitting.problem)[part]
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
