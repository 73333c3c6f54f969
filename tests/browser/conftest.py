"""A real server with a real browser before it; both write to a folder of their own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.visiting import NAIRL, PATIENCE_MS, Site, Visit, leave, run_command, serving

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


expect.set_options(timeout=PATIENCE_MS)
"""A page that is slow is waited for: how fast it is, the benchmark says."""

LONGEST = ("test_every_page.py", "test_story.py", "test_coordinator.py", "test_planning.py")
"""The files that begin first, so that of two who work neither waits for the other in the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder, and put the longest files first."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
    items.sort(key=lambda item: LONGEST.index(name) if (name := item.path.name) in LONGEST else 99)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the main scenario and a larger invented one on a free port."""
    folder = tmp_path_factory.mktemp("site")
    environment = {**os.environ, "SARANGCHAE_DATA": str(folder / "data"), "PYTHONUNBUFFERED": "1"}
    medium = folder / "medium.json"
    run_command(environment, "sample", "medium", "--seed", "1", "-o", medium)
    run_command(environment, "migrate")
    run_command(environment, "seed", NAIRL)
    run_command(environment, "seed", medium)
    with serving(environment) as served:
        yield served


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start Debian's chromium."""
    path = shutil.which("chromium")
    assert path is not None, "the browser tests need chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def signed_in(site: Site, chromium: Browser) -> Path:
    """Sign in by the link that the server printed; return the file with the session."""
    state = Path(site.environment["SARANGCHAE_DATA"]) / "browser.json"
    context = chromium.new_context(base_url=site.address, locale="en-US")
    page = context.new_page()
    page.goto(site.sign_in_link)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Programmes")
    context.storage_state(path=state)
    leave(context)
    return state


@pytest.fixture(scope="session")
def planned(site: Site) -> None:
    """Plan the main scenario, and publish it."""
    site.run("plan", "--programme", "nairl", "--seconds", "60", "--quiet", "--publish")


@pytest.fixture
def coordinator(site: Site, signed_in: Path, chromium: Browser) -> Iterator[Page]:
    """Give the coordinator's browser; it must not complain about anything."""
    context = chromium.new_context(
        base_url=site.address, storage_state=signed_in, locale="en-US", reduced_motion="reduce"
    )
    visit = Visit(context)
    yield visit.page
    leave(context)
    assert visit.complaints == []


@pytest.fixture
def stranger(site: Site, chromium: Browser) -> Iterator[Page]:
    """Give a browser in which nobody has signed in."""
    context = chromium.new_context(base_url=site.address, locale="en-US")
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    leave(context)
