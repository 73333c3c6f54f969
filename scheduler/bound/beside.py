"""Bounds that are proven beside a search: in a thread, until the search is over."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from ortools.sat.python import cp_model
from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.bound.linear import linear_model, relax
from scheduler.bound.prices import Market
from scheduler.bound.subgradient import lower_bound_by_prices
from scheduler.candidates.space import Space
from scheduler.cpsat.search import build_model
from scheduler.run import Run
from scheduler.stopping import stopping

RELAXABLE = 200_000
"""Times and options up to which the linear relaxation of the whole model is solved."""

REPRODUCIBLE_STEPS = 60
"""Steps that prices take where a run has to be reproducible, whatever the clock says."""


def bound_beside(space: Space, run: Run) -> AbstractContextManager[None]:
    """Prove bounds of a large problem while the block runs; they go to the run."""
    if space.size <= RELAXABLE:
        return bound_by_relaxation(lambda: build_model(space)[0], run)
    return _bound_by_prices(space, run)


@contextmanager
def bound_by_relaxation(model: Callable[[], cp_model.CpModel], run: Run) -> Iterator[None]:
    """Solve the linear relaxation of a model while the block runs."""
    interrupter = SolveInterrupter()

    def prove() -> None:
        relaxation = relax(
            linear_model(model()),
            run.seconds_left,
            interrupter,
            reproducible=run.limits.reproducible,
        )
        if relaxation is not None:
            run.prove(relaxation.bound)

    with _beside(prove, run, interrupter.interrupt):
        yield


@contextmanager
def _bound_by_prices(space: Space, run: Run) -> Iterator[None]:
    """Lower a bound by prices while the block runs."""
    over = threading.Event()
    steps = iter(range(REPRODUCIBLE_STEPS))

    def must_stop() -> bool:
        spent = run.limits.reproducible and next(steps, None) is None
        return spent or over.is_set()

    def prove() -> None:
        lower_bound_by_prices(Market(space), lambda: run.objective, run.prove, must_stop)

    with _beside(prove, run, over.set):
        yield


@contextmanager
def _beside(prove: Callable[[], None], run: Run, end: Callable[[], None]) -> Iterator[None]:
    """Run a proof in a thread and end it with the block; before it, to be reproducible."""
    if run.limits.reproducible:
        with stopping(run.must_stop, end):
            prove()
        yield
        return
    thread = threading.Thread(target=prove, daemon=True)
    thread.start()
    try:
        yield
    finally:
        end()
        thread.join()
