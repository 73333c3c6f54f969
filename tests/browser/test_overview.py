"""The overview in a browser: from what needs a decision to where it is decided."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.usefixtures("planned")

LAB = "/programmes/nairl"


def test_what_needs_a_decision_leads_to_where_it_is_decided(coordinator: Page) -> None:
    coordinator.goto(LAB)
    waiting = coordinator.locator(".decisions > li", has_text="release 1 wait")
    waiting.get_by_role("link", name="Read and send").click()
    expect(coordinator).to_have_url(re.compile(f"{LAB}/releases/1/mails$"))


def test_the_chart_says_the_same_as_its_table(coordinator: Page) -> None:
    coordinator.goto(LAB)
    titles = coordinator.locator(".weeks-plot title").all_text_contents()
    coordinator.get_by_text("The same as a table").click()
    rows = coordinator.locator(".weeks-card tbody tr")
    expect(rows.first).to_be_visible()
    assert len(titles) == rows.count()
    week = rows.nth(40).get_by_role("rowheader").inner_text()
    used, there = rows.nth(40).get_by_role("cell").all_inner_texts()[-3:-1]
    assert titles[40] == f"{week}: {used} of {there} desks"


def test_the_stack_is_changed_from_tracks_to_sites(coordinator: Page) -> None:
    coordinator.goto(LAB)
    legend = coordinator.locator(".legend li")
    tracks = legend.all_inner_texts()
    coordinator.get_by_role("link", name="Site", exact=True).click()
    expect(coordinator).to_have_url(re.compile("by=site"))
    expect(legend.first).not_to_have_text(tracks[0])


def test_what_is_scarce_says_what_more_would_bring(coordinator: Page) -> None:
    coordinator.goto(LAB)
    scarce = coordinator.locator(".scarce > li")
    expect(scarce.first).to_contain_text(
        re.compile(r"more .* in .* up to about [\d,]+ points", re.DOTALL)
    )


def test_the_room_that_is_open_is_in_view_on_a_phone(coordinator: Page) -> None:
    coordinator.set_viewport_size({"width": 390, "height": 844})
    coordinator.goto(f"{LAB}/history")
    expect(coordinator.locator("[data-rooms] [aria-current]")).to_be_in_viewport(ratio=1)
