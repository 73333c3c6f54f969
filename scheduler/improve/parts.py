"""A part of a plan placed anew: some requests free, all others where they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from scheduler.candidates.candidates import Way
from scheduler.candidates.days import Bools
from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.space import Ways
from scheduler.candidates.subspace import free_space
from scheduler.cpsat.search import Effort, build_model, search

Places = Mapping[int, Way | None]
"""Ways of some requests, None where one is not placed."""


def occupied_by(occupancy: Occupancy, ways: Ways) -> Occupancy:
    """Return the occupancy with a whole plan placed in it."""
    for request, way in ways.items():
        occupancy.place(request, way)
    return occupancy


def take_out(occupancy: Occupancy, requests: Iterable[int]) -> dict[int, Way | None]:
    """Remove requests and return where they were."""
    return {
        request: occupancy.remove(request) if request in occupancy.ways else None
        for request in requests
    }


def put_in(occupancy: Occupancy, places: Places) -> None:
    """Place requests that the occupancy does not hold."""
    for request, way in places.items():
        if way is not None:
            occupancy.place(request, way)


def search_places(
    occupancy: Occupancy, before: Places, keep: Sequence[Bools], effort: Effort
) -> Places:
    """Return the best places that a search finds for requests that have been taken out.

    ``keep`` says which times each may choose among; where nothing is found they stay.
    """
    free = list(before)
    part, kept = free_space(occupancy, free, keep)
    model, visits = build_model(part)
    visits.hint(
        {
            position: way._replace(time=int(np.searchsorted(kept[position], way.time)))
            for position, request in enumerate(free)
            if (way := before[request]) is not None
        }
    )
    found = search(model, visits, effort).ways
    if found is None:
        return before
    after: dict[int, Way | None] = dict.fromkeys(free)
    for position, way in found.items():
        after[free[position]] = way._replace(time=int(kept[position][way.time]))
    return after
