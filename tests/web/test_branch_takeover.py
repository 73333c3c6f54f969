"""A what-if is taken over into the draft: stays, what it tries, or both in one step."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from models.database import Database
from models.draft_store import Draft
from models.history_store import ChangeKind
from models.steps import EditConflict
from scheduler.problem.problem import Problem
from tests.builders import make_pin
from tests.models.memory import recall
from tests.web.branch_samples import (
    ADA,
    BOB,
    MORE_DESKS,
    WHO,
    branch_off,
    change_zone,
    draft_stays,
    elsewhere,
    fresh,
    move_in_draft,
    small_lab,
    stays_of,
    workspaces_of,
)
from tests.web.laboratory import NOW, seed
from web.use_cases.editing import Edit, undo
from web.use_cases.what_ifs.base import has_moved
from web.use_cases.what_ifs.make import BranchMovedError
from web.use_cases.what_ifs.steps import (
    PinsDisagreeError,
    seen_of,
    steps_of_adjustments,
    steps_of_stays,
)
from web.use_cases.what_ifs.takeover import (
    BaseMovedError,
    Choice,
    NothingChosenError,
    TakenOver,
    take_over,
)
from web.use_cases.workspace import load_workspace


@pytest.fixture
def lab(database: Database) -> Database:
    """Return a database with the small laboratory, where Ada has a place."""
    seed(database, small_lab())
    draft_stays(database, ADA)
    return database


def taken(
    lab: Database,
    draft: Draft,
    requests: Collection[str] = (),
    adjustments: Collection[int] = (),
    revision: int | None = None,
) -> TakenOver:
    """Take over what a page shows now."""
    with lab.writing() as session:
        main, branch = workspaces_of(session, draft)
        steps = (
            *steps_of_adjustments(main.problem, draft.adjustments),
            *steps_of_stays(main, branch),
        )
        choice = Choice(
            requests=requests, adjustments=adjustments, revision=revision, seen=seen_of(steps)
        )
        return take_over(session, main, branch, choice, WHO)


def zones_of(problem: Problem) -> dict[str, int]:
    """Return the desks of each zone."""
    return {zone.id: zone.desks for zone in problem.zones}


def test_some_stays_are_taken_over_and_the_others_stay_in_the_what_if(lab: Database) -> None:
    draft = branch_off(lab, stays=(elsewhere("ada"), BOB))

    made = taken(lab, draft, ["bob"])

    assert made.change is not None
    assert made.change.kind is ChangeKind.TAKE_OVER
    assert made.violations == 1
    assert stays_of(lab) == {("ada", "zone-a"), ("bob", "zone-a")}
    assert stays_of(lab, draft) == {("ada", "zone-b"), ("bob", "zone-a")}
    with lab.reading() as session:
        assert not has_moved(fresh(session, draft), load_workspace(session, "lab"))


def test_stays_and_what_they_need_are_taken_over_in_one_step_and_back(lab: Database) -> None:
    draft = branch_off(lab, MORE_DESKS, stays=(ADA, BOB))
    before = recall(lab)

    made = taken(lab, draft, ["bob"], [0])

    assert (zones_of(recall(lab)), made.violations) == ({"zone-a": 3, "zone-b": 1}, 0)
    assert stays_of(lab) == {("ada", "zone-a"), ("bob", "zone-a")}
    with lab.writing() as session:
        assert fresh(session, draft).adjustments == ()
        main = load_workspace(session, "lab")
        undo(session, "lab", Edit(kind=ChangeKind.TAKE_OVER, now=NOW, draft_id=main.draft_id))
    assert (recall(lab), stays_of(lab)) == (before, {("ada", "zone-a")})


def test_what_is_tried_can_be_taken_over_alone(lab: Database) -> None:
    pin = {"kind": "add_pin", "pin": {"request": "ada", "zone": "zone-a"}}
    draft = branch_off(lab, MORE_DESKS, pin)

    taken(lab, draft, adjustments=[1])

    assert recall(lab).pins == (make_pin("ada", zone="zone-a"),)
    with lab.reading() as session:
        assert fresh(session, draft).adjustments == (MORE_DESKS,)


def test_nothing_chosen_is_said(lab: Database) -> None:
    with pytest.raises(NothingChosenError):
        taken(lab, branch_off(lab, MORE_DESKS))


def test_a_what_if_is_rebased_before_it_is_taken_over(lab: Database) -> None:
    draft = branch_off(lab, MORE_DESKS)
    move_in_draft(lab, None, BOB)
    with pytest.raises(BaseMovedError):
        taken(lab, draft, adjustments=[0])


def test_what_a_colleague_has_changed_in_the_what_if_is_said(lab: Database) -> None:
    draft = branch_off(lab, stays=(elsewhere("ada"),))
    with pytest.raises(BranchMovedError):
        taken(lab, draft, ["ada"], revision=0)


def test_what_stands_otherwise_than_was_shown_is_a_conflict_and_nothing_is_taken(
    lab: Database,
) -> None:
    draft = branch_off(lab, MORE_DESKS, stays=(ADA, BOB))
    with lab.writing() as session:
        main, branch = workspaces_of(session, draft)
        seen = seen_of(steps_of_adjustments(main.problem, draft.adjustments))
        seen["zones"]["zone-a"] = seen["zones"]["zone-a"] | {"desks": 7}
        choice = Choice(requests=["bob"], adjustments=[0], revision=None, seen=seen)
        with pytest.raises(EditConflict) as caught:
            take_over(session, main, branch, choice, WHO)
    assert [(clash.field, clash.now) for clash in caught.value.clashes] == [("desks", 1)]
    assert (zones_of(recall(lab)), stays_of(lab)) == (
        {"zone-a": 1, "zone-b": 1},
        {("ada", "zone-a")},
    )


def test_a_change_of_something_else_does_not_matter_to_the_steps(lab: Database) -> None:
    change_zone(lab, "zone-b", desks=4)
    draft = branch_off(lab, MORE_DESKS)
    taken(lab, draft, adjustments=[0])
    assert zones_of(recall(lab)) == {"zone-a": 3, "zone-b": 4}


def test_pins_that_disagree_cannot_become_one() -> None:
    problem = small_lab(pins=(make_pin("ada", zone="zone-a"),))
    other = {"kind": "add_pin", "pin": {"request": "ada", "zone": "zone-b"}}
    with pytest.raises(PinsDisagreeError, match="Two pins on ada"):
        steps_of_adjustments(problem, [other])


def test_pins_that_agree_become_one() -> None:
    problem = small_lab(pins=(make_pin("ada", zone="zone-a"),))
    other = {"kind": "add_pin", "pin": {"request": "ada", "slot": "winter"}}
    [step] = steps_of_adjustments(problem, [other])
    assert step.before is not None
    assert step.after == step.before | {"slot": "winter"}
