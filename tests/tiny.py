"""The seeded problems with their search space and optimum, each worked out once a test run."""

from __future__ import annotations

from functools import cache
from itertools import product

from scheduler.candidates.candidates import Candidates, Part, Way
from scheduler.candidates.space import Space, build_space
from tests.brute_force import best_objective
from tests.seeded import tiny_problem

SEEDS = range(200)
CONTRADICTING = (36, 40, 79, 132, 135, 142, 153, 165, 171, 197)
"""Seeds of which no plan is allowed: their pins cannot hold."""
ALLOWED = tuple(seed for seed in SEEDS if seed not in CONTRADICTING)


@cache
def tiny_space(seed: int) -> Space:
    """Return the search space of a seeded problem."""
    return build_space(tiny_problem(seed))


@cache
def tiny_optimum(seed: int) -> int | None:
    """Return the objective of a seeded problem's best plan, None where pins cannot hold."""
    return best_objective(tiny_space(seed).problem)


def ways_of(candidates: Candidates) -> list[Way]:
    """Return every way of a request, multiplied out."""
    ways = []
    for time in range(candidates.times):
        who = {part: [-1] for part in Part}
        for part, options in candidates.options.items():
            who[part] = options.who[options.time == time].tolist()
        ways += [Way(time, *chosen) for chosen in product(*(who[part] for part in Part))]
    return ways


def points_of(candidates: Candidates, way: Way) -> int:
    """Return what a way is worth by itself."""
    points = int(candidates.points[way.time])
    for part, options in candidates.options.items():
        chosen = (options.time == way.time) & (options.who == way.who(part))
        points += int(options.points[chosen].sum())
    return points
