"""The one door to the solver: a problem and limits in, a verified plan with its proof out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import replace
from itertools import islice

from scheduler.bound.scarce import find_prices, find_scarce
from scheduler.bound.trivial import trivial_bound
from scheduler.candidates.candidates import Way
from scheduler.candidates.space import Space, Ways, build_space
from scheduler.exact import is_small, prove_exactly
from scheduler.explain.reasons import explain_unplaced
from scheduler.improve.greedy import greedy_plans
from scheduler.improve.search import improve
from scheduler.improve.start import start_ways
from scheduler.outcome import (
    PinConflict,
    Progress,
    RunReport,
    Scarcity,
    SolveLimits,
    SolveOutcome,
    Status,
)
from scheduler.pins import check_pins
from scheduler.plan import Plan, Unplaced
from scheduler.problem.problem import Problem
from scheduler.run import Run
from scheduler.verify import score_plan

HUGE = 10_000_000
"""Times and options above which one plan by first fit is enough to begin with."""

__all__ = ["PinConflict", "SolveLimits", "solve"]


def solve(
    problem: Problem,
    limits: SolveLimits,
    start: Plan | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    *,
    executor: Executor | None = None,
    with_scarce: bool = False,
) -> SolveOutcome:
    """Return the best plan found within the limits, verified, with a proven bound.

    ``start`` is a plan to begin from; what of it is no longer allowed is left out. ``on_progress``
    hears of every better plan and bound, perhaps from another thread. ``should_stop`` is asked a
    few times a second; the outcome then has the best so far. Parts of a large problem are solved
    on ``executor``, by default in processes of their own. What is scarce is told where
    ``with_scarce`` asks for it, which takes a moment more.

    Raises:
        PinConflict: No allowed plan satisfies all pins.
    """
    run = Run(limits, on_progress, should_stop)
    space = build_space(problem)
    run.prove(trivial_bound(space))
    pinned = check_pins(space)
    for ways in first_ways(space, start, pinned):
        run.offer(space, ways)
    search(space, run, executor)
    outcome = outcome_of(space, run)
    return replace(outcome, scarce=_scarce(space, run)) if with_scarce else outcome


def _scarce(space: Space, run: Run) -> tuple[Scarcity, ...] | None:
    """Return what is scarce by the search's prices, or by those of a small problem."""
    priced = find_prices(space) if run.priced is None and is_small(space) else run.priced
    if priced is None or run.objective is None:
        return None
    return find_scarce(space, priced, trivial_bound(space) - run.objective)


def first_ways(
    space: Space, start: Plan | None, pinned: dict[int, Way] | None
) -> Iterator[dict[int, Way]]:
    """Yield what is left of the plan to start from, and plans by first fit."""
    ways = None if start is None else start_ways(space, start)
    if ways is not None:
        yield ways
    yield from islice(greedy_plans(space, pinned), 1 if space.size > HUGE else None)


def search(space: Space, run: Run, executor: Executor | None = None) -> None:
    """Search a space for better plans than the run has, and for a bound, until the run ends."""
    if is_small(space):
        prove_exactly(space, run)
    else:
        improve(space, run, executor)


def outcome_of(space: Space, run: Run, *, with_reasons: bool = True) -> SolveOutcome:
    """Return what a run has come to; the reasons why requests are unplaced take a while."""
    bound = run.proven_bound()
    report = RunReport(
        seconds=run.seconds,
        seed=run.limits.seed,
        workers=run.workers,
        candidates=space.size,
        first_plan_seconds=run.first_plan_seconds,
        stopped=run.stopped,
        incumbents=tuple(run.incumbents),
    )
    if run.ways is None or run.objective is None:
        return SolveOutcome(
            status=Status.UNKNOWN, plan=None, objective=None, bound=bound, report=report
        )
    plan = space.plan(run.ways)
    return SolveOutcome(
        status=Status.OPTIMAL if run.is_optimal else Status.FEASIBLE,
        plan=plan,
        objective=run.objective,
        bound=bound,
        report=report,
        terms=score_plan(space.problem, plan),
        unplaced=explain_unplaced(space, run.ways) if with_reasons else _unplaced(space, run.ways),
    )


def _unplaced(space: Space, ways: Ways) -> tuple[Unplaced, ...]:
    """Return the requests that are not placed, without reasons."""
    return tuple(
        Unplaced(request=each.request.id)
        for request, each in enumerate(space.candidates)
        if request not in ways
    )
