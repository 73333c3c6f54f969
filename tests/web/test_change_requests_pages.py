"""The page on which a researcher asks for a change; nothing that was written is ever lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from models.change_request_store import load_change_requests
from models.database import Database
from models.draft_store import main_draft, store_draft_plan
from models.problem_loader import load_problem
from scheduler.plan import Plan
from scheduler.problem.types import HostId, ZoneId
from tests.builders import (
    day,
    make_host,
    make_pin,
    make_problem,
    make_request,
    make_researcher,
    make_residency,
    make_zone,
)
from tests.web.laboratory import later, open_app, page_of, plan_by_hand, publish, seed
from tests.web.page_reading import texts
from web.use_cases.change_requests.decide import Decision, accept_change
from web.use_cases.change_requests.stays import spell_stay
from web.use_cases.workspace import load_workspace

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ADA = make_residency("ada")
BOB = make_residency("bob", zone=ZoneId("zone-b"))
LATER = replace(ADA, first_day=day("2026-01-19"), last_day=day("2026-02-15"))
EARLY = later(days=-21)
"""Three weeks before the stays begin, for which the office may still do something."""
SEND = {"do": "send", "stay": "ada", "release": "1", "replaces": ""}


@pytest.fixture
def browser(tmp_path: Path, database: Database) -> Iterator[FlaskClient]:
    with open_app(tmp_path, database, now=EARLY) as app:
        yield app.test_client()


@pytest.fixture
def page(database: Database) -> str:
    """Tell Ada and Bob of their stays, in zones of one desk, and return the path of Ada's page."""
    publish_both(database)
    return path_of(database)


def publish_both(database: Database, **others: object) -> None:
    requests = (make_request("ada"), make_request("bob"))
    zones = (make_zone("zone-a", desks=1), make_zone("zone-b", desks=1))
    problem = seed(database, make_problem(requests=requests, zones=zones, **others))
    plan_by_hand(database, problem, ADA, BOB)
    publish(database)


def path_of(database: Database) -> str:
    return f"{page_of(database)}/changes"


def options(shown: str) -> list[str]:
    """Return the options of a page, each as it is read."""
    return texts(shown, "span", class_="choice-days")


def number_of(shown: str) -> str:
    found = re.search(r'name="number" value="(\d+)"', shown)
    assert found is not None
    return found[1]


def test_what_is_possible_stands_by_kind_with_days_and_length(
    browser: FlaskClient, page: str
) -> None:
    shown = browser.get(page).text
    assert texts(shown, "p", class_="told-days") == ["Jan 5 - Feb 1, 2026"]
    assert texts(shown, "legend") == ["Come later", "A shorter stay", "A longer stay"]
    assert options(shown)[:2] == [
        "Jan 12 - Feb 8, 2026 4 weeks · 1 week later",
        "Jan 19 - Feb 15, 2026 4 weeks · 2 weeks later",
    ]
    assert texts(shown, "ul", class_="plain-list small soft") == [
        (
            "Nothing is free on earlier days for a stay as long as yours. "
            "No other floor or desk area is free on exactly these days."
        )
    ]


def test_nobody_else_and_nothing_of_the_draft_stands_on_the_page(
    browser: FlaskClient, database: Database, page: str
) -> None:
    plan_by_hand(database, make_problem(requests=(make_request("ada"),)), LATER)
    shown = browser.get(page).text
    assert ("bob" in shown, texts(shown, "p", class_="told-days")) == (
        False,
        ["Jan 5 - Feb 1, 2026"],
    )


def test_a_choice_is_sent_and_stands_there_until_it_is_taken_back(
    browser: FlaskClient, page: str
) -> None:
    form = {**SEND, "option": spell_stay(LATER), "note": "A conference <b>first</b>"}
    sent = browser.post(page, data=form)
    assert (sent.status_code, sent.location) == (303, f"{page}?done=asked&stay=ada")
    shown = browser.get(sent.location).text
    assert texts(shown, "p", role="status") == [
        "Your request is with the office. Its answer will stand on this page."
    ]
    assert texts(shown, "h2", id="waiting") == ["Come later"]
    assert texts(shown, "blockquote") == ["A conference <b>first</b>"]
    back = browser.post(page, data={"do": "withdraw", "stay": "ada", "number": number_of(shown)})
    shown = browser.get(back.location).text
    assert texts(shown, "h2", id="waiting") == []
    assert texts(shown, "span", class_="tag") == ["Taken back"]


