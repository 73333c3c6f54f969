"""Neighbourhoods of a plan: requests that meet, and the times that they may choose among."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.random import Generator

from scheduler.candidates.candidates import Candidates, Way
from scheduler.candidates.days import Bools
from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.space import Space

FREED = 32
"""Requests that one step frees, at most."""

WAITING = 8
"""Unplaced requests among them, at most."""

COMPETING = 0.5
"""Share of steps that start from an unplaced request and what it lacks."""

TIMES = 60
"""Times that a freed request may choose among in one step."""

WORTH = 0.5
"""Share of requests whose times are chosen by their points; the others' by their length."""


def choose_requests(occupancy: Occupancy, busy: Collection[int], generator: Generator) -> list[int]:
    """Choose requests to free, of those that are not busy: some that meet or that compete."""
    free = [
        request
        for request, each in enumerate(occupancy.space.candidates)
        if _has_choice(each) and request not in busy
    ]
    waiting = [request for request in free if request not in occupancy.ways]
    if not free:
        return []
    if waiting and generator.random() < COMPETING:
        return _competing(occupancy, free, int(generator.choice(waiting)), generator)
    return _meeting(occupancy, free, generator)


def _meeting(occupancy: Occupancy, free: Sequence[int], generator: Generator) -> list[int]:
    """Choose placed requests around some days at a site, and unplaced ones that could come then."""
    space, ways = occupancy.space, occupancy.ways
    centre = space.candidates[int(generator.choice(free))]
    time = int(generator.integers(centre.times))
    first, stop, site = centre.first[time], centre.stop[time], centre.site[time]
    placed, waiting = [], []
    for request in free:
        each, way = space.candidates[request], ways.get(request)
        meets = (each.site == site) & (each.first < stop) & (each.stop > first)
        if way is None and meets.any():
            waiting.append(request)
        elif way is not None and meets[way.time]:
            placed.append(request)
    few = _sample(waiting, WAITING, generator)
    return sorted(few + _sample(placed, FREED - len(few), generator))


def _competing(
    occupancy: Occupancy, free: Sequence[int], centre: int, generator: Generator
) -> list[int]:
    """Choose an unplaced request and those that hold something that it lacks."""
    blocks = list(occupancy.blocked(centre))
    if not blocks:
        return _meeting(occupancy, free, generator)
    scarce = blocks[int(generator.integers(len(blocks)))]
    available = set(free)
    holders = [each for each in occupancy.holders(scarce) if each in available]
    others = [each for each in free if each not in occupancy.ways and each != centre]
    few = [centre, *_sample(others, WAITING - 1, generator)]
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


def _sample(requests: Sequence[int], count: int, generator: Generator) -> list[int]:
    order = generator.permutation(len(requests))[:count]
    return [requests[position] for position in order.tolist()]
