"""The pages of private links: seen, replaced, revoked, and when they were opened last."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models.database import Database, open_database
from models.link_store import load_links
from models.release_store import Scope, ScopeKind
from tests.builders import make_problem, make_request
from tests.web.laboratory import MAKER, open_app, publish_ada, seed
from tests.web.page_reading import texts
from web.context import services_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ADA = Scope(kind=ScopeKind.RESEARCHER, id="ada")
PAGE = "/programmes/lab/links/researcher/ada"


def token_of(database: Database, scope: Scope = ADA) -> str:
    with database.reading() as session:
        links = {link.scope: link.id for link in load_links(session, "lab")}
    return MAKER.token(links[scope])


def visit(app: Flask, path: str) -> int:
    """Let somebody open a link, to the end of the answer."""
    return app.test_client().get(path, buffered=True).status_code


def test_every_reader_stands_with_when_the_link_was_opened(
    app: Flask, browser: FlaskClient, database: Database
) -> None:
    publish_ada(database)
    assert visit(app, f"/r/{token_of(database)}") == 200
    kim = Scope(kind=ScopeKind.HOST, id="kim")
    assert visit(app, f"/c/{token_of(database, kim)}.ics") == 200
    page = browser.get("/programmes/lab/links").text
    assert texts(page, "tbody") == [
        "Researchers 1 ada waterloo Jan 5, 2026 09:30 Copy link Change ada",
        "Programme 1 Lab Not yet Copy link Change Lab",
        "Tracks 1 vision Not yet Copy link Change vision",
        "Zones 1 zone-a main, floor-1 Not yet Copy link Change zone-a",
        "Hosts 1 kim waterloo Jan 5, 2026 09:30 Copy link Change kim",
    ]


def test_the_coordinators_own_look_does_not_count(browser: FlaskClient, database: Database) -> None:
    publish_ada(database)
    browser.get(f"/r/{token_of(database)}", buffered=True)
    assert texts(browser.get(PAGE).text, "dd") == ["Jan 5, 2026 09:30", "Not yet"]


def test_a_reader_gets_the_page_while_the_database_is_locked(
    tmp_path: Path, database: Database, database_url: str
) -> None:
    publish_ada(database)
    with open_app(tmp_path, database) as app:
        services = services_of(app)
        hasty = replace(services, database=open_database(database_url, lock_seconds=0.05))
        app.extensions["sarangchae"] = hasty
        other = sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert visit(app, f"/c/{token_of(database)}.ics") == 200
        other.close()
        hasty.database.close()
        services.database.close()


def test_a_replaced_link_closes_page_and_calendar_and_opens_them_elsewhere(
    app: Flask, browser: FlaskClient, database: Database
) -> None:
    publish_ada(database)
    old = token_of(database)
    answer = browser.post(f"{PAGE}/replace")
    assert (answer.status_code, answer.location) == (303, PAGE)
    new = token_of(database)
    assert f'value="https://lab.example.org/r/{new}"' in browser.get(PAGE).text.replace(
        "http://localhost", "https://lab.example.org"
    )
    assert [visit(app, f"/r/{token}") for token in (old, new)] == [404, 200]
    assert [visit(app, f"/c/{token}.ics") for token in (old, new)] == [404, 200]


def test_a_revoked_link_says_so_until_another_is_made(
    app: Flask, browser: FlaskClient, database: Database
) -> None:
    publish_ada(database)
    old = token_of(database)
    answer = browser.post(f"{PAGE}/revoke")
    assert (answer.status_code, answer.location) == (303, "/programmes/lab/links")
    assert visit(app, f"/r/{old}") == 404
    assert texts(browser.get("/programmes/lab/links").text, "span", class_="tag warn") == [
        "Revoked"
    ]
    page = browser.get(PAGE).text
    assert texts(page, "p", class_="verdict") == ["Revoked"]
    assert texts(page, "button") == ["Sign out", "Make a new link"]
    browser.post(f"{PAGE}/replace")
    assert texts(browser.get(PAGE).text, "button") == [
        "Sign out",
        "Copy link",
        "Replace the link",
        "Revoke the link",
    ]


def test_one_who_left_the_programme_can_only_be_revoked(
    browser: FlaskClient, database: Database
) -> None:
    publish_ada(database)
    seed(database, make_problem(requests=(make_request("bo"),)))
    assert texts(browser.get(PAGE).text, "button") == ["Sign out", "Copy link", "Revoke the link"]
    assert texts(browser.get("/programmes/lab/links").text, "span", class_="tag warn") == [
        "Revoked",
        "No longer in the programme",
    ]


def test_before_the_first_release_there_are_no_links(
    browser: FlaskClient, database: Database
) -> None:
    seed(database)
    assert texts(browser.get("/programmes/lab/links").text, "p", class_="empty") == [
        "There are no links yet Private links are made with the first release."
    ]


@pytest.mark.parametrize("path", ["researcher/nobody", "cat/ada"])
def test_a_link_of_nobody_is_not_found(browser: FlaskClient, database: Database, path: str) -> None:
    publish_ada(database)
    assert browser.get(f"/programmes/lab/links/{path}").status_code == 404
    assert browser.post(f"/programmes/lab/links/{path}/replace").status_code == 404


def test_links_are_the_coordinators_alone(app: Flask, database: Database) -> None:
    publish_ada(database)
    app.config["WTF_CSRF_ENABLED"] = False
    stranger = app.test_client()
    assert stranger.get("/programmes/lab/links").location == "/sign-in"
    assert stranger.get(PAGE).location == "/sign-in"
    old = token_of(database)
    assert stranger.post(f"{PAGE}/replace").status_code == 403
    assert stranger.post(f"{PAGE}/revoke").status_code == 403
    assert token_of(database) == old
