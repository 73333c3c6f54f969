"""Spaces with a plan to improve, parts of them, and a watch that acts in the middle of a search."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scheduler.bound.trivial import trivial_bound
from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.space import Space, build_space
from scheduler.improve.freed import Freed, free
from scheduler.improve.greedy import greedy_plans
from scheduler.outcome import Progress
from scheduler.problem.problem import Problem
from scheduler.run import Run


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


class Watch:
    """Does something when a search has found a better plan, and stops it one plan later."""

    def __init__(self, act: Callable[[], None]) -> None:
        """Remember what to do."""
        self._act = act
        self.objectives: list[int] = []

    def hear(self, progress: Progress) -> None:
        """Take a better plan or bound."""
        objective = progress.objective
        if objective is None or objective in self.objectives:
            return
        self.objectives.append(objective)
        if len(self.objectives) == 2:
            self._act()

    def has_gone_on(self) -> bool:
        """Tell whether there was a better plan since."""
        return len(self.objectives) >= 3
