"""Plans by first fit, by search beside a plan, and step by step: all allowed, none worse."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pytest

from scheduler.bound.layout import Layout
from scheduler.bound.prospects import Prospects
from scheduler.bound.subgradient import Proof
from scheduler.bound.trivial import trivial_bound
from scheduler.candidates.candidates import Way
from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.space import Space, Ways, build_space
from scheduler.candidates.subspace import free_space
from scheduler.candidates.worth import Floats, plain_worth
from scheduler.cpsat.search import Effort, build_model, search
from scheduler.executors.inline import InlineExecutor
from scheduler.improve.freed import solve_part
from scheduler.improve.greedy import greedy_plans
from scheduler.improve.rounded import free_all, rounded_plan
from scheduler.improve.search import ROUNDED_SECONDS, Search, improve
from scheduler.improve.start import start_ways
from scheduler.outcome import SolveLimits
from scheduler.pins import check_pins
from scheduler.problem.problem import Problem
from scheduler.run import Run
from scheduler.verify import check_plan, score_plan
from tests.builders import (
    day,
    make_host,
    make_pin,
    make_plan,
    make_problem,
    make_request,
    make_residency,
    make_slot,
    make_zone,
)
from tests.samples import sample
from tests.tiny import SEEDS, tiny_optimum, tiny_space

EFFORT = Effort(seconds=60.0)


def worth(space: Space, ways: Ways) -> int:
    """Return the objective of a plan, which is allowed."""
    plan = space.plan(ways)
    assert check_plan(space.problem, plan) == ()
    return sum(score_plan(space.problem, plan).values())


def searched_beside(occupancy: Occupancy) -> dict[int, Way]:
    """Return the occupancy's plan with all other requests placed exactly."""
    candidates = occupancy.space.candidates
    free = [request for request in range(len(candidates)) if request not in occupancy.ways]
    keep = [np.ones(candidates[request].times, dtype=np.bool_) for request in free]
    part, kept = free_space(occupancy, free, keep)
    model, visits = build_model(part)
    found = search(model, visits, EFFORT)
    assert found.complete
    assert found.ways is not None
    ways = dict(occupancy.ways)
    for position, way in found.ways.items():
        ways[free[position]] = way._replace(time=int(kept[position][way.time]))
    return ways


def placed(space: Space, ways: Ways) -> Occupancy:
    """Return an occupancy of some ways."""
    occupancy = Occupancy(space)
    for request, way in ways.items():
        occupancy.place(request, way)
    return occupancy


