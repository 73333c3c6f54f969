"""The researcher's own wishes: shown, and changed until a day."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.database import Database
from models.history_store import ChangeKind, find_undoable
from models.steps import Step
from models.subjects import document_of
from scheduler.problem.types import EventId
from tests.builders import (
    day,
    make_event,
    make_range,
    make_request,
    make_zone,
)
from tests.web.laboratory import NOW, open_app
from tests.web.page_reading import texts
from tests.web.wishing import arrive, request_in, set_deadline
from web.use_cases.editing import Edit, make_steps, undo

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

QUIET = make_zone(features=("quiet", "daylight"))


@pytest.fixture
def browser(tmp_path: Path, database: Database) -> Iterator[FlaskClient]:
    with open_app(tmp_path, database) as app:
        yield app.test_client()


def form_of(page: str) -> dict[str, Any]:
    """Return what the form of wishes would send as it stands."""
    (was,) = re.findall(r'name="was" value="([^"]*)"', page)
    document = json.loads(unescape(was))
    return {
        "was": unescape(was),
        **{name: document[name] or "" for name in ("first_day", "last_day", "min_days")},
        "max_days": document["max_days"],
        "preferred_first_day": document["preferred_first_day"] or "",
        "wishes": document["wishes"],
        "away.first_day": [each["first_day"] for each in document["unavailable"]],
        "away.last_day": [each["last_day"] for each in document["unavailable"]],
        "away.reason": [each["name"] for each in document["unavailable"]],
    }


def send(browser: FlaskClient, path: str, **typed: Any) -> TestResponse:
    """Open the form of Ada's wishes, type something, and send it."""
    form = form_of(browser.get(f"{path}/wishes/ada").text)
    return browser.post(f"{path}/wishes/ada", data=form | typed)


def test_wishes_stand_in_plain_words(browser: FlaskClient, database: Database) -> None:
    request = make_request(
        preferred_first_day=day("2026-01-12"),
        wishes=("quiet",),
        must_attend=(EventId("demo"),),
        unavailable=(make_range("2026-02-16", "2026-02-17", name="Exams"),),
    )
    event = make_event("demo", "2026-01-20")
    path = arrive(database, request, zones=(QUIET,), events=(event,))
    page = browser.get(f"{path}/wishes").text
    assert texts(page, "dl") == [
        (
            "Length of your stay 7 to 28 days The office tries to give you the longest stay, and "
            "never less than the shortest. Preferred first day Monday, January 12, 2026 Stays "
            "begin on: Monday. Good to have at your desk quiet Events that you attend demo "
            "Jan 20, 2026 Days on which you cannot be here Feb 16 - 17, 2026 Exams"
        )
    ]
    assert texts(page, "span", class_="window away") == ["16", "17"]
    assert texts(page, "span", class_="window given preferred") == ["12"]


def test_only_own_requests_stand_there_and_a_withdrawn_one_says_so(
    browser: FlaskClient, database: Database
) -> None:
    later = make_request("later", researcher="ada", withdrawn=True, first_day=day("2026-03-02"))
    path = arrive(database, make_request(), later, make_request("bob"))
    page = browser.get(f"{path}/wishes").text
    assert texts(page, "h2")[:2] == ["Jan 5 - Mar 29, 2026", "Mar 2 - 29, 2026"]
    assert texts(page, "span", class_="tag") == ["Withdrawn"]
    assert browser.get(f"{path}/wishes/bob").status_code == 404
    assert send(browser, path, first_day="2026-01-05").status_code == 303
    form = form_of(browser.get(f"{path}/wishes/ada").text)
    assert browser.post(f"{path}/wishes/bob", data=form).status_code == 404
    assert browser.post(f"{path}/wishes/later", data=form).status_code == 409


def test_what_is_typed_is_kept_by_the_researcher_and_taken_back_by_the_office(
    browser: FlaskClient, database: Database
) -> None:
    path = arrive(database, zones=(QUIET,))
    typed = {
        "last_day": "2026-03-15",
        "min_days": "14",
        "preferred_first_day": "2026-01-12",
        "wishes": ["daylight"],
        "away.first_day": ["2026-02-16", "", "2026-03-02"],
        "away.last_day": ["", "", "2026-03-03"],
        "away.reason": [" Exams\x00 ", "", ""],
    }
    answer = send(browser, path, **typed)
    assert (answer.status_code, answer.location) == (303, f"{path}/wishes?done=wished")
    now = request_in(database)
    assert (now.last_day, now.min_days, now.wishes) == (day("2026-03-15"), 14, ("daylight",))
    assert now.unavailable == (
        make_range("2026-02-16", name="Exams"),
        make_range("2026-03-02", "2026-03-03"),
    )
    with database.writing() as session:
        change = find_undoable(session, "lab", None)
        assert change is not None
        assert (change.by, change.facts) == (
            None,
            {"researcher": "ada", "name": "ada", "act": "wishes"},
        )
        undo(session, "lab", Edit(kind=ChangeKind.EDIT, now=NOW))
    assert request_in(database) == make_request()


