"""The story's hand work: a stay is dragged where it may not be, taken back, moved and pinned."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.dragging import bar, label, onto_row
from tests.browser.story_table import SPRING_GUESTS, name_of
from tests.browser.visiting import open_room

MOVED = name_of(SPRING_GUESTS[0])
CLOSED = "Zone 10"
"""A zone that is refurbished in spring."""
RULE = "Desks and floor space"


def open_board(page: Page) -> None:
    """Open the board: nothing is broken."""
    open_room(page, "Board")
    expect(page.locator("body[data-ready]")).to_be_attached()
    expect(page.locator("[data-broken]")).to_be_hidden()


def drag_into_closed_zone(page: Page) -> None:
    """Drag a stay to a zone that is closed then: the rule is named before and after letting go."""
    onto_row(page, MOVED, CLOSED)
    expect(page.locator("[data-bubble]")).to_contain_text(RULE)
    page.mouse.up()
    expect(page.locator("[data-messages]")).to_contain_text(RULE)
    expect(page.locator("[data-broken-count]")).to_have_text("1 rule is broken")
    expect(bar(page, MOVED)).to_have_class(re.compile("is-broken"))


def undo(page: Page) -> None:
    """Take the move back."""
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-broken]")).to_be_hidden()
    expect(bar(page, MOVED)).not_to_have_class(re.compile("is-broken"))


def drag_where_it_fits(page: Page) -> str:
    """Drag the stay to another zone that the form says to fit; return the zone."""
    bar(page, MOVED).click()
    zone = _another_zone_that_fits(page)
    onto_row(page, MOVED, zone)
    expect(page.locator("[data-bubble]")).to_contain_text("Fits")
    page.mouse.up()
    expect(bar(page, MOVED)).to_have_attribute("aria-label", re.compile(zone))
    expect(page.locator("[data-broken]")).to_be_hidden()
    return zone


def pin_days_and_zone(page: Page) -> None:
    """Pin the days and the zone of the stay, not its host."""
    pins = page.get_by_role("group", name="Pinned")
    for part in ("Days", "Zone"):
        button = pins.get_by_role("button", name=part)
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
    expect(pins.get_by_role("button", name="Host")).to_have_attribute("aria-pressed", "false")
    expect(bar(page, MOVED)).to_have_class(re.compile("is-pinned"))


def _another_zone_that_fits(page: Page) -> str:
    fitting = page.locator("select[name=zone] optgroup[label=Fits] option")
    expect(fitting.nth(1)).to_be_attached()
    now = label(page, MOVED)
    names = (text.partition(" · ")[0] for text in fitting.all_text_contents())
    return next(name for name in names if name not in now)
