"""Look for prices that prove a low bound: subgradient steps, deflected by the last direction."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scheduler.bound.prices import Market, Prices, whole_bound

MEMORY = 0.5
"""Share of the last direction that a step keeps."""

PATIENCE = 20
"""Steps without a lower bound after which steps become shorter."""

SHORTER = 0.7
"""Factor by which they do."""

SHORTEST = 0.01
"""Length of steps at which there is nothing more to expect."""


def lower_bound_by_prices(
    market: Market,
    target: Callable[[], int | None],
    on_bound: Callable[[int], None],
    should_stop: Callable[[], bool],
) -> None:
    """Step until stopped or until steps bring no more.

    ``target`` is the best objective known, at which steps aim.
    """
    scale = Prices(
        np.maximum(market.capacity.mean(axis=1) / 7, 1.0)[market.resource_of_row][:, None],
        *(np.array([max(1, quota.max or quota.min or 1) for quota, _ in market.space.quotas]),) * 2,
    )
    prices = best_prices = market.no_prices()
    best, stale, length = np.inf, 0, 1.0
    direction = market.no_prices()
    while length > SHORTEST and not should_stop():
        priced = market.price(prices)
        if priced.bound < best - 1e-9:
            best, best_prices, stale = priced.bound, prices, 0
            on_bound(whole_bound(best))
        else:
            stale += 1
        if stale >= PATIENCE:
            stale, length, prices = 0, length * SHORTER, best_prices
            direction = market.no_prices()
            continue
        direction = Prices(
            *(
                # A price of nothing cannot fall: what is left over must not shorten the step.
                np.where((price == 0) & (slope > 0), 0.0, MEMORY * last + slope / each)
                for price, last, slope, each in zip(
                    prices, direction, priced.slope, scale, strict=True
                )
            )
        )
        squared = sum(float((each**2).sum()) for each in direction)
        aim = target()
        above = priced.bound - (aim if aim is not None else 0.9 * priced.bound)
        if squared == 0:
            return
        step = length * above / squared
        prices = market.limit(
            Prices(
                *(
                    price - step * change / each
                    for price, change, each in zip(prices, direction, scale, strict=True)
                )
            )
        )
