"""The researcher's calendars in a browser: added, copied, replaced and closed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.visiting import Site, leave

pytestmark = pytest.mark.usefixtures("planned")


@pytest.fixture
def calendars(coordinator: Page) -> str:
    """Return the address of the calendars of the first researcher that the list offers."""
    coordinator.goto("/programmes/nairl/requests")
    link = coordinator.locator('a[href*="/r/"]').first.get_attribute("href")
    assert link is not None
    return f"{link}/calendars"


@pytest.fixture
def scriptless(site: Site, chromium: Browser) -> Iterator[Page]:
    """Give a stranger's browser in which no script runs."""
    context = chromium.new_context(base_url=site.address, locale="en-US", java_script_enabled=False)
    yield context.new_page()
    leave(context)


def test_a_calendar_is_added_replaced_and_closed_without_a_script(
    scriptless: Page, calendars: str
) -> None:
    page = scriptless
    page.goto(calendars)
    page.get_by_role("link", name=re.compile("^Google Calendar")).click()
    page.get_by_label("Name", exact=True).fill("At home")
    page.get_by_label(re.compile("^Public holidays")).check()
    page.get_by_role("button", name="Make the calendar").click()
    expect(page.get_by_role("status")).to_contain_text("Your new calendar is ready.")
    address = page.get_by_role("textbox", name="Its address").input_value()
    google = page.get_by_role("link", name="Open Google Calendar").get_attribute("href") or ""
    assert address.partition("://")[2].replace("/", "%2F").replace(":", "%3A") in google
    assert page.request.get(address).status == 200
    page.get_by_text("The address got into other hands").click()
    page.get_by_role("button", name="Yes, give it a new address").click()
    replaced = page.get_by_role("textbox", name="Its address").input_value()
    assert [page.request.get(each).status for each in (address, replaced)] == [404, 200]
    page.get_by_text("I no longer need this calendar").click()
    page.get_by_role("button", name="Yes, close this calendar").click()
    expect(page.get_by_role("status")).to_contain_text("The calendar is closed")
    expect(page.get_by_role("link", name="At home")).to_have_count(0)
    assert page.request.get(replaced).status == 404


def test_an_address_is_copied_at_the_press_of_a_button(stranger: Page, calendars: str) -> None:
    stranger.goto(f"{calendars}/new?program=thunderbird")
    stranger.get_by_role("button", name="Make the calendar").click()
    stranger.get_by_role("button", name="Copy link").first.click()
    expect(stranger.get_by_role("button", name="Copied")).to_be_visible()
    with stranger.expect_download() as download:
        stranger.get_by_role("link", name="Download as a file").click()
    assert download.value.path().read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
