"""Planning in parts: who may move, what a plan would change, and taking it over item by item."""

from __future__ import annotations

from typing import Any

import pytest

from models.database import Database
from models.draft_store import load_draft_plan, main_draft, store_draft_plan
from models.history_store import ChangeKind
from models.run_store import Run, RunStatus, get_run
from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from scheduler.problem.types import HostId, ZoneId
from tests.builders import day, make_pin, make_problem, make_request, make_residency, make_zone
from tests.web.laboratory import NOW, later, plan_by_hand, publish, seed
from web.use_cases.editing import Edit
from web.use_cases.errors import NotThereError, PlanOutdatedError
from web.use_cases.planning.page import Asking, find_people, moving_requests, show_plan, start_run
from web.use_cases.planning.proposal import (
    accept_proposal,
    check_selection,
    discard_proposal,
    get_proposed,
)
from web.use_cases.planning.runs import RunWish, key_of
from web.use_cases.planning.solving import run_plan
from web.use_cases.views.planning import (
    BrokenRule,
    PlanView,
    ProposalView,
    Scope,
    Taken,
    ToldMark,
)
from web.use_cases.workspace import Workspace, load_workspace

THREE = make_problem(
    zones=(make_zone(desks=1), make_zone("zone-b", desks=1)),
    requests=tuple(map(make_request, ("ada", "bob", "eve"))),
)
ADA, BOB, EVE = make_residency("ada"), make_residency("bob", zone="zone-b"), make_residency("eve")
ADA_LATER = make_residency("ada", first_day=day("2026-02-02"))
EVE_LATER = make_residency("eve", first_day=day("2026-02-02"))
EDIT = Edit(kind=ChangeKind.ACCEPT, now=NOW)


def opened(database: Database) -> Workspace:
    with database.reading() as session:
        return load_workspace(session, "lab")


def show(database: Database, **others: Any) -> PlanView:
    """Return the page as it stands."""
    with database.reading() as session:
        workspace = load_workspace(session, "lab")
        return show_plan(session, workspace, language="en", now=later(minutes=1), **others)


def shown(database: Database, plan_id: int) -> ProposalView:
    """Return what a plan would change."""
    found = show(database, plan_id=plan_id).proposal
    assert found is not None
    return found


def drafted(database: Database, *stays: Residency) -> tuple[Residency, ...]:
    """Put stays into the draft by hand."""
    with database.writing() as session:
        draft = main_draft(session, "lab", now=NOW)
        store_draft_plan(session, draft.id, Plan(residencies=stays))
        return stays


def proposed(
    database: Database, problem: Problem, draft: tuple[Residency, ...], *stays: Any
) -> int:
    """Store a plan of some stays while the draft holds others, and return its id."""
    plan_id = plan_by_hand(database, problem, *stays)
    drafted(database, *draft)
    return plan_id


def accept(database: Database, plan_id: int, **others: Any) -> None:
    with database.writing() as session:
        workspace = load_workspace(session, "lab")
        revision = others.pop("revision", workspace.revision)
        accept_proposal(session, workspace, plan_id, EDIT, revision=revision, **others)


def in_draft(database: Database) -> set[Residency]:
    with database.writing() as session:
        draft = main_draft(session, "lab", now=NOW)
        return set(load_draft_plan(session, draft.id).residencies)


def planned(database: Database, scope: Scope, *requests: str, **wish: Any) -> Run:
    """Start a run of some requests as the page does, work it off, and return it."""
    asking = Asking(now=NOW, by=None, scope=scope, requests=requests)
    with database.writing() as session:
        workspace = load_workspace(session, "lab")
        moving = moving_requests(workspace, asking)
        run_id = start_run(
            session, workspace, asking, RunWish(seconds=10, workers=1, requests=moving, **wish)
        )
    run_plan(database, run_id, clock=lambda: NOW)
    with database.reading() as session:
        return get_run(session, key_of(run_id))


