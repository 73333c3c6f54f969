"""One part's options of all requests in flat arrays, priced in a few operations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.bound.charges import Charges
from scheduler.bound.grid import Grid
from scheduler.candidates.candidates import Candidates, Part
from scheduler.candidates.days import Ints, Positions
from scheduler.candidates.worth import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One charge of each option that has so many and pays at all, (charged,).

    ``first`` and ``stop`` are positions in the sums of prices before each entry of the grid.
    """

    option: Positions
    row: Positions
    first: Positions
    stop: Positions
    amount: Floats

    def cost(self, paid: Floats) -> Floats:
        """Return what each pays, given the sums of prices, flat."""
        return np.asarray((paid[self.stop] - paid[self.first]) * self.amount)

    def of_options(self, options: Ints) -> Layer:
        """Return the charges of some options, in rising order."""
        at = np.searchsorted(self.option, options.astype(np.int32))
        at = at[at < len(self.option)] if len(self.option) else at[:0]
        at = at[self.option[at] == options[: len(at)]]
        return Layer(
            option=self.option[at],
            row=self.row[at],
            first=self.first[at],
            stop=self.stop[at],
            amount=self.amount[at],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """Options of one part, of all requests, sorted by time; arrays are (options,).

    ``time`` numbers the times of all requests. ``starts`` is where the options of each time that
    has some begin, and ``times`` which time that is. ``order`` is the place of each option in
    its request's own list. Without a part there is one option a time: being there.
    """

    part: Part | None
    time: Positions
    request: Positions
    order: Positions
    points: Floats
    layers: tuple[Layer, ...]
    starts: Ints
    times: Positions

    def net(self, paid: Floats) -> Floats:
        """Return each option's points less what it pays."""
        net = self.points.copy()
        for layer in self.layers:
            if len(layer.option) == len(net):
                net -= layer.cost(paid)
            else:
                net[layer.option] -= layer.cost(paid)
        return net

    def best(self, net: Floats) -> Floats:
        """Return the best option's worth at each of ``times``."""
        return np.asarray(np.maximum.reduceat(net, self.starts)) if len(net) else net

    def chosen(self, net: Floats, is_chosen: NDArray[np.bool_]) -> Ints:
        """Return the best option at each of the times chosen, in rising order."""
        groups = np.flatnonzero(is_chosen[self.times])
        stops = np.append(self.starts[1:], len(self.time))
        sizes = stops[groups] - self.starts[groups]
        begins = np.cumsum(sizes) - sizes
        members = np.repeat(self.starts[groups] - begins, sizes) + np.arange(sizes.sum())
        if not len(members):
            return members
        best = np.repeat(np.maximum.reduceat(net[members], begins), sizes)
        ties = np.flatnonzero(net[members] == best)
        _, first = np.unique(self.time[members[ties]], return_index=True)
        return np.asarray(members[ties[first]])


def build_offers(
    candidates: Sequence[Candidates],
    part: Part | None,
    charges: Charges,
    spans: tuple[Positions, Positions],
    grid: Grid,
) -> Offers:
    """Lay out one part; ``spans`` are the first and stop cells of all times, (times,) each."""
    time, request, order, points, charge = [], [], [], [], []
    before = 0
    for number, each in enumerate(candidates):
        who, own, worth = _options(each, part)
        sort = np.argsort(own, kind="stable")
        time.append(own[sort] + np.int32(before))
        request.append(np.full(len(own), number, dtype=np.int32))
        order.append(sort.astype(np.int32))
        points.append(worth[sort].astype(np.float64))
        charge.append(charges.first_of(number, part, who)[sort])
        before += each.times
    flat = _joined(time)
    starts = np.flatnonzero(np.diff(flat, prepend=-1))
    return Offers(
        part=part,
        time=flat,
        request=_joined(request),
        order=_joined(order),
        points=np.concatenate([np.empty(0), *points]),
        layers=tuple(_layers(charges, _joined(charge), flat, spans, grid)),
        starts=starts,
        times=flat[starts],
    )


def _layers(
    charges: Charges,
    charge: Positions,
    time: Positions,
    spans: tuple[Positions, Positions],
    grid: Grid,
) -> Iterator[Layer]:
    """Yield the first charge of each option that has one, then the second, and so on.

    ``charge`` is the first of each option, -1 where there is none.
    """
    depth, option = 0, np.flatnonzero(charge >= 0).astype(np.int32)
    while len(option):
        own = charge[option] + depth
        row = charges.row[own]
        first = grid.before[row, spans[0][time[option]]]
        stop = grid.before[row, spans[1][time[option]]]
        pays = np.flatnonzero(first < stop)
        yield Layer(
            option=option[pays],
            row=row[pays].astype(np.int32),
            first=first[pays],
            stop=stop[pays],
            amount=charges.amount[own[pays]].astype(np.float64),
        )
        option = option[charges.left[own] > 1]
        depth += 1


def _options(each: Candidates, part: Part | None) -> tuple[Positions, Positions, Ints]:
    """Return who, when and the points of a request's options; being there is worth its times'."""
    if part is None:
        nobody = np.full(each.times, -1, dtype=np.int32)
        return nobody, np.arange(each.times, dtype=np.int32), each.points
    options = each.options.get(part)
    if options is None:
        none = np.empty(0, dtype=np.int32)
        return none, none, np.empty(0, dtype=np.int64)
    return options.who, options.time, options.points


def _joined(arrays: Sequence[Positions]) -> Positions:
    return np.concatenate([np.empty(0, dtype=np.int32), *arrays])
