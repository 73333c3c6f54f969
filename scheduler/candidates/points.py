"""What a candidate is worth by itself: the unary terms of the objective."""

from __future__ import annotations

import numpy as np

from scheduler.candidates.days import Bools, Ints
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request
from scheduler.problem.types import HostId, SiteId, days_of


class Points:
    """Unary terms of one request."""

    def __init__(self, problem: Problem, request: Request) -> None:
        """Keep what the terms are computed from."""
        self.problem = problem
        self.request = request
        self.weights = problem.policy.weights
        self.told = problem.told.get(request.id)

    @property
    def unplaced(self) -> int:
        """Points of leaving the request out."""
        return 0 if self.told is None else -self.weights.dropped

    def of_times(self, site: Ints, first: Ints, stop: Ints) -> Ints:
        """Return the points of being placed at a time, all arrays (times,)."""
        request, weights = self.request, self.weights
        points = np.full(len(first), weights.placed * request.priority, dtype=np.int64)
        points -= weights.short_day * (request.max_days - (stop - first))
        if request.preferred_first_day is not None:
            points -= weights.shift_day * abs(first - request.preferred_first_day.toordinal())
        points += self._of_events(site, first, stop)
        if self.told is not None:
            days = self.told.days
            shift = abs(first - days.start) + abs(stop - days.stop)
            points -= weights.redated * (shift > 0) + weights.redated_day * shift
            if request.hosts == ():
                points += self.of_host(None)
        return points

    def of_zones(self) -> Ints:
        """Return the points of each zone, (zones,): its own, wishes, and the change to it."""
        wishes = set(self.request.wishes)
        points = []
        for zone in self.problem.zones:
            own = self.request.zone_points.get(zone.id, 0)
            own += self.weights.wish * len(wishes.intersection(zone.features))
            if self.told is not None and self.told.zone != zone.id:
                own -= self.weights.rezoned
            points.append(own)
        return np.array(points, dtype=np.int64)

    def of_host(self, host: HostId | None) -> int:
        """Return the points of a host: its rank, and the change to another."""
        points = 0
        if self.request.hosts and host in self.request.hosts:
            points -= self.weights.host_rank * self.request.hosts.index(host)
        if self.told is not None and self.told.host != host:
            points -= self.weights.rehosted
        return points

    def _of_events(self, site: Ints, first: Ints, stop: Ints) -> Ints:
        points = np.zeros(len(first), dtype=np.int64)
        for event in self.problem.events:
            if not event.tracks or self.request.track in event.tracks:
                days = days_of(event)
                attended = (first <= days.start) & (stop >= days.stop)
                points += self.weights.event * (attended & self._at(event.site)[site])
        return points

    def _at(self, site: SiteId) -> Bools:
        return np.array([each.id == site for each in self.problem.sites], dtype=np.bool_)
