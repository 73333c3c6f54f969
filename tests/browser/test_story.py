"""A coordinator's half-year from an empty programme to its second release."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import story_import
from tests.browser.story_table import store_programme
from tests.browser.visiting import Site, Visit, run_command, serving
from tests.web.post_office import PostOffice, open_post_office


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    """Run a mail server."""
    with open_post_office() as office:
        yield office


@pytest.fixture
def house(post_office: PostOffice, tmp_path: Path) -> Iterator[Site]:
    """Serve the empty programme from a folder of its own, with the mail server in the settings."""
    environment = {
        **os.environ,
        "SARANGCHAE_DATA": str(tmp_path / "data"),
        "SARANGCHAE_SMTP_HOST": "localhost",
        "SARANGCHAE_SMTP_PORT": str(post_office.port),
        "SARANGCHAE_SMTP_SECURITY": "none",
        "SARANGCHAE_MAIL_FROM": "Residency office <office@lab.example.org>",
        "PYTHONUNBUFFERED": "1",
    }
    store_programme(tmp_path / "programme.json")
    run_command(environment, "migrate")
    run_command(environment, "seed", tmp_path / "programme.json")
    with serving(environment) as site:
        yield site


@pytest.fixture
def page(house: Site, chromium: Browser) -> Iterator[Page]:
    """Give the coordinator's browser; it must not complain about anything."""
    context = chromium.new_context(
        base_url=house.address,
        locale="en-US",
        reduced_motion="reduce",
        viewport={"width": 1400, "height": 1200},
    )
    context.set_default_timeout(15000)
    visit = Visit(context)
    yield visit.page
    context.close()
    assert visit.complaints == []


def test_a_coordinator_imports_plans_repairs_moves_publishes_and_changes(
    page: Page, house: Site, post_office: PostOffice, tmp_path: Path
) -> None:
    story_import.sign_in(page, house)
    story_import.find_nobody(page)
    story_import.read_table(page, tmp_path)
    story_import.see_what_is_wrong(page)
    story_import.mend(page)
    story_import.import_all(page)
    story_import.import_again(page, tmp_path)
    assert post_office.taken == []
