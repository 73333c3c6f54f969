"""A plan to start from: what is still allowed of an earlier one, with all that is pinned now."""

from __future__ import annotations

from scheduler.candidates.candidates import Way
from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.space import Space
from scheduler.plan import Plan


def start_ways(space: Space, start: Plan) -> dict[int, Way] | None:
    """Return what is still allowed of a plan; what is pinned comes first, where it has to be.

    None where a pinned request finds no place that way.
    """
    occupancy = Occupancy(space)
    before = _ways_before(space, start)
    required = {request for request, each in enumerate(space.candidates) if each.required}
    for request in (*sorted(required), *sorted(before.keys() - required)):
        way = before.get(request)
        if way is None or not occupancy.fits(request, way):
            way = occupancy.find_best(request) if request in required else None
        if way is not None:
            occupancy.place(request, way)
    return occupancy.ways if required <= occupancy.ways.keys() else None


def _ways_before(space: Space, start: Plan) -> dict[int, Way]:
    """Return the ways of a plan that are candidates still."""
    ways = {}
    for residency in start.residencies:
        way = space.find_way(residency)
        if way is not None:
            ways[space.position[residency.request]] = way
    return ways