@pytest.mark.parametrize(
    ("scope", "requests", "moving"),
    [
        (Scope.ALL, (), None),
        (Scope.UNPLACED, (), ("eve",)),
        (Scope.SOME, ("eve", "ada", "nobody"), ("ada", "eve")),
        (Scope.SOME, (), ()),
    ],
    ids=["all", "unplaced", "some", "nobody"],
)
def test_those_may_move_who_are_asked_for(
    database: Database, scope: Scope, requests: tuple[str, ...], moving: tuple[str, ...] | None
) -> None:
    seed(database, THREE)
    drafted(database, ADA, BOB)
    asking = Asking(now=NOW, by=None, scope=scope, requests=requests)
    assert moving_requests(opened(database), asking) == moving


def test_an_empty_draft_takes_the_first_plan_at_once(database: Database) -> None:
    seed(database, THREE)
    run = planned(database, Scope.ALL)
    view = show(database)
    assert (run.status, view.placed, view.proposal) == (RunStatus.DONE, 3, None)
    assert [row.taken for row in view.runs] == [Taken.WHOLE]


def test_only_the_unplaced_are_planned_and_the_others_stay(database: Database) -> None:
    seed(database, THREE)
    stays = drafted(database, ADA_LATER, BOB)
    run = planned(database, Scope.UNPLACED)
    assert run.requests == ("eve",)
    view = show(database)
    assert view.proposal is not None
    assert [(each.request, each.fate) for each in view.proposal.changes] == [("eve", "new")]
    assert in_draft(database) == set(stays)
    assert (view.runs[0].scope, view.runs[0].people) == (Scope.SOME, 1)


def test_stays_that_contradict_each_other_are_named_and_may_move_next_time(
    database: Database,
) -> None:
    seed(database, THREE)
    drafted(database, ADA, make_residency("bob"))
    run = planned(database, Scope.SOME, "eve")
    assert run.status is RunStatus.FAILED
    failed = show(database).failed
    assert failed is not None
    assert [(row.request, row.rules) for row in failed.conflicts] == [
        ("ada", ("H5",)),
        ("bob", ("H5",)),
    ]
    assert failed.moving == ("eve", "ada", "bob")

    assert planned(database, Scope.SOME, *failed.moving).status is RunStatus.DONE


def test_a_stay_that_is_to_stay_where_its_pin_forbids_is_named(database: Database) -> None:
    pinned = make_problem(
        zones=THREE.zones, requests=THREE.requests, pins=(make_pin("ada", zone=ZoneId("zone-b")),)
    )
    seed(database, pinned)
    drafted(database, ADA)
    planned(database, Scope.SOME, "eve")
    failed = show(database).failed
    assert failed is not None
    assert [(row.request, row.rules) for row in failed.conflicts] == [("ada", ("H14",))]


def test_a_difference_says_what_is_new_moved_and_dropped(database: Database) -> None:
    problem = seed(database, THREE)
    plan_id = proposed(database, problem, (ADA, BOB), ADA_LATER, EVE)
    found = shown(database, plan_id)
    assert [(row.request, row.fate, row.parts) for row in found.changes] == [
        ("bob", "dropped", ()),
        ("ada", "changed", ("first_day", "last_day")),
        ("eve", "new", ()),
    ]
    assert (found.placed_before, found.placed_after, found.touched) == (2, 2, 0)
    assert (found.objective_before, found.objective_after, found.terms) == (6000, 6000, ())
    assert (found.broken_before, found.broken_after) == ((), ())


def test_those_who_were_told_otherwise_stand_first(database: Database) -> None:
    problem = seed(database, THREE)
    plan_by_hand(database, problem, BOB, EVE)
    publish(database)
    plan_id = proposed(
        database, opened(database).problem, (make_residency("bob"),), ADA, BOB, EVE_LATER
    )
    rows = shown(database, plan_id).changes
    assert [(row.request, row.told) for row in rows] == [
        ("eve", ToldMark.TOUCHED),
        ("bob", ToldMark.RESTORED),
        ("ada", ToldMark.NONE),
    ]


def test_a_plan_is_taken_over_whole(database: Database) -> None:
    problem = seed(database, THREE)
    plan_id = proposed(database, problem, (ADA, BOB), ADA_LATER, EVE)
    accept(database, plan_id)
    assert in_draft(database) == {ADA_LATER, EVE}
    assert show(database, plan_id=plan_id).same_plan == plan_id


