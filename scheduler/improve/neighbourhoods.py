"""Large-neighbourhood search: free a few requests that meet, and place them anew exactly."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.random import Generator

from scheduler.bound.beside import bound_beside
from scheduler.candidates.candidates import Way
from scheduler.candidates.days import Bools
from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.space import Space
from scheduler.candidates.subspace import free_space
from scheduler.cpsat.search import Effort, build_model, search
from scheduler.run import Run

FREED = 32
"""Requests that one step frees, at most."""

WAITING = 8
"""Unplaced requests among them, at most."""

TIMES = 60
"""Times that a freed request may choose among in one step."""

STEP_SECONDS = 2.0


def improve(space: Space, run: Run) -> None:
    """Improve the run's plan step by step until the run ends."""
    generator = np.random.default_rng(run.limits.seed)
    occupancy = Occupancy(space)
    for request, way in (run.ways or {}).items():
        occupancy.place(request, way)
    with bound_beside(space, run):
        _improve(occupancy, run, generator)


def _improve(occupancy: Occupancy, run: Run, generator: Generator) -> None:
    spent = 0.0
    while run.seconds_left > spent and not run.is_optimal and not run.must_stop():
        seconds = min(STEP_SECONDS, max(run.seconds_left - spent, 0.1))
        _step(occupancy, run, generator, seconds)
        spent += seconds if run.limits.reproducible else 0.0


def _step(occupancy: Occupancy, run: Run, generator: Generator, seconds: float) -> None:
    """Free a neighbourhood, place it anew, and keep the result unless it is worse."""
    space = occupancy.space
    freed = _neighbourhood(occupancy, generator)
    before = {request: occupancy.ways.get(request) for request in freed}
    for request, way in before.items():
        if way is not None:
            occupancy.remove(request)
    keep = [_some_times(space, request, before[request], generator) for request in freed]
    part, kept = free_space(occupancy, freed, keep)
    model, visits = build_model(part)
    visits.hint(
        {
            position: way._replace(time=int(np.searchsorted(kept[position], way.time)))
            for position, request in enumerate(freed)
            if (way := before[request]) is not None
        }
    )
    effort = Effort(
        seconds=seconds,
        seed=int(generator.integers(2**31 - 1)),
        reproducible=run.limits.reproducible,
    )
    found = search(model, visits, effort)
    after: dict[int, Way | None] = dict.fromkeys(freed)
    for position, way in (found.ways or {}).items():
        after[freed[position]] = way._replace(time=int(kept[position][way.time]))
    kept_ways = after if _is_no_worse(occupancy, run, after) else before
    for request, way in kept_ways.items():
        if way is not None:
            occupancy.place(request, way)


def _is_no_worse(occupancy: Occupancy, run: Run, after: dict[int, Way | None]) -> bool:
    """Offer the plan with the freed requests placed anew; tell whether to go on from it."""
    placed = {request: way for request, way in after.items() if way is not None}
    ways = {**occupancy.ways, **placed}
    required = (i for i, each in enumerate(occupancy.space.candidates) if each.required)
    if any(request not in ways for request in required):
        return False
    return run.offer(occupancy.space, ways)


def _neighbourhood(occupancy: Occupancy, generator: Generator) -> list[int]:
    """Choose placed requests around some days, and unplaced ones that could come then."""
    space, ways = occupancy.space, occupancy.ways
    movable = [request for request, each in enumerate(space.candidates) if each.times > 1]
    centre = space.candidates[int(generator.choice(movable))]
    time = int(generator.integers(centre.times))
    first, stop = int(centre.first[time]), int(centre.stop[time])
    site = int(centre.site[time])
    placed, waiting = [], []
    for request in movable:
        each, way = space.candidates[request], ways.get(request)
        if way is None:
            meets = (each.site == site) & (each.first < stop) & (each.stop > first)
            if meets.any():
                waiting.append(request)
        elif (
            each.site[way.time] == site
            and each.first[way.time] < stop
            and each.stop[way.time] > first
        ):
            placed.append(request)
    few = _sample(waiting, WAITING, generator)
    return sorted(few + _sample(placed, FREED - len(few), generator))


def _sample(requests: Sequence[int], count: int, generator: Generator) -> list[int]:
    order = generator.permutation(len(requests))[:count]
    return [requests[position] for position in order.tolist()]


def _some_times(space: Space, request: int, way: Way | None, generator: Generator) -> Bools:
    """Choose times at random, better ones more often, and always the present one."""
    each = space.candidates[request]
    if each.times <= TIMES:
        return np.ones(each.times, dtype=np.bool_)
    rank = np.argsort(np.argsort(-each.points)) / each.times
    chosen = np.argsort(rank + generator.random(each.times))[:TIMES]
    keep = np.zeros(each.times, dtype=np.bool_)
    keep[chosen] = True
    if way is not None:
        keep[way.time] = True
    return keep
