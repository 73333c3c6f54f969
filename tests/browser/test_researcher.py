"""The researcher's page in a browser: opened without signing in, and taken into a calendar."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.visiting import Site, Visit, leave

pytestmark = pytest.mark.usefixtures("planned")


@pytest.fixture
def private_link(coordinator: Page) -> str:
    """Return the first private link that the coordinator's list offers."""
    coordinator.goto("/programmes/nairl/requests")
    link = coordinator.locator('a[href*="/r/"]').first.get_attribute("href")
    assert link is not None
    return link


def test_a_stranger_with_the_link_sees_the_stay(stranger: Page, private_link: str) -> None:
    stranger.goto(private_link)
    expect(stranger.get_by_role("heading", level=1)).to_have_text(re.compile("^Welcome, "))
    expect(stranger.locator(".stay-facts").first).to_contain_text("First day")
    expect(stranger.get_by_role("button", name="Sign out")).to_have_count(0)


def test_the_page_speaks_korean_when_asked(stranger: Page, private_link: str) -> None:
    stranger.goto(private_link)
    stranger.get_by_role("link", name="한국어").click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text(re.compile("님, 환영합니다$"))


def test_a_guessed_link_opens_nothing(stranger: Page) -> None:
    answer = stranger.goto("/r/guessed")
    assert answer is not None
    assert answer.status == 404
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Not found")


def test_the_hours_at_home_are_those_of_the_device(
    chromium: Browser, site: Site, private_link: str
) -> None:
    context = chromium.new_context(
        base_url=site.address, locale="en-US", timezone_id="America/Vancouver"
    )
    visit = Visit(context)
    visit.page.goto(private_link)
    clocks = visit.page.locator(".clocks").first
    expect(clocks).to_contain_text("Your device is set to the time of Vancouver.")
    expect(visit.page.locator(".at-home").first).to_contain_text("in Vancouver it is then")
    leave(context)
    assert visit.complaints == []
