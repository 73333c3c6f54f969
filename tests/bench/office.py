"""Measurements of the pages of the office with 10,000 requests: after a change, and again."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from flask.testing import FlaskClient

from models.database import Database, open_database
from models.migrate import upgrade
from models.programme_store import renew_version
from scheduler.problem.problem import Problem
from scheduler.problem.scenario_file import load_scenario
from tests.bench.figures import Figure
from tests.bench.serving import plan_by_first_fit
from tests.web.laboratory import NOW as BEGIN
from tests.web.laboratory import PUBLISHER, open_app, seed, signed_in
from web.use_cases.releases.publish import Publication, publish_draft

COLD, WARM = "3 s", "1 s"
TURNS = 3

PAGES = {
    "overview": "",
    "requests": "/requests",
    "a request's form": "/data/requests/{request}",
    "a zone's form": "/data/zones/{zone}",
    "floors": "/floors",
    "board": "/board",
    "what the board asks for after a change": "/board/changes",
    "plan": "/plan",
    "what-ifs": "/what-ifs",
    "draft beside release": "/what-ifs/compare?a=draft&b=release",
    "releases": "/releases",
    "a release": "/releases/1",
    "the next release": "/releases/new",
    "mails of a release": "/releases/1/mails",
    "history": "/history",
    "researchers": "/researchers",
    "links": "/links",
}
"""Where each page stands."""


def office_figures(huge: Path) -> Iterator[Figure]:
    """Publish a plan of a scenario, and measure every page of its office."""
    problem = load_scenario(huge)
    programme_id = problem.programme.id
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        upgrade(url)
        database = open_database(url)
        seed(database, problem)
        plan_by_first_fit(database, problem)
        with database.writing() as session:
            publish_draft(session, programme_id, PUBLISHER, Publication(now=BEGIN))
        with open_app(Path(folder), database) as app:
            browser = signed_in(app, database)
            for name, page in PAGES.items():
                yield from _page(browser, database, problem, name, page)
        database.close()


def _page(
    browser: FlaskClient, database: Database, problem: Problem, name: str, page: str
) -> Iterator[Figure]:
    asked = page.format(request=problem.requests[0].id, zone=problem.zones[0].id)
    path = f"/programmes/{problem.programme.id}{asked}"
    with database.writing() as session:
        renew_version(session, problem.programme.id)
    first, size = _asked(browser, path)
    again = min(_asked(browser, path)[0] for _ in range(TURNS))
    about = f"{len(problem.requests)} requests: {name}"
    yield Figure(
        name=f"{about}, after a change of the data", value=round(first, 2), unit="s", target=COLD
    )
    yield Figure(
        name=f"{about}, again",
        value=round(again, 3),
        unit="s",
        target=WARM,
        note=f"{size / 1024:.0f} KB before packing",
    )


def _asked(browser: FlaskClient, path: str) -> tuple[float, int]:
    """Return how long an answer took, and how large it is."""
    began = time.perf_counter()
    answer = browser.get(path)
    seconds = time.perf_counter() - began
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: answer {answer.status_code}")
    return seconds, len(answer.data)
