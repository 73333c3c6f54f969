"""Spaces with a plan to improve, parts of them, and who acts in the middle of a search."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, ParamSpec, TypeVar

import numpy as np

from scheduler.bound.trivial import trivial_bound
from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.space import Space, build_space
from scheduler.executors.died import WorkerDied
from scheduler.improve.freed import Freed, free
from scheduler.improve.greedy import greedy_plans
from scheduler.problem.problem import Problem
from scheduler.run import Run

P = ParamSpec("P")
ResultT = TypeVar("ResultT")


def greedy(space: Space) -> Occupancy:
    """Return the occupancy of a plan by first fit."""
    occupancy = Occupancy(space)
    for request, way in next(greedy_plans(space)).items():
        occupancy.place(request, way)
    return occupancy


def freed(occupancy: Occupancy, requests: range) -> Freed:
    """Return the part of some requests with all their times."""
    times = [occupancy.space.candidates[request].times for request in requests]
    return free(occupancy, requests, [np.ones(each, dtype=np.bool_) for each in times])


def started(problem: Problem, run: Run) -> Space:
    """Return the space of a problem of which the run has a plan by first fit."""
    space = build_space(problem)
    run.prove(trivial_bound(space))
    run.offer(space, next(greedy_plans(space)))
    return space


class Acting(Executor):
    """An executor that does something after its third call; another one does the work."""

    workers = 2

    def __init__(self, inner: Executor, act: Callable[[], None]) -> None:
        """Remember who works, and what to do."""
        self._inner = inner
        self._act = act
        self.futures: list[Future[Any]] = []

    def submit(
        self, fn: Callable[P, ResultT], /, *args: P.args, **kwargs: P.kwargs
    ) -> Future[ResultT]:
        """Hand a call on."""
        future = self._inner.submit(fn, *args, **kwargs)
        self.futures.append(future)
        if len(self.futures) == 3:
            self._act()
        return future

    def has_gone_on(self) -> bool:
        """Tell whether there were some more calls since."""
        return len(self.futures) >= 8

    @property
    def lost(self) -> int:
        """Calls that were lost with whoever worked on them."""
        done = [each for each in self.futures if each.done() and not each.cancelled()]
        return sum(isinstance(each.exception(), WorkerDied) for each in done)
