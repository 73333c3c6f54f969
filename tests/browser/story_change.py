"""The story's end: some withdraw, somebody moves, somebody else comes, and history tells it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.dragging import bar, label
from tests.browser.story_table import SPRING_GUESTS, name_of
from tests.browser.visiting import PATIENCE_MS, open_room

WITHDRAWN = SPRING_GUESTS[1:3]
MOVED = 1


def withdraw(page: Page) -> None:
    """Withdraw two of those who were told of their stays."""
    open_room(page, "Requests")
    for number in WITHDRAWN:
        page.get_by_label(f"Choose {name_of(number)}, a-{number:02}").check()
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_role("status").first).to_contain_text("2 requests were changed.")


def take_one_of_two(page: Page) -> str:
    """Plan only those without a place: two gain one, of whom one is taken; return the name."""
    open_room(page, "Plan")
    page.get_by_label("Only those without a place").check()
    page.get_by_label("How long").select_option("30 seconds")
    page.get_by_role("button", name="Plan again").click()
    proposal = page.get_by_role("region", name="What the new plan would change")
    changes = proposal.get_by_role("region", name="Changes, one by one").get_by_role("row")
    expect(changes.filter(has_text="Gains a place")).to_have_count(2, timeout=PATIENCE_MS)
    expect(changes).to_have_count(3)
    proposal.get_by_label("Take over", exact=True).uncheck()
    changes.nth(1).get_by_role("checkbox").check()
    expect(proposal.get_by_role("status")).to_have_text(
        "With this choice the draft breaks no rule."
    )
    name = changes.nth(1).get_by_role("link").text_content()
    proposal.get_by_role("button", name="Take over the ticked (1)").click()
    expect(page.get_by_text("1 change was taken over into the draft.")).to_be_visible()
    assert name is not None
    return name


def move(page: Page) -> str:
    """Let somebody come on other days, chosen from those that fit; return the new first day."""
    who = name_of(MOVED)
    page.goto(page.url.rpartition("/")[0] + f"/board?request=a-{MOVED:02}")
    expect(page.locator("body[data-ready]")).to_be_attached()
    before = label(page, who)
    days = page.get_by_label("Days that fit")
    expect(days.locator("option").nth(2)).to_be_attached()
    days.select_option(index=days.locator("option").count() - 1)
    expect(page.locator("[data-verdict]")).to_contain_text("No rule is broken.")
    first_day = page.get_by_label("First day").input_value()
    page.locator("[data-move-form]").get_by_role("button", name="Move", exact=True).click()
    expect(bar(page, who)).not_to_have_attribute("aria-label", re.compile(re.escape(before)))
    expect(page.get_by_label("First day")).to_have_value(first_day)
    return first_day


def read_changelog(page: Page, newcomer: str) -> None:
    """See in the second release who was cancelled, moved and is new."""
    open_room(page, "Releases")
    page.get_by_role("link", name="Release 2").click()
    changes = page.get_by_role("region", name="What changed since release 1")
    told = [*(name_of(number) for number in WITHDRAWN), name_of(MOVED), newcomer]
    expect(changes.get_by_role("rowheader")).to_have_text([re.compile(name) for name in told])
    expect(changes.locator("summary")).to_have_text(
        [re.compile(r"Cancelled\s*2"), re.compile(r"Moved\s*1"), re.compile(r"New\s*1")]
    )
    expect(page.get_by_text("48 stays remain as they were told.")).to_be_visible()


def read_history(page: Page, newcomer: str) -> None:
    """See who did what, the latest first."""
    open_room(page, "History")
    said = page.locator(".change-said")
    expect(said).to_contain_text(
        [
            "Coordinator let out 4 mails, release 2",
            "Coordinator published release 2",
            f"Coordinator moved {name_of(MOVED)} from",
            f"Coordinator accepted a plan: placed {newcomer}",
            f"Coordinator changed {name_of(WITHDRAWN[0])}",
            "Coordinator published release 1",
            "Coordinator pinned",
            "Coordinator took back: moved",
            "Coordinator began the what-if",
            "Coordinator imported Institutions: 3 new; Researchers: 60 new; Requests: 60 new",
        ]
    )