def test_what_cannot_be_sent_any_more_comes_back_with_the_note_and_new_options(
    browser: FlaskClient, database: Database, page: str
) -> None:
    with database.reading() as session:
        problem = load_problem(session, "lab")
    plan_by_hand(database, problem, ADA)
    publish(database, now=later(hours=1))
    form = {**SEND, "option": spell_stay(LATER), "note": 'two\r\n"weeks"'}
    again = browser.post(page, data=form)
    assert again.status_code == 409
    assert texts(again.text, "p", role="alert") == [
        (
            "The office has published a new plan since you opened this page, so nothing was sent. "
            "Below is what is possible now; your note is kept."
        )
    ]
    assert texts(again.text, "textarea") == ['two "weeks"']
    assert unescape(again.text).count(f'value="{spell_stay(LATER)}" checked') == 1
    assert 'name="release" value="2"' in again.text
    assert browser.post(page, data={**form, "release": "2"}).status_code == 303


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"option": "", "note": ""}, 422, "Please choose one of the options, or write what you"),
        ({"option": "words", "note": " "}, 422, "Please choose one of the options, or write"),
        ({"option": "words", "note": "x" * 4001}, 422, "Your note is longer than 4,000"),
        ({"option": "~~~~~", "note": "please"}, 409, "What you chose is no longer possible"),
        ({"stay": "bob", "note": "please"}, 409, "This stay is not published any more"),
        ({"replaces": "7", "note": "please"}, 409, "Your request was answered or changed"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    browser: FlaskClient, page: str, sent: dict[str, str], status: int, said: str
) -> None:
    answer = browser.post(page, data={**SEND, **sent})
    (alert,) = texts(answer.text, "p", role="alert")
    assert (answer.status_code, alert.startswith(said)) == (status, True)
    assert texts(answer.text, "textarea") == [sent["note"].strip()]


def test_days_can_be_picked_by_address_and_with_a_note_in_hand(
    browser: FlaskClient, page: str
) -> None:
    shown = browser.get(f"{page}?stay=ada&first_day=2026-02-09&days=14").text
    assert texts(shown, "p", class_="notice good") == ["These days are possible. Choose them here:"]
    assert options(shown)[-1] == (
        "Feb 9 - 22, 2026 2 weeks · arrival 5 weeks later, departure 3 weeks later"
    )
    look = {"do": "look", "stay": "ada", "first_day": "2026-02-10", "days": "14", "note": "kept"}
    shown = browser.post(page, data=look).text
    assert texts(shown, "p", class_="notice warn") == [
        "These days are not possible. The nearest that are:"
    ]
    assert [text[:6] for text in options(shown)[-2:]] == ["Feb 9 ", "Feb 16"]
    assert texts(shown, "textarea") == ["kept"]


@pytest.mark.parametrize(
    "query", ["first_day=soon", "first_day=2026-02-09&days=0", "first_day=1&days=x"]
)
def test_what_is_no_day_is_said(browser: FlaskClient, page: str, query: str) -> None:
    shown = browser.get(f"{page}?{query}").text
    assert texts(shown, "p", class_="notice warn") == ["Please choose a day and a length."]


def test_a_frozen_stay_says_so_and_takes_words(browser: FlaskClient, database: Database) -> None:
    programme = replace(make_problem().programme, today=day("2025-12-29"))
    publish_both(database, programme=programme)
    page = path_of(database)
    shown = browser.get(page).text
    assert texts(shown, "p", class_="notice") == [
        (
            "Your stay begins so soon that its days, desk and host are fixed. "
            "If something has come up, write to the office here."
        )
    ]
    assert options(shown) == []
    assert browser.post(page, data={**SEND, "note": "My flight"}).status_code == 303


def test_what_the_office_has_fixed_is_named(browser: FlaskClient, database: Database) -> None:
    publish_both(database, pins=(make_pin("ada", first_day=ADA.first_day, last_day=ADA.last_day),))
    shown = browser.get(path_of(database)).text
    assert texts(shown, "p", class_="notice") == [
        (
            "The office has fixed a part of your stay (the days), so that is not offered here. "
            "You can write to the office all the same."
        )
    ]
    assert texts(shown, "ul", class_="plain-list small soft") == [
        "No other floor or desk area is free on exactly these days."
    ]


