"""The board from its address: the page, and what its script asks for."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from models.database import Database
from models.subjects import document_of
from scheduler.problem.problem import Problem
from tests.builders import make_host, make_problem, make_request, make_residency, make_zone
from tests.web.laboratory import plan_by_hand, seed
from tests.web.page_reading import board_data, texts

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ADA, BOB = make_residency("ada"), make_residency("bob", zone="zone-b")


@pytest.fixture
def lab(database: Database) -> Problem:
    """Store a programme of two zones with one desk, in which Ada and Bob have places."""
    problem = seed(
        database,
        make_problem(
            zones=(make_zone("zone-a", desks=1), make_zone("zone-b", desks=1)),
            requests=(make_request("ada"), make_request("bob"), make_request("eve")),
        ),
    )
    plan_by_hand(database, problem, ADA, BOB)
    return problem


def put(residency: Any, **changed: Any) -> dict[str, Any]:
    """Return a residency as the page sends it, with some fields changed."""
    return document_of(residency) | changed


def plain(text: str) -> str:
    """Return a text with hyphens for dashes and spaces for thin ones."""
    return " ".join(text.replace("\N{EN DASH}", "-").split())


def answer(browser: FlaskClient, path: str, document: Any = None) -> dict[str, Any]:
    """Return the JSON of an address of the board."""
    address = f"/programmes/lab/board/{path}"
    got = browser.get(address) if document is None else browser.post(address, json=document)
    assert got.status_code == 200, got.text
    found: dict[str, Any] = json.loads(got.get_data())
    return found


def test_the_board_holds_every_stay_as_columns(browser: FlaskClient, lab: Problem) -> None:
    data = board_data(browser.get("/programmes/lab/board").text)
    assert (data["first"], data["days"], data["today"]) == ("2026-01-05", 84, 0)
    assert data["stays"] == {
        "request": [0, 1],
        "zone": [0, 1],
        "slot": [0, 0],
        "host": [-1, -1],
        "pool": [-1, -1],
        "first": [0, 0],
        "days": [28, 28],
    }
    assert [lab.requests[number].id for number in data["stays"]["request"]] == ["ada", "bob"]


def test_the_timelines_address_leads_to_the_board(browser: FlaskClient, lab: Problem) -> None:
    got = browser.get(f"/programmes/{lab.programme.id}/timeline?by=host")
    assert (got.status_code, got.location) == (302, "/programmes/lab/board?by=host")


@pytest.mark.parametrize(
    ("by", "headings"),
    [
        ("place", ["main / floor-1 / zone-a", "main / floor-1 / zone-b"]),
        ("track", ["vision"]),
        ("host", ["No host needed"]),
        ("researcher", ["ada", "bob"]),
        ("country", ["CA"]),
        ("slot", ["winter"]),
    ],
)
@pytest.mark.usefixtures("lab")
def test_the_stays_stand_below_as_a_table_under_their_rows(
    browser: FlaskClient, by: str, headings: list[str]
) -> None:
    page = browser.get(f"/programmes/lab/board?by={by}").text
    assert texts(page, "tr", class_="heading") == headings


@pytest.mark.usefixtures("lab")
def test_an_unknown_grouping_is_not_found(browser: FlaskClient) -> None:
    assert browser.get("/programmes/lab/board?by=colour").status_code == 404


def test_a_name_cannot_close_the_boards_data(browser: FlaskClient, database: Database) -> None:
    zone = replace(make_zone(), name="</script><script>alert(1)</script>")
    problem = seed(database, make_problem(zones=(zone,)))
    plan_by_hand(database, problem, make_residency("ada"))
    page = browser.get("/programmes/lab/board").text
    assert "<script>alert" not in page
    assert board_data(page)["zones"][0][1] == "</script><script>alert(1)</script>"


def test_a_programme_without_a_plan_says_what_to_do(
    browser: FlaskClient, database: Database
) -> None:
    seed(database)
    page = browser.get("/programmes/lab/board").text
    assert "Nobody has a place yet" in page
    assert texts(page, "a", class_="tray-card") == ["ada Jan 5 - Mar 29, 2026 · 7 to 28 days"]


@pytest.mark.usefixtures("lab")
def test_a_large_answer_is_packed_where_the_browser_reads_that(browser: FlaskClient) -> None:
    packed = browser.get("/programmes/lab/board", headers={"Accept-Encoding": "gzip"})
    plain = browser.get("/programmes/lab/board")
    assert "Content-Encoding" not in plain.headers
    if packed.headers.get("Content-Encoding") == "gzip":
        assert b"data-board-document" in gzip.decompress(packed.get_data())
    else:
        assert len(plain.get_data()) <= 32 * 1024


@pytest.mark.usefixtures("lab")
def test_options_name_the_zones_and_the_days_that_are_free(browser: FlaskClient) -> None:
    options = answer(browser, "options/ada")
    assert (options["days"], options["lengths"]) == (28, [7, 14, 21, 28])
    assert options["zones"] == {
        "zone-a": list(range(0, 57, 7)),
        "zone-b": list(range(28, 57, 7)),
    }


@pytest.mark.usefixtures("lab")
def test_a_check_names_the_rule_and_who_is_there(browser: FlaskClient) -> None:
    verdict = answer(browser, "check", {"request": "ada", "after": put(ADA, zone="zone-b")})
    assert [(each["rule"], each["name"], plain(each["text"])) for each in verdict["broken"]] == [
        (
            "H5",
            "Desks and floor space",
            "zone-b: 2 desks taken of 1, Jan 5 - Feb 1, 2026 (ada, bob).",
        )
    ]
    assert (verdict["points"], verdict["terms"]) == (0, [])


@pytest.mark.usefixtures("lab")
def test_a_move_is_made_and_says_what_it_breaks_and_costs(browser: FlaskClient) -> None:
    after = {"zone": "zone-a", "first_day": "2026-01-13", "last_day": "2026-02-02"}
    verdict = answer(
        browser, "move", {"request": "ada", "before": document_of(ADA), "after": after}
    )
    assert verdict["residency"] == put(ADA, first_day="2026-01-13", last_day="2026-02-02")
    assert [each["text"] for each in verdict["broken"]] == [
        "The stay begins on Tuesday, Jan 13, 2026; arrivals are on Monday."
    ]
    assert verdict["terms"] == [{"name": "Stays shorter than asked", "points": -21}]
    changes = answer(browser, f"changes?since={verdict['revision'] - 1}&version=x")
    assert changes["broken"] == verdict["broken"]
    assert plain(changes["undo"]) == ("ada moved: Jan 5 - Feb 1, zone-a → Jan 13 - Feb 2, zone-a")


@pytest.mark.usefixtures("lab")
def test_who_moves_what_somebody_else_has_moved_is_told(browser: FlaskClient) -> None:
    def moved(first_day: str, last_day: str) -> Any:
        after = {"zone": "zone-a", "first_day": first_day, "last_day": last_day}
        document = {"request": "ada", "before": document_of(ADA), "after": after}
        accepting = {"Accept": "application/json"}
        return browser.post("/programmes/lab/board/move", json=document, headers=accepting)

    assert moved("2026-01-12", "2026-02-08").status_code == 200
    late = moved("2026-01-19", "2026-02-15")
    assert (late.status_code, late.get_json()["title"]) == (
        409,
        "Somebody else has changed the same",
    )


@pytest.mark.usefixtures("lab")
def test_into_the_tray_and_back_by_undo_and_redo(browser: FlaskClient) -> None:
    out = answer(browser, "move", {"request": "bob", "before": document_of(BOB), "after": None})
    assert (out["residency"], out["points"]) == (None, -3000)
    back = answer(browser, "undo", {})
    assert plain(back["said"]) == "bob taken out: Jan 5 - Feb 1, zone-b"
    assert len(board_data(browser.get("/programmes/lab/board").text)["stays"]["request"]) == 2
    answer(browser, "redo", {})
    assert len(board_data(browser.get("/programmes/lab/board").text)["stays"]["request"]) == 1


@pytest.mark.usefixtures("lab")
def test_nobody_takes_back_what_they_have_not_seen(browser: FlaskClient) -> None:
    out = answer(browser, "move", {"request": "bob", "before": document_of(BOB), "after": None})
    late = browser.post("/programmes/lab/board/undo", json={"revision": out["revision"] - 1})
    assert late.status_code == 409
    answer(browser, "undo", {"revision": out["revision"]})


@pytest.mark.usefixtures("lab")
def test_there_is_nothing_to_take_back_in_a_new_draft(browser: FlaskClient) -> None:
    got = browser.post("/programmes/lab/board/undo", json={})
    assert got.status_code == 409


@pytest.mark.usefixtures("lab")
def test_a_request_of_the_tray_is_put_where_the_best_place_is(browser: FlaskClient) -> None:
    after = {"first_day": "2026-02-02", "last_day": "2026-03-01"}
    verdict = answer(browser, "move", {"request": "eve", "before": None, "after": after})
    assert verdict["broken"] == []
    assert verdict["residency"] == document_of(ADA) | after | {"request": "eve"}


@pytest.mark.usefixtures("lab")
def test_a_pin_is_set_shown_and_let_go(browser: FlaskClient) -> None:
    none = dict.fromkeys(("slot", "host", "pool", "first_day", "last_day"))
    pin = {"request": "ada", "zone": "zone-a", **none}
    answer(browser, "pins", {"request": "ada", "before": None, "after": pin})
    assert board_data(browser.get("/programmes/lab/board").text)["pins"] == {"ada": pin}
    verdict = answer(browser, "check", {"request": "ada", "after": put(ADA, zone="zone-b")})
    assert [each["rule"] for each in verdict["broken"]] == ["H5", "H14"]
    assert verdict["broken"][1]["text"] == "The zone is pinned to zone-a, but is zone-b."
    answer(browser, "pins", {"request": "ada", "before": pin, "after": None})
    assert board_data(browser.get("/programmes/lab/board").text)["pins"] == {}


@pytest.mark.usefixtures("lab")
def test_the_chosen_stay_has_its_facts_and_a_form(browser: FlaskClient) -> None:
    html = answer(browser, "stays/ada")["html"]
    assert texts(html, "h2") == ["ada"]
    assert texts(html, "select", name="zone") == [
        "The best that fits zone-a · main, floor-1 zone-b · main, floor-1"
    ]
    assert texts(html, "summary") == ["Worth 3,000 points"]


@pytest.mark.usefixtures("lab")
def test_nothing_new_is_said_in_few_words(browser: FlaskClient) -> None:
    data = board_data(browser.get("/programmes/lab/board").text)
    shown = {"version": data["version"], "revision": data["revision"]}
    path = f"changes?since={shown['revision']}&version={shown['version']}"
    assert answer(browser, path) == shown


@pytest.mark.parametrize(
    ("document", "status"),
    [
        ({"request": "ada", "after": {"first_day": "soon", "last_day": "later"}}, 400),
        ({"request": 7, "after": None}, 400),
        ([], 400),
        ({"request": "nobody", "after": None}, 404),
        ({"request": "ada", "after": put(ADA, zone="cellar")}, 404),
        ({"request": "ada", "after": put(ADA, last_day="2027-01-01")}, 422),
        ({"request": "ada", "after": put(ADA, last_day="2026-01-01")}, 422),
    ],
)
@pytest.mark.usefixtures("lab")
def test_what_cannot_be_checked_is_refused(
    browser: FlaskClient, document: Any, status: int
) -> None:
    assert browser.post("/programmes/lab/board/check", json=document).status_code == status


@pytest.mark.usefixtures("lab")
def test_a_stay_that_is_none_is_not_taken_for_the_one_that_was_seen(browser: FlaskClient) -> None:
    document = {"request": "ada", "before": {"zone": 7}, "after": None}
    assert browser.post("/programmes/lab/board/move", json=document).status_code == 400


def test_hosts_that_the_request_names_stand_first(browser: FlaskClient, database: Database) -> None:
    hosts = (make_host("kim"), make_host("lee"), make_host("park", tracks=("robots",)))
    request = make_request("ada", hosts=("lee",))
    problem = seed(database, make_problem(hosts=hosts, requests=(request,)))
    plan_by_hand(database, problem, make_residency("ada", host="lee"))
    html = answer(browser, "stays/ada")["html"]
    assert texts(html, "select", name="host") == ["The best that fits lee kim park"]


def test_features_of_zones_are_said_in_words(browser: FlaskClient, database: Database) -> None:
    request = make_request("ada", needs=("gpu_bench", "gpu-console"), wishes=("tea-kitchen",))
    problem = seed(database, make_problem(requests=(request,)))
    plan_by_hand(database, problem, ADA)
    (broken,) = answer(browser, "check", {"request": "ada", "after": put(ADA)})["broken"]
    assert broken["text"] == "zone-a lacks what is needed: gpu bench, GPU console."
    facts = texts(answer(browser, "stays/ada")["html"], "dl")
    assert "Wishes unmet tea kitchen" in " ".join(facts)
