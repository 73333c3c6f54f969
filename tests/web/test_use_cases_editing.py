"""Edits are checked as a scenario file is, kept in the history, and can be taken back."""

from __future__ import annotations

from typing import Any

import pytest

from models.database import Database
from models.draft_store import get_draft, load_draft_plan, main_draft
from models.history_store import ChangeKind, Direction, load_changes
from models.steps import Step
from models.subjects import document_of
from tests.builders import make_plan, make_problem, make_request, make_residency, make_zone
from tests.models.memory import NOW, later, recall, remember
from web.use_cases.editing import Edit, make_steps, redo, undo
from web.use_cases.errors import EditRefusedError, NothingToUndoError

LAB = make_problem(
    zones=(make_zone("zone-a"), make_zone("zone-b")),
    requests=(make_request("ada"), make_request("bob")),
)
EDIT = Edit(kind=ChangeKind.EDIT, now=NOW)


@pytest.fixture
def lab(database: Database) -> Database:
    """Return a database with a programme of two zones and two requests."""
    remember(database, LAB)
    return database


def changes(item: Any, subject: str = "zones", **changed: Any) -> Step:
    """Return the step that changes some fields of an item."""
    before = document_of(item)
    return Step(subject=subject, key=item.id, before=before, after=before | changed)


def goes(item: Any, subject: str = "zones") -> Step:
    """Return the step that removes an item."""
    return Step(subject=subject, key=item.id, before=document_of(item), after=None)


def test_an_edit_is_made_and_kept_in_the_history(lab: Database) -> None:
    with lab.writing() as session:
        change = make_steps(session, "lab", [changes(LAB.zones[0], desks=3)], EDIT)

    assert recall(lab).zones[0].desks == 3
    assert change is not None
    with lab.reading() as session:
        assert load_changes(session, "lab") == (change,)
    assert [(step.key, sorted(step.fields)) for step in change.steps] == [("zone-a", ["desks"])]


def test_an_edit_that_changes_nothing_is_none(lab: Database) -> None:
    with lab.writing() as session:
        assert make_steps(session, "lab", [changes(LAB.zones[0])], EDIT) is None
        assert load_changes(session, "lab") == ()


def test_everything_that_is_wrong_with_an_edit_is_said_and_nothing_is_changed(
    lab: Database,
) -> None:
    steps = [
        changes(LAB.zones[0], desks=-1),
        changes(LAB.requests[0], "requests", researcher="nobody", min_days=90, max_days=84),
        goes(LAB.zones[1]),
    ]

    with lab.writing() as session, pytest.raises(EditRefusedError) as caught:
        make_steps(session, "lab", steps, EDIT)

    found = {
        (None if finding.step is None else finding.step.key, finding.place)
        for finding in caught.value.findings
    }
    assert found == {("zone-a", "desks"), ("ada", "researcher"), ("ada", "max_days")}
    assert recall(lab) == LAB


def test_what_others_name_is_not_removed(lab: Database) -> None:
    researcher = LAB.researcher[LAB.requests[0].researcher]

    with lab.writing() as session, pytest.raises(EditRefusedError) as caught:
        make_steps(session, "lab", [goes(researcher, "researchers")], EDIT)

    [finding] = caught.value.findings
    assert (finding.step, finding.place) == (None, "requests[0].researcher")
    assert recall(lab) == LAB


def test_edits_are_taken_back_and_made_again(lab: Database) -> None:
    with lab.writing() as session:
        make_steps(session, "lab", [goes(LAB.zones[0])], EDIT)
        make_steps(session, "lab", [changes(LAB.zones[1], desks=3)], EDIT)
    after = recall(lab)

    with lab.writing() as session:
        undo(session, "lab", EDIT)
        undo(session, "lab", EDIT)
    assert recall(lab) == LAB

    with lab.writing() as session:
        redo(session, "lab", EDIT)
        assert redo(session, "lab", EDIT).direction is Direction.REDO
        with pytest.raises(NothingToUndoError):
            redo(session, "lab", EDIT)
    assert recall(lab) == after


def test_an_edit_of_a_draft_leaves_the_scenario_alone_and_counts_its_revision(
    lab: Database,
) -> None:
    stay = document_of(make_residency("ada"))
    step = Step(subject="draft", key="ada", before=None, after=stay)
    with lab.writing() as session:
        draft = main_draft(session, "lab", now=NOW)
        edit = Edit(kind=ChangeKind.MOVE, now=later(hours=1), draft_id=draft.id)

        make_steps(session, "lab", [step], edit)

        assert load_draft_plan(session, draft.id) == make_plan(make_residency("ada"))
        assert get_draft(session, "lab", draft.id).revision == 1
        with pytest.raises(NothingToUndoError):
            undo(session, "lab", EDIT)
        undo(session, "lab", edit)
        assert load_draft_plan(session, draft.id) == make_plan()
    assert recall(lab) == LAB
