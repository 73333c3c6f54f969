"""What-ifs are begun, changed, named and removed, and one is made of a repair."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from models.database import Database
from models.draft_store import load_branches
from models.errors import DraftExists, NoSuchDraft, RunIsActive
from models.history_store import ChangeKind, load_changes
from models.subjects import document_of
from tests.builders import make_problem, make_residency
from tests.web.branch_samples import (
    ADA,
    BOB,
    MORE_DESKS,
    WHO,
    branch_off,
    draft_stays,
    elsewhere,
    fresh,
    small_lab,
    stays_of,
)
from tests.web.laboratory import NOW, plan_by_hand, seed
from web.use_cases.planning.runs import RunWish, start_plan_run
from web.use_cases.what_ifs.compose import AdjustmentsRefusedError
from web.use_cases.what_ifs.make import (
    BranchMovedError,
    MovesRefusedError,
    NoNameError,
    begin_branch,
    begin_from_plan,
    call_branch,
    change_adjustments,
    drop_adjustment,
    end_branch,
    free_name,
    get_branch,
    try_repair,
)
from web.use_cases.workspace import load_workspace

CLOSED = {
    "kind": "close_zone",
    "zone": "zone-a",
    "first_day": "2026-01-05",
    "last_day": "2026-01-11",
    "name": "",
}


@pytest.fixture
def lab(database: Database) -> Database:
    """Return a database with the small laboratory, where Ada has a place."""
    seed(database, small_lab())
    draft_stays(database, ADA)
    return database


def test_a_what_if_begins_as_the_draft_is(lab: Database) -> None:
    draft = branch_off(lab, MORE_DESKS, name=" More desks ")

    assert (draft.name, draft.adjustments, draft.base_revision) == ("More desks", (MORE_DESKS,), 1)
    assert stays_of(lab, draft) == {("ada", "zone-a")}
    with lab.reading() as session:
        workspace = load_workspace(session, "lab", draft.id)
        [change] = load_changes(session, "lab")
    assert workspace.problem.zones[0].desks == 3
    assert (change.kind, change.facts) == (
        ChangeKind.BRANCH,
        {"branch": draft.id, "name": "More desks", "act": "made"},
    )


def test_two_what_ifs_of_one_name_are_refused_and_a_free_name_is_found(lab: Database) -> None:
    branch_off(lab, name="Try")
    branch_off(lab, name="Try (2)")
    with pytest.raises(DraftExists):
        branch_off(lab, name="Try")
    with lab.reading() as session:
        assert [free_name(session, "lab", name) for name in ("Try", "New")] == ["Try (3)", "New"]


def test_a_what_if_needs_a_name(lab: Database) -> None:
    with pytest.raises(NoNameError):
        branch_off(lab, name="  ")


def test_what_cannot_be_done_is_not_tried(lab: Database) -> None:
    unknown = {"kind": "add_desks", "zone": "cellar", "desks": 1}
    with pytest.raises(AdjustmentsRefusedError) as caught:
        branch_off(lab, MORE_DESKS, unknown)
    assert [finding.place for finding in caught.value.findings] == ["adjustments[1].zone"]


def test_what_is_tried_changes_and_is_taken_away(lab: Database) -> None:
    draft = branch_off(lab, MORE_DESKS)
    with lab.writing() as session:
        main = load_workspace(session, "lab")
        change_adjustments(session, main, draft, [MORE_DESKS, CLOSED], WHO, seen=0)
        assert fresh(session, draft).adjustments == (MORE_DESKS, CLOSED)
        drop_adjustment(session, fresh(session, draft), 0, WHO, seen=1)
        assert (fresh(session, draft).adjustments, fresh(session, draft).revision) == ((CLOSED,), 2)


def test_who_changes_what_a_colleague_has_changed_is_told(lab: Database) -> None:
    draft = branch_off(lab, MORE_DESKS)
    with lab.writing() as session:
        drop_adjustment(session, draft, 0, WHO, seen=0)
        with pytest.raises(BranchMovedError):
            drop_adjustment(session, draft, 0, WHO, seen=0)


def test_nothing_is_changed_while_it_is_planned(lab: Database) -> None:
    draft = branch_off(lab, MORE_DESKS)
    with lab.writing() as session:
        start_plan_run(session, "lab", RunWish(draft_id=draft.id), now=NOW)
        with pytest.raises(RunIsActive):
            drop_adjustment(session, draft, 0, WHO, seen=0)
        with pytest.raises(RunIsActive):
            end_branch(session, draft, WHO, seen=0)


def test_a_what_if_gets_another_name_and_is_removed(lab: Database) -> None:
    draft = branch_off(lab)
    with lab.writing() as session:
        call_branch(session, draft, "Better", WHO)
        assert fresh(session, draft).name == "Better"
        end_branch(session, fresh(session, draft), WHO, seen=0)
        assert load_branches(session, "lab") == ()


def test_the_draft_is_no_what_if(lab: Database) -> None:
    with lab.reading() as session:
        main = load_workspace(session, "lab").draft_id
        with pytest.raises(NoSuchDraft):
            get_branch(session, "lab", main)


def test_a_stored_plan_becomes_a_what_if(database: Database) -> None:
    problem = seed(database, small_lab())
    plan = plan_by_hand(database, problem, elsewhere("ada"))
    draft_stays(database, ADA)
    with database.writing() as session:
        main = load_workspace(session, "lab")
        draft = begin_from_plan(session, main, "At most 1", plan, WHO)
    assert stays_of(database, draft) == {("ada", "zone-b")}
    assert stays_of(database) == {("ada", "zone-a")}


def test_a_repair_with_adjustments_is_planned(lab: Database) -> None:
    with lab.writing() as session:
        main = load_workspace(session, "lab")
        moves = [document_of(elsewhere("bob"))]
        draft, run = try_repair(session, main, "bob", [MORE_DESKS], WHO, moves=moves)
    assert run is not None
    assert stays_of(lab, draft) == {("ada", "zone-a"), ("bob", "zone-b")}


def test_a_repair_by_moves_alone_is_made_at_once(lab: Database) -> None:
    moves = [
        {"request": "ada", "before": document_of(ADA), "after": None, "text": "leaves"},
        {"request": "bob", "before": None, "after": document_of(BOB), "text": "comes"},
    ]
    with lab.writing() as session:
        main = load_workspace(session, "lab")
        draft, run = try_repair(session, main, "bob", [], WHO, moves=moves)
    assert run is None
    assert stays_of(lab, draft) == {("bob", "zone-a")}


@pytest.mark.parametrize(
    "move",
    [
        {},
        {"request": "bob"},
        "bob",
        document_of(replace(make_residency("bob"), slot="never")),  # type: ignore[arg-type]  # wrong
    ],
    ids=["nothing", "no stay", "a name", "no such slot"],
)
def test_a_move_that_is_none_is_refused(lab: Database, move: Any) -> None:
    with lab.writing() as session:
        main = load_workspace(session, "lab")
        with pytest.raises(MovesRefusedError):
            try_repair(session, main, "bob", [], WHO, moves=[move])


def test_a_what_if_of_an_empty_programme_is_possible(database: Database) -> None:
    seed(database, make_problem())
    with database.writing() as session:
        main = load_workspace(session, "lab")
        draft = begin_branch(session, main, "Try", [], WHO)
    assert (draft.base_revision, stays_of(database, draft)) == (0, set())
