"""What is priced: a row for each resource that could be exceeded, a cell for each span of days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from scheduler.bound.charges import build_charges
from scheduler.bound.grid import Grid
from scheduler.bound.limits import Limits
from scheduler.candidates.days import Bools, Ints
from scheduler.candidates.exclusive import value_of_request
from scheduler.candidates.resources import Resource, desks_of
from scheduler.candidates.space import Space
from scheduler.candidates.worth import Floats
from scheduler.problem.places import ExclusiveBy
from scheduler.rules import Rule


class Prices(NamedTuple):
    """Points for a unit of a row on a day of a cell, (entries,), and of a limit, (limits,).

    A limit's price above zero is paid for counting towards its most, one below zero is a reward
    for counting towards its least.
    """

    rows: Floats
    limits: Floats


class PriceList(NamedTuple):
    """Prices, and the layout that says what they are for."""

    layout: Layout
    prices: Prices


class Layout:
    """Rows, cells and limits of a problem, and who pays for what.

    A cell is a span of days within which nobody can come or go; ``length`` is its days. A row is
    a resource that could be exceeded, or one value that could hold an exclusive zone; the rows
    of one resource are a group and follow each other. ``capacity`` is (groups, cells) in units x
    days. ``grid`` tells where rows have prices, and ``charges`` by request, part and who serves
    the rows that are paid for and the units taken.
    """

    def __init__(self, space: Space) -> None:
        """Lay out rows and cells."""
        self._space = space
        self.start, days = space.tables.horizon.days.start, space.tables.horizon.size
        self.cuts = np.flatnonzero(self._is_cut(days))
        self.length = np.diff(self.cuts)
        self._resource: list[int] = []
        presence = self._presence()
        rows = self._rows(presence)
        self.charges = build_charges(space.demands, rows, len(space.candidates))
        self.resource_of_row = np.array(self._resource, dtype=np.int64)
        is_first = np.diff(self.resource_of_row, prepend=-1) != 0
        self.first_row = np.flatnonzero(is_first)
        self.group_of_row = np.cumsum(is_first) - 1
        self.capacity = self._capacity()
        self.is_shared = np.bincount(self.group_of_row, minlength=len(self.first_row)) > 1
        is_entry = self._could_be_exceeded(presence)
        self.grid = Grid(is_entry, self.length, self.group_of_row, self.capacity)
        self.limits = Limits(space)

    def cell(self, days: Ints) -> Ints:
        """Return the cells that begin on days, as ordinals."""
        return np.searchsorted(self.cuts, days - self.start)

    def no_prices(self) -> Prices:
        """Return prices of zero."""
        return Prices(np.zeros(self.grid.size), np.zeros(len(self.limits.most)))

    def limit(self, prices: Prices) -> Prices:
        """Return the nearest prices that prove a bound."""
        most = np.where(np.isfinite(self.limits.most), np.inf, 0.0)
        limits = np.clip(prices.limits, -self.limits.reward, most)
        return Prices(np.maximum(prices.rows, 0.0), limits)

    def scale(self) -> Prices:
        """Return what slopes are measured in: a whole resource, a whole limit."""
        limits = self.limits
        rows = np.maximum(self.grid.capacity, self.grid.length)
        whole = np.isfinite(limits.most) & (limits.most > 0)
        return Prices(rows, np.where(whole, limits.most, np.maximum(limits.least, 1.0)))

    def limit_points(self, prices: Floats) -> float:
        """Return what the limits are worth."""
        priced = prices != 0
        limit = np.where(prices > 0, self.limits.most, self.limits.least)
        return float(prices[priced] @ limit[priced])

    def _is_cut(self, days: int) -> Bools:
        """Return the days, and the one after the last, on which somebody could come or go."""
        is_cut = np.zeros(days + 1, dtype=np.bool_)
        is_cut[[0, days]] = True
        for each in self._space.candidates:
            is_cut[each.first - self.start] = True
            is_cut[each.stop - self.start] = True
        return is_cut

    def _rows(self, presence: tuple[Ints, Ints]) -> Ints:
        """Return the row that each demand is charged for, -1 where it is for none; number them."""
        space = self._space
        row = np.full(len(space.demands), -1)
        values = _Values(space)
        for position, demands in self._by_resource():
            resource = space.resources[position]
            value = values.of(resource, space.demands.request[demands])
            distinct, rank = np.unique(value, return_inverse=True)
            if len(distinct) > 1 or self._could_exceed(resource, demands, presence):
                row[demands] = len(self._resource) + rank
                self._resource += [position] * len(distinct)
        return row

    def _by_resource(self) -> Iterator[tuple[int, Ints]]:
        """Yield resources with the demands on them, as positions; not what is surely enough."""
        demands, resources = self._space.demands, self._space.resources
        exclusive = {desks_of(each.id) for each in self._space.problem.zones if each.exclusive_by}
        count = np.bincount(demands.resource, minlength=len(resources))
        most = np.bincount(demands.resource, demands.amount, minlength=len(resources))
        order = np.argsort(demands.resource, kind="stable")
        begins = np.concatenate([[0], np.cumsum(count)])
        for position in np.flatnonzero(count).tolist():
            each = resources[position]
            if most[position] > each.capacity.min() or each.name in exclusive:
                yield position, order[begins[position] : begins[position + 1]]

    def _presence(self) -> tuple[Ints, Ints]:
        """Return the first and the stop day that each request could have, (requests,)."""
        candidates = self._space.candidates
        first = [int(each.first.min()) if each.times else self.start for each in candidates]
        stop = [int(each.stop.max()) if each.times else self.start for each in candidates]
        days = np.array([first, stop], dtype=np.int64) - self.start
        return days[0], days[1]

    def _could_exceed(self, resource: Resource, demands: Ints, presence: tuple[Ints, Ints]) -> bool:
        """Tell whether demands, all at once, could be more than there is on some day."""
        columns, (first, stop) = self._space.demands, presence
        request, amount = columns.request[demands], columns.amount[demands]
        change = np.zeros(self._space.tables.horizon.size + 1, dtype=np.int64)
        np.add.at(change, first[request], amount)
        np.subtract.at(change, stop[request], amount)
        return bool((np.cumsum(change)[:-1] > resource.capacity).any())

    def _could_be_exceeded(self, presence: tuple[Ints, Ints]) -> Bools:
        """Return where demands, all at once, are more than there is, (rows, cells).

        What values could hold an exclusive zone may always be too many.
        """
        charges = self.charges
        request = charges.requests()
        first, stop = (self.cell(days + self.start)[request] for days in presence)
        load = np.zeros((len(self.resource_of_row), len(self.length) + 1), dtype=np.int64)
        np.add.at(load, (charges.row, first), charges.amount)
        np.subtract.at(load, (charges.row, stop), charges.amount)
        np.cumsum(load, axis=1, out=load)
        room = np.where(self.is_shared[:, None], 0.0, self.capacity / self.length)
        return np.asarray(load[:, :-1] > room[self.group_of_row])

    def _capacity(self) -> Floats:
        """Return the capacity of each group in each cell: the sum of its days."""
        capacity = np.empty((len(self.first_row), len(self.length)))
        for group, at in enumerate(self.resource_of_row[self.first_row].tolist()):
            by_day = np.maximum(self._space.resources[at].capacity, 0)
            np.add.reduceat(by_day, self.cuts[:-1], out=capacity[group])
        return capacity


class _Values:
    """Numbers of the values by which requests could hold exclusive zones."""

    def __init__(self, space: Space) -> None:
        self._space = space
        zones = space.problem.zones
        self._by = {desks_of(zone.id): zone.exclusive_by for zone in zones if zone.exclusive_by}
        self._numbers: dict[ExclusiveBy, Ints] = {}

    def of(self, resource: Resource, requests: Ints) -> Ints:
        """Return a number for each request's value; the same one where it does not matter."""
        by = self._by.get(resource.name) if resource.rule is Rule.ZONE else None
        if by is None:
            return np.zeros_like(requests)
        if by not in self._numbers:
            self._numbers[by] = self._number(by)
        return self._numbers[by][requests]

    def _number(self, by: ExclusiveBy) -> Ints:
        seen: dict[str | None, int] = {}
        values = (
            value_of_request(self._space.problem, each.request, by)
            for each in self._space.candidates
        )
        return np.array([seen.setdefault(value, len(seen)) for value in values], dtype=np.int64)
