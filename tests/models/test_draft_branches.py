"""Branches change what they try, where they go out from, and their names."""

from __future__ import annotations

import pytest

from models.database import Database
from models.draft_store import (
    add_draft,
    get_draft,
    main_draft,
    remove_draft,
    rename_draft,
    store_adjustments,
    store_base,
)
from models.errors import DraftExists
from models.history_store import ChangeKind, add_change, find_undoable
from models.steps import Step
from models.subjects import document_of
from tests.builders import make_plan, make_problem, make_residency
from tests.models.memory import NOW, remember

CLOSED = {"kind": "withdraw", "request": "ada"}


@pytest.fixture
def lab(database: Database) -> Database:
    """Return a database with a programme."""
    remember(database, make_problem())
    return database


def test_other_adjustments_count_as_a_change(lab: Database) -> None:
    with lab.writing() as session:
        branch = add_draft(session, "lab", name="Try", now=NOW)
        store_adjustments(session, branch.id, [CLOSED])
        changed = get_draft(session, "lab", branch.id)

    assert (changed.adjustments, changed.revision) == ((CLOSED,), 1)


def test_a_branch_goes_out_anew_from_the_draft(lab: Database) -> None:
    plan = make_plan(make_residency("ada"))
    with lab.writing() as session:
        main = main_draft(session, "lab", now=NOW)
        branch = add_draft(session, "lab", name="Try", now=NOW)
        store_base(session, branch.id, main, plan, "ab" * 32)
        changed = get_draft(session, "lab", branch.id)

    assert (changed.base, changed.base_revision, changed.scenario_sha256) == (plan, 0, "ab" * 32)


def test_a_branch_gets_another_name_unless_one_has_it(lab: Database) -> None:
    with lab.writing() as session:
        branch = add_draft(session, "lab", name="Try", now=NOW)
        add_draft(session, "lab", name="Other", now=NOW)
        rename_draft(session, "lab", branch.id, "Better")
        with pytest.raises(DraftExists, match="has a draft 'Other' already"):
            rename_draft(session, "lab", branch.id, "Other")
        assert get_draft(session, "lab", branch.id).name == "Better"


def test_what_was_done_in_a_branch_is_not_taken_back_once_it_is_gone(lab: Database) -> None:
    stay = Step(subject="draft", key="ada", before=None, after=document_of(make_residency("ada")))
    with lab.writing() as session:
        branch = add_draft(session, "lab", name="Try", now=NOW)
        add_change(session, "lab", ChangeKind.ACCEPT, [stay], now=NOW, by=None, draft_id=branch.id)
        remove_draft(session, "lab", branch.id)
        assert find_undoable(session, "lab", None) is None
