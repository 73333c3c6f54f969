"""Two who work together: their common days, and what being near each other is worth."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scheduler.candidates.candidates import Candidates, Part, Way
from scheduler.candidates.days import Ints
from scheduler.candidates.space import Space
from scheduler.problem.requests import Collaboration


class Partner(NamedTuple):
    """Another member of a collaboration, where it is placed."""

    collaboration: Collaboration
    candidates: Candidates
    way: Way

    def common_days(self, first: Ints, stop: Ints) -> Ints:
        """Return the days that stays share with the partner's, in the shape of the stays."""
        start, end = self.candidates.first[self.way.time], self.candidates.stop[self.way.time]
        return np.asarray(np.maximum(np.minimum(stop, end) - np.maximum(first, start), 0))

    def time_points(self, space: Space, each: Candidates) -> Ints:
        """Return the points of overlap that each time of a request brings, (times,)."""
        common = self.common_days(each.first, each.stop)
        target = self.collaboration.target_overlap_days
        return space.problem.policy.weights.overlap_day * np.minimum(common, target)

    def zone_points(self, space: Space, each: Candidates) -> Ints:
        """Return the points of the same floor that each zone's option brings, (options,)."""
        zones = each.options[Part.ZONE]
        if not self.collaboration.same_floor:
            return np.zeros_like(zones.who)
        floor = space.tables.floor_of_zone
        meets = self.common_days(each.first, each.stop) > 0
        here = (floor[zones.who] == floor[self.way.zone]) & meets[zones.time]
        return np.asarray(space.problem.policy.weights.same_floor * here)

    def points(self, space: Space, each: Candidates, way: Way) -> int:
        """Return the points of being near that one way of a request brings."""
        weights, collaboration = space.problem.policy.weights, self.collaboration
        common = int(self.common_days(each.first[way.time], each.stop[way.time]))
        floor = space.tables.floor_of_zone
        together = collaboration.same_floor and floor[way.zone] == floor[self.way.zone]
        return weights.overlap_day * min(
            common, collaboration.target_overlap_days
        ) + weights.same_floor * int(together and common > 0)
