"""Two plans side by side: people, points by term, desks by week, and what is left out."""

from __future__ import annotations

import datetime as dt

import pytest

from models.database import Database
from scheduler.problem.problem import Problem
from tests.builders import (
    make_plan,
    make_problem,
    make_range,
    make_request,
    make_reservation,
    make_residency,
    make_zone,
)
from tests.web.branch_samples import (
    ADA,
    BOB,
    MORE_DESKS,
    branch_off,
    draft_stays,
    elsewhere,
    small_lab,
    workspaces_of,
)
from tests.web.laboratory import NOW, seed
from web.use_cases.errors import NotThereError
from web.use_cases.views.branch_sides import ComparisonView, Outcome, SideKind
from web.use_cases.views.branches import BranchState
from web.use_cases.what_ifs.compare import branch_side, compare, draft_side, published_side
from web.use_cases.what_ifs.listing import show_branches
from web.use_cases.what_ifs.page import show_branch, show_comparison
from web.use_cases.workspace import Scenario, Workspace, Workspaces


def workspace(problem: Problem, *stays: object) -> Workspace:
    """Return a plan beside its programme, of no draft."""
    scenario = Scenario(version="1", problem=problem)
    plan = make_plan(*stays)  # type: ignore[arg-type]  # residencies
    return Workspace(scenario=scenario, draft=None, plan=plan, strays=())


def compared(before: Workspace, after: Workspace) -> ComparisonView:
    """Compare two plans."""
    return compare(draft_side(before), branch_side(after), language="en")


def test_who_is_new_moves_and_loses_the_place() -> None:
    lab = small_lab()
    found = compared(
        workspace(lab, ADA, elsewhere("bob")),
        workspace(lab, elsewhere("ada"), make_residency("eve")),
    )

    assert [(row.fate, row.researcher, row.parts) for row in found.people] == [
        ("new", "eve", ()),
        ("changed", "ada", ("zone",)),
        ("dropped", "bob", ()),
    ]
    assert found.outcome == Outcome(new=1, moved=1, dropped=1, withdrawn=0, points=0, violations=0)
    assert [(each.request, each.is_alone) for each in found.before.unplaced] == [("eve", True)]
    assert [(each.request, each.is_alone) for each in found.after.unplaced] == [("bob", True)]


def test_terms_show_both_sides_and_the_share_of_the_difference() -> None:
    lab = make_problem(requests=(make_request("ada", preferred_first_day=ADA.first_day),))
    late = make_residency("ada", first_day=ADA.first_day + dt.timedelta(days=7), days=21)
    found = compared(workspace(lab, ADA), workspace(lab, late))
    # 21 of 28 days: 7 days short at 3 points; 7 days after the preferred day at 1 point.
    assert [(row.name, row.before, row.after, row.share) for row in found.terms] == [
        ("short_stay", 0, -21, -1.0),
        ("arrival_shift", 0, -7, -0.3333),
        ("placed", 3000, 3000, 0.0),
    ]
    assert found.outcome.points == -28


def test_desks_are_counted_on_the_fullest_day_of_each_week() -> None:
    zone = make_zone(desks=8, closures=(make_range("2026-01-14"),))
    lab = make_problem(
        zones=(zone,),
        reservations=(make_reservation(last_day=dt.date(2026, 1, 11)),),
        requests=(make_request("ada", desks=3), make_request("bob")),
    )
    found = compared(workspace(lab, make_residency("ada", days=7)), workspace(lab, ADA, BOB))
    assert [
        (week.first_day.isoformat(), week.before, week.after, week.desks_after)
        for week in found.weeks[:3]
    ] == [("2026-01-05", 3, 4, 6), ("2026-01-12", 0, 4, 0), ("2026-01-19", 0, 4, 8)]


def test_a_rule_that_a_plan_breaks_stands_on_its_side() -> None:
    lab = small_lab()
    found = compared(workspace(lab, ADA), workspace(lab, ADA, BOB))
    assert (found.before.broken, [each.rule for each in found.after.broken]) == ((), ["H5"])


def test_what_people_have_been_told_is_a_side() -> None:
    lab = small_lab(published=(ADA,))
    side = published_side(workspace(lab))
    assert (side.kind, side.workspace.stays) == (SideKind.RELEASE, (ADA,))


@pytest.fixture
def lab(database: Database) -> Database:
    """Return a database with the small laboratory, where Ada has a place."""
    seed(database, small_lab())
    draft_stays(database, ADA)
    return database


def test_the_list_says_what_each_what_if_brings(lab: Database) -> None:
    draft = branch_off(lab, MORE_DESKS, stays=(ADA, BOB))
    with lab.reading() as session:
        view = show_branches(session, Workspaces(), "lab", language="en", now=NOW)
    [row] = view.rows
    assert (row.id, row.name, row.state, row.has_moved) == (
        draft.id,
        "Try",
        BranchState.NOT_PLANNED,
        False,
    )
    assert (row.outcome, row.placed) == (
        Outcome(new=1, moved=0, dropped=0, withdrawn=0, points=3000, violations=0),
        2,
    )


def test_an_empty_list_shows_two_examples_of_this_programme(lab: Database) -> None:
    with lab.reading() as session:
        view = show_branches(session, Workspaces(), "lab", language="en", now=NOW)
    assert [(each.adjustment.kind, each.adjustment.values["zone"]) for each in view.examples] == [
        ("add_desks", "zone-a"),
        ("close_zone", "zone-a"),
    ]


def test_the_page_says_what_taking_over_would_change(lab: Database) -> None:
    draft = branch_off(lab, MORE_DESKS, stays=(ADA, BOB))
    with lab.reading() as session:
        view = show_branch(session, Workspaces(), "lab", draft.id, language="en", now=NOW)
    [change] = view.changes
    assert (change.number, change.subject, change.name, change.field) == (
        0,
        "zones",
        "zone-a",
        "desks",
    )
    assert (change.before, change.after) == (1, 3)
    assert sorted(view.seen) == ["draft", "zones"]
    assert [side.kind for side in view.others] == [SideKind.DRAFT]


def test_any_two_are_compared(lab: Database) -> None:
    first = branch_off(lab, name="One")
    second = branch_off(lab, name="Two", stays=(elsewhere("ada"),))
    with lab.reading() as session:
        view = show_comparison(
            session, Workspaces(), "lab", str(first.id), str(second.id), language="en"
        )
        with pytest.raises(NotThereError):
            show_comparison(session, Workspaces(), "lab", "draft", "elsewhere", language="en")
    assert (view.comparison.before.name, view.comparison.after.name) == ("One", "Two")
    assert view.comparison.outcome.moved == 1


def test_a_what_if_knows_both_workspaces(lab: Database) -> None:
    draft = branch_off(lab, MORE_DESKS)
    with lab.reading() as session:
        main, branch = workspaces_of(session, draft)
    assert (main.problem.zones[0].desks, branch.problem.zones[0].desks) == (1, 3)
