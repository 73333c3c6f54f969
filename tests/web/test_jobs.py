"""Plan runs worked off: in this process with its signs of life, and in the process beside."""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from models.database import Database
from models.plan_store import StoredPlan, find_latest_plan
from models.run_store import Incumbent, RunStatus, claim_run
from scheduler.outcome import Progress
from scheduler.problem.problem import Problem
from scheduler.problem.types import ZoneId, days_of
from scheduler.sample.family import Family
from scheduler.sample.sample import sample
from tests.builders import (
    make_pin,
    make_problem,
    make_request,
    make_residency,
    make_zone,
)
from tests.web.laboratory import NOW, later, plan_by_hand, seed
from web.jobs.runner import EmbeddedRunner
from web.use_cases.planning.messages import BROKEN, CRASHED, MOVED
from web.use_cases.planning.pulse import Pulse
from web.use_cases.planning.runs import (
    RunWish,
    StoredRuns,
    key_of,
    show_run,
    start_plan_run,
    stop_plan_run,
)
from web.use_cases.planning.solving import run_plan
from web.use_cases.views import RunView

PATIENCE = 120.0


def start(database: Database, problem: Problem, *, seconds: float = 30.0) -> str:
    with database.writing() as session:
        wish = RunWish(seconds=seconds, workers=1)
        return start_plan_run(session, problem.programme.id, wish, now=NOW)


def show(database: Database, problem: Problem, run_id: str) -> RunView:
    with database.reading() as session:
        programme_id = problem.programme.id
        return show_run(session, programme_id, run_id, language="en", now=later(minutes=1))


def latest(database: Database, problem: Problem) -> StoredPlan | None:
    with database.reading() as session:
        return find_latest_plan(session, problem.programme.id)


def work_off(database: Database, problem: Problem, **others: Any) -> RunView:
    """Start a run, work it off in this process, and return how it ended."""
    run_id = start(database, problem)
    run_plan(database, run_id, clock=lambda: NOW, **others)
    return show(database, problem, run_id)


def has_ended(database: Database, problem: Problem, run_id: str) -> bool:
    return not show(database, problem, run_id).is_active


def until(holds: Callable[[], bool]) -> None:
    """Wait for another process."""
    deadline, pause = time.monotonic() + PATIENCE, threading.Event()
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        pause.wait(0.05)


def test_a_run_ends_with_a_verified_plan_and_its_proof(database: Database) -> None:
    problem = seed(database)
    run = work_off(database, problem)
    stored = latest(database, problem)
    assert (run.status, run.message) == (RunStatus.DONE, "")
    assert (run.objective, run.bound, run.gap) == (3000, 3000, 0.0)
    assert run.incumbents[-1].objective == 3000
    assert stored is not None
    assert (str(stored.run_id), stored.file.status.value) == (run.id, "optimal")
    assert stored.file.plan.residencies[0].days.common(days_of(problem.programme)) == 28


def test_a_plan_of_data_that_moved_meanwhile_is_not_kept(database: Database) -> None:
    problem = seed(database)

    def move(_: Progress) -> None:
        seed(database, make_problem(zones=(make_zone(desks=4),)))

    run = work_off(database, problem, show=move)
    assert (run.status, run.message) == (RunStatus.FAILED, MOVED)
    assert latest(database, problem) is None


def test_pins_that_cannot_hold_are_named(database: Database) -> None:
    problem = seed(
        database,
        make_problem(
            zones=(make_zone("zone-a"), make_zone("zone-b")),
            requests=(make_request("ada", zones=(ZoneId("zone-a"),)),),
            pins=(make_pin("ada", zone=ZoneId("zone-b")),),
        ),
    )
    run = work_off(database, problem)
    assert run.status is RunStatus.FAILED
    assert run.message.startswith("pins cannot hold:\nada: ")
    assert run.message.endswith("(H5)")


def test_a_run_that_is_stopped_keeps_its_best_plan(database: Database) -> None:
    problem = seed(database)
    run = work_off(database, problem, should_stop=lambda: True)
    assert run.status is RunStatus.DONE
    assert latest(database, problem) is not None


def test_a_run_begins_with_the_last_plan_as_far_as_it_still_stands(database: Database) -> None:
    requests = (make_request("ada"), make_request("bo"))
    problem = seed(database, make_problem(requests=requests))
    plan_by_hand(database, problem, make_residency("ada"), make_residency("bo"))
    changed = seed(database, make_problem())
    run = work_off(database, changed)
    assert (run.status, run.objective) == (RunStatus.DONE, 3000)


def test_a_run_that_another_process_has_is_left_to_it(database: Database) -> None:
    problem = seed(database)
    run_id = start(database, problem)
    with database.writing() as session:
        claim_run(session, key_of(run_id), now=NOW)
    run_plan(database, run_id, clock=lambda: NOW)
    assert show(database, problem, run_id).status is RunStatus.RUNNING


