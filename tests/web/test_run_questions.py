"""Runs that answer a question: how freely stays can move, and what changes would bring."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from models.database import Database
from models.draft_store import main_draft, store_draft_plan
from models.plan_store import find_latest_plan, load_plan
from models.run_store import Run, RunKind, RunStatus, claim_run, get_run, request_stop
from scheduler.plan import Plan
from scheduler.problem.requests import Residency
from scheduler.problem.types import ZoneId
from tests.builders import (
    day,
    make_pin,
    make_problem,
    make_request,
    make_residency,
    make_zone,
)
from tests.web.laboratory import NOW, plan_by_hand, publish, seed
from web.use_cases.planning.asking import ask_question
from web.use_cases.planning.freedom import find_freedom
from web.use_cases.planning.messages import BROKEN, EMPTY, MOVED_MEANWHILE, UNMENDED
from web.use_cases.planning.pulse import Pulse
from web.use_cases.planning.question import Keep, Question, answer_question
from web.use_cases.planning.runs import key_of
from web.use_cases.planning.work import WORK, run_at
from web.use_cases.workspace import load_workspace

ADA, BOB = make_request("ada"), make_request("bob")
CROWDED = make_problem(zones=(make_zone(desks=1),), requests=(ADA, BOB))


def ask(database: Database, kind: RunKind, subject: str = "") -> str:
    """Queue a question about the laboratory's draft."""
    with database.writing() as session:
        workspace = load_workspace(session, "lab")
        asked = ask_question(session, workspace, kind, now=NOW, subject=subject, seconds=4.0)
        return str(asked.run.id)


def answered(database: Database, run_id: str) -> Run:
    """Work a run off in this process, and return how it ended."""
    run_at(database.engine.url.render_as_string(hide_password=False), run_id)
    with database.reading() as session:
        return get_run(session, key_of(run_id))


def draft(database: Database, *stays: Residency) -> None:
    """Put stays into the draft by hand, allowed or not."""
    with database.writing() as session:
        main = main_draft(session, "lab", now=NOW)
        store_draft_plan(session, main.id, Plan(residencies=stays))


def test_every_kind_of_run_has_its_work() -> None:
    assert set(WORK) == set(RunKind)


def test_a_stay_with_room_around_it_is_free_and_a_pinned_one_is_fixed(database: Database) -> None:
    pinned = make_pin("bob", first_day=day("2026-01-05"), last_day=day("2026-02-01"))
    whole = make_pin("bob", zone=ZoneId("zone-a"))
    problem = make_problem(
        zones=(make_zone(), make_zone("zone-b")), requests=(ADA, BOB), pins=(pinned, whole)
    )
    seed(database, problem)
    plan_by_hand(database, problem, make_residency("ada"), make_residency("bob"))

    run = answered(database, ask(database, RunKind.FREEDOM))

    assert run.result is not None
    assert run.status is RunStatus.DONE
    assert run.result["freedom"] == {"ada": "free", "bob": "fixed"}
    assert run.result["revision"] == 1


def test_stays_that_break_a_rule_have_no_freedom_and_do_not_hinder(database: Database) -> None:
    seed(database, CROWDED)
    draft(database, make_residency("ada"), make_residency("bob"))

    run = answered(database, ask(database, RunKind.FREEDOM))

    assert run.result is not None
    assert list(run.result["freedom"].values()) == ["free"]


def test_a_draft_that_leaves_out_what_is_pinned_is_to_be_mended_first(database: Database) -> None:
    seed(database, make_problem(requests=(ADA,), pins=(make_pin("ada", zone=ZoneId("zone-a")),)))
    draft(database)

    run = answered(database, ask(database, RunKind.FREEDOM))

    assert (run.status, run.message) == (RunStatus.FAILED, UNMENDED)


def test_an_answer_stands_until_the_draft_or_the_data_change(database: Database) -> None:
    problem = seed(database)
    plan_by_hand(database, problem, make_residency("ada"))
    first = ask(database, RunKind.FREEDOM)
    assert ask(database, RunKind.FREEDOM) == first

    answered(database, first)
    assert ask(database, RunKind.FREEDOM) == first

    draft(database, make_residency("ada", first_day=day("2026-01-12"), last_day=day("2026-02-08")))
    second = ask(database, RunKind.FREEDOM)
    assert second != first


