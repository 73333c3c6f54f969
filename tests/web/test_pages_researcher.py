"""The researcher's own page, which a private link opens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from models.database import Database
from models.link_store import load_links
from models.problem_loader import load_problem
from scheduler.problem.types import HostId
from tests.builders import (
    make_event,
    make_problem,
    make_range,
    make_request,
    make_researcher,
    make_residency,
    make_site,
)
from tests.web.laboratory import MAKER, open_app, plan_by_hand, publish, publish_ada, seed
from tests.web.page_reading import texts
from web.use_cases.links.making import show_researcher_links

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def browser(tmp_path: Path, database: Database) -> Iterator[FlaskClient]:
    with open_app(tmp_path, database) as app:
        yield app.test_client()


def path_of_ada(database: Database) -> str:
    with database.reading() as session:
        problem, links = load_problem(session, "lab"), load_links(session, "lab")
    shown = show_researcher_links(problem, links, MAKER, language="en")
    return shown[0].url.removeprefix(MAKER.public_url)


def test_a_stay_stands_with_its_days_place_and_host(
    browser: FlaskClient, database: Database
) -> None:
    problem = seed(
        database,
        make_problem(
            sites=(make_site(address="12 Taebong-ro"),),
            requests=(make_request("ada", hosts=None),),
        ),
    )
    plan_by_hand(database, problem, make_residency("ada", host=HostId("kim")))
    publish(database)
    page = browser.get(path_of_ada(database)).text
    assert texts(page, "h1") == ["Welcome, ada"]
    assert texts(page, "dl", class_="stay-facts") == [
        (
            "First day Monday, January 5, 2026 Last day Sunday, February 1, 2026 "
            "Your desk zone-a main, floor-1 Site seoul 12 Taebong-ro Your host kim waterloo"
        )
    ]


def test_what_falls_into_the_stay_stands_by_day(browser: FlaskClient, database: Database) -> None:
    problem = seed(
        database,
        make_problem(
            sites=(make_site(closures=(make_range("2026-01-10", name="Power check"),)),),
            events=(make_event("demo", "2026-01-20", "2026-01-21"),),
        ),
    )
    plan_by_hand(database, problem, make_residency("ada"))
    publish(database)
    assert texts(browser.get(path_of_ada(database)).text, "ul", class_="agenda") == [
        "Jan 10 Power check Closed Jan 20 - 21 demo Event"
    ]


def test_the_page_speaks_the_researchers_language_until_another_is_chosen(
    browser: FlaskClient, database: Database
) -> None:
    korean = replace(make_researcher("ada"), language="ko")
    problem = seed(database, make_problem(researchers=(korean,)))
    plan_by_hand(database, problem, make_residency("ada"))
    publish(database)
    page = path_of_ada(database)
    assert texts(browser.get(page).text, "h1") == ["ada 님, 환영합니다"]
    assert texts(browser.get(f"{page}?lang=en").text, "h1") == ["Welcome, ada"]
    assert texts(browser.get(page).text, "h1") == ["Welcome, ada"]


def test_an_arabic_page_runs_from_right_to_left(browser: FlaskClient, database: Database) -> None:
    publish_ada(database)
    page = browser.get(f"{path_of_ada(database)}?lang=ar").text
    assert '<html lang="ar" dir="rtl">' in page
    assert texts(page, "h2", id="calendar") == ["في تقويمك"]


def test_a_stay_that_was_taken_back_says_so(browser: FlaskClient, database: Database) -> None:
    problem = publish_ada(database)
    plan_by_hand(database, problem)
    publish(database)
    page = browser.get(path_of_ada(database)).text
    assert texts(page, "span", class_="tag bad") == ["Cancelled"]


def test_a_link_that_nobody_was_given_is_not_found(
    browser: FlaskClient, database: Database
) -> None:
    publish_ada(database)
    answer = browser.get("/r/guessed")
    assert (answer.status_code, texts(answer.text, "h1")) == (404, ["Not found"])


def test_the_page_is_kept_by_nobody_on_the_way(browser: FlaskClient, database: Database) -> None:
    publish_ada(database)
    answer = browser.get(path_of_ada(database))
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