def test_a_run_given_up_meanwhile_stays_given_up(database: Database) -> None:
    problem = seed(database)
    run_id = start(database, problem)

    def give_up(_: Progress) -> None:
        StoredRuns(database, lambda: NOW).note_crash(run_id)

    run_plan(database, run_id, clock=lambda: NOW, show=give_up)
    assert show(database, problem, run_id).message == CRASHED
    assert latest(database, problem) is None


def test_a_fault_ends_the_run_and_is_not_hidden(database: Database) -> None:
    problem = seed(database)
    run_id = start(database, problem)

    def fail(_: Progress) -> None:
        raise RuntimeError("a fault")

    with pytest.raises(RuntimeError, match="a fault"):
        run_plan(database, run_id, clock=lambda: NOW, show=fail)
    run = show(database, problem, run_id)
    assert (run.status, run.message) == (RunStatus.FAILED, BROKEN)


def test_the_pulse_writes_the_latest_news_at_the_end(database: Database) -> None:
    problem = seed(database)
    run_id = start(database, problem)
    with database.writing() as session:
        claim_run(session, key_of(run_id), now=NOW)
    with Pulse(database, key_of(run_id), lambda: NOW) as pulse:
        pulse.note(Progress(seconds=1.0, objective=None, bound=4000))
        pulse.note(Progress(seconds=2.0, objective=3000, bound=4000))
    last = show(database, problem, run_id).incumbents[-1]
    assert last == Incumbent(seconds=2.0, objective=3000, bound=4000)


def test_the_pulse_hears_that_somebody_asks_to_stop(database: Database) -> None:
    problem = seed(database)
    run_id = start(database, problem)
    with database.writing() as session:
        claim_run(session, key_of(run_id), now=NOW)
        stop_plan_run(session, "lab", run_id, now=NOW)
    with Pulse(database, key_of(run_id), lambda: NOW) as pulse:
        until(pulse.is_stopped)


def test_the_pulse_hears_that_the_run_was_given_up(database: Database) -> None:
    problem = seed(database)
    run_id = start(database, problem)
    with database.writing() as session:
        claim_run(session, key_of(run_id), now=NOW)
    StoredRuns(database, lambda: NOW).note_crash(run_id)
    with Pulse(database, key_of(run_id), lambda: NOW) as pulse:
        until(pulse.is_stopped)


@pytest.fixture
def runner(database: Database) -> Iterator[EmbeddedRunner]:
    """Give the job runner of a server."""
    url = database.engine.url.render_as_string(hide_password=False)
    embedded = EmbeddedRunner(url, StoredRuns(database, lambda: NOW))
    yield embedded
    embedded.close()


def test_the_process_beside_works_off_one_run_after_the_other(
    database: Database, runner: EmbeddedRunner
) -> None:
    problem = seed(database)
    for _ in range(2):
        run_id = start(database, problem)
        runner.submit(run_id)
        until(partial(has_ended, database, problem, run_id))
        assert show(database, problem, run_id).status is RunStatus.DONE


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_long_run_is_watched_and_stopped_with_its_best_plan(
    database: Database, runner: EmbeddedRunner
) -> None:
    problem = seed(database, sample(Family.MEDIUM, seed=1))
    run_id = start(database, problem, seconds=600.0)
    runner.submit(run_id)
    until(lambda: show(database, problem, run_id).objective is not None)
    with database.writing() as session:
        stop_plan_run(session, problem.programme.id, run_id, now=NOW)
    until(lambda: has_ended(database, problem, run_id))
    assert show(database, problem, run_id).status is RunStatus.DONE
    assert latest(database, problem) is not None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_server_that_ends_keeps_the_best_plan_of_the_run_in_hand(
    database: Database, runner: EmbeddedRunner
) -> None:
    problem = seed(database, sample(Family.MEDIUM, seed=1))
    run_id = start(database, problem, seconds=600.0)
    runner.submit(run_id)
    until(lambda: show(database, problem, run_id).objective is not None)
    runner.close()
    assert show(database, problem, run_id).status is RunStatus.DONE
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_process_that_dies_fails_its_run_and_the_next_one_gets_another(
    database: Database, runner: EmbeddedRunner
) -> None:
    problem = seed(database, sample(Family.MEDIUM, seed=1))
    run_id = start(database, problem, seconds=600.0)
    runner.submit(run_id)
    until(lambda: show(database, problem, run_id).status is RunStatus.RUNNING)
    for child in multiprocessing.active_children():
        child.kill()
    until(lambda: has_ended(database, problem, run_id))
    run = show(database, problem, run_id)
    assert (run.status, run.message) == (RunStatus.FAILED, CRASHED)
    again = start(database, problem, seconds=1.0)
    runner.submit(again)
    until(lambda: has_ended(database, problem, again))
    assert show(database, problem, again).status is RunStatus.DONE
