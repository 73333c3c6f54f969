"""The bound that costs nothing: every request at its best, every pair at its closest."""

from __future__ import annotations

from itertools import combinations

from scheduler.candidates.space import Space


def trivial_bound(space: Space) -> int:
    """Return an upper bound on the objective that ignores all coupling rules."""
    weights = space.problem.policy.weights
    pairs = 0
    for each in space.problem.collaborations:
        members = [name for name in each.requests if name in space.position]
        close = weights.overlap_day * each.target_overlap_days
        close += weights.same_floor if each.same_floor else 0
        pairs += close * len(list(combinations(members, 2)))
    return pairs + sum(each.best_points() for each in space.candidates)
