"""No bound is below the optimum that exhaustive search finds; every one is proven."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from scheduler.bound import beside, columns, thin
from scheduler.bound.appraisal import Appraisal
from scheduler.bound.columns import Listener, lower_bound_by_columns
from scheduler.bound.layout import Layout, Prices
from scheduler.bound.linear import bound_from_duals, linear_model, optimise, relax
from scheduler.bound.market import Market, whole_bound
from scheduler.bound.subgradient import Proof, lower_bound_by_prices
from scheduler.bound.trivial import trivial_bound
from scheduler.candidates.space import Space, build_space
from scheduler.candidates.worth import Floats
from scheduler.cpsat.search import build_model
from scheduler.outcome import SolveLimits
from scheduler.problem.programme import Quota
from scheduler.run import Run
from tests.builders import (
    day,
    make_collaboration,
    make_problem,
    make_quota,
    make_request,
    make_slot,
)
from tests.samples import sample
from tests.tiny import SEEDS, tiny_optimum, tiny_space

STEPS = 30


def optimum(seed: int) -> float:
    """Return the best objective, of no plan at all that of none."""
    best = tiny_optimum(seed)
    return -np.inf if best is None else best


def random_prices(market: Market, generator: np.random.Generator) -> Prices:
    """Return prices of which many are zero and some are dear."""
    rows, quotas = (
        generator.exponential(20.0, each.shape) * generator.integers(-1, 2, each.shape)
        for each in market.layout.no_prices()
    )
    return market.layout.limit(Prices(rows, quotas * 20.0))


def bounds_by_steps(space: Space, target: int | None) -> list[int]:
    """Return the bounds that prices prove in some steps."""
    bounds: list[int] = []
    steps = iter(range(STEPS))

    def take(proof: Proof) -> None:
        bounds.append(whole_bound(proof.bound))

    lower_bound_by_prices(Market(space), lambda: target, take, lambda: next(steps, None) is None)
    return bounds


@pytest.mark.parametrize("seed", SEEDS)
def test_the_trivial_bound_is_proven(seed: int) -> None:
    assert trivial_bound(tiny_space(seed)) >= optimum(seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_linear_relaxation_is_a_bound(seed: int) -> None:
    relaxation = relax(linear_model(build_model(tiny_space(seed))[0]), 60)

    # Of contradictory pins the relaxation may have no solution, and then no duals.
    bound = np.inf if relaxation is None else relaxation.bound
    assert bound >= optimum(seed)
    assert (relaxation is not None) or (tiny_optimum(seed) is None)


@pytest.mark.parametrize("seed", SEEDS)
def test_any_dual_values_prove_a_bound(seed: int) -> None:
    linear = linear_model(build_model(tiny_space(seed))[0])
    generator = np.random.default_rng(seed)

    for scale in (0.0, 1.0, 300.0):
        duals = generator.normal(scale=scale, size=len(linear.row_lower))
        assert bound_from_duals(linear, duals).bound >= optimum(seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_any_prices_prove_a_bound(seed: int) -> None:
    market = Market(tiny_space(seed))
    generator = np.random.default_rng(seed)
    prices = [market.layout.no_prices(), *(random_prices(market, generator) for _ in range(3))]

    for each in prices:
        assert whole_bound(market.price(each).bound) >= optimum(seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_prices_after_some_steps_prove_lower_and_lower_bounds(seed: int) -> None:
    bounds = bounds_by_steps(tiny_space(seed), tiny_optimum(seed))

    assert bounds == sorted(bounds, reverse=True)
    assert bounds[-1] >= optimum(seed)


def test_prices_that_are_zero_prove_the_trivial_bound() -> None:
    space = build_space(make_problem(requests=(make_request("ada"), make_request("bob"))))

    assert Market(space).price(Layout(space).no_prices()).bound == trivial_bound(space) == 6000


def test_prices_lower_the_bound_of_two_requests_for_one_place() -> None:
    space = build_space(
        make_problem(
            slots=(make_slot(places=1),),
            requests=(
                make_request("ada", min_days=84, max_days=84),
                make_request("bob", min_days=84, max_days=84),
            ),
        )
    )

    assert trivial_bound(space) == 6000
    assert bounds_by_steps(space, 3000)[-1] == 3000


def test_prices_lower_the_bound_of_two_who_would_miss_each_other() -> None:
    # the stays have seven days in common at the most
    space = build_space(
        make_problem(
            requests=(
                make_request("ada", min_days=28, last_day=day("2026-02-01")),
                make_request("bob", min_days=28, first_day=day("2026-01-26")),
            ),
            collaborations=(
                make_collaboration(
                    "ada", "bob", min_overlap_days=8, target_overlap_days=0, same_floor=False
                ),
            ),
        )
    )

    assert trivial_bound(space) == 6000
    assert bounds_by_steps(space, 3000)[-1] == 3000


def test_prices_are_limited_to_those_that_prove_a_bound() -> None:
    quotas: tuple[Quota, ...] = (
        make_quota("at-most", max=1),
        make_quota("at-least", min=3, unit=2, points_per_missing=500),
    )
    market = Market(build_space(make_problem(quotas=quotas)))
    wild = Prices(market.layout.no_prices().rows - 3.0, np.array([-7.0, -900.0]))

    limited = market.layout.limit(wild)

    assert not limited.rows.any()
    # only a quota with a minimum rewards, and a missing unit of two costs 500
    assert limited.limits.tolist() == [0.0, -250.0]
    # only a quota with a maximum costs
    dear = market.layout.limit(Prices(wild.rows, np.array([7.0, 900.0])))
    assert dear.limits.tolist() == [7.0, 0.0]


def test_the_linear_bound_of_a_small_sample_is_close_to_its_optimum() -> None:
    relaxation = relax(linear_model(build_model(build_space(sample("small-1")))[0]), 60)

    assert relaxation is not None
    assert 41531 <= relaxation.bound <= 41823


def listener(
    bounds: list[int], on_shares: Callable[[Floats], None] = lambda _shares: None
) -> Listener:
    """Return a listener that lists the bounds."""
    return Listener(
        optimise=lambda core: optimise(core.linear(), 60),
        target=lambda: None,
        on_proof=lambda proof: bounds.append(whole_bound(proof.bound)),
        on_shares=on_shares,
        should_stop=lambda: False,
    )


def bounds_by_columns(space: Space) -> list[int]:
    """Return the bounds that column generation proves, from no prices on."""
    market = Market(space)
    start = Proof(market.price(market.layout.no_prices()).bound, market.layout.no_prices())
    bounds = [whole_bound(start.bound)]
    lower_bound_by_columns(market, start, listener(bounds))
    return bounds


@pytest.mark.parametrize("seed", SEEDS)
def test_columns_prove_lower_and_lower_bounds(seed: int) -> None:
    bounds = bounds_by_columns(tiny_space(seed))

    assert bounds == sorted(bounds, reverse=True)
    assert bounds[-1] >= optimum(seed)


@pytest.mark.parametrize("seed", SEEDS[:60])
def test_a_relaxation_uses_no_more_than_the_whole_of_a_request(seed: int) -> None:
    space = tiny_space(seed)
    market = Market(space)
    prices = market.layout.no_prices()
    used: list[Floats] = []

    columns.lower_bound_by_columns(
        market, Proof(market.price(prices).bound, prices), listener([], used.append)
    )

    for shares in used:
        placed = np.bincount(market.request_of_time, shares, len(space.candidates))
        assert shares.min(initial=0.0) >= -1e-6
        assert placed.max(initial=0.0) <= 1 + 1e-6


def test_a_core_of_some_candidates_grows_until_its_prices_hold_for_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    space = build_space(sample("small-1"))
    whole = bounds_by_columns(space)[-1]

    monkeypatch.setattr(columns, "CORE", 500)
    monkeypatch.setattr(columns, "GROWTH", 500)
    monkeypatch.setattr(columns, "ROUNDS", 100)

    assert 41531 <= whole <= 41919
    assert bounds_by_columns(space)[-1] == pytest.approx(whole, rel=1e-3)


@pytest.mark.parametrize("seed", SEEDS[:60])
def test_what_candidates_lose_is_what_their_best_would_bring_more(seed: int) -> None:
    space = tiny_space(seed)
    market = Market(space)
    prices = random_prices(market, np.random.default_rng(seed))

    losses, before = market.losses(prices), 0
    for each, worth in zip(space.candidates, Appraisal(space, market.layout, prices), strict=True):
        whole = worth.whole(each)
        others = [] if each.required else [float(each.unplaced_points)]
        best = max([*whole.tolist(), *others], default=0.0)
        lost = losses.times[before : before + each.times]
        assert lost == pytest.approx(best - whole)
        before += each.times


@pytest.mark.parametrize("seed", SEEDS[:100])
def test_request_by_request_the_same_bound_is_proven(seed: int) -> None:
    space = tiny_space(seed)
    market = Market(space)
    prices = random_prices(market, np.random.default_rng(seed))

    appraisal = Appraisal(space, market.layout, prices)

    assert appraisal.bound() == pytest.approx(market.price(prices).bound)


@pytest.mark.parametrize("seed", SEEDS[:30])
def test_prices_found_with_some_candidates_prove_a_bound_for_all(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "HUGE", 0)
    monkeypatch.setattr(thin, "TIMES", 1)
    monkeypatch.setattr(thin, "SERVING", 1)
    space, run = tiny_space(seed), Run(SolveLimits(seconds=60, reproducible=True))

    with beside.bound_beside(space, run) as prospects:
        pass

    assert run.bound is not None
    assert run.bound >= optimum(seed)
    assert prospects.are_ripe_in(0)
