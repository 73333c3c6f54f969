"""What is limited as a whole: what counts towards quotas, and those who would miss each other.

Two who have to meet for so many days (H15) do not where one is gone by some day and the other
comes less than so many days before it. So of both at most one is placed in such a way.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations
from typing import NamedTuple

import numpy as np

from scheduler.candidates.quotas import QuotaCount
from scheduler.candidates.space import Space


class Missed(NamedTuple):
    """Requests of which one may be gone by a day, or the other come from some day on."""

    gone: int
    comes: int
    day: int
    since: int


class Limits:
    """Quotas first, in their order, then pairs that would miss each other, each (limits,).

    ``most`` and ``least`` are what may count, ``reward`` the points for a unit below the least.
    """

    def __init__(self, space: Space) -> None:
        """Find the pairs that could miss each other."""
        quotas = [quota for quota, _ in space.quotas]
        self._missed = [each for pair in _pairs(space) for each in _missed(space, *pair)]
        most = [np.inf if q.max is None else q.max for q in quotas]
        self.most = np.array([*most, *(1 for _ in self._missed)], dtype=float)
        self.least = np.zeros(len(self.most))
        self.least[: len(quotas)] = [q.min or 0 for q in quotas]
        self.reward = np.zeros(len(self.most))
        self.reward[: len(quotas)] = [
            0.0 if q.min is None else q.points_per_missing / q.unit for q in quotas
        ]

    def counts(self, space: Space) -> Iterator[tuple[int, QuotaCount]]:
        """Yield limits with what a request's times count; of some or all of the candidates."""
        for number, (_, counts) in enumerate(space.quotas):
            for count in counts:
                yield number, count
        for number, each in enumerate(self._missed, len(space.quotas)):
            gone = space.candidates[each.gone].stop <= each.day
            comes = space.candidates[each.comes].first >= each.since
            yield number, QuotaCount(request=each.gone, amount=gone.astype(np.int64))
            yield number, QuotaCount(request=each.comes, amount=comes.astype(np.int64))


def _pairs(space: Space) -> Iterator[tuple[int, int, int]]:
    """Yield pairs that have to meet, with the least days."""
    for each in space.problem.collaborations:
        members = [space.position[name] for name in each.requests if name in space.position]
        for one, other in combinations(members, 2) if each.min_overlap_days else ():
            yield one, other, each.min_overlap_days


def _missed(space: Space, one: int, other: int, least: int) -> Iterator[Missed]:
    """Yield how two could miss each other, as few as say it all."""
    for gone, comes in permutations((one, other)):
        days = np.unique(space.candidates[gone].stop)
        first = np.unique(space.candidates[comes].first)
        left = np.searchsorted(first, days - least, side="right")
        # Who is gone by a day is gone by a later one, too late for just the same others.
        for at in np.flatnonzero(np.diff(left, append=len(first)) > 0).tolist():
            since = int(first[left[at]])
            yield Missed(gone=gone, comes=comes, day=int(days[at]), since=since)
