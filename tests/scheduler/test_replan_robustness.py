"""Robustness: samples are the same for the same seed, and a lost one costs itself alone."""

from __future__ import annotations

import os
from collections import Counter
from concurrent.futures import Executor, Future
from typing import Any

import pytest

from scheduler.executors.inline import InlineExecutor
from scheduler.executors.processes import ProcessPool
from scheduler.outcome import SolveLimits
from scheduler.plan import Plan
from scheduler.problem.adjustments import ChangeLength, ChangeWindow, Withdraw, apply
from scheduler.problem.problem import Problem
from scheduler.problem.types import RequestId, SlotId
from scheduler.replan.difference import Fate
from scheduler.replan.disruptions import (
    Chances,
    Disruption,
    Happening,
    draw_disruptions,
)
from scheduler.replan.published import with_published
from scheduler.replan.robustness import (
    Sample,
    SampleStatus,
    SampleTask,
    draw_samples,
    run_sample,
    run_samples,
)
from scheduler.replan.survival import Fragile, Shares, survival_of
from scheduler.sample import Family, sample
from scheduler.solve import solve
from tests.builders import (
    day,
    make_event,
    make_pin,
    make_plan,
    make_policy,
    make_problem,
    make_programme,
    make_request,
    make_residency,
    make_slot,
)

LIMITS = SolveLimits(seconds=5, workers=1, seed=3)
ADA = RequestId("ada")
TOLD = make_plan(make_residency("ada"))
ALWAYS_LATE = Chances(withdrawal=0, late_visa=1, early_departure=0)
ALWAYS_EARLY = Chances(withdrawal=0, late_visa=0, early_departure=1)
ALWAYS_WITHDRAWN = Chances(withdrawal=1, late_visa=0, early_departure=0)
MIXED = Chances(withdrawal=0.1, late_visa=0.2, early_departure=0.2)


def told(**others: Any) -> Problem:
    """Return the tiny programme with ada's stay of 28 days published."""
    return with_published(make_problem(**others), TOLD)


def drawn(problem: Problem, chances: Chances, number: int = 0) -> list[Disruption]:
    """Return what happens to ada's stay in one sample."""
    return list(draw_disruptions(problem, TOLD, chances, seed=1, number=number))


def small_and_told() -> Problem:
    """Return a small scenario with its plan published."""
    problem = sample(Family.SMALL, 1)
    plan = solve(problem, SolveLimits(seconds=3, workers=1, reproducible=True)).plan
    assert plan is not None
    return with_published(problem, plan)


def test_a_late_visa_moves_the_earliest_arrival() -> None:
    for number in range(30):
        (late,) = drawn(told(), ALWAYS_LATE, number)
        (change,) = late.adjustments
        assert late.happening is Happening.LATE_VISA
        assert isinstance(change, ChangeWindow)
        assert change.first_day is not None
        assert 1 <= (change.first_day - day("2026-01-05")).days <= 28


def test_who_leaves_early_stays_from_the_same_day_for_fewer_days() -> None:
    for number in range(30):
        problem = told()
        (early,) = drawn(problem, ALWAYS_EARLY, number)
        adjusted = apply(problem, early.adjustments).request[ADA]
        assert early.happening is Happening.EARLY_DEPARTURE
        assert isinstance(early.adjustments[1], ChangeLength)
        assert adjusted.first_day == day("2026-01-05")
        assert adjusted.last_day < day("2026-02-01")
        assert (adjusted.last_day - adjusted.first_day).days + 1 == adjusted.min_days


def test_nobody_leaves_before_what_must_be_attended_or_out_of_fixed_dates() -> None:
    event = make_event("demo", "2026-01-31")
    problem = told(events=(event,), requests=(make_request("ada", must_attend=(event.id,)),))
    (early,) = drawn(problem, ALWAYS_EARLY)
    assert apply(problem, early.adjustments).request[ADA].last_day == day("2026-01-31")

    slot = make_slot(fixed_dates=True, last_day=day("2026-02-01"))
    assert drawn(told(slots=(slot,)), ALWAYS_EARLY) == []


def test_visas_are_late_only_where_the_policy_knows_of_visas() -> None:
    elsewhere = make_policy(visa_lead_days={"US": 30})

    assert drawn(told(policy=elsewhere), ALWAYS_LATE) == []
    assert len(drawn(told(policy=make_policy(visa_lead_days={"CA": 30})), ALWAYS_LATE)) == 1


@pytest.mark.parametrize(
    "decided",
    [
        {"pins": (make_pin("ada"),)},
        {"programme": make_programme(today=day("2026-01-02"))},
    ],
    ids=["pinned", "frozen"],
)
def test_what_is_decided_can_only_be_withdrawn(decided: dict[str, Any]) -> None:
    problem = told(**decided)

    assert drawn(problem, ALWAYS_LATE) == []
    assert drawn(problem, ALWAYS_EARLY) == []
    (withdrawn,) = drawn(problem, ALWAYS_WITHDRAWN)
    assert withdrawn.adjustments == (Withdraw(request=ADA),)


def test_nothing_happens_to_stays_that_are_over() -> None:
    problem = told(programme=make_programme(today=day("2026-02-02")))

    assert drawn(problem, ALWAYS_WITHDRAWN) == []


