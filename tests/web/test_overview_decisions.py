"""What needs a decision: each thing that waits is named once, what is wrong first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.database import Database
from models.draft_store import add_draft, count_revision, load_draft_plan, main_draft
from models.plan_store import store_plan
from models.run_store import Incumbent, add_run, claim_run, fail_run, finish_run
from models.scenario_store import scenario_sha256, store_scenario
from scheduler.outcome import Status
from scheduler.plan import Plan
from scheduler.plan_file import PlanFile
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from scheduler.problem.types import Sha256
from scheduler.verify import score_plan
from tests.builders import day, make_problem, make_request, make_residency, make_zone
from tests.web.laboratory import NOW, PUBLISHER, later, plan_by_hand, publish, seed
from web.use_cases.overview.digest import Digests
from web.use_cases.overview.page import Look, show_programme
from web.use_cases.views.overview import Decision, DecisionKind
from web.use_cases.workspace import load_workspace

TWO = make_problem(requests=(make_request("ada"), make_request("bo", priority=4)))


def decisions(database: Database) -> tuple[Decision, ...]:
    """Return what the overview names."""
    look = Look(language="en", now=later(hours=2))
    with database.reading() as session:
        workspace = load_workspace(session, "lab")
        return show_programme(session, workspace, PUBLISHER, Digests(), look).overview.decisions


def kinds(database: Database) -> list[str]:
    """Return the kinds of what the overview names."""
    return [each.kind.value for each in decisions(database)]


def run_to_end(database: Database, problem: Problem, *stays: Residency) -> None:
    """Let a run of the draft end with a plan that nobody has accepted."""
    with database.writing() as session:
        draft = main_draft(session, "lab", now=NOW)
        sha256 = scenario_sha256(session, "lab")
        run_id = add_run(
            session,
            programme_id="lab",
            draft_id=draft.id,
            seconds_limit=1.0,
            workers=1,
            seed=0,
            input_sha256=sha256,
            now=NOW,
            draft_revision=draft.revision,
        )
        claim_run(session, run_id, now=NOW)
        plan = Plan(residencies=stays)
        terms = score_plan(problem, plan)
        worth = sum(terms.values())
        file = PlanFile(
            scenario=problem.programme.id,
            scenario_sha256=Sha256(sha256),
            status=Status.OPTIMAL,
            objective=worth,
            bound=worth,
            terms=terms,
            seconds=0.1,
            seed=0,
            version="0.1.0",
            plan=plan,
        )
        store_plan(session, "lab", file, now=NOW, run_id=run_id)
        last = Incumbent(seconds=0.1, objective=worth, bound=worth)
        finish_run(session, run_id, last, now=NOW)


def test_a_programme_without_requests_needs_requests_and_nothing_else(database: Database) -> None:
    seed(database, make_problem(requests=()))
    assert kinds(database) == ["no_requests"]


def test_requests_without_a_plan_wait_for_one(database: Database) -> None:
    seed(database, TWO)
    assert [(each.kind, each.count) for each in decisions(database)] == [(DecisionKind.NO_PLAN, 2)]


def test_a_published_plan_that_places_everybody_leaves_its_mails(database: Database) -> None:
    problem = seed(database)
    plan_by_hand(database, problem, make_residency("ada"))
    publish(database)
    assert [(each.kind.value, each.count, each.number) for each in decisions(database)] == [
        ("mails", 1, 1)
    ]


def test_a_request_of_high_priority_without_a_place_is_named(database: Database) -> None:
    problem = seed(database, TWO)
    plan_by_hand(database, problem, make_residency("ada"))
    (urgent,) = decisions(database)
    assert (urgent.kind, urgent.count, list(urgent.items)) == (
        DecisionKind.URGENT,
        1,
        [("bo", "bo")],
    )


def test_a_draft_that_breaks_rules_comes_first(database: Database) -> None:
    problem = seed(database, replace(TWO, zones=(make_zone(desks=1),)))
    plan_by_hand(database, problem, make_residency("ada"), make_residency("bo"))
    assert kinds(database)[0] == "broken"


def test_a_stay_whose_zone_is_gone_is_told(database: Database) -> None:
    problem = seed(database, replace(TWO, zones=(make_zone(), make_zone("zone-b"))))
    plan_by_hand(database, problem, make_residency("ada", zone="zone-b"), make_residency("bo"))
    seed(database, TWO)
    strays = [each for each in decisions(database) if each.kind is DecisionKind.STRAYS]
    assert [(each.count, list(each.items)) for each in strays] == [(1, [("ada", "ada")])]


def test_a_finished_run_waits_to_be_accepted(database: Database) -> None:
    problem = seed(database, TWO)
    plan_by_hand(database, problem, make_residency("ada"))
    run_to_end(database, problem, make_residency("ada"), make_residency("bo"))
    proposals = [each for each in decisions(database) if each.kind is DecisionKind.PROPOSAL]
    assert [(each.count, each.number) for each in proposals] == [(1, 4000)]


def test_a_run_that_says_what_the_draft_says_waits_for_nobody(database: Database) -> None:
    problem = seed(database, TWO)
    stays = (make_residency("ada"), make_residency("bo"))
    plan_by_hand(database, problem, *stays)
    run_to_end(database, problem, *stays)
    assert kinds(database) == []


def test_a_run_that_failed_says_why(database: Database) -> None:
    problem = seed(database)
    plan_by_hand(database, problem, make_residency("ada"))
    with database.writing() as session:
        draft = main_draft(session, "lab", now=NOW)
        run_id = add_run(
            session,
            programme_id="lab",
            draft_id=draft.id,
            seconds_limit=1.0,
            workers=1,
            seed=0,
            input_sha256="0" * 64,
            now=later(minutes=1),
        )
        fail_run(session, run_id, now=later(minutes=2), message="The disk is full.")
    assert [(each.kind.value, each.text) for each in decisions(database)] == [
        ("run_failed", "The disk is full.")
    ]


def test_data_that_changed_since_the_proof_call_for_a_new_plan(database: Database) -> None:
    problem = seed(database)
    plan_by_hand(database, problem, make_residency("ada"))
    seed(database, make_problem(zones=(make_zone(desks=9),)))
    assert kinds(database) == ["unproven"]


def test_a_what_if_whose_draft_has_moved_is_named(database: Database) -> None:
    problem = seed(database)
    plan_by_hand(database, problem, make_residency("ada"))
    with database.writing() as session:
        draft = main_draft(session, "lab", now=NOW)
        base = (draft, load_draft_plan(session, draft.id))
        sha256 = scenario_sha256(session, "lab")
        add_draft(session, "lab", name="More desks", now=NOW, base=base, scenario_sha256=sha256)
    assert kinds(database) == []
    with database.writing() as session:
        count_revision(session, draft.id)
    (moved,) = decisions(database)
    assert (moved.kind, [name for _, name in moved.items]) == (
        DecisionKind.MOVED_BASE,
        ["More desks"],
    )


@pytest.mark.parametrize(
    ("stays", "since"),
    [
        ((make_residency("ada", days=21), make_residency("bo")), (1, 1, 0)),
        ((make_residency("bo"),), (1, 0, 1)),
    ],
)
def test_what_people_do_not_know_yet_is_counted(
    database: Database, stays: tuple[Residency, ...], since: tuple[int, int, int]
) -> None:
    problem = seed(database, TWO)
    plan_by_hand(database, problem, make_residency("ada", first_day=day("2026-02-02")))
    publish(database)
    with database.reading() as session:
        told = load_workspace(session, "lab").problem
    plan_by_hand(database, told, *stays, now=later(hours=1))
    look = Look(language="en", now=later(hours=2))
    with database.reading() as session:
        workspace = load_workspace(session, "lab")
        view = show_programme(session, workspace, PUBLISHER, Digests(), look).overview
    assert view.since is not None
    assert (view.since.new, view.since.moved, view.since.cancelled) == since
    news = [each for each in view.decisions if each.kind is DecisionKind.NEWS]
    assert [each.count for each in news] == [sum(since)]


def test_what_was_worked_out_is_kept_until_the_draft_moves(database: Database) -> None:
    problem = seed(database)
    plan_by_hand(database, problem, make_residency("ada"))
    digests = Digests()
    with database.reading() as session:
        first = digests.of(load_workspace(session, "lab"))
        assert digests.of(load_workspace(session, "lab")) is first
    with database.writing() as session:
        count_revision(session, main_draft(session, "lab", now=NOW).id)
        assert digests.of(load_workspace(session, "lab")) is not first
        store_scenario(session, problem)
