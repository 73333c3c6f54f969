"""What is left out of an exact model is in no better plan; the proof of the rest is one of all."""

from __future__ import annotations

import pytest

from scheduler import exact
from scheduler.bound.fixing import Restriction, demand, restrict
from scheduler.bound.linear import Relaxation, linear_model, relax
from scheduler.candidates.space import Space, build_space
from scheduler.cpsat.search import Effort, build_model, search
from scheduler.exact import prove_exactly
from scheduler.outcome import SolveLimits
from scheduler.run import Run
from tests.samples import sample
from tests.tiny import ALLOWED, CONTRADICTING, tiny_optimum, tiny_space

EFFORT = Effort(seconds=60)


def relaxation_of(space: Space) -> Relaxation:
    """Return the linear relaxation of a space's exact model."""
    relaxation = relax(linear_model(build_model(space)[0]), 60)
    assert relaxation is not None
    return relaxation


def bound_within(space: Space, worth: int) -> tuple[int | None, int | None]:
    """Return the best objective among what is left for plans worth so much, and the bound."""
    model, visits = build_model(space)
    part = restrict(model, relaxation_of(space), worth)
    found = search(part.model, visits, EFFORT)
    assert found.complete
    return found.objective, part.bound(found.bound)


def demanded(space: Space, worth: int) -> tuple[int | None, int | None]:
    """Return the best objective among the plans worth at least so much, and the bound of all."""
    model, visits = build_model(space)
    part = demand(model, relaxation_of(space), worth)
    found = search(part.model, visits, EFFORT)
    assert found.complete
    return found.objective, part.bound(found.bound)


def proven(space: Space, limits: SolveLimits) -> Run:
    """Return a run that begins without a plan, after its proof."""
    run = Run(limits)
    prove_exactly(space, run)
    return run


@pytest.mark.parametrize("seed", CONTRADICTING)
def test_where_pins_contradict_each_other_there_is_no_best_plan(seed: int) -> None:
    assert tiny_optimum(seed) is None


@pytest.mark.parametrize("seed", ALLOWED)
def test_the_best_plan_is_left_where_plans_are_to_be_worth_as_much(seed: int) -> None:
    best = tiny_optimum(seed)
    assert best is not None

    assert bound_within(tiny_space(seed), best) == (best, best)


@pytest.mark.parametrize("seed", ALLOWED)
def test_the_bound_stays_proven_where_more_is_left_out(seed: int) -> None:
    best = tiny_optimum(seed)
    assert best is not None

    for more in (1, 50, 5000):
        _, bound = bound_within(tiny_space(seed), best + more)
        assert bound is not None
        assert bound >= best


@pytest.mark.parametrize("seed", ALLOWED)
def test_from_next_to_nothing_the_optimum_is_found_and_proven(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exact, "FIRST", 0.0)

    run = proven(tiny_space(seed), SolveLimits(seconds=60))

    assert (run.objective, run.bound) == (tiny_optimum(seed), tiny_optimum(seed))


def test_of_what_is_left_out_nothing_is_known_but_what_it_is_worth_at_most() -> None:
    model, _ = build_model(tiny_space(0))

    part = Restriction(model=model, worth=100, is_whole=False)

    assert [part.bound(inside) for inside in (None, 90, 120)] == [99, 99, 120]


def test_of_a_whole_model_its_own_bound_is_that_of_all_plans() -> None:
    model, _ = build_model(tiny_space(0))

    part = Restriction(model=model, worth=100, is_whole=True)

    assert [part.bound(inside) for inside in (None, 90, 120)] == [None, 90, 120]


@pytest.mark.parametrize("seed", ALLOWED)
def test_of_plans_that_are_to_be_better_than_the_best_there_are_none(seed: int) -> None:
    best = tiny_optimum(seed)
    assert best is not None

    assert demanded(tiny_space(seed), best + 1) == (None, best)


@pytest.mark.parametrize("seed", ALLOWED)
def test_of_plans_that_are_to_be_worth_no_more_the_best_is_found(seed: int) -> None:
    best = tiny_optimum(seed)
    assert best is not None

    for less in (0, 1, 50):
        assert demanded(tiny_space(seed), best - less) == (best, best)


def test_a_model_that_parts_are_made_of_stays_whole() -> None:
    space = tiny_space(0)
    model, visits = build_model(space)

    part = restrict(model, relaxation_of(space), 10**6)

    assert not part.is_whole
    assert search(model, visits, EFFORT).objective == tiny_optimum(0)


def test_without_a_relaxation_the_whole_model_is_searched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exact, "RELAXING", 0.0)

    run = proven(tiny_space(0), SolveLimits(seconds=60))

    assert (run.objective, run.bound) == (tiny_optimum(0), tiny_optimum(0))


def test_reproducible_runs_find_the_same_plans_and_bounds() -> None:
    space = build_space(sample("small-2"))
    limits = SolveLimits(seconds=2, seed=3, reproducible=True)

    first, second = (proven(space, limits) for _ in range(2))

    assert first.ways == second.ways
    assert [(each.objective, each.bound) for each in first.incumbents] == [
        (each.objective, each.bound) for each in second.incumbents
    ]