FAULTS: dict[str, dict[str, str]] = {
    "Please fill this in.": {"first_day": ""},
    "This is no date. Write it like 2025-01-06.": {"first_day": "soon"},
    "The last day is before the first. Change one of the two.": {"last_day": "2026-01-01"},
    "This is no whole number. Write one like 28.": {"min_days": "many"},
    "At least 1 is needed.": {"min_days": "0"},
    "This is longer than any stay can be.": {"max_days": "99999"},
    "The longest stay is shorter than the shortest. Change one of the two.": {"max_days": "3"},
    "The programme does not run on any of these days. Choose some of its days.": {
        "first_day": "2027-01-05",
        "last_day": "2027-03-01",
    },
    "The days that you give have no room for so long a stay. Shorten it, or give more days.": {
        "last_day": "2026-01-07"
    },
    "This day is not among the days that you give. Choose one of them, or leave this empty.": {
        "preferred_first_day": "2026-05-01"
    },
    "One of these is not offered any more. Look once again.": {"wishes": "sauna"},
    "Row 1: This is no date. Write it like 2025-01-06.": {
        "away.first_day": "2026-02-30",
        "away.last_day": "",
        "away.reason": "Exams",
    },
}


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(
    browser: FlaskClient, database: Database
) -> None:
    path = arrive(database)
    for said, typed in FAULTS.items():
        answer = send(browser, path, **typed)
        assert (answer.status_code, texts(answer.text, "p", class_="fault")) == (422, [said])
        kept = [value for value in typed.values() if f'value="{value}"' in answer.text]
        assert kept == [value for value in typed.values() if value != "sauna"]
    assert request_in(database) == make_request()


def test_a_wish_that_breaks_the_published_stay_is_kept_once_that_was_read(
    browser: FlaskClient, database: Database
) -> None:
    path = arrive(database)
    first = send(browser, path, first_day="2026-01-12")
    assert first.status_code == 409
    warning = "Your published stay does not lie within these days any more."
    assert texts(first.text, "ul", class_="plain-list") == [warning]
    assert request_in(database) == make_request()
    (confirmed,) = re.findall(r'name="confirmed" value="([^"]*)"', first.text)
    second = send(browser, path, first_day="2026-01-12", confirmed=confirmed)
    assert second.status_code == 303
    assert request_in(database).first_day == day("2026-01-12")
    assert send(browser, path, min_days="8").status_code == 303


def test_a_wish_that_no_stay_can_meet_is_warned_of(
    browser: FlaskClient, database: Database
) -> None:
    path = arrive(database, make_request(unavailable=(make_range("2026-02-02", "2026-03-27"),)))
    assert send(browser, path, min_days="28").status_code == 303
    answer = send(browser, path, min_days="29", max_days="29")
    assert (answer.status_code, texts(answer.text, "ul", class_="plain-list")) == (
        409,
        [
            (
                "Your published stay is shorter or longer than you wish now. Between the days on "
                "which you cannot be here, nowhere is there room for your shortest stay. The "
                "office could not find a place for you."
            )
        ],
    )


def test_what_the_office_changed_meanwhile_is_kept_or_told(
    browser: FlaskClient, database: Database
) -> None:
    path = arrive(database)
    form = form_of(browser.get(f"{path}/wishes/ada").text)
    before = document_of(make_request())
    step = Step(
        subject="requests",
        key="ada",
        before=before,
        after=before | {"priority": 5, "min_days": 10, "max_days": 35},
    )
    with database.writing() as session:
        make_steps(session, "lab", [step], Edit(kind=ChangeKind.EDIT, now=NOW))
    answer = browser.post(f"{path}/wishes/ada", data=form | {"min_days": "12"})
    assert (answer.status_code, texts(answer.text, "p", class_="fault")) == (
        409,
        ["The office has changed this meanwhile. It is now: 10 . If you save, yours counts."],
    )
    again = form_of(answer.text) | {"min_days": "12"}
    assert again["max_days"] == 35
    assert browser.post(f"{path}/wishes/ada", data=again).status_code == 303
    now = request_in(database)
    assert (now.priority, now.min_days, now.max_days) == (5, 12, 35)


def test_the_day_until_which_wishes_may_be_changed_is_the_programmes(
    browser: FlaskClient, database: Database
) -> None:
    path = arrive(database)
    set_deadline(database, day("2026-01-05"))
    assert send(browser, path, min_days="8").status_code == 303
    form = form_of(browser.get(f"{path}/wishes/ada").text)
    set_deadline(database, day("2026-01-04"))
    page = browser.get(f"{path}/wishes/ada").text
    assert "Wishes could be changed until Sunday, January 4, 2026." in page
    assert "<input" not in page
    assert browser.post(f"{path}/wishes/ada", data=form | {"min_days": "9"}).status_code == 409
    assert "<input" not in browser.get(f"{path}/busy").text
    days = {"days": "2026-02-02/2026-02-03", "request": "ada"}
    assert browser.post(f"{path}/busy/days", data=days).status_code == 409
    assert request_in(database).min_days == 8


def test_a_form_that_is_none_of_ours_is_not_understood(
    browser: FlaskClient, database: Database
) -> None:
    path = arrive(database)
    form = form_of(browser.get(f"{path}/wishes/ada").text)
    for was in ("", "null", "[]", "{}", '{"first_day": 1}', form["was"].replace(" 7,", " [],")):
        sent = browser.post(f"{path}/wishes/ada", data=form | {"was": was})
        assert (was, sent.status_code) == (was, 400)
