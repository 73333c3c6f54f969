"""What holds for every page: usable without sight, on a phone, in the dark, without complaint."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.every_page import FILLED, FOUND, LAB, NO_PAGES, OF_UPLOADS, PAGES, endpoints
from tests.browser.visiting import AXE, PATIENCE_MS, Site, Visit, leave

pytestmark = pytest.mark.usefixtures("furnished")

PATHS = (*(path for paths in PAGES.values() for path in paths), "/nowhere")
SIZES = {
    "desktop": ViewportSize(width=1280, height=860),
    "phone": ViewportSize(width=390, height=844),
}
Look = tuple[str, Literal["light", "dark"], str]
DESK: Look = ("desktop", "light", "en-US")
PHONE: Look = ("phone", "dark", "ko-KR")
ROOMS = (LAB, *(f"{LAB}/{room}" for room in ("requests", "data", "floors", "board", "plan")))
LOOKS = [
    *((path, look) for path, look in zip(PATHS, cycle((DESK, PHONE)), strict=False)),
    *((path, look) for path in ROOMS for look in (DESK, PHONE)),
]
"""Every page in one look, desk and phone in turn, and the rooms most used in both."""


@pytest.fixture(scope="module")
def found() -> dict[str, str]:
    """Keep the addresses of pages that are found on others: they stay where they are."""
    return {}


@pytest.fixture(scope="module")
def furnished(
    planned: None, site: Site, signed_in: Path, chromium: Browser, found: dict[str, str]
) -> None:
    """Begin a what-if and add a calendar, so that there is one to be looked at."""
    assert planned is None
    context = chromium.new_context(base_url=site.address, storage_state=signed_in, locale="en-US")
    page = context.new_page()
    page.goto(f"{LAB}/what-ifs")
    token = page.locator('meta[name="csrf-token"]').get_attribute("content")
    document = {"name": "Two more desks", "adjustments": [MORE_DESKS], "request": None}
    answer = page.request.post(
        f"{LAB}/what-ifs/try", data=document, headers={"X-CSRFToken": token or ""}
    )
    assert answer.ok, answer.text()
    page.reload()
    expect(page.locator("[data-branch-run]")).to_have_count(0)
    open_page(page, "researcher/calendars", found)
    answer = page.request.post(f"{page.url}/new", form={"program": "apple", "label": "iPhone"})
    assert answer.ok, answer.text()
    leave(context)


MORE_DESKS = {"kind": "add_desks", "zone": "m5-theory", "desks": 2}


@pytest.fixture(scope="module")
def windows(site: Site, signed_in: Path, chromium: Browser) -> Iterator[Callable[[Look], Visit]]:
    """Give the coordinator's browser at a desk or on a phone, in a language and a light.

    There is one window for each look: what a page draws on, its browser need not fetch again.
    """
    contexts = []

    @cache
    def window(look: Look) -> Visit:
        size, scheme, locale = look
        context = chromium.new_context(
            base_url=site.address,
            storage_state=signed_in,
            viewport=SIZES[size],
            color_scheme=scheme,
            locale=locale,
        )
        context.add_init_script(path=AXE)
        contexts.append(context)
        return Visit(context)

    yield window
    for context in contexts:
        leave(context)


@pytest.fixture
def visit(request: pytest.FixtureRequest, windows: Callable[[Look], Visit]) -> Iterator[Visit]:
    """Give a window in which nothing is open and nothing was complained about."""
    window = windows(request.param)
    yield window
    window.page.goto("about:blank")
    window.complaints.clear()


def open_page(page: Page, path: str, found: dict[str, str]) -> None:
    """Open a page, where it has no address of its own by a link on another."""
    page.goto(address_of(page, path, found))
    for room, filled in FILLED.items():
        if room in page.url:
            expect(page.locator(filled)).to_be_attached(timeout=PATIENCE_MS)
    page.wait_for_load_state()


def address_of(page: Page, path: str, found: dict[str, str]) -> str:
    """Return where a page is, having looked for the link to it where that is not known yet."""
    head, slash, rest = path.partition("/")
    if head in FOUND and head not in found:
        begin, pattern = FOUND[head]
        open_page(page, begin, found)
        links = page.locator("a[href]").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        link = next(link for link in links if re.search(pattern, link))
        found[head] = link.partition("?")[0]
    return found.get(head, head) + slash + rest


def complaints(visit: Visit) -> list[str]:
    """Return what the browser complained about, but for the status of an error page itself."""
    return [text for text in visit.complaints if not re.search("status of (403|404)", text)]


def barriers(page: Page) -> list[tuple[str, list[str]]]:
    """Return what axe finds that keeps somebody out."""
    found: dict[str, Any] = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        (violation["id"], [node["html"] for node in violation["nodes"]])
        for violation in found["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]


def test_every_page_of_every_room_is_looked_at() -> None:
    assert endpoints() - NO_PAGES - OF_UPLOADS == PAGES.keys()


@pytest.mark.parametrize(("path", "visit"), dict.fromkeys(LOOKS), indirect=["visit"], ids="".join)
def test_a_page_fits_the_screen_and_keeps_nobody_out(
    visit: Visit, path: str, found: dict[str, str]
) -> None:
    open_page(visit.page, path, found)
    width: int = visit.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert (max(width, 0), barriers(visit.page), complaints(visit)) == (0, [], [])
    expect(visit.page.get_by_role("heading", level=1)).to_have_count(1)


@pytest.mark.parametrize("visit", [DESK, PHONE], indirect=True, ids="-".join)
def test_every_page_begins_with_a_way_past_its_head(visit: Visit, found: dict[str, str]) -> None:
    open_page(visit.page, LAB, found)
    visit.page.keyboard.press("Tab")
    expect(visit.page.locator(".skip")).to_be_focused()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("main")).to_be_focused()
