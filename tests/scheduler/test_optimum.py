"""The solver proves the optimum that exhaustive search finds."""

from __future__ import annotations

import pytest

from scheduler.outcome import PinConflict
from scheduler.solve import solve
from tests.brute_force import best_objective
from tests.samples import OPTIMUM, sample
from tests.seeded import tiny_problem
from tests.solving import LIMITS, proven_optimum


@pytest.mark.parametrize("name", OPTIMUM)
def test_the_optimum_of_a_tiny_sample_is_proven(name: str) -> None:
    assert proven_optimum(sample(name)) == OPTIMUM[name]


@pytest.mark.parametrize("seed", range(240))
def test_the_optimum_of_a_seeded_problem_is_proven(seed: int) -> None:
    problem = tiny_problem(seed)
    best = best_objective(problem)

    if best is None:
        with pytest.raises(PinConflict):
            solve(problem, LIMITS)
    else:
        assert proven_optimum(problem) == best
