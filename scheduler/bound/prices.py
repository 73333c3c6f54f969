"""Prices on resources: a proven bound for problems too large for one linear relaxation.

Every capacity has a price for each resource and week, and every quota has one (Lagrangian
relaxation). Requests then buy the best way for themselves, and

    sum over requests of max over ways (points - prices) + sum of price x capacity

bounds the objective from above for any prices that are not negative. Of an exclusive zone each
value that could hold it pays prices of its own, of which the dearest counts: one value holds it
at a time. A quota's minimum rewards by at most what a missing unit costs.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from scheduler.bound.buyer import Buyer, Charge, Floats
from scheduler.bound.trivial import closest_pairs
from scheduler.candidates.days import running_total_of
from scheduler.candidates.exclusive import value_of_request
from scheduler.candidates.resources import demands_by_resource, desks_of
from scheduler.candidates.space import Space
from scheduler.rules import Rule

WEEK = 7
"""Days that share a price."""

ROUNDING = 1e-6
"""Relative slack for the floating-point sums of a bound."""


class Prices(NamedTuple):
    """Points for a unit of a row on each day of a week, (rows, weeks), and for a quota's unit.

    A quota's maximum costs ``maximum`` a unit and its minimum rewards ``minimum``, (quotas,).
    """

    rows: Floats
    maximum: Floats
    minimum: Floats


class Priced(NamedTuple):
    """The bound that prices prove, and its slope in each price (a subgradient)."""

    bound: float
    slope: Prices


class Market:
    """Buyers, and the capacities that they pay for."""

    def __init__(self, space: Space) -> None:
        """Lay out a row for each resource, and one for each value that could hold a zone."""
        self.space = space
        self.rows: dict[tuple[int, str | None], int] = {}
        charges: list[list[Charge]] = [[] for _ in space.candidates]
        exclusive = {desks_of(zone.id): zone.exclusive_by for zone in space.problem.zones}
        for position, demands in demands_by_resource(space.demands).items():
            resource = space.resources[position]
            by = exclusive.get(resource.name) if resource.rule is Rule.ZONE else None
            for demand in demands:
                request = space.candidates[demand.request].request
                value = None if by is None else value_of_request(space.problem, request, by)
                row = self.rows.setdefault((position, value), len(self.rows))
                charges[demand.request].append(
                    Charge(row=row, part=demand.part, who=demand.who, amount=demand.amount)
                )
        start = space.tables.horizon.days.start
        self.buyers = [
            Buyer(each, own, start) for each, own in zip(space.candidates, charges, strict=True)
        ]
        self.resource_of_row = np.array([resource for resource, _ in self.rows], dtype=np.int64)
        self.capacity = self._weekly_capacity()
        self._shares = _pair_shares(space)

    def no_prices(self) -> Prices:
        """Return prices of zero."""
        quotas = np.zeros(len(self.space.quotas))
        return Prices(np.zeros((len(self.rows), self.capacity.shape[1])), quotas, quotas.copy())

    def limit(self, prices: Prices) -> Prices:
        """Return the nearest prices that prove a bound."""
        quotas = [quota for quota, _ in self.space.quotas]
        at_most = np.array(
            [
                0.0 if quota.min is None else quota.points_per_missing / quota.unit
                for quota in quotas
            ]
        )
        bounded = np.array([quota.max is not None for quota in quotas], dtype=np.bool_)
        return Prices(
            np.maximum(prices.rows, 0.0),
            np.where(bounded, np.maximum(prices.maximum, 0.0), 0.0),
            np.clip(prices.minimum, 0.0, at_most),
        )

    def price(self, prices: Prices) -> Priced:
        """Return the bound of some prices, and its slope."""
        by_day = np.repeat(prices.rows, WEEK, axis=1)[:, : self.space.tables.horizon.size]
        paid = running_total_of(by_day)
        slope = self.no_prices()
        bound = self._capacity_points(prices, slope)
        extra = self._quota_points(prices)
        chosen = []
        for request, buyer in enumerate(self.buyers):
            purchase = buyer.buy(paid, extra[request] + self._shares[request])
            bound += purchase.points
            chosen.append(purchase.time)
            if purchase.time >= 0:
                days = self._days_by_week(buyer.first[purchase.time], buyer.stop[purchase.time])
                for charge in purchase.charges:
                    slope.rows[charge.row] -= charge.amount * days
        bound += self._quota_slopes(prices, slope, chosen)
        return Priced(bound, slope)

    def _weekly_capacity(self) -> Floats:
        """Capacity of each resource in each week: the sum of its days, (resources, weeks)."""
        days = self.space.tables.horizon.size
        weeks = -(-days // WEEK)
        capacity = np.zeros((len(self.space.resources), weeks * WEEK))
        for position, resource in enumerate(self.space.resources):
            capacity[position, :days] = np.maximum(resource.capacity, 0)
        return np.asarray(capacity.reshape(len(capacity), weeks, WEEK).sum(axis=2))

    def _capacity_points(self, prices: Prices, slope: Prices) -> float:
        """Add what the capacities are worth; of the rows of one resource the dearest counts."""
        dearest = np.zeros_like(self.capacity)
        np.maximum.at(dearest, self.resource_of_row, prices.rows)
        is_dearest = prices.rows == dearest[self.resource_of_row]
        ties = np.zeros_like(self.capacity)
        np.add.at(ties, self.resource_of_row, is_dearest)
        slope.rows[:] += is_dearest * (self.capacity / np.maximum(ties, 1))[self.resource_of_row]
        return float((dearest * self.capacity).sum())

    def _quota_points(self, prices: Prices) -> list[Floats | float]:
        """Return, by request, the points that quotas add to each time."""
        extra: list[Floats | float] = [0.0] * len(self.buyers)
        for number, (_, counts) in enumerate(self.space.quotas):
            unit = prices.minimum[number] - prices.maximum[number]
            for count in counts if unit else ():
                extra[count.request] = extra[count.request] + unit * count.amount
        return extra

    def _quota_slopes(self, prices: Prices, slope: Prices, chosen: list[int]) -> float:
        points = 0.0
        for number, (quota, counts) in enumerate(self.space.quotas):
            counted = sum(
                int(count.amount[chosen[count.request]])
                for count in counts
                if chosen[count.request] >= 0
            )
            slope.maximum[number] = (quota.max or 0) - counted
            slope.minimum[number] = counted - (quota.min or 0)
            points += prices.maximum[number] * (quota.max or 0)
            points -= prices.minimum[number] * (quota.min or 0)
        return points

    def _days_by_week(self, first: int, stop: int) -> Floats:
        """Return how many days of a stay lie in each week, (weeks,)."""
        weeks = np.arange(self.capacity.shape[1]) * WEEK
        days = np.minimum(stop, weeks + WEEK) - np.maximum(first, weeks)
        return np.asarray(np.maximum(days, 0), dtype=np.float64)


def whole_bound(bound: float) -> int:
    """Return the greatest whole objective that a bound admits."""
    return math.floor(bound + ROUNDING * max(1.0, abs(bound)))


def _pair_shares(space: Space) -> list[float]:
    """Return, by request, half of what its pairs could be worth at the most."""
    shares = [0.0] * len(space.candidates)
    for one, other, points in closest_pairs(space):
        shares[one] += points / 2
        shares[other] += points / 2
    return shares
