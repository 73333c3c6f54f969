"""Better and better prices by column generation, from prices that are good already."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scheduler.bound.core import Core, Members, within
from scheduler.bound.layout import Prices
from scheduler.bound.linear import Optimum
from scheduler.bound.market import Losses, Market
from scheduler.bound.subgradient import Proof

CORE = 40_000
"""Times and options of the first core."""

GROWTH = 20_000
"""Times and options that a round adds, at most."""

TOWARDS = (1.0, 0.5, 0.2)
"""Shares of the way from the best prices to the core's that are tried."""

ENOUGH = 2e-4
"""Share of the bound between it and the core's own optimum at which there is no more to gain."""

ROUNDS = 12


def lower_bound_by_columns(
    market: Market,
    proof: Proof,
    optimise: Callable[[Core], Optimum | None],
    on_proof: Callable[[Proof], None],
) -> None:
    """Price the core's duals and let in what they make worth while, until little is to gain.

    ``optimise`` solves a core, None where it was stopped; ``on_proof`` hears of lower bounds.
    """
    best = proof
    members = least(market.losses(best.prices), CORE)
    for _ in range(ROUNDS):
        core = Core(market, members)
        optimum = optimise(core)
        if optimum is None:
            return
        dual = core.prices(optimum.duals)
        for share in TOWARDS:
            prices = market.layout.limit(_between(best.prices, dual, share))
            bound = market.price(prices).bound
            if bound < best.bound:
                best = Proof(bound, prices)
                on_proof(best)
        value = core.value(optimum)
        if best.bound - value <= ENOUGH * abs(best.bound):
            return
        grown = members | least(market.losses(dual), GROWTH)
        members = grown | least(market.losses(best.prices), GROWTH)


def least(losses: Losses, count: int) -> Members:
    """Return about so many times and options that lose the least."""
    every = np.concatenate([losses.times, *losses.options])
    if len(every) <= count:
        return within(losses, np.inf)
    return within(losses, max(0.0, float(np.partition(every, count)[count])))


def _between(one: Prices, other: Prices, share: float) -> Prices:
    rows, quotas = (
        (1 - share) * first + share * second for first, second in zip(one, other, strict=True)
    )
    return Prices(rows, quotas)
