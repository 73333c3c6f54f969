"""The coordinator's pages, from their addresses to the words on them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from models.database import Database
from scheduler.plan import Reason, Unplaced
from scheduler.problem.types import RequestId
from scheduler.rules import Rule
from tests.builders import make_problem, make_programme, make_request, make_residency, make_zone
from tests.web.laboratory import plan_by_hand, seed
from tests.web.page_reading import texts

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_home_opens_the_only_programme(browser: FlaskClient, database: Database) -> None:
    seed(database)
    answer = browser.get("/")
    assert (answer.status_code, answer.location) == (303, "/programmes/lab")


def test_home_without_a_programme_says_how_to_load_one(browser: FlaskClient) -> None:
    assert texts(browser.get("/").text, "p", class_="empty") == [
        "There is no programme yet Load a scenario on the server: sarangchae seed FILE"
    ]


def test_home_with_two_programmes_names_both(browser: FlaskClient, database: Database) -> None:
    seed(database)
    seed(database, make_problem(programme=make_programme(id="annex", name="Annex")))
    named = texts(browser.get("/").text, "li")[2:]
    assert sorted(named) == ["Annex Jan 5 - Mar 29, 2026", "Lab Jan 5 - Mar 29, 2026"]


def test_a_programme_without_a_plan_says_what_planning_does(
    browser: FlaskClient, database: Database
) -> None:
    seed(database)
    page = browser.get("/programmes/lab").text
    assert texts(page, "ul", class_="decisions") == [
        (
            "1 request waits for a first plan The solver gives each one a slot, a desk and a host, "
            "and says what it could not place and why. Plan now"
        )
    ]


def test_a_programme_without_requests_says_how_to_bring_them_in(
    browser: FlaskClient, database: Database
) -> None:
    seed(database, make_problem(requests=()))
    page = browser.get("/programmes/lab").text
    assert texts(page, "ul", class_="decisions") == [
        (
            "There are no requests yet Bring them in from a table, or write the first one by hand. "
            "Import requests"
        )
    ]


def test_who_is_in_residence_stands_in_the_month_of_the_stay(
    browser: FlaskClient, database: Database
) -> None:
    problem = seed(database)
    plan_by_hand(database, problem, make_residency("ada"))
    january = browser.get("/programmes/lab?month=2026-01").text
    assert texts(january, "tbody")[-1:] == [
        "ada waterloo · Canada vision zone-a main, floor-1 None needed Jan 5 - Feb 1, 2026"
    ]
    march = browser.get("/programmes/lab?month=2026-03").text
    assert texts(march, "p", class_="empty") == [
        (
            "Nobody is in residence this month Look at another month, or open the board to see "
            "the whole programme."
        )
    ]


def test_a_month_that_is_none_is_not_found(browser: FlaskClient, database: Database) -> None:
    seed(database)
    assert browser.get("/programmes/lab?month=2026-13").status_code == 404


def test_an_optimal_plan_is_said_in_plain_words(browser: FlaskClient, database: Database) -> None:
    problem = seed(database)
    plan_by_hand(database, problem, make_residency("ada"))
    assert texts(browser.get("/programmes/lab").text, "p", class_="verdict") == ["Proven optimal"]


def test_an_unplaced_request_stands_with_its_rule_in_words(
    browser: FlaskClient, database: Database
) -> None:
    problem = seed(database, make_problem(requests=(make_request("ada"), make_request("bob"))))
    reason = Reason(rule=Rule.ZONE, text="No desk is free.")
    left_out = Unplaced(request=RequestId("bob"), why=(reason,))
    plan_by_hand(database, problem, make_residency("ada"), unplaced=(left_out,))
    assert texts(browser.get("/programmes/lab").text, "ul", class_="reasons") == [
        "Desks and floor space No desk is free."
    ]


def test_a_reason_names_the_zone_and_not_its_id(browser: FlaskClient, database: Database) -> None:
    hall = replace(make_zone(), name={"en": "Robot hall", "ko": "로봇홀"})
    problem = seed(
        database, make_problem(zones=(hall,), requests=(make_request("ada"), make_request("bob")))
    )
    text = "no zone that suits has the floor space on the days (zone-a desks)"
    left_out = Unplaced(request=RequestId("bob"), why=(Reason(rule=Rule.ZONE, text=text),))
    plan_by_hand(database, problem, make_residency("ada"), unplaced=(left_out,))
    assert texts(browser.get("/programmes/lab").text, "ul", class_="reasons") == [
        (
            "Desks and floor space "
            "No zone that suits has the floor space on the days (desks in Robot hall)."
        )
    ]


@pytest.mark.parametrize(
    ("unplaced", "bound", "said"),
    [
        (
            (Unplaced(request=RequestId("bob")),),
            0,
            "There would be room, but the plan is worth more without it.",
        ),
        (
            (Unplaced(request=RequestId("bob")),),
            1000,
            (
                "There would be room, but the plan is worth more without it, or the search ended "
                "before it got there."
            ),
        ),
        ((), 0, "No reason is known yet: plan again."),
    ],
    ids=["proven", "not proven", "submitted since"],
)
def test_a_request_without_a_reason_says_why_there_is_none(
    browser: FlaskClient,
    database: Database,
    unplaced: tuple[Unplaced, ...],
    bound: int,
    said: str,
) -> None:
    problem = seed(database, make_problem(requests=(make_request("ada"), make_request("bob"))))
    plan_by_hand(database, problem, make_residency("ada"), unplaced=unplaced, above=bound)
    page = browser.get("/programmes/lab").text
    assert texts(page, "ul", class_="reasons") == [said]


def test_the_language_that_was_chosen_is_kept(browser: FlaskClient, database: Database) -> None:
    seed(database)
    assert texts(browser.get("/programmes/lab?lang=ko").text, "h2", id="by-track") == ["트랙별"]
    assert texts(browser.get("/programmes/lab").text, "h2", id="by-track") == ["트랙별"]
    assert texts(browser.get("/programmes/lab?lang=en").text, "h2", id="by-track") == ["By track"]


def test_the_browsers_language_is_taken_where_none_was_chosen(
    browser: FlaskClient, database: Database
) -> None:
    seed(database)
    page = browser.get("/programmes/lab", headers={"Accept-Language": "ko-KR,ko;q=0.9"}).text
    assert texts(page, "h2", id="by-track") == ["트랙별"]
