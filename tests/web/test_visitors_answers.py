"""The office sees who has answered what, and decides about declined stays with one press."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models.answer_store import AnswerKind, AnswerVia, load_answers, load_answers_to
from models.database import Database
from models.draft_store import load_draft_plan, main_draft
from models.settings_store import tick
from scheduler.problem.requests import RequestStatus
from tests.builders import (
    day,
    make_pin,
    make_problem,
    make_request,
    make_researcher,
    make_residency,
)
from tests.models.memory import recall
from tests.web.laboratory import NOW, later, plan_by_hand, publish, seed, signed_in
from tests.web.page_reading import texts
from tests.web.visiting_office import TWO, answers, publish_two

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

PAGE = "/programmes/lab/researchers"
SEEN = later(hours=1).isoformat()
"""By which the forms say that they are about the answer given an hour after the release."""

CHANGED = "Nothing was done: it has changed since you looked. Below is how it stands."
DONE = "notice visitors-done"


@pytest.fixture
def browser(app: Flask, database: Database) -> FlaskClient:
    return signed_in(app, database)


def cells(page: str) -> list[list[str]]:
    """Return name, stay, answer, what is prepared and the calendar, by row."""
    rows = re.findall(r'<tr id="stay-.*?</tr>', page, re.DOTALL)
    return [[texts(row, "th")[0], *texts(row, "td")[:4]] for row in rows]


def drafted(database: Database) -> list[str]:
    with database.writing() as session:
        draft = main_draft(session, "lab", now=NOW)
        return [str(stay.request) for stay in load_draft_plan(session, draft.id).residencies]


def test_before_the_first_release_the_page_says_how_people_are_invited(
    browser: FlaskClient, database: Database
) -> None:
    seed(database)
    assert texts(browser.get(PAGE).text, "b")[-1:] == ["Nobody has been invited yet"]


def test_every_published_stay_stands_with_what_was_answered(
    browser: FlaskClient, database: Database
) -> None:
    publish_two(database)
    answers(database, "bo", AnswerKind.ACCEPTED, note="With pleasure!", via=AnswerVia.REPLY)
    with database.writing() as session:
        tick(session, "lab", "bo", "passport", now=NOW)
    assert cells(browser.get(PAGE).text) == [
        [
            "ada waterloo vision",
            "Jan 5 - Feb 1, 2026 zone-a · main, floor-1",
            "No answer yet",
            "0 of 4 done",
            "Never opened",
        ],
        [
            "bo waterloo vision",
            "Jan 5 - Feb 1, 2026 zone-a · main, floor-1",
            "Accepted Jan 5, 2026 10:30, by a reply from their calendar With pleasure!",
            "1 of 4 done",
            "Never opened",
        ],
    ]


def test_the_address_says_which_stays_are_shown(browser: FlaskClient, database: Database) -> None:
    publish_two(database)
    answers(database, "bo", AnswerKind.ACCEPTED)
    found = {
        "": ["ada", "bo"],
        "?state=accepted": ["bo"],
        "?state=none": ["ada"],
        "?state=old_calendar": [],
        "?q=ADA": ["ada"],
        "?q=nobody": [],
        "?sort=-name": ["bo", "ada"],
        "?sort=nothing&state=nothing&page=-7": ["ada", "bo"],
    }
    shown = {asked: cells(browser.get(PAGE + asked).text) for asked in found}
    assert {asked: [row[0].split()[0] for row in rows] for asked, rows in shown.items()} == found


def test_a_stay_that_moves_asks_again(browser: FlaskClient, database: Database) -> None:
    problem = publish_two(database)
    answers(database, "ada", AnswerKind.ACCEPTED)
    plan_by_hand(
        database, problem, make_residency("ada", days=21), make_residency("bo"), now=later(hours=2)
    )
    publish(database, now=later(hours=3))
    (row,) = cells(browser.get(f"{PAGE}?state=outdated").text)
    assert row[2] == "Answered before it moved Then: Accepted Jan 5, 2026 10:30, on their page"


def test_a_declined_stay_is_let_go_with_one_press_and_that_is_taken_back(
    browser: FlaskClient, database: Database
) -> None:
    publish_two(database)
    answers(database, "ada", AnswerKind.DECLINED)
    assert texts(browser.get(PAGE).text, "p", id="visitors-waiting") == ["1 thing to decide"]

    answer = browser.post(f"{PAGE}/ada/withdraw?state=declined", data={"seen": SEEN})
    page = browser.get(answer.location).text
    assert recall(database).requests[0].status is RequestStatus.WITHDRAWN
    assert drafted(database) == ["bo"]
    assert [text[:43] for text in texts(page, "div", class_=DONE)] == [
        "ada's request is withdrawn and the stay is ".replace("'", chr(0x2019))
    ]
    assert texts(page, "p", id="visitors-waiting") == [""]

    (change,) = re.findall(r'name="change" value="(\d+)"', page)
    (draft,) = re.findall(r'name="draft" value="(\d+)"', page)
    browser.post(f"{PAGE}/undo", data={"change": change, "draft": draft})
    assert recall(database).requests[0].status is RequestStatus.SUBMITTED
    assert drafted(database) == ["ada", "bo"]


def test_a_pin_goes_with_the_request_that_is_let_go(
    browser: FlaskClient, database: Database
) -> None:
    problem = seed(database, make_problem(pins=(make_pin("ada"),)))
    plan_by_hand(database, problem, make_residency("ada"))
    publish(database)
    answers(database, "ada", AnswerKind.DECLINED)
    browser.post(f"{PAGE}/ada/withdraw", data={"seen": SEEN})
    assert (recall(database).pins, drafted(database)) == ((), [])


def test_a_declined_stay_can_be_kept(browser: FlaskClient, database: Database) -> None:
    publish_two(database)
    answers(database, "ada", AnswerKind.DECLINED)
    answer = browser.post(f"{PAGE}/ada/keep", data={"seen": SEEN})
    page = browser.get(answer.location).text
    assert cells(page)[1][2].startswith("Declined Kept by the office Jan 5, 2026 10:30")
    assert texts(page, "p", id="visitors-waiting") == [""]
    assert drafted(database) == ["ada", "bo"]


@pytest.mark.parametrize("act", ["withdraw", "keep"])
def test_nothing_is_done_about_an_answer_that_is_another_one_now(
    browser: FlaskClient, database: Database, act: str
) -> None:
    publish_two(database)
    answers(database, "ada", AnswerKind.DECLINED)
    answers(database, "ada", AnswerKind.ACCEPTED, now=later(hours=2))
    answer = browser.post(f"{PAGE}/ada/{act}", data={"seen": SEEN})
    assert texts(browser.get(answer.location).text, "div", class_="message warn") == [CHANGED]
    assert drafted(database) == ["ada", "bo"]


def test_a_declined_stay_that_a_colleague_kept_or_moved_is_not_let_go(
    browser: FlaskClient, database: Database
) -> None:
    publish_two(database)
    answers(database, "ada", AnswerKind.DECLINED)
    answers(database, "bo", AnswerKind.DECLINED)
    browser.post(f"{PAGE}/bo/keep", data={"seen": SEEN})
    ada = make_residency("ada", first_day=day("2026-01-19"))
    plan_by_hand(database, TWO, ada, make_residency("bo"), now=later(hours=2))
    publish(database, now=later(hours=2))
    for request in ("ada", "bo"):
        answer = browser.post(f"{PAGE}/{request}/withdraw", data={"seen": SEEN})
        assert texts(browser.get(answer.location).text, "div", class_="message warn") == [CHANGED]
    assert drafted(database) == ["ada", "bo"]


def test_the_office_notes_what_it_was_told(browser: FlaskClient, database: Database) -> None:
    publish_two(database)
    form = {"answer": "accepted", "note": "By telephone.", "sequence": "0"}
    browser.post(f"{PAGE}/ada/answer", data=form)
    with database.reading() as session:
        kept = load_answers(session, "lab")["ada"]
    assert (kept.answer, kept.note, kept.via) == (
        AnswerKind.ACCEPTED,
        "By telephone.",
        AnswerVia.OFFICE,
    )
    page = browser.get(f"{PAGE}/ada/answer").text
    assert texts(page, "ul", class_="answers-list") == [
        "Accepted Jan 5, 2026 09:30, noted by the office · to release 1 By telephone."
    ]


@pytest.mark.parametrize(
    ("request_id", "kind", "status"),
    [("ada", "perhaps", 303), ("ada", "", 303), ("cy", "accepted", 404)],
)
def test_no_answer_is_noted_that_nobody_could_have_given(
    browser: FlaskClient, database: Database, request_id: str, kind: str, status: int
) -> None:
    publish_two(database)
    answer = browser.post(f"{PAGE}/{request_id}/answer", data={"answer": kind})
    with database.reading() as session:
        assert (answer.status_code, load_answers_to(session, "lab", "ada")) == (status, ())


def test_a_reminder_is_a_mail_with_everything_in_it(
    browser: FlaskClient, database: Database
) -> None:
    ada = replace(make_researcher("ada"), email="ada+lab@example.org", language="ko")
    problem = seed(database, make_problem(researchers=(ada,)))
    plan_by_hand(database, problem, make_residency("ada"))
    publish(database)
    page = browser.get(PAGE).text
    (address,) = {link for link in re.findall(r'href="(mailto:[^"]*)"', page) if "subject" in link}
    parts = urlsplit(address.replace("&amp;", "&"))
    mail = parse_qs(parts.query, strict_parsing=True)
    assert parts.path == "ada%2Blab@example.org"
    assert mail["subject"] == ["[Lab] 체류 참석 여부 회신 부탁: 2026년 1월 5일 ~ 2월 1일"]
    (link,) = re.findall(r'href="(http://localhost/r/[^"]+)"', page)
    assert mail["body"][0].split("\r\n") == [
        "ada 님께",
        "",
        "Lab 체류 일정이 정해졌습니다: 2026년 1월 5일 ~ 2월 1일.",
        "",
        "오실 수 있는지 개인 페이지에서 알려 주십시오.",
        link,
        "",
        "감사합니다.",
        "Lab 드림",
    ]


def test_nobody_is_reminded_who_has_answered(browser: FlaskClient, database: Database) -> None:
    ada = replace(make_researcher("ada"), email="ada@example.org")
    problem = seed(database, make_problem(researchers=(ada,), requests=(make_request("ada"),)))
    plan_by_hand(database, problem, make_residency("ada"))
    publish(database)
    answers(database, "ada", AnswerKind.ACCEPTED)
    assert re.findall(r'href="(mailto:[^"]*)"', browser.get(PAGE).text) == [
        "mailto:ada@example.org"
    ]
