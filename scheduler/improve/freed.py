"""A part of a plan that some worker places anew: slim, and solved the same wherever that is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from scheduler.candidates.candidates import Way
from scheduler.candidates.days import Bools, Ints
from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.space import Space, Ways
from scheduler.candidates.subspace import free_space
from scheduler.cpsat.search import Effort, Listener, build_model, search
from scheduler.stopping import stopping


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The space of freed requests beside all others, and the ways that they had in it.

    Its requests and times are positions in its own space.
    """

    space: Space
    before: Ways


@dataclass(frozen=True, slots=True, kw_only=True)
class Freed:
    """Requests of a plan that are free, with their ways before, and the part that they make.

    ``kept`` has the times of each, as positions, that its part knows.
    """

    before: Mapping[int, Way | None]
    kept: Sequence[Ints]
    part: Part

    def whole(self, ways: Ways) -> dict[int, Way | None]:
        """Return ways of the part as ways of the plan, None for requests left out."""
        return {
            request: (
                way._replace(time=int(self.kept[position][way.time]))
                if (way := ways.get(position)) is not None
                else None
            )
            for position, request in enumerate(self.before)
        }


def free(occupancy: Occupancy, requests: Sequence[int], keep: Sequence[Bools]) -> Freed:
    """Return the part of some requests; each may choose among the times that ``keep`` says."""
    before = {request: occupancy.ways.get(request) for request in requests}
    for request, way in before.items():
        if way is not None:
            occupancy.remove(request)
    space, kept = free_space(occupancy, requests, keep)
    for request, way in before.items():
        if way is not None:
            occupancy.place(request, way)
    hint = {
        position: way._replace(time=int(np.searchsorted(kept[position], way.time)))
        for position, way in enumerate(before.values())
        if way is not None
    }
    return Freed(before=before, kept=kept, part=Part(space=space, before=hint))


def solve_part(
    part: Part, effort: Effort, must_stop: Callable[[], bool] | None = None
) -> Ways | None:
    """Return the best ways that are found for a part; None where none were found."""
    model, visits = build_model(part.space)
    visits.hint(part.before)
    with ExitStack() as stack:

        def watch(solver: cp_model.CpSolver) -> None:
            if must_stop is not None:
                stack.enter_context(stopping(must_stop, solver.stop_search))

        return search(model, visits, effort, Listener(on_solver=watch)).ways
