"""The floor plan's pages, from their addresses to the words on them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from models.database import Database
from models.draft_store import add_draft, main_draft
from scheduler.plan import Plan
from scheduler.problem.places import ExclusiveBy
from scheduler.problem.problem import Problem
from scheduler.problem.types import ZoneId
from tests.builders import (
    day,
    make_building,
    make_floor,
    make_problem,
    make_range,
    make_request,
    make_reservation,
    make_residency,
    make_site,
    make_zone,
)
from tests.web.laboratory import NOW, plan_by_hand, seed
from tests.web.page_reading import texts

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

FLOOR = "/programmes/lab/floors/floor-1"
SHAPES = f"{FLOOR}/shapes"
L_SHAPE = ((0.0, 0.0), (12.5, 0.0), (12.5, 5.25), (7.0, 5.25), (7.0, 11.0), (0.0, 11.0))


def two_floors() -> Problem:
    """Return a house of two floors with two requests and a company's desks."""
    return make_problem(
        floors=(make_floor(), make_floor("floor-2", level=2)),
        zones=(
            make_zone(desks=4, features=("quiet",), exclusive_by=ExclusiveBy.GROUP),
            make_zone("zone-b", desks=2, closures=(make_range("2026-02-02", "2026-02-08"),)),
            make_zone("zone-c", floor="floor-2", desks=0),
        ),
        requests=(make_request("ada"), make_request("bob", desks=2)),
        reservations=(make_reservation(),),
    )


def plan_both(database: Database) -> Problem:
    """Plan Ada beside the company from 5 January, and Bob in the other zone from 12 January."""
    problem = seed(database, two_floors())
    bob = make_residency("bob", first_day=day("2026-01-12"), days=7, zone=ZoneId("zone-b"))
    plan_by_hand(database, problem, make_residency("ada"), bob)
    return problem


def figures(page: str) -> list[str]:
    """Return what is written in the rooms of a plan."""
    return texts(page, "text", class_="figures")


def people(page: str) -> list[str]:
    """Return the rows of who sits where that are seen, in words."""
    rows = re.findall(r"<tr id=\"at-.*?</tr>", page, re.DOTALL)
    seen = [row for row in rows if " hidden" not in row.partition(">")[0]]
    return [text for row in seen for text in texts(row, "th")]


def test_every_floor_is_drawn_small_with_its_figures(
    browser: FlaskClient, database: Database
) -> None:
    plan_both(database)
    page = browser.get("/programmes/lab/floors?day=2026-01-12").text
    assert texts(page, "a", class_="card floor-card") == [
        (
            "floor-2 Researchers: 0 "
            "zone-c: No desks. 0 of 0 desks in use. Researchers: 0. 0 of 0 desks in use"
        ),
        (
            "floor-1 Researchers: 2 "
            "zone-a: Half or more. 3 of 4 desks in use. Researchers: 1. 3 / 4 "
            "zone-b: Full. 2 of 2 desks in use. Researchers: 1. 2 / 2 "
            "5 of 6 desks in use"
        ),
    ]


def test_a_floor_shows_the_day_that_is_asked_for(browser: FlaskClient, database: Database) -> None:
    plan_both(database)
    page = browser.get(f"{FLOOR}?day=2026-01-12").text
    assert figures(page) == ["3 / 4 · 120 m²", "2 / 2 · 120 m²"]
    assert people(page) == [
        "AD ada waterloo · CA",
        "company Reserved · 2 desks",
        "BO bob waterloo · CA · 2 desks",
    ]
    later = browser.get(f"{FLOOR}?day=2026-01-19").text
    assert figures(later) == ["3 / 4 · 120 m²", "0 / 2 · 120 m²"]
    assert people(later) == ["AD ada waterloo · CA", "company Reserved · 2 desks"]


def test_without_a_day_it_is_today_within_the_programme(
    browser: FlaskClient, database: Database
) -> None:
    plan_both(database)
    page = browser.get(FLOOR).text
    assert texts(page, "p", class_="day-words")[0] == "Monday, January 5, 2026"
    beyond = browser.get(f"{FLOOR}?day=2031-01-01").text
    assert texts(beyond, "p", class_="day-words")[0] == "Sunday, March 29, 2026"


def test_everybody_at_a_desk_bears_a_name_on_the_plan(
    browser: FlaskClient, database: Database
) -> None:
    plan_both(database)
    page = browser.get(f"{FLOOR}?day=2026-01-12").text
    seats = re.findall(r'<a class="seat ([a-z ]+)" data-seat="(\d+)" href="(\S+)"', page)
    assert seats == [
        ("reservation", "0", "#at-reservation-company"),
        ("reservation", "1", "#at-reservation-company"),
        ("stay", "2", "#at-stay-ada"),
        ("stay", "0", "#at-stay-bob"),
        ("stay", "1", "#at-stay-bob"),
    ]
    named = re.findall(r'<a class="seat stay" .* aria-label="(.*?), Jan', page)
    assert named == ["ada, waterloo · CA", "bob, waterloo · CA", "bob, waterloo · CA"]
    assert 'aria-label="zone-a: Half or more. 3 of 4 desks in use. Researchers: 1."' in page


