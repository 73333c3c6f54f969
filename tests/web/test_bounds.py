"""What is proven of a draft: bounds hold as long as nothing that they rest on has changed."""

from __future__ import annotations

from dataclasses import replace

from models.database import Database
from models.draft_store import main_draft, store_draft_plan
from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Pin
from scheduler.problem.types import RequestId
from tests.builders import day, make_problem, make_residency
from tests.web.laboratory import NOW, publish, seed
from web.use_cases.plans import find_bound
from web.use_cases.releases.plan import stored_draft
from web.use_cases.workspace import load_workspace

ADA = RequestId("ada")
HERE = Pin(request=ADA, first_day=day("2026-01-05"))


def bound_of(database: Database) -> int | None:
    with database.reading() as session:
        return find_bound(session, load_workspace(session, "lab"))


def prove(database: Database, problem: Problem) -> int:
    """Seed a problem, place Ada, keep the plan, and return the bound that is proven of it."""
    seed(database, problem)
    with database.writing() as session:
        draft = main_draft(session, "lab", now=NOW)
        store_draft_plan(session, draft.id, Plan(residencies=(make_residency("ada"),)))
        _, file = stored_draft(session, load_workspace(session, "lab"), now=NOW)
    return file.bound


def test_a_bound_holds_for_what_it_was_proven_for(database: Database) -> None:
    assert prove(database, make_problem()) == bound_of(database)


def test_a_bound_holds_when_somebody_is_pinned(database: Database) -> None:
    proven = prove(database, make_problem())
    seed(database, make_problem(pins=(HERE,)))
    assert bound_of(database) == proven


def test_a_bound_does_not_hold_when_a_pin_is_released(database: Database) -> None:
    prove(database, make_problem(pins=(HERE,)))
    seed(database, make_problem())
    assert bound_of(database) is None


def test_a_pin_into_the_past_allows_more_than_was_proven(database: Database) -> None:
    problem = make_problem()
    prove(database, problem)
    programme = replace(problem.programme, today=day("2026-01-06"))
    prove(database, replace(problem, programme=programme))
    seed(database, replace(problem, programme=programme, pins=(HERE,)))
    assert bound_of(database) is None


def test_a_first_release_keeps_the_bound_and_so_does_a_pin_after_it(database: Database) -> None:
    proven = prove(database, make_problem())
    publish(database)
    after = bound_of(database)
    with database.reading() as session:
        told = load_workspace(session, "lab").problem
    seed(database, replace(told, pins=(HERE,)))
    assert (after, bound_of(database)) == (proven, proven)
