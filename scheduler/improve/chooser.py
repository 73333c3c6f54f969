"""Who is freed together: requests that something connects, chosen at random around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

import numpy as np
from numpy.random import Generator

from scheduler.candidates.candidates import Candidates, Part, Way
from scheduler.candidates.days import Bools, Ints
from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.worth import Floats

WAITING = 0.25
"""Unplaced requests among those freed, at most, as a share."""

USED = 1e-6
"""Share from which on a relaxation is said to use a time."""


class Kind(StrEnum):
    """What freed requests have in common."""

    DAYS = "days"
    FLOOR = "floor"
    HOST = "host"
    POOL = "pool"
    COMPETITION = "competition"
    COLLABORATION = "collaboration"
    RELAXATION = "relaxation"


class Chooser:
    """Chooses requests around something, of those that are free."""

    def __init__(
        self,
        occupancy: Occupancy,
        free: Bools,
        size: int,
        generator: Generator,
        shares: Sequence[Floats] | None = None,
    ) -> None:
        """Choose about ``size``; ``shares`` is what a relaxation uses of everybody's times."""
        self._occupancy = occupancy
        self._space = occupancy.space
        self._free = free
        self._size = size
        self._generator = generator
        self._shares = shares or ()
        self._waiting = free & (occupancy.site < 0)
        self._placed = np.flatnonzero(free & (occupancy.site >= 0))

    def of_kind(self, kind: Kind) -> list[int]:
        """Return requests to free, in order; few or none where the kind finds none."""
        choosers: Mapping[Kind, Callable[[], list[int]]] = {
            Kind.DAYS: self._days,
            Kind.FLOOR: self._floor,
            Kind.HOST: lambda: self._sharing(Part.HOST),
            Kind.POOL: lambda: self._sharing(Part.POOL),
            Kind.COMPETITION: self._competition,
            Kind.COLLABORATION: self._collaboration,
            Kind.RELAXATION: self._relaxation,
        }
        return sorted(set(choosers[kind]()))

    def _days(self) -> list[int]:
        """Choose placed requests around some days at a site, and unplaced ones for these days."""
        centre = self._space.candidates[self._any(np.flatnonzero(self._free))]
        time = int(self._generator.integers(centre.times))
        first, stop, site = (int(a[time]) for a in (centre.first, centre.stop, centre.site))
        at_site = self._placed[self._occupancy.site[self._placed] == site]
        return self._around(at_site, first, stop, lambda each: each.site == site)

    def _floor(self) -> list[int]:
        """Choose requests around some days on one floor."""
        if not len(self._placed):
            return []
        centre = self._any(self._placed)
        floors = self._space.tables.floor_of_zone
        floor = floors[self._occupancy.ways[centre].zone]
        return self._around_centre(
            centre, lambda way: bool(floors[way.zone] == floor), Part.ZONE, floors == floor
        )

    def _sharing(self, part: Part) -> list[int]:
        """Choose requests around some days that have one host, or one pool."""
        having = [at for at in self._placed.tolist() if self._occupancy.ways[at].who(part) >= 0]
        if not having:
            return []
        centre = self._any(np.array(having))
        who = self._occupancy.ways[centre].who(part)
        wanted = np.zeros(who + 1, dtype=np.bool_)
        wanted[who] = True
        return self._around_centre(centre, lambda way: way.who(part) == who, part, wanted)

    def _around_centre(
        self, centre: int, holds: Callable[[Way], bool], part: Part, wanted: Bools
    ) -> list[int]:
        """Choose those who hold something, those who wait for it, and those who are there too."""
        ways, occupancy = self._occupancy.ways, self._occupancy
        holders = np.array([at for at in self._placed.tolist() if holds(ways[at])], dtype=np.int64)
        first, stop = int(occupancy.first[centre]), int(occupancy.stop[centre])

        def could(each: Candidates) -> Bools:
            options = each.options.get(part)
            able = np.zeros(each.times, dtype=np.bool_)
            if options is not None:
                known = options.who < len(wanted)
                able[options.time[known][wanted[options.who[known]]]] = True
            return able

        chosen = self._around(holders, first, stop, could)
        site = occupancy.site[centre]
        others = self._placed[occupancy.site[self._placed] == site]
        others = others[~np.isin(others, chosen)]
        return chosen + self._nearest(others, first, stop, self._size - len(chosen))

    def _around(
        self, placed: Ints, first: int, stop: int, could: Callable[[Candidates], Bools]
    ) -> list[int]:
        """Choose the placed ones nearest to some days, and unplaced ones that could come then."""
        most = round(WAITING * self._size)
        waiting = []
        for request in self._generator.permutation(np.flatnonzero(self._waiting)).tolist():
            each = self._space.candidates[request]
            if ((each.first < stop) & (each.stop > first) & could(each)).any():
                waiting.append(request)
                if len(waiting) >= most:
                    break
        return waiting + self._nearest(placed, first, stop, self._size - len(waiting))

    def _nearest(self, placed: Ints, first: int, stop: int, count: int) -> list[int]:
        """Return those whose stays are nearest to some days; of those that meet, any."""
        distance = np.maximum(
            self._occupancy.first[placed] - stop, first - self._occupancy.stop[placed]
        )
        order = np.argsort(np.maximum(distance, 0) + self._generator.random(len(placed)))
        return [int(each) for each in placed[order[:count]]]

    def _competition(self) -> list[int]:
        """Choose an unplaced request and those that hold something that it lacks."""
        if not self._waiting.any():
            return []
        centre = self._any(np.flatnonzero(self._waiting))
        blocks = list(self._occupancy.blocked(centre))
        if not blocks:
            return []
        self._waiting[centre] = False
        most = round(WAITING * self._size)
        chosen = dict.fromkeys([centre, *self._sample(np.flatnonzero(self._waiting), most - 1)])
        for block in self._generator.permutation(len(blocks)).tolist():
            holders = [at for at in self._occupancy.holders(blocks[block]) if self._free[at]]
            room = self._size - len(chosen)
            chosen |= dict.fromkeys(self._sample(np.array(holders, dtype=np.int64), room))
            if len(chosen) >= self._size:
                break
        return list(chosen)

    def _collaboration(self) -> list[int]:
        """Choose members of a collaboration and those who are where one of them could be."""
        groups = [
            [at for at in members if self._free[at]]
            for members in self._space.index.members.values()
        ]
        groups = [each for each in groups if each]
        if not groups:
            return []
        members = groups[int(self._generator.integers(len(groups)))]
        centre = self._space.candidates[self._any(np.array(members))]
        time = int(self._generator.integers(centre.times))
        first, stop, site = (int(a[time]) for a in (centre.first, centre.stop, centre.site))
        at_site = self._placed[self._occupancy.site[self._placed] == site]
        at_site = at_site[~np.isin(at_site, members)]
        return members + self._nearest(at_site, first, stop, self._size - len(members))

    def _relaxation(self) -> list[int]:
        """Choose who is not where a relaxation would have them, and all around them."""
        ways, shares = self._occupancy.ways, self._shares
        first, stop = self._occupancy.first.copy(), self._occupancy.stop.copy()
        apart = np.zeros(len(first), dtype=np.bool_)
        for request, each in enumerate(shares):
            used = int(each.argmax()) if len(each) else -1
            if used < 0 or each[used] <= USED:
                apart[request] = request in ways
            elif request not in ways or each[ways[request].time] <= USED:
                candidates = self._space.candidates[request]
                first[request], stop[request] = candidates.first[used], candidates.stop[used]
                apart[request] = True
        apart &= self._free
        if not apart.any():
            return []
        centre = self._any(np.flatnonzero(apart))
        known = np.flatnonzero(self._free & (stop > first))
        distance = np.maximum(first[known] - stop[centre], first[centre] - stop[known])
        order = np.argsort(np.maximum(distance, 0) + self._generator.random(len(known)))
        return [int(each) for each in known[order[: self._size]]]

    def _any(self, requests: Ints) -> int:
        return int(self._generator.choice(requests))

    def _sample(self, requests: Ints, count: int) -> list[int]:
        order = self._generator.permutation(len(requests))[: max(count, 0)]
        return [int(each) for each in requests[order]]
