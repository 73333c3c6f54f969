"""Measurements of the memory and the feeds, on the scenario of 600 requests."""

from __future__ import annotations

import datetime as dt
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from flask.testing import FlaskClient

from models.database import Database, open_database
from models.draft_store import main_draft, store_draft_plan
from models.link_store import load_links
from models.migrate import upgrade
from models.plan_store import store_plan
from models.problem_loader import load_problem
from models.release_store import ScopeKind
from models.scenario_store import scenario_sha256, store_scenario
from scheduler.candidates.space import build_space
from scheduler.improve.greedy import greedy_plans
from scheduler.outcome import Status
from scheduler.plan_file import PlanFile
from scheduler.problem.problem import Problem
from scheduler.problem.scenario_file import load_scenario
from scheduler.problem.types import Sha256
from scheduler.verify import score_plan
from tests.bench.figures import Figure
from tests.web.laboratory import NOW, NoJobs
from web.app import close_app, create_app
from web.settings import Settings, read_settings
from web.use_cases.links.making import LinkMaker
from web.use_cases.releases.publish import Publication, Publisher, publish_draft

HUB = Path("fixtures/scenarios/ai-innovation-hub.yaml")
FEEDS = 200


def serving_figures() -> Iterator[Figure]:
    """Measure storing, loading and publishing 600 requests, and what their feeds cost."""
    problem = load_scenario(HUB)
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings({"SARANGCHAE_DATA": folder}, here=Path(folder))
        upgrade(settings.database_url)
        database = open_database(settings.database_url)
        yield _round_trip(database, problem)
        plan_by_first_fit(database, problem)
        yield _publish(database, problem, settings)
        yield from _feeds(database, problem, settings)
        database.close()


def _round_trip(database: Database, problem: Problem) -> Figure:
    began = time.perf_counter()
    with database.writing() as session:
        store_scenario(session, problem)
    with database.reading() as session:
        loaded = load_problem(session, problem.programme.id)
    seconds = time.perf_counter() - began
    if loaded != problem:
        raise RuntimeError("the problem came back changed")
    name = f"{len(problem.requests)} requests: to the database and back"
    return Figure(name=name, value=round(seconds, 2), unit="s", target="5 s")


def plan_by_first_fit(database: Database, problem: Problem) -> None:
    """Store a plan by first fit: what it is worth does not matter here."""
    space = build_space(problem)
    plan = space.plan(next(greedy_plans(space)))
    terms = score_plan(problem, plan)
    with database.writing() as session:
        file = PlanFile(
            scenario=problem.programme.id,
            scenario_sha256=Sha256(scenario_sha256(session, problem.programme.id)),
            status=Status.FEASIBLE,
            objective=sum(terms.values()),
            bound=10 * sum(terms.values()),
            terms=terms,
            seconds=0.0,
            seed=0,
            version="bench",
            plan=plan,
            unplaced=(),
        )
        draft = main_draft(session, problem.programme.id, now=NOW)
        store_draft_plan(session, draft.id, plan)
        store_plan(session, problem.programme.id, file, now=NOW)


def _publish(database: Database, problem: Problem, settings: Settings) -> Figure:
    publisher = Publisher(domain="bench.example.org", maker=_maker(settings))
    began = time.perf_counter()
    with database.writing() as session:
        publish_draft(session, problem.programme.id, publisher, Publication(now=NOW))
    seconds = time.perf_counter() - began
    return Figure(
        name=f"{len(problem.requests)} requests: publish a release",
        value=round(seconds, 2),
        unit="s",
    )


def _maker(settings: Settings) -> LinkMaker:
    return LinkMaker(public_url=settings.public_url, secret=settings.secret)


def _feeds(database: Database, problem: Problem, settings: Settings) -> Iterator[Figure]:
    """Ask for researchers' feeds that nobody asked for before, and once more with their ETag."""
    with database.reading() as session:
        links = load_links(session, problem.programme.id)
    maker = _maker(settings)
    paths = [
        f"/c/{maker.token(link.id)}.ics"
        for link in links
        if link.scope.kind is ScopeKind.RESEARCHER
    ][:FEEDS]
    app = create_app(
        replace(settings, domain="bench.example.org"),
        clock=lambda: NOW + dt.timedelta(minutes=1),
        jobs=NoJobs(),
    )
    client = app.test_client()
    first = [_asked(client, path) for path in paths]
    tags = [client.get(path).headers["ETag"] for path in paths]
    again = [_asked(client, path, tag) for path, tag in zip(paths, tags, strict=True)]
    close_app(app)
    yield _milliseconds("a researcher's feed, the very first", first[:1], None)
    yield _milliseconds("a researcher's feed, uncached", first, "10 ms")
    yield _milliseconds("a researcher's feed, not modified (304)", again, None)


def _asked(client: FlaskClient, path: str, tag: str | None = None) -> float:
    headers = {"If-None-Match": tag} if tag else {}
    began = time.perf_counter()
    answer = client.get(path, headers=headers)
    seconds = time.perf_counter() - began
    if answer.status_code != (304 if tag else 200):
        raise RuntimeError(f"answer {answer.status_code}")
    return seconds


def _milliseconds(name: str, seconds: list[float], target: str | None) -> Figure:
    worst = sorted(seconds)[int(0.95 * (len(seconds) - 1))]
    return Figure(
        name=name,
        value=round(1000 * statistics.median(seconds), 1),
        unit="ms",
        target=target,
        note=f"{len(seconds)} asked; 95 of 100 within {1000 * worst:.1f} ms",
    )
