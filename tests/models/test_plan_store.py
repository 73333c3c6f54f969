"""Plans go to rows and come back as the plan files they were."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from models.database import Database
from models.draft_store import main_draft
from models.errors import NoSuchPlan
from models.plan_store import (
    StoredPlan,
    find_latest_plan,
    find_plan_of_run,
    get_plan,
    load_plan,
    store_plan,
)
from models.run_store import add_run
from scheduler.outcome import Status
from scheduler.plan import Reason, Unplaced
from scheduler.plan_file import PlanFile, plan_bytes
from scheduler.problem.types import ProgrammeId, RequestId
from scheduler.rules import Rule, Term
from tests.builders import make_plan, make_problem, make_programme, make_request, make_residency
from tests.models.memory import NOW, later, remember
from tests.models.statements import statements_of


def _plan_file(**others: Any) -> PlanFile:
    values: dict[str, Any] = {
        "scenario": ProgrammeId("lab"),
        "scenario_sha256": "ab" * 32,
        "status": Status.FEASIBLE,
        "objective": 2958,
        "bound": 3000,
        "terms": dict.fromkeys(Term, 0) | {Term.PLACED: 3000, Term.SHORT_STAY: -42},
        "seconds": 0.125,
        "seed": 7,
        "version": "0.1.0",
        "plan": make_plan(
            make_residency("zoe", host="kim", pool="cluster"), make_residency("ada", days=14)
        ),
        "unplaced": (
            Unplaced(
                request=RequestId("bob"),
                why=(
                    Reason(rule=Rule.ZONE, text="no zone has 9 desks", repairs=("add a desk",)),
                    Reason(rule=Rule.SLOT, text="the slot is full"),
                ),
            ),
            Unplaced(request=RequestId("eve")),
        ),
    }
    return PlanFile(**values | others)


def _store(
    database: Database, plan_file: PlanFile, run_id: uuid.UUID | None = None, **span: float
) -> int:
    with database.writing() as session:
        return store_plan(session, plan_file.scenario, plan_file, now=later(**span), run_id=run_id)


def test_a_plan_comes_back_as_its_file_was(database: Database) -> None:
    remember(database, make_problem())
    plan_file = _plan_file()

    plan_id = _store(database, plan_file)

    with database.reading() as session:
        loaded = load_plan(session, plan_id)
    assert loaded == plan_file
    assert plan_bytes(loaded) == plan_bytes(plan_file)


def test_a_plan_without_residencies_comes_back_too(database: Database) -> None:
    remember(database, make_problem())
    empty = _plan_file(plan=make_plan(), unplaced=(), status=Status.OPTIMAL, bound=2958)

    plan_id = _store(database, empty)

    with database.reading() as session:
        assert load_plan(session, plan_id) == empty


def test_a_plan_of_requests_that_are_gone_stays_as_it_was(database: Database) -> None:
    remember(database, make_problem(requests=tuple(map(make_request, ("zoe", "ada", "bob")))))
    plan_id = _store(database, _plan_file())

    remember(database, make_problem(requests=(make_request("new"),)))

    with database.reading() as session:
        assert load_plan(session, plan_id) == _plan_file()


def test_the_latest_plan_is_the_one_stored_last_in_its_programme(database: Database) -> None:
    remember(database, make_problem())
    remember(database, make_problem(programme=make_programme(id="hub")))
    _store(database, _plan_file(seed=1))
    second = _store(database, _plan_file(seed=2), minutes=-5)
    _store(database, _plan_file(scenario=ProgrammeId("hub")))

    with database.reading() as session:
        assert find_latest_plan(session, "lab") == StoredPlan(
            id=second, run_id=None, created_at=later(minutes=-5), file=_plan_file(seed=2)
        )


def test_a_programme_without_plans_has_no_latest_one(database: Database) -> None:
    remember(database, make_problem())

    with database.reading() as session:
        assert find_latest_plan(session, "lab") is None


def test_a_plan_is_found_by_the_run_that_made_it(database: Database) -> None:
    remember(database, make_problem())
    with database.writing() as session:
        run_id = add_run(
            session,
            programme_id="lab",
            draft_id=main_draft(session, "lab", now=NOW).id,
            seconds_limit=60,
            workers=None,
            seed=0,
            input_sha256="",
            now=NOW,
        )
    plan_id = _store(database, _plan_file(), run_id)

    with database.reading() as session:
        assert find_plan_of_run(session, run_id) == get_plan(session, plan_id)
        assert find_plan_of_run(session, uuid.UUID(int=1)) is None


def test_a_plan_that_is_not_there_is_named(database: Database) -> None:
    with database.reading() as session, pytest.raises(NoSuchPlan, match="plan 41: not in the"):
        load_plan(session, 41)


@pytest.mark.parametrize("count", [4, 150])
def test_a_plan_loads_in_three_queries_however_large(database: Database, count: int) -> None:
    remember(database, make_problem())
    residencies = (make_residency(f"request-{number}") for number in range(count))
    plan_id = _store(database, _plan_file(plan=make_plan(*residencies)))

    with database.reading() as session, statements_of(session) as statements:
        load_plan(session, plan_id)

    assert len(statements) == 3
