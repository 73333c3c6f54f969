"""The researcher's wishes in a browser: rows of days, faults that are shown, an own calendar."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from models.database import open_database
from models.link_store import load_links
from models.migrate import upgrade
from models.release_store import ScopeKind
from tests.browser.visiting import AXE, leave
from tests.web.laboratory import MAKER, open_app, publish_ada

CALENDAR = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20260112
SUMMARY:Board of examiners
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART:20260303T090000Z
DTEND:20260303T100000Z
RRULE:FREQ=WEEKLY;COUNT=2
SUMMARY:Lecture
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def wishes(tmp_path: Path) -> Iterator[str]:
    """Serve the laboratory on its first day, and return the address of Ada's wishes."""
    url = f"sqlite:///{tmp_path / 'wishes.db'}"
    upgrade(url)
    database = open_database(url)
    publish_ada(database)
    with database.reading() as session:
        (link,) = load_links(session, "lab", ScopeKind.RESEARCHER)
    with open_app(tmp_path, database) as app:
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.port}/r/{MAKER.token(link.id)}/wishes"
        server.shutdown()
        server.server_close()
    database.close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """Give a phone in the dark."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, color_scheme="dark", locale="en-US"
    )
    context.add_init_script(path=AXE)
    yield context.new_page()
    leave(context)


def check(page: Page) -> None:
    """Hold that a page can be used without sight, and is as wide as the phone."""
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    grave = [
        (each["id"], each["nodes"][0]["html"])
        for each in found["violations"]
        if each["impact"] in {"serious", "critical"}
    ]
    assert grave == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_days_are_added_and_taken_away_and_a_fault_is_shown_where_it_is(
    phone: Page, wishes: str
) -> None:
    phone.goto(wishes)
    check(phone)
    phone.get_by_role("link", name="Change these wishes").click()
    check(phone)
    rows = phone.locator("[data-row]")
    expect(rows).to_have_count(2)
    phone.get_by_role("button", name="Add days").click()
    expect(rows).to_have_count(3)
    expect(rows.nth(2).get_by_label("First day")).to_be_focused()
    rows.nth(2).get_by_label("First day").fill("2026-03-02")
    rows.nth(0).get_by_role("button", name="Remove this row").click()
    expect(rows).to_have_count(2)
    phone.get_by_label("Shortest stay").fill("0")
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_role("alert")).to_be_focused()
    expect(phone.get_by_text("At least 1 is needed.")).to_be_visible()
    check(phone)
    phone.get_by_label("Shortest stay").fill("14")
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_role("status")).to_have_text(re.compile("^Your wishes are kept"))
    expect(phone.locator(".away-list")).to_have_text("Mar 2, 2026")


def test_days_of_an_own_calendar_are_ticked_and_kept_once_all_was_read(
    phone: Page, wishes: str, tmp_path: Path
) -> None:
    file = tmp_path / "own.ics"
    file.write_text(CALENDAR, encoding="utf-8")
    phone.goto(wishes)
    phone.get_by_role("link", name="Take days from my calendar").click()
    phone.get_by_label(re.compile("^The .ics file")).set_input_files(file)
    phone.get_by_role("button", name="Show what is in it").click()
    expect(phone.get_by_label("Board of examiners")).to_be_checked()
    phone.get_by_label("Lecture").check()
    check(phone)
    phone.get_by_role("button", name="Keep the ticked days").click()
    check(phone)
    phone.get_by_role("button", name="Keep the days all the same").click()
    expect(phone.locator(".away-list li")).to_have_count(3)
