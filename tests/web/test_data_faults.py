"""What is wrong with a form is said at its fields, all at once; what was typed stays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models.database import Database
from models.problem_loader import load_problem
from tests.builders import make_event, make_pin, make_problem, make_request, make_zone
from tests.web.form_reading import PageForm, form_of
from tests.web.laboratory import open_app, seed, signed_in
from tests.web.page_reading import texts

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

HERE = "/programmes/lab/data"
ADA = f"{HERE}/requests/ada"


@pytest.fixture
def app(tmp_path: Path, database: Database) -> Iterator[Flask]:
    requests = (make_request("ada"), make_request("bo"))
    seed(database, make_problem(requests=requests, pins=(make_pin("bo"),)))
    with open_app(tmp_path, database) as app:
        yield app


@pytest.fixture
def browser(app: Flask, database: Database) -> FlaskClient:
    return signed_in(app, database)


def page_form(browser: FlaskClient, path: str) -> PageForm:
    """Return the form of a page as it is at first."""
    return form_of(browser.get(path).text)


def send(browser: FlaskClient, path: str, changes: dict[str, Any]) -> Any:
    """Fill in the form of a page, and send it."""
    form = page_form(browser, path)
    return browser.post(form.action, data=form.with_(**changes))


def test_every_fault_is_said_at_once_with_a_link_to_its_field(browser: FlaskClient) -> None:
    answer = send(
        browser,
        ADA,
        {
            "min_days": "40",
            "desks": "two",
            "last_day": "",
            "unavailable.first_day": ["2026-02-02"],
            "unavailable.last_day": ["2026-02-01"],
            "unavailable.name": [""],
        },
    )
    assert answer.status_code == 422
    assert texts(answer.text, "section", id="faults") == [
        (
            "4 things are to be mended before this can be kept "
            "Latest last day : Please fill this in. "
            "Longest stay : 28 is less than the least, 40. Mend one of the two. "
            "Desks : 'two' is not a whole number. Write one like 12. "
            "Days on which they cannot be here : Feb 1, 2026 is before the first day, Feb 2, 2026. "
            "Mend one of the two."
        )
    ]
    assert texts(answer.text, "p", class_="fault") == [
        "Please fill this in.",
        "28 is less than the least, 40. Mend one of the two.",
        "Row 1: Feb 1, 2026 is before the first day, Feb 2, 2026. Mend one of the two.",
        "'two' is not a whole number. Write one like 12.",
    ]


def test_what_was_typed_stays_and_can_be_mended(browser: FlaskClient, database: Database) -> None:
    answer = send(browser, ADA, {"desks": "two", "priority": "5", "needs.more": "quiet"})
    form = form_of(answer.text)
    assert (form.values["desks"], form.values["priority"]) == (["two"], ["5"])
    assert browser.post(form.action, data=form.with_(desks="2")).status_code == 303
    with database.reading() as session:
        ada = load_problem(session, "lab").requests[0]
    assert (ada.desks, ada.priority, ada.needs) == (2, 5, ("quiet",))


def test_nothing_is_kept_of_a_form_with_a_fault(browser: FlaskClient, database: Database) -> None:
    with database.reading() as session:
        before = load_problem(session, "lab")
    send(browser, ADA, {"desks": "0", "priority": "5"})
    with database.reading() as session:
        assert load_problem(session, "lab") == before


@pytest.mark.parametrize(
    ("path", "changes", "said"),
    [
        ("zones/new", {"floor": "floor-1"}, "Name : Please fill this in."),
        ("zones/new", {"name": "Attic"}, "Floor : Please fill this in."),
        (
            "zones/new",
            {"name": "A", "floor": "floor-1", "id": "zone-a"},
            "Short name : “zone-a” is taken already. Choose another one.",
        ),
        (
            "requests/new",
            {"researcher": "ada", "track": "vision", "hosts.how": "these", "hosts": [""]},
            "Host : Choose at least one, or say that any will do.",
        ),
        (
            "slots/new",
            {"name": "S", "places": "3", "tracks": []},
            "Tracks : Choose at least 1.",
        ),
        (
            "quotas/new",
            {"name": "Q", "by": "track", "value": "nothing"},
            "Which one : There is no track “nothing”. Choose one from the list, or add it first.",
        ),
        (
            "policy",
            {
                "visa_lead_days.key": ["US", "US"],
                "visa_lead_days.value": ["3", "4"],
            },
            "Visa lead time : “US” stands here twice. Keep one.",
        ),
        (
            "requests/new",
            {"track": "vision", "new": ["researchers"], "new_researchers.name": "Eva"},
            "Researcher, Institution : Please fill this in.",
        ),
        ("weights", {"weights.wish": "-1"}, "Weights : -1 is too small: at least 0 is needed."),
    ],
)
def test_a_fault_names_its_field(
    browser: FlaskClient, path: str, changes: dict[str, Any], said: str
) -> None:
    answer = send(browser, f"{HERE}/{path}", changes)
    assert answer.status_code == 422
    assert texts(answer.text, "section", id="faults") == [
        f"1 thing is to be mended before this can be kept {said}"
    ]


def test_what_stands_in_the_way_elsewhere_has_a_link(browser: FlaskClient) -> None:
    was = page_form(browser, f"{HERE}/requests/bo").values["was"]
    answer = browser.post(f"{HERE}/requests/bo/status", data={"was": was, "status": "withdrawn"})
    assert answer.status_code == 422
    assert texts(answer.text, "section", id="faults") == [
        (
            "1 thing is to be mended before this can be kept Pin bo : "
            "The request “bo” is withdrawn. Remove its pin first, or submit it again."
        )
    ]
    assert f'<a href="{HERE}/pins/bo">' in answer.text


def test_rows_are_added_and_removed_without_a_script(browser: FlaskClient) -> None:
    form = page_form(browser, f"{HERE}/zones/zone-a")
    one = form_of(browser.post(form.action, data=form.with_(more="closures")).text)
    assert one.values["closures.first_day"] == [""]
    filled = one.with_(closures__first_day=["2026-02-02"], desks="3", more="closures")
    two = form_of(browser.post(form.action, data=filled).text)
    assert (two.values["closures.first_day"], two.values["desks"]) == (["2026-02-02", ""], ["3"])
    less = form_of(browser.post(form.action, data=two.with_(less="closures:0")).text)
    assert less.values["closures.first_day"] == [""]


def change_meanwhile(browser: FlaskClient, changes: dict[str, Any]) -> None:
    """Let a colleague change Ada's request."""
    assert send(browser, ADA, changes).status_code == 303


