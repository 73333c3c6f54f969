"""The application as a whole: headers of every answer, errors without tracebacks, light imports."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from models.database import Database
from models.errors import DatabaseLocked
from tests.web.laboratory import open_app, publish_ada, signed_in
from web.access import public

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)


@pytest.fixture
def app(tmp_path: Path, database: Database) -> Iterator[Flask]:
    publish_ada(database)
    with open_app(tmp_path, database) as opened:
        yield opened


@pytest.mark.parametrize("address", ["/programmes/lab", "/sign-in", "/nowhere", "/c/nobody.ics"])
def test_every_answer_bears_the_headers_that_keep_browsers_safe(
    app: Flask, database: Database, address: str
) -> None:
    headers = signed_in(app, database).get(address).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] in {"same-origin", "no-referrer"}


def test_an_error_of_a_private_page_names_its_address_to_nobody(app: Flask) -> None:
    assert app.test_client().get("/r/nobody").headers["Referrer-Policy"] == "no-referrer"


def test_the_root_leads_to_the_only_programme(app: Flask, database: Database) -> None:
    assert signed_in(app, database).get("/").location == "/programmes/lab"


def test_an_unknown_address_is_a_page_that_says_what_to_do(app: Flask, database: Database) -> None:
    answer = signed_in(app, database).get("/nowhere")
    assert answer.status_code == 404
    assert answer.mimetype == "text/html"
    assert "Check the address" in answer.text


def test_an_unknown_programme_is_named(app: Flask, database: Database) -> None:
    answer = signed_in(app, database).get("/programmes/x", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.json is not None
    assert answer.json["text"].startswith("programme 'x': not in the database")


def test_a_wrong_method_says_which_ones_there_are(app: Flask, database: Database) -> None:
    answer = signed_in(app, database).delete("/programmes/lab")
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_a_fault_of_ours_shows_no_traceback_and_no_secret(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    @app.get("/broken")
    @public
    def broken() -> str:
        raise RuntimeError("the inside of the server")

    answer = app.test_client().get("/broken")
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.text
    assert "inside" not in answer.text
    assert "the inside of the server" in caplog.text


def test_a_locked_database_asks_to_try_again(app: Flask) -> None:
    @app.get("/locked")
    @public
    def locked() -> str:
        raise DatabaseLocked("database lab.db: locked by another process")

    answer = app.test_client().get("/locked")
    assert answer.status_code == 503
    assert "Try again in a moment" in answer.text
    assert "lab.db" not in answer.text


def test_a_request_that_is_too_large_is_refused(app: Flask, database: Database) -> None:
    browser = signed_in(app, database)
    answer = browser.post("/programmes/lab/releases", data={"note": "x" * 9_000_000})
    assert answer.status_code == 413


def test_the_serving_process_loads_no_solver(tmp_path: Path, database_url: str) -> None:
    script = """
import sys
from pathlib import Path
from web.app import create_app
from web.settings import read_settings
folder, url = sys.argv[1:]
app = create_app(read_settings({"SARANGCHAE_DATABASE_URL": url}, here=Path(folder)))
assert app.test_client().get("/sign-in").status_code == 403
assert app.test_client().get("/c/nobody.ics").status_code == 404
heavy = ("ortools", "scheduler.solve", "scheduler.cpsat")
print([name for name in heavy if name in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path), database_url],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout == "[]\n"
