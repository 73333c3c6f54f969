"""What-ifs in a browser: begun from an example, planned, compared, and taken over."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visiting import PATIENCE_MS

pytestmark = pytest.mark.usefixtures("planned")

ROOT = "/programmes/nairl/what-ifs"


def begin(page: Page, name: str, zone: str, first_day: str, last_day: str) -> None:
    """Begin a what-if in which a zone is closed."""
    page.goto(f"{ROOT}/new")
    page.get_by_role("link", name="Close a zone for some days").click()
    page.get_by_label("Name of the what-if").fill(name)
    page.get_by_label("Zone", exact=True).select_option(zone)
    page.get_by_label("First day").fill(first_day)
    page.get_by_label("Last day").fill(last_day)
    page.get_by_role("button", name="Begin the what-if").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def plan(page: Page) -> None:
    """Plan the what-if that is shown, and wait for its end."""
    page.get_by_label("For at most").select_option("20")
    page.get_by_role("button", name="Plan", exact=True).click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    expect(page.get_by_role("button", name="Plan again")).to_be_visible(timeout=PATIENCE_MS)


def test_a_what_if_is_begun_planned_compared_and_taken_over(coordinator: Page) -> None:
    begin(coordinator, "Robot field closed", "d1-field", "2025-03-03", "2025-06-29")
    plan(coordinator)
    expect(coordinator.locator("[data-answer]")).to_have_text(
        re.compile(r"With Robot field closed .+, 1 person would move\. .+ points")
    )
    expect(coordinator.locator(".week-chart canvas")).to_be_visible()

    coordinator.get_by_role("button", name="None", exact=True).click()
    expect(coordinator.locator("input[name=stay]:checked")).to_have_count(0)
    coordinator.get_by_role("button", name="Tick all").click()
    coordinator.get_by_role("button", name="Take over what is ticked").click()
    expect(coordinator.get_by_text("It was taken over into the draft")).to_be_visible()
    expect(coordinator.get_by_text("Everybody stays where they are in the draft.")).to_be_visible()


def test_two_what_ifs_are_compared(coordinator: Page) -> None:
    for name in ("First", "Second"):
        begin(coordinator, name, "d1-field", "2025-03-03", "2025-03-09")
    coordinator.goto(ROOT)
    coordinator.get_by_label("This one", exact=True).select_option(label="First")
    coordinator.get_by_label("beside this one").select_option(label="Second")
    coordinator.get_by_role("button", name="Compare").click()
    expect(coordinator.get_by_role("heading", level=1)).to_have_text(re.compile(r"First.+Second"))
    expect(coordinator.get_by_text("Everybody has the same stay on both sides.")).to_be_visible()


def test_a_what_if_is_deleted_only_when_that_is_meant(coordinator: Page) -> None:
    begin(coordinator, "Mistake", "d1-field", "2025-03-03", "2025-03-09")
    button = coordinator.get_by_role("button", name="Delete for good")
    expect(button).not_to_be_visible()
    coordinator.get_by_text("Delete this what-if").click()
    button.click()
    expect(coordinator.get_by_text("“Mistake” was deleted.")).to_be_visible()
