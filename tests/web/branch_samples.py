"""What-ifs of a tiny laboratory with one desk, for the tests of branches."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from models.database import Database
from models.draft_store import Draft, load_draft_plan, main_draft, store_draft_plan
from models.history_store import ChangeKind
from models.problem_loader import load_problem
from models.steps import Document, Step
from models.subjects import document_of
from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from scheduler.problem.types import RequestId
from tests.builders import make_problem, make_request, make_residency, make_zone
from tests.web.laboratory import NOW
from web.use_cases.editing import Edit, make_steps
from web.use_cases.what_ifs.make import Who, begin_branch, get_branch
from web.use_cases.workspace import Workspace, load_workspace

WHO = Who(now=NOW)
ADA, BOB, EVE = make_residency("ada"), make_residency("bob"), make_residency("eve")
MORE_DESKS: Document = {"kind": "add_desks", "zone": "zone-a", "desks": 2}


def small_lab(**others: Any) -> Problem:
    """Return a laboratory of two zones with a desk each, and three requests."""
    zones = (make_zone("zone-a", desks=1), make_zone("zone-b", desks=1))
    requests = tuple(map(make_request, ("ada", "bob", "eve")))
    return make_problem(**{"zones": zones, "requests": requests, **others})


def elsewhere(name: str) -> Residency:
    """Return the stay of somebody in the other zone."""
    return make_residency(name, zone="zone-b")


def draft_stays(database: Database, *stays: Residency) -> None:
    """Put stays into the draft that will be published."""
    with database.writing() as session:
        draft = main_draft(session, "lab", now=NOW)
        store_draft_plan(session, draft.id, Plan(residencies=stays))


def branch_off(
    database: Database,
    *adjustments: Document,
    name: str = "Try",
    stays: tuple[Residency, ...] | None = None,
) -> Draft:
    """Begin a what-if, with stays of its own where some are given."""
    plan = None if stays is None else Plan(residencies=stays)
    with database.writing() as session:
        main = load_workspace(session, "lab")
        return begin_branch(session, main, name, adjustments, WHO, plan=plan)


def move_in_draft(database: Database, before: Residency | None, after: Residency | None) -> None:
    """Let a colleague move somebody in the draft."""
    either = before or after
    assert either is not None
    step = Step(
        subject="draft",
        key=either.request,
        before=None if before is None else document_of(before),
        after=None if after is None else document_of(after),
    )
    with database.writing() as session:
        draft = main_draft(session, "lab", now=NOW)
        make_steps(session, "lab", [step], Edit(kind=ChangeKind.MOVE, now=NOW, draft_id=draft.id))


def change_zone(database: Database, zone: str, **changed: Any) -> None:
    """Let a colleague change a zone."""
    with database.writing() as session:
        before = document_of(load_problem(session, "lab").zone[make_zone(zone).id])
        step = Step(subject="zones", key=zone, before=before, after=before | changed)
        make_steps(session, "lab", [step], Edit(kind=ChangeKind.EDIT, now=NOW))


def withdraw(database: Database, name: str) -> None:
    """Let a colleague withdraw a request."""
    with database.writing() as session:
        before = document_of(load_problem(session, "lab").request[RequestId(name)])
        after = before | {"status": "withdrawn"}
        step = Step(subject="requests", key=name, before=before, after=after)
        make_steps(session, "lab", [step], Edit(kind=ChangeKind.EDIT, now=NOW))


def workspaces_of(session: Session, draft: Draft) -> tuple[Workspace, Workspace]:
    """Return the draft and a what-if as they are now."""
    return load_workspace(session, "lab"), load_workspace(session, "lab", draft.id)


def stays_of(database: Database, draft: Draft | None = None) -> set[tuple[str, str]]:
    """Return who sits in which zone, in a what-if or in the draft."""
    with database.reading() as session:
        draft_id = main_draft(session, "lab", now=NOW).id if draft is None else draft.id
        return {
            (stay.request, stay.zone) for stay in load_draft_plan(session, draft_id).residencies
        }


def fresh(session: Session, draft: Draft) -> Draft:
    """Return a what-if as it stands."""
    return get_branch(session, "lab", draft.id)
