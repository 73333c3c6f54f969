"""Look for prices that prove a low bound: subgradient steps along a remembered direction."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from scheduler.bound.layout import Prices
from scheduler.bound.market import Market

MEMORY = 0.95
"""Share of the last direction that a step keeps."""

LENGTH = 0.3
"""Length of the first steps, as a share of what would reach the target on a straight slope."""

FLAT = 0.01
"""Share of the first slope's square that is added to the others': flat slopes call for no leap."""

PATIENCE = 30
"""Steps without a noticeably lower bound after which steps become shorter."""

NOTICEABLE = 1e-5
"""Share of the bound by which a step has to lower it to be noticed."""

SHORTER = 0.7
"""Factor by which steps become shorter."""

SHORTEST = 0.001
"""Length of steps at which there is nothing more to expect."""


class Proof(NamedTuple):
    """The lowest bound so far and the prices that prove it."""

    bound: float
    prices: Prices


class Resumed(NamedTuple):
    """Prices to go on from, and the length of the first step."""

    prices: Prices
    length: float


def lower_bound_by_prices(
    market: Market,
    target: Callable[[], int | None],
    on_proof: Callable[[Proof], None],
    should_stop: Callable[[], bool],
    resumed: Resumed | None = None,
) -> None:
    """Step until stopped or until steps bring no more.

    ``target`` is the best objective known, at which steps aim; ``on_proof`` hears of every
    lower bound. ``resumed`` says where to go on, at no prices where None.
    """
    scale = market.layout.scale()
    start, length = resumed or Resumed(market.layout.no_prices(), LENGTH)
    prices, direction = start, market.layout.no_prices()
    best = Proof(np.inf, prices)
    stale, flat = 0, 0.0
    while length > SHORTEST and not should_stop():
        priced = market.price(prices)
        stale = 0 if _is_noticeable(best.bound, priced.bound) else stale + 1
        if priced.bound < best.bound:
            best = Proof(priced.bound, prices)
            on_proof(best)
        if stale >= PATIENCE:
            stale, length = 0, length * SHORTER
            prices, direction = best.prices, market.layout.no_prices()
            continue
        direction = _direction(direction, priced.slope, prices, scale)
        squared = _squared(direction)
        if squared == 0:
            return
        flat = flat or FLAT * squared / (1 - MEMORY) ** 2
        squared += flat
        step = length * _above(priced.bound, target()) / squared
        prices = market.layout.limit(
            Prices(
                *(
                    price - step * change / each
                    for price, change, each in zip(prices, direction, scale, strict=True)
                )
            )
        )


def _squared(prices: Prices) -> float:
    return sum(float((each**2).sum()) for each in prices)


def _is_noticeable(best: float, bound: float) -> bool:
    return bool(np.isinf(best)) or bound < best - NOTICEABLE * abs(best)


def _direction(last: Prices, slope: Prices, prices: Prices, scale: Prices) -> Prices:
    """Turn the last direction towards a slope; a capacity's price of nothing falls no further.

    What is left over everywhere must not shorten the step.
    """
    rows = np.where((prices.rows == 0) & (slope.rows > 0), 0.0, slope.rows / scale.rows)
    rows = MEMORY * last.rows + (1 - MEMORY) * rows
    limits = MEMORY * last.limits + (1 - MEMORY) * slope.limits / scale.limits
    return Prices(np.where((prices.rows == 0) & (rows > 0), 0.0, rows), limits)


def _above(bound: float, target: int | None) -> float:
    aim = 0.9 * bound if target is None else float(target)
    return max(bound - aim, 1e-6 * max(1.0, abs(bound)))
