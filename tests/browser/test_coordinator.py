"""The coordinator's day: sign in, plan, stop, change the language."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visiting import Site


def test_a_sign_in_link_opens_the_pages_once(site: Site, stranger: Page) -> None:
    (link,) = re.findall(r"http\S+", site.run("sign-in"))
    link = site.address + link[link.index("/sign-in/") :]
    stranger.goto(link)
    stranger.get_by_role("button", name="Sign in").click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Programmes")
    stranger.get_by_role("button", name="Sign out").click()
    stranger.goto(link)
    stranger.get_by_role("button", name="Sign in").click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text(
        "This sign-in link does not work any more"
    )


@pytest.mark.parametrize(
    "path",
    ["/", "/programmes/nairl", "/programmes/nairl/board", "/programmes/nairl/requests"],
)
def test_a_stranger_sees_no_page_of_the_coordinator(stranger: Page, path: str) -> None:
    answer = stranger.goto(path)
    assert answer is not None
    assert (answer.status, stranger.url.endswith("/sign-in")) == (403, True)


@pytest.mark.usefixtures("planned")
def test_the_main_scenario_ends_proven_optimal_and_published(coordinator: Page) -> None:
    coordinator.goto("/programmes/nairl/releases")
    first = coordinator.get_by_role("row").filter(
        has=coordinator.get_by_text("Release 1", exact=True)
    )
    expect(first).to_contain_text("Proven optimal")


@pytest.mark.usefixtures("planned")
def test_the_month_can_be_changed(coordinator: Page) -> None:
    coordinator.goto("/programmes/nairl?month=2025-03")
    coordinator.get_by_role("link", name="April 2025").click()
    expect(coordinator.locator("#who-is-where")).to_have_text("Who is where in April 2025")


@pytest.mark.usefixtures("planned")
def test_the_language_is_switched_and_kept(coordinator: Page) -> None:
    coordinator.goto("/programmes/nairl")
    coordinator.get_by_role("link", name="한국어").click()
    expect(coordinator.locator("html")).to_have_attribute("lang", "ko")
    coordinator.get_by_role("link", name="일정판", exact=True).click()
    expect(coordinator.get_by_role("heading", level=1)).to_have_text("일정판")
