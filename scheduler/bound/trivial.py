"""The bound that costs nothing: every request at its best, every pair at its closest."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from scheduler.candidates.space import Space


def trivial_bound(space: Space) -> int:
    """Return an upper bound on the objective that ignores all coupling rules."""
    pairs = sum(points for _, _, points in closest_pairs(space))
    return pairs + sum(each.best_points() for each in space.candidates)


def closest_pairs(space: Space) -> Iterator[tuple[int, int, int]]:
    """Yield each pair of collaborating requests with the most that being close is worth."""
    weights = space.problem.policy.weights
    for each in space.problem.collaborations:
        members = [space.position[name] for name in each.requests if name in space.position]
        points = weights.overlap_day * each.target_overlap_days
        points += weights.same_floor if each.same_floor else 0
        for one, other in combinations(members, 2):
            yield one, other, points