def test_the_same_seed_draws_the_same_however_many_samples() -> None:
    problem = small_and_told()
    few, many = (draw_samples(problem, count, MIXED, LIMITS) for count in (3, 9))

    assert [task.disruptions for task in few] == [task.disruptions for task in many[:3]]
    assert len({task.disruptions for task in many}) > 1
    other = draw_samples(problem, 3, MIXED, SolveLimits(seconds=5, seed=4))
    assert [task.disruptions for task in few] != [task.disruptions for task in other]


def test_the_same_seed_gives_the_same_report() -> None:
    problem = small_and_told()
    limits = SolveLimits(seconds=0.5, seed=3)
    one, two = (
        run_samples(draw_samples(problem, 3, MIXED, limits), InlineExecutor()) for _ in range(2)
    )

    assert one == two
    assert survival_of(problem, one) == survival_of(problem, two)
    assert Counter(each.status for each in one) == {SampleStatus.REPLANNED: 3}


def test_a_sample_in_which_pins_cannot_hold_is_said_to_be_impossible() -> None:
    pinned = told(pins=(make_pin("ada", slot=SlotId("winter")),))
    nowhere = ChangeWindow(request=ADA, last_day=day("2026-01-06"))
    disruption = Disruption(
        request=ADA, happening=Happening.EARLY_DEPARTURE, adjustments=(nowhere,)
    )

    found = run_sample(
        SampleTask(number=0, problem=pinned, disruptions=(disruption,), limits=LIMITS)
    )

    assert found.status is SampleStatus.IMPOSSIBLE
    assert "pins[0]" in found.why


class Deadly:
    """A call that ends its worker as it arrives there."""

    def __reduce__(self) -> tuple[Any, tuple[int]]:
        """Return what unpickling calls."""
        return os._exit, (1,)


def test_a_process_that_is_killed_costs_its_own_sample() -> None:
    tasks = list(draw_samples(told(), 3, ALWAYS_WITHDRAWN, LIMITS))
    deadly: Any = Deadly()
    with ProcessPool(1) as pool:
        samples = run_samples([tasks[0], deadly_task(tasks[1], deadly), tasks[2]], pool)

    assert [sample.status for sample in samples] == ["replanned", "died", "replanned"]
    assert samples[1].why == "WorkerDied: a worker process died"


def deadly_task(task: SampleTask, deadly: Any) -> SampleTask:
    """Return a task that no worker survives."""
    return SampleTask(number=task.number, problem=deadly, disruptions=(), limits=task.limits)


def test_samples_that_have_not_begun_when_somebody_stops_are_left_out() -> None:
    class Never(Executor):
        """An executor that takes calls and does nothing."""

        def submit(self, _fn: Any, /, *_args: Any, **_kwargs: Any) -> Future[Any]:
            """Return what never comes."""
            return Future()

    tasks = draw_samples(told(), 2, MIXED, LIMITS)

    samples = run_samples(tasks, Never(), should_stop=lambda: True)

    assert [sample.status for sample in samples] == ["stopped", "stopped"]


def result(number: int, objective: int, fates: dict[str, Fate], *struck: str) -> Sample:
    """Return a sample in which visas of some requests were late."""
    return Sample(
        number=number,
        disruptions=tuple(
            Disruption(request=RequestId(name), happening=Happening.LATE_VISA, adjustments=())
            for name in struck
        ),
        status=SampleStatus.REPLANNED,
        objective=objective,
        fates={RequestId(name): fate for name, fate in fates.items()},
    )


def test_the_report_counts_who_is_left_alone_and_names_the_fragile() -> None:
    plan = make_plan(make_residency("ada"), make_residency("bob"))
    problem = with_published(
        make_problem(requests=(make_request("ada"), make_request("bob"))), plan
    )
    samples = [
        result(0, 6000, {}),
        result(1, 5000, {"ada": Fate.CHANGED, "bob": Fate.CHANGED}, "ada"),
        result(2, 1000, {"ada": Fate.CHANGED, "bob": Fate.DROPPED}, "ada"),
        Sample(number=3, disruptions=(), status=SampleStatus.DIED, why="gone"),
    ]

    report = survival_of(problem, samples)

    assert report.statuses == {SampleStatus.REPLANNED: 3, SampleStatus.DIED: 1}
    assert report.standing == Shares(untouched=2, moved=3, lost=1)
    assert report.bystanders == Shares(untouched=2, moved=1, lost=1)
    assert (report.objective, report.mean_objective, report.worst_objective) == (6000, 4000, 1000)
    assert report.kept(report.mean_objective) == 4000 / 6000
    assert report.fragile == (Fragile(request=RequestId("bob"), touched=2, samples=3),)


def test_a_report_without_any_sample_says_nothing_of_the_objective() -> None:
    dead = Sample(number=0, disruptions=(), status=SampleStatus.DIED, why="gone")

    report = survival_of(told(), [dead])

    assert (report.mean_objective, report.worst_objective, report.fragile) == (None, None, ())
    assert report.standing.of(report.standing.untouched) == 0.0


def test_a_withdrawn_residency_is_not_counted() -> None:
    (task,) = draw_samples(told(), 1, ALWAYS_WITHDRAWN, LIMITS)

    report = survival_of(told(), [run_sample(task)])

    assert report.standing.total == 0
    assert report.happenings == {Happening.WITHDRAWAL: 1}
    assert Plan(residencies=told().published) == TOLD
