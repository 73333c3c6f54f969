"""One request that chooses its best way under prices: a few array operations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.candidates.candidates import Candidates, Part
from scheduler.candidates.days import Ints

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """What a request pays: ``amount`` of a row's price for each day that ``who`` serves.

    A charge without a part is paid whoever serves.
    """

    row: int
    part: Part | None
    who: int
    amount: int


class Purchase(NamedTuple):
    """The best way under prices: its net points, its time (-1: unplaced), what it takes."""

    points: float
    time: int
    charges: tuple[Charge, ...]


class _Offer(NamedTuple):
    """A part's options: who, (who,), their lines of costs, and points by time, (who, times).

    Points of what is no option are minus infinity.
    """

    part: Part
    who: Ints
    line: Ints
    points: Floats

    def net(self, costs: Floats) -> Floats:
        """Return points less costs, (who, times)."""
        return np.asarray(self.points - costs[self.line])


class Buyer:
    """A request's candidates laid out for pricing."""

    def __init__(self, candidates: Candidates, charges: Sequence[Charge], start: int) -> None:
        """Lay options out by who and time, and charges by who they are paid for."""
        self.candidates = candidates
        self.first = candidates.first - start
        self.stop = candidates.stop - start
        self.charges: dict[tuple[Part | None, int], list[Charge]] = {}
        for charge in charges:
            self.charges.setdefault((charge.part, charge.who), []).append(charge)
        ordered = [charge for group in self.charges.values() for charge in group]
        self._row = np.array([charge.row for charge in ordered], dtype=np.int64)
        self._amount = np.array([charge.amount for charge in ordered], dtype=np.float64)
        sizes = [len(group) for group in self.charges.values()]
        self._group = np.cumsum([0, *sizes[:-1]])
        self._line = {key: line for line, key in enumerate(self.charges)}
        self._offers = [self._offer(part) for part in candidates.options]

    def buy(self, paid: Floats, extra: Floats | float) -> Purchase:
        """Return the best way, given sums of prices before each day, (rows, days + 1).

        ``extra`` points come with each time, (times,).
        """
        each = self.candidates
        if not each.times:
            return Purchase(each.unplaced_points, -1, ())
        prices = paid[self._row]
        by_charge = prices.take(self.stop, axis=1) - prices.take(self.first, axis=1)
        costs = np.add.reduceat(by_charge * self._amount[:, None], self._group, axis=0)
        net = each.points + extra - costs[self._line[None, -1]]
        for offer in self._offers:
            net = net + offer.net(costs).max(axis=0)
        time = int(net.argmax())
        if not each.required and net[time] <= each.unplaced_points:
            return Purchase(each.unplaced_points, -1, ())
        taken = list(self.charges[None, -1])
        for offer in self._offers:
            best = int(offer.net(costs)[:, time].argmax())
            taken += self.charges.get((offer.part, int(offer.who[best])), [])
        return Purchase(float(net[time]), time, tuple(taken))

    def _offer(self, part: Part) -> _Offer:
        options = self.candidates.options[part]
        who, position = np.unique(options.who, return_inverse=True)
        points = np.full((len(who), self.candidates.times), -np.inf)
        points[position, options.time] = options.points
        line = np.array([self._line[part, each] for each in who.tolist()], dtype=np.int64)
        return _Offer(part, who, line, points)