def test_an_answer_for_data_that_moved_meanwhile_is_not_kept(database: Database) -> None:
    problem = seed(database)
    plan_by_hand(database, problem, make_residency("ada"))

    def move(question: Question, pulse: Pulse) -> Keep | None:
        seed(database, make_problem(zones=(make_zone(desks=4),)))
        return find_freedom(question, pulse)

    run = worked_off(database, move)

    assert (run.status, run.message, run.result) == (RunStatus.FAILED, MOVED_MEANWHILE, None)


def test_a_question_that_is_stopped_is_cancelled(database: Database) -> None:
    problem = seed(database)
    plan_by_hand(database, problem, make_residency("ada"))

    run = worked_off(database, lambda *_: None)

    assert (run.status, run.result) == (RunStatus.CANCELLED, None)


def test_a_question_that_waits_and_is_stopped_is_never_begun(database: Database) -> None:
    problem = seed(database)
    plan_by_hand(database, problem, make_residency("ada"))
    run_id = ask(database, RunKind.FREEDOM)
    with database.writing() as session:
        request_stop(session, key_of(run_id), now=NOW)

    assert answered(database, run_id).status is RunStatus.CANCELLED


def test_a_question_that_another_process_has_is_left_to_it(database: Database) -> None:
    problem = seed(database)
    plan_by_hand(database, problem, make_residency("ada"))
    run_id = ask(database, RunKind.FREEDOM)
    with database.writing() as session:
        claim_run(session, key_of(run_id), now=NOW)

    assert answered(database, run_id).status is RunStatus.RUNNING


def test_a_fault_ends_the_question_and_is_not_hidden(database: Database) -> None:
    problem = seed(database)
    plan_by_hand(database, problem, make_residency("ada"))
    run_id = ask(database, RunKind.FREEDOM)

    def fail(*_: object) -> Keep | None:
        raise RuntimeError("a fault")

    with pytest.raises(RuntimeError, match="a fault"):
        answer_question(database, run_id, fail, clock=lambda: NOW)
    with database.reading() as session:
        run = get_run(session, key_of(run_id))
    assert (run.status, run.message) == (RunStatus.FAILED, BROKEN)


def test_the_curve_says_what_few_changes_of_a_published_plan_would_bring(
    database: Database,
) -> None:
    first: dict[str, Any] = {"first_day": day("2026-01-05"), "last_day": day("2026-02-01")}
    problem = make_problem(
        zones=(make_zone(desks=1),),
        requests=(
            make_request("ada", min_days=28),
            make_request("bob", min_days=28, priority=5, **first),
        ),
    )
    seed(database, problem)
    plan_by_hand(database, problem, make_residency("ada"))
    publish(database)

    run = answered(database, ask(database, RunKind.STABILITY))

    assert run.result is not None
    assert (run.result["from"], run.result["told"]) == ("published", 1)
    points = [
        (point["changes"], point["changed"], point["placed"], point["objective"])
        for point in run.result["points"]
    ]
    # Ada moves by 28 days: 50 + 2 x (28 + 28) = 162 points for a change of dates.
    assert points == [(0, 0, 1, 3000), (None, 1, 2, 3000 + 5000 - 162)]
    plan_ids = [point["plan_id"] for point in run.result["points"]]
    with database.reading() as session:
        plans = [load_plan(session, plan_id) for plan_id in plan_ids]
        latest = find_latest_plan(session, "lab")
    assert [len(plan.plan.residencies) for plan in plans] == [1, 2]
    assert [plan.objective for plan in plans] == [3000, 7838]
    assert latest is not None
    assert latest.id not in plan_ids


def test_the_curve_of_what_nobody_was_told_starts_from_the_draft(database: Database) -> None:
    problem = seed(database)
    plan_by_hand(database, problem, make_residency("ada"))

    run = answered(database, ask(database, RunKind.STABILITY))

    assert run.result is not None
    assert run.result["from"] == "draft"
    assert [point["changed"] for point in run.result["points"]] == [0, 0]


def test_an_empty_draft_has_no_curve(database: Database) -> None:
    seed(database)

    run = answered(database, ask(database, RunKind.STABILITY))

    assert (run.status, run.message) == (RunStatus.FAILED, EMPTY)


def worked_off(database: Database, think: Callable[[Question, Pulse], Keep | None]) -> Run:
    """Work a question off by thinking in some way, and return how it ended."""
    run_id = ask(database, RunKind.FREEDOM)
    answer_question(database, run_id, think, clock=lambda: NOW)
    with database.reading() as session:
        return get_run(session, key_of(run_id))
