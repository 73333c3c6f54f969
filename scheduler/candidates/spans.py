"""Days that no candidate separates are one span: capacity rows are needed once a span."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.candidates.candidates import Candidates
from scheduler.candidates.days import Horizon, Ints
from scheduler.candidates.resources import Demand


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervals:
    """When a demand could be made, as indices of the horizon's days, each (times,)."""

    demand: Demand
    first: Ints
    stop: Ints

    def covering(self, day: int) -> Ints:
        """Return which of the times cover a day."""
        return np.flatnonzero((self.first <= day) & (day < self.stop))


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Consecutive days on which a resource has one capacity and nobody comes or goes."""

    start: int
    length: int
    capacity: int


def intervals_of(horizon: Horizon, candidates: Sequence[Candidates], demand: Demand) -> Intervals:
    """Return when a request could make a demand."""
    each = candidates[demand.request]
    time, start = demand.times_of(each), horizon.days.start
    return Intervals(demand=demand, first=each.first[time] - start, stop=each.stop[time] - start)


def binding_spans(capacity: Ints, intervals: Sequence[Intervals]) -> list[Span]:
    """Return the spans on which demands could exceed the capacity, dominated ones left out.

    ``capacity`` is (days,). A span is dominated by a neighbour that all of its times also cover
    and whose capacity is no greater.
    """
    size = len(capacity)
    starts, ends = np.zeros(size + 1, dtype=np.bool_), np.zeros(size + 1, dtype=np.bool_)
    potential = np.zeros(size + 1, dtype=np.int64)
    for each in intervals:
        starts[each.first] = True
        ends[each.stop] = True
        potential += each.demand.amount * (_cover_count(each, size) > 0)
    changes = np.zeros(size + 1, dtype=np.bool_)
    changes[1:size] = np.diff(capacity) != 0
    cuts = np.flatnonzero(starts | ends | changes)
    begin, end = cuts[:-1], cuts[1:]
    left = capacity[begin]
    needed = (potential[begin] > left) & (potential[begin] > 0)
    needed[:-1] &= ends[end[:-1]] | (left[1:] > left[:-1])
    needed[1:] &= starts[begin[1:]] | (left[:-1] > left[1:])
    return [
        Span(start=int(begin[i]), length=int(end[i] - begin[i]), capacity=int(left[i]))
        for i in np.flatnonzero(needed)
    ]


def _cover_count(intervals: Intervals, size: int) -> Ints:
    """Return how many times cover each day, (days + 1,)."""
    change = np.zeros(size + 1, dtype=np.int64)
    np.add.at(change, intervals.first, 1)
    np.add.at(change, intervals.stop, -1)
    return np.cumsum(change)
