"""What is priced: a row for each resource that could be exceeded, a cell for each span of days."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import numpy as np

from scheduler.candidates.candidates import Part
from scheduler.candidates.days import Ints, running_total
from scheduler.candidates.exclusive import value_of_request
from scheduler.candidates.resources import Demand, Resource, demands_by_resource, desks_of
from scheduler.candidates.space import Space
from scheduler.candidates.worth import Floats
from scheduler.rules import Rule


class Prices(NamedTuple):
    """Points for a unit of a row on a day of a cell, (rows, cells), and of a quota, (quotas,).

    A quota's price above zero is paid for counting towards its maximum, one below zero is a
    reward for counting towards its minimum.
    """

    rows: Floats
    quotas: Floats


class Layout:
    """Rows, cells and quotas of a problem, and who pays for what.

    A cell is a span of days within which nobody can come or go; ``length`` is its days. A row is
    a resource that could be exceeded, or one value that could hold an exclusive zone; the rows
    of one resource are a group and follow each other. ``capacity`` is (groups, cells) in units x
    days. ``charges`` tell by request, part and who serves the rows that are paid for and the
    units taken.
    """

    def __init__(self, space: Space) -> None:
        """Lay out rows and cells."""
        self._space = space
        self.start, days = space.tables.horizon.days.start, space.tables.horizon.size
        first = [np.unique(each.first - self.start) for each in space.candidates]
        stop = [np.unique(each.stop - self.start) for each in space.candidates]
        self.cuts = np.unique(np.concatenate([[0, days], *first, *stop]))
        self.length = np.diff(self.cuts)
        self._resource: list[int] = []
        self.charges = self._charges()
        self.resource_of_row = np.array(self._resource, dtype=np.int64)
        is_first = np.diff(self.resource_of_row, prepend=-1) != 0
        self.first_row = np.flatnonzero(is_first)
        self.group_of_row = np.cumsum(is_first) - 1
        self.capacity = self._capacity()
        self.is_shared = np.bincount(self.group_of_row, minlength=len(self.first_row)) > 1
        quotas = [quota for quota, _ in space.quotas]
        self.most = np.array([np.inf if q.max is None else q.max for q in quotas], dtype=float)
        self.least = np.array([q.min or 0 for q in quotas], dtype=float)
        self.reward = np.array(
            [0.0 if q.min is None else q.points_per_missing / q.unit for q in quotas], dtype=float
        )

    def cell(self, days: Ints) -> Ints:
        """Return the cells that begin on days, as ordinals."""
        return np.searchsorted(self.cuts, days - self.start)

    def no_prices(self) -> Prices:
        """Return prices of zero."""
        rows = np.zeros((len(self.resource_of_row), len(self.length)))
        return Prices(rows, np.zeros(len(self.most)))

    def limit(self, prices: Prices) -> Prices:
        """Return the nearest prices that prove a bound."""
        most = np.where(np.isfinite(self.most), np.inf, 0.0)
        return Prices(np.maximum(prices.rows, 0.0), np.clip(prices.quotas, -self.reward, most))

    def scale(self) -> Prices:
        """Return what slopes are measured in: a whole resource, a whole quota."""
        rows = np.maximum(self.capacity, self.length)[self.group_of_row]
        whole = np.isfinite(self.most) & (self.most > 0)
        return Prices(rows, np.where(whole, self.most, np.maximum(self.least, 1.0)))

    def capacity_points(self, rows: Floats) -> float:
        """Return what the capacities are worth; of one resource's rows the dearest counts."""
        return float((self.dearest(rows) * self.capacity).sum()) if len(rows) else 0.0

    def dearest(self, rows: Floats) -> Floats:
        """Return the dearest row's price of each group, (groups, cells)."""
        return np.asarray(np.maximum.reduceat(rows, self.first_row, axis=0))

    def quota_points(self, quotas: Floats) -> float:
        """Return what the quotas' limits are worth."""
        priced = quotas != 0
        limit = np.where(quotas > 0, self.most, self.least)
        return float(quotas[priced] @ limit[priced])

    def _charges(self) -> dict[tuple[int, Part | None, int], list[tuple[int, int]]]:
        """Return what each request pays, and number the rows on the way."""
        space = self._space
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
        start = self._space.tables.horizon.days.start
        change = np.zeros(self._space.tables.horizon.size + 1, dtype=np.int64)
        for demand in demands:
            each = self._space.candidates[demand.request]
            change[each.first.min() - start] += demand.amount
            change[each.stop.max() - start] -= demand.amount
        return bool((np.cumsum(change)[:-1] > resource.capacity).any())

    def _capacity(self) -> Floats:
        """Return the capacity of each group in each cell: the sum of its days."""
        resources = self.resource_of_row[self.first_row].tolist()
        by_cell = [
            np.diff(running_total(np.maximum(self._space.resources[at].capacity, 0))[self.cuts])
            for at in resources
        ]
        shape = (len(by_cell), len(self.length))
        return np.array(by_cell, dtype=np.float64).reshape(shape)
