"""Day tables: which days of the programme are closed, taken or off, as arrays by day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.problem.places import Zone
from scheduler.problem.programme import Pool
from scheduler.problem.types import Days, days_of

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

Positions = NDArray[np.int32]
"""Positions of which there are many: a huge problem has some fifty million options."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """The programme's days; arrays by day have one entry for each of them, in order."""

    days: Days

    @property
    def size(self) -> int:
        """Number of days."""
        return self.days.stop - self.days.start

    def part(self, days: Days) -> slice:
        """Return where the days of a range lie in an array by day."""
        return slice(
            min(max(days.start - self.days.start, 0), self.size),
            min(max(days.stop - self.days.start, 0), self.size),
        )

    def mask(self, ranges: Iterable[Days]) -> Bools:
        """Return, by day, whether any of the ranges holds it."""
        days = np.zeros(self.size, dtype=np.bool_)
        for each in ranges:
            days[self.part(each)] = True
        return days

    def closed(self, place: Zone | Pool) -> Bools:
        """Return, by day, whether a zone or a pool is not open."""
        days = ~self.mask([days_of(place)])
        return days | self.mask(days_of(closure) for closure in place.closures)


def running_total(by_day: NDArray[np.generic]) -> Ints:
    """Return sums of all days before each day, (..., days) -> (..., days + 1).

    The sum over ``[first, stop)`` is the difference of two entries.
    """
    total = np.zeros((*by_day.shape[:-1], by_day.shape[-1] + 1), dtype=np.int64)
    np.cumsum(by_day, axis=-1, out=total[..., 1:])
    return total


def running_total_of(by_day: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the same for prices, (..., days) -> (..., days + 1)."""
    total = np.zeros((*by_day.shape[:-1], by_day.shape[-1] + 1))
    np.cumsum(by_day, axis=-1, out=total[..., 1:])
    return total
