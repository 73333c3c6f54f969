"""Measurements of what a researcher is offered instead of a published stay."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from models.link_store import load_links
from models.programme_store import load_programmes
from models.release_store import ScopeKind
from tests.bench.figures import Figure
from tests.bench.scenarios import Scenario
from tests.browser.visiting import run_command
from tests.web.served import environment
from web.app import close_app, create_app
from web.context import services_of
from web.settings import read_settings

PEOPLE = 60
PICKED = "first_day={day}&days=28"


def change_figures(scenarios: Sequence[Scenario], seconds: float) -> Iterator[Figure]:
    """Plan and publish scenarios in the seconds given each, and ask for changes."""
    for scenario in scenarios:
        with tempfile.TemporaryDirectory() as folder:
            there = environment(Path(folder))
            run_command(there, "migrate")
            run_command(there, "seed", scenario.path.absolute())
            run_command(there, "plan", "--quiet", "--seconds", str(seconds), "--publish")
            app = create_app(read_settings(there, here=Path(folder)))
            yield from _figures(scenario.name, app)
            close_app(app)


def _figures(name: str, app: Flask) -> Iterator[Figure]:
    browser, pages, day = app.test_client(), _pages(app), _first_day(app)
    first = _asked(browser, pages[0])
    yield Figure(
        name=f"{name}: options against the published plan, the very first",
        value=round(first, 2),
        unit="s",
        target="3 s",
        note="the programme is loaded and everybody is laid out",
    )
    others = [_asked(browser, page) for page in pages[1:]]
    yield _later(name, "somebody else's options", others)
    again = [_asked(browser, page) for page in pages]
    yield _later(name, "the same options again", again)
    picked = [_asked(browser, f"{page}?{PICKED.format(day=day)}") for page in pages]
    yield _later(name, "other days", picked)


def _later(name: str, what: str, took: list[float]) -> Figure:
    ordered = sorted(1000 * each for each in took)
    return Figure(
        name=f"{name}: {what}, whole page",
        value=round(statistics.median(ordered), 1),
        unit="ms",
        target="100 ms",
        note=f"median of {len(took)}; 95 of 100 within {ordered[int(0.95 * len(took))]:.0f} ms",
    )


def _pages(app: Flask) -> list[str]:
    """Return the paths at which some researchers ask for changes."""
    services = services_of(app)
    maker = services.publisher.maker
    with services.database.reading() as session:
        (programme,) = load_programmes(session)
        links = load_links(session, programme.id, ScopeKind.RESEARCHER)
    chosen = links[:: max(1, len(links) // PEOPLE)]
    return [f"/r/{maker.token(link.id)}/changes" for link in chosen]


def _first_day(app: Flask) -> str:
    with services_of(app).database.reading() as session:
        (programme,) = load_programmes(session)
    return programme.first_day.isoformat()


def _asked(browser: FlaskClient, path: str) -> float:
    began = time.perf_counter()
    answer = browser.get(path)
    seconds = time.perf_counter() - began
    if answer.status_code != 200:
        raise RuntimeError(f"answer {answer.status_code}")
    return seconds
