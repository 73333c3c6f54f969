"""Better and better prices by column generation, from prices that are good already.

The duals of a small core are far from the best prices, but on the way to them steps along the
slope get lower than they do elsewhere. So each round optimises the core, goes as far towards its
duals as is best, and takes steps from there for as long as that took.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scheduler.bound.core import Core, Members, within
from scheduler.bound.layout import Prices
from scheduler.bound.linear import Optimum
from scheduler.bound.market import Losses, Market
from scheduler.bound.subgradient import Proof, Resumed, lower_bound_by_prices
from scheduler.candidates.worth import Floats

CORE = 20_000
"""Times and options of the first core."""

GROWTH = 10_000
"""Times and options that a round adds for the core's duals, and for the best prices."""

TOWARDS = (1.0, 0.5, 0.3)
"""Shares of the way from the best prices to the core's of which the best one is taken."""

LENGTH = 0.05
"""Length of a round's first step."""

ENOUGH = 2e-4
"""Share of the bound between it and the core's own optimum at which there is no more to gain."""

ROUNDS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Who solves a core, and who hears what comes of it.

    ``optimise`` returns None where it was stopped. ``target`` is the best objective known, at
    which steps aim. ``on_proof`` hears of every lower bound, ``on_shares`` of what share of each
    time a core's optimum uses, (times,).
    """

    optimise: Callable[[Core], Optimum | None]
    target: Callable[[], int | None]
    on_proof: Callable[[Proof], None]
    on_shares: Callable[[Floats], None]
    should_stop: Callable[[], bool]

    def until(self, ends: float) -> Callable[[], bool]:
        """Return what tells whether to stop, at some time at the latest."""
        return lambda: self.should_stop() or time.monotonic() > ends


def lower_bound_by_columns(market: Market, proof: Proof, listener: Listener) -> None:
    """Price the core's duals and let in what they make worth while, until little is to gain."""
    best = proof
    members = least(market.losses(best.prices), CORE)

    def take(found: Proof) -> None:
        nonlocal best
        if found.bound < best.bound:
            best = found
            listener.on_proof(found)

    for _ in range(ROUNDS):
        began = time.monotonic()
        core = Core(market, members)
        optimum = listener.optimise(core)
        if optimum is None:
            return
        listener.on_shares(core.shares(optimum))
        duals, value = core.prices(optimum.duals), core.value(optimum)
        ends = 2 * time.monotonic() - began
        on_the_way = min(_on_the_way(market, best.prices, duals), key=lambda each: each.bound)
        take(on_the_way)
        resumed = Resumed(on_the_way.prices, LENGTH)
        lower_bound_by_prices(market, listener.target, take, listener.until(ends), resumed)
        if best.bound - value <= ENOUGH * abs(best.bound):
            return
        members |= least(market.losses(duals), GROWTH)
        members |= least(market.losses(best.prices), GROWTH)


def least(losses: Losses, count: int) -> Members:
    """Return about so many times and options that lose the least."""
    every = np.concatenate([losses.times, *losses.options])
    if len(every) <= count:
        return within(losses, np.inf)
    return within(losses, max(0.0, float(np.partition(every, count)[count])))


def _on_the_way(market: Market, start: Prices, end: Prices) -> list[Proof]:
    """Return what prices between two others prove."""
    found = []
    for share in TOWARDS:
        pairs = zip(start, end, strict=True)
        prices = market.layout.limit(
            Prices(*((1 - share) * one + share * other for one, other in pairs))
        )
        found.append(Proof(market.price(prices).bound, prices))
    return found
