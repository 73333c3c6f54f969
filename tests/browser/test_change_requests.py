"""Asking for a change in a browser: what is possible is said while days are picked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.guest_house import open_house
from tests.browser.visiting import Site, leave

ROOM = "/programmes/visits/researchers"


@pytest.fixture(scope="module", autouse=True)
def visits(site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Publish a visit that is still to come."""
    open_house(site, tmp_path_factory.mktemp("visits"), "visits")


@pytest.fixture
def changes(coordinator: Page, stranger: Page) -> Page:
    """Open Ada's page in a browser of her own."""
    coordinator.goto(ROOM)
    link = coordinator.locator('#stay-ada a[href*="/r/"]').get_attribute("href")
    assert link is not None
    stranger.goto(f"{link.partition('?')[0]}/changes")
    return stranger


def test_picked_days_are_looked_at_at_once_and_sent_with_a_note(changes: Page) -> None:
    note = changes.get_by_label(re.compile("^Your note"))
    note.fill("We have a conference first.")
    expect(changes.get_by_role("button", name="Look")).to_be_hidden()
    with changes.expect_response(re.compile("first_day=")):
        changes.get_by_label("Length of the stay").select_option(index=0)
    said = changes.locator("[data-picked]:not([aria-busy])")
    said.get_by_role("radio").first.check()
    expect(note).to_have_value("We have a conference first.")
    changes.get_by_role("button", name="Send to the office").click()
    expect(changes.get_by_role("status")).to_contain_text("Your request is with the office")
    expect(changes.locator("blockquote")).to_have_text("We have a conference first.")
    changes.get_by_role("button", name="Take it back").click()
    expect(changes.get_by_role("status")).to_have_text("Your request is taken back.")


def test_without_scripts_days_are_looked_at_by_a_button_and_the_note_stays(
    changes: Page, site: Site
) -> None:
    assert changes.context.browser is not None
    context = changes.context.browser.new_context(
        base_url=site.address, locale="en-US", java_script_enabled=False
    )
    page = context.new_page()
    page.goto(changes.url)
    page.get_by_label(re.compile("^Your note")).fill("Kept")
    page.get_by_label("Length of the stay").select_option(index=0)
    page.get_by_role("button", name="Look").click()
    expect(page.locator("[data-picked]").get_by_role("radio").first).to_be_visible()
    expect(page.get_by_label(re.compile("^Your note"))).to_have_value("Kept")
    leave(context)
