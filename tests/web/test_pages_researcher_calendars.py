"""The researcher's calendars: one a device, each with its own address, steps and end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from models.database import Database
from models.link_store import (
    Device,
    Link,
    create_link,
    find_link,
    load_device_links,
    load_links,
    touch_link,
)
from models.problem_loader import load_problem
from models.release_store import Scope, ScopeKind
from tests.web.laboratory import MAKER, NOW, later, open_app, plan_by_hand, publish, publish_ada
from tests.web.page_reading import texts
from web.use_cases.links.devices import LABEL_LENGTH, MOST_DEVICES

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ADA = Scope(kind=ScopeKind.RESEARCHER, id="ada")


@pytest.fixture
def browser(tmp_path: Path, database: Database) -> Iterator[FlaskClient]:
    with open_app(tmp_path, database) as app:
        yield app.test_client()


@pytest.fixture
def page(database: Database) -> str:
    """Publish Ada's stay and return the path of her calendars."""
    publish_ada(database)
    with database.reading() as session:
        (link,) = load_links(session, "lab", scope=ADA)
    return f"/r/{MAKER.token(link.id)}/calendars"


def devices(database: Database) -> tuple[Link, ...]:
    with database.reading() as session:
        return load_device_links(session, "lab", ADA)


def add(browser: FlaskClient, page: str, **typed: str) -> str:
    """Add a calendar and return the path of its page."""
    wanted = {"program": "apple", "label": "iPhone", "language": "en", "shows": "all"}
    answer = browser.post(f"{page}/new", data=wanted | typed)
    assert answer.status_code == 303
    return answer.location.partition("?")[0]


def status(browser: FlaskClient, link: Link) -> int:
    return browser.get(f"/c/{MAKER.token(link.id)}.ics", buffered=True).status_code


def test_first_there_are_only_programs_to_choose_from(browser: FlaskClient, page: str) -> None:
    body = browser.get(page).text
    assert texts(body, "h2") == [
        "Which calendar do you use?",
        "How soon does a calendar show a change?",
        "A file, just once",
    ]
    assert texts(body, "a", class_="program") == [
        "Apple Calendar iPhone, iPad, Mac",
        "Google Calendar In the browser and on Android",
        "Outlook Microsoft 365 or Outlook.com",
        "Thunderbird On a computer",
        "Another program Nextcloud, Proton and others",
    ]