def blocked_by_greed() -> Problem:
    """Return a problem whose pins agree, but not where each takes what is best for itself.

    ``ada`` would like the zone that alone has what ``bob`` needs; of two zones of one desk.
    """
    return make_problem(
        zones=(
            make_zone("zone-a", desks=1, features=("robot",)),
            make_zone("zone-b", desks=1),
        ),
        requests=(
            make_request("ada", priority=5, min_days=84, max_days=84, zone_points={"zone-a": 50}),
            make_request("bob", priority=1, min_days=84, max_days=84, needs=("robot",)),
            make_request("eve", priority=3, min_days=7, max_days=7),
        ),
        pins=(make_pin("ada"), make_pin("bob")),
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_plans_by_first_fit_are_allowed(seed: int) -> None:
    space = tiny_space(seed)
    optimum = tiny_optimum(seed)

    for ways in greedy_plans(space):
        assert optimum is not None
        assert worth(space, ways) <= optimum


@pytest.mark.parametrize("seed", SEEDS)
def test_searching_beside_an_empty_plan_finds_the_optimum(seed: int) -> None:
    if tiny_optimum(seed) is not None:
        space = tiny_space(seed)
        assert worth(space, searched_beside(Occupancy(space))) == tiny_optimum(seed)


@pytest.mark.parametrize("seed", range(120))
def test_searching_beside_a_part_of_the_best_plan_finds_the_optimum_again(seed: int) -> None:
    if tiny_optimum(seed) is not None:
        dice = Random(seed)  # noqa: S311 - a test's seed is no secret
        space = tiny_space(seed)
        best = searched_beside(Occupancy(space))
        kept = dice.sample(sorted(best), dice.randint(0, len(best)))

        ways = searched_beside(placed(space, {request: best[request] for request in kept}))

        assert worth(space, ways) == tiny_optimum(seed)


def shares_of(space: Space, ways: Ways) -> list[Floats]:
    """Return the shares of a relaxation that uses what a plan does."""
    shares = [np.zeros(each.times) for each in space.candidates]
    for request, way in ways.items():
        shares[request][way.time] = 1.0
    return shares


@pytest.mark.parametrize("seed", SEEDS[:120])
def test_a_plan_near_any_relaxation_is_allowed(seed: int) -> None:
    space = tiny_space(seed)
    generator = np.random.default_rng(seed)
    shares = [generator.random(each.times) for each in space.candidates]
    plain = [plain_worth(each) for each in space.candidates]

    ways = rounded_plan(space, plain, shares, {})

    best = tiny_optimum(seed)
    if ways is not None:
        assert best is not None
        assert worth(space, ways) <= best


def test_near_a_relaxation_a_request_comes_when_it_is_placed_the_most() -> None:
    space = build_space(make_problem(requests=(make_request("ada", max_days=28),)))
    late = space.find_way(make_residency("ada", first_day=day("2026-02-02"), days=14))
    assert late is not None
    shares = [np.where(np.arange(space.candidates[0].times) == late.time, 0.6, 0.0)]

    assert rounded_plan(space, [plain_worth(space.candidates[0])], shares, {}) == {0: late}


@pytest.mark.parametrize("seed", range(24))
def test_one_step_near_a_relaxation_that_is_the_best_plan_finds_it(seed: int) -> None:
    space = tiny_space(seed)
    if tiny_optimum(seed) is None:
        return
    run = Run(SolveLimits(seconds=ROUNDED_SECONDS, reproducible=True))
    run.prove(trivial_bound(space))
    for ways in greedy_plans(space, check_pins(space)):
        run.offer(space, ways)
    layout = Layout(space)
    prospects = Prospects(space)
    prospects.take(layout, Proof(0.0, layout.no_prices()))
    prospects.use(np.concatenate(shares_of(space, searched_beside(Occupancy(space)))))

    search = Search(space, run, InlineExecutor(), prospects)
    search.work()
    search.offer_last()

    assert run.objective == tiny_optimum(seed)


def test_near_a_relaxation_everybody_is_placed_anew_among_what_it_uses() -> None:
    problem = make_problem(
        slots=(make_slot(places=1),),
        requests=(make_request("ada", max_days=14), make_request("bob", max_days=14)),
    )
    space = build_space(problem)
    ada, bob = (space.find_way(make_residency(name, days=14)) for name in ("ada", "bob"))
    later = space.find_way(make_residency("bob", first_day=day("2026-02-02"), days=14))
    assert ada is not None
    assert bob is not None
    assert later is not None
    shares = shares_of(space, {0: ada, 1: later})
    present = Occupancy(space)
    present.place(1, bob)

    freed = free_all(present, shares, {}, [0, 1])

    assert freed is not None
    found = solve_part(freed.part, EFFORT)
    assert found is not None
    assert freed.whole(found) == {0: ada, 1: later}


@pytest.mark.parametrize("seed", SEEDS)
def test_where_pins_agree_there_is_a_plan_before_any_search_for_a_better_one(seed: int) -> None:
    space = tiny_space(seed)
    if tiny_optimum(seed) is not None:
        plans = list(greedy_plans(space, check_pins(space)))
        assert len(plans) == 4
        for ways in plans:
            worth(space, ways)


def test_a_pinned_request_that_greed_blocks_is_placed_by_search() -> None:
    space = build_space(blocked_by_greed())

    assert list(greedy_plans(space)) == []
    plans = list(greedy_plans(space, check_pins(space)))

    # ada in zone-b and bob in zone-a for the whole programme leave no desk for eve
    assert [worth(space, ways) for ways in plans] == [6000, 6000, 6000, 6000]


def test_a_start_makes_way_for_a_new_pin() -> None:
    problem = make_problem(
        slots=(make_slot(places=1),),
        zones=(make_zone("zone-a"), make_zone("zone-b")),
        requests=(
            make_request("ada", min_days=28),
            make_request("bob", min_days=28),
            make_request("eve", min_days=28),
        ),
        pins=(make_pin("eve", first_day=day("2026-02-02")),),
    )
    space = build_space(problem)
    start = make_plan(
        make_residency("ada", first_day=day("2026-01-05")),
        make_residency("bob", first_day=day("2026-02-02")),
    )

    ways = start_ways(space, start)

    assert ways is not None
    assert set(space.plan(ways).by_request) == {"ada", "eve"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"slot": "summer"},
        {"zone": "attic"},
        {"host": "nobody"},
        {"pool": "none"},
        {"first_day": day("2026-01-06")},
        {"first_day": day("2031-01-06")},
        {"days": 9},
        {"request": "stranger"},
    ],
)
def test_what_of_a_start_is_no_candidate_is_left_out(wrong: dict[str, Any]) -> None:
    space = build_space(make_problem(requests=(make_request("ada"), make_request("bob"))))
    start = make_plan(make_residency("bob"), make_residency(**{"request": "ada", **wrong}))

    ways = start_ways(space, start)

    assert ways is not None
    assert list(space.plan(ways).by_request) == ["bob"]


