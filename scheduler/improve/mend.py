"""Mending a plan after a change: who lost a place, who could gain one, and those in their way.

The search improves a plan anywhere; what a change has touched is looked at first, in parts that
are small enough to be solved exactly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

import numpy as np

from scheduler.candidates.candidates import Candidates, Way
from scheduler.candidates.days import Bools
from scheduler.candidates.occupancy import Blocked, Occupancy
from scheduler.candidates.space import Space
from scheduler.cpsat.search import Effort
from scheduler.improve.parts import occupied_by, put_in, replace_part, take_out
from scheduler.plan import Plan
from scheduler.problem.requests import Residency
from scheduler.problem.types import RequestId
from scheduler.run import Run

TOGETHER = 4
"""Requests that look for a place in one part, at most."""

IN_THE_WAY = 14
"""Requests in their way that a part frees, at most."""

NEAR_TIMES = 40
"""Times nearest to its own that a request in the way may move to."""

BEST_TIMES = 120
"""Best times that a request which looks for a place may choose among."""

WANTED_TIMES = 20
"""Best times for which it is asked who is in the way."""

PART_SECONDS = 1.0


def mend(space: Space, run: Run, before: Plan, named: Collection[RequestId] = ()) -> None:
    """Improve the run's plan around what is no longer as it was in an earlier plan.

    ``named`` are requests that the change is about.
    """
    occupancy = occupied_by(Occupancy(space), run.ways or {})
    seeking = list(_seeking(occupancy, before, named))
    fill(occupancy, run)
    for start in range(0, len(seeking), TOGETHER):
        if run.must_stop() or run.is_optimal or run.seconds_left <= 0:
            return
        _mend_part(occupancy, run, seeking[start : start + TOGETHER])


def fill(occupancy: Occupancy, run: Run) -> None:
    """Place what fits beside the plan as it is, the most worth first."""
    candidates = occupancy.space.candidates
    unplaced = [request for request in range(len(candidates)) if request not in occupancy.ways]
    placed = []
    for request in sorted(unplaced, key=lambda request: -gain_of(candidates[request])):
        way = occupancy.find_best(request)
        if way is not None:
            occupancy.place(request, way)
            placed.append(request)
    if placed and not run.offer(occupancy.space, occupancy.ways):
        for request in placed:
            occupancy.remove(request)


def gain_of(each: Candidates) -> int:
    """Return the most points by which a request is better placed than not."""
    return each.best_points() - each.unplaced_points


def _seeking(occupancy: Occupancy, before: Plan, named: Collection[RequestId]) -> Iterator[int]:
    """Yield who lost a place or is named, then who could use the room that others left."""
    space = occupancy.space
    lost, left = [], []
    for residency in before.residencies:
        request = space.position.get(residency.request)
        if request is None:
            left.append(residency)
        elif request not in occupancy.ways or occupancy.ways[request] != space.find_way(residency):
            lost.append(request)
            left.append(residency)
    first = {*lost, *(space.position[name] for name in named if name in space.position)}
    others = [
        request
        for request, each in enumerate(space.candidates)
        if request not in occupancy.ways
        and request not in first
        and any(_could_use(space, each, residency) for residency in left)
    ]
    for group in (first, others):
        yield from sorted(group, key=lambda request: -gain_of(space.candidates[request]))


def _could_use(space: Space, each: Candidates, left: Residency) -> bool:
    """Tell whether a request has a way that takes something of what a residency left."""
    days = left.days
    meets = (each.first < days.stop) & (each.stop > days.start)
    position = space.positions
    return any(
        bool(
            (meets[options.time] & (options.who == position[part][getattr(left, part.value)])).any()
        )
        for part, options in each.options.items()
    )


def _mend_part(occupancy: Occupancy, run: Run, seeking: Sequence[int]) -> None:
    """Place some requests and those in their way anew."""
    space = occupancy.space
    free = list(dict.fromkeys((*seeking, *_in_the_way(occupancy, seeking))))
    keep = [
        (_best_times if request in seeking else _near_times)(
            space.candidates[request], occupancy.ways.get(request)
        )
        for request in free
    ]
    effort = Effort(
        seconds=min(PART_SECONDS, run.seconds_left),
        seed=run.limits.seed,
        reproducible=run.limits.reproducible,
    )
    before = replace_part(occupancy, free, keep, effort)
    if not run.offer(space, occupancy.ways):
        take_out(occupancy, free)
        put_in(occupancy, before)


def _in_the_way(occupancy: Occupancy, seeking: Sequence[int]) -> list[int]:
    """Return the placed requests that hold most of what some requests want."""
    weights: dict[int, float] = defaultdict(float)
    for request in seeking:
        for holder, weight in _holders(occupancy, request):
            weights[holder] += weight
    holders = (each for each in weights if each not in seeking)
    return sorted(holders, key=lambda holder: -weights[holder])[:IN_THE_WAY]


def _holders(occupancy: Occupancy, request: int) -> Iterator[tuple[int, float]]:
    """Yield who holds what blocks a request's best times, with how much it matters.

    What one of many options lacks matters less than what every option lacks.
    """
    each = occupancy.space.candidates[request]
    wanted = _best_times(each, None, WANTED_TIMES)
    for block in occupancy.blocked(request):
        times = wanted & block.times
        if times.any():
            choice = 1 if block.part is None else len(np.unique(each.options[block.part].who))
            weight = float(times.sum() / wanted.sum()) / choice
            for holder in _holding(occupancy, each, block, times):
                yield holder, weight


def _holding(occupancy: Occupancy, each: Candidates, block: Blocked, times: Bools) -> Iterator[int]:
    """Yield the placed requests that hold what blocks, on days of some of the times."""
    space, part = occupancy.space, block.part
    first, stop = int(each.first[times].min()), int(each.stop[times].max())
    placed = occupancy.ways.items()
    holders = (
        occupancy.holders(block)
        if part is None
        else [holder for holder, way in placed if way.who(part) == block.who]
    )
    for holder in holders:
        own, way = space.candidates[holder], occupancy.ways[holder]
        if own.first[way.time] < stop and own.stop[way.time] > first:
            yield holder


def _best_times(each: Candidates, way: Way | None, count: int = BEST_TIMES) -> Bools:
    """Return the times of most points, and the present one, (times,)."""
    return _first_times(each, -each.points.astype(np.float64), way, count)


def _near_times(each: Candidates, way: Way | None) -> Bools:
    """Return the times that differ least from the present one, (times,)."""
    if way is None:
        return _best_times(each, None)
    shift = abs(each.first - each.first[way.time]) + abs(each.stop - each.stop[way.time])
    return _first_times(each, shift.astype(np.float64), way, NEAR_TIMES)


def _first_times(each: Candidates, order: np.ndarray, way: Way | None, count: int) -> Bools:
    keep = np.zeros(each.times, dtype=np.bool_)
    keep[np.argsort(order, kind="stable")[:count]] = True
    if way is not None:
        keep[way.time] = True
    return keep
