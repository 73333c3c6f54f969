"""A visit as two people live it: published, answered, asked to be later, moved, declined, ended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.guest_house import open_house
from tests.browser.visiting import Site, Visit, leave

ROOM = "/programmes/guest/researchers"


@pytest.fixture
def guest(site: Site, tmp_path: Path) -> None:
    """Publish the visit."""
    open_house(site, tmp_path, "guest")


@pytest.fixture
def ada(site: Site, chromium: Browser) -> Iterator[Page]:
    """Give the researcher's browser; it must not complain about anything."""
    context = chromium.new_context(base_url=site.address, locale="en-US")
    visit = Visit(context)
    yield visit.page
    leave(context)
    assert visit.complaints == []


@pytest.mark.usefixtures("guest")
def test_office_and_researcher_settle_a_visit(coordinator: Page, ada: Page) -> None:
    coordinator.goto(ROOM)
    row = coordinator.locator("#stay-ada")
    page = str(row.locator('a[href*="/r/"]').get_attribute("href"))
    feed = add_calendar(ada, page)
    assert told_by(ada, feed) == (0, "2035-03-05", "CONFIRMED")

    ada.goto(page)
    ada.get_by_role("button", name="I will come").click()
    look_up(coordinator)
    expect(row).to_contain_text("Accepted")
    expect(row).to_contain_text("Up to date")

    ask_for_two_weeks_later(ada, page)
    accept_on_second_thoughts(coordinator)
    publish(coordinator, 2)
    coordinator.goto(ROOM)
    expect(row).to_contain_text("Answered before it moved")
    expect(row).to_contain_text("Still release 1")
    assert told_by(ada, feed) == (1, "2035-03-19", "CONFIRMED")
    coordinator.reload()
    expect(row).to_contain_text("Up to date")

    decline(ada, page)
    look_up(coordinator)
    row.get_by_role("button", name="Withdraw and free the place").click()
    expect(row).to_contain_text("Withdrawn")
    publish(coordinator, 3)
    assert told_by(ada, feed) == (2, "2035-03-19", "CANCELLED")

    revoke(coordinator)
    assert [ada.request.get(each).status for each in (page, feed)] == [404, 404]


def add_calendar(ada: Page, page: str) -> str:
    """Make an address for a calendar program, and return it."""
    ada.goto(f"{page}/calendars/new?program=google")
    ada.get_by_role("button", name="Make the calendar").click()
    return ada.get_by_role("textbox", name="Its address").input_value()


def told_by(ada: Page, feed: str) -> tuple[int, str, str]:
    """Return SEQUENCE, first day and status of the stay as a calendar program gets it."""
    calendar = Calendar.from_ical(ada.request.get(feed).text())
    (stay,) = (event for event in calendar.events if str(event["UID"]).startswith("guest.ada@"))
    return int(str(stay["SEQUENCE"])), stay.decoded("DTSTART").isoformat(), str(stay["STATUS"])


def look_up(coordinator: Page) -> None:
    """Return to the open page, which brings itself up to date."""
    coordinator.evaluate("window.dispatchEvent(new Event('focus'))")


def ask_for_two_weeks_later(ada: Page, page: str) -> None:
    ada.goto(f"{page}/changes")
    ada.get_by_role("heading", name="Come later").click()
    ada.get_by_role("radio", name=re.compile("Mar 19")).check()
    ada.get_by_role("button", name="Send to the office").click()
    expect(ada.get_by_role("status")).to_contain_text("Your request is with the office")


def accept_on_second_thoughts(coordinator: Page) -> None:
    """Accept what is asked for, take that back, and accept it after all."""
    coordinator.goto(f"{ROOM}/changes")
    accept = coordinator.get_by_role("button", name="Accept into the draft")
    accept.click()
    done = coordinator.locator(".visitors-done")
    expect(done).to_contain_text("is in the draft")
    done.get_by_role("button", name="Undo").click()
    expect(done).to_contain_text("waits for your decision again")
    accept.click()
    expect(coordinator.locator(".decided-head")).to_contain_text("visible with the next release")


def publish(coordinator: Page, number: int) -> None:
    """Publish, and find a mail for the researcher prepared."""
    coordinator.goto("/programmes/guest/releases/new")
    tick_all(coordinator.get_by_role("checkbox"))
    coordinator.get_by_role("button", name=f"Publish release {number}").click()
    expect(coordinator.get_by_role("heading", level=1)).to_have_text(f"Mails of release {number}")
    expect(coordinator.locator("#mails")).to_contain_text("Ada Byron")


def tick_all(boxes: Locator) -> None:
    for box in boxes.all():
        box.check()


def decline(ada: Page, page: str) -> None:
    """Read what has changed, and decline the stay as it is now."""
    ada.goto(page)
    expect(ada.get_by_role("region", name="What has changed")).to_contain_text("Mar 19")
    expect(ada.get_by_role("heading", name="Your stay has changed.")).to_be_visible()
    ada.get_by_role("button", name="I cannot come").click()
    ada.get_by_role("button", name=re.compile("^Yes")).click()
    expect(ada.get_by_role("heading", name="You are not coming.")).to_be_visible()


def revoke(coordinator: Page) -> None:
    """Close the researcher's page and all calendars."""
    coordinator.goto("/programmes/guest/links/researcher/ada")
    coordinator.get_by_text("Revoke it", exact=True).first.click()
    coordinator.get_by_role("button", name="Revoke the link").click()
    expect(coordinator.get_by_role("heading", level=1)).to_have_text("Private links")