def test_a_calendar_bears_the_name_of_the_device_it_is_asked_from(
    browser: FlaskClient, page: str
) -> None:
    on_mac = {"User-Agent": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1"}
    assert 'value="Mac"' in browser.get(f"{page}/new?program=apple", headers=on_mac).text
    assert 'value="Google Calendar"' in browser.get(f"{page}/new?program=google").text
    assert browser.get(f"{page}/new?program=abacus").location == page


def test_a_new_calendar_shows_what_was_asked_for_and_opens_at_once(
    browser: FlaskClient, database: Database, page: str
) -> None:
    add(browser, page, label="Department", language="fr", shows="busy", holidays="yes")
    (link,) = devices(database)
    assert (link.device, link.program, link.language) == ("Department", "apple", "fr")
    assert (link.busy_only, link.shows_holidays, link.label) == (True, True, "ada")
    assert status(browser, link) == 200


def test_a_devices_address_opens_no_page(
    browser: FlaskClient, database: Database, page: str
) -> None:
    add(browser, page)
    (link,) = devices(database)
    token = MAKER.token(link.id)
    for path in (f"/r/{token}", f"/r/{token}/calendars", f"/r/{token}/calendars/{link.id}"):
        assert browser.get(path).status_code == 404
    assert browser.post(f"/r/{token}/calendars/{link.id}/remove").status_code == 404


def test_apples_calendar_has_a_button_and_a_code_to_photograph(
    browser: FlaskClient, database: Database, page: str
) -> None:
    body = browser.get(add(browser, page)).text
    (link,) = devices(database)
    assert f'href="webcal://localhost/c/{MAKER.token(link.id)}.ics"' in body
    assert 'role="img" aria-label="QR code that holds the address of this calendar"' in body
    assert "style=" not in body


@pytest.mark.parametrize(
    ("program", "asked"),
    [
        ("google", ("calendar.google.com", "cid", "webcal")),
        ("outlook", ("outlook.office.com", "url", "http")),
        ("outlook", ("outlook.live.com", "url", "http")),
    ],
)
def test_a_companys_page_is_told_the_address_and_nothing_of_ours(
    browser: FlaskClient, database: Database, page: str, program: str, asked: tuple[str, str, str]
) -> None:
    host, name, scheme = asked
    answer = browser.get(add(browser, page, program=program))
    (link,) = devices(database)
    (address,) = [
        part.partition('"')[0].replace("&amp;", "&")
        for part in answer.text.split('href="')
        if part.startswith(f"https://{host}/")
    ]
    assert parse_qs(urlsplit(address).query)[name] == [
        f"{scheme}://localhost/c/{MAKER.token(link.id)}.ics"
    ]
    assert answer.text.count('rel="noreferrer noopener"') == answer.text.count('href="https://')
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_list_says_what_each_calendar_has_seen(
    browser: FlaskClient, database: Database, page: str
) -> None:
    for label in ("New", "Old", "Never"):
        add(browser, page, label=label)
    new, old, _never = devices(database)
    take_back(database, later(days=1))
    with database.writing() as session:
        touch_link(session, old.id, now=later(minutes=30), release=1)
        touch_link(session, new.id, now=later(days=2), release=2)
    told = [text for text in texts(browser.get(page).text, "p", class_="small") if text]
    assert told[:3] == [
        "Up to date Fetched last on Wed, Jan 7, 2026, 09:30.",
        (
            "Not up to date yet Fetched last on Mon, Jan 5, 2026, 10:00: it shows release 1 of "
            "Jan 5, 2026. The latest that changes it is release 2 of Jan 6, 2026."
        ),
        "Not fetched yet",
    ]


def test_a_calendar_is_renamed_and_no_two_bear_one_name(
    browser: FlaskClient, database: Database, page: str
) -> None:
    add(browser, page, label="iPhone")
    second = add(browser, page, label="iPhone", language="ko")
    assert sorted(str(link.device) for link in devices(database)) == ["iPhone", "iPhone 2"]
    browser.post(f"{second}/rename", data={"label": "iPhone"})
    browser.post(f"{second}/rename", data={"label": "  "})
    assert sorted(str(link.device) for link in devices(database)) == ["iPhone", "iPhone 2"]
    browser.post(f"{second}/rename", data={"label": "Tablet"})
    assert sorted(str(link.device) for link in devices(database)) == ["Tablet", "iPhone"]


def test_a_name_is_one_line_that_turns_nothing_around(
    browser: FlaskClient, database: Database, page: str
) -> None:
    add(browser, page, label="\x00Ada\u202e\r\nX: <b>1</b>" + "é" * 4000)
    (link,) = devices(database)
    assert link.device == "Ada X: <b>1</b>" + "é" * (LABEL_LENGTH - 15)
    assert "&lt;b&gt;1&lt;/b&gt;" in browser.get(page).text


def test_a_second_click_adds_nothing(browser: FlaskClient, database: Database, page: str) -> None:
    assert add(browser, page) == add(browser, page)
    assert len(devices(database)) == 1


def test_a_new_address_opens_and_the_old_one_is_dead_at_once(
    browser: FlaskClient, database: Database, page: str
) -> None:
    path = add(browser, page, label="Mac", shows="busy")
    (old,) = devices(database)
    answer = browser.post(f"{path}/replace")
    (new,) = devices(database)
    assert answer.location == f"{page}/{new.id}?done=calendar-replaced"
    assert (new.device, new.busy_only, new.label) == ("Mac", True, "ada")
    assert [status(browser, link) for link in (old, new)] == [404, 200]


def test_a_closed_calendar_is_gone_and_its_old_page_leads_back_to_the_list(
    browser: FlaskClient, database: Database, page: str
) -> None:
    path = add(browser, page)
    (link,) = devices(database)
    assert browser.post(f"{path}/remove").location == f"{page}?done=calendar-removed"
    assert status(browser, link) == 404
    gone = f"{page}?done=calendar-gone"
    assert browser.get(path).location == gone
    for what in ("rename", "replace", "remove"):
        assert browser.post(f"{path}/{what}", data={"label": "x"}).location == gone
    assert texts(browser.get(gone).text, "p", class_="notice warn") == [
        (
            "That calendar was closed already, or has a new address. "
            "These are the ones that you have now."
        )
    ]


def test_nobody_touches_the_calendar_of_somebody_else(
    browser: FlaskClient, database: Database, page: str
) -> None:
    with database.writing() as session:
        token = create_link(
            session,
            programme_id="lab",
            scope=Scope(kind=ScopeKind.HOST, id="kim"),
            now=NOW,
            device=Device(device="Kim's"),
        )
        link = find_link(session, token)
    assert link is not None
    assert browser.get(f"{page}/{link.id}").location == f"{page}?done=calendar-gone"
    browser.post(f"{page}/{link.id}/remove")
    with database.reading() as session:
        assert find_link(session, token) == link


def test_there_may_be_so_many_and_no_more(
    browser: FlaskClient, database: Database, page: str
) -> None:
    for number in range(MOST_DEVICES):
        add(browser, page, label=f"Device {number}")
    answer = browser.post(f"{page}/new", data={"program": "apple", "label": "One more"})
    assert answer.location == f"{page}?done=calendars-full"
    body = browser.get(answer.location).text
    assert len(devices(database)) == MOST_DEVICES
    assert texts(body, "p", class_="notice warn") == [
        "No calendar was added: you have as many as there can be."
    ]
    assert texts(body, "a", class_="program") == []
    assert browser.get(f"{page}/new?program=apple").location == page


def test_one_without_a_stay_or_with_a_cancelled_one_has_calendars_too(
    browser: FlaskClient, database: Database, page: str
) -> None:
    take_back(database, later(hours=1))
    assert browser.get(add(browser, page)).status_code == 200
    assert [status(browser, link) for link in devices(database)] == [200]


def test_a_calendar_speaks_the_language_of_the_page_unless_told_otherwise(
    browser: FlaskClient, database: Database, page: str
) -> None:
    browser.get(f"{page}?lang=ar")
    add(browser, page, language="tlh")
    assert [link.language for link in devices(database)] == ["ar"]


def take_back(database: Database, now: dt.datetime) -> None:
    """Publish that Ada does not come after all."""
    with database.reading() as session:
        problem = load_problem(session, "lab")
    plan_by_hand(database, problem, now=now)
    publish(database, now=now)
