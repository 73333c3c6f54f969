"""Steps of the search: slim parts, the same wherever they are solved; who dies costs a part."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Iterator
from dataclasses import replace

import pytest

from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.space import build_space
from scheduler.cpsat.search import Effort
from scheduler.executors.inline import InlineExecutor
from scheduler.executors.processes import ProcessPool
from scheduler.improve.freed import solve_part
from scheduler.improve.search import Search, improve
from scheduler.outcome import Progress, SolveLimits
from scheduler.run import Run
from scheduler.sample import Family
from scheduler.sample import sample as sample_of
from scheduler.verify import check_plan, score_plan
from tests.samples import sample
from tests.stepping import Acting, freed, greedy, started

EFFORT = Effort(seconds=5.0, seed=1, reproducible=True)


@pytest.fixture
def pool() -> Iterator[ProcessPool]:
    """Give two worker processes."""
    opened = ProcessPool(2)
    yield opened
    opened.shutdown(cancel_futures=True)


def test_a_part_is_solved_alike_here_and_in_a_process(pool: ProcessPool) -> None:
    part = freed(greedy(build_space(sample("small-1"))), range(8)).part

    here = InlineExecutor().submit(solve_part, part, EFFORT).result()
    there = pool.submit(solve_part, part, EFFORT).result(60)

    assert here == there
    assert here is not None


def test_what_is_freed_is_where_it_was_afterwards() -> None:
    occupancy = greedy(build_space(sample("small-1")))
    before, worth = dict(occupancy.ways), occupancy.worth

    freed(occupancy, range(8))

    assert (occupancy.ways, occupancy.worth) == (before, worth)


@pytest.mark.parametrize("name", ["small-1", "small-2", "medium-1"])
def test_what_a_plan_is_worth_is_counted_as_the_verifier_scores_it(name: str) -> None:
    occupancy = greedy(build_space(sample(name)))
    space = occupancy.space

    for request in range(0, len(space.candidates), 3):
        if request in occupancy.ways:
            occupancy.remove(request)

    scores = score_plan(space.problem, space.plan(occupancy.ways))
    assert occupancy.worth == sum(scores.values())


def test_a_part_is_the_same_beside_few_and_beside_many() -> None:
    problem = sample("medium-1")
    few = replace(problem, requests=problem.requests[:30], collaborations=(), separations=())
    many = replace(problem, collaborations=(), separations=())
    published = {request.id for request in few.requests}
    few, many = (
        replace(each, pins=(), published=tuple(r for r in each.published if r.request in published))
        for each in (few, many)
    )

    one, other = (freed(Occupancy(build_space(each)), range(20)).part for each in (few, many))

    assert len(pickle.dumps(one)) == len(pickle.dumps(other))
    assert [each.name for each in one.space.resources] == [
        each.name for each in other.space.resources
    ]


def test_parts_are_small_enough_to_travel() -> None:
    space = build_space(sample_of(Family.HUB, 0))
    occupancy = greedy(space)

    part = freed(occupancy, range(32)).part

    assert len(space.problem.requests) == 600
    # All times of 32 requests: some 10,000 times and options of 24 bytes, and what they share.
    assert len(pickle.dumps(part)) < 5_000_000


def test_a_worker_that_is_killed_costs_its_part_and_not_the_solve(pool: ProcessPool) -> None:
    doomed = pool.pids[0]
    acting = Acting(pool, lambda: os.kill(doomed, signal.SIGKILL))
    run = Run(SolveLimits(seconds=120), should_stop=acting.has_gone_on)
    space = started(sample("medium-1"), run)

    search = Search(space, run, acting)
    search.work()
    search.offer_last()

    assert acting.has_gone_on()
    assert acting.lost == 1
    assert doomed not in pool.pids
    assert run.ways is not None
    assert check_plan(space.problem, space.plan(run.ways)) == ()


def test_where_every_worker_dies_the_search_goes_on_without(
    capfd: pytest.CaptureFixture[str],
) -> None:
    heard: list[Progress] = []
    run = Run(SolveLimits(seconds=120), heard.append, lambda: len(heard) > 2)
    space = started(sample("small-1"), run)
    with ProcessPool(2, preload=("no_such_module",)) as broken:
        acting = Acting(broken, lambda: None)

        search = Search(space, run, acting)
        search.work()
        search.offer_last()

    # A bound, the plan to start from, and a better one.
    assert [each.objective is None for each in heard] == [True, False, False]
    assert acting.lost == len(acting.futures)
    # Three a worker, and one that was in flight meanwhile.
    assert len(acting.futures) in (6, 7)
    assert "No module named 'no_such_module'" in capfd.readouterr().err


def test_a_search_that_is_stopped_waits_for_no_part(pool: ProcessPool) -> None:
    asked = iter(range(20))
    run = Run(SolveLimits(seconds=600), None, lambda: next(asked, None) is None)
    space = started(sample("medium-1"), run)
    for pid in pool.pids:
        os.kill(pid, signal.SIGSTOP)

    search = Search(space, run, pool)
    search.work()
    search.offer_last()

    assert run.stopped
    assert run.seconds < 600


def test_a_step_in_this_thread_ends_when_the_search_is_stopped() -> None:
    acting = Acting(InlineExecutor(), lambda: None)
    acting.workers = 1
    run = Run(SolveLimits(seconds=600), should_stop=lambda: len(acting.futures) > 1)
    space = started(sample("medium-1"), run)

    search = Search(space, run, acting)
    search.work()
    search.offer_last()

    assert run.stopped
    assert len(acting.futures) == 2


def test_a_search_ends_with_a_plan_that_is_good_enough() -> None:
    run = Run(SolveLimits(seconds=600, workers=1, gap=0.9))
    space = started(sample("medium-1"), run)

    improve(space, run)

    assert run.objective is not None
    assert run.is_done
    assert run.objective >= 0.1 * run.proven_bound()


def test_a_search_ends_when_it_has_got_no_better_for_too_long() -> None:
    run = Run(SolveLimits(seconds=600, workers=1, patience=0.01))
    space = started(sample("small-1"), run)

    improve(space, run)

    # long before its time; a last bound may still come while it ends
    assert run.seconds < 60
