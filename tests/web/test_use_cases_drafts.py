"""What a solver proposes goes into the draft, whole or in part, beside what was moved by hand."""

from __future__ import annotations

import pytest

from models.database import Database
from models.draft_store import Draft, load_draft_plan, main_draft, store_draft_plan
from models.history_store import ChangeKind
from models.plan_store import store_plan
from models.steps import EditConflict
from scheduler.outcome import Status
from scheduler.plan import Plan
from scheduler.plan_file import PlanFile
from scheduler.problem.types import ProgrammeId, Sha256
from tests.builders import make_plan, make_problem, make_request, make_residency
from tests.models.memory import NOW, remember
from web.use_cases.drafts import accept_plan, steps_between
from web.use_cases.editing import Edit, make_steps, undo

EDIT = Edit(kind=ChangeKind.ACCEPT, now=NOW)

ADA, BOB = make_residency("ada"), make_residency("bob")
ADA_ELSEWHERE = make_residency("ada", zone="zone-b")
EVE = make_residency("eve")


@pytest.fixture
def lab(database: Database) -> Database:
    """Return a database with a programme of three requests."""
    names = ("ada", "bob", "eve")
    remember(database, make_problem(requests=tuple(map(make_request, names))))
    return database


def plan_file(plan: Plan) -> PlanFile:
    """Return the file of a plan as a run would store it."""
    return PlanFile(
        scenario=ProgrammeId("lab"),
        scenario_sha256=Sha256("ab" * 32),
        status=Status.FEASIBLE,
        objective=1,
        bound=2,
        terms={},
        seconds=1.0,
        seed=0,
        version="0",
        plan=plan,
    )


def drafted(database: Database, drafted_plan: Plan, proposed: Plan) -> tuple[Draft, int]:
    """Return a draft, and the plan that a solver has for it."""
    with database.writing() as session:
        draft = main_draft(session, "lab", now=NOW)
        store_draft_plan(session, draft.id, drafted_plan)
        return draft, store_plan(session, "lab", plan_file(proposed), now=NOW)


def draft_plan(database: Database, draft: Draft) -> Plan:
    """Return what a draft holds now."""
    with database.reading() as session:
        return load_draft_plan(session, draft.id)


def test_a_plan_is_accepted_whole_and_taken_back(lab: Database) -> None:
    draft, plan_id = drafted(lab, make_plan(ADA, BOB), make_plan(ADA_ELSEWHERE, EVE))

    with lab.writing() as session:
        change = accept_plan(session, draft, plan_id, EDIT)
    assert draft_plan(lab, draft) == make_plan(ADA_ELSEWHERE, EVE)
    assert change is not None
    assert (change.kind, change.facts) == (ChangeKind.ACCEPT, {"plan": plan_id})

    with lab.writing() as session:
        undo(session, "lab", Edit(kind=ChangeKind.MOVE, now=NOW, draft_id=draft.id))
    assert draft_plan(lab, draft) == make_plan(ADA, BOB)


def test_a_plan_is_accepted_for_some_requests_only(lab: Database) -> None:
    draft, plan_id = drafted(lab, make_plan(ADA, BOB), make_plan(ADA_ELSEWHERE, EVE))

    with lab.writing() as session:
        accept_plan(session, draft, plan_id, EDIT, ["ada", "nobody"])

    assert draft_plan(lab, draft) == make_plan(ADA_ELSEWHERE, BOB)


def test_of_a_plan_that_the_draft_is_already_nothing_is_accepted(lab: Database) -> None:
    draft, plan_id = drafted(lab, make_plan(ADA), make_plan(ADA))

    with lab.writing() as session:
        assert accept_plan(session, draft, plan_id, EDIT) is None


def test_who_decides_on_a_draft_that_somebody_else_has_moved_is_told(lab: Database) -> None:
    draft, _ = drafted(lab, make_plan(ADA), make_plan())
    seen = steps_between(make_plan(ADA), make_plan(ADA_ELSEWHERE))
    moved = make_residency("ada", zone="zone-c")
    edit = Edit(kind=ChangeKind.MOVE, now=NOW, draft_id=draft.id)
    with lab.writing() as session:
        make_steps(session, "lab", steps_between(make_plan(ADA), make_plan(moved)), edit)

    with lab.writing() as session, pytest.raises(EditConflict) as caught:
        make_steps(session, "lab", seen, edit)

    assert [(clash.field, clash.now) for clash in caught.value.clashes] == [("zone", "zone-c")]
