"""Re-planning: from what people were told and a change, the best plan under the change terms."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from scheduler.bound.trivial import trivial_bound
from scheduler.candidates.space import Space, build_space
from scheduler.improve.mend import mend
from scheduler.improve.settle import settle
from scheduler.improve.start import start_ways
from scheduler.outcome import Progress, SolveLimits, SolveOutcome
from scheduler.pins import check_pins
from scheduler.plan import Plan
from scheduler.problem.adjustments import AddPin, AddRequest, Adjustment
from scheduler.problem.problem import Problem
from scheduler.problem.types import RequestId
from scheduler.replan.difference import Difference, difference
from scheduler.replan.working import executor_for
from scheduler.run import Run
from scheduler.solve import first_ways, outcome_of, search

SETTLING = 0.15
"""Share of the seconds that is kept for putting back what need not change."""

REASONS = 0.15
"""Share of the seconds that is kept for finding reasons, where they are asked for."""

MOST_KEPT = 3.0
"""Seconds that are kept for each of these at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replanned:
    """What re-planning comes to; ``difference`` is None where no plan was found."""

    outcome: SolveOutcome
    difference: Difference | None


def replan(
    problem: Problem,
    before: Plan,
    limits: SolveLimits,
    *,
    earlier: Problem | None = None,
    named: Collection[RequestId] = (),
    with_reasons: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    executor: Executor | None = None,
) -> Replanned:
    """Return the best plan found from an earlier one, verified, and what is different in it.

    What of the problem's ``published`` need not change at a gain stays. The search begins around
    what the change has touched and the requests ``named``. ``earlier`` is the problem before the
    change, by which the earlier plan is scored. ``with_reasons`` asks why requests are unplaced.

    Raises:
        PinConflict: No allowed plan satisfies all pins and frozen residencies.
    """
    settling = min(MOST_KEPT, SETTLING * limits.seconds)
    explaining = min(MOST_KEPT, REASONS * limits.seconds) if with_reasons else 0.0
    searching = limits.seconds - settling - explaining
    run = Run(replace(limits, seconds=searching), on_progress, should_stop)
    space = build_space(problem)
    run.prove(trivial_bound(space))
    _start(space, run, before)
    mend(space, run, before, named)
    search(space, run, executor_for(searching, executor))
    settle(space, run, settling)
    outcome = outcome_of(space, run, with_reasons=with_reasons)
    if outcome.plan is None:
        return Replanned(outcome=outcome, difference=None)
    found = difference(problem, before, outcome.plan, earlier=earlier)
    return Replanned(outcome=outcome, difference=found)


def requests_named(adjustments: Iterable[Adjustment]) -> tuple[RequestId, ...]:
    """Return the requests that adjustments are about."""
    names = []
    for adjustment in adjustments:
        match adjustment:
            case AddRequest(request=request):
                names.append(request.id)
            case AddPin(pin=pin):
                names.append(pin.request)
            case _ if isinstance(name := getattr(adjustment, "request", None), str):
                names.append(RequestId(name))
    return tuple(names)


def _start(space: Space, run: Run, before: Plan) -> None:
    """Begin with what is left of the earlier plan; by first fit only where that is no plan."""
    pinned = check_pins(space)
    ways = start_ways(space, before)
    for each in [ways] if ways is not None else first_ways(space, None, pinned):
        run.offer(space, each)
