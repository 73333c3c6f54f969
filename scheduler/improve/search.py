"""Large-neighbourhood search: free a few requests that meet, and place them anew exactly."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from scheduler.bound.beside import bound_beside
from scheduler.candidates.candidates import Way
from scheduler.candidates.days import Ints
from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.space import Space
from scheduler.candidates.subspace import free_space
from scheduler.cpsat.search import Effort, build_model, search
from scheduler.improve.neighbourhoods import choose_requests, choose_times
from scheduler.run import Run

STEP_SECONDS = 2.0

IDLE_SECONDS = 0.05


def improve(space: Space, run: Run) -> None:
    """Improve the run's plan step by step until the run ends; bounds are proven beside it."""
    steps = _Steps(space, run)
    with bound_beside(space, run), ThreadPoolExecutor(run.workers) as pool:
        list(pool.map(steps.work, range(run.workers)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """Freed requests with their ways before, and the space that they have beside the others."""

    before: Mapping[int, Way | None]
    space: Space
    kept: list[Ints]


class _Steps:
    """Steps of several workers on one plan.

    Workers take requests of their own and search at the same time; a result goes into the plan
    only where it still fits beside what the others have done meanwhile.
    """

    def __init__(self, space: Space, run: Run) -> None:
        self._space = space
        self._run = run
        self._lock = threading.Lock()
        self._busy: set[int] = set()
        self._occupancy = Occupancy(space)
        for request, way in (run.ways or {}).items():
            self._occupancy.place(request, way)

    def work(self, worker: int) -> None:
        """Step until the run ends."""
        run = self._run
        generator = np.random.default_rng([run.limits.seed, worker])
        spent = 0.0
        while run.seconds_left > spent and not run.is_optimal and not run.must_stop():
            seconds = min(STEP_SECONDS, max(run.seconds_left - spent, 0.1))
            self._step(generator, seconds)
            spent += seconds if run.limits.reproducible else 0.0

    def _step(self, generator: Generator, seconds: float) -> None:
        with self._lock:
            part = self._free(generator)
        if not part.before:
            # Others have what could move; they will be done in a moment.
            time.sleep(IDLE_SECONDS)
            return
        after = self._search(part, generator, seconds)
        with self._lock:
            self._settle(part, after)

    def _free(self, generator: Generator) -> _Part:
        """Take requests that no other worker has, with the space that the others leave them."""
        occupancy = self._occupancy
        freed = choose_requests(occupancy, self._busy, generator)
        before = {request: occupancy.ways.get(request) for request in freed}
        self._remove(before)
        keep = [choose_times(self._space, request, before[request], generator) for request in freed]
        space, kept = free_space(occupancy, freed, keep)
        self._place(before)
        self._busy.update(freed)
        return _Part(before=before, space=space, kept=kept)

    def _search(self, part: _Part, generator: Generator, seconds: float) -> dict[int, Way | None]:
        """Search the freed requests' space from where they were."""
        freed = list(part.before)
        model, visits = build_model(part.space)
        visits.hint(
            {
                position: way._replace(time=int(np.searchsorted(part.kept[position], way.time)))
                for position, request in enumerate(freed)
                if (way := part.before[request]) is not None
            }
        )
        effort = Effort(
            seconds=seconds,
            seed=int(generator.integers(2**31 - 1)),
            reproducible=self._run.limits.reproducible,
        )
        after: dict[int, Way | None] = dict.fromkeys(freed)
        for position, way in (search(model, visits, effort).ways or {}).items():
            after[freed[position]] = way._replace(time=int(part.kept[position][way.time]))
        return after

    def _settle(self, part: _Part, after: Mapping[int, Way | None]) -> None:
        """Keep what was found where it still fits and the plan is no worse for it."""
        occupancy, run = self._occupancy, self._run
        self._remove(part.before)
        if not (
            self._place(after) and self._is_complete() and run.offer(self._space, occupancy.ways)
        ):
            self._remove(after)
            self._place(part.before)
        self._busy.difference_update(part.before)

    def _is_complete(self) -> bool:
        required = (i for i, each in enumerate(self._space.candidates) if each.required)
        return all(request in self._occupancy.ways for request in required)

    def _remove(self, ways: Mapping[int, Way | None]) -> None:
        for request in ways:
            if request in self._occupancy.ways:
                self._occupancy.remove(request)

    def _place(self, ways: Mapping[int, Way | None]) -> bool:
        """Place ways one after another; tell whether all of them fitted."""
        for request, way in ways.items():
            if way is not None:
                if not self._occupancy.fits(request, way):
                    return False
                self._occupancy.place(request, way)
        return True
