"""Why a request has no place: asked for, found, and said in the reader's words."""

from __future__ import annotations

import json
from html import unescape
from typing import Any, cast

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models.database import Database
from models.draft_store import main_draft, store_draft_plan
from models.run_store import request_stop
from scheduler.plan import Plan
from scheduler.problem.requests import Residency
from scheduler.problem.types import ResearcherId
from tests.builders import (
    day,
    make_pin,
    make_problem,
    make_request,
    make_researcher,
    make_residency,
    make_slot,
    make_zone,
)
from tests.web.laboratory import NOW, NoJobs, seed
from tests.web.page_reading import texts
from web.context import services_of
from web.use_cases.planning.runs import key_of
from web.use_cases.planning.work import run_at

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

JANUARY: dict[str, Any] = {"first_day": day("2026-01-05"), "last_day": day("2026-02-01")}
FULL = make_problem(
    slots=(make_slot(places=1, last_day=day("2026-02-01")),),
    requests=(
        make_request("ada", min_days=28, **JANUARY),
        make_request("bob", min_days=28, **JANUARY),
        make_request("eve", withdrawn=True),
    ),
)
WHY = "/programmes/lab/why"


def submitted(app: Flask) -> list[str]:
    return cast("NoJobs", services_of(app).jobs).submitted


def drafted(database: Database, *stays: Residency) -> None:
    with database.writing() as session:
        draft = main_draft(session, "lab", now=NOW)
        store_draft_plan(session, draft.id, Plan(residencies=stays))


def answered(app: Flask, browser: FlaskClient, database: Database, request: str) -> str:
    """Ask why, work the question off, and return the page."""
    browser.post(f"{WHY}/{request}")
    run_at(database.engine.url.render_as_string(hide_password=False), submitted(app)[-1])
    return browser.get(f"{WHY}/{request}").text


def test_why_is_asked_by_a_button_and_waits_for_the_answer(
    app: Flask, browser: FlaskClient, database: Database
) -> None:
    seed(database, FULL)
    drafted(database, make_residency("bob"))
    page = browser.get(f"{WHY}/ada").text
    assert texts(page, "h1") == ["Why does ada have no place?"]
    assert texts(page, "button")[1:] == ["Find out why"]
    assert submitted(app) == []

    answer = browser.post(f"{WHY}/ada")

    assert (answer.status_code, answer.location) == (303, f"{WHY}/ada")
    assert texts(browser.get(f"{WHY}/ada").text, "p", class_="verdict") == ["Looking into it…"]


def test_a_script_that_asks_why_is_told_where_to_look(
    app: Flask, browser: FlaskClient, database: Database
) -> None:
    seed(database, FULL)
    drafted(database, make_residency("bob"))
    answer = browser.post(f"{WHY}/ada", headers={"Accept": "application/json"}).json
    [run] = submitted(app)
    address = f"/programmes/lab/plan/runs/{run}"
    assert answer == {"run": run, "url": address, "status": "queued"}
    assert browser.post(f"{WHY}/ada", headers={"Accept": "application/json"}).json == answer
    assert submitted(app) == [run]


def test_the_answer_names_what_is_scarce_who_holds_it_and_what_would_help(
    app: Flask, browser: FlaskClient, database: Database
) -> None:
    seed(database, FULL)
    drafted(database, make_residency("bob"))
    page = answered(app, browser, database, "ada")
    assert texts(page, "article", class_="card reason") == [
        (
            "Places in the slot No place is left in winter on Jan 5 - Feb 1, 2026: held by bob. "
            "Jan 5, 2026 Feb 1, 2026 Who holds it: winter Who Days Picture bob "
            "Jan 5 - Feb 1, 2026"
        )
    ]
    first, second = texts(page, "article", class_="card repair")
    assert first == (
        "Way 1 +3,000 points Add places to winter: 1 Ada stays Jan 5 - Feb 1, 2026 in zone-a, "
        "slot winter Has to agree: whoever decides on the slot's places. Nobody else moves. "
        "Try this as a what-if"
    )
    assert second.endswith("1 other person moves. Try this as a what-if")


def test_a_repair_is_offered_as_a_what_if_takes_it(
    app: Flask, browser: FlaskClient, database: Database
) -> None:
    seed(database, FULL)
    drafted(database, make_residency("bob"))
    page = answered(app, browser, database, "ada")
    stay = {"slot": "winter", "zone": "zone-a", "host": None, "pool": None}
    days = {"first_day": "2026-01-05", "last_day": "2026-02-01"}
    moved = {"request": "ada", "after": {"request": "ada", **stay, **days}}
    offers = [json.loads(text) for text in attributes(page, "data-try")]
    assert offers == [
        {
            "adjustments": [{"kind": "add_places", "slot": "winter", "places": 1}],
            "moves": [moved],
            "request": "ada",
        },
        {
            "adjustments": [],
            "moves": [moved, {"request": "bob", "after": None}],
            "request": "ada",
        },
    ]


