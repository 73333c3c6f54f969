"""A first plan: requests one after another, each at the best place that is still free."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

from scheduler.candidates.candidates import Candidates, Way
from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.space import Space, Ways

Key = tuple[bool, int, int]
"""A key to sort requests by: pinned ones first, then what an order counts."""


def by_worth(each: Candidates) -> Key:
    """Put what is worth most first, then what has the least choice."""
    return not each.required, each.unplaced_points - each.best_points(), each.size


def by_priority(each: Candidates) -> Key:
    """Put what has the highest priority first, then what has the fewest times."""
    return not each.required, -each.request.priority, each.times


NOBODY: Ways = {}

ORDERS = (by_worth, by_priority)

DAY_PRICES = (0.0, 5.0)
"""Points that a day costs: free days make stays long, dear ones as short as allowed."""


def greedy_plans(space: Space, pinned: Ways | None = None) -> Iterator[dict[int, Way]]:
    """Yield a plan by first fit for each order and price.

    Where a pinned request finds no place any more, ``pinned`` tells ways for all of them; without
    it there is no plan then.
    """
    for order, day_price in product(ORDERS, DAY_PRICES):
        ways = greedy_ways(space, order, day_price)
        if ways is None and pinned is not None:
            ways = greedy_ways(space, order, day_price, pinned)
        if ways is not None:
            yield ways


def greedy_ways(
    space: Space, order: Callable[[Candidates], Key], day_price: float, placed: Ways = NOBODY
) -> dict[int, Way] | None:
    """Return a plan by first fit around what is placed, each request at the best free place.

    None where a pinned request finds no place any more: a search has to decide.
    """
    occupancy = Occupancy(space)
    for request, own in placed.items():
        occupancy.place(request, own)
    requests = (request for request in range(len(space.candidates)) if request not in placed)
    for request in sorted(requests, key=lambda request: order(space.candidates[request])):
        way = occupancy.find_best(request, day_price)
        if way is not None:
            occupancy.place(request, way)
        elif space.candidates[request].required:
            return None
    return occupancy.ways
