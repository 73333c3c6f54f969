"""What tests of the board hold on to: bars, rows, and a mouse that carries them."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect


def opened(page: Page, path: str) -> Page:
    """Open a board and wait until it can be used."""
    page.goto(path)
    expect(page.locator("body[data-ready]")).to_be_attached()
    return page


def bar(page: Page, who: str) -> Locator:
    """Return the bar of somebody's stay."""
    return page.locator(".bar:not(.ghost)", has_text=re.compile(f"^{who}$"))


def label(page: Page, who: str) -> str:
    """Return what a stay is called for those who do not see it, dashes as hyphens."""
    text = bar(page, who).get_attribute("aria-label") or ""
    return " ".join(text.replace("\N{EN DASH}", "-").split())


def middle(place: Locator) -> tuple[float, float]:
    """Return where the middle of something is."""
    box = place.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def row(page: Page, name: str) -> Locator:
    """Return the label of a row."""
    return page.locator(".row-label", has_text=name)


def drag(page: Page, place: Locator, x: float, y: float) -> None:
    """Take hold of something and carry it, without letting go."""
    from_x, from_y = middle(place)
    page.mouse.move(from_x, from_y)
    page.mouse.down()
    page.mouse.move((from_x + x) / 2, (from_y + y) / 2, steps=4)
    page.mouse.move(x, y, steps=4)


def onto_row(page: Page, who: str, zone: str) -> None:
    """Drag somebody's stay to another zone on the same days."""
    x, _ = middle(bar(page, who))
    _, y = middle(row(page, zone))
    drag(page, bar(page, who), x, y)
