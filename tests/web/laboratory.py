"""A tiny laboratory in a database, planned by hand, for the tests of use cases and pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from models.database import Database
from models.draft_store import main_draft, store_draft_plan
from models.link_store import find_researcher_link
from models.plan_store import store_plan
from models.release_store import Release
from models.scenario_store import scenario_sha256, store_scenario
from scheduler.outcome import Status
from scheduler.plan import Plan, Unplaced
from scheduler.plan_file import PlanFile
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from scheduler.problem.types import Sha256
from scheduler.verify import score_plan
from tests.builders import make_problem, make_residency
from web.app import close_app, create_app
from web.settings import Settings
from web.use_cases.links.making import LinkMaker
from web.use_cases.releases.publish import Publication, Publisher, publish_draft
from web.use_cases.sign_in import offer_sign_in

NOW = dt.datetime(2026, 1, 5, 0, 30, tzinfo=dt.UTC)
SECRET = b"the tests' own secret, 32 bytes."
MAKER = LinkMaker(public_url="https://lab.example.org", secret=SECRET)
PUBLISHER = Publisher(domain="lab.example.org", maker=MAKER)


def later(**span: float) -> dt.datetime:
    """Return a moment after NOW."""
    return NOW + dt.timedelta(**span)


def seed(database: Database, problem: Problem | None = None) -> Problem:
    """Store a problem, the tiny one if none is given."""
    stored = problem or make_problem()
    with database.writing() as session:
        store_scenario(session, stored)
    return stored


def plan_by_hand(
    database: Database,
    problem: Problem,
    *residencies: Residency,
    unplaced: tuple[Unplaced, ...] = (),
    above: int = 0,
    now: dt.datetime = NOW,
) -> int:
    """Store a plan of the residencies with its true worth, draft it too, and return its id.

    Its proven bound is as much above its worth as named; at 0 it is optimal.
    """
    plan = Plan(residencies=residencies)
    terms = score_plan(problem, plan)
    with database.writing() as session:
        file = PlanFile(
            scenario=problem.programme.id,
            scenario_sha256=Sha256(scenario_sha256(session, problem.programme.id)),
            status=Status.FEASIBLE if above else Status.OPTIMAL,
            objective=sum(terms.values()),
            bound=sum(terms.values()) + above,
            terms=terms,
            seconds=0.5,
            seed=0,
            version="0.1.0",
            plan=plan,
            unplaced=unplaced,
        )
        draft = main_draft(session, problem.programme.id, now=now)
        store_draft_plan(session, draft.id, plan)
        return store_plan(session, problem.programme.id, file, now=now)


def publish(
    database: Database,
    *,
    now: dt.datetime = NOW,
    publisher: Publisher = PUBLISHER,
    **others: Any,
) -> Release:
    """Publish the draft of the laboratory."""
    with database.writing() as session:
        return publish_draft(session, "lab", publisher, Publication(now=now, **others))


def publish_ada(database: Database) -> Problem:
    """Seed the laboratory, plan Ada's four weeks from 5 January 2026, and publish them."""
    problem = seed(database)
    plan_by_hand(database, problem, make_residency("ada"))
    publish(database)
    return problem


class NoJobs:
    """A job runner that remembers what it was given, for tests that need no plan."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.submitted: list[str] = []

    def submit(self, run_id: str) -> None:
        """Remember the run."""
        self.submitted.append(run_id)

    def close(self) -> None:
        """Do nothing."""


def make_settings(folder: Path, database: Database) -> Settings:
    """Return settings for a database, with the tests' secret."""
    return Settings(
        data=folder,
        database_url=database.engine.url.render_as_string(hide_password=False),
        domain="lab.example.org",
        public_url="http://localhost",
        secret=SECRET,
    )


@contextmanager
def open_app(
    folder: Path, database: Database, *, now: dt.datetime = NOW, **others: Any
) -> Iterator[Flask]:
    """Give the application on a database, at the moment NOW unless told otherwise."""
    settings = replace(make_settings(folder, database), **others)
    app = create_app(settings, clock=lambda: now, jobs=NoJobs())
    yield app
    close_app(app)


def page_of(database: Database, researcher: str = "ada") -> str:
    """Return the path of a researcher's private page."""
    with database.reading() as session:
        link = find_researcher_link(session, "lab", researcher)
    assert link is not None
    return f"/r/{MAKER.token(link.id)}"


def signed_in(app: Flask, database: Database) -> FlaskClient:
    """Return a browser in which the coordinator has signed in; forms need no token there."""
    app.config["WTF_CSRF_ENABLED"] = False
    with database.writing() as session:
        token = offer_sign_in(session, now=NOW)
    browser = app.test_client()
    browser.post(f"/sign-in/{token}")
    return browser
