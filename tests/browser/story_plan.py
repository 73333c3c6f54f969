"""The story's middle: a plan, the reason why somebody has no place, and two what-ifs."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.story_table import PLACED, SPRING_PLACES, UNPLACED, name_of
from tests.browser.visiting import PATIENCE_MS, open_room

LEFT_OUT = name_of(UNPLACED[0])
REPAIR = f"{LEFT_OUT}: way 1"
IDEA = "Three more in spring"


def plan_everybody(page: Page) -> None:
    """Plan for the shortest time and watch it; the first plan goes into the draft."""
    open_room(page, "Plan")
    page.get_by_label("How long").select_option("30 seconds")
    page.get_by_role("button", name="Plan", exact=True).click()
    running = page.locator("[data-run]")
    expect(running.get_by_role("progressbar", name="Time used")).to_be_visible()
    expect(running).to_have_count(0, timeout=PATIENCE_MS)
    draft = page.get_by_role("region", name="The draft now")
    expect(draft).to_contain_text("Proven optimal")
    expect(draft).to_contain_text(re.compile(rf"Requests placed\s*{PLACED}"))


def ask_why(page: Page) -> None:
    """Ask why somebody has no place: others hold all the hosts of these weeks."""
    open_room(page, "Requests")
    page.get_by_role("navigation", name="State").get_by_role("link", name="Not placed").click()
    expect(page.get_by_role("link", name="Why no place?")).to_have_count(len(UNPLACED))
    page.get_by_role("link", name=f"Why no place? {LEFT_OUT}").click()
    reasons = page.locator(".reason")
    expect(reasons).to_contain_text(["Host's capacity"] * 4, timeout=PATIENCE_MS)
    expect(reasons.get_by_role("link")).to_have_count(SPRING_PLACES)


def try_repair(page: Page) -> None:
    """Try the first repair with one press: it comes planned."""
    page.get_by_role("button", name="Try this as a what-if").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(REPAIR)
    expect(page.locator("[data-answer]")).to_contain_text(
        "1 more person has a place. +2,000 points", timeout=PATIENCE_MS
    )


def try_own_idea(page: Page) -> None:
    """Ask another question by the form, and plan it."""
    open_room(page, "What-ifs")
    page.get_by_role("link", name="New what-if").click()
    page.get_by_role("link", name="More visitors at a time with a host").click()
    page.get_by_label("Name of the what-if").fill(IDEA)
    page.get_by_label("Host", exact=True).select_option("host-0002")
    page.get_by_label("Visitors to add").fill("3")
    page.get_by_role("button", name="Begin the what-if").click()
    page.get_by_label("For at most").select_option("20")
    page.get_by_role("button", name="Plan", exact=True).click()
    expect(page.locator("[data-answer]")).to_contain_text(
        "3 more people have a place. +6,000 points", timeout=PATIENCE_MS
    )


def compare_both(page: Page) -> None:
    """See both what-ifs side by side."""
    open_room(page, "What-ifs")
    page.get_by_label("This one", exact=True).select_option(REPAIR)
    page.get_by_label("beside this one").select_option(IDEA)
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{REPAIR} → {IDEA}")
    terms = page.get_by_role("region", name="Where the points come from")
    expect(terms.get_by_role("row", name="Requests placed")).to_contain_text("+4,000")
    for name, unplaced in ((REPAIR, len(UNPLACED) - 1), (IDEA, len(UNPLACED) - 3)):
        side = page.get_by_role("region", name=name, exact=True)
        expect(side).to_contain_text(re.compile(rf"Not placed\s*{unplaced}"))
