"""Changes of what was published: which ways people notice as another, and how many there may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scheduler.candidates.candidates import Candidates, Part, Way
from scheduler.candidates.days import Ints
from scheduler.problem.types import RequestId


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What people were told of a request and would notice: days, zone and host.

    Days are ordinals; zone and host are positions in the problem's lists, -1 for no host.
    """

    first: int
    stop: int
    zone: int
    host: int

    def times(self, each: Candidates) -> Ints:
        """Return the candidate's times on the very days, as positions."""
        return np.flatnonzero((each.first == self.first) & (each.stop == self.stop))

    def is_kept_by(self, each: Candidates, way: Way | None) -> bool:
        """Tell whether a way leaves everything as people were told."""
        return (
            way is not None
            and each.first[way.time] == self.first
            and each.stop[way.time] == self.stop
            and (way.zone, way.host) == (self.zone, self.host)
        )

    def options(self, each: Candidates, part: Part) -> Ints:
        """Return the options on the very days by which a part stays as it was, as positions."""
        options = each.options[part]
        who = self.zone if part is Part.ZONE else self.host
        return np.flatnonzero(np.isin(options.time, self.times(each)) & (options.who == who))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLimit:
    """At most so many of those who were told notice a change or are dropped."""

    most: int
    told: Mapping[RequestId, Told]

    def is_kept(self, each: Candidates, way: Way | None) -> bool:
        """Tell whether a request's way, or its being unplaced, is no change to anybody."""
        told = self.told.get(each.request.id)
        return told is None or told.is_kept_by(each, way)
