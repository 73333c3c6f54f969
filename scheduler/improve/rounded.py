"""Plans that the best solution of a relaxation suggests: what it uses the most of comes first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scheduler.candidates.candidates import Candidates, Way
from scheduler.candidates.days import Bools
from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.space import Space, Ways
from scheduler.candidates.worth import Floats, Worth
from scheduler.improve.chooser import USED
from scheduler.improve.freed import Freed, free
from scheduler.improve.greedy import Key, by_worth, first_fit

MUCH = 1 / 3
"""Share from which on a time is preferred to all that are used less."""

PREFERRED = 1e6
"""Points that a time used wholly is preferred by."""

WHOLE = 20_000
"""Times and options up to which everybody is placed anew at once."""


def rounded_plan(
    space: Space, worth: Sequence[Worth], shares: Sequence[Floats], pinned: Ways
) -> dict[int, Way] | None:
    """Return a plan by first fit near a relaxation's; None where a pinned request finds no place.

    ``shares`` is what share of each request's times the relaxation uses, each (times,).
    """
    most = [each.max(initial=0.0) for each in shares]

    def preferred(request: int) -> Worth:
        each, share = worth[request], shares[request]
        much = np.where(share >= MUCH, PREFERRED * share, 0.0)
        return Worth(times=each.times + much, options=each.options)

    def order(request: int) -> tuple[bool, float, Key]:
        each = space.candidates[request]
        return not each.required, -round(float(most[request]), 1), by_worth(each)

    requests = sorted(range(len(shares)), key=order)
    return first_fit(space, requests, preferred, pinned)


def free_all(
    occupancy: Occupancy, shares: Sequence[Floats], other: Ways, may_move: Sequence[int]
) -> Freed | None:
    """Free all who may move, to be where a relaxation uses times, where they are or were in a plan.

    None where that is too much for one step.
    """
    keep = [shares[request] > USED for request in may_move]
    for request, times in zip(may_move, keep, strict=True):
        for ways in (occupancy.ways, other):
            if request in ways:
                times[ways[request].time] = True
    candidates = occupancy.space.candidates
    pairs = zip(may_move, keep, strict=True)
    if sum(_size(candidates[request], times) for request, times in pairs) > WHOLE:
        return None
    return free(occupancy, may_move, keep)


def _size(each: Candidates, times: Bools) -> int:
    """Return the number of some times and of the options at them."""
    options = (int(times[part.time].sum()) for part in each.options.values())
    return int(times.sum()) + sum(options)
