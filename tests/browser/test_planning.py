"""Planning in a browser: watched, stopped, taken over in part, and asked why."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.visiting import AXE, PATIENCE_MS, Site, Visit, leave

PLAN = "/programmes/medium-2/plan"
UNPLACED = "/programmes/nairl/why/whitfield-2025"
FIGURE = re.compile(r"\d")


@pytest.fixture(scope="module")
def drafted(site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Give a programme a draft that two seconds of planning made."""
    scenario = tmp_path_factory.mktemp("planning") / "medium.json"
    site.run("sample", "medium", "--seed", "2", "-o", scenario)
    site.run("seed", scenario)
    site.run("plan", "--programme", "medium-2", "--seconds", "2", "--quiet")


def plan_for(page: Page, duration: str) -> None:
    """Start a run of everybody."""
    page.goto(PLAN)
    page.get_by_label("How long").select_option(duration)
    page.get_by_role("button", name=re.compile("^Plan")).click()


@pytest.mark.usefixtures("drafted")
def test_a_run_is_watched_through_a_reload_and_stopped(coordinator: Page) -> None:
    plan_for(coordinator, "15 minutes")
    running = coordinator.locator("[data-run]")
    expect(running.get_by_role("status")).to_have_text("Planning…", timeout=PATIENCE_MS)
    best = running.locator("[data-run-objective]")
    expect(best).to_have_text(FIGURE, timeout=PATIENCE_MS)
    expect(running.locator(".uplot canvas")).to_be_visible()

    coordinator.reload()

    expect(best).to_have_text(FIGURE)
    running.get_by_role("button", name="Stop and keep the best").click()
    expect(running).to_have_count(0, timeout=PATIENCE_MS)
    earlier = coordinator.get_by_role("region", name="Earlier runs")
    expect(earlier.get_by_role("row").nth(1)).to_contain_text(
        re.compile("Not decided|The same as the draft")
    )


@pytest.mark.usefixtures("drafted")
def test_a_proposal_is_taken_over_in_part(coordinator: Page) -> None:
    plan_for(coordinator, "30 seconds")
    proposal = coordinator.get_by_role("region", name="What the new plan would change")
    expect(proposal).to_be_visible(timeout=PATIENCE_MS)
    ticks = proposal.locator("[data-tick]")
    changes = ticks.count()
    proposal.get_by_label("Take over", exact=True).uncheck()
    ticks.first.check()
    expect(proposal.get_by_role("status")).to_contain_text("With this choice the draft")

    proposal.get_by_role("button", name="Take over the ticked (1)").click()

    expect(coordinator.get_by_text("1 change was taken over into the draft.")).to_be_visible()
    earlier = coordinator.get_by_role("region", name="Earlier runs")
    expect(earlier.get_by_role("row").nth(1)).to_contain_text("Taken over in part")
    earlier.get_by_role("link", name=re.compile("^Look at it")).first.click()
    expect(ticks).to_have_count(changes - 1)


@pytest.mark.usefixtures("planned")
def test_a_selection_is_made_by_name(coordinator: Page) -> None:
    coordinator.goto("/programmes/nairl/plan")
    coordinator.get_by_label("A selection").check()
    coordinator.get_by_label("Add somebody").fill("jonas")
    found = coordinator.get_by_role("list", name="Found")
    found.get_by_role("button").first.click()
    chosen = coordinator.get_by_role("list", name="Chosen")
    expect(chosen.get_by_role("listitem")).to_have_count(1)
    expect(coordinator.get_by_label("Add somebody")).to_be_focused()

    chosen.get_by_role("checkbox").click()

    expect(coordinator.get_by_text("Nobody is chosen yet.")).to_be_visible()


@pytest.mark.usefixtures("planned")
def test_why_is_answered_by_itself_and_a_repair_becomes_a_what_if(coordinator: Page) -> None:
    coordinator.goto(UNPLACED)
    reasons = coordinator.get_by_role("heading", name="What stands in the way")
    expect(reasons).to_be_visible(timeout=PATIENCE_MS)
    coordinator.get_by_role("button", name="Try this as a what-if").first.click()
    coordinator.wait_for_url(re.compile(r"/what-ifs/\d+"), timeout=PATIENCE_MS)


@pytest.mark.usefixtures("planned", "drafted")
@pytest.mark.parametrize(("path", "scheme"), [(PLAN, "dark"), (UNPLACED, "light")])
def test_no_page_of_planning_has_a_serious_barrier(
    site: Site, signed_in: Path, chromium: Browser, path: str, scheme: Any
) -> None:
    context = chromium.new_context(
        base_url=site.address, storage_state=signed_in, color_scheme=scheme
    )
    visit = Visit(context)
    visit.page.add_init_script(path=AXE)
    visit.page.goto(path)
    if "why" in path:
        expect(visit.page.locator(".why-short")).to_be_visible(timeout=PATIENCE_MS)
    found: dict[str, Any] = visit.page.evaluate("axe.run()")
    serious = [
        (violation["id"], [node["html"] for node in violation["nodes"]])
        for violation in found["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]
    leave(context)
    assert serious == []
    assert visit.complaints == []
