"""Requests in a browser: found while typing, chosen by keyboard, imported, mended, taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.visiting import AXE, Site, Visit, leave

pytestmark = pytest.mark.usefixtures("planned")

HERE = "/programmes/nairl/requests"
FILE = """No;Applicant;Affiliation;Track;Submitted on;From;Until;Remarks
marsh-2025;;;;;;;likes tea
lind-2025;Astrid Lind;University of Waterloo;robots;2024-11-20;2025-03-03;2025-08-31;
moreau-2025;Luc Moreau;University of Waterlo;scalng;2024-11-20;01/03/2025;2025-08-31;
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file with a new request, one that stands, and one with three faults."""
    path = tmp_path / "applications.csv"
    path.write_text(FILE, encoding="utf-8")
    return path


@pytest.fixture
def phone(site: Site, signed_in: Path, chromium: Browser) -> Iterator[Page]:
    """Give the coordinator's phone in the dark."""
    context = chromium.new_context(
        base_url=site.address,
        storage_state=signed_in,
        viewport=ViewportSize(width=390, height=844),
        color_scheme="dark",
        locale="ko-KR",
    )
    visit = Visit(context)
    yield visit.page
    leave(context)
    assert visit.complaints == []


def read(page: Page, file: Path) -> None:
    """Choose a file and go on to its columns."""
    page.goto(f"{HERE}/import")
    page.locator("#file").set_input_files(file)
    page.locator(".import-form button.primary").click()
    expect(page).to_have_url(re.compile("/columns$"))


def barriers(page: Page) -> list[Any]:
    """Return what axe finds serious on a page."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("axe.run()")
    return [
        (violation["id"], [node["html"] for node in violation["nodes"]])
        for violation in found["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]


def test_the_table_narrows_while_words_are_typed_and_a_reload_keeps_them(coordinator: Page) -> None:
    coordinator.goto(HERE)
    rows = coordinator.locator(".requests-list tbody tr")
    everybody = rows.count()
    coordinator.get_by_label("Find", exact=True).fill("noemie")
    expect(rows).to_have_count(2)
    expect(coordinator).to_have_url(re.compile(r"\?q=noemie$"))
    export = coordinator.locator('a[href*="export.csv"]')
    expect(export).to_have_attribute("href", re.compile("q=noemie"))
    coordinator.reload()
    expect(rows).to_have_count(2)
    coordinator.get_by_label("Find", exact=True).fill("nobody is called so")
    expect(coordinator.get_by_text("No request matches")).to_be_visible()
    coordinator.get_by_label("Find", exact=True).fill("")
    expect(rows).to_have_count(everybody)


def test_requests_are_chosen_with_the_keyboard_and_pinned(coordinator: Page) -> None:
    coordinator.goto(f"{HERE}?state=placed")
    bulk = coordinator.locator("[data-bulk]")
    expect(bulk).to_be_hidden()
    boxes = coordinator.locator('input[name="request"]')
    boxes.nth(0).press("Space")
    boxes.nth(1).press("Space")
    expect(bulk).to_contain_text("2 chosen")
    bulk.get_by_role("button", name="Pin as they are").press("Enter")
    notice = coordinator.locator(".requests-done")
    expect(notice).to_contain_text("Pinned.")
    notice.get_by_role("button", name="Undo").click()
    expect(notice).to_contain_text("Undone.")


def test_a_file_is_mended_imported_and_taken_back(coordinator: Page, file: Path) -> None:
    read(coordinator, file)
    expect(coordinator.get_by_label("Applicant is")).to_have_value("name")
    expect(coordinator.get_by_label("Remarks is")).to_have_value("")
    coordinator.get_by_role("button", name="Look at what would change").click()

    expect(coordinator.locator(".tile.wrong")).to_have_text(re.compile(r"1\s+Wrong"))
    coordinator.get_by_label("Institution, row 4").fill("waterloo")
    coordinator.get_by_role("button", name="Check again").click()
    expect(coordinator.get_by_label("Institution, row 4")).to_have_count(0)
    coordinator.reload()
    coordinator.get_by_label("Track, row 4").fill("scaling")
    coordinator.get_by_label("Earliest day, row 4").fill("2025-03-03")
    coordinator.get_by_role("button", name="Check again").click()

    coordinator.get_by_role("button", name="Import 2 requests").click()
    notice = coordinator.locator(".requests-done")
    expect(notice).to_contain_text("2 requests are new.")
    moreau = coordinator.get_by_role("link", name="Luc Moreau", exact=True)
    expect(moreau).to_be_visible()
    notice.get_by_role("button", name="Undo").click()
    expect(moreau).to_have_count(0)


def test_every_step_is_usable_on_a_phone_and_without_sight(phone: Page, file: Path) -> None:
    phone.goto(HERE)
    found = [barriers(phone)]
    phone.locator(".row-menu summary").first.click()
    found.append(barriers(phone))
    read(phone, file)
    found.append(barriers(phone))
    phone.locator("form.card button.primary").click()
    expect(phone.locator(".wrong-row")).to_have_count(1)
    found.append(barriers(phone))
    width: int = phone.evaluate("document.documentElement.scrollWidth - innerWidth")
    phone.locator(".page-head form button").click()
    expect(phone.locator(".wrong-row")).to_have_count(0)
    assert (found, width) == ([[], [], [], []], 0)
