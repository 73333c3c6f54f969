"""The stability curve: what a plan can be worth if at most so many residencies change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from scheduler.bound.trivial import trivial_bound
from scheduler.candidates.space import Space, build_space
from scheduler.cpsat.search import Effort
from scheduler.improve.fewest import FewestChanges, fewest_changes
from scheduler.improve.mend import mend
from scheduler.outcome import SolveLimits, SolveOutcome, Status
from scheduler.pins import check_pins
from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.replan.difference import Difference, difference
from scheduler.replan.working import executor_for
from scheduler.run import Run
from scheduler.solve import first_ways, outcome_of, search

FEWEST_SECONDS = 10.0
"""Seconds at most to find out how few can change; the model is small."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """The best plan found with at most ``changes`` changed residencies, None for any number.

    ``plan`` is None where there is none; ``bound`` holds for every plan with as few changes.
    """

    changes: int | None
    status: Status
    plan: Plan | None
    objective: int | None
    bound: int | None
    difference: Difference | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StabilityCurve:
    """Points by number of changes, fewest first; no plan changes fewer than ``fewest``."""

    fewest: int
    points: tuple[CurvePoint, ...]


def stability_curve(
    problem: Problem,
    changes: Sequence[int | None],
    limits: SolveLimits,
    should_stop: Callable[[], bool] | None = None,
    executor: Executor | None = None,
    *,
    on_point: Callable[[CurvePoint], None] | None = None,
) -> StabilityCurve:
    """Return the curve of a problem with a published plan; ``limits`` are for each point.

    Each point starts from the one before, so the curve never falls. ``on_point`` hears of each
    when it is found; its bound may be lower in the curve.

    Raises:
        PinConflict: No allowed plan satisfies all pins.
    """
    space = build_space(problem)
    pinned = check_pins(space)
    fewest = _fewest(space, limits)
    start = Plan() if fewest is None else space.plan(fewest.ways)
    before = Plan(residencies=tuple(problem.told.values()))
    points = []
    for most in _ascending(changes):
        limited = space if most is None else space.with_changes(most)
        run = Run(limits, should_stop=should_stop)
        run.prove(trivial_bound(limited))
        for ways in first_ways(limited, start, pinned):
            run.offer(limited, ways)
        if fewest is None or most is None or most >= fewest.changes:
            mend(limited, run, before)
            search(limited, run, executor_for(limits.seconds, executor))
        outcome = outcome_of(limited, run, with_reasons=False)
        points.append(_point(problem, most, outcome, before))
        if on_point is not None:
            on_point(points[-1])
        start = outcome.plan or start
    return StabilityCurve(
        fewest=0 if fewest is None else fewest.proven, points=_with_least_bounds(points)
    )


def _fewest(space: Space, limits: SolveLimits) -> FewestChanges | None:
    effort = Effort(
        seconds=min(limits.seconds, FEWEST_SECONDS),
        seed=limits.seed,
        reproducible=limits.reproducible,
    )
    return fewest_changes(space.with_changes(len(space.problem.told)), effort)


def _ascending(changes: Sequence[int | None]) -> list[int | None]:
    """Return the numbers in order, each once, and any number at the end."""
    numbers: list[int | None] = [*sorted({each for each in changes if each is not None})]
    return [*numbers, None] if None in changes else numbers


def _point(problem: Problem, most: int | None, outcome: SolveOutcome, before: Plan) -> CurvePoint:
    found = None if outcome.plan is None else difference(problem, before, outcome.plan)
    return CurvePoint(
        changes=most,
        status=outcome.status,
        plan=outcome.plan,
        objective=outcome.objective,
        bound=outcome.bound,
        difference=found,
    )


def _with_least_bounds(points: Sequence[CurvePoint]) -> tuple[CurvePoint, ...]:
    """Return the points with the bounds of those that allow more, where these are lower."""
    least: int | None = None
    bounded = []
    for point in reversed(points):
        bounds = [bound for bound in (point.bound, least) if bound is not None]
        least = min(bounds, default=None)
        status = point.status
        if point.objective is not None and point.objective == least:
            status = Status.OPTIMAL
        bounded.append(replace(point, bound=least, status=status))
    return tuple(reversed(bounded))