def test_of_several_stays_one_is_chosen(browser: FlaskClient, database: Database) -> None:
    requests = (make_request("one", researcher="ada"), make_request("two", researcher="ada"))
    problem = seed(database, make_problem(requests=requests))
    stays = (make_residency("one", days=14), make_residency("two", first_day=day("2026-02-16")))
    plan_by_hand(database, problem, *stays)
    publish(database)
    page = path_of(database)
    shown = browser.get(page).text
    assert texts(shown, "nav", class_="stay-tabs") == ["Jan 5 - 18, 2026 Feb 16 - Mar 15, 2026"]
    other = browser.get(f"{page}?stay=two").text
    assert texts(other, "p", class_="told-days") == ["Feb 16 - Mar 15, 2026"]


def test_a_stay_that_has_begun_says_so_and_takes_words(
    tmp_path: Path, database: Database, page: str
) -> None:
    with open_app(tmp_path, database, now=later(days=7)) as app:
        shown = app.test_client().get(page).text
    assert options(shown) == []
    assert texts(shown, "p", class_="notice") == [
        (
            "Your stay has begun, so other days are not offered here. "
            "Write to the office what you need."
        )
    ]


def test_without_a_published_stay_there_is_nothing_to_change(
    browser: FlaskClient, database: Database, page: str
) -> None:
    with database.reading() as session:
        problem = load_problem(session, "lab")
    plan_by_hand(database, problem, BOB)
    publish(database, now=later(hours=1))
    shown = browser.get(page).text
    assert texts(shown, "p", class_="empty")[0].startswith("There is no stay to change")
    assert browser.post(page, data={**SEND, "note": "x"}).status_code == 409


def test_another_host_is_offered_by_name(browser: FlaskClient, database: Database) -> None:
    hosts = (HostId("kim"), HostId("lee"))
    problem = make_problem(
        hosts=tuple(map(make_host, hosts)),
        requests=(make_request("ada", hosts=hosts),),
        researchers=(replace(make_researcher("ada"), language="ar"),),
    )
    plan_by_hand(database, seed(database, problem), replace(ADA, host=hosts[0]))
    publish(database)
    shown = browser.get(f"{path_of(database)}?lang=en").text
    assert options(shown)[-1] == "lee"


def test_what_the_office_decides_stands_first_and_says_whether_it_holds(
    browser: FlaskClient, database: Database, page: str
) -> None:
    browser.post(page, data={**SEND, "option": spell_stay(LATER)})
    decide(database, "Welcome!")
    shown = browser.get(page).text
    assert shown.index('id="decided"') < shown.index('id="possible"')
    assert texts(shown, "blockquote") == ["Welcome!"]
    assert texts(shown, "ol")[0].startswith("Come later Accepted The office has accepted it.")
    publish(database, now=later(hours=2))
    shown = browser.get(page).text
    assert texts(shown, "p", class_="told-days") == ["Jan 19 - Feb 15, 2026"]
    assert texts(shown, "ol")[0].startswith("Come later Accepted This is your stay now.")


def test_what_the_office_accepted_and_then_moved_again_is_not_called_accepted(
    browser: FlaskClient, database: Database, page: str
) -> None:
    browser.post(page, data={**SEND, "option": spell_stay(LATER)})
    decide(database, "Welcome!")
    with database.writing() as session:
        draft = main_draft(session, "lab", now=later(hours=2))
        store_draft_plan(session, draft.id, Plan(residencies=(ADA, BOB)))
    shown = browser.get(page).text
    assert texts(shown, "ol")[0].startswith("Come later Looked at again The office had accepted")


def decide(database: Database, reply: str) -> None:
    """Accept the request that waits."""
    with database.writing() as session:
        (asked,) = load_change_requests(session, "lab")
        decision = Decision(now=later(hours=1), reply=reply)
        accept_change(session, load_workspace(session, "lab"), asked.id, decision, language="en")


def test_a_device_and_a_guess_open_nothing(browser: FlaskClient, page: str) -> None:
    assert page.endswith("/changes")
    for answer in (
        browser.get("/r/guessed/changes"),
        browser.post("/r/guessed/changes", data=SEND),
    ):
        assert answer.status_code == 404
