"""Candidates of a request: every allowed way to place it, as arrays.

A way is a time at a site with a slot, a zone, a host and a pool for that time. Times are the
distinct (site, first, stop) of a request; the options of each part refer to them by position,
so that ways are not multiplied out: given the time, each part chooses freely.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

import numpy as np

from scheduler.candidates.days import Bools, Ints, Positions
from scheduler.problem.requests import Request


class Part(Enum):
    """What a residency has for its time; the value names the field of a way."""

    SLOT = "slot"
    ZONE = "zone"
    HOST = "host"
    POOL = "pool"


class Way(NamedTuple):
    """One way to place a request: its time, and positions in the problem's lists (-1: none)."""

    time: int
    slot: int
    zone: int
    host: int
    pool: int

    def who(self, part: Part) -> int:
        """Return the position that the way has for a part."""
        return int(getattr(self, part.value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Who could serve at which time for how many points, each array (options,).

    They stand in the order of who, and then of time. ``points`` may be read only: where they are
    all the same, only one of them is kept.
    """

    who: Positions
    time: Positions
    points: Ints

    def of(self, who: int) -> slice:
        """Return where the options of one of those who could serve stand."""
        ends = np.array((who, who + 1), dtype=self.who.dtype)
        return slice(*np.searchsorted(self.who, ends).tolist())

    def points_at(self, who: int, time: int) -> int:
        """Return the points of the option of one who serves at a time."""
        own = self.of(who)
        return int(self.points[own][np.searchsorted(self.time[own], time)])

    def keep(self, mask: Bools, renumber: Ints) -> Options:
        """Return the options at the times that a mask keeps, times renumbered."""
        kept = mask[self.time]
        time = renumber[self.time[kept]].astype(np.int32)
        return Options(who=self.who[kept], time=time, points=self.points[kept])


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """All candidates of one request.

    ``site``, ``first``, ``stop`` (ordinals) and ``points`` are (times,). ``options`` has the
    parts that the request needs. ``required`` says that the request has to be placed;
    ``unplaced_points`` is what leaving it out is worth (never positive).
    """

    request: Request
    required: bool
    unplaced_points: int
    site: Ints
    first: Ints
    stop: Ints
    points: Ints
    options: Mapping[Part, Options]

    @property
    def times(self) -> int:
        """Number of times; no candidates where it is zero."""
        return len(self.first)

    @property
    def size(self) -> int:
        """Number of times and options."""
        return self.times + sum(len(each.time) for each in self.options.values())

    def points_of(self, way: Way) -> int:
        """Return what a way is worth by itself."""
        parts = (each.points_at(way.who(part), way.time) for part, each in self.options.items())
        return int(self.points[way.time]) + sum(parts)

    def best_points(self) -> int:
        """Return the most that the request can be worth by itself."""
        if not self.times:
            return self.unplaced_points
        best = self.points.copy()
        for each in self.options.values():
            most = np.full(self.times, np.iinfo(np.int64).min)
            np.maximum.at(most, each.time, each.points)
            best += most
        placed = int(best.max())
        return placed if self.required else max(placed, self.unplaced_points)
