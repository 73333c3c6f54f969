"""Small problems: one exact model, searched until its plan is proven optimal."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ortools.sat.python import cp_model

from scheduler.bound.beside import bound_by_relaxation
from scheduler.candidates.space import Space
from scheduler.cpsat.search import Effort, Listener, build_model, search
from scheduler.run import Run

SMALL = 60_000
"""Times and options up to which one model of the whole problem is searched."""

POLL_SECONDS = 0.1


def is_small(space: Space) -> bool:
    """Tell whether a problem is small enough for one exact model."""
    return space.size <= SMALL


def prove_exactly(space: Space, run: Run) -> None:
    """Search the exact model; its plans and bounds go to the run."""
    model, visits = build_model(space)
    if run.ways is not None:
        visits.hint(run.ways)
    limits = run.limits
    with bound_by_relaxation(lambda: model, run), _stopper(run) as watch:
        found = search(
            model,
            visits,
            Effort(seconds=run.seconds_left, seed=limits.seed, reproducible=limits.reproducible),
            Listener(
                on_ways=lambda ways: run.offer(space, ways),
                on_bound=run.prove,
                on_solver=watch,
            ),
        )
    if found.ways is not None:
        run.offer(space, found.ways)
    if found.bound is not None:
        run.prove(found.bound)


@contextmanager
def _stopper(run: Run) -> Iterator[Callable[[cp_model.CpSolver], None]]:
    """Stop a solver as soon as the run is proven optimal or asked to stop."""
    done = threading.Event()

    def watch(solver: cp_model.CpSolver) -> None:
        def poll() -> None:
            while not done.wait(POLL_SECONDS):
                if run.is_optimal or run.must_stop():
                    solver.stop_search()

        threading.Thread(target=poll, daemon=True).start()

    try:
        yield watch
    finally:
        done.set()
