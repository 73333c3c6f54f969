"""The researcher's page in a browser: opened without signing in, and taken into a calendar."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

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


def test_the_calendar_is_downloaded_as_a_file(
    stranger: Page, private_link: str, tmp_path: Path
) -> None:
    stranger.goto(private_link)
    with stranger.expect_download() as download:
        stranger.get_by_role("link", name="Download as a file").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.suffix == ".ics"
    assert file.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_the_subscription_is_a_webcal_link_of_the_same_feed(
    stranger: Page, private_link: str
) -> None:
    stranger.goto(private_link)
    webcal = stranger.get_by_role("link", name="Subscribe").get_attribute("href")
    copied = stranger.get_by_label(re.compile("Google Calendar")).input_value()
    assert webcal is not None
    assert webcal.partition("://") == ("webcal", "://", copied.partition("://")[2])


def test_a_copied_link_says_so(stranger: Page, private_link: str) -> None:
    stranger.goto(private_link)
    stranger.get_by_role("button", name="Copy link").click()
    expect(stranger.get_by_role("button", name="Copied")).to_be_visible()


def test_the_page_speaks_korean_when_asked(stranger: Page, private_link: str) -> None:
    stranger.goto(private_link)
    stranger.get_by_role("link", name="한국어").click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text(re.compile("님, 환영합니다$"))


def test_a_guessed_link_opens_nothing(stranger: Page) -> None:
    answer = stranger.goto("/r/guessed")
    assert answer is not None
    assert answer.status == 404
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Not found")
