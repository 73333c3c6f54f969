"""The one door to the solver: a problem and limits in, a verified plan with its proof out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from scheduler.bound.trivial import trivial_bound
from scheduler.candidates.candidates import Way
from scheduler.candidates.occupancy import Occupancy
from scheduler.candidates.space import Space, build_space
from scheduler.exact import is_small, prove_exactly
from scheduler.explain.reasons import explain_unplaced
from scheduler.improve.greedy import greedy_plans
from scheduler.improve.search import improve
from scheduler.outcome import (
    PinConflict,
    Progress,
    RunReport,
    SolveLimits,
    SolveOutcome,
    Status,
)
from scheduler.pins import check_pins
from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.run import Run
from scheduler.verify import score_plan

__all__ = ["PinConflict", "SolveLimits", "solve"]


def solve(
    problem: Problem,
    limits: SolveLimits,
    start: Plan | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> SolveOutcome:
    """Return the best plan found within the limits, verified, with a proven bound.

    ``start`` is a plan to begin from; what of it is no longer allowed is left out. ``on_progress``
    hears of every better plan and bound, perhaps from another thread. ``should_stop`` is asked a
    few times a second; the outcome then has the best so far.

    Raises:
        PinConflict: No allowed plan satisfies all pins.
    """
    run = Run(limits, on_progress, should_stop)
    space = build_space(problem)
    run.prove(trivial_bound(space))
    check_pins(space)
    for ways in (*start_ways(space, start), *greedy_plans(space)):
        run.offer(space, ways)
    if is_small(space):
        prove_exactly(space, run)
    else:
        improve(space, run)
    return _outcome(space, run)


def start_ways(space: Space, start: Plan | None) -> Iterator[dict[int, Way]]:
    """Yield what is still allowed of a plan to start from, where it has all that is pinned."""
    occupancy = Occupancy(space)
    for residency in start.residencies if start else ():
        request, way = space.position.get(residency.request), space.find_way(residency)
        if request is not None and way is not None and occupancy.fits(request, way):
            occupancy.place(request, way)
    required = {request for request, each in enumerate(space.candidates) if each.required}
    if start is not None and required <= occupancy.ways.keys():
        yield occupancy.ways


def _outcome(space: Space, run: Run) -> SolveOutcome:
    bound = run.proven_bound()
    report = RunReport(
        seconds=run.seconds,
        seed=run.limits.seed,
        workers=run.limits.workers or os.cpu_count() or 1,
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
        unplaced=explain_unplaced(space, run.ways),
    )
