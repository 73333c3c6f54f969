"""The pages of requests: the table, what is done in it, exports, and an import step by step."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.database import Database
from scheduler.problem.requests import RequestStatus
from tests.builders import make_problem, make_request, make_residency
from tests.models.memory import recall
from tests.web.laboratory import plan_by_hand, publish, seed, signed_in
from tests.web.page_reading import texts
from web.use_cases.requests.importing.reading import read_sheet

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

LAB = make_problem(
    requests=(make_request("ada"), make_request("bo"), make_request("cy", withdrawn=True))
)
PAGE = "/programmes/lab/requests"
ASKED = "Canada vision Jan 5 - Mar 29, 2026 7 to 28 days 3"
STAY = "Jan 5 - Feb 1, 2026 zone-a · no host needed Placed"
DONE = "notice requests-notice requests-done"
FILE = """No,Applicant,Affiliation,Track,Submitted on,From,Until,Mood
ada,,,,,,,fine
dee,Dee,MIT,vision,2025-11-03,2026-01-05,01/03/2026,good
"""


@pytest.fixture
def browser(app: Flask, database: Database) -> FlaskClient:
    seed(database, LAB)
    plan_by_hand(database, LAB, make_residency("ada"))
    return signed_in(app, database)


def rows(page: str) -> list[str]:
    return texts(page, "tr")[1:]


def upload(browser: FlaskClient, text: str | bytes = FILE, name: str = "in.csv") -> TestResponse:
    data = text if isinstance(text, bytes) else text.encode()
    return browser.post(f"{PAGE}/import", data={"file": (io.BytesIO(data), name)})


def digest_of(page: str) -> str:
    found = re.search(r'name="digest" value="(\w+)"', page)
    assert found is not None
    return found[1]


def test_every_request_stands_with_what_is_asked_and_where_it_is(browser: FlaskClient) -> None:
    assert [re.sub(r" ⋯.*", "", row) for row in rows(browser.get(PAGE).text)] == [
        f"Choose ada, ada ada waterloo ada {ASKED} {STAY}",
        f"Choose bo, bo bo waterloo bo {ASKED} Why no place? bo Not placed",
        f"Choose cy, cy cy waterloo cy {ASKED} - Withdrawn",
    ]


def test_a_private_link_is_at_hand_once_there_is_a_release(
    browser: FlaskClient, database: Database
) -> None:
    publish(database)
    assert texts(browser.get(PAGE).text, "button", type="button") == ["Copy the private link"] * 3


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", "3 requests found"),
        ("?q=ada", "1 request found"),
        ("?state=withdrawn&sort=-priority", "1 request found"),
        ("?q=nobody", "Nobody matches"),
        ("?state=odd&sort=odd&from=odd&page=odd&size=odd", "3 requests found"),
    ],
)
def test_the_address_says_what_is_shown(browser: FlaskClient, asked: str, found: str) -> None:
    assert texts(browser.get(PAGE + asked).text, "p", role="status") == [found]


def test_heads_say_how_the_table_is_sorted_and_sort_it(browser: FlaskClient) -> None:
    page = browser.get(f"{PAGE}?q=a&sort=priority").text
    assert re.findall(r'aria-sort="(\w+)"><a href="([^"]+)"', page)[4:6] == [
        ("none", "/programmes/lab/requests?q=a&amp;sort=length"),
        ("ascending", "/programmes/lab/requests?q=a&amp;sort=-priority"),
    ]


def test_without_requests_the_page_says_how_to_begin(app: Flask, database: Database) -> None:
    seed(database, make_problem(requests=()))
    page = signed_in(app, database).get(PAGE).text
    assert texts(page, "p", class_="empty")[0].startswith("No requests yet A request says who")


def test_chosen_requests_are_withdrawn_and_it_is_taken_back_at_a_press(
    browser: FlaskClient, database: Database
) -> None:
    answer = browser.post(f"{PAGE}/withdraw?q=a", data={"request": ["ada", "bo"]})
    assert answer.location == f"{PAGE}?q=a&done=1"
    withdrawn = [each.status for each in recall(database).requests]
    page = browser.get(answer.location).text
    assert texts(page, "div", class_=DONE) == ["2 requests were changed. Undo"]

    answer = browser.post(f"{PAGE}/undo", data={"change": "1"})
    undone = browser.get(answer.location).text
    assert withdrawn == [RequestStatus.WITHDRAWN] * 3
    assert recall(database) == LAB
    assert texts(undone, "div", class_=DONE) == ["Undone. 2 requests were changed. Redo"]


def test_all_that_is_found_can_be_chosen(browser: FlaskClient, database: Database) -> None:
    browser.post(f"{PAGE}/submit?state=withdrawn", data={"all": "1"})
    assert {each.status for each in recall(database).requests} == {RequestStatus.SUBMITTED}


def test_stays_are_pinned(browser: FlaskClient, database: Database) -> None:
    answer = browser.post(f"{PAGE}/pin", data={"request": ["ada", "bo"]})
    assert [pin.request for pin in recall(database).pins] == ["ada"]
    assert texts(browser.get(answer.location).text, "div", class_=DONE) == [
        "Pinned. 1 pin was changed. Undo"
    ]


def test_the_chosen_are_planned_alone(browser: FlaskClient) -> None:
    answer = browser.post(f"{PAGE}/plan", data={"request": ["ada", "bo"]})
    assert answer.location == "/programmes/lab/plan?requests=ada,bo"


@pytest.mark.parametrize("act", ["withdraw", "submit", "pin", "plan"])
def test_whoever_chooses_nothing_is_told(browser: FlaskClient, act: str) -> None:
    answer = browser.post(f"{PAGE}/{act}")
    assert texts(browser.get(answer.location).text, "div", class_="message warn") == [
        "Choose requests first: tick the boxes before their names."
    ]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_what_is_asked_for_is_exported_and_taken_back(browser: FlaskClient, kind: str) -> None:
    answer = browser.get(f"{PAGE}/export.{kind}?q=ada")
    assert answer.headers["Content-Disposition"] == f"attachment; filename=lab-requests.{kind}"
    assert [row.cells[0] for row in read_sheet(f"x.{kind}", answer.data).rows] == ["ada"]

    back = upload(browser, answer.data, f"x.{kind}")
    assert texts(browser.get(back.location).text, "b")[-1] == "Nothing would change."


@pytest.mark.parametrize("language", ["en", "ko"])
def test_templates_are_read_without_asking_for_columns(browser: FlaskClient, language: str) -> None:
    answer = browser.get(f"{PAGE}/template.xlsx?lang={language}")
    back = upload(browser, answer.data, "template.xlsx")
    assert re.fullmatch(rf"{PAGE}/import/[-\w]+", back.location)


def test_a_file_is_mapped_mended_imported_and_taken_back(
    browser: FlaskClient, database: Database
) -> None:
    columns = upload(browser).location
    assert columns.endswith("/columns")
    page = browser.get(columns).text
    assert texts(page, "th", scope="row")[-1] == "Mood"

    chosen = dict(re.findall(r'name="(column-\d+)".*?value="(\w*)" selected', page, re.DOTALL))
    one = browser.post(columns, data={**chosen, "column-7": ""}).location
    page = browser.get(one).text
    assert texts(page, "a", class_="tile wrong") == ["1 Wrong"]
    assert texts(page, "ul", class_="mend-why") == [
        "There is no institution “MIT” yet. Mend the name, or give its country to add it.",
        "This could be Jan 3, 2026 or Mar 1, 2026. Write the year first: 2026-01-03.",
    ]

    mends = {"mend-3-institution": "waterloo", "mend-3-last_day": "2026-03-01"}
    assert browser.post(f"{one}/mend", data=mends).location == one
    page = browser.get(one).text
    assert texts(page, "button", class_="button primary") == ["Import 1 request"]

    done = browser.post(f"{one}/apply", data={"digest": digest_of(page)}).location
    assert [each.id for each in recall(database).requests] == ["ada", "bo", "cy", "dee"]
    assert texts(browser.get(done).text, "div", class_=DONE) == [
        "Imported “in.csv”. 1 request is new. Undo"
    ]
    browser.post(f"{PAGE}/undo")
    assert recall(database) == LAB


def test_what_was_not_looked_at_is_not_imported(browser: FlaskClient, database: Database) -> None:
    one = upload(browser, "id,priority\nada,5\n").location
    answer = browser.post(f"{one}/apply", data={"digest": "of something else"})
    assert (answer.location, recall(database)) == (one, LAB)
    assert "Look again" in texts(browser.get(one).text, "div", class_="message warn")[0]


def test_a_file_that_cannot_be_read_says_why(browser: FlaskClient) -> None:
    answer = upload(browser, "id,name\n")
    assert answer.status_code == 422
    assert texts(answer.text, "p", role="alert") == [
        "The file has a header but no rows. Fill in a row for each request."
    ]
    assert browser.post(f"{PAGE}/import").status_code == 422


def test_a_file_waits_until_it_is_discarded(browser: FlaskClient) -> None:
    one = upload(browser, "id,priority\nada,5\n").location
    assert texts(browser.get(f"{PAGE}/import").text, "th", scope="row") == ["in.csv"]
    assert texts(browser.get(PAGE).text, "p", class_="notice requests-notice") == [
        "1 file waits to be imported. Go on with it"
    ]

    browser.post(f"{one}/discard")
    assert texts(browser.get(f"{PAGE}/import").text, "th", scope="row") == []
    assert browser.get(one).status_code == 404


def test_a_column_chosen_twice_is_asked_about(browser: FlaskClient) -> None:
    columns = upload(browser).location
    answer = browser.post(columns, data={"column-0": "id", "column-1": "id"})
    assert answer.location == columns
    assert texts(browser.get(columns).text, "div", class_="message warn") == [
        "Chosen for two columns, the first was taken: Request ID"
    ]


def test_changes_are_shown_field_by_field(browser: FlaskClient) -> None:
    one = upload(browser, "id,priority,preferred arrival\nada,5,2026-01-12\n").location
    page = browser.get(one).text
    assert texts(page, "dl", class_="field-changes") == [
        "Priority 3 → becomes 5 Preferred arrival - → becomes Jan 12, 2026"
    ]


def test_wrong_rows_are_downloaded_or_left_out(browser: FlaskClient) -> None:
    columns = upload(browser).location
    one = columns.removesuffix("/columns")
    sheet = read_sheet("wrong.xlsx", browser.get(f"{one}/wrong.xlsx").data)
    assert sheet.header[-1] == "Why it is wrong"
    assert [row.cells[0] for row in sheet.rows] == ["dee"]

    browser.post(f"{one}/mend", data={"wrong": "out"})
    assert texts(browser.get(one).text, "a", class_="tile left_out") == ["1 Wrong, left out"]


def test_the_room_is_the_coordinators_alone(app: Flask, browser: FlaskClient) -> None:
    one = upload(browser, "id,priority\nada,5\n").location
    stranger = app.test_client()
    for path in (PAGE, f"{PAGE}/import", one, f"{PAGE}/export.csv", f"{PAGE}/template.csv"):
        assert stranger.get(path).location == "/sign-in"
    for path in (f"{PAGE}/withdraw", f"{PAGE}/undo", f"{PAGE}/import", f"{one}/apply"):
        assert stranger.post(path).status_code == 403
