"""Publishing in a browser: warnings ticked, the note kept, mails read, changed and ticked off."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visiting import Site

RELEASES = "/programmes/medium-1/releases"


@pytest.fixture(scope="module")
def drafted(site: Site) -> None:
    """Plan the invented programme, which nobody has been told of."""
    site.run("plan", "--programme", "medium-1", "--seconds", "5", "--quiet")


@pytest.mark.usefixtures("drafted")
def test_a_release_is_prepared_published_and_told(coordinator: Page) -> None:
    coordinator.goto(RELEASES)
    coordinator.get_by_role("link", name="Prepare release").click()
    note = coordinator.get_by_label("Note to this release")
    expect(note).to_be_visible()
    coordinator.wait_for_load_state()
    note.fill("Guests of the spring")
    coordinator.reload()
    expect(note).to_have_value("Guests of the spring")
    publish = coordinator.get_by_role("button", name="Publish release")
    publish.click()
    expect(coordinator.get_by_role("checkbox").first).to_be_focused()
    for tick in coordinator.get_by_role("checkbox").all():
        tick.check()
    publish.click()
    expect(coordinator.get_by_role("heading", level=1)).to_have_text(
        re.compile(r"Mails of release \d+")
    )
    coordinator.goto(RELEASES)
    expect(coordinator.locator(".release-list")).to_contain_text("Guests of the spring")
    expect(coordinator.get_by_text("there is nothing new to publish")).to_be_visible()


@pytest.mark.usefixtures("planned")
def test_a_mail_is_changed_and_ticked_off(coordinator: Page) -> None:
    coordinator.goto("/programmes/nairl/releases/1/mails")
    coordinator.get_by_label("Find").fill("Marsh")
    coordinator.get_by_role("link", name="Helen Marsh").first.click()
    coordinator.get_by_label("Subject").fill("Welcome to Seoul")
    coordinator.get_by_role("button", name="Save").click()
    expect(coordinator.locator(".letter-head")).to_contain_text("Welcome to Seoul")
    expect(coordinator.locator(".letter a")).to_have_attribute("href", re.compile("/r/"))
    coordinator.get_by_role("button", name="Mark as sent").click()
    expect(coordinator.locator(".page-head")).to_contain_text("Sent")
    expect(coordinator.get_by_role("button", name="Save")).to_have_count(0)