def test_what_a_colleague_changed_elsewhere_is_merged(
    browser: FlaskClient, database: Database
) -> None:
    form = page_form(browser, ADA)
    change_meanwhile(browser, {"priority": "5"})
    assert browser.post(form.action, data=form.with_(desks="2")).status_code == 303
    with database.reading() as session:
        ada = load_problem(session, "lab").requests[0]
    assert (ada.priority, ada.desks) == (5, 2)


@pytest.mark.parametrize(("choice", "priority"), [("mine", 1), ("theirs", 5)])
def test_one_chooses_where_a_colleague_changed_the_same(
    browser: FlaskClient, database: Database, choice: str, priority: int
) -> None:
    form = page_form(browser, ADA)
    change_meanwhile(browser, {"priority": "5", "gpus": "8"})
    answer = browser.post(form.action, data=form.with_(priority="1", desks="2"))
    assert answer.status_code == 409
    assert texts(answer.text, "tr")[1:] == ["Priority 3 1 5", "Desks 1 2 kept", "GPUs 0 8 kept"]
    chosen = form_of(answer.text, mark="class").values
    merge = {name: json.loads(chosen[name][0]) for name in ("was", "mine", "now")}
    assert [merge[name]["priority"] for name in ("was", "mine", "now")] == [3, 1, 5]
    sent = {name: chosen[name] for name in ("was", "mine", "now")} | {"take.priority": choice}
    saved = browser.post(f"{ADA}/merge", data=sent)
    assert (saved.status_code, saved.location) == (303, ADA)
    with database.reading() as session:
        ada = load_problem(session, "lab").requests[0]
    assert (ada.priority, ada.desks, ada.gpus) == (priority, 2, 8)


def test_what_a_colleague_removed_can_come_back(browser: FlaskClient, database: Database) -> None:
    path = f"{HERE}/pins/bo"
    form = page_form(browser, path)
    browser.post(f"{path}/remove", data={"was": form.values["was"]})
    answer = browser.post(path, data=form.with_(zone="zone-a"))
    assert answer.status_code == 409
    assert texts(answer.text, "button") == ["Sign out", "Add it again", "Undo"]
    chosen = form_of(answer.text, mark="class").values
    assert browser.post(f"{path}/merge", data=chosen).status_code == 303
    with database.reading() as session:
        (pin,) = load_problem(session, "lab").pins
    assert pin == make_pin("bo", zone="zone-a")


@pytest.mark.parametrize("was", ["[", "[]", ""])
def test_a_form_that_no_page_sent_is_refused(browser: FlaskClient, was: str) -> None:
    assert browser.post(f"{ADA}/remove", data={"was": was}).status_code == 400


def test_what_there_is_once_cannot_be_removed_or_added(browser: FlaskClient) -> None:
    assert browser.post(f"{HERE}/zones").status_code == 405
    assert browser.post(f"{HERE}/policy/new", data={}).status_code == 404


def test_the_weights_say_what_they_mean_here(browser: FlaskClient) -> None:
    examples = texts(browser.get(f"{HERE}/weights").text, "p", class_="example")
    assert examples[:3] == [
        "So a request of priority 3 brings 3,000 points.",
        (
            "So a stay one week shorter costs 21 points. "
            "It takes 143 of these to weigh as much as one request placed."
        ),
        (
            "So arriving a week off costs 7 points. "
            "It takes 429 of these to weigh as much as one request placed."
        ),
    ]


def test_what_others_name_is_not_removed_and_they_are_named(
    browser: FlaskClient, database: Database
) -> None:
    problem = make_problem(
        requests=(make_request("ada", zones=("zone-a",), must_attend=("demo",)),),
        events=(make_event("demo", "2026-02-02"),),
        zones=(make_zone(), make_zone("zone-b")),
        pins=(make_pin("ada", zone="zone-a"),),
    )
    seed(database, problem)
    path = f"{HERE}/zones/zone-a"
    page = browser.get(f"{path}/remove").text
    assert texts(page, "li")[-2:] == ["ada Request · Zones", "ada Pin · Zone"]
    assert texts(page, "button") == ["Sign out"]
    refused = browser.post(f"{path}/remove", data={"was": page_form(browser, path).values["was"]})
    assert refused.status_code == 422
    with database.reading() as session:
        assert len(load_problem(session, "lab").zones) == 2
