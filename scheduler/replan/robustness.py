"""Robustness: how much of a published plan survives what may go wrong, sample by sample."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import CancelledError, Executor, Future
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, replace
from enum import StrEnum

from scheduler.outcome import PinConflict, SolveLimits
from scheduler.plan import Plan
from scheduler.problem.adjustments import apply
from scheduler.problem.problem import Problem
from scheduler.problem.types import RequestId
from scheduler.replan.difference import Fate
from scheduler.replan.disruptions import Chances, Disruption, draw_disruptions
from scheduler.replan.replan import replan

POLL_SECONDS = 0.2


class SampleStatus(StrEnum):
    """How a sample ended."""

    REPLANNED = "replanned"
    IMPOSSIBLE = "impossible"
    """No allowed plan satisfies what is pinned and frozen, or none was found in time."""

    DIED = "died"
    """The worker that had it died, or could not do it."""

    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleTask:
    """One sample as a worker gets it; the problem's published plan is the one that is tried."""

    number: int
    problem: Problem
    disruptions: tuple[Disruption, ...]
    limits: SolveLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What happened in a sample, and what became of whom; who is not in ``fates`` keeps all."""

    number: int
    disruptions: tuple[Disruption, ...]
    status: SampleStatus
    objective: int | None = None
    fates: Mapping[RequestId, Fate] | None = None
    why: str = ""


def draw_samples(
    problem: Problem, count: int, chances: Chances, limits: SolveLimits
) -> tuple[SampleTask, ...]:
    """Return samples of what may happen to a problem's published plan.

    Each is searched reproducibly, by one worker: the same seed gives the same report.
    """
    plan = Plan(residencies=problem.published)
    return tuple(
        SampleTask(
            number=number,
            problem=problem,
            disruptions=draw_disruptions(problem, plan, chances, seed=limits.seed, number=number),
            limits=replace(limits, workers=1, reproducible=True),
        )
        for number in range(count)
    )


def run_sample(task: SampleTask) -> Sample:
    """Return what a sample comes to; pure, so that a worker anywhere may do it."""
    adjustments = [each for disruption in task.disruptions for each in disruption.adjustments]
    named = [disruption.request for disruption in task.disruptions]
    before = Plan(residencies=task.problem.published)
    try:
        adjusted = apply(task.problem, adjustments)
        found = replan(adjusted, before, task.limits, earlier=task.problem, named=named)
    except PinConflict as conflict:
        return _ended(task, SampleStatus.IMPOSSIBLE, str(conflict))
    if found.difference is None:
        return _ended(task, SampleStatus.IMPOSSIBLE, "no plan was found in time")
    return Sample(
        number=task.number,
        disruptions=task.disruptions,
        status=SampleStatus.REPLANNED,
        objective=found.outcome.objective,
        fates={change.request: change.fate for change in found.difference.changes},
    )


def run_samples(
    tasks: Sequence[SampleTask],
    executor: Executor,
    on_sample: Callable[[Sample], None] = lambda _sample: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> tuple[Sample, ...]:
    """Return what every sample comes to; a worker that dies costs its own sample."""
    futures = [_submitted(executor, task) for task in tasks]
    samples = []
    for task, future in zip(tasks, futures, strict=True):
        sample = _awaited(task, future, should_stop)
        samples.append(sample)
        on_sample(sample)
    return tuple(samples)


def _submitted(executor: Executor, task: SampleTask) -> Future[Sample]:
    try:
        return executor.submit(run_sample, task)
    except RuntimeError as error:
        # A pool of the standard library takes no more work once one of its workers has died.
        future: Future[Sample] = Future()
        future.set_exception(error)
        return future


def _awaited(task: SampleTask, future: Future[Sample], should_stop: Callable[[], bool]) -> Sample:
    while True:
        if should_stop() and not future.done():
            future.cancel()
            return _ended(task, SampleStatus.STOPPED, "the search was stopped")
        try:
            return future.result(timeout=POLL_SECONDS)
        except NotYet:
            continue
        except CancelledError:
            return _ended(task, SampleStatus.STOPPED, "the search was stopped")
        except Exception as error:  # noqa: BLE001 - whatever a worker dies of costs its sample alone
            why = f"{type(error).__name__}: {error}".removesuffix(": ")
            return _ended(task, SampleStatus.DIED, why)


def _ended(task: SampleTask, status: SampleStatus, why: str) -> Sample:
    return Sample(number=task.number, disruptions=task.disruptions, status=status, why=why)
