"""The linear program over a core of the candidates: the few that lose little under some prices.

Its duals are prices again, better ones; what they are worth, all candidates say. That is column
generation with the columns taken apart into times and options.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from scheduler.bound.layout import Prices
from scheduler.bound.linear import LinearModel, Optimum
from scheduler.bound.market import Losses, Market
from scheduler.bound.offers import Offers
from scheduler.candidates.days import Bools, Ints
from scheduler.candidates.worth import Floats


class Members(NamedTuple):
    """Which times and which options of each offer are in the core."""

    times: Bools
    options: tuple[Bools, ...]

    def __or__(self, other: object) -> Members:
        """Return what is in either."""
        if not isinstance(other, Members):
            return NotImplemented
        options = zip(self.options, other.options, strict=True)
        return Members(self.times | other.times, tuple(one | two for one, two in options))

    @property
    def size(self) -> int:
        """Number of times and options."""
        return int(self.times.sum()) + sum(int(each.sum()) for each in self.options)


def within(losses: Losses, most: float) -> Members:
    """Return what loses no more than so many points."""
    return Members(losses.times <= most, tuple(each <= most for each in losses.options))


class _Users(NamedTuple):
    """Who takes what when: its column, request, row of prices, cells and amount, (users,)."""

    column: Ints
    request: Ints
    row: Ints
    first: Ints
    stop: Ints
    amount: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entries:
    """Part of the matrix: (entries,) each."""

    row: Ints
    column: Ints
    value: Floats


class Core:
    """A linear program over some candidates of a market, and how to read its duals.

    Its columns are the core's times, its options, the shares of exclusive zones, and what is
    missing of quotas.
    """

    def __init__(self, market: Market, members: Members) -> None:
        """Lay out columns and rows."""
        self._market = market
        self._entries: list[_Entries] = []
        self._objective: list[Floats] = []
        self._upper: list[Floats] = []
        self._limits: list[tuple[Floats, Floats]] = []
        self._columns = self._rows = 0
        self._time_column = self._add_columns(members.times, market.time_points())
        self._add_requests(members.times)
        option_columns = [
            self._add_columns(mask, offers.points)
            for offers, mask in zip(market.parts, members.options, strict=True)
        ]
        for offers, column, mask in zip(market.parts, option_columns, members.options, strict=True):
            self._link(offers, column, mask)
        self._cells = self._add_capacities(option_columns, members)
        self._limit_rows = list(self._add_limits(members.times))

    def linear(self) -> LinearModel:
        """Return the linear program."""
        lower, upper = (np.concatenate(side) for side in zip(*self._limits, strict=True))
        return LinearModel(
            objective=np.concatenate(self._objective),
            offset=0.0,
            lower=np.zeros(self._columns),
            upper=np.concatenate(self._upper),
            row=np.concatenate([each.row for each in self._entries]),
            column=np.concatenate([each.column for each in self._entries]),
            value=np.concatenate([each.value for each in self._entries]),
            row_lower=lower,
            row_upper=upper,
        )

    def value(self, optimum: Optimum) -> float:
        """Return the objective of the core's optimum, what is lost unplaced counted."""
        objective = np.concatenate(self._objective)
        return float(objective @ optimum.values) + self._market.unplaced_points

    def shares(self, optimum: Optimum) -> Floats:
        """Return the share of each time that the core's optimum uses, (times,)."""
        own = self._time_column >= 0
        shares = np.zeros(len(own))
        shares[own] = optimum.values[self._time_column[own]]
        return shares

    def prices(self, duals: Floats) -> Prices:
        """Return the prices that duals are, (rows,)."""
        layout = self._market.layout
        rows, row, cell = self._cells
        price = np.maximum(duals[rows], 0.0) / layout.length[cell]
        prices = layout.no_prices()._replace(rows=layout.grid.expand(row, cell, price))
        for number, most, least in self._limit_rows:
            prices.limits[number] = sum(duals[each] for each in (most, least) if each is not None)
        return layout.limit(prices)

    def _add_columns(self, mask: Bools, points: Floats) -> Ints:
        """Add a column for each member; return them by position, -1 for what is none."""
        count = int(mask.sum())
        column = np.where(mask, np.cumsum(mask) - 1 + self._columns, -1)
        self._objective.append(points[mask])
        self._upper.append(np.ones(count))
        self._columns += count
        return np.asarray(column)

    def _add_rows(self, lower: Floats, upper: Floats) -> Ints:
        rows = np.arange(self._rows, self._rows + len(lower))
        self._limits.append((lower, upper))
        self._rows += len(lower)
        return rows

    def _fill(self, row: Ints, column: Ints, value: Floats) -> None:
        self._entries.append(_Entries(row=row, column=column, value=value))

    def _add_requests(self, members: Bools) -> None:
        """Place each request at most once, a pinned one exactly once."""
        request = self._market.request_of_time[members]
        required = self._market.required
        rows = self._add_rows(np.where(required, 1.0, -np.inf), np.ones(len(required)))
        self._fill(rows[request], self._time_column[members], np.ones(len(request)))

    def _link(self, offers: Offers, column: Ints, mask: Bools) -> None:
        """Let the options of each time add up to it."""
        served = np.zeros(len(self._time_column), dtype=np.bool_)
        served[offers.times] = True
        times = np.flatnonzero(served & (self._time_column >= 0))
        rows = self._add_rows(np.zeros(len(times)), np.zeros(len(times)))
        row_of_time = np.full(len(served), -1)
        row_of_time[times] = rows
        self._fill(rows, self._time_column[times], -np.ones(len(times)))
        own = np.flatnonzero(mask)
        own = own[row_of_time[offers.time[own]] >= 0]
        self._fill(row_of_time[offers.time[own]], column[own], np.ones(len(own)))

    def _add_capacities(self, columns: Sequence[Ints], members: Members) -> tuple[Ints, Ints, Ints]:
        """Add a row for each price; return it with its row of prices and its cell."""
        market = self._market
        users = self._users(columns, members)
        group = market.layout.group_of_row
        capacity = market.layout.capacity / market.layout.length
        ends = np.zeros((len(capacity), len(market.layout.length) + 1), dtype=np.bool_)
        ends[group[users.row], users.stop] = True
        room = np.where(market.layout.is_shared[:, None], 0.0, capacity)
        used = self._most_taken(users, ends.shape) > room
        less = np.zeros_like(used)
        less[:, :-1] = capacity[:, 1:] > capacity[:, :-1]
        binding = used & (ends[:, 1:] | less)
        binding[:, -1] = used[:, -1]
        cells = binding[group]
        number = np.full(cells.shape, -1)
        rows, at = np.nonzero(cells)
        exclusive = market.layout.is_shared[group[rows]]
        upper = np.where(exclusive, 0.0, capacity[group[rows], at])
        number[rows, at] = self._add_rows(np.full(len(rows), -np.inf), upper)
        self._cover(number, users)
        self._share(number[rows[exclusive], at[exclusive]], group[rows[exclusive]], at[exclusive])
        return number[rows, at], rows, at

    def _users(self, columns: Sequence[Ints], members: Members) -> _Users:
        """Return who takes what when."""
        market = self._market
        none = np.empty(0, dtype=np.int64)
        found = [_Users(none, none, none, none, none, np.empty(0))]
        presence = (market.presence, self._time_column, members.times)
        for offers, column, mask in (
            presence,
            *zip(market.parts, columns, members.options, strict=True),
        ):
            for layer in offers.layers:
                own = mask[layer.option]
                option = layer.option[own]
                time = offers.time[option]
                found.append(
                    _Users(
                        column=column[option],
                        request=offers.request[option].astype(np.int64),
                        row=layer.row[own].astype(np.int64),
                        first=market.first_cell[time].astype(np.int64),
                        stop=market.stop_cell[time].astype(np.int64),
                        amount=layer.amount[own],
                    )
                )
        return _Users(*(np.concatenate(each) for each in zip(*found, strict=True)))

    def _most_taken(self, users: _Users, shape: tuple[int, int]) -> Floats:
        """Return the most that could be taken of each group in each cell, (groups, cells).

        Each request is there from its first day to its last.
        """
        load = np.zeros(shape)
        if not len(users.column):
            return load[:, :-1]
        group = self._market.layout.group_of_row[users.row]
        order = np.lexsort((users.request, group))
        key = group[order] * len(self._market.required) + users.request[order]
        begins = np.flatnonzero(np.diff(key, prepend=-1))
        amount = np.maximum.reduceat(users.amount[order], begins)
        first = np.minimum.reduceat(users.first[order], begins)
        stop = np.maximum.reduceat(users.stop[order], begins)
        np.add.at(load, (group[order][begins], first), amount)
        np.subtract.at(load, (group[order][begins], stop), amount)
        return np.asarray(np.cumsum(load, axis=1)[:, :-1])

    def _cover(self, number: Ints, users: _Users) -> None:
        """Enter each user in the rows of the cells that it covers."""
        kept = number >= 0
        before = np.zeros((len(kept), kept.shape[1] + 1), dtype=np.int64)
        np.cumsum(kept, axis=1, out=before[:, 1:])
        flat = number[kept]
        base = np.concatenate([[0], np.cumsum(before[:, -1])])
        base = base[users.row]
        begin = base + before[users.row, users.first]
        end = base + before[users.row, users.stop]
        count = end - begin
        offset = np.cumsum(count) - count
        member = np.repeat(begin - offset, count) + np.arange(count.sum())
        self._fill(flat[member], np.repeat(users.column, count), np.repeat(users.amount, count))

    def _share(self, rows: Ints, group: Ints, cell: Ints) -> None:
        """Divide what an exclusive zone has among the values that could hold it."""
        capacity = self._market.layout.capacity / self._market.layout.length
        distinct, position = np.unique(
            group * len(self._market.layout.length) + cell, return_inverse=True
        )
        columns = np.arange(self._columns, self._columns + len(rows))
        self._columns += len(rows)
        self._objective.append(np.zeros(len(rows)))
        self._upper.append(capacity[group, cell])
        self._fill(rows, columns, -np.ones(len(rows)))
        whole = capacity[distinct // capacity.shape[1], distinct % capacity.shape[1]]
        shared = self._add_rows(np.full(len(distinct), -np.inf), whole)
        self._fill(shared[position], columns, np.ones(len(rows)))

    def _all_limits(self) -> Iterator[tuple[float, float, float]]:
        """Yield each limit's least and most, and the reward for a unit below the least."""
        limits = self._market.layout.limits
        yield from zip(
            limits.least.tolist(), limits.most.tolist(), limits.reward.tolist(), strict=True
        )

    def _add_limits(self, members: Bools) -> Iterator[tuple[int, int | None, int | None]]:
        """Add what may count at most and at least; yield each limit with its rows."""
        for number, (least, most, reward) in enumerate(self._all_limits()):
            times, amount = self._market.counted[number]
            own = members[times]
            column, value = self._time_column[times[own]], amount[own]
            rows: list[int | None] = [None, None]
            if np.isfinite(most):
                rows[0] = int(self._add_rows(np.array([-np.inf]), np.array([most]))[0])
                self._fill(np.full(len(column), rows[0]), column, value)
            if reward > 0:
                rows[1] = int(self._add_rows(np.array([least]), np.array([np.inf]))[0])
                self._fill(np.full(len(column), rows[1]), column, value)
                self._fill(np.array([rows[1]]), np.array([self._columns]), np.ones(1))
                self._objective.append(np.array([-reward]))
                self._upper.append(np.array([np.inf]))
                self._columns += 1
            yield number, rows[0], rows[1]
