"""Items are added, changed, removed and taken back by their forms, whatever their subject."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models.database import Database
from models.history_store import load_changes
from models.problem_loader import load_problem
from models.subjects import document_of
from scheduler.problem.problem import Problem
from tests.builders import make_problem, make_request, make_residency
from tests.web.form_reading import form_of
from tests.web.laboratory import open_app, plan_by_hand, seed, signed_in
from tests.web.page_reading import texts
from web.use_cases.data.items import find_item

HERE = "/programmes/lab/data"

NEW: dict[str, dict[str, Any]] = {
    "tracks": {"name": "Robots", "colour": "#112233"},
    "slots": {"name": "Spring", "tracks": "vision", "places": "4"},
    "hosts": {"name": "Lee", "institution": "waterloo", "tracks": "vision"},
    "institutions": {"name": "École normale", "country": "France — FR"},
    "researchers": {"name": "Bo", "institution": "waterloo"},
    "sites": {"name": "Busan"},
    "buildings": {"name": "Annex", "site": "seoul"},
    "floors": {"name": "Second", "building": "main", "level": "-1"},
    "zones": {"name": "Attic", "floor": "floor-1", "features": [], "features.more": "quiet, dry"},
    "reservations": {"name": "Company", "zone": "zone-a"},
    "pools": {"name": "Cloud", "gpus": "1,024"},
    "events": {"name": "Demo day"},
    "quotas": {"name": "All", "by": "any", "max": "3"},
    "requests": {"researcher": "ada", "track": "vision"},
    "collaborations": {"requests": ["ada", "cy"]},
    "separations": {"requests": ["ada", "cy", ""]},
    "pins": {"request": "ada", "zone": "zone-a"},
}
CHANGED: dict[str, tuple[dict[str, Any], str, Any]] = {
    "tracks": ({"name.ko": "로봇"}, "name", {"en": "Robots", "ko": "로봇"}),
    "slots": ({"fixed_dates": "yes"}, "fixed_dates", True),
    "hosts": ({"capacity": "5"}, "capacity", 5),
    "institutions": ({"country": "KR"}, "country", "KR"),
    "researchers": ({"email": "bo@example.org"}, "email", "bo@example.org"),
    "sites": ({"lat": "37.5"}, "lat", 37.5),
    "buildings": ({"name": "Other"}, "name", "Other"),
    "floors": ({"level": "2"}, "level", 2),
    "zones": ({"exclusive_by": "track"}, "exclusive_by", "track"),
    "reservations": ({"group": "team"}, "group", "team"),
    "pools": ({"last_day": "2026-02-01"}, "last_day", "2026-02-01"),
    "events": ({"tracks": "vision"}, "tracks", ["vision"]),
    "quotas": ({"by": "country", "value": "KR"}, "value", "KR"),
    "requests": ({"hosts.how": "these", "hosts": ["kim", ""]}, "hosts", ["kim"]),
    "collaborations": ({"same_floor": []}, "same_floor", False),
    "separations": ({"requests": ["cy", "di"]}, "requests", ["cy", "di"]),
    "pins": ({"first_day": "2026-01-12"}, "first_day", "2026-01-12"),
}
IDS = {
    "institutions": "ecole-normale",
    "slots": "spring",
    "hosts": "lee",
    "researchers": "bo",
    "requests": "ada-2",
    "collaborations": "team-1",
    "separations": "apart-1",
    "pins": "ada",
}


@pytest.fixture
def app(tmp_path: Path, database: Database) -> Iterator[Flask]:
    requests = (make_request("ada"), make_request("cy"), make_request("di"))
    seed(database, make_problem(requests=requests))
    with open_app(tmp_path, database) as app:
        yield app


@pytest.fixture
def browser(app: Flask, database: Database) -> FlaskClient:
    return signed_in(app, database)


def problem_in(database: Database) -> Problem:
    with database.reading() as session:
        return load_problem(session, "lab")


def item_in(database: Database, subject: str, key: str) -> dict[str, Any]:
    """Return an item of the laboratory as a document."""
    return document_of(find_item(problem_in(database), subject, key))


def send(browser: FlaskClient, path: str, changes: dict[str, Any]) -> Any:
    """Fill in the form of a page, and send it."""
    form = form_of(browser.get(path).text)
    return browser.post(form.action, data=form.with_(**changes))


@pytest.mark.parametrize("subject", NEW)
def test_an_item_is_added_changed_removed_and_each_is_taken_back(
    browser: FlaskClient, database: Database, subject: str
) -> None:
    before = problem_in(database)
    name = str(NEW[subject].get("name", "")).lower().replace(" ", "-")
    path = f"{HERE}/{subject}/{IDS.get(subject, name)}"
    added = send(browser, f"{HERE}/{subject}/new", NEW[subject])
    assert (added.status_code, added.location) == (303, path)
    changes, field, value = CHANGED[subject]
    assert send(browser, path, changes).location == path
    key = path.rpartition("/")[2]
    assert item_in(database, subject, key)[field] == value
    with_it = problem_in(database)
    removed = browser.post(
        f"{path}/remove", data=form_of(browser.get(f"{path}/remove").text, "method").values
    )
    assert (removed.status_code, removed.location) == (303, f"{HERE}/{subject}")
    assert problem_in(database) == before
    taken_back = undo_latest(browser, database)
    assert (taken_back.status_code, taken_back.location) == (303, path)
    assert problem_in(database) == with_it
    undo_latest(browser, database)
    assert undo_latest(browser, database).location == f"{HERE}/{subject}"
    assert problem_in(database) == before


def undo_latest(browser: FlaskClient, database: Database) -> Any:
    """Take back the latest change that stands."""
    with database.reading() as session:
        changes = load_changes(session, "lab")
    standing = [each for each in changes if each.direction == "do" and each.undone_by is None]
    return browser.post(f"{HERE}/undo", data={"change": str(standing[0].id)})


def test_a_saved_form_says_so_with_a_button_that_takes_it_back(
    browser: FlaskClient, database: Database
) -> None:
    send(browser, f"{HERE}/zones/zone-a", {"desks": "3"})
    page = browser.get(f"{HERE}/zones/zone-a").text
    assert texts(page, "div", class_="message good") == ["Saved. Undo"]
    change = page.partition('form="undo" name="change" value="')[2].partition('"')[0]
    form = form_of(page, mark="hidden")
    assert form.action == f"{HERE}/undo"
    assert browser.post(form.action, data={"change": change}).location == f"{HERE}/zones/zone-a"
    assert item_in(database, "zones", "zone-a")["desks"] == 8


def test_what_was_changed_after_it_is_not_taken_back_unasked(
    browser: FlaskClient, database: Database
) -> None:
    send(browser, f"{HERE}/zones/zone-a", {"desks": "3"})
    with database.reading() as session:
        first = load_changes(session, "lab")[0].id
    send(browser, f"{HERE}/zones/zone-a", {"desks": "4"})
    browser.post(f"{HERE}/undo", data={"change": str(first)})
    assert item_in(database, "zones", "zone-a")["desks"] == 4
    assert texts(browser.get(HERE).text, "div", class_="message warn") == [
        "Something else was changed after it. The history shows what."
    ]


def test_who_changed_an_item_stands_in_the_history(
    browser: FlaskClient, database: Database
) -> None:
    send(browser, f"{HERE}/zones/zone-a", {"desks": "3"})
    send(browser, f"{HERE}/pins/new", {"request": "ada"})
    with database.reading() as session:
        changes = load_changes(session, "lab")
    assert [(each.kind.value, each.by, each.steps[0].key) for each in changes] == [
        ("pin", "Coordinator", "ada"),
        ("edit", "Coordinator", "zone-a"),
    ]


@pytest.mark.parametrize(
    ("name", "changes", "found"),
    [
        ("programme", {"name": "New lab"}, lambda problem: problem.programme.name == "New lab"),
        (
            "policy",
            {
                "arrival_weekdays": ["mon", "thu"],
                "visa_lead_days.key": ["United States — US", ""],
                "visa_lead_days.value": ["30", ""],
            },
            lambda problem: (
                list(problem.policy.arrival_weekdays) == ["mon", "thu"]
                and problem.policy.visa_lead_days == {"US": 30}
            ),
        ),
        ("weights", {"weights.wish": "77"}, lambda problem: problem.policy.weights.wish == 77),
    ],
)
def test_what_there_is_once_is_changed(
    browser: FlaskClient, database: Database, name: str, changes: dict[str, Any], found: Any
) -> None:
    answer = send(browser, f"{HERE}/{name}", changes)
    assert (answer.status_code, answer.location) == (303, f"{HERE}/{name}")
    assert found(problem_in(database))
    assert undo_latest(browser, database).status_code == 303
    assert problem_in(database).policy == make_problem().policy


def test_ranges_of_days_are_added_and_blank_rows_forgotten(
    browser: FlaskClient, database: Database
) -> None:
    rows = {
        "closures.first_day": ["2026-02-02", ""],
        "closures.last_day": ["2026-02-06", ""],
        "closures.name": ["Painting", ""],
        "closures.name.ko": ["도색", ""],
    }
    assert send(browser, f"{HERE}/zones/zone-a", rows).status_code == 303
    assert item_in(database, "zones", "zone-a")["closures"] == [
        {
            "first_day": "2026-02-02",
            "last_day": "2026-02-06",
            "name": {"en": "Painting", "ko": "도색"},
        }
    ]


def test_a_researcher_and_the_institution_are_added_with_the_request(
    browser: FlaskClient, database: Database
) -> None:
    answer = send(
        browser,
        f"{HERE}/requests/new",
        {
            "track": "vision",
            "new": ["researchers", "institutions"],
            "new_researchers.name": "Eva Novák",
            "new_institutions.name": "Charles University",
            "new_institutions.country": "CZ",
        },
    )
    assert answer.location == f"{HERE}/requests/eva-novak"
    problem = problem_in(database)
    request = problem.requests[-1]
    assert (request.id, request.researcher) == ("eva-novak", "eva-novak")
    assert problem.institution_of(request).country == "CZ"
    with database.reading() as session:
        (change,) = load_changes(session, "lab")
    assert [step.subject for step in change.steps] == ["institutions", "researchers", "requests"]
    undo_latest(browser, database)
    assert len(problem_in(database).researchers) == len(problem.researchers) - 1


def test_a_request_is_withdrawn_and_submitted_again(
    browser: FlaskClient, database: Database
) -> None:
    path = f"{HERE}/requests/ada"
    for status, verdict in (("withdrawn", "Withdrawn"), ("submitted", "No place yet")):
        form = form_of(browser.get(path).text)
        browser.post(f"{path}/status", data={"was": form.values["was"], "status": status})
        assert item_in(database, "requests", "ada")["status"] == status
        assert texts(browser.get(path).text, "p", class_="verdict") == [verdict]


def test_a_request_shows_how_it_stands_in_the_draft(
    browser: FlaskClient, database: Database
) -> None:
    plan_by_hand(database, problem_in(database), make_residency("ada"))
    send(browser, f"{HERE}/requests/ada", {"max_days": "14"})
    page = browser.get(f"{HERE}/requests/ada").text
    assert texts(page, "p", class_="verdict") == ["Jan 5 - Feb 1, 2026"]
    assert texts(page, "ul", class_="plain-list")[0] == "Length of stay"
