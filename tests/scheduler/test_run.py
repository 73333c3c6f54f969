"""A run keeps the best plan and the lowest bound, verifies what it is offered, and tells."""

from __future__ import annotations

import threading
import time

import pytest

from scheduler.candidates.candidates import Way
from scheduler.candidates.space import Space, build_space
from scheduler.outcome import Progress, SolveLimits
from scheduler.run import ContradictedBound, MiscountedPlan, Run, UnverifiedPlan
from scheduler.stopping import stopping
from tests.builders import day, make_problem, make_request, make_residency, make_slot

LIMITS = SolveLimits(seconds=60)


def space_of_two() -> Space:
    """Return the space of two requests for the one place of a slot."""
    return build_space(
        make_problem(
            slots=(make_slot(places=1),),
            requests=(make_request("ada", priority=5), make_request("bob", priority=2)),
        )
    )


def way_of(space: Space, request: str, *, days: int = 28) -> dict[int, Way]:
    """Return the plan of one residency from 5 January on."""
    residency = make_residency(request, days=days)
    way = space.find_way(residency)
    assert way is not None
    return {space.position[residency.request]: way}


def told(run: Run) -> list[tuple[int | None, int]]:
    """Return what a run told: objectives and bounds."""
    return [(each.objective, each.bound) for each in run.incumbents]


def test_a_better_plan_is_taken_and_told() -> None:
    heard: list[Progress] = []
    space, run = space_of_two(), Run(LIMITS, on_progress=heard.append)
    run.prove(7000)

    assert run.offer(space, way_of(space, "bob"))
    assert run.offer(space, way_of(space, "ada"))

    assert (run.ways, run.objective) == (way_of(space, "ada"), 5000)
    assert told(run) == [(None, 7000), (2000, 7000), (5000, 7000)]
    assert heard == run.incumbents


def test_a_worse_plan_is_refused() -> None:
    space, run = space_of_two(), Run(LIMITS)
    run.prove(7000)
    run.offer(space, way_of(space, "ada"))

    assert not run.offer(space, way_of(space, "bob"))

    assert (run.ways, run.objective) == (way_of(space, "ada"), 5000)


def test_an_equal_plan_is_taken_and_not_told() -> None:
    space, run = space_of_two(), Run(LIMITS)
    run.prove(7000)
    run.offer(space, way_of(space, "ada"))
    later = space.find_way(make_residency("ada", first_day=day("2026-01-12")))
    assert later is not None

    assert run.offer(space, {0: later})

    assert run.ways == {0: later}
    assert told(run) == [(None, 7000), (5000, 7000)]


def test_a_plan_that_the_verifier_rejects_is_a_defect() -> None:
    space, run = space_of_two(), Run(LIMITS)

    with pytest.raises(UnverifiedPlan, match="winter"):
        run.offer(space, {**way_of(space, "ada"), **way_of(space, "bob")})

    assert run.ways is None


def test_a_plan_that_changes_later_does_not_change_the_run() -> None:
    space, run = space_of_two(), Run(LIMITS)
    ways = way_of(space, "ada")
    run.offer(space, ways)

    ways.clear()

    assert run.ways == way_of(space, "ada")


def test_only_a_lower_bound_is_told() -> None:
    run = Run(LIMITS)

    for bound in (7000, 7000, 8000, 6000):
        run.prove(bound)

    assert run.proven_bound() == 6000
    assert told(run) == [(None, 7000), (None, 6000)]


def test_a_plan_worth_the_bound_is_optimal() -> None:
    space, run = space_of_two(), Run(LIMITS)
    run.prove(7000)
    run.offer(space, way_of(space, "ada"))
    assert not run.is_optimal

    run.prove(5000)

    assert run.is_optimal


def test_a_bound_below_a_plan_is_a_defect() -> None:
    space, run = space_of_two(), Run(LIMITS)
    run.offer(space, way_of(space, "ada"))
    run.prove(4999)

    with pytest.raises(ContradictedBound, match="bound 4999, objective 5000"):
        run.proven_bound()


