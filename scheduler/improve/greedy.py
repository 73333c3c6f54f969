"""A first plan: requests one after another, each at the best place that is still free."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import product

from scheduler.candidates.candidates import Candidates, Way
from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.space import Space, Ways
from scheduler.candidates.worth import Worth, plain_worth

Key = tuple[bool, int, int]
"""A key to sort requests by: pinned ones first, then what an order counts."""


def by_worth(each: Candidates) -> Key:
    """Put what is worth most first, then what has the least choice."""
    return not each.required, each.unplaced_points - each.best_points(), each.size


def by_priority(each: Candidates) -> Key:
    """Put what has the highest priority first, then what has the fewest times."""
    return not each.required, -each.request.priority, each.times


WorthOf = Callable[[int], Worth]
"""What a request's candidates are worth; made when asked for: all at once take much memory."""

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
        requests = sorted(range(len(space.candidates)), key=lambda at: order(space.candidates[at]))
        worth = partial(_plain_worth, space, day_price)
        ways = first_fit(space, requests, worth, pinned)
        if ways is not None:
            yield ways


def priced_plan(
    space: Space, worth: Sequence[Worth], pinned: Ways | None = None
) -> dict[int, Way] | None:
    """Return a plan by first fit where candidates are worth less if what they use is scarce.

    Who is worth the most comes first; None where a pinned request finds no place any more.
    """
    requests = sorted(range(len(space.candidates)), key=lambda at: by_worth(space.candidates[at]))
    return first_fit(space, requests, worth.__getitem__, pinned)


def _plain_worth(space: Space, day_price: float, request: int) -> Worth:
    return plain_worth(space.candidates[request], day_price)


def first_fit(
    space: Space, requests: Sequence[int], worth: WorthOf, pinned: Ways | None = None
) -> dict[int, Way] | None:
    """Return a plan of requests one after another; a second time around those that are pinned."""
    ways = _first_fit(space, requests, worth, NOBODY)
    return _first_fit(space, requests, worth, pinned) if ways is None and pinned else ways


def _first_fit(
    space: Space, requests: Sequence[int], worth: WorthOf, placed: Ways
) -> dict[int, Way] | None:
    """Return a plan around what is placed, each request at the best free place.

    None where a pinned request finds no place any more: a search has to decide.
    """
    occupancy = Occupancy(space)
    for request, own in placed.items():
        occupancy.place(request, own)
    for request in requests:
        if request in placed:
            continue
        way = occupancy.find_best(request, worth(request))
        if way is not None:
            occupancy.place(request, way)
        elif space.candidates[request].required:
            return None
    return occupancy.ways
