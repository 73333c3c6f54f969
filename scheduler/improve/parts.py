"""A part of a plan placed anew here and now: taken out, searched, put in again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from scheduler.candidates.candidates import Way
from scheduler.candidates.days import Bools
from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.space import Ways
from scheduler.cpsat.search import Effort
from scheduler.improve.freed import free, solve_part

Places = Mapping[int, Way | None]
"""Ways of some requests, None where one is not placed."""


def occupied_by(occupancy: Occupancy, ways: Ways) -> Occupancy:
    """Return the occupancy with a whole plan placed in it."""
    for request, way in ways.items():
        occupancy.place(request, way)
    return occupancy


def take_out(occupancy: Occupancy, requests: Iterable[int]) -> Places:
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


def replace_part(
    occupancy: Occupancy, requests: Sequence[int], keep: Sequence[Bools], effort: Effort
) -> Places:
    """Place some requests anew, as well as a search finds, and return where they were.

    ``keep`` says which times each may choose among; where nothing is found they stay.
    """
    freed = free(occupancy, requests, keep)
    found = solve_part(freed.part, effort)
    if found is not None:
        take_out(occupancy, requests)
        put_in(occupancy, freed.whole(found))
    return freed.before
