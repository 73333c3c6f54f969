"""Changes of a scenario and a draft: others' changes are kept, and every one can be taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.database import Database
from models.draft_store import (
    add_draft,
    count_revision,
    get_draft,
    load_branches,
    load_draft_plan,
    main_draft,
    remove_draft,
    store_draft_plan,
)
from models.edit_store import read_items, write_steps
from models.errors import DraftExists, NoSuchChange, NoSuchDraft, NoSuchProgramme
from models.history_store import (
    Change,
    ChangeKind,
    Direction,
    add_change,
    find_redoable,
    find_undoable,
    get_change,
    load_changes,
)
from models.steps import EditConflict, Step, merge
from models.subjects import document_of
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from tests.builders import (
    make_plan,
    make_problem,
    make_request,
    make_residency,
    make_zone,
)
from tests.models.memory import NOW, later, recall, remember

LAB = make_problem(
    zones=(make_zone("zone-a"), make_zone("zone-b"), make_zone("zone-c")),
    requests=(make_request("ada"), make_request("bob")),
)


@pytest.fixture
def lab(database: Database) -> Database:
    """Return a database with a programme of three zones and two requests."""
    remember(database, LAB)
    return database


def step(item: Any, after: Any | None = None, **changed: Any) -> Step:
    """Return the step that changes some fields of a zone or request, or ends with another."""
    subject = "requests" if hasattr(item, "researcher") else "zones"
    before = document_of(item)
    then = before | changed if changed else after
    return Step(subject=subject, key=item.id, before=before, after=then)


def edited(lab: Database, *steps: Step) -> Problem:
    """Make steps and return the programme as it is then."""
    with lab.writing() as session:
        make(session, *steps)
    return recall(lab)


def make(session: Session, *steps: Step, draft_id: int | None = None) -> tuple[Step, ...]:
    """Make steps of a draft, or the scenario, whatever stands there now."""
    merged = merge(steps, read_items(session, "lab", draft_id, steps))
    return write_steps(session, "lab", draft_id, merged)


def test_a_field_of_an_item_is_changed_and_nothing_else(lab: Database) -> None:
    first = LAB.zones[0]

    problem = edited(lab, step(first, desks=3))

    assert problem == replace(LAB, zones=(replace(first, desks=3), *LAB.zones[1:]))


def test_items_come_at_the_end_and_go(lab: Database) -> None:
    fresh = make_zone("zone-d")
    comes = Step(subject="zones", key="zone-d", before=None, after=document_of(fresh))

    problem = edited(lab, comes, step(LAB.zones[1]))

    assert problem.zones == (LAB.zones[0], LAB.zones[2], fresh)


def test_what_went_comes_back_to_its_place(lab: Database) -> None:
    with lab.writing() as session:
        made = make(session, step(LAB.zones[1]))
        make(session, *(each.back for each in made))

    assert recall(lab) == LAB


def test_two_who_change_different_fields_both_have_their_way(lab: Database) -> None:
    zone = LAB.zones[0]

    edited(lab, step(zone, desks=3))
    problem = edited(lab, step(zone, area_m2=77))

    assert problem.zone[zone.id] == replace(zone, desks=3, area_m2=77)


def test_two_who_change_one_field_alike_agree(lab: Database) -> None:
    zone = LAB.zones[0]

    edited(lab, step(zone, desks=3))

    assert edited(lab, step(zone, desks=3)).zone[zone.id].desks == 3


def test_who_comes_second_to_a_field_learns_what_stands_there_and_changes_nothing(
    lab: Database,
) -> None:
    first, second = LAB.zones[:2]
    edited(lab, step(first, desks=3, area_m2=77))

    with pytest.raises(EditConflict) as caught:
        edited(lab, step(second, desks=9), step(first, desks=4, area_m2=88))

    found = [(clash.step.key, clash.field, clash.now) for clash in caught.value.clashes]
    assert found == [("zone-a", "area_m2", 77), ("zone-a", "desks", 3)]
    assert str(caught.value) == (
        "changed by somebody else meanwhile: zones zone-a: area_m2; zones zone-a: desks"
    )
    assert recall(lab).zone[second.id] == second


def test_an_item_that_somebody_else_removed_is_not_changed(lab: Database) -> None:
    zone = LAB.zones[0]
    edited(lab, step(zone))

    with pytest.raises(EditConflict, match=r"^changed by somebody else meanwhile: zones zone-a$"):
        edited(lab, step(zone, desks=3))


def test_an_item_that_somebody_else_changed_is_not_removed(lab: Database) -> None:
    zone = LAB.zones[0]
    edited(lab, step(zone, desks=3))

    with pytest.raises(EditConflict) as caught:
        edited(lab, step(zone))

    assert [clash.now["desks"] for clash in caught.value.clashes] == [3]


def test_the_policy_and_the_programme_are_items_too(lab: Database) -> None:
    policy, programme = document_of(LAB.policy), document_of(LAB.programme)

    problem = edited(
        lab,
        Step(subject="policy", key="", before=policy, after=policy | {"frozen_days": 3}),
        Step(subject="programme", key="lab", before=programme, after=programme | {"name": "Lab"}),
    )

    assert (problem.policy.frozen_days, problem.programme.name) == (3, "Lab")


def stay(session: Session, draft_id: int, before: Residency | None, after: Residency | None) -> Any:
    """Move a stay of a draft; without a before it comes, without an after it goes."""
    either = before or after
    assert either is not None
    return make(
        session,
        Step(
            subject="draft",
            key=either.request,
            before=None if before is None else document_of(before),
            after=None if after is None else document_of(after),
        ),
        draft_id=draft_id,
    )


def test_stays_of_a_draft_come_move_and_go(lab: Database) -> None:
    ada, moved, bob = (
        make_residency("ada"),
        make_residency("ada", zone="zone-b"),
        make_residency("bob"),
    )
    with lab.writing() as session:
        draft = main_draft(session, "lab", now=NOW).id
        store_draft_plan(session, draft, make_plan(ada))
        stay(session, draft, None, bob)
        stay(session, draft, ada, moved)
        assert load_draft_plan(session, draft) == make_plan(moved, bob)
        stay(session, draft, bob, None)
        assert load_draft_plan(session, draft) == make_plan(moved)


def test_a_programme_has_one_draft_to_publish(lab: Database) -> None:
    with lab.writing() as session:
        draft = main_draft(session, "lab", now=NOW)
        assert main_draft(session, "lab", now=later(hours=1)) == draft
        assert (draft.name, draft.revision, draft.base) == (None, 0, None)
        assert count_revision(session, draft.id) == 1
        assert get_draft(session, "lab", draft.id).revision == 1


def test_a_branch_starts_where_the_draft_is_and_remembers_it(lab: Database) -> None:
    plan = make_plan(make_residency("ada"))
    closes = {"kind": "close_zone", "zone": "zone-a"}
    with lab.writing() as session:
        draft = main_draft(session, "lab", now=NOW)
        branch = add_draft(
            session,
            "lab",
            name="More desks",
            now=NOW,
            adjustments=[closes],
            base=(draft, plan),
            scenario_sha256="ab",
        )
        assert load_branches(session, "lab") == (branch,)
        assert load_draft_plan(session, branch.id) == branch.base == plan
        assert (branch.adjustments, branch.base_revision) == ((closes,), 0)
        with pytest.raises(DraftExists, match="has a draft 'More desks' already"):
            add_draft(session, "lab", name="More desks", now=NOW)
        remove_draft(session, "lab", branch.id)
        assert load_branches(session, "lab") == ()


def test_a_draft_that_is_not_there_is_named(lab: Database) -> None:
    with lab.writing() as session:
        with pytest.raises(NoSuchDraft, match="programme 'lab': has no draft 9"):
            get_draft(session, "lab", 9)
        with pytest.raises(NoSuchProgramme):
            main_draft(session, "moon", now=NOW)


def change(session: Session, desks: int, undoes: Change | None = None) -> Change:
    """Add a change of the first zone's desks to the history."""
    added = add_change(
        session,
        "lab",
        ChangeKind.EDIT,
        [step(LAB.zones[0], desks=desks)],
        now=NOW,
        by=None,
        undoes=undoes,
    )
    return get_change(session, "lab", added)


