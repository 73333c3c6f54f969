"""What collaborations could bring at the most, shared among their requests."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from scheduler.candidates.candidates import Candidates
from scheduler.candidates.days import Ints
from scheduler.candidates.space import Space
from scheduler.candidates.worth import Floats
from scheduler.problem.requests import Collaboration


def pair_shares(space: Space) -> Floats:
    """Return, for all times of all requests, half of what their pairs could bring, (times,).

    A pair of residencies is worth no more than either half-sum admits: the common days are at
    most those that the time shares with any time of the partner.
    """
    begins = np.cumsum([0, *(each.times for each in space.candidates)])
    shares = np.zeros(begins[-1])
    for collaboration in space.problem.collaborations:
        names = (name for name in collaboration.requests if name in space.position)
        members = [space.position[name] for name in names]
        for one, other in combinations(members, 2):
            for request, partner in ((one, other), (other, one)):
                own = slice(begins[request], begins[request + 1])
                each, near = space.candidates[request], space.candidates[partner]
                if each.times and near.times:
                    shares[own] += _points(space, collaboration, each, near) / 2
    return shares


def _points(space: Space, collaboration: Collaboration, each: Candidates, near: Candidates) -> Ints:
    """Return the most that each time could bring with any time of the partner."""
    weights = space.problem.policy.weights
    common = np.minimum(each.stop, near.stop.max()) - np.maximum(each.first, near.first.min())
    common = np.clip(common, 0, int((near.stop - near.first).max()))
    points = weights.overlap_day * np.minimum(common, collaboration.target_overlap_days)
    return np.asarray(points + weights.same_floor * (collaboration.same_floor & (common > 0)))
