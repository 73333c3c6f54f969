"""Prices on resources: a proven bound for problems too large for one linear relaxation.

Every capacity has a price for each resource and span of days, and every quota has one
(Lagrangian relaxation). Requests then buy the best way for themselves, and

    sum over requests of max over ways (points - prices) + sum of price x capacity

bounds the objective from above for any prices that are not negative. Of an exclusive zone each
value that could hold it pays prices of its own, of which the dearest counts: one value holds it
at a time. A quota's maximum costs, its minimum rewards by at most what a missing unit costs.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from scheduler.bound.offers import build_offers
from scheduler.bound.shares import pair_shares
from scheduler.candidates.candidates import Part
from scheduler.candidates.days import Ints, running_total, running_total_of
from scheduler.candidates.exclusive import value_of_request
from scheduler.candidates.resources import Demand, Resource, demands_by_resource, desks_of
from scheduler.candidates.space import Space
from scheduler.candidates.worth import Floats, Worth
from scheduler.rules import Rule

ROUNDING = 1e-6
"""Relative slack for the floating-point sums of a bound."""


class Prices(NamedTuple):
    """Points for a unit of a row on a day of a cell, (rows, cells), and of a quota, (quotas,).

    A quota's price above zero is paid for counting towards its maximum, one below zero is a
    reward for counting towards its minimum.
    """

    rows: Floats
    quotas: Floats


class Priced(NamedTuple):
    """The bound that prices prove, and its slope in each price (a subgradient)."""

    bound: float
    slope: Prices


class Losses(NamedTuple):
    """What each time and each part's options lose against their request's best."""

    times: Floats
    options: tuple[Floats, ...]


class Market:
    """All requests' candidates laid out for pricing, and the capacities that they pay for.

    A cell is a span of days within which nobody can come or go; ``length`` is its days. A row is
    a resource that could be exceeded, or one value that could hold an exclusive zone.
    ``capacity`` is (resources, cells) in units x days.
    """

    def __init__(self, space: Space) -> None:
        """Lay out rows, cells and offers."""
        self.space = space
        start, days = space.tables.horizon.days.start, space.tables.horizon.size
        each_time = [each.times for each in space.candidates]
        first = np.concatenate([[0], *(each.first - start for each in space.candidates)])
        stop = np.concatenate([[days], *(each.stop - start for each in space.candidates)])
        cuts = np.unique(np.concatenate([first, stop]))
        self.length = np.diff(cuts)
        self._begins = np.cumsum([0, *each_time])
        self._buying = np.flatnonzero(each_time)
        self._per_buyer = np.array(each_time, dtype=np.int64)[self._buying]
        self._resource: list[int] = []
        charges = self._charges()
        self.resource_of_row = np.array(self._resource, dtype=np.int64)
        spans = (np.searchsorted(cuts, first[1:]), np.searchsorted(cuts, stop[1:]))
        offers = (
            build_offers(space.candidates, part, charges, spans, len(cuts))
            for part in (None, *Part)
        )
        self.presence, *self.parts = offers
        self.capacity = self._capacity(cuts)
        # The rows of one resource follow each other.
        self._first_row = np.flatnonzero(np.diff(self.resource_of_row, prepend=-1))
        self.group_of_row = np.cumsum(np.diff(self.resource_of_row, prepend=-1) != 0) - 1
        self.capacity_of_groups = self.capacity[self.resource_of_row[self._first_row]]
        self.is_shared = np.bincount(self.group_of_row, minlength=len(self._first_row)) > 1
        self.request_of_time = np.repeat(np.arange(len(each_time)), each_time)
        self._shares = pair_shares(space)
        self.counted = self._counts()
        self._unplaced = np.array([each.unplaced_points for each in space.candidates], dtype=float)
        self.required = np.array([each.required for each in space.candidates], dtype=np.bool_)
        quotas = [quota for quota, _ in space.quotas]
        self._most = np.array([np.inf if q.max is None else q.max for q in quotas], dtype=float)
        self._least = np.array([q.min or 0 for q in quotas], dtype=float)
        self._reward = np.array(
            [0.0 if q.min is None else q.points_per_missing / q.unit for q in quotas], dtype=float
        )

    def no_prices(self) -> Prices:
        """Return prices of zero."""
        rows = np.zeros((len(self.resource_of_row), len(self.length)))
        return Prices(rows, np.zeros(len(self._most)))

    def limit(self, prices: Prices) -> Prices:
        """Return the nearest prices that prove a bound."""
        most = np.where(np.isfinite(self._most), np.inf, 0.0)
        return Prices(np.maximum(prices.rows, 0.0), np.clip(prices.quotas, -self._reward, most))

    def scale(self) -> Prices:
        """Return what slopes are measured in: a whole resource, a whole quota."""
        rows = np.maximum(self.capacity, self.length)[self.resource_of_row]
        whole = np.isfinite(self._most) & (self._most > 0)
        return Prices(rows, np.where(whole, self._most, np.maximum(self._least, 1.0)))

    def price(self, prices: Prices) -> Priced:
        """Return the bound of some prices, and its slope."""
        whole, nets = self._whole(prices)
        points, chosen = self._buy(whole)
        slope_rows, capacity_points = self._capacity_points(prices.rows)
        slope_quotas, quota_points = self._quota_points(prices.quotas, chosen)
        slope_rows -= self._taken(nets, chosen) * self.length
        return Priced(points + capacity_points + quota_points, Prices(slope_rows, slope_quotas))

    def worth(self, prices: Prices) -> list[Worth]:
        """Return what each request's candidates are worth under prices."""
        _, nets = self._whole(prices)
        options: list[dict[Part, Floats]] = [
            dict.fromkeys(each.options, np.empty(0)) for each in self.space.candidates
        ]
        alone = nets[0] + self._extra(prices.quotas)
        for offers, net in zip(self.parts, nets[1:], strict=True):
            bounds = np.searchsorted(offers.request, np.arange(len(options) + 1))
            for request in np.unique(offers.request).tolist():
                own = slice(bounds[request], bounds[request + 1])
                worth = np.empty(bounds[request + 1] - bounds[request])
                worth[offers.order[own]] = net[own]
                if offers.part is not None:
                    options[request][offers.part] = worth
        return [
            Worth(times=alone[begin:end], options=own)
            for begin, end, own in zip(self._begins[:-1], self._begins[1:], options, strict=True)
        ]

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

    def quota_limits(self) -> Iterator[tuple[float, float, float]]:
        """Yield each quota's minimum, its maximum, and the reward for a unit below the minimum."""
        yield from zip(
            self._least.tolist(), self._most.tolist(), self._reward.tolist(), strict=True
        )

    def _whole(self, prices: Prices) -> tuple[Floats, list[Floats]]:
        """Return each time's worth with its best options, (times,), and each option's own."""
        paid = running_total_of(prices.rows * self.length).ravel()
        whole = self._extra(prices.quotas)
        nets = []
        for offers in (self.presence, *self.parts):
            net = offers.net(paid)
            whole[offers.times] += offers.best(net)
            nets.append(net)
        return whole, nets

    def _extra(self, quotas: Floats) -> Floats:
        """Return what pairs and quotas add to each time, (times,)."""
        extra = self._shares.copy()
        for price, (times, amount) in zip(quotas.tolist(), self.counted, strict=True):
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

    def _capacity_points(self, rows: Floats) -> tuple[Floats, float]:
        """Return slopes and worth of the capacities; of one resource's rows the dearest counts."""
        if not len(rows):
            return rows, 0.0
        dearest = np.maximum.reduceat(rows, self._first_row, axis=0)
        is_dearest = rows == dearest[self.group_of_row]
        ties = np.add.reduceat(is_dearest, self._first_row, axis=0, dtype=np.int64)
        share = (self.capacity_of_groups / ties)[self.group_of_row]
        return is_dearest * share, float((dearest * self.capacity_of_groups).sum())

    def _quota_points(self, prices: Floats, chosen: Ints) -> tuple[Floats, float]:
        is_chosen = np.zeros(self._begins[-1], dtype=np.bool_)
        is_chosen[chosen] = True
        counted = np.array(
            [float(amount[is_chosen[times]].sum()) for times, amount in self.counted]
        )
        limit = np.where(prices > 0, self._most, self._least)
        slope = np.where(
            prices == 0,
            np.clip(0.0, self._least - counted, self._most - counted),
            limit - counted,
        )
        return slope, float(prices[prices != 0] @ limit[prices != 0])

    def _taken(self, nets: list[Floats], chosen: Ints) -> Floats:
        """Return what the chosen ways take of each row in each cell, (rows, cells)."""
        change = np.zeros(len(self.resource_of_row) * (len(self.length) + 1))
        is_chosen = np.zeros(self._begins[-1], dtype=np.bool_)
        is_chosen[chosen] = True
        for offers, net in zip((self.presence, *self.parts), nets, strict=True):
            options = offers.chosen(net, is_chosen)
            for layer in offers.layers:
                own = layer.of_options(options)
                np.add.at(change, own.first, own.amount)
                np.subtract.at(change, own.stop, own.amount)
        by_row = change.reshape(len(self.resource_of_row), len(self.length) + 1)
        return np.asarray(np.cumsum(by_row, axis=1)[:, :-1])

    def _charges(self) -> dict[tuple[int, Part | None, int], list[tuple[int, int]]]:
        """Return what each request pays, and number the rows on the way."""
        space = self.space
        exclusive = {desks_of(zone.id): zone.exclusive_by for zone in space.problem.zones}
        charges: dict[tuple[int, Part | None, int], list[tuple[int, int]]] = defaultdict(list)
        for position, demands in demands_by_resource(space.demands).items():
            resource = space.resources[position]
            by = exclusive.get(resource.name) if resource.rule is Rule.ZONE else None
            values = [
                None
                if by is None
                else value_of_request(space.problem, space.candidates[demand.request].request, by)
                for demand in demands
            ]
            if len(set(values)) == 1 and not self._could_exceed(resource, demands):
                continue
            rows: dict[str | None, int] = {}
            for demand, value in zip(demands, values, strict=True):
                row = rows.setdefault(value, len(self._resource) + len(rows))
                charges[demand.request, demand.part, demand.who].append((row, demand.amount))
            self._resource += [position] * len(rows)
        return charges

    def _could_exceed(self, resource: Resource, demands: list[Demand]) -> bool:
        """Tell whether demands, all at once, could be more than there is on some day."""
        start = self.space.tables.horizon.days.start
        change = np.zeros(self.space.tables.horizon.size + 1, dtype=np.int64)
        for demand in demands:
            each = self.space.candidates[demand.request]
            change[each.first.min() - start] += demand.amount
            change[each.stop.max() - start] -= demand.amount
        return bool((np.cumsum(change)[:-1] > resource.capacity).any())

    def _capacity(self, cuts: Ints) -> Floats:
        """Return the capacity of each resource in each cell: the sum of its days."""
        by_cell = [
            np.diff(running_total(np.maximum(resource.capacity, 0))[cuts])
            for resource in self.space.resources
        ]
        shape = (len(by_cell), len(cuts) - 1)
        return np.array(by_cell, dtype=np.float64).reshape(shape)

    def _counts(self) -> list[tuple[Ints, Floats]]:
        """Return, for each quota, the times that count towards it and what they count."""
        return [_joined(list(self._count(number))) for number in range(len(self.space.quotas))]

    def _count(self, quota: int) -> Iterator[tuple[Ints, Ints]]:
        for count in self.space.quotas[quota][1]:
            times = np.flatnonzero(count.amount)
            yield times + self._begins[count.request], count.amount[times]


def _joined(counts: list[tuple[Ints, Ints]]) -> tuple[Ints, Floats]:
    times = np.concatenate([np.empty(0, dtype=np.int64), *(times for times, _ in counts)])
    amount = np.concatenate([np.empty(0), *(amount for _, amount in counts)])
    return times, amount


def whole_bound(bound: float) -> int:
    """Return the greatest whole objective that a bound admits."""
    return math.floor(bound + ROUNDING * max(1.0, abs(bound)))