def numbers(session: Session) -> tuple[int | None, int | None]:
    """Return which change would be taken back next, and which made again."""
    found = find_undoable(session, "lab", None), find_redoable(session, "lab", None)
    undo, redo = (None if each is None else each.id for each in found)
    return undo, redo


def test_changes_are_taken_back_one_after_another_and_made_again(lab: Database) -> None:
    with lab.writing() as session:
        assert numbers(session) == (None, None)
        one, two = change(session, 1), change(session, 2)
        assert numbers(session) == (two.id, None)
        no_two = change(session, 0, undoes=two)
        assert numbers(session) == (one.id, no_two.id)
        no_one = change(session, 0, undoes=one)
        assert numbers(session) == (None, no_one.id)
        one_again = change(session, 1, undoes=get_change(session, "lab", no_one.id))
        assert one_again.direction is Direction.REDO
        assert numbers(session) == (one_again.id, no_two.id)
        two_again = change(session, 2, undoes=get_change(session, "lab", no_two.id))
        assert numbers(session) == (two_again.id, None)


def test_after_something_new_nothing_is_made_again(lab: Database) -> None:
    with lab.writing() as session:
        one = change(session, 1)
        change(session, 0, undoes=one)
        fresh = change(session, 5)
        assert numbers(session) == (fresh.id, None)


def test_the_history_says_who_did_what_when_the_latest_first(lab: Database) -> None:
    with lab.writing() as session:
        one = change(session, 1)
        add_change(session, "lab", ChangeKind.PUBLISH, now=NOW, by=None, facts={"release": 1})
        latest, first = load_changes(session, "lab")
        assert (latest.kind, latest.facts, latest.by) == (ChangeKind.PUBLISH, {"release": 1}, None)
        assert first == one
        assert load_changes(session, "lab", before=latest.id) == (first,)
        with pytest.raises(NoSuchChange):
            get_change(session, "lab", 99)
