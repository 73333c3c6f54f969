"""What pages answer to requests that no page of ours would send, and to ends of the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models.database import Database
from models.history_store import load_changes
from models.run_store import find_latest_run
from tests.web.laboratory import open_app, publish_ada, signed_in
from web.pages.planning.room import USUAL_SECONDS

HERE = "/programmes/lab"
PIN = {"request": "ada", "slot": None, "zone": "zone-a", "host": None, "pool": None}


@pytest.fixture
def app(tmp_path: Path, database: Database) -> Iterator[Flask]:
    publish_ada(database)
    with open_app(tmp_path, database) as app:
        yield app


@pytest.fixture
def browser(app: Flask, database: Database) -> FlaskClient:
    return signed_in(app, database)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"{HERE}/board?draft={10**30}", 400),
        (f"{HERE}/releases/{10**30}", 400),
        (f"{HERE}/what-ifs/compare?a={'9' * 5000}", 404),
        (f"{HERE}/history?first_day=0001-01-01&last_day=9999-12-31", 200),
    ],
)
def test_what_nothing_can_be_called_is_not_understood(
    browser: FlaskClient, address: str, status: int
) -> None:
    assert browser.get(address).status_code == status


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_what_bears_a_character_that_a_database_does_not_know_is_not_understood(
    browser: FlaskClient,
) -> None:
    assert browser.get("/programmes/%00").status_code == 400


@pytest.mark.parametrize(
    ("address", "form"),
    [
        (f"{HERE}/data/hosts/nobody", {"name": "Lee"}),
        (f"{HERE}/data/hosts/kim", {"name": "Lee", "was": '{"id": "kim"}'}),
        (f"{HERE}/data/requests/ada/status", {"was": '{"id": "ada"}', "status": "withdrawn"}),
        (f"{HERE}/data/requests/ada/remove", {"was": "[" * 100_000}),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_form_without_the_item_that_its_page_showed_changes_nothing(
    browser: FlaskClient, database: Database, address: str, form: dict[str, str]
) -> None:
    with database.reading() as session:
        before = load_changes(session, "lab")

    answer = browser.post(address, data=form)

    with database.reading() as session:
        assert load_changes(session, "lab") == before
    assert answer.status_code == 400


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_pin_is_kept_under_its_own_request_only(browser: FlaskClient) -> None:
    answer = browser.post(f"{HERE}/board/pins", json={"request": "cy", "after": PIN})

    assert answer.status_code == 400


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_run_of_no_number_of_seconds_takes_as_long_as_usual(
    browser: FlaskClient, database: Database
) -> None:
    browser.post(f"{HERE}/plan/runs", data={"seconds": "nan"})

    with database.reading() as session:
        run = find_latest_run(session, "lab")
    assert run is not None
    assert run.seconds_limit == USUAL_SECONDS
