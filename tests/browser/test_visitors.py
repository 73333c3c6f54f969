"""What a researcher says stands on the coordinator's open page at once, and is decided there."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.usefixtures("planned")

ROOM = "/programmes/nairl/researchers"


def test_a_declined_stay_appears_on_the_open_page_and_is_decided_there(
    coordinator: Page, stranger: Page
) -> None:
    coordinator.goto(f"{ROOM}?sort=-stay")
    last = coordinator.locator(".visitors-list tbody tr").first
    stay = str(last.get_attribute("id")).removeprefix("stay-")
    link = str(last.locator('a[href*="/r/"]').get_attribute("href"))
    decline(stranger, link, stay, sequence_of(coordinator, stay))

    coordinator.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(last).to_contain_text("I have to teach.")
    entry = coordinator.get_by_role("link", name="Researchers", exact=True)
    expect(entry).to_have_accessible_description(re.compile("to decide$"))
    expect(coordinator.locator("[data-messages]")).to_contain_text("to decide")

    last.get_by_role("button", name="Withdraw and free the place").click()
    done = coordinator.locator(".visitors-done")
    expect(done).to_contain_text("the stay is out of the draft")
    expect(last).to_contain_text("Withdrawn")
    done.get_by_role("button", name="Undo").click()
    last.get_by_role("button", name="Keep the stay").click()
    expect(last).to_contain_text("Kept by the office")


def sequence_of(coordinator: Page, stay: str) -> str:
    """Return as which version of itself a stay is told."""
    page = coordinator.request.get(f"{ROOM}/{stay}/answer").text()
    found = re.search(r'name="sequence" value="(\d+)"', page)
    assert found is not None
    return found[1]


def decline(stranger: Page, link: str, stay: str, sequence: str) -> None:
    """Decline a stay as the form of the private page does."""
    form = {"request": stay, "answer": "declined", "sure": "yes", "sequence": sequence}
    answer = stranger.request.post(f"{link}/answer", form={**form, "note": "I have to teach."})
    assert answer.ok, answer.text()
