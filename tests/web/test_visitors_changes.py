"""The office decides on what researchers ask to have otherwise: into the draft, or no."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.change_request_store import ChangeRequestStatus, get_change_request
from models.database import Database
from models.draft_store import load_draft_plan, main_draft
from tests.builders import day, make_residency
from tests.web.laboratory import NOW, later, plan_by_hand, publish, signed_in
from tests.web.page_reading import texts
from tests.web.visiting_office import TWO, asks, publish_two

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

FASTER = "Somebody was faster. Below is where it stands now."
PAGE = "/programmes/lab/researchers/changes"
LATER = make_residency("ada", first_day=day("2026-01-19"))
TUESDAY = make_residency("ada", first_day=day("2026-01-20"))
"""A stay that begins on a day on which nobody arrives."""


@pytest.fixture
def browser(app: Flask, database: Database) -> FlaskClient:
    publish_two(database)
    return signed_in(app, database)


def first_days(database: Database) -> dict[str, str]:
    with database.writing() as session:
        draft = main_draft(session, "lab", now=NOW)
        stays = load_draft_plan(session, draft.id).residencies
    return {str(stay.request): stay.first_day.isoformat() for stay in stays}


def seen(page: str) -> str:
    (found,) = re.findall(r'name="seen" value="([^"]*)"', page)
    return str(found)


def press(browser: FlaskClient, label: str) -> TestResponse:
    """Press the latest button of that name in the history."""
    page = browser.get("/programmes/lab/history").text
    forms = re.findall(r'<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>', page, re.DOTALL)
    address, inside = next(form for form in forms if f">{label}" in form[1])
    fields = dict(re.findall(r'name="([^"]*)" value="([^"]*)"', inside))
    return browser.post(address, data=fields)


def status(database: Database, change: int) -> tuple[ChangeRequestStatus, str]:
    with database.reading() as session:
        found = get_change_request(session, "lab", change)
    return found.status, found.reply


def test_what_was_and_what_is_asked_stand_side_by_side(
    browser: FlaskClient, database: Database
) -> None:
    asks(database, "ada", LATER, note="My term ends later.")
    page = browser.get(PAGE).text
    assert texts(page, "dl", class_="asked-facts") == [
        (
            "Days Before: Jan 5 - Feb 1, 2026 Asked for: Jan 19 - Feb 15, 2026 28 days "
            "Zone zone-a main, floor-1 Host -"
        )
    ]
    assert texts(page, "blockquote") == ["My term ends later."]
    (fits,) = texts(page, "div", class_="asked-fit")
    assert fits.startswith("It fits the draft as it stands: no rule is broken.")


def test_one_press_puts_it_into_the_draft_and_another_takes_it_out(
    browser: FlaskClient, database: Database
) -> None:
    change = asks(database, "ada", LATER)
    form = {"seen": seen(browser.get(PAGE).text), "reply": "With pleasure."}
    answer = browser.post(f"{PAGE}/{change}/accept", data=form)
    page = browser.get(answer.location).text
    assert first_days(database) == {"ada": "2026-01-19", "bo": "2026-01-05"}
    assert status(database, change) == (ChangeRequestStatus.ACCEPTED, "With pleasure.")
    assert texts(page, "div", class_="decided-head") == [
        "ada Accepted In the draft, visible with the next release"
    ]
    assert 'href="/programmes/lab/board?request=ada"' in page

    (done,) = re.findall(r'name="change" value="(\d+)"', page)
    (draft,) = re.findall(r'name="draft" value="(\d+)"', page)
    answer = browser.post(f"{PAGE}/undo", data={"change": done, "draft": draft})
    assert first_days(database) == {"ada": "2026-01-05", "bo": "2026-01-05"}
    assert status(database, change) == (ChangeRequestStatus.OPEN, "With pleasure.")
    page = browser.get(answer.location).text
    assert (texts(page, "textarea"), texts(page, "div", class_="decided-head")) == (
        ["With pleasure."],
        [],
    )
    assert [part.split(":")[0] for part in texts(page, "div", class_="notice visitors-done")] == [
        "Taken back"
    ]


def test_what_is_made_again_in_the_history_is_accepted_again(
    browser: FlaskClient, database: Database
) -> None:
    change = asks(database, "ada", LATER)
    browser.post(f"{PAGE}/{change}/accept", data={"reply": "Yes."})
    press(browser, "Undo")
    press(browser, "Redo")
    assert status(database, change) == (ChangeRequestStatus.ACCEPTED, "Yes.")
    assert first_days(database)["ada"] == "2026-01-19"
    press(browser, "Undo")
    browser.post(f"{PAGE}/{change}/refuse", data={"reply": "No, after all."})
    answer = press(browser, "Redo")
    assert (answer.status_code, first_days(database)["ada"]) == (409, "2026-01-05")
    assert status(database, change) == (ChangeRequestStatus.REFUSED, "No, after all.")


def test_what_left_the_draft_again_or_was_refused_is_decided_again(
    browser: FlaskClient, database: Database
) -> None:
    change = asks(database, "ada", LATER)
    again = f"{PAGE}/{change}/again"
    browser.post(f"{PAGE}/{change}/accept")
    assert "Decide again ada" not in texts(browser.get(PAGE).text, "button")
    elsewhere = make_residency("ada", first_day=day("2026-02-02"))
    plan_by_hand(database, TWO, elsewhere, make_residency("bo"), now=later(hours=2))
    page = browser.get(PAGE).text
    assert texts(page, "div", class_="decided-head") == ["ada Accepted Not in the draft any more"]
    assert "Decide again ada" in texts(page, "button", class_="button compact")
    browser.post(again)
    browser.post(f"{PAGE}/{change}/refuse", data={"reply": "Sorry."})
    answer = browser.post(again)
    assert status(database, change) == (ChangeRequestStatus.OPEN, "Sorry.")
    assert texts(browser.get(answer.location).text, "textarea") == ["Sorry."]


def test_what_another_wish_took_over_is_not_decided_again(
    browser: FlaskClient, database: Database
) -> None:
    change = asks(database, "ada", LATER)
    browser.post(f"{PAGE}/{change}/refuse")
    asks(database, "ada", TUESDAY)
    assert "Decide again ada" not in texts(browser.get(PAGE).text, "button")
    assert browser.post(f"{PAGE}/{change}/again").status_code == 409
    assert status(database, change)[0] is ChangeRequestStatus.REFUSED


def test_after_the_next_release_it_is_published(browser: FlaskClient, database: Database) -> None:
    change = asks(database, "ada", LATER)
    browser.post(f"{PAGE}/{change}/accept", data={"seen": seen(browser.get(PAGE).text)})
    publish(database, now=later(hours=2))
    assert texts(browser.get(PAGE).text, "div", class_="decided-head") == ["ada Accepted Published"]


def test_what_would_break_a_rule_is_said_and_accepted_only_knowingly(
    browser: FlaskClient, database: Database
) -> None:
    change = asks(database, "ada", TUESDAY)
    page = browser.get(PAGE).text
    assert texts(page, "span", class_="tag bad") == ["Arrival day"]
    assert texts(page, "button", class_="button danger") == ["Accept all the same ada"]
    answer = browser.post(f"{PAGE}/{change}/accept", data={"seen": seen(page), "reply": "Yes."})
    assert (answer.status_code, texts(answer.text, "textarea")) == (409, ["Yes."])
    assert first_days(database)["ada"] == "2026-01-05"
    browser.post(f"{PAGE}/{change}/accept", data={"seen": seen(page), "anyway": "1"})
    assert status(database, change)[0] is ChangeRequestStatus.ACCEPTED


def test_a_stay_that_a_colleague_has_moved_meanwhile_is_not_moved_again(
    browser: FlaskClient, database: Database
) -> None:
    change = asks(database, "ada", LATER)
    form = {"seen": seen(browser.get(PAGE).text), "reply": "Gladly."}
    elsewhere = make_residency("ada", first_day=day("2026-02-02"))
    plan_by_hand(database, TWO, elsewhere, make_residency("bo"), now=later(hours=2))
    answer = browser.post(f"{PAGE}/{change}/accept", data=form)
    assert (answer.status_code, texts(answer.text, "textarea")) == (409, ["Gladly."])
    assert first_days(database)["ada"] == "2026-02-02"
    assert status(database, change)[0] is ChangeRequestStatus.OPEN


def test_a_refusal_carries_a_reply(browser: FlaskClient, database: Database) -> None:
    change = asks(database, "ada", LATER)
    answer = browser.post(f"{PAGE}/{change}/refuse", data={"reply": "The floor is being mended."})
    page = browser.get(answer.location).text
    assert status(database, change) == (ChangeRequestStatus.REFUSED, "The floor is being mended.")
    assert texts(page, "div", class_="decided-head") == ["ada Refused"]
    assert first_days(database)["ada"] == "2026-01-05"


def test_what_was_decided_is_not_decided_again(browser: FlaskClient, database: Database) -> None:
    change = asks(database, "ada", LATER)
    browser.post(f"{PAGE}/{change}/refuse")
    answer = browser.post(f"{PAGE}/{change}/accept")
    assert (answer.status_code, texts(answer.text, "div", class_="message warn")) == (409, [FASTER])
    assert texts(answer.text, "div", class_="decided-head") == ["ada Refused"]


def test_words_alone_are_agreed_to(browser: FlaskClient, database: Database) -> None:
    change = asks(database, "ada", None, note="A quiet room?")
    page = browser.get(PAGE).text
    assert texts(page, "button", class_="button primary") == ["Agree ada"]
    browser.post(f"{PAGE}/{change}/accept", data={"seen": seen(page)})
    assert status(database, change)[0] is ChangeRequestStatus.ACCEPTED
    assert first_days(database) == {"ada": "2026-01-05", "bo": "2026-01-05"}
