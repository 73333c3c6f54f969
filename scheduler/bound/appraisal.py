"""What all candidates are worth under some prices, request by request, in little memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import overload

import numpy as np

from scheduler.bound.layout import Layout, Prices
from scheduler.bound.shares import pair_shares
from scheduler.candidates.candidates import Candidates, Part
from scheduler.candidates.days import Ints
from scheduler.candidates.space import Space
from scheduler.candidates.worth import Floats, Worth


class Appraisal(Sequence[Worth]):
    """Worth of each request's candidates, worked out when it is asked for."""

    def __init__(self, space: Space, layout: Layout, prices: Prices) -> None:
        """Sum the prices up."""
        self._space = space
        self._layout = layout
        self._prices = prices
        self._paid = layout.grid.total(prices.rows)
        self._shares = pair_shares(space)
        self._counts = defaultdict[int, list[tuple[int, Ints]]](list)
        for limit, count in layout.limits.counts(space):
            if prices.limits[limit]:
                self._counts[count.request].append((limit, count.amount))
        self._begins = np.cumsum([0, *(each.times for each in space.candidates)])

    def __len__(self) -> int:
        """Return the number of requests."""
        return len(self._space.candidates)

    @overload
    def __getitem__(self, at: int) -> Worth: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Worth]: ...
    def __getitem__(self, at: int | slice) -> Worth | Sequence[Worth]:
        """Return what a request's candidates are worth."""
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        each = self._space.candidates[at]
        cells = self._layout.cell(each.first), self._layout.cell(each.stop)
        times = each.points + self._shares[self._begins[at] : self._begins[at + 1]]
        _, rows, amounts = self._layout.charges.of(at, None)
        for row, amount in zip(rows.tolist(), amounts.tolist(), strict=True):
            times = times - amount * self._cost(row, cells)
        for limit, amount in self._counts[at]:
            times -= self._prices.limits[limit] * amount
        return Worth(
            times=times,
            options={part: self._options(at, each, part, cells) for part in each.options},
        )

    def bound(self) -> float:
        """Return the bound that the prices prove."""
        gains = (
            gain(each, worth) for each, worth in zip(self._space.candidates, self, strict=True)
        )
        return self.limits_points() + float(sum(gains))

    def limits_points(self) -> float:
        """Return what capacities and limits are worth."""
        layout, prices = self._layout, self._prices
        return layout.grid.capacity_points(prices.rows) + layout.limit_points(prices.limits)

    def _options(
        self, request: int, each: Candidates, part: Part, cells: tuple[Ints, Ints]
    ) -> Floats:
        options = each.options[part]
        worth = options.points.astype(np.float64)
        payer, row, amount = self._layout.charges.of(request, part)
        begin = np.searchsorted(options.who, payer)
        count = np.searchsorted(options.who, payer, side="right") - begin
        paying = np.repeat(begin - np.cumsum(count) + count, count) + np.arange(count.sum())
        time, row = options.time[paying], np.repeat(row, count)
        cost = self._cost(row, (cells[0][time], cells[1][time]))
        np.subtract.at(worth, paying, np.repeat(amount, count) * cost)
        return worth

    def _cost(self, row: Ints | int, cells: tuple[Ints, Ints]) -> Floats:
        """Return what a unit of rows costs from each first cell to each stop cell."""
        before = self._layout.grid.before
        return np.asarray(self._paid[before[row, cells[1]]] - self._paid[before[row, cells[0]]])


def gain(each: Candidates, worth: Worth) -> float:
    """Return what a request gains at its best, left out where that is better."""
    if not each.times:
        return float(each.unplaced_points)
    best = float(worth.whole(each).max())
    return best if each.required else max(best, float(each.unplaced_points))
