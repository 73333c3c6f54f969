"""A run is queued, running, then done, failed or cancelled; of two who try, one succeeds."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.database import Database
from models.draft_store import main_draft
from models.errors import NoSuchProgramme, NoSuchRun, RunHasEnded, RunIsActive
from models.run_store import (
    Incumbent,
    Run,
    RunKind,
    RunStatus,
    add_run,
    cancel_run,
    claim_run,
    fail_run,
    fail_stale_runs,
    find_active_run,
    find_latest_run,
    finish_run,
    get_run,
    is_stop_requested,
    load_progress,
    record_heartbeat,
    record_progress,
    request_stop,
)
from tests.builders import make_problem, make_programme
from tests.models.memory import NOW, later, remember

BEST = Incumbent(seconds=1.5, objective=2900, bound=3000)


def _queue(session: Session, *, programme_id: str = "lab", now: dt.datetime = NOW) -> uuid.UUID:
    return add_run(
        session,
        programme_id=programme_id,
        draft_id=main_draft(session, programme_id, now=now).id,
        seconds_limit=60.0,
        workers=2,
        seed=7,
        input_sha256="ab" * 32,
        now=now,
    )


def _start(session: Session, *, now: dt.datetime = NOW) -> uuid.UUID:
    run_id = _queue(session, now=now)
    claim_run(session, run_id, now=now)
    return run_id


def _in_two_threads(step: Callable[[], Any]) -> list[Any]:
    """Return what a step gives in two threads that begin it together."""
    together = Barrier(2)

    def begin() -> Any:
        together.wait()
        return step()

    with ThreadPoolExecutor(2) as pool:
        return [future.result() for future in [pool.submit(begin) for _ in range(2)]]


def test_a_new_run_is_queued_with_its_settings(lab: Database) -> None:
    with lab.writing() as session:
        run_id = _queue(session)

    with lab.reading() as session:
        assert get_run(session, run_id) == Run(
            id=run_id,
            programme_id="lab",
            status=RunStatus.QUEUED,
            seconds_limit=60.0,
            workers=2,
            seed=7,
            input_sha256="ab" * 32,
            created_at=NOW,
            started_at=None,
            finished_at=None,
            heartbeat_at=NOW,
            stop_requested=False,
            objective=None,
            bound=None,
            seconds=None,
            message=None,
            draft_id=main_draft(session, "lab", now=NOW).id,
            requests=None,
            kind=RunKind.PLAN,
            subject="",
            draft_revision=None,
            result=None,
        )


def test_a_run_that_finds_a_plan_is_done_with_its_result(lab: Database) -> None:
    with lab.writing() as session:
        run_id = _queue(session)
        assert claim_run(session, run_id, now=later(seconds=1))
        assert get_run(session, run_id).status is RunStatus.RUNNING
        finish_run(session, run_id, BEST, now=later(seconds=3), message="optimal")

    with lab.reading() as session:
        run = get_run(session, run_id)
    assert (run.status, run.started_at, run.finished_at) == (
        RunStatus.DONE,
        later(seconds=1),
        later(seconds=3),
    )
    assert (run.objective, run.bound, run.seconds, run.message) == (2900, 3000, 1.5, "optimal")


def test_a_failed_run_says_why(lab: Database) -> None:
    with lab.writing() as session:
        run_id = _start(session)
        fail_run(session, run_id, now=later(seconds=2), message="pins of ada break H3")
        run = get_run(session, run_id)

    assert (run.status, run.message) == (RunStatus.FAILED, "pins of ada break H3")


def test_a_queued_run_may_fail_before_anybody_takes_it(lab: Database) -> None:
    with lab.writing() as session:
        run_id = _queue(session)
        fail_run(session, run_id, now=NOW, message="no worker")
        assert get_run(session, run_id).status is RunStatus.FAILED


def test_of_two_processes_that_claim_a_run_one_gets_it(lab: Database) -> None:
    with lab.writing() as session:
        run_id = _queue(session)

    def claim() -> bool:
        with lab.writing() as session:
            return claim_run(session, run_id, now=NOW)

    assert sorted(_in_two_threads(claim)) == [False, True]


def test_of_two_who_press_plan_at_once_one_gets_a_run(lab: Database) -> None:
    def press() -> str:
        try:
            with lab.writing() as session:
                _queue(session)
        except RunIsActive:
            return "active"
        return "queued"

    assert sorted(_in_two_threads(press)) == ["active", "queued"]


def test_a_programme_has_one_active_run_and_others_have_theirs(lab: Database) -> None:
    remember(lab, make_problem(programme=make_programme(id="hub")))
    with lab.writing() as session:
        run_id = _queue(session)
        other = _queue(session, programme_id="hub")
        with pytest.raises(RunIsActive, match="'lab': a run is queued or running already"):
            _queue(session)

        active = find_active_run(session, "lab")
        assert active is not None
        assert (active.id, active.is_active) == (run_id, True)
        assert {run_id, other} == {
            run.id for name in ("lab", "hub") if (run := find_active_run(session, name))
        }


def test_a_run_of_no_programme_is_refused_by_name(lab: Database) -> None:
    with lab.writing() as session, pytest.raises(NoSuchProgramme, match="programme 'moon'"):
        _queue(session, programme_id="moon")


def test_after_a_run_has_ended_another_may_begin(lab: Database) -> None:
    with lab.writing() as session:
        first = _start(session)
        finish_run(session, first, BEST, now=NOW)
        assert find_active_run(session, "lab") is None
        second = _queue(session, now=later(seconds=1))

        latest = find_latest_run(session, "lab")
        assert latest is not None
        assert latest.id == second


def test_a_programme_without_runs_has_no_latest_one(lab: Database) -> None:
    with lab.reading() as session:
        assert find_latest_run(session, "lab") is None


def test_incumbents_are_kept_in_order_and_the_row_has_the_latest(lab: Database) -> None:
    first = Incumbent(seconds=0.5, objective=None, bound=3100)
    with lab.writing() as session:
        run_id = _start(session)
        record_progress(session, run_id, first, now=later(seconds=1))
        record_progress(session, run_id, BEST, now=later(seconds=2))

    with lab.reading() as session:
        assert load_progress(session, run_id) == (first, BEST)
        run = get_run(session, run_id)
    assert (run.objective, run.bound, run.seconds) == (2900, 3000, 1.5)
    assert run.heartbeat_at == later(seconds=2)


def test_stopping_a_queued_run_cancels_it_so_that_nobody_can_claim_it(lab: Database) -> None:
    with lab.writing() as session:
        run_id = _queue(session)

        assert request_stop(session, run_id, now=NOW) is RunStatus.CANCELLED
        assert is_stop_requested(session, run_id)
        assert not claim_run(session, run_id, now=NOW)


def test_stopping_a_running_run_asks_it_and_it_may_end_with_its_best(lab: Database) -> None:
    with lab.writing() as session:
        run_id = _start(session)
        assert not is_stop_requested(session, run_id)

        assert request_stop(session, run_id, now=NOW) is RunStatus.RUNNING
        assert is_stop_requested(session, run_id)
        finish_run(session, run_id, BEST, now=NOW)
        assert get_run(session, run_id).status is RunStatus.DONE


def test_a_run_stopped_before_its_first_plan_is_cancelled(lab: Database) -> None:
    with lab.writing() as session:
        run_id = _start(session)
        request_stop(session, run_id, now=NOW)
        cancel_run(session, run_id, now=NOW, message="stopped before the first plan")
        assert get_run(session, run_id).status is RunStatus.CANCELLED


def test_stopping_a_run_that_has_ended_changes_nothing(lab: Database) -> None:
    with lab.writing() as session:
        run_id = _start(session)
        finish_run(session, run_id, BEST, now=NOW)
        before = get_run(session, run_id)

        assert request_stop(session, run_id, now=later(hours=1)) is RunStatus.DONE
        assert get_run(session, run_id) == before


@pytest.mark.parametrize(
    "step",
    [
        lambda session, run_id: finish_run(session, run_id, BEST, now=NOW),
        lambda session, run_id: cancel_run(session, run_id, now=NOW),
        lambda session, run_id: fail_run(session, run_id, now=NOW, message="no"),
        lambda session, run_id: record_progress(session, run_id, BEST, now=NOW),
        lambda session, run_id: record_heartbeat(session, run_id, now=NOW),
    ],
    ids=["finish", "cancel", "fail", "progress", "heartbeat"],
)
def test_nothing_more_happens_to_a_run_that_has_ended(
    lab: Database, step: Callable[[Session, uuid.UUID], None]
) -> None:
    with lab.writing() as session:
        run_id = _start(session)
        fail_run(session, run_id, now=NOW, message="gone")
        before = get_run(session, run_id)

        with pytest.raises(RunHasEnded, match=f"run {run_id}: is failed, so this can no longer"):
            step(session, run_id)
        assert get_run(session, run_id) == before
        assert load_progress(session, run_id) == ()


def test_a_run_without_a_heartbeat_is_given_up_and_one_with_is_not(lab: Database) -> None:
    remember(lab, make_problem(programme=make_programme(id="hub")))
    with lab.writing() as session:
        silent = _start(session)
        lively = _queue(session, programme_id="hub")
        claim_run(session, lively, now=NOW)
        record_heartbeat(session, lively, now=later(minutes=5))

        given_up = fail_stale_runs(session, silent_since=later(minutes=4), now=later(minutes=5))

        assert given_up == (silent,)
        run = get_run(session, silent)
        assert (run.status, run.finished_at) == (RunStatus.FAILED, later(minutes=5))
        assert run.message == "the process that worked on it is gone; plan again"
        assert get_run(session, lively).status is RunStatus.RUNNING


def test_a_queued_run_waits_until_it_is_asked_for_too(lab: Database) -> None:
    with lab.writing() as session:
        run_id = _queue(session)
        since = later(hours=1)

        assert fail_stale_runs(session, silent_since=since, now=since) == ()
        assert fail_stale_runs(session, silent_since=since, now=since, queued_too=True) == (run_id,)


def test_a_run_that_is_not_there_is_named(lab: Database) -> None:
    unknown = uuid.UUID(int=1)
    with lab.reading() as session, pytest.raises(NoSuchRun, match=f"run {unknown}: not in the"):
        get_run(session, unknown)
