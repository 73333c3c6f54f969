"""Plan runs from the outside: started, shown, stopped, lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from models.database import Database
from models.errors import NoSuchProgramme, NoSuchRun, RunIsActive
from models.run_store import (
    Incumbent,
    RunStatus,
    claim_run,
    finish_run,
    get_run,
    record_heartbeat,
    record_progress,
)
from tests.builders import make_problem
from tests.web.laboratory import NOW, later, seed
from web.use_cases.planning.messages import CRASHED
from web.use_cases.planning.runs import (
    LONGEST_WAIT,
    SILENCE,
    RunWish,
    StoredRuns,
    fail_lost_runs,
    fail_runs_of_last_server,
    key_of,
    show_run,
    start_plan_run,
    stop_plan_run,
)
from web.use_cases.seed import seed_scenario
from web.use_cases.views import RunView


def start(database: Database, **wish: Any) -> str:
    with database.writing() as session:
        return start_plan_run(session, "lab", RunWish(**wish), now=NOW)


def claim(database: Database, run_id: str) -> None:
    with database.writing() as session:
        assert claim_run(session, key_of(run_id), now=NOW)


def show(database: Database, run_id: str, *, seconds: float = 0.0) -> RunView:
    with database.reading() as session:
        return show_run(session, "lab", run_id, language="en", now=later(seconds=seconds))


def test_a_run_waits_until_somebody_works_on_it(database: Database) -> None:
    seed(database)
    run = show(database, start(database, seconds=20), seconds=3)
    assert (run.status, run.is_active, run.seconds, run.limit_seconds) == (
        RunStatus.QUEUED,
        True,
        0.0,
        20.0,
    )
    assert (run.objective, run.bound, run.gap, run.incumbents) == (None, None, None, ())


def test_a_running_run_shows_its_incumbents_and_the_time(database: Database) -> None:
    seed(database)
    run_id = start(database)
    claim(database, run_id)
    steps = [
        Incumbent(seconds=0.5, objective=None, bound=4000),
        Incumbent(seconds=1.0, objective=2000, bound=4000),
    ]
    for step in steps:
        with database.writing() as session:
            record_progress(session, key_of(run_id), step, now=later(seconds=step.seconds))
    run = show(database, run_id, seconds=7)
    assert (run.objective, run.bound, run.gap, run.seconds) == (2000, 4000, 0.5, 7.0)
    assert run.incumbents == tuple(steps)


def test_an_ended_run_took_the_time_that_it_took(database: Database) -> None:
    seed(database)
    run_id = start(database)
    claim(database, run_id)
    with database.writing() as session:
        last = Incumbent(seconds=2.5, objective=3000, bound=3000)
        finish_run(session, key_of(run_id), last, now=later(seconds=3))
    run = show(database, run_id, seconds=100)
    assert (run.status, run.seconds, run.gap) == (RunStatus.DONE, 2.5, 0.0)


def test_a_programme_has_one_run_at_a_time(database: Database) -> None:
    seed(database)
    start(database)
    with pytest.raises(RunIsActive):
        start(database)


def test_an_unknown_programme_is_not_planned(database: Database) -> None:
    with pytest.raises(NoSuchProgramme):
        start(database)


@pytest.mark.parametrize("run_id", ["x", "00000000-0000-0000-0000-000000000000"])
def test_an_unknown_run_is_not_shown(database: Database, run_id: str) -> None:
    seed(database)
    with pytest.raises(NoSuchRun):
        show(database, run_id)


def test_a_run_of_another_programme_is_not_shown(database: Database) -> None:
    seed(database)
    run_id = start(database)
    with pytest.raises(NoSuchRun), database.reading() as session:
        show_run(session, "other", run_id, language="en", now=NOW)


def test_a_run_that_waits_is_cancelled_at_once(database: Database) -> None:
    seed(database)
    run_id = start(database)
    with database.writing() as session:
        stop_plan_run(session, "lab", run_id, now=later(seconds=1))
    assert show(database, run_id).status is RunStatus.CANCELLED


def test_a_run_in_hand_is_asked_to_stop(database: Database) -> None:
    seed(database)
    run_id = start(database)
    claim(database, run_id)
    with database.writing() as session:
        stop_plan_run(session, "lab", run_id, now=later(seconds=1))
    run = show(database, run_id)
    assert (run.status, run.stop_asked) == (RunStatus.RUNNING, True)


def test_a_run_that_falls_silent_is_lost_and_another_may_start(database: Database) -> None:
    seed(database)
    run_id = start(database)
    claim(database, run_id)
    with database.writing() as session:
        fail_lost_runs(session, now=NOW + SILENCE)
    assert show(database, run_id).is_active
    with database.writing() as session:
        start_plan_run(session, "lab", RunWish(), now=later(minutes=1))
    run = show(database, run_id)
    assert (run.status, run.message) == (
        RunStatus.FAILED,
        "the process that worked on it is gone; plan again",
    )


def test_a_run_may_wait_for_long_before_it_is_lost(database: Database) -> None:
    seed(database)
    run_id = start(database)
    with database.writing() as session:
        fail_lost_runs(session, now=NOW + LONGEST_WAIT)
    assert show(database, run_id).status is RunStatus.QUEUED
    with database.writing() as session:
        fail_lost_runs(session, now=NOW + LONGEST_WAIT * 2)
    assert show(database, run_id).status is RunStatus.FAILED


@pytest.mark.parametrize("is_claimed", [True, False], ids=["running", "queued"])
def test_a_server_that_starts_ends_what_the_last_one_left(
    database: Database, *, is_claimed: bool
) -> None:
    seed(database)
    run_id = start(database)
    if is_claimed:
        claim(database, run_id)
    with database.writing() as session:
        started_at = later(seconds=10)
        fail_runs_of_last_server(session, started_at=started_at, now=started_at)
    assert show(database, run_id).status is RunStatus.FAILED


@pytest.mark.parametrize("is_claimed", [True, False], ids=["running", "queued"])
def test_what_a_server_left_a_moment_ago_is_ended_a_moment_later(
    database: Database, *, is_claimed: bool
) -> None:
    seed(database)
    run_id = start(database)
    if is_claimed:
        claim(database, run_id)
    started_at = later(seconds=1)
    statuses = []
    for seconds in (0, 2, 3):
        with database.writing() as session:
            now = started_at + dt.timedelta(seconds=seconds)
            fail_runs_of_last_server(session, started_at=started_at, now=now)
        statuses.append(show(database, run_id).is_active)
    assert statuses == [True, True, False]


def test_a_server_leaves_a_run_alone_that_is_being_worked_on(database: Database) -> None:
    seed(database)
    run_id = start(database)
    claim(database, run_id)
    with database.writing() as session:
        started_at = later(seconds=10)
        record_heartbeat(session, key_of(run_id), now=later(seconds=9))
        fail_runs_of_last_server(session, started_at=started_at, now=started_at)
        record_heartbeat(session, key_of(run_id), now=later(seconds=13))
        fail_runs_of_last_server(session, started_at=started_at, now=later(seconds=13))
    assert show(database, run_id).status is RunStatus.RUNNING


def test_a_server_leaves_a_run_alone_that_waits_in_its_own_queue(database: Database) -> None:
    seed(database)
    run_id = start(database)
    with database.writing() as session:
        fail_runs_of_last_server(session, started_at=NOW, now=later(minutes=30))
    assert show(database, run_id).status is RunStatus.QUEUED


def test_a_crash_is_noted_unless_the_run_has_ended(database: Database) -> None:
    seed(database)
    run_id = start(database)
    claim(database, run_id)
    runs = StoredRuns(database, lambda: later(seconds=5))
    runs.note_crash(run_id)
    runs.note_crash(run_id)
    run = show(database, run_id)
    assert (run.status, run.message) == (RunStatus.FAILED, CRASHED)


def test_data_stay_while_they_are_being_planned(database: Database) -> None:
    seed(database)
    start(database)
    with (
        pytest.raises(RunIsActive, match="wait, or stop the run"),
        database.writing() as session,
    ):
        seed_scenario(session, make_problem(), now=NOW)


def test_seeding_tells_whether_the_programme_was_there(database: Database) -> None:
    with database.writing() as session:
        first = seed_scenario(session, make_problem(), now=NOW)
    with database.writing() as session:
        second = seed_scenario(session, make_problem(), now=NOW)
    assert (first, second) == (False, True)


def test_a_run_remembers_the_data_that_it_answers(database: Database) -> None:
    seed(database)
    run_id = start(database, seed=7, workers=2)
    with database.reading() as session:
        run = get_run(session, key_of(run_id))
    assert (run.seed, run.workers, len(run.input_sha256)) == (7, 2, 64)
