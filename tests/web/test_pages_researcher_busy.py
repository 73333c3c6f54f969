"""Days away, taken from a researcher's own calendar, of which nothing else is kept."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.database import Database
from tests.builders import (
    day,
    make_range,
    make_request,
)
from tests.web.laboratory import open_app
from tests.web.page_reading import texts
from tests.web.test_calendars_busy import calendar
from tests.web.wishing import arrive, request_in
from web.calendars.busy_apart import SEATS

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def browser(tmp_path: Path, database: Database) -> Iterator[FlaskClient]:
    with open_app(tmp_path, database) as app:
        yield app.test_client()


def upload(browser: FlaskClient, path: str, data: bytes) -> TestResponse:
    return browser.post(f"{path}/busy", data={"file": (io.BytesIO(data), "own.ics")})


OWN = calendar(
    "DTSTART;VALUE=DATE:20260216|DTEND;VALUE=DATE:20260219|SUMMARY:Conference <b>",
    "DTSTART:20260303T090000Z|DTEND:20260303T100000Z|RRULE:FREQ=WEEKLY;COUNT=2|SUMMARY:Lecture",
    "DTSTART;VALUE=DATE:20260310|TRANSP:TRANSPARENT|SUMMARY:Birthday",
    "DTSTART;VALUE=DATE:20260701|SUMMARY:Long after",
    "DTSTART:20260303T090000Z|RRULE:FREQ=HOURLY|SUMMARY:Bomb",
)


def test_days_of_an_own_calendar_are_shown_then_kept_without_titles(
    browser: FlaskClient, database: Database
) -> None:
    known = make_range("2026-02-16", name="Exams")
    path = arrive(database, make_request(unavailable=(known, make_range("2026-03-04"))))
    page = upload(browser, path, OWN).text
    assert texts(page, "ul", class_="found-list") == [
        "Conference <b> Feb 16 - 18, 2026 (3 days)",
        "Lecture Mar 3, 2026 · Mar 10, 2026 (2 days)",
        "Birthday Mar 10, 2026 (1 day)",
    ]
    assert texts(page, "div", class_="notice warn") == [
        "1 entry could not be read. Add its days by hand if it matters: Bomb"
    ]
    ticked = re.findall(r'name="days" value="([^"]*)" checked', page)
    assert ticked == ["2026-02-16/2026-02-18"]
    data = {"days": [*ticked, "2026-03-03/2026-03-03,2026-03-10/2026-03-10"], "request": "ada"}
    answer = browser.post(f"{path}/busy/days", data=data)
    assert (answer.status_code, answer.location) == (303, f"{path}/wishes?done=busy-kept")
    assert request_in(database).unavailable == (
        known,
        make_range("2026-02-17", "2026-02-18"),
        make_range("2026-03-03", "2026-03-04"),
        make_range("2026-03-10"),
    )
    again = browser.post(f"{path}/busy/days", data=data)
    assert again.location == f"{path}/wishes?done=same"
    data |= {"days": ["2026-03-20/2026-12-31"], "how": "replace"}
    browser.post(f"{path}/busy/days", data=data)
    assert request_in(database).unavailable == (make_range("2026-03-20", "2026-03-29"),)


def switched(page: TestResponse, browser: FlaskClient, language: str) -> TestResponse:
    """Return a page in another language, as its switch asks for it."""
    (form,) = re.findall(r'<form method="post" id="again".*?</form>', page.text, re.DOTALL)
    sent: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form):
        sent.setdefault(name, []).append(unescape(value))
    (address,) = re.findall(rf'formaction="([^"]*lang={language})"', page.text)
    return browser.post(address, data=sent)


def test_found_days_and_what_is_to_be_read_stay_in_another_language(
    browser: FlaskClient, database: Database
) -> None:
    path = arrive(database)
    found = switched(upload(browser, path, OWN), browser, "ar")
    assert texts(found.text, "b")[-3:] == ["Conference <b>", "Lecture", "Birthday"]
    again = switched(found, browser, "en")
    assert again.text == upload(browser, path, OWN).text
    warned = browser.post(
        f"{path}/busy/days", data={"days": "2026-01-12/2026-01-13", "request": "ada"}
    )
    assert switched(switched(warned, browser, "fr"), browser, "en").text == warned.text
    assert request_in(database).unavailable == ()


@pytest.mark.parametrize("found", ["", "[]", "{", '{"found": [{"kind": "x"}]}'])
def test_what_was_never_found_is_refused(
    browser: FlaskClient, database: Database, found: str
) -> None:
    answer = browser.post(f"{arrive(database)}/busy/found", data={"found": found})
    assert answer.status_code == 422


def test_each_stay_gets_the_days_that_lie_within_its_own(
    browser: FlaskClient, database: Database
) -> None:
    early = make_request(last_day=day("2026-02-15"))
    late = make_request("late", researcher="ada", first_day=day("2026-02-16"))
    path = arrive(database, early, late)
    data = {"days": "2026-02-09/2026-02-20", "request": ["ada", "late"]}
    assert browser.post(f"{path}/busy/days", data=data).status_code == 303
    assert request_in(database, "ada").unavailable == (make_range("2026-02-09", "2026-02-15"),)
    assert request_in(database, "late").unavailable == (make_range("2026-02-16", "2026-02-20"),)


def test_days_of_the_published_stay_are_kept_once_that_was_read(
    browser: FlaskClient, database: Database
) -> None:
    path = arrive(database)
    data = {"days": "2026-01-12/2026-01-13", "request": "ada"}
    first = browser.post(f"{path}/busy/days", data=data)
    assert first.status_code == 409
    assert request_in(database).unavailable == ()
    (confirmed,) = re.findall(r'name="confirmed" value="([^"]*)"', first.text)
    assert (
        browser.post(f"{path}/busy/days", data=data | {"confirmed": confirmed}).status_code == 303
    )
    assert request_in(database).unavailable == (make_range("2026-01-12", "2026-01-13"),)


def test_a_file_that_cannot_be_read_is_told_why(browser: FlaskClient, database: Database) -> None:
    path = arrive(database)
    files = {
        "This file is empty": b"",
        "This is a web page, not a calendar": b"<html>",
        "This is an archive, not a calendar": b"PK\x03\x04",
        "This file holds no calendar": b"hello",
        "This file breaks off in the middle": OWN[:200],
    }
    for said, data in files.items():
        answer = upload(browser, path, data)
        (notice,) = texts(answer.text, "div", class_="notice bad")
        assert (answer.status_code, notice[: len(said)]) == (422, said)


def test_a_file_that_the_server_does_not_take_is_told_on_the_same_page(
    browser: FlaskClient, database: Database
) -> None:
    answer = browser.post(
        f"{arrive(database)}/busy",
        data=b"x" * (9 * 1024 * 1024),
        content_type="multipart/form-data; boundary=x",
    )
    assert (answer.status_code, texts(answer.text, "div", class_="notice bad")) == (
        413,
        [
            (
                "This file is too large Up to 8 MB can be read. Export fewer years, or one "
                "calendar at a time."
            )
        ],
    )


def test_more_readers_than_may_be_at_once_are_asked_to_come_again(
    browser: FlaskClient, database: Database
) -> None:
    path = arrive(database)
    with SEATS.take(), SEATS.take():
        answer = upload(browser, path, OWN)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert upload(browser, path, OWN).status_code == 200


def test_nothing_ticked_is_told(browser: FlaskClient, database: Database) -> None:
    path = arrive(database)
    unread = {"days": "x/y,2026-02-30/2026-03-01,/", "request": "ada"}
    for sent in ({}, unread, {"days": "2026-02-02/2026-02-02"}):
        assert browser.post(f"{path}/busy/days", data=sent).status_code == 422
    others = {"days": "2026-02-02/2026-02-02", "request": "bob"}
    assert browser.post(f"{path}/busy/days", data=others).status_code == 404
    assert request_in(database) == make_request()
