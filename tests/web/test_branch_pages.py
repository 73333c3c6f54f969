"""The pages of what-ifs, from their addresses to the words on them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models.database import Database
from models.draft_store import load_branches
from models.subjects import document_of
from scheduler.problem.requests import Residency
from tests.models.memory import recall
from tests.web.branch_samples import (
    ADA,
    BOB,
    MORE_DESKS,
    branch_off,
    draft_stays,
    elsewhere,
    move_in_draft,
    small_lab,
    stays_of,
    withdraw,
)
from tests.web.laboratory import NoJobs, open_app, seed, signed_in
from tests.web.page_reading import texts
from web.context import services_of
from web.use_cases.board.moves import show_history
from web.use_cases.workspace import load_workspace

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ROOT = "/programmes/lab/what-ifs"


@pytest.fixture
def lab(database: Database) -> Database:
    """Return a database with the small laboratory, where Ada has a place."""
    seed(database, small_lab())
    draft_stays(database, ADA)
    return database


@pytest.fixture
def app(tmp_path: Path, lab: Database) -> Iterator[Flask]:
    with open_app(tmp_path, lab) as app:
        yield app


@pytest.fixture
def browser(app: Flask, lab: Database) -> FlaskClient:
    return signed_in(app, lab)


def submitted(app: Flask) -> list[str]:
    """Return the runs that were handed to the job runner."""
    jobs = services_of(app).jobs
    assert isinstance(jobs, NoJobs)
    return jobs.submitted


def names_of(lab: Database) -> list[str | None]:
    """Return the names of the what-ifs, the latest first."""
    with lab.reading() as session:
        return [draft.name for draft in load_branches(session, "lab")]


def test_an_empty_list_teaches_with_examples(browser: FlaskClient) -> None:
    page = browser.get(ROOT).text
    assert texts(page, "ul", class_="examples") == [
        (
            "2 more desks in zone-a Try this : 2 more desks in zone-a "
            "Zone-a closed Jan 5 - 18, 2026 Try this : Zone-a closed Jan 5 - 18, 2026"
        )
    ]


def test_a_what_if_is_begun_from_an_example(browser: FlaskClient, lab: Database) -> None:
    form = browser.get(f"{ROOT}/new?kind=add_desks&zone=zone-a&desks=2&title=More").text
    assert texts(form, "h2") == ["More desks in a zone"]
    answer = browser.post(
        ROOT, data={"kind": "add_desks", "title": "More", "zone": "zone-a", "desks": "2"}
    )
    assert answer.status_code == 303
    page = browser.get(answer.location).text
    assert texts(page, "h1") == ["More Not planned yet"]
    assert texts(page, "ul", class_="tries") == [
        "2 more desks in zone-a Remove : 2 more desks in zone-a"
    ]
    assert names_of(lab) == ["More"]


@pytest.mark.parametrize("kind", ["", "add_pin", "allow_hosts", "raise_quota", "move_today"])
def test_every_form_is_shown(browser: FlaskClient, kind: str) -> None:
    assert browser.get(f"{ROOT}/new?kind={kind}").status_code == 200


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        ({"title": " "}, ["Give it a name."]),
        ({"title": "Taken"}, ["Another what-if has this name. Choose another one."]),
        (
            {"title": "New", "kind": "add_desks", "zone": "zone-a", "desks": "no"},
            ["Enter a whole number that is large enough."],
        ),
    ],
    ids=["no name", "name taken", "no number"],
)
def test_what_is_wrong_stands_at_its_field(
    browser: FlaskClient, lab: Database, data: dict[str, str], faults: list[str]
) -> None:
    branch_off(lab, name="Taken")
    answer = browser.post(ROOT, data=data)
    assert (answer.status_code, texts(answer.text, "p", class_="fault")) == (422, faults)
    assert names_of(lab) == ["Taken"]


def test_a_file_says_everything_that_is_wrong_with_it(browser: FlaskClient, lab: Database) -> None:
    data = b"format: sarangchae-adjustments/1\nadjustments: [{kind: close_zone, zone: cellar}]"
    file = (io.BytesIO(data), "try.yaml")
    answer = browser.post(ROOT, data={"title": "File", "file": file})
    assert answer.status_code == 422
    assert texts(answer.text, "code") == ["adjustments[0].first_day", "adjustments[0].last_day"]
    assert names_of(lab) == []


def test_a_file_comes_in_and_goes_out(browser: FlaskClient, lab: Database) -> None:
    draft = branch_off(lab, MORE_DESKS)
    file = browser.get(f"{ROOT}/{draft.id}/adjustments.json").data
    browser.post(ROOT, data={"title": "Again", "file": (io.BytesIO(file), "try.json")})
    with lab.reading() as session:
        again, _ = load_branches(session, "lab")
    assert again.adjustments == (MORE_DESKS,)


def test_adjustments_are_added_and_taken_away(browser: FlaskClient, lab: Database) -> None:
    draft = branch_off(lab)
    address = f"{ROOT}/{draft.id}/adjustments"
    browser.post(
        address, data={"kind": "withdraw", "request": "eve", "revision": str(draft.revision)}
    )
    assert texts(browser.get(f"{ROOT}/{draft.id}").text, "ul", class_="tries") == [
        "Eve withdrawn Remove : Eve withdrawn"
    ]
    browser.post(f"{address}/0/drop", data={"revision": "1"})
    assert texts(browser.get(f"{ROOT}/{draft.id}").text, "ul", class_="tries") == []
    assert browser.post(f"{address}/0/drop", data={"revision": "1"}).status_code == 409


def test_a_what_if_is_planned_followed_and_stopped(
    app: Flask, browser: FlaskClient, lab: Database
) -> None:
    draft = branch_off(lab, MORE_DESKS)
    browser.post(f"{ROOT}/{draft.id}/plan", data={"seconds": "20"})
    [run] = submitted(app)
    assert f'data-branch-run="{ROOT}/runs/{run}"' in browser.get(ROOT).text
    answer = browser.get(f"{ROOT}/runs/{run}").json
    assert answer is not None
    assert (answer["status"], answer["is_active"]) == ("queued", True)
    assert browser.post(f"{ROOT}/{draft.id}/plan").status_code == 409
    assert browser.post(f"{ROOT}/{draft.id}/delete").status_code == 409
    browser.post(f"{ROOT}/{draft.id}/runs/{run}/stop")
    assert "data-branch-run" not in browser.get(f"{ROOT}/{draft.id}").text


def test_the_comparison_is_said_in_a_sentence(browser: FlaskClient, lab: Database) -> None:
    draft = branch_off(lab, stays=(elsewhere("ada"), BOB))
    page = browser.get(f"{ROOT}/{draft.id}").text
    assert texts(page, "p", class_="answer") == [
        "1 more person has a place; 1 person would move. +3,000 points"
    ]
    page = browser.get(f"{ROOT}/compare?a={draft.id}&b=draft").text
    assert texts(page, "p", class_="answer") == [
        "1 loses the place; 1 person would move. −3,000 points"  # noqa: RUF001  # a minus sign
    ]


def test_what_is_ticked_is_taken_over(browser: FlaskClient, lab: Database) -> None:
    draft = branch_off(lab, MORE_DESKS, stays=(ADA, BOB))
    seen = {"draft": {"bob": None}}
    answer = browser.post(
        f"{ROOT}/{draft.id}/take-over",
        data={
            "stay": ["bob"],
            "adjustment": ["0"],
            "revision": str(draft.revision),
            "seen": json.dumps(seen),
        },
    )
    assert answer.status_code == 303
    assert (recall(lab).zones[0].desks, stays_of(lab)) == (
        3,
        {("ada", "zone-a"), ("bob", "zone-a")},
    )


def test_of_what_was_taken_over_with_data_the_board_names_the_stay(
    browser: FlaskClient, lab: Database
) -> None:
    draft = branch_off(lab, MORE_DESKS, stays=(ADA, BOB))
    ticked = {"stay": "bob", "adjustment": "0"}
    browser.post(f"{ROOT}/{draft.id}/take-over", data=ticked)
    with lab.reading() as session:
        undo, _ = show_history(session, load_workspace(session, "lab"), language="en")
    assert undo is not None
    assert (undo.who, undo.stays) == ("bob", 1)
    assert browser.get("/programmes/lab/board").status_code == 200


@pytest.mark.parametrize(("stays", "is_ticked"), [((ADA, BOB), True), ((ADA,), False)])
def test_adjustments_without_which_stays_break_rules_are_ticked(
    browser: FlaskClient, lab: Database, stays: tuple[Residency, ...], *, is_ticked: bool
) -> None:
    draft = branch_off(lab, MORE_DESKS, stays=stays)
    page = browser.get(f"{ROOT}/{draft.id}").text
    assert ('name="adjustment" value="0" checked' in page) is is_ticked


@pytest.mark.parametrize("seen", ["", "[]", "no json"])
def test_a_page_that_remembers_nothing_can_still_take_over(
    browser: FlaskClient, lab: Database, seen: str
) -> None:
    draft = branch_off(lab, stays=(ADA, BOB))
    browser.post(f"{ROOT}/{draft.id}/take-over", data={"stay": "bob", "seen": seen})
    assert stays_of(lab) == {("ada", "zone-a"), ("bob", "zone-a")}
    said = texts(browser.get(ROOT).text, "div", class_="message warn")
    assert said == ["1 rule is broken in the draft now. Mend it before you publish."]


def test_what_stands_otherwise_is_a_conflict(browser: FlaskClient, lab: Database) -> None:
    draft = branch_off(lab, stays=(elsewhere("ada"),))
    wrong = document_of(ADA) | {"zone": "zone-c"}
    answer = browser.post(
        f"{ROOT}/{draft.id}/take-over",
        data={"stay": "ada", "seen": json.dumps({"draft": {"ada": wrong}})},
    )
    assert (answer.status_code, stays_of(lab)) == (409, {("ada", "zone-a")})


def test_a_moved_base_is_told_and_rebased(browser: FlaskClient, lab: Database) -> None:
    draft = branch_off(lab, stays=(elsewhere("ada"),))
    move_in_draft(lab, ADA, None)
    page = browser.get(f"{ROOT}/{draft.id}").text
    assert texts(page, "h2", id="moved") == [
        "The draft has changed since this what-if went out from it"
    ]
    assert texts(page, "legend") == ["ada"]
    browser.post(f"{ROOT}/{draft.id}/rebase", data={"side-ada": "theirs"})
    assert stays_of(lab, draft) == set()
    assert texts(browser.get(f"{ROOT}/{draft.id}").text, "h2", id="moved") == []


def test_a_what_if_that_is_not_possible_any_more_is_still_shown(
    browser: FlaskClient, lab: Database
) -> None:
    draft = branch_off(lab, {"kind": "add_pin", "pin": {"request": "bob"}}, name="Sure")
    withdraw(lab, "bob")
    page = browser.get(f"{ROOT}/{draft.id}").text
    assert texts(page, "h1") == ["Sure No longer possible"]
    assert "No longer possible" in texts(browser.get(ROOT).text, "tbody")[0]


def test_a_what_if_is_renamed_and_deleted(browser: FlaskClient, lab: Database) -> None:
    draft = branch_off(lab, name="Old")
    branch_off(lab, name="Other")
    browser.post(f"{ROOT}/{draft.id}/name", data={"title": "Other"})
    browser.post(f"{ROOT}/{draft.id}/name", data={"title": "New"})
    assert names_of(lab) == ["Other", "New"]
    browser.post(f"{ROOT}/{draft.id}/delete")
    assert names_of(lab) == ["Other"]


def test_a_repair_is_tried_by_a_script(app: Flask, browser: FlaskClient, lab: Database) -> None:
    asked = {"name": "Try", "request": "bob", "adjustments": [MORE_DESKS], "moves": []}
    answer = browser.post(f"{ROOT}/try", json=asked)
    [draft] = names_of(lab)
    assert (answer.status_code, draft, len(submitted(app))) == (201, "Try", 1)
    assert answer.json is not None
    assert browser.get(answer.json["url"]).status_code == 200


def test_a_repair_that_cannot_be_tried_is_refused_in_words(browser: FlaskClient) -> None:
    asked = {"name": "Try", "adjustments": [{"kind": "add_desks", "zone": "cellar", "desks": 1}]}
    answer = browser.post(f"{ROOT}/try", json=asked, headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert answer.json is not None
    assert answer.json["title"] == "This cannot be tried"
    assert browser.post(f"{ROOT}/try", json=[]).status_code == 201
