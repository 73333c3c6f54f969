"""Prices on resources: a proven bound for problems too large for one linear relaxation.

Every capacity has a price for each resource and span of days, and every quota has one
(Lagrangian relaxation). Requests then buy the best way for themselves, and

    sum over requests of max over ways (points - prices) + sum of price x capacity

bounds the objective from above for any prices that are not negative. Of an exclusive zone each
value that could hold it pays prices of its own, of which the dearest counts: one value holds it
at a time. A quota's maximum costs, its minimum rewards by at most what a missing unit costs.
So do those of whom at most one is placed pay, since they would miss each other (``limits``).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from scheduler.bound.layout import Layout, Prices
from scheduler.bound.offers import build_offers
from scheduler.bound.shares import pair_shares
from scheduler.candidates.candidates import Part
from scheduler.candidates.days import Ints, Positions
from scheduler.candidates.space import Space
from scheduler.candidates.worth import Floats

ROUNDING = 1e-6
"""Relative slack for the floating-point sums of a bound."""


class Priced(NamedTuple):
    """The bound that prices prove, and its slope in each price (a subgradient)."""

    bound: float
    slope: Prices


class Losses(NamedTuple):
    """What each time and each part's options lose against their request's best."""

    times: Floats
    options: tuple[Floats, ...]


class Market:
    """All requests' candidates laid out for pricing.

    Of a huge problem only some of the candidates are: see ``Appraisal`` for all of them.
    """

    def __init__(self, space: Space, layout: Layout | None = None) -> None:
        """Lay out offers; ``layout`` is that of a space with more candidates, if there is one."""
        self.layout = layout or Layout(space)
        self._space = space
        each_time = [each.times for each in space.candidates]
        self._begins = np.cumsum([0, *each_time])
        self._buying = np.flatnonzero(each_time)
        self._per_buyer = np.array(each_time, dtype=np.int64)[self._buying]
        self.first_cell = self._cells([each.first for each in space.candidates])
        self.stop_cell = self._cells([each.stop for each in space.candidates])
        spans, grid = (self.first_cell, self.stop_cell), self.layout.grid
        offers = (
            build_offers(space.candidates, part, self.layout.charges, spans, grid)
            for part in (None, *Part)
        )
        self.presence, *self.parts = offers
        self.request_of_time = np.repeat(np.arange(len(each_time)), each_time)
        self._shares = pair_shares(space)
        self.counted = self._counts()
        self._unplaced = np.array([each.unplaced_points for each in space.candidates], dtype=float)
        self.required = np.array([each.required for each in space.candidates], dtype=np.bool_)

    def price(self, prices: Prices) -> Priced:
        """Return the bound of some prices, and its slope."""
        whole, nets = self._whole(prices)
        points, chosen = self._buy(whole)
        points += self.layout.grid.capacity_points(prices.rows)
        points += self.layout.limit_points(prices.limits)
        rows = self.layout.grid.capacity_slopes(prices.rows)
        rows -= self._taken(nets, chosen) * self.layout.grid.length
        return Priced(points, Prices(rows, self._limit_slopes(prices.limits, chosen)))

    def losses(self, prices: Prices) -> Losses:
        """Return what each time and option loses against its request's best, each (...,)."""
        whole, nets = self._whole(prices)
        best = self._unplaced.copy()
        if len(self._buying):
            most = np.maximum.reduceat(whole, self._begins[self._buying])
            free = ~self.required[self._buying]
            best[self._buying] = np.where(free, np.maximum(most, best[self._buying]), most)
        times = best[self.request_of_time] - whole
        options = []
        for offers, net in zip(self.parts, nets[1:], strict=True):
            most_at = np.zeros_like(whole)
            most_at[offers.times] = offers.best(net)
            options.append(times[offers.time] + most_at[offers.time] - net)
        return Losses(times, tuple(options))

    def time_points(self) -> Floats:
        """Return what each time brings by itself, pairs and what is lost unplaced counted."""
        unplaced = self._unplaced[self.request_of_time]
        return np.asarray(self.presence.points + self._shares - unplaced)

    @property
    def unplaced_points(self) -> float:
        """What leaving out all requests is worth."""
        return float(self._unplaced.sum())

    def _whole(self, prices: Prices) -> tuple[Floats, list[Floats]]:
        """Return each time's worth with its best options, (times,), and each option's own."""
        paid = self.layout.grid.total(prices.rows)
        whole = self._extra(prices.limits)
        nets = []
        for offers in (self.presence, *self.parts):
            net = offers.net(paid)
            whole[offers.times] += offers.best(net)
            nets.append(net)
        return whole, nets

    def _extra(self, limits: Floats) -> Floats:
        """Return what pairs and limits add to each time, (times,)."""
        extra = self._shares.copy()
        for price, (times, amount) in zip(limits.tolist(), self.counted, strict=True):
            if price:
                extra[times] -= price * amount
        return extra

    def _buy(self, whole: Floats) -> tuple[float, Ints]:
        """Return what all requests gain, and the times of those that are placed."""
        if not len(self._buying):
            return float(self._unplaced.sum()), np.empty(0, dtype=np.int64)
        begins = self._begins[self._buying]
        best = np.maximum.reduceat(whole, begins)
        unplaced = self._unplaced[self._buying]
        placed = (best > unplaced) | self.required[self._buying]
        gain = np.where(placed, best, unplaced).sum()
        gain += self._unplaced.sum() - unplaced.sum()
        ties = np.flatnonzero(whole == np.repeat(best, self._per_buyer))
        time = ties[np.searchsorted(ties, begins)]
        return float(gain), np.asarray(time[placed])

    def _limit_slopes(self, prices: Floats, chosen: Ints) -> Floats:
        is_chosen = np.zeros(self._begins[-1], dtype=np.bool_)
        is_chosen[chosen] = True
        counted = np.array(
            [float(amount[is_chosen[times]].sum()) for times, amount in self.counted]
        )
        limits = self.layout.limits
        most, least = limits.most - counted, limits.least - counted
        free = np.clip(0.0, least, most)
        return np.asarray(np.where(prices == 0, free, np.where(prices > 0, most, least)))

    def _taken(self, nets: list[Floats], chosen: Ints) -> Floats:
        """Return what the chosen ways take of each row in each cell, (entries,)."""
        change = np.zeros(self.layout.grid.size + 1)
        is_chosen = np.zeros(self._begins[-1], dtype=np.bool_)
        is_chosen[chosen] = True
        for offers, net in zip((self.presence, *self.parts), nets, strict=True):
            options = offers.chosen(net, is_chosen)
            for layer in offers.layers:
                own = layer.of_options(options)
                np.add.at(change, own.first, own.amount)
                np.subtract.at(change, own.stop, own.amount)
        return np.asarray(np.cumsum(change, out=change)[:-1])

    def _cells(self, days: list[Ints]) -> Positions:
        joined = np.concatenate([np.empty(0, dtype=np.int64), *days])
        return self.layout.cell(joined).astype(np.int32)

    def _counts(self) -> list[tuple[Ints, Floats]]:
        """Return, for each limit, the times that count towards it and what they count."""
        limits = self.layout.limits
        counts: list[list[tuple[Ints, Ints]]] = [[] for _ in limits.most]
        for number, count in limits.counts(self._space):
            times = np.flatnonzero(count.amount)
            counts[number].append((times + self._begins[count.request], count.amount[times]))
        return [_counted(each) for each in counts]


def _counted(counts: list[tuple[Ints, Ints]]) -> tuple[Ints, Floats]:
    times = np.concatenate([np.empty(0, dtype=np.int64), *(times for times, _ in counts)])
    amount = np.concatenate([np.empty(0), *(amount for _, amount in counts)])
    return times, amount


def whole_bound(bound: float) -> int:
    """Return the greatest whole objective that a bound admits."""
    return math.floor(bound + ROUNDING * max(1.0, abs(bound)))