def test_a_request_that_stands_twice_in_a_start_is_placed_once() -> None:
    space = build_space(make_problem(slots=(make_slot(places=1),)))
    late = make_residency("ada", first_day=day("2026-02-02"))
    ways = start_ways(space, make_plan(make_residency("ada"), late))

    assert ways is not None
    assert space.plan(ways) == make_plan(late)


def test_a_start_without_room_for_what_is_pinned_is_no_start() -> None:
    problem = make_problem(
        hosts=(make_host("kim", capacity=1),),
        requests=(
            make_request("ada", min_days=84, max_days=84, hosts=("kim",)),
            make_request("bob", min_days=84, max_days=84, hosts=("kim",)),
        ),
        pins=(make_pin("ada"), make_pin("bob")),
    )

    assert start_ways(build_space(problem), make_plan()) is None


def improved(problem: Problem, limits: SolveLimits) -> Run:
    """Return the run of a problem that is improved step by step, however small it is."""
    run = Run(limits)
    space = build_space(problem)
    run.prove(trivial_bound(space))
    for ways in greedy_plans(space, check_pins(space)):
        run.offer(space, ways)
    improve(space, run)
    return run


@pytest.mark.parametrize("workers", [1, 2])
def test_step_by_step_a_plan_never_gets_worse(workers: int) -> None:
    problem = sample("small-1")

    run = improved(problem, SolveLimits(seconds=60, workers=workers, gap=0.1))

    objectives = [each.objective for each in run.incumbents if each.objective is not None]
    assert objectives == sorted(objectives)
    assert run.ways is not None
    # the run verifies whatever it takes; the last plan is the best
    assert worth(build_space(problem), run.ways) == run.objective == objectives[-1]
    assert objectives[-1] <= run.proven_bound() <= objectives[-1] / 0.9
    assert run.seconds < 60


def test_step_by_step_reproducible_runs_take_the_same_steps() -> None:
    limits = SolveLimits(seconds=4, seed=3, reproducible=True)

    one, other = (improved(sample("small-2"), limits) for _ in range(2))

    assert one.ways == other.ways
    assert [(each.objective, each.bound) for each in one.incumbents] == [
        (each.objective, each.bound) for each in other.incumbents
    ]


@pytest.mark.parametrize("seed", range(12))
def test_step_by_step_a_tiny_plan_becomes_the_best(seed: int) -> None:
    problem = tiny_space(seed).problem
    if tiny_optimum(seed) is not None:
        run = improved(problem, SolveLimits(seconds=8, reproducible=True))
        assert run.objective == tiny_optimum(seed)


def test_where_everything_is_decided_there_is_nothing_to_improve() -> None:
    problem = make_problem(
        pins=(make_pin("ada", first_day=day("2026-01-05"), last_day=day("2026-02-01")),)
    )

    run = improved(problem, SolveLimits(seconds=5, workers=1))

    assert run.objective == 3000
    assert run.is_optimal


def test_of_two_with_fixed_dates_the_better_one_is_placed_in_a_step() -> None:
    # Each has a single time, so only choosing between them is left.
    problem = make_problem(
        slots=(
            make_slot(
                places=1,
                fixed_dates=True,
                first_day=day("2026-01-05"),
                last_day=day("2026-02-01"),
            ),
        ),
        requests=(make_request("ada", priority=5), make_request("bob", priority=2)),
    )
    space = build_space(problem)
    run = Run(SolveLimits(seconds=8, reproducible=True))
    run.prove(trivial_bound(space))
    worse = space.find_way(make_residency("bob", days=28))
    assert worse is not None
    run.offer(space, {space.position[problem.requests[1].id]: worse})

    improve(space, run)

    assert run.objective == 5000
