"""Measurements of the requests room: the table of 10,000, and the preview of a workbook."""

from __future__ import annotations

import io
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from flask.testing import FlaskClient

from models.database import Database, open_database
from models.migrate import upgrade
from scheduler.problem.problem import Problem
from scheduler.problem.scenario_file import load_scenario
from tests.bench.figures import Figure
from tests.web.laboratory import open_app, seed, signed_in
from web.pages.requests.explained import LABELS
from web.use_cases.requests.export import FileKind, Wording, export_requests

ASKED = (
    "",
    "?q=kim",
    "?q=universite+canada",
    "?sort=-stay&page=7",
    "?state=unplaced&sort=priority",
    "?from=2022-07-01&to=2022-09-01",
)
"""What is asked of the table, again and again."""

TURNS = 10
ROWS = 2000


def request_figures(large: Path, huge: Path) -> Iterator[Figure]:
    """Measure the preview of a workbook for one scenario, and the table of another."""
    yield from _preview(load_scenario(large))
    yield from _table(load_scenario(huge))


def _table(problem: Problem) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        database = _stored(Path(folder), problem)
        with open_app(Path(folder), database) as app:
            browser = signed_in(app, database)
            page = f"/programmes/{problem.programme.id}/requests"
            first = _asked(browser, page)
            times = [_asked(browser, page + asked) for _ in range(TURNS) for asked in ASKED]
        database.close()
    count = len(problem.requests)
    worst = sorted(times)[int(0.95 * (len(times) - 1))]
    yield Figure(
        name=f"requests table with {count} rows: page",
        value=round(1000 * statistics.median(times), 1),
        unit="ms",
        target="200 ms",
        note=f"{len(times)} asked; 95 of 100 within {1000 * worst:.1f} ms",
    )
    yield Figure(
        name=f"requests table with {count} rows: first page after a change of the data",
        value=round(first, 2),
        unit="s",
    )


def _preview(problem: Problem) -> Iterator[Figure]:
    """Send a workbook of requests to a programme that has none of them, look, and import it."""
    wording = Wording(title="Requests", labels={key: key for key in LABELS})
    chosen = [request.id for request in problem.requests[:ROWS]]
    data = export_requests(problem, chosen, FileKind.XLSX, wording)
    with tempfile.TemporaryDirectory() as folder:
        database = _stored(Path(folder), _without_requests(problem))
        with open_app(Path(folder), database) as app:
            browser = signed_in(app, database)
            page = f"/programmes/{problem.programme.id}/requests/import"
            began = time.perf_counter()
            sent = browser.post(page, data={"file": (io.BytesIO(data), "requests.xlsx")})
            seen = browser.get(sent.location)
            seconds = time.perf_counter() - began
        database.close()
    if seen.status_code != 200:
        raise RuntimeError(f"answer {seen.status_code}")
    yield Figure(
        name=f"preview of a workbook with {len(chosen)} requests",
        value=round(seconds, 2),
        unit="s",
        target="5 s",
    )


def _without_requests(problem: Problem) -> Problem:
    return replace(
        problem,
        requests=(),
        researchers=(),
        collaborations=(),
        separations=(),
        pins=(),
        published=(),
    )


def _stored(folder: Path, problem: Problem) -> Database:
    url = f"sqlite:///{folder / 'bench.db'}"
    upgrade(url)
    database = open_database(url)
    seed(database, problem)
    return database


def _asked(browser: FlaskClient, path: str) -> float:
    began = time.perf_counter()
    answer = browser.get(path)
    seconds = time.perf_counter() - began
    if answer.status_code != 200:
        raise RuntimeError(f"answer {answer.status_code}")
    return seconds
