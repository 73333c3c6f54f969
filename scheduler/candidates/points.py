"""What a candidate is worth by itself: the unary terms of the objective."""

from __future__ import annotations

import numpy as np

from scheduler.candidates.candidates import Part
from scheduler.candidates.days import Ints
from scheduler.candidates.tables import Tables
from scheduler.problem.requests import Request
from scheduler.problem.types import HostId


class Points:
    """Unary terms of one request."""

    def __init__(self, tables: Tables, request: Request) -> None:
        """Keep what the terms are computed from."""
        problem = tables.problem
        self.tables = tables
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
        attended = self.tables.events.attended(request.track, site, first, stop)
        points += weights.event * attended
        if self.told is not None:
            days = self.told.days
            shift = abs(first - days.start) + abs(stop - days.stop)
            points -= weights.redated * (shift > 0) + weights.redated_day * shift
            if request.hosts == ():
                points += self.of_host(None)
        return points

    def of_zones(self) -> Ints:
        """Return the points of each zone, (zones,): its own, wishes, and the change to it."""
        tables, weights = self.tables, self.weights
        points = np.zeros(len(self.problem.zones), dtype=np.int64)
        position = tables.positions[Part.ZONE]
        for zone, own in self.request.zone_points.items():
            points[position[zone]] += own
        for feature in set(self.request.wishes):
            points += weights.wish * tables.zones.having(feature)
        if self.told is not None:
            points -= weights.rezoned
            points[position[self.told.zone]] += weights.rezoned
        return points

    def of_hosts(self, hosts: Ints) -> Ints:
        """Return the points of some hosts by position, (hosts,)."""
        if not self.request.hosts and self.told is None:
            return np.zeros(len(hosts), dtype=np.int64)
        points = [self.of_host(self.problem.hosts[host].id) for host in hosts.tolist()]
        return np.array(points, dtype=np.int64)

    def of_host(self, host: HostId | None) -> int:
        """Return the points of a host: its rank, and the change to another."""
        points = 0
        if self.request.hosts and host in self.request.hosts:
            points -= self.weights.host_rank * self.request.hosts.index(host)
        if self.told is not None and self.told.host != host:
            points -= self.weights.rehosted
        return points
