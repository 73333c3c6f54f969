"""Part of a space: some requests free to move, the others where they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from scheduler.candidates.candidates import Candidates, Options, Part, Way
from scheduler.candidates.days import Bools, Ints
from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.quotas import QuotaCount
from scheduler.candidates.resources import Demand
from scheduler.candidates.space import Space
from scheduler.problem.programme import Quota


def free_space(
    occupancy: Occupancy, free: Sequence[int], keep: Sequence[Bools]
) -> tuple[Space, list[Ints]]:
    """Return the space of some requests beside all others, which are placed in ``occupancy``.

    ``free`` are requests that the occupancy does not hold; of their times only those stay that
    ``keep`` says, each (times,). Returns the kept times of each, as positions. The space's
    objective differs from the whole's by a constant.
    """
    space = occupancy.space
    candidates, kept = [], []
    for request, mask in zip(free, keep, strict=True):
        smaller, times = _beside(occupancy, request, mask)
        candidates.append(smaller)
        kept.append(times)
    number = {request: position for position, request in enumerate(free)}
    return (
        replace(
            space,
            candidates=tuple(candidates),
            resources=tuple(occupancy.left()),
            demands=tuple(_demands(space, number)),
            quotas=tuple(_quotas(occupancy, number, kept)),
            position={each.request.id: position for position, each in enumerate(candidates)},
            change_limit=space.changes_left(occupancy.ways, number),
        ),
        kept,
    )


def _beside(occupancy: Occupancy, request: int, mask: Bools) -> tuple[Candidates, Ints]:
    """Return what of a request's candidates fits, with the points of being near partners."""
    each = occupancy.space.candidates[request]
    times, free = occupancy.fitting(request)
    times &= mask
    renumber = np.cumsum(times) - 1
    near_times, near_zones = _partner_points(occupancy, request)
    zones = each.options[Part.ZONE]
    worth = {Part.ZONE: replace(zones, points=zones.points + near_zones)}
    return (
        replace(
            each,
            site=each.site[times],
            first=each.first[times],
            stop=each.stop[times],
            points=(each.points + near_times)[times],
            options={
                part: _masked(worth.get(part, options), free[part]).keep(times, renumber)
                for part, options in each.options.items()
            },
        ),
        np.flatnonzero(times),
    )


def _masked(options: Options, mask: Bools) -> Options:
    return Options(who=options.who[mask], time=options.time[mask], points=options.points[mask])


def _partner_points(occupancy: Occupancy, request: int) -> tuple[Ints, Ints]:
    """Return points of overlap and of the same floor with placed partners.

    By time, (times,), and by zone option, (options,).
    """
    space = occupancy.space
    each = space.candidates[request]
    zones = each.options[Part.ZONE]
    weights = space.problem.policy.weights
    by_time = np.zeros(each.times, dtype=np.int64)
    by_zone = np.zeros(len(zones.time), dtype=np.int64)
    for collaboration in space.problem.collaborations:
        if each.request.id not in collaboration.requests:
            continue
        for name in collaboration.requests:
            other = space.position.get(name)
            if other is None or other == request or other not in occupancy.ways:
                continue
            way = occupancy.ways[other]
            common = _common_days(each, space.candidates[other], way)
            by_time += weights.overlap_day * np.minimum(common, collaboration.target_overlap_days)
            if collaboration.same_floor:
                floor = space.tables.floor_of_zone
                here = floor[zones.who] == floor[way.zone]
                by_zone += weights.same_floor * (here & (common > 0)[zones.time])
    return by_time, by_zone


def _common_days(each: Candidates, other: Candidates, way: Way) -> Ints:
    first, stop = other.first[way.time], other.stop[way.time]
    return np.asarray(np.maximum(np.minimum(each.stop, stop) - np.maximum(each.first, first), 0))


def _demands(space: Space, number: dict[int, int]) -> Iterator[Demand]:
    for demand in space.demands:
        if demand.request in number:
            yield replace(demand, request=number[demand.request])


def _quotas(
    occupancy: Occupancy, number: dict[int, int], kept: Sequence[Ints]
) -> Iterator[tuple[Quota, tuple[QuotaCount, ...]]]:
    for counted, (quota, counts) in zip(occupancy.counted, occupancy.space.quotas, strict=True):
        yield (
            replace(
                quota,
                min=None if quota.min is None else max(0, quota.min - counted),
                max=None if quota.max is None else quota.max - counted,
            ),
            tuple(
                QuotaCount(
                    request=number[count.request], amount=count.amount[kept[number[count.request]]]
                )
                for count in counts
                if count.request in number
            ),
        )
