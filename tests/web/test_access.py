"""Access: the coordinator's pages are closed, and a sign-in link opens them once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import MetaData, select

from models.access_store import load_coordinators
from models.database import Database
from models.link_store import load_links
from tests.web.laboratory import MAKER, NOW, later, open_app, publish_ada, signed_in
from tests.web.page_reading import texts
from web.use_cases.sign_in import LINK_LIFETIME, offer_sign_in

PUBLIC = {
    "access.how_to_sign_in",
    "access.show_sign_in",
    "access.sign_in",
    "feeds.send_feed",
    "static",
}
PRIVATE = "researcher."
"""What begins the endpoints of pages that open by their address alone."""

IDS = {"int": "1", "uuid": "00000000-0000-0000-0000-000000000001"}


@pytest.fixture
def app(tmp_path: Path, database: Database) -> Iterator[Flask]:
    publish_ada(database)
    with open_app(tmp_path, database) as opened:
        yield opened


def new_token(database: Database) -> str:
    with database.writing() as session:
        return offer_sign_in(session, now=NOW)


def addresses(app: Flask, method: str) -> dict[str, str]:
    """Return an address of each endpoint that answers a method."""
    rules = [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]
    return {
        rule.endpoint: re.sub(
            r"<(?:(\w+):)?[^>]+>", lambda found: IDS.get(found[1], "lab"), rule.rule
        )
        for rule in rules
    }


def is_public(endpoint: str) -> bool:
    return endpoint in PUBLIC or endpoint.startswith(PRIVATE)


def test_every_page_but_the_public_ones_leads_a_stranger_to_the_sign_in_page(app: Flask) -> None:
    stranger = app.test_client()
    closed = {
        endpoint: stranger.get(address)
        for endpoint, address in addresses(app, "GET").items()
        if not is_public(endpoint)
    }
    assert closed.keys() >= {"coordinator.home", "coordinator.show_programme"}
    answers = {(answer.status_code, answer.location) for answer in closed.values()}
    assert answers == {(303, "/sign-in")}


def test_every_form_but_the_sign_in_one_is_refused_to_a_stranger(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    stranger = app.test_client()
    answers = {
        stranger.post(address).status_code
        for endpoint, address in addresses(app, "POST").items()
        if not is_public(endpoint)
    }
    assert answers == {403}


def test_a_program_without_access_is_told_so_in_json(app: Flask) -> None:
    answer = app.test_client().get("/", headers={"Accept": "application/json"})
    assert answer.status_code == 403
    assert answer.json is not None
    assert answer.json["title"] == "Only the coordinator may see this"


def test_the_sign_in_page_says_how_to_get_a_link(app: Flask) -> None:
    answer = app.test_client().get("/sign-in")
    assert answer.status_code == 403
    assert "sarangchae sign-in" in answer.text


def test_a_link_signs_in_once(app: Flask, database: Database) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    token = new_token(database)
    browser = app.test_client()
    assert browser.post(f"/sign-in/{token}").status_code == 303
    assert browser.get("/programmes/lab").status_code == 200
    assert app.test_client().post(f"/sign-in/{token}").status_code == 410


def test_looking_at_a_link_does_not_use_it_up(app: Flask, database: Database) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    token = new_token(database)
    scanner = app.test_client()
    assert [scanner.get(f"/sign-in/{token}").status_code for _ in range(2)] == [200, 200]
    assert scanner.head(f"/sign-in/{token}").status_code == 200
    assert app.test_client().post(f"/sign-in/{token}").status_code == 303


def test_a_link_that_is_too_old_signs_nobody_in(app: Flask, database: Database) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    with database.writing() as session:
        token = offer_sign_in(session, now=NOW - LINK_LIFETIME)
    assert app.test_client().post(f"/sign-in/{token}").status_code == 410


def test_the_button_works_with_the_token_of_its_form_and_not_without(
    app: Flask, database: Database
) -> None:
    token = new_token(database)
    browser = app.test_client()
    page = browser.get(f"/sign-in/{token}").text
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    assert browser.post(f"/sign-in/{token}").status_code == 400
    answer = browser.post(f"/sign-in/{token}", data={"csrf_token": found[1]})
    assert answer.status_code == 303


def test_no_form_of_the_coordinator_is_taken_without_its_token(
    app: Flask, database: Database
) -> None:
    browser = signed_in(app, database)
    app.config["WTF_CSRF_ENABLED"] = True
    answers = {
        browser.post(address).status_code
        for endpoint, address in addresses(app, "POST").items()
        if not is_public(endpoint)
    }
    assert answers == {400}


def test_signing_out_closes_the_pages(app: Flask, database: Database) -> None:
    browser = signed_in(app, database)
    assert browser.post("/sign-out").location == "/sign-in"
    assert browser.get("/programmes/lab").status_code == 303


def test_a_copy_of_the_cookie_opens_nothing_after_signing_out(
    app: Flask, database: Database
) -> None:
    browser, thief = signed_in(app, database), app.test_client()
    cookie = browser.get_cookie("sarangchae")
    assert cookie is not None
    thief.set_cookie("sarangchae", cookie.value)
    assert thief.get("/programmes/lab").status_code == 200
    browser.post("/sign-out")
    assert thief.get("/programmes/lab").status_code == 303


def test_signing_out_leaves_other_browsers_of_the_coordinator_open(
    app: Flask, database: Database
) -> None:
    browser, other = signed_in(app, database), signed_in(app, database)
    browser.post("/sign-out")
    assert other.get("/programmes/lab").status_code == 200


def test_a_coordinator_says_how_they_are_called(app: Flask, database: Database) -> None:
    browser = signed_in(app, database)
    assert texts(browser.get("/you").text, "h1") == ["Coordinator"]
    assert browser.post("/you", data={"name": "  Kim \n Jiwon "}).location == "/you"
    page = browser.get("/programmes/lab").text
    assert texts(page, "a", class_="who") == ["Kim Jiwon"]


def test_a_name_of_nothing_changes_nothing(app: Flask, database: Database) -> None:
    browser = signed_in(app, database)
    browser.post("/you", data={"name": "  "})
    assert texts(browser.get("/you").text, "h1") == ["Coordinator"]


def test_links_by_name_tell_coordinators_apart(app: Flask, database: Database) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    called = []
    for name in ("Kim", "Lee", "Kim"):
        with database.writing() as session:
            token = offer_sign_in(session, now=NOW, name=name)
        browser = app.test_client()
        browser.post(f"/sign-in/{token}")
        called += texts(browser.get("/you").text, "h1")
    assert called == ["Kim", "Lee", "Kim"]
    with database.reading() as session:
        assert {each.name for each in load_coordinators(session)} == {"Kim", "Lee"}


def test_a_form_without_its_token_is_said_to_come_from_elsewhere(
    app: Flask, database: Database
) -> None:
    browser = signed_in(app, database)
    app.config["WTF_CSRF_ENABLED"] = True
    missing = browser.post("/you", data={"name": "Eve"})
    assert texts(missing.text, "h1") == ["This was not sent from one of our pages"]
    browser.get("/you")
    old = browser.post("/you", data={"name": "Eve", "csrf_token": "of another day"})
    assert texts(old.text, "h1") == ["This page was open for too long"]


def test_a_browser_whose_coordinator_is_gone_is_a_stranger(app: Flask) -> None:
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["_user_id"] = "00000000-0000-0000-0000-000000000000"
    assert browser.get("/programmes/lab").status_code == 303
    with browser.session_transaction() as session:
        session["_user_id"] = "nobody"
    assert browser.get("/programmes/lab").status_code == 303


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(
    app: Flask, database: Database
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    answer = app.test_client().post(f"/sign-in/{new_token(database)}")
    flags = {part.strip() for part in answer.headers["Set-Cookie"].split(";")}
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= flags
    assert "Secure" not in flags


def test_an_answer_that_comes_late_takes_no_notice_away(app: Flask, database: Database) -> None:
    browser = signed_in(app, database)
    assert "Set-Cookie" in browser.get("/you").headers
    asked_before = browser.get_cookie("sarangchae")
    browser.post("/you", data={"name": "Jisoo"})
    late = app.test_client()
    assert asked_before is not None
    late.set_cookie("sarangchae", asked_before.value)
    assert late.get("/you").status_code == 200
    assert "Set-Cookie" not in late.get("/you").headers
    assert "Your name is kept." in browser.get("/you").text


def test_a_script_that_takes_a_part_of_a_page_leaves_its_notices(
    app: Flask, database: Database
) -> None:
    browser = signed_in(app, database)
    browser.post("/you", data={"name": "Jisoo"})
    assert "Your name is kept." not in browser.get("/you", headers={"X-Part": "yes"}).text
    assert "Your name is kept." in browser.get("/you").text


def test_a_cookie_is_renewed_once_a_day(app: Flask, database: Database) -> None:
    browser = signed_in(app, database)
    browser.get("/you")
    with browser.session_transaction() as session:
        session["renewed"] = (NOW - dt.timedelta(days=1)).date().isoformat()
    assert "Expires=" in browser.get("/you").headers["Set-Cookie"]
    assert "Set-Cookie" not in browser.get("/you").headers


def test_cookies_of_a_server_behind_https_stay_on_encrypted_connections(
    tmp_path: Path, database: Database
) -> None:
    with open_app(tmp_path, database, public_url="https://lab.example.org") as app:
        app.config["WTF_CSRF_ENABLED"] = False
        answer = app.test_client().post(f"/sign-in/{new_token(database)}")
    flags = {part.strip() for part in answer.headers["Set-Cookie"].split(";")}
    assert "Secure" in flags


def test_no_token_stands_in_the_database(app: Flask, database: Database) -> None:
    assert app.name == "web"
    with database.reading() as session:
        tokens = [MAKER.token(link.id) for link in load_links(session, "lab")]
    tokens.append(new_token(database))
    tables = MetaData()
    with database.reading() as session:
        tables.reflect(session.connection())
        kept = "\n".join(
            str(row) for table in tables.sorted_tables for row in session.execute(select(table))
        )
    assert "zone-a" in kept
    assert [token for token in tokens if token in kept] == []


def test_a_link_lasts_for_half_a_day(app: Flask, database: Database) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    with database.writing() as session:
        token = offer_sign_in(session, now=later(hours=-11.9))
    assert app.test_client().post(f"/sign-in/{token}").status_code == 303
