"""The pages of private links: seen, replaced, revoked, and when they were opened last."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models.database import Database, open_database
from models.link_store import Link, load_device_links, load_links, touch_link
from models.release_store import Scope, ScopeKind
from tests.builders import make_problem, make_request, make_researcher, make_residency
from tests.web.laboratory import (
    MAKER,
    NOW,
    later,
    open_app,
    plan_by_hand,
    publish,
    publish_ada,
    seed,
)
from tests.web.page_reading import texts
from web.context import services_of
from web.use_cases.links.devices import Owner, Wanted, add_device
from web.use_cases.links.programs import Program

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ADA = Scope(kind=ScopeKind.RESEARCHER, id="ada")
KIM = Scope(kind=ScopeKind.HOST, id="kim")
ZONE = Scope(kind=ScopeKind.ZONE, id="zone-a")
PAGE = "/programmes/lab/links/researcher/ada"


def token_of(database: Database, scope: Scope = ADA) -> str:
    with database.reading() as session:
        links = {link.scope: link.id for link in load_links(session, "lab")}
    return MAKER.token(links[scope])


def devices_of(database: Database, scope: Scope) -> tuple[Link, ...]:
    with database.reading() as session:
        return load_device_links(session, "lab", scope)


def add_phone(database: Database, scope: Scope) -> None:
    """Give a reader a calendar on a phone."""
    owner = Owner(programme_id="lab", scope=scope, name=scope.id)
    wanted = Wanted(label="Phone", program=Program.APPLE, language="en")
    with database.writing() as session:
        add_device(session, owner, wanted, MAKER, now=NOW)


def visit(app: Flask, path: str) -> int:
    """Let somebody open a link, to the end of the answer."""
    return app.test_client().get(path, buffered=True).status_code


def test_every_reader_stands_with_when_the_link_was_opened(
    app: Flask, browser: FlaskClient, database: Database
) -> None:
    publish_ada(database)
    assert visit(app, f"/r/{token_of(database)}") == 200
    assert visit(app, f"/c/{token_of(database, KIM)}.ics") == 200
    page = browser.get("/programmes/lab/links").text
    (rows,) = texts(page, "tbody")
    assert rows.split(" Change ")[:3] == [
        "ada waterloo Jan 5, 2026 09:30 - Copy link",
        "ada Lab Programme Not yet - Copy link",
        "Lab vision Track Not yet - Copy link",
    ]
    assert [text for text in texts(page, "tr") if text.startswith("kim")] == [
        "kim Host · waterloo Jan 5, 2026 09:30 - Copy link Change kim"
    ]


def test_who_does_not_see_the_latest_is_counted_and_listed(
    browser: FlaskClient, database: Database
) -> None:
    problem = publish_ada(database)
    add_phone(database, ADA)
    add_phone(database, KIM)
    with database.writing() as session:
        for link in load_device_links(session, "lab"):
            touch_link(session, link.id, now=later(minutes=30), release=1)
    first = browser.get("/programmes/lab/links").text
    assert texts(first, "a", class_="backlog-part")[0].startswith("No calendar is behind")
    plan_by_hand(database, problem, now=later(days=1))
    publish(database, now=later(days=1))
    second = browser.get("/programmes/lab/links").text
    (old,) = texts(second, "a", class_="backlog-part warn")
    assert old.startswith("1 calendar does not show what is published")
    behind = browser.get("/programmes/lab/links?seen=old").text
    assert texts(behind, "tbody") == [
        (
            "ada waterloo Not opened yet Phone Not up to date yet Jan 5, 2026 10:00 · release 1 "
            "Copy link Change ada"
        )
    ]


def test_those_who_never_opened_a_link_stand_apart(
    app: Flask, browser: FlaskClient, database: Database
) -> None:
    publish_ada(database)
    add_phone(database, ADA)
    assert visit(app, f"/r/{token_of(database)}") == 200
    page = browser.get("/programmes/lab/links?seen=never").text
    assert texts(page, "a", class_="backlog-part")[1] == (
        "1 person has never opened the link 1 calendar of a device was never fetched."
    )
    assert [text.split()[0] for text in texts(page, "tr")[1:]] == ["ada", "kim"]


def test_links_are_found_by_words_and_kind_a_page_at_a_time(
    browser: FlaskClient, database: Database
) -> None:
    names = [f"r{number:02}" for number in range(60)]
    problem = seed(
        database,
        make_problem(
            researchers=tuple(map(make_researcher, names)), requests=(make_request("r00"),)
        ),
    )
    plan_by_hand(database, problem, make_residency("r00"))
    publish(database)
    page = "/programmes/lab/links?kind=researcher"
    assert [len(texts(browser.get(f"{page}&page={n}").text, "tr")) for n in (1, 2, 9)] == [
        51,
        11,
        11,
    ]
    found = browser.get("/programmes/lab/links?q=WATERLOO r07").text
    assert [text.split()[0] for text in texts(found, "tr")[1:]] == ["r07"]
    nobody = browser.get("/programmes/lab/links?q=moon").text
    assert texts(nobody, "p", class_="empty") == ["Nobody matches Try a shorter word."]


def test_the_coordinator_adds_replaces_and_closes_a_calendar_of_any_reader(
    app: Flask, browser: FlaskClient, database: Database
) -> None:
    publish_ada(database)
    page = "/programmes/lab/links/zone/zone-a"
    typed = {"label": "Lobby", "language": "ko", "shows": "busy", "program": "other"}
    assert browser.post(f"{page}/calendars", data=typed).location == f"{page}#calendars"
    (old,) = devices_of(database, ZONE)
    assert (old.device, old.language, old.busy_only) == ("Lobby", "ko", True)
    browser.post(f"{page}/calendars/{old.id}/replace")
    (new,) = devices_of(database, ZONE)
    assert [visit(app, f"/c/{MAKER.token(link.id)}.ics") for link in (old, new)] == [404, 200]
    browser.post(f"{page}/calendars/{new.id}/revoke")
    browser.post(f"{page}/calendars/{new.id}/revoke")
    assert devices_of(database, ZONE) == ()
    assert texts(browser.get(page).text, "div", class_="message warn") == [
        "This calendar was closed already, or has a new address."
    ]


@pytest.mark.parametrize(("ticked", "left"), [({"devices": "yes"}, 0), ({}, 1)])
def test_replacing_a_page_ends_the_devices_of_whoever_read_it(
    browser: FlaskClient, database: Database, ticked: dict[str, str], left: int
) -> None:
    publish_ada(database)
    add_phone(database, ADA)
    assert 'name="devices" value="yes" checked' in browser.get(PAGE).text
    browser.post(f"{PAGE}/replace", data=ticked)
    assert len(devices_of(database, ADA)) == left


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


@pytest.mark.parametrize("what", ["replace", "revoke"])
def test_a_link_that_a_colleague_replaced_meanwhile_stays(
    app: Flask, browser: FlaskClient, database: Database, what: str
) -> None:
    publish_ada(database)
    with database.reading() as session:
        (shown,) = load_links(session, "lab", scope=ADA)
    browser.post(f"{PAGE}/replace", data={"shown": str(shown.id)})
    new = token_of(database)
    assert browser.post(f"{PAGE}/{what}", data={"shown": str(shown.id)}).location == PAGE
    assert visit(app, f"/r/{new}") == 200
    assert texts(browser.get(PAGE).text, "div", class_="message warn") == [
        "Somebody replaced or revoked this link meanwhile. This is what stands."
    ]


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
    assert texts(page, "button") == ["Sign out", "Make a new link", "Add the calendar"]
    browser.post(f"{PAGE}/replace")
    assert texts(browser.get(PAGE).text, "button") == [
        "Sign out",
        "Copy link",
        "Replace the link",
        "Revoke the link",
        "Add the calendar",
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
