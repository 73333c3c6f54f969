"""People and space in a browser: rows, lists that are searched, what is not saved, conflicts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.browser.visiting import AXE, Site, Visit, leave

HERE = "/programmes/nairl/data"

PATHS = (
    HERE,
    f"{HERE}/closures",
    f"{HERE}/hosts",
    f"{HERE}/requests/new",
    f"{HERE}/requests/marsh-2025",
    f"{HERE}/zones/m7-quiet",
    f"{HERE}/weights",
    f"{HERE}/policy",
    f"{HERE}/quotas/new",
    f"{HERE}/zones/m7-quiet/remove",
)


@pytest.fixture
def page(coordinator: Page) -> Iterator[Page]:
    """Give the coordinator's page, and take back what a test has saved."""
    yield coordinator
    undo = coordinator.get_by_role("button", name="Undo", exact=True)
    if undo.count():
        undo.click()
        expect(coordinator.get_by_text("Undone.")).to_be_visible()


@pytest.fixture
def refused(site: Site, signed_in: Path, chromium: Browser) -> Iterator[Page]:
    """Give a coordinator's page that may be refused what it sends, and nothing else."""
    context = chromium.new_context(
        base_url=site.address, storage_state=signed_in, locale="en-US", reduced_motion="reduce"
    )
    visit = Visit(context)
    yield visit.page
    leave(context)
    assert [text for text in visit.complaints if not re.search("status of (409|422)", text)] == []


@pytest.mark.parametrize(
    ("path", "width", "scheme"),
    [
        (path, *look)
        for path, look in zip(PATHS, cycle([(390, "dark"), (1280, "light")]), strict=False)
    ],
)
def test_no_form_has_a_serious_barrier_or_is_wider_than_the_screen(
    coordinator: Page, path: str, width: int, scheme: Any
) -> None:
    coordinator.set_viewport_size({"width": width, "height": 844})
    coordinator.emulate_media(color_scheme=scheme)
    coordinator.add_init_script(path=AXE)
    coordinator.goto(path)
    found: dict[str, Any] = coordinator.evaluate("axe.run()")
    serious = [
        (violation["id"], [node["html"] for node in violation["nodes"]])
        for violation in found["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]
    assert serious == []
    assert coordinator.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_hosts_are_ranked_with_the_keyboard_and_saved(page: Page) -> None:
    page.goto(f"{HERE}/requests/marsh-2025")
    hosts = page.locator("[data-rows=hosts]")
    names = hosts.get_by_role("combobox")
    first, second = (names.nth(at).input_value() for at in (0, 1))
    hosts.get_by_role("button", name="Further up").nth(1).focus()
    page.keyboard.press("Enter")
    expect(hosts.get_by_role("button", name="Further up").first).to_be_focused()
    assert [names.nth(at).input_value() for at in (0, 1)] == [second, first]
    hosts.get_by_role("button", name="Add another").focus()
    page.keyboard.press("Enter")
    expect(names.nth(2)).to_be_focused()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert [names.nth(at).input_value() for at in range(names.count())] == [second, first]


def test_a_form_that_is_sent_twice_in_a_hurry_arrives_once(page: Page) -> None:
    sent: list[str] = []
    page.goto(f"{HERE}/tracks/new")
    page.get_by_role("textbox", name="Name", exact=True).first.fill("Once")
    page.on("request", lambda request: sent.append(request.method))
    page.get_by_role("button", name="Save", exact=True).dblclick()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert sent.count("POST") == 1


def test_days_are_added_and_removed_without_a_reload(page: Page) -> None:
    page.goto(f"{HERE}/zones/m5-studio")
    closures = page.locator("[data-rows=closures]")
    closures.get_by_role("button", name="Add days").click()
    expect(closures.get_by_label("First day")).to_be_focused()
    closures.get_by_label("First day").fill("2025-03-03")
    closures.get_by_label("Last day").fill("2025-03-07")
    closures.get_by_label("Reason", exact=True).fill("Painting")
    closures.get_by_role("button", name="Add days").click()
    closures.get_by_role("button", name="Remove this row").nth(1).click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(closures.get_by_label("Last day")).to_have_value("2025-03-07")


def test_leaving_asks_first_where_something_is_not_saved(coordinator: Page) -> None:
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    coordinator.on("dialog", answer)
    coordinator.goto(f"{HERE}/zones/m5-studio")
    coordinator.goto(f"{HERE}/zones/m5-studio")
    assert asked == []
    coordinator.get_by_label("Desks", exact=True).fill("3")
    expect(coordinator.get_by_text("What you typed is not saved yet.")).to_be_visible()
    coordinator.get_by_role("link", name="Cancel").click()
    expect(coordinator.get_by_role("heading", level=1)).to_have_text("Zones")
    assert asked == ["beforeunload"]


def test_a_fault_is_told_and_its_link_leads_to_the_field(refused: Page) -> None:
    refused.goto(f"{HERE}/requests/new")
    refused.get_by_label("Priority").fill("9")
    with refused.expect_response(lambda response: response.request.method == "POST") as sent:
        refused.get_by_role("button", name="Save", exact=True).click()
    assert sent.value.status == 422
    faults = refused.get_by_role("alert")
    expect(faults).to_be_focused()
    expect(faults.get_by_role("link")).to_have_text(["Researcher", "Track", "Priority"])
    faults.get_by_role("link", name="Priority").click()
    expect(refused.get_by_label("Priority")).to_be_in_viewport()
    expect(refused.get_by_label("Priority")).to_have_value("9")


def test_somebody_new_comes_with_the_request(page: Page) -> None:
    page.goto(f"{HERE}/requests/new")
    page.get_by_label("add a researcher with this request").check()
    added = page.locator("#added-researchers")
    added.get_by_role("textbox", name="Name", exact=True).fill("Eva Novak")
    added.get_by_role("combobox", name="Institution", exact=True).select_option(index=1)
    page.get_by_label("Track", exact=True).select_option(index=1)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Eva Novak")
    expect(page.get_by_text("No place yet")).to_be_visible()


def test_two_who_change_the_same_are_asked_which_shall_stand(page: Page, refused: Page) -> None:
    other = refused
    for each, desks in ((page, "3"), (other, "5")):
        each.goto(f"{HERE}/zones/m5-theory")
        each.get_by_label("Desks", exact=True).fill(desks)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    other.get_by_role("button", name="Save", exact=True).click()
    expect(other.get_by_role("heading", level=1)).to_have_text("A colleague changed the same")
    expect(other.get_by_role("radio", name="5")).to_be_checked()
    other.get_by_role("radio", name="3").check()
    other.get_by_role("button", name="Save what I chose").click()
    expect(other.get_by_text("Nothing was different, so nothing was changed.")).to_be_visible()