def test_the_same_answer_is_said_in_korean(
    app: Flask, browser: FlaskClient, database: Database
) -> None:
    seed(database, FULL)
    drafted(database, make_residency("bob"))
    answered(app, browser, database, "ada")
    document = browser.get(f"{WHY}/ada.json?lang=ko").json
    assert document is not None
    assert (document["state"], document["page"]) == ("answered", f"{WHY}/ada")
    assert [reason["text"] for reason in document["explanation"]["reasons"]] == [
        "Winter의 모집 정원이 2026년 1월 5일 ~ 2월 1일에 모두 찼습니다: bob."
    ]


def test_there_is_no_document_before_the_answer(browser: FlaskClient, database: Database) -> None:
    seed(database, FULL)
    drafted(database, make_residency("bob"))
    assert browser.get(f"{WHY}/ada.json").json == {
        "state": "unasked",
        "page": f"{WHY}/ada",
        "explanation": None,
    }


def test_a_stay_is_explained_by_its_wishes_and_how_freely_it_can_move(
    app: Flask, browser: FlaskClient, database: Database
) -> None:
    wishes = make_request("ada", min_days=14, preferred_first_day=day("2026-01-05"))
    seed(database, make_problem(requests=(wishes,)))
    drafted(database, make_residency("ada", first_day=day("2026-01-12")))
    page = answered(app, browser, database, "ada")
    assert texts(page, "h1") == ["Why does ada stay then and there?"]
    assert texts(page, "h2")[0].startswith("It begins on Jan 12, 2026 instead of the preferred")
    assert texts(page, "span", class_="tag good") == ["Free to move"]
    assert texts(page, "span", class_="tag good number") == ["+7 points"]


def test_an_answer_for_an_older_draft_is_asked_for_anew(
    app: Flask, browser: FlaskClient, database: Database
) -> None:
    seed(database, FULL)
    drafted(database, make_residency("bob"))
    answered(app, browser, database, "ada")
    drafted(database, make_residency("bob"))
    page = browser.get(f"{WHY}/ada").text
    assert texts(page, "p", class_="verdict") == ["The answer has to be looked for"]


def test_stays_that_break_rules_are_left_out_and_named(
    app: Flask, browser: FlaskClient, database: Database
) -> None:
    problem = make_problem(
        zones=(make_zone(desks=1),),
        requests=tuple(
            make_request(name, min_days=28, **JANUARY) for name in ("ada", "bob", "eve")
        ),
    )
    seed(database, problem)
    drafted(database, make_residency("ada"), make_residency("bob"))
    page = answered(app, browser, database, "eve")
    [notice] = texts(page, "p", class_="notice warn below-head")
    assert notice.startswith("The draft breaks rules.")


def test_a_question_without_an_answer_says_why_and_can_be_asked_again(
    app: Flask, browser: FlaskClient, database: Database
) -> None:
    pinned = make_problem(
        requests=(make_request("ada"), make_request("bob")), pins=(make_pin("bob"),)
    )
    seed(database, pinned)
    drafted(database, make_residency("ada"))
    page = answered(app, browser, database, "ada")
    assert texts(page, "p", class_="notice bad") == [
        "The draft breaks rules by what it leaves out. Mend that first, then ask again."
    ]
    assert texts(page, "button")[1:] == ["Try again"]


def test_a_question_that_was_stopped_says_so(
    app: Flask, browser: FlaskClient, database: Database
) -> None:
    seed(database, FULL)
    drafted(database, make_residency("bob"))
    browser.post(f"{WHY}/ada")
    with database.writing() as session:
        request_stop(session, key_of(submitted(app)[0]), now=NOW)
    assert texts(browser.get(f"{WHY}/ada").text, "p", class_="notice bad") == [
        "The search for the answer was stopped."
    ]


def test_without_a_plan_there_is_nothing_to_explain(
    browser: FlaskClient, database: Database
) -> None:
    seed(database, FULL)
    [empty] = texts(browser.get(f"{WHY}/ada").text, "p", class_="empty")
    assert empty.startswith("There is no plan yet")


def test_whoever_withdrew_is_not_explained(browser: FlaskClient, database: Database) -> None:
    seed(database, FULL)
    assert texts(browser.get(f"{WHY}/eve").text, "h1") == ["eve has withdrawn"]
    assert browser.post(f"{WHY}/eve").status_code == 404


@pytest.mark.parametrize("address", [f"{WHY}/nobody", f"{WHY}/nobody.json"])
def test_an_unknown_request_is_not_found(
    browser: FlaskClient, database: Database, address: str
) -> None:
    seed(database, FULL)
    assert browser.get(address).status_code == 404


def test_two_requests_of_one_researcher_are_told_apart_by_their_ids(
    app: Flask, browser: FlaskClient, database: Database
) -> None:
    other = make_request("bob-2", researcher="bob", first_day=day("2026-03-02"))
    problem = make_problem(
        slots=FULL.slots,
        researchers=(make_researcher("ada"), make_researcher("bob")),
        requests=(*FULL.requests[:2], other),
    )
    seed(database, problem)
    assert problem.request[other.id].researcher == ResearcherId("bob")
    drafted(database, make_residency("bob"))
    page = answered(app, browser, database, "ada")
    assert "held by bob (bob)." in texts(page, "article", class_="card reason")[0]


def attributes(page: str, name: str) -> list[str]:
    """Return every value of an attribute."""
    return [unescape(part.split('"')[0]) for part in page.split(f'{name}="')[1:]]