def test_a_chosen_zone_tells_everything_about_itself(
    browser: FlaskClient, database: Database
) -> None:
    plan_both(database)
    page = browser.get(f"{FLOOR}?day=2026-01-06&zone=zone-b").text
    shown = re.findall(r'data-zone-card="(\S+)">', page)
    (card,) = texts(page, "section", data_zone_card="zone-b")
    assert shown == ["zone-b"]
    assert card == (
        "zone-b Empty Change this zone Close Desks in use 0 of 2 desks in use "
        "Floor space 0 / 120 m² Tracks all Closed Feb 2 - 8, 2026 "
        "Everybody in this zone, by day of arrival Name Days On this day "
        "bob Jan 12 - 18, 2026 Comes next"
    )


def test_a_closed_zone_is_hatched_and_says_so(browser: FlaskClient, database: Database) -> None:
    plan_both(database)
    page = browser.get(f"{FLOOR}?day=2026-02-03").text
    assert '<g class="zone level-empty closed" data-zone="zone-b"' in page
    assert "zone-b: Closed. 0 of 2 desks in use. Researchers: 0." in page
    assert texts(page, "span", data_total="") == ["2 of 4 desks in use"]


def test_a_zone_with_more_people_than_desks_is_over_full(
    browser: FlaskClient, database: Database
) -> None:
    problem = seed(database, make_problem(zones=(make_zone(desks=0),)))
    plan_by_hand(database, problem, make_residency("ada"))
    page = browser.get(FLOOR).text
    assert '<g class="zone level-over" data-zone="zone-a"' in page
    assert re.findall(r'<a class="(seat [a-z ]+)"', page) == ["seat stay extra"]


def test_a_person_who_is_looked_for_is_found_on_the_first_day_of_the_stay(
    browser: FlaskClient, database: Database
) -> None:
    plan_both(database)
    page = browser.get(f"{FLOOR}?request=bob").text
    assert texts(page, "p", class_="day-words")[0] == "Monday, January 12, 2026"
    assert page.count("stay asked") == 2
    assert texts(page, "tr", class_="asked") == [
        "BO bob waterloo · CA · 2 desks Jan 12 - 18, 2026 Request bob"
    ]


def test_a_person_who_sits_elsewhere_is_shown_the_way_to(
    browser: FlaskClient, database: Database
) -> None:
    plan_both(database)
    page = browser.get("/programmes/lab/floors/floor-2?request=bob&day=2026-01-12").text
    assert texts(page, "p", class_="notice warn") == [
        "bob does not sit here on this day: zone-b, floor-1, main, Jan 12 - 18, 2026. Show where"
    ]
    assert f'href="{FLOOR}?day=2026-01-12&amp;request=bob"' in page


def test_a_person_without_a_place_is_not_looked_for_in_vain(
    browser: FlaskClient, database: Database
) -> None:
    seed(database, two_floors())
    page = browser.get(f"{FLOOR}?request=bob").text
    assert texts(page, "p", class_="notice warn") == ["bob has no place in this plan."]


def test_a_what_if_is_looked_at_by_its_number(browser: FlaskClient, database: Database) -> None:
    plan_both(database)
    with database.writing() as session:
        base = (main_draft(session, "lab", now=NOW), Plan())
        branch = add_draft(session, "lab", name="Nobody", now=NOW, base=base)
    page = browser.get(f"{FLOOR}?draft={branch.id}&day=2026-01-12").text
    assert figures(page) == ["2 / 4 · 120 m²", "0 / 2 · 120 m²"]
    assert "What-if “Nobody”" in page
    assert f'<input type="hidden" name="draft" value="{branch.id}">' in page
    assert browser.get(f"{FLOOR}?draft=99").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/programmes/lab/floors/nowhere", f"{FLOOR}?day=soon", "/programmes/nowhere/floors"],
)
def test_what_is_not_there_is_not_found(
    browser: FlaskClient, database: Database, path: str
) -> None:
    seed(database)
    assert browser.get(path).status_code == 404


def test_places_without_floors_or_zones_say_what_to_do(
    browser: FlaskClient, database: Database
) -> None:
    bare = replace(make_problem(), buildings=(), floors=(), zones=())
    seed(database, replace(bare, requests=(), researchers=()))
    page = browser.get("/programmes/lab/floors").text
    assert texts(page, "p", class_="empty") == [
        (
            "There are no floors yet Add a building, its floors and their zones under “People and "
            "space”; each floor is drawn here by itself."
        )
    ]


def test_a_floor_without_zones_says_so(browser: FlaskClient, database: Database) -> None:
    seed(database, make_problem(floors=(make_floor(), make_floor("attic", level=9))))
    page = browser.get("/programmes/lab/floors/attic").text
    assert texts(page, "p", class_="empty") == [
        (
            "This floor has no zones yet Add its rooms under “People and space”; they are drawn "
            "here by themselves."
        )
    ]
    assert "This floor has no zones yet." in browser.get("/programmes/lab/floors").text


def test_buildings_of_several_sites_name_them(browser: FlaskClient, database: Database) -> None:
    seed(
        database,
        make_problem(
            sites=(make_site(), make_site("paris")),
            buildings=(make_building(), make_building("tower", site="paris")),
            floors=(make_floor(), make_floor("floor-9", building="tower", level=9)),
        ),
    )
    page = browser.get("/programmes/lab/floors").text
    assert texts(page, "h2") == ["main · seoul", "tower · paris"]
