"""What holds for every page: usable without sight, on a phone, in the dark, without complaint."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.visiting import AXE, Site, Visit

pytestmark = pytest.mark.usefixtures("planned")

PATHS = (
    "/",
    "/programmes/nairl",
    "/programmes/nairl/timeline",
    "/programmes/nairl/timeline?by=host",
    "/programmes/nairl/requests",
    "/programmes/nairl/requests/import",
    "/programmes/nairl/links",
    "/programmes/nairl/links/researcher/helen-marsh",
    "researcher",
    "/sign-in",
    "/sign-in/some-link",
    "/nowhere",
)
SIZES = {
    "desktop": ViewportSize(width=1280, height=860),
    "phone": ViewportSize(width=390, height=844),
}


@pytest.fixture(params=[("desktop", "light"), ("phone", "dark")], ids="-".join)
def visit(
    request: pytest.FixtureRequest, site: Site, signed_in: Path, chromium: Browser
) -> Iterator[Visit]:
    """Give the coordinator's browser on a desk in the light, or on a phone in the dark."""
    size, scheme = request.param
    context = chromium.new_context(
        base_url=site.address,
        storage_state=signed_in,
        viewport=SIZES[size],
        color_scheme=scheme,
        locale="ko-KR",
    )
    yield Visit(context)
    context.close()


def open_page(page: Page, path: str) -> None:
    """Open a page, wait for its timeline if it has one."""
    if path == "researcher":
        page.goto("/programmes/nairl/requests")
        path = page.locator('a[href*="/r/"]').first.get_attribute("href") or ""
    page.goto(path)
    if "timeline" in path and page.evaluate("innerWidth > 800"):
        expect(page.locator(".vis-item.vis-range").first).to_be_visible()


def complaints(visit: Visit) -> list[str]:
    """Return what the browser complained about, but for the status of an error page itself."""
    return [text for text in visit.complaints if not re.search("status of (403|404)", text)]


@pytest.mark.parametrize("path", PATHS)
def test_no_page_makes_the_browser_complain(visit: Visit, path: str) -> None:
    open_page(visit.page, path)
    assert complaints(visit) == []


@pytest.mark.parametrize("path", PATHS)
def test_no_page_is_wider_than_the_screen(visit: Visit, path: str) -> None:
    open_page(visit.page, path)
    width: int = visit.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0


@pytest.mark.parametrize("path", PATHS)
def test_no_page_has_a_serious_barrier(visit: Visit, path: str) -> None:
    visit.page.add_init_script(path=AXE)
    open_page(visit.page, path)
    found: dict[str, Any] = visit.page.evaluate("axe.run()")
    serious = [
        (violation["id"], [node["html"] for node in violation["nodes"]])
        for violation in found["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]
    assert serious == []


def test_every_page_begins_with_a_way_past_its_head(visit: Visit) -> None:
    open_page(visit.page, "/programmes/nairl")
    visit.page.keyboard.press("Tab")
    expect(visit.page.locator(".skip")).to_be_focused()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("main")).to_be_focused()
