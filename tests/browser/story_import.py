"""The story's beginning: an empty programme, and a table of requests that has to be mended."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.story_table import FAULTS, NAME, Fault, write_table
from tests.browser.visiting import Site, open_room


def sign_in(page: Page, site: Site) -> None:
    """Sign in by the link that the server printed, and open the programme."""
    page.goto(site.sign_in_link)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("main")).to_contain_text(NAME)


def find_nobody(page: Page) -> None:
    """See that nobody asks yet."""
    open_room(page, "Requests")
    expect(page.get_by_text("No requests yet")).to_be_visible()


def read_table(page: Page, folder: Path) -> None:
    """Upload the table as it came; the headers tell what the columns are."""
    path = folder / "Applications 2053.xlsx"
    write_table(path)
    page.get_by_role("link", name="Import a file").first.click()
    _upload(page, path)


def see_what_is_wrong(page: Page) -> None:
    """See every faulty row with its column and the reason, and that nothing is imported."""
    expect(_tile(page, "Wrong")).to_have_text("5 Wrong")
    expect(_tile(page, "New")).to_have_text("55 New")
    rows = page.locator(".wrong-row legend")
    expect(rows).to_have_text([re.compile(rf"Row {fault.row}\b") for fault in FAULTS])
    expect(page.locator("[data-mend]")).to_have_count(len(FAULTS))
    for fault in FAULTS:
        expect(_cell(page, fault)).to_have_value(fault.text)
        expect(_cell(page, fault)).to_have_accessible_description(fault.said)
    expect(page.get_by_role("button", name=re.compile("^Import"))).to_have_count(0)


def leave_and_come_back(page: Page) -> None:
    """Go away in between: nothing was imported, and the file waits."""
    find_nobody(page)
    page.get_by_role("link", name="Go on with it").click()
    page.get_by_role("region", name="Not finished yet").get_by_role("link").click()
    expect(_tile(page, "Wrong")).to_have_text("5 Wrong")


def mend(page: Page) -> None:
    """Mend the five cells in place and look again."""
    for fault in FAULTS:
        _cell(page, fault).fill(fault.mended)
    page.get_by_role("button", name="Check again").click()
    expect(_tile(page, "Wrong")).to_have_text("0 Wrong")
    expect(_tile(page, "New")).to_have_text("60 New")


def import_all(page: Page) -> None:
    """Import everything in one step."""
    page.get_by_role("button", name="Import 60 requests").click()
    expect(page.get_by_role("status").first).to_contain_text("60 requests are new.")
    expect(page.locator(".page-head")).to_contain_text("60 requests")


def import_again(page: Page, folder: Path) -> None:
    """Read the table once more, mended at its source: nothing is left to do."""
    path = folder / "Applications 2053, mended.xlsx"
    write_table(path, faults=())
    page.get_by_role("link", name="Import a file").first.click()
    _upload(page, path)
    expect(_tile(page, "Unchanged")).to_have_text("60 Unchanged")
    expect(page.get_by_text("Nothing would change.")).to_be_visible()
    page.get_by_role("button", name="Done").click()


def _upload(page: Page, path: Path) -> None:
    page.get_by_label("Excel workbook, CSV or JSON").set_input_files(path)
    page.get_by_role("button", name="Read the file").click()


def _tile(page: Page, name: str) -> Locator:
    tiles = page.get_by_role("navigation", name="What the import would do")
    return tiles.get_by_role("link", name=re.compile(f"{name}$"))


def _cell(page: Page, fault: Fault) -> Locator:
    return page.get_by_label(f"{fault.label}, row {fault.row}")
