"""Changes to who asks and what a request asks for, and to what binds it to others."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from scheduler.problem.adjustments.base import CannotAdjust, refuse_twin, varied
from scheduler.problem.people import Researcher
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request
from scheduler.problem.types import CollaborationId, HostId, Positive, RequestId, Whole


@dataclass(frozen=True, slots=True, kw_only=True)
class AddResearcher:
    """Make somebody known who has not asked before."""

    kind: Literal["add_researcher"] = "add_researcher"
    researcher: Researcher

    def applied_to(self, problem: Problem) -> Problem:
        """Return the problem with one more researcher."""
        refuse_twin("researcher", self.researcher.id, problem.researcher)
        return replace(problem, researchers=(*problem.researchers, self.researcher))


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRequest:
    """Take in a request that has come late."""

    kind: Literal["add_request"] = "add_request"
    request: Request

    def applied_to(self, problem: Problem) -> Problem:
        """Return the problem with one more request."""
        refuse_twin("request", self.request.id, problem.request)
        return replace(problem, requests=(*problem.requests, self.request))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeWindow:
    """Shift or narrow the days within which a stay lies; a day that is not given stays."""

    kind: Literal["change_window"] = "change_window"
    request: RequestId
    first_day: dt.date | None = None
    last_day: dt.date | None = None

    def applied_to(self, problem: Problem) -> Problem:
        """Return the problem with the window changed."""
        return replace(problem, requests=varied(problem.requests, self.request, self._changed))

    def _changed(self, request: Request) -> Request:
        return replace(
            request,
            first_day=self.first_day or request.first_day,
            last_day=self.last_day or request.last_day,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WidenWindow:
    """Let a stay begin earlier or end later; a day that is not given stays."""

    kind: Literal["widen_window"] = "widen_window"
    request: RequestId
    first_day: dt.date | None = None
    last_day: dt.date | None = None

    def applied_to(self, problem: Problem) -> Problem:
        """Return the problem with the window widened; it never becomes narrower."""
        return replace(problem, requests=varied(problem.requests, self.request, self._widened))

    def _widened(self, request: Request) -> Request:
        return replace(
            request,
            first_day=min(request.first_day, self.first_day or request.first_day),
            last_day=max(request.last_day, self.last_day or request.last_day),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLength:
    """Change how short or how long a stay may be; what is not given stays."""

    kind: Literal["change_length"] = "change_length"
    request: RequestId
    min_days: Positive | None = None
    max_days: Positive | None = None

    def applied_to(self, problem: Problem) -> Problem:
        """Return the problem with the lengths changed."""
        return replace(problem, requests=varied(problem.requests, self.request, self._changed))

    def _changed(self, request: Request) -> Request:
        return replace(
            request,
            min_days=self.min_days or request.min_days,
            max_days=self.max_days or request.max_days,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowHosts:
    """Let more hosts receive a visitor, after those whom the request prefers."""

    kind: Literal["allow_hosts"] = "allow_hosts"
    request: RequestId
    hosts: tuple[HostId, ...]

    def applied_to(self, problem: Problem) -> Problem:
        """Return the problem with the hosts added."""
        return replace(problem, requests=varied(problem.requests, self.request, self._allowing))

    def _allowing(self, request: Request) -> Request:
        if not request.hosts:
            needs = "needs no host" if request.hosts == () else "allows any host of its track"
            raise CannotAdjust(f"request '{request.id}' {needs}")
        added = tuple(host for host in self.hosts if host not in request.hosts)
        return replace(request, hosts=(*request.hosts, *added))


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiveNeed:
    """Do without a feature that a request needs of its zone."""

    kind: Literal["waive_need"] = "waive_need"
    request: RequestId
    feature: str

    def applied_to(self, problem: Problem) -> Problem:
        """Return the problem with the need waived."""
        return replace(problem, requests=varied(problem.requests, self.request, self._waiving))

    def _waiving(self, request: Request) -> Request:
        if self.feature not in request.needs:
            raise CannotAdjust(f"request '{request.id}' does not need '{self.feature}'")
        return replace(request, needs=tuple(need for need in request.needs if need != self.feature))


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortenOverlap:
    """Ask fewer common days of those who work together."""

    kind: Literal["shorten_overlap"] = "shorten_overlap"
    collaboration: CollaborationId
    min_overlap_days: Whole

    def applied_to(self, problem: Problem) -> Problem:
        """Return the problem with the fewer days."""
        return replace(
            problem,
            collaborations=varied(
                problem.collaborations,
                self.collaboration,
                lambda pair: replace(
                    pair, min_overlap_days=min(pair.min_overlap_days, self.min_overlap_days)
                ),
            ),
        )
