"""What is scarce, by the prices that prove a bound: what a little more of it could bring."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from scheduler.bound.core import Core, within
from scheduler.bound.layout import Layout, PriceList
from scheduler.bound.linear import optimise
from scheduler.bound.market import Market
from scheduler.bound.subgradient import Proof, lower_bound_by_prices
from scheduler.candidates.days import Ints
from scheduler.candidates.resources import Resource
from scheduler.candidates.space import Space
from scheduler.candidates.worth import Floats
from scheduler.outcome import ScarceKind, Scarcity
from scheduler.problem.types import Days, day_of
from scheduler.rules import Rule

MOST = 20
"""How many scarce things are told."""

BRIDGED = 28
"""Days without a price between two stretches that are told as one."""

STEPS = 200
"""Steps towards prices where the linear relaxation is not solved in time."""

ROOM = 0.02
"""Units of everything that the relaxation is given besides: its duals say what more brings.

Where those who must have a place leave just nothing over, the dual of what there is may be any
number, however large; with a little room it is what the next one would gain.
"""

SECONDS = 3.0
"""Seconds that the linear relaxation is given at most."""

KINDS = {
    Rule.SLOT: ScarceKind.SLOT,
    Rule.HOST: ScarceKind.HOST,
    Rule.COMPUTING: ScarceKind.POOL,
}


def find_prices(space: Space) -> PriceList:
    """Return prices of a small problem: its linear relaxation's, else what some steps find."""
    market = Market(space)
    layout = market.layout
    layout.capacity = layout.capacity + ROOM * layout.length
    core = Core(market, within(market.losses(layout.no_prices()), np.inf))
    optimum = optimise(core.linear(), SECONDS)
    if optimum is not None:
        return PriceList(layout, core.prices(optimum.duals))
    found = [Proof(np.inf, layout.no_prices())]
    steps = iter(range(STEPS))
    lower_bound_by_prices(market, lambda: None, found.append, lambda: next(steps, None) is None)
    return PriceList(layout, found[-1].prices)


def find_scarce(space: Space, priced: PriceList, most: int) -> tuple[Scarcity, ...]:
    """Return what a little more of would bring the most by some prices, the dearest first.

    By how much the proven bound rises is at most what it costs: no plan gains more by it than
    that, as far as prices are the best. ``most`` is what no plan at all could gain.
    """
    found = [
        replace(each, points=min(each.points, most))
        for each in (*_resources(space, priced), *_quotas(space, priced))
    ]
    found.sort(key=lambda each: (-each.points, each.kind, each.id, each.first_day))
    return tuple(each for each in found if each.points > 0)[:MOST]


def _resources(space: Space, priced: PriceList) -> Iterator[Scarcity]:
    layout = priced.layout
    costs = _costs(layout, priced.prices.rows)
    taken = _typical_amounts(space)
    ends = layout.start + layout.cuts
    for at, cost in zip(layout.resource_of_row[layout.first_row].tolist(), costs, strict=True):
        what = _named(space.resources[at])
        if what is None:
            continue
        for days, points in _stretches(cost, ends):
            kind, name = what
            yield Scarcity(
                kind=kind,
                id=name,
                first_day=day_of(days.start),
                last_day=day_of(days.stop - 1),
                amount=int(taken[at]),
                points=round(points * int(taken[at])),
            )


def _quotas(space: Space, priced: PriceList) -> Iterator[Scarcity]:
    prices = priced.prices.limits[: len(space.quotas)].tolist()
    for (quota, counts), price in zip(space.quotas, prices, strict=True):
        if price > 0 and counts:
            amount = int(np.median([each.amount.max() for each in counts]))
            yield Scarcity(
                kind=ScarceKind.QUOTA,
                id=quota.id,
                first_day=quota.first_day,
                last_day=quota.last_day,
                amount=amount,
                points=round(price * amount),
            )


def _costs(layout: Layout, prices: Floats) -> Floats:
    """Return what a unit of each group costs in each cell, (groups, cells).

    Of the values that could hold an exclusive zone the dearest counts.
    """
    costs = np.zeros((len(layout.first_row), len(layout.length)))
    row, cell = np.nonzero(np.diff(layout.grid.before, axis=1))
    entry = layout.grid.before[row, cell]
    worth = prices[entry] * layout.length[cell]
    np.maximum.at(costs, (layout.group_of_row[row], cell), worth)
    return costs


def _typical_amounts(space: Space) -> Ints:
    """Return what a request takes of each resource in the middle, (resources,)."""
    demands = space.demands
    order = np.lexsort((demands.amount, demands.resource))
    count = np.bincount(demands.resource, minlength=len(space.resources))
    begins = np.cumsum(count) - count
    typical = np.ones(len(space.resources), dtype=np.int64)
    used = np.flatnonzero(count)
    typical[used] = demands.amount[order][begins[used] + count[used] // 2]
    return np.maximum(typical, 1)


def _named(resource: Resource) -> tuple[ScarceKind, str] | None:
    """Return what a resource is; None where nobody could have more of it."""
    if resource.rule is Rule.ZONE:
        name, _, measure = resource.name.rpartition(" ")
        return (ScarceKind.AREA if measure == "m2" else ScarceKind.DESKS), name
    kind = KINDS.get(resource.rule)
    return None if kind is None else (kind, resource.name)


def _stretches(cost: Floats, ends: Ints) -> Iterator[tuple[Days, float]]:
    """Yield days through which there is a price, with what a unit costs all through them."""
    dear = np.flatnonzero(cost > 0)
    if not len(dear):
        return
    apart = np.flatnonzero(ends[dear[1:]] - ends[dear[:-1] + 1] > BRIDGED) + 1
    for own in np.split(dear, apart):
        yield Days(int(ends[own[0]]), int(ends[own[-1] + 1])), float(cost[own].sum())
