"""Settling a plan: of plans that are worth the same, one that changes few people's residencies."""

from __future__ import annotations

import time

import numpy as np

from scheduler.candidates.candidates import Way
from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.space import Space, Ways
from scheduler.cpsat.search import Effort
from scheduler.improve.parts import occupied_by, put_in, replace_part, take_out
from scheduler.run import Run

WHOLE = 20_000
"""Times and options up to which everybody is free when fewer changes are looked for."""

MOST_FREE = 40
"""Requests that are free otherwise, at most."""


def settle(space: Space, run: Run, seconds: float) -> None:
    """Put back what was published where the plan is worth no less, for some seconds at most."""
    ends = time.monotonic() + seconds
    if run.ways is None or not space.problem.told:
        return
    run.offer(space, _put_back(space, run.ways))
    told = len(space.problem.told)
    while not run.must_stop():
        left = seconds if run.limits.reproducible else ends - time.monotonic()
        if left <= 0:
            return
        changes = space.with_changes(told).count_changes(run.ways)
        fewer = _with_fewer(space.with_changes(changes - 1), run, left) if changes else None
        if fewer is None or not run.offer(space, fewer):
            return


def _put_back(space: Space, ways: Ways) -> Ways:
    """Return ways with everybody back where that is possible beside the others at no loss."""
    occupancy = occupied_by(Occupancy(space), ways)
    told = _told_ways(space)
    best = occupancy.worth
    moved = [request for request, way in told.items() if ways.get(request) != way]
    for group in (moved, *([request] for request in moved)):
        before = take_out(occupancy, group)
        after = {request: told[request] for request in group}
        for request, way in after.items():
            if occupancy.fits(request, way):
                occupancy.place(request, way)
        all_fit = after.keys() <= occupancy.ways.keys()
        if all_fit and occupancy.worth >= best:
            best = occupancy.worth
        else:
            take_out(occupancy, group)
            put_in(occupancy, before)
    return dict(occupancy.ways)


def _with_fewer(space: Space, run: Run, seconds: float) -> Ways | None:
    """Return a plan within the space's limit of changes, None where it would be worth less."""
    ways = run.ways or {}
    occupancy = occupied_by(Occupancy(space), ways)
    free = [request for request in _free(space, ways) if space.candidates[request].times]
    effort = Effort(seconds=seconds, seed=run.limits.seed, reproducible=run.limits.reproducible)
    keep = [np.ones(space.candidates[request].times, dtype=np.bool_) for request in free]
    replace_part(occupancy, free, keep, effort)
    is_worth_it = run.objective is not None and occupancy.worth >= run.objective
    return occupancy.ways if is_worth_it and not space.exceeds_changes(occupancy.ways) else None


def _free(space: Space, ways: Ways) -> list[int]:
    """Return who may move: everybody in a small space, else who has changed or is new."""
    everybody = range(len(space.candidates))
    if space.size <= WHOLE:
        return list(everybody)
    limit = space.change_limit
    changed = [
        request
        for request in everybody
        if limit is not None
        and (
            not limit.is_kept(space.candidates[request], ways.get(request))
            or (request in ways and space.candidates[request].request.id not in limit.told)
        )
    ]
    return changed[:MOST_FREE]


def _told_ways(space: Space) -> dict[int, Way]:
    """Return the published ways that are candidates still."""
    ways = {}
    for name, residency in space.problem.told.items():
        way = space.find_way(residency)
        if way is not None:
            ways[space.position[name]] = way
    return ways
