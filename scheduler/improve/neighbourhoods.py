"""Neighbourhoods of a plan: requests that meet, and the times that they may choose among."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from scheduler.candidates.candidates import Candidates, Way
from scheduler.candidates.days import Bools, Ints
from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.space import Space

FREED = 32
"""Requests that one step frees, at most."""

WAITING = 8
"""Unplaced requests among them, at most."""

TIMES = 60
"""Times that a freed request may choose among in one step."""

WORTH = 0.5
"""Share of requests whose times are chosen by their points; the others' by their length."""

MEETING, COMPETING = "meeting", "competing"

MEMORY = 0.9
"""Share of what a kind has gained that still counts after one more step of it."""

LEAST = 0.1
"""Share of steps that every kind gets at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """Requests to free, and the times that each may choose among, (times,); and of which kind."""

    kind: str
    requests: Sequence[int]
    keep: Sequence[Bools]


class Neighbourhoods:
    """Chooses what to free, of the kinds that have gained the most a second more often."""

    def __init__(self, space: Space) -> None:
        """Find out who has any choice."""
        self._space = space
        self._movable = np.array([_has_choice(each) for each in space.candidates], dtype=np.bool_)
        self._rate = {MEETING: 0.0, COMPETING: 0.0}

    def choose(
        self, occupancy: Occupancy, busy: Collection[int], generator: Generator
    ) -> Neighbourhood | None:
        """Return requests to free that are not busy, None where there are none."""
        free = self._movable.copy()
        free[list(busy)] = False
        if not free.any():
            return None
        kind = self._kind(generator)
        waiting = np.flatnonzero(free & (occupancy.site < 0))
        requests: list[int] = []
        if kind == COMPETING and len(waiting):
            centre = int(generator.choice(waiting))
            requests = _competing(occupancy, free, centre, generator)
        if not requests:
            kind, requests = MEETING, _meeting(occupancy, free, generator)
        keep = [
            choose_times(self._space, request, occupancy.ways.get(request), generator)
            for request in requests
        ]
        return Neighbourhood(kind=kind, requests=requests, keep=keep)

    def learn(self, kind: str, gain: int, seconds: float) -> None:
        """Take what a step of some kind has gained, and how long it took."""
        self._rate[kind] = MEMORY * self._rate[kind] + (1 - MEMORY) * gain / max(seconds, 1e-3)

    def _kind(self, generator: Generator) -> str:
        kinds = list(self._rate)
        rates = np.array([self._rate[kind] for kind in kinds]) + 1e-9
        shares = LEAST + (1 - LEAST * len(kinds)) * rates / rates.sum()
        return kinds[int(generator.choice(len(kinds), p=shares / shares.sum()))]


def _meeting(occupancy: Occupancy, free: Bools, generator: Generator) -> list[int]:
    """Choose placed requests around some days at a site, and unplaced ones that could come then."""
    space = occupancy.space
    centre = space.candidates[int(generator.choice(np.flatnonzero(free)))]
    time = int(generator.integers(centre.times))
    first, stop, site = centre.first[time], centre.stop[time], centre.site[time]
    meets = (occupancy.site == site) & (occupancy.first < stop) & (occupancy.stop > first)
    placed = np.flatnonzero(free & meets)
    waiting = []
    for request in generator.permutation(np.flatnonzero(free & (occupancy.site < 0))).tolist():
        each = space.candidates[request]
        if ((each.site == site) & (each.first < stop) & (each.stop > first)).any():
            waiting.append(request)
            if len(waiting) == WAITING:
                break
    return sorted(waiting + _sample(placed, FREED - len(waiting), generator))


def _competing(occupancy: Occupancy, free: Bools, centre: int, generator: Generator) -> list[int]:
    """Choose an unplaced request and those that hold something that it lacks."""
    blocks = list(occupancy.blocked(centre))
    if not blocks:
        return []
    scarce = blocks[int(generator.integers(len(blocks)))]
    holders = np.array([each for each in occupancy.holders(scarce) if free[each]], dtype=np.int64)
    others = np.flatnonzero(free & (occupancy.site < 0))
    few = [centre, *_sample(others[others != centre], WAITING - 1, generator)]
    return sorted(few + _sample(holders, FREED - len(few), generator))


def _has_choice(each: Candidates) -> bool:
    """Tell whether a request could be anywhere else, or left out."""
    is_decided = each.required and each.size == 1 + len(each.options)
    return each.times > 0 and not is_decided


def choose_times(space: Space, request: int, way: Way | None, generator: Generator) -> Bools:
    """Choose times at random, better or shorter ones more often, and always the present one.

    Returns which times are chosen, (times,).
    """
    each = space.candidates[request]
    if each.times <= TIMES:
        return np.ones(each.times, dtype=np.bool_)
    worth = each.points if generator.random() < WORTH else each.first - each.stop
    rank = np.argsort(np.argsort(-worth)) / each.times
    keep = np.zeros(each.times, dtype=np.bool_)
    keep[np.argsort(rank + generator.random(each.times))[:TIMES]] = True
    if way is not None:
        keep[way.time] = True
    return keep


def _sample(requests: Ints, count: int, generator: Generator) -> list[int]:
    return [int(each) for each in requests[generator.permutation(len(requests))[:count]]]
