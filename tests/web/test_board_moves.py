"""Moves by hand in the draft: made, kept in the history, taken back, and merged with others'."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from models.database import Database
from models.draft_store import add_draft, load_draft_plan, main_draft
from models.history_store import ChangeKind
from models.steps import EditConflict
from scheduler.problem.requests import Residency
from scheduler.problem.types import RequestId
from tests.builders import day, make_host, make_plan, make_problem, make_request, make_residency
from tests.builders import make_zone as zone
from tests.web.laboratory import NOW, plan_by_hand, seed
from web.use_cases.board.fit import BoardFit
from web.use_cases.board.moves import make_again, move, show_history, take_back
from web.use_cases.board.places import Wish
from web.use_cases.editing import Edit
from web.use_cases.errors import NothingToUndoError
from web.use_cases.views.board import DoneView, Verdict
from web.use_cases.workspace import load_workspace

ADA = make_residency("ada", host="kim")
LATER: dict[str, Any] = {"first_day": day("2026-01-12"), "last_day": day("2026-02-08")}


@pytest.fixture
def lab(database: Database) -> Database:
    """Return a database in which Ada stays with Kim in zone a, and zone b is free."""
    problem = make_problem(
        zones=(zone("zone-a"), zone("zone-b")),
        hosts=(make_host("kim"), make_host("lee")),
        requests=(make_request("ada", hosts=("kim", "lee")),),
    )
    seed(database, problem)
    plan_by_hand(database, problem, ADA)
    return database


def edit(database: Database, draft_id: int | None = None) -> Edit:
    with database.writing() as session:
        draft = main_draft(session, "lab", now=NOW)
    return Edit(kind=ChangeKind.MOVE, now=NOW, draft_id=draft_id or draft.id)


def moved(
    database: Database,
    wish: Wish | None,
    *,
    seen: Residency | None = ADA,
    draft_id: int | None = None,
) -> Verdict:
    by = edit(database, draft_id)
    with database.writing() as session:
        workspace = load_workspace(session, "lab", draft_id)
        fit = BoardFit(workspace.scenario)
        return move(session, workspace, fit, "ada", seen=seen, wish=wish, edit=by, language="en")


def ada_to(**others: Any) -> Wish:
    values = {**LATER, "zone": "zone-a", "host": "kim"} | others
    return Wish(request=RequestId("ada"), **values)


def stays(database: Database, draft_id: int | None = None) -> tuple[Residency, ...]:
    with database.reading() as session:
        return load_workspace(session, "lab", draft_id).plan.residencies


def test_a_move_counts_a_revision_and_stands_in_the_draft(lab: Database) -> None:
    with lab.reading() as session:
        before = load_workspace(session, "lab").revision
    verdict = moved(lab, ada_to())
    assert verdict.residency == replace(ADA, **LATER)
    assert (verdict.revision, verdict.broken) == (before + 1, ())
    assert stays(lab) == (replace(ADA, **LATER),)


def test_a_move_that_moves_nothing_is_no_change(lab: Database) -> None:
    same = ada_to(first_day=ADA.first_day, last_day=ADA.last_day)
    first, second = moved(lab, same), moved(lab, same)
    assert first.revision == second.revision
    assert stays(lab) == (ADA,)


def test_moves_are_taken_back_and_made_again_one_by_one(lab: Database) -> None:
    moved(lab, ada_to())
    moved(lab, None, seen=replace(ADA, **LATER))
    by = edit(lab)
    shown: list[object] = []
    for reverse in (take_back, take_back, make_again, make_again):
        with lab.writing() as session:
            done = reverse(session, load_workspace(session, "lab"), by, language="en")
            shown.append((done.before is not None, done.after is not None))
        shown.append(stays(lab))
    assert shown == [
        (True, False),
        (replace(ADA, **LATER),),
        (True, True),
        (ADA,),
        (True, True),
        (replace(ADA, **LATER),),
        (True, False),
        (),
    ]
    with lab.writing() as session, pytest.raises(NothingToUndoError):
        make_again(session, load_workspace(session, "lab"), by, language="en")


def test_what_could_be_taken_back_is_named(lab: Database) -> None:
    def history() -> tuple[DoneView | None, DoneView | None]:
        with lab.reading() as session:
            return show_history(session, load_workspace(session, "lab"), language="en")

    assert history() == (None, None)
    moved(lab, ada_to(zone="zone-b"))
    undo, redo = history()
    assert undo is not None
    assert undo.after is not None
    assert (undo.who, undo.after.zone, undo.after.first_day) == (
        "ada",
        "zone-b",
        LATER["first_day"],
    )
    assert redo is None


def test_two_who_move_different_things_both_get_their_way(lab: Database) -> None:
    moved(lab, ada_to(host="lee", first_day=ADA.first_day, last_day=ADA.last_day))
    verdict = moved(lab, ada_to())
    assert verdict.residency == replace(make_residency("ada", host="lee"), **LATER)
    assert stays(lab) == (verdict.residency,)


def test_two_who_move_the_same_are_told(lab: Database) -> None:
    moved(lab, ada_to())
    with pytest.raises(EditConflict):
        moved(lab, ada_to(first_day=day("2026-01-19"), last_day=day("2026-02-15")))
    assert stays(lab) == (replace(ADA, **LATER),)


def test_a_branch_is_moved_without_the_draft(lab: Database) -> None:
    with lab.writing() as session:
        draft = main_draft(session, "lab", now=NOW)
        base = (draft, load_draft_plan(session, draft.id))
        branch = add_draft(session, "lab", name="Try", now=NOW, base=base)
    moved(lab, ada_to(zone="zone-b"), draft_id=branch.id)
    assert [stay.zone for stay in stays(lab, branch.id)] == ["zone-b"]
    assert stays(lab) == make_plan(ADA).residencies
