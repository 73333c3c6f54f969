"""Small problems: one exact model, searched until its plan is proven optimal."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from ortools.sat.python import cp_model

from scheduler.bound.beside import bound_by_relaxation
from scheduler.candidates.candidates import Way
from scheduler.candidates.space import Space
from scheduler.cpsat.search import Effort, Listener, build_model, search
from scheduler.run import Run
from scheduler.stopping import stopping

SMALL = 60_000
"""Times and options up to which one model of the whole problem is searched."""


def is_small(space: Space) -> bool:
    """Tell whether a problem is small enough for one exact model."""
    return space.size <= SMALL


def prove_exactly(space: Space, run: Run) -> None:
    """Search the exact model; its plans and bounds go to the run."""
    model, visits = build_model(space)
    if run.ways is not None:
        visits.hint(run.ways)
    limits = run.limits
    with bound_by_relaxation(model, run), _Watch(space, run) as watch:
        if run.is_done:
            return
        found = search(
            model,
            visits,
            Effort(
                seconds=run.seconds_left,
                workers=run.workers,
                seed=limits.seed,
                reproducible=limits.reproducible,
            ),
            Listener(on_ways=watch.take, on_bound=run.prove, on_solver=watch.follow),
        )
    if found.ways is not None:
        run.offer(space, found.ways)
    if found.bound is not None:
        run.prove(found.bound)


class _Watch(ExitStack):
    """Stops a solver as soon as the run is done or asked to stop."""

    def __init__(self, space: Space, run: Run) -> None:
        super().__init__()
        self._space = space
        self._run = run
        self._stop: Callable[[], object] = lambda: None

    def follow(self, solver: cp_model.CpSolver) -> None:
        """Look after a solver."""
        self._stop = solver.stop_search
        self.enter_context(stopping(self._must_stop, solver.stop_search))

    def take(self, ways: dict[int, Way]) -> None:
        """Take a plan; where it is good enough, stop at once and not when the clock says."""
        self._run.offer(self._space, ways)
        if self._run.is_done:
            self._stop()

    def _must_stop(self) -> bool:
        run = self._run
        return run.must_stop() or (run.is_done and not run.limits.reproducible)
