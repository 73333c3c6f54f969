"""A first plan: requests one after another, each at the best place that is still free."""

from __future__ import annotations

from scheduler.candidates.candidates import Way
from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.space import Space


def greedy_ways(space: Space) -> dict[int, Way] | None:
    """Return a plan by first fit, pinned requests first, then by points and room to move.

    None where a pinned request finds no place any more: a search has to decide.
    """
    occupancy = Occupancy(space)
    for request in sorted(range(len(space.candidates)), key=lambda each: _urgency(space, each)):
        way = occupancy.find_best(request)
        if way is not None:
            occupancy.place(request, way)
        elif space.candidates[request].required:
            return None
    return occupancy.ways


def _urgency(space: Space, request: int) -> tuple[bool, int, int]:
    """Return a key that puts pinned, valuable and inflexible requests first."""
    each = space.candidates[request]
    return not each.required, each.unplaced_points - each.best_points(), each.size
