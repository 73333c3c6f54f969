"""Neighbourhoods of a plan: requests to free together, and the times that they may choose among."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.random import Generator

from scheduler.candidates.candidates import Candidates, Part, Way
from scheduler.candidates.days import Bools, Ints
from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.space import Space
from scheduler.candidates.worth import Floats, Worth

FREED = 16
"""Requests that a step frees at first; quick steps make it more and slow ones fewer."""

MOST, FEWEST = 96, 8

WAITING = 0.25
"""Unplaced requests among them, at most, as a share."""

TIMES = 60
"""Times that a freed request may choose among in one step."""

QUICK, SLOW = 0.1, 0.3
"""Seconds within which a step is quick, and after which it is slow, while plans get better."""

STALE, MOST_PATIENT = 25, 6.0
"""Steps in vain that make it worth to wait that much longer for a step, and how much at most."""

LARGER, SMALLER = 1.05, 0.85

MEMORY = 0.9
"""Share of what a kind has gained that still counts after one more step of it."""

LEAST = 0.08
"""Share of steps that every kind gets at least."""


class Kind(StrEnum):
    """What freed requests have in common."""

    DAYS = "days"
    FLOOR = "floor"
    HOST = "host"
    POOL = "pool"
    COMPETITION = "competition"
    COLLABORATION = "collaboration"


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """Requests to free, and the times that each may choose among, (times,); and of which kind."""

    kind: str
    requests: Sequence[int]
    keep: Sequence[Bools]


class Neighbourhoods:
    """Chooses what to free, of the kinds that have gained the most a second more often."""

    def __init__(self, space: Space, worth: Sequence[Worth] | None = None) -> None:
        """Find out who has any choice; ``worth`` says what candidates are worth under prices."""
        self._space = space
        self._worth = worth
        self._whole: dict[int, Floats] = {}
        self._movable = np.array([_has_choice(each) for each in space.candidates], dtype=np.bool_)
        self._rate = dict.fromkeys(self._kinds(), 0.0)
        self._size = dict.fromkeys(self._rate, float(FREED))
        self._in_vain = 0

    def choose(
        self, occupancy: Occupancy, busy: Collection[int], generator: Generator
    ) -> Neighbourhood | None:
        """Return requests to free that are not busy, None where there are none."""
        free = self._movable.copy()
        free[list(busy)] = False
        if not free.any():
            return None
        kind = self._kind(generator)
        chooser = _Chooser(occupancy, free, round(self._size[kind]), generator)
        requests = chooser.of_kind(kind)
        if len(requests) <= 1:
            kind, requests = Kind.DAYS, chooser.of_kind(Kind.DAYS)
        keep = [
            self._times(request, occupancy.ways.get(request), generator) for request in requests
        ]
        return Neighbourhood(kind=kind, requests=requests, keep=keep)

    def learn(self, kind: str, gain: int, seconds: float) -> None:
        """Take what a step of some kind has gained, and how long it took."""
        known = Kind(kind)
        self._rate[known] *= MEMORY
        self._rate[known] += (1 - MEMORY) * gain / max(seconds, 1e-3)
        self._in_vain = 0 if gain > 0 else self._in_vain + 1
        patience = min(1 + self._in_vain / STALE, MOST_PATIENT)
        if seconds <= QUICK * patience:
            self._size[known] = min(self._size[known] * LARGER, MOST)
        elif seconds >= SLOW * patience:
            self._size[known] = max(self._size[known] * SMALLER, FEWEST)

    def _kinds(self) -> list[Kind]:
        """Return the kinds that a problem has."""
        parts = {part for each in self._space.candidates for part in each.options}
        without = {
            Kind.HOST: Part.HOST not in parts,
            Kind.POOL: Part.POOL not in parts,
            Kind.COLLABORATION: not self._space.problem.collaborations,
        }
        return [kind for kind in Kind if not without.get(kind, False)]

    def _kind(self, generator: Generator) -> Kind:
        kinds = list(self._rate)
        rates = np.array([self._rate[kind] for kind in kinds]) + 1e-9
        shares = LEAST + (1 - LEAST * len(kinds)) * rates / rates.sum()
        return kinds[int(generator.choice(len(kinds), p=shares / shares.sum()))]

    def _times(self, request: int, way: Way | None, generator: Generator) -> Bools:
        """Choose times at random, better ones more often, and always the present one.

        What is better differs: more points, fewer days, less loss under prices.
        Returns which times are chosen, (times,).
        """
        each = self._space.candidates[request]
        if each.times <= TIMES:
            return np.ones(each.times, dtype=np.bool_)
        sides: list[Ints | Floats] = [each.points, each.first - each.stop]
        if self._worth is not None:
            sides.append(self._priced(request, self._worth[request]))
        worth = sides[int(generator.integers(len(sides)))]
        rank = np.argsort(np.argsort(-worth)) / each.times
        keep = np.zeros(each.times, dtype=np.bool_)
        keep[np.argsort(rank + generator.random(each.times))[:TIMES]] = True
        if way is not None:
            keep[way.time] = True
        return keep

    def _priced(self, request: int, worth: Worth) -> Floats:
        """Return what a request's times are worth under prices, (times,); worked out once."""
        if request not in self._whole:
            self._whole[request] = worth.whole(self._space.candidates[request])
        return self._whole[request]


class _Chooser:
    """Chooses requests around something, of those that are free."""

    def __init__(self, occupancy: Occupancy, free: Bools, size: int, generator: Generator) -> None:
        self._occupancy = occupancy
        self._space = occupancy.space
        self._free = free
        self._size = size
        self._generator = generator
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

    def _any(self, requests: Ints) -> int:
        return int(self._generator.choice(requests))

    def _sample(self, requests: Ints, count: int) -> list[int]:
        order = self._generator.permutation(len(requests))[: max(count, 0)]
        return [int(each) for each in requests[order]]


def _has_choice(each: Candidates) -> bool:
    """Tell whether a request could be anywhere else, or left out."""
    is_decided = each.required and each.size == 1 + len(each.options)
    return each.times > 0 and not is_decided