def test_a_plan_is_taken_over_for_some_and_what_breaks_is_known_before(database: Database) -> None:
    problem = seed(database, THREE)
    plan_id = proposed(database, problem, (ADA, BOB), ADA_LATER, EVE)
    with database.reading() as session:
        workspace, stored = load_workspace(session, "lab"), get_proposed(session, "lab", plan_id)
    assert check_selection(workspace, stored, ["ada", "eve"]) == ()
    assert check_selection(workspace, stored, ["bob", "nobody"]) == ()
    [broken] = check_selection(workspace, stored, ["eve"])
    assert broken.rule == "H5"

    accept(database, plan_id, requests=["eve"])

    assert in_draft(database) == {ADA, BOB, EVE}
    assert shown(database, plan_id).broken_before == (BrokenRule(rule="H5", count=broken.count),)


def test_a_draft_that_changed_since_it_was_looked_at_is_left_alone(database: Database) -> None:
    problem = seed(database, THREE)
    plan_id = proposed(database, problem, (ADA, BOB), ADA_LATER, EVE)
    with pytest.raises(PlanOutdatedError):
        accept(database, plan_id, revision=1)
    assert in_draft(database) == {ADA, BOB}


def test_a_draft_that_changed_since_the_run_began_is_compared_as_it_is(database: Database) -> None:
    seed(database, THREE)
    drafted(database, ADA)
    planned(database, Scope.UNPLACED)
    drafted(database, ADA_LATER)
    found = show(database).proposal
    assert found is not None
    assert found.has_draft_moved
    assert ("ada", "changed") in [(row.request, row.fate) for row in found.changes]


def test_what_the_programme_no_longer_knows_of_a_plan_is_left_out(database: Database) -> None:
    problem = seed(database, THREE)
    plan_id = proposed(database, problem, (), ADA, BOB)
    seed(database, make_problem(requests=THREE.requests))
    found = shown(database, plan_id)
    assert found.have_data_moved
    assert [row.request for row in found.changes] == ["ada"]
    accept(database, plan_id)
    assert in_draft(database) == {ADA}


def test_taking_over_a_plan_removes_the_stays_of_those_who_withdrew(database: Database) -> None:
    problem = seed(database, THREE)
    plan_id = proposed(database, problem, (ADA, BOB), ADA)
    seed(
        database,
        make_problem(
            zones=THREE.zones,
            requests=(make_request("ada"), make_request("bob", withdrawn=True)),
        ),
    )
    accept(database, plan_id)
    assert in_draft(database) == {ADA}


def test_a_plan_that_was_set_aside_is_not_shown_until_it_is_asked_for(database: Database) -> None:
    seed(database, THREE)
    drafted(database, ADA)
    planned(database, Scope.UNPLACED)
    proposal = show(database).proposal
    assert proposal is not None
    with database.writing() as session:
        discard_proposal(session, "lab", proposal.plan_id)
    view = show(database)
    assert (view.proposal, view.runs[0].taken) == (None, Taken.DISCARDED)
    assert shown(database, proposal.plan_id).changes == proposal.changes


def test_a_plan_of_another_programme_is_not_shown(database: Database) -> None:
    problem = seed(database)
    plan_id = plan_by_hand(database, problem, ADA)
    with pytest.raises(NotThereError), database.reading() as session:
        get_proposed(session, "annex", plan_id)


def test_people_are_found_by_any_part_of_their_name(database: Database) -> None:
    seed(database, THREE)
    drafted(database, ADA)
    found = find_people(opened(database), "WATER ad", language="en")
    assert [(person.request, person.is_placed) for person in found] == [("ada", True)]
    assert len(find_people(opened(database), "", language="en")) == 3


def test_a_selection_is_of_those_who_ask(database: Database) -> None:
    seed(database, THREE)
    view = show(database, chosen=("bob", "bob", "nobody"))
    assert (view.scope, [person.request for person in view.chosen]) == (Scope.SOME, ["bob"])


def test_a_host_that_changes_is_a_part_of_the_difference(database: Database) -> None:
    with_host = make_residency("ada", host=HostId("kim"))
    problem = seed(database, make_problem(requests=(make_request("ada", hosts=None),)))
    plan_id = proposed(database, problem, (ADA,), with_host)
    [row] = shown(database, plan_id).changes
    assert (row.parts, row.after is not None and row.after.host) == (("host",), "kim")