def test_a_run_without_a_bound_proves_nothing() -> None:
    with pytest.raises(ContradictedBound, match="bound None"):
        Run(LIMITS).proven_bound()


def test_whoever_asks_to_stop_is_asked_until_then_and_never_again() -> None:
    answers = iter([False, False, True])
    run = Run(LIMITS, should_stop=lambda: next(answers))

    assert [run.must_stop() for _ in range(5)] == [False, False, True, True, True]
    assert run.stopped


def test_nobody_stops_a_run_that_nobody_watches() -> None:
    run = Run(LIMITS)

    assert not run.must_stop()
    assert not run.stopped


def test_the_first_plan_and_not_the_first_bound_is_timed() -> None:
    space, run = space_of_two(), Run(LIMITS)
    run.prove(7000)
    assert run.first_plan_seconds is None

    run.offer(space, way_of(space, "ada"))

    assert run.first_plan_seconds == run.incumbents[1].seconds


def test_seconds_run_out_but_for_a_reproducible_run(monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter([0.0, 0.0, 40.0, 100.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(now))
    run = Run(SolveLimits(seconds=60))
    reproducible = Run(SolveLimits(seconds=60, reproducible=True))

    assert [run.seconds_left, run.seconds_left] == [20.0, 0.0]
    assert reproducible.seconds_left == 60


def test_a_plan_close_enough_to_the_bound_is_good_enough() -> None:
    space, run = space_of_two(), Run(SolveLimits(gap=0.2))
    run.prove(6300)
    assert not run.is_done

    # (6300 - 5000) / 6300 = 0.206
    run.offer(space, way_of(space, "ada"))
    assert not run.is_done

    # (6250 - 5000) / 6250 = 0.2
    run.prove(6250)
    assert run.is_done
    assert not run.is_optimal


def test_without_a_gap_only_the_optimum_is_good_enough() -> None:
    space, run = space_of_two(), Run(LIMITS)
    run.offer(space, way_of(space, "ada"))
    run.prove(5001)
    assert not run.is_done

    run.prove(5000)
    assert run.is_done


def test_patience_ends_so_long_after_the_last_better_plan_or_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 0.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    space, run = space_of_two(), Run(SolveLimits(seconds=600, patience=10))

    now = 9.0
    run.prove(7000)
    now = 18.9
    assert not run.is_done
    run.offer(space, way_of(space, "bob"))
    run.prove(7000)
    now = 28.8
    assert not run.is_done
    now = 28.9
    assert run.is_done


def test_a_reproducible_run_has_no_patience() -> None:
    with pytest.raises(ValueError, match="goes by the clock"):
        SolveLimits(reproducible=True, patience=1)


def test_a_plan_that_is_not_worth_what_was_counted_is_a_defect() -> None:
    space, run = space_of_two(), Run(LIMITS)

    with pytest.raises(MiscountedPlan, match="expected 4999, worth 5000"):
        run.offer(space, way_of(space, "ada"), expected=4999)

    assert run.ways is None


def test_plans_from_several_threads_leave_the_best() -> None:
    space, run = space_of_two(), Run(LIMITS)
    run.prove(7000)
    plans = [way_of(space, "ada", days=days) for days in (7, 14, 21, 28)]
    threads = [threading.Thread(target=run.offer, args=(space, ways)) for ways in plans]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert run.ways == plans[-1]
    objectives = [each.objective for each in run.incumbents if each.objective is not None]
    assert objectives == sorted(objectives)


def test_what_has_to_stop_is_stopped_while_it_runs() -> None:
    stopped = threading.Event()

    with stopping(lambda: True, stopped.set):
        assert stopped.wait(timeout=30)


def test_what_need_not_stop_is_left_alone() -> None:
    asked, stopped = threading.Event(), threading.Event()

    def when() -> bool:
        asked.set()
        return False

    with stopping(when, stopped.set):
        assert asked.wait(timeout=30)

    assert not stopped.is_set()
