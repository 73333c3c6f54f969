"""A coordinator's year of visits, from an empty programme to the second release."""

from __future__ import annotations

import os
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import story_board, story_change, story_import, story_plan, story_release
from tests.browser.story_release import readers_of, stays_of
from tests.browser.story_table import UNPLACED, address_of, language_of, name_of, store_programme
from tests.browser.visiting import Site, Visit, leave, run_command, serving
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
    visit = Visit(context)
    yield visit.page
    leave(context)
    assert visit.complaints == []


def test_a_coordinator_plans_publishes_and_changes_a_year_of_visits(
    page: Page, house: Site, post_office: PostOffice, tmp_path: Path
) -> None:
    story_import.sign_in(page, house)
    import_sixty(page, tmp_path)
    story_plan.plan_everybody(page)
    try_two_ideas(page)
    move_by_hand(page)
    first = [name_of(number) for number in range(1, 61) if number not in UNPLACED]

    story_release.prepare(page, 1, new=len(first))
    story_release.publish(page, 1, "First round")
    story_release.read_mail(page, 4, "Dana Adler", "2053")
    assert post_office.taken == []
    story_release.send_all(page, len(first))
    check_first_mails(post_office.taken)

    post_office.taken.clear()
    newcomer, first_day = change(page)
    story_release.prepare(page, 2, new=1, moved=1, cancelled=2, unchanged=len(first) - 3)
    story_release.publish(page, 2, "Two have withdrawn")
    story_release.send_all(page, 4)
    check_second_mails(post_office.taken, newcomer, first_day)
    story_change.read_changelog(page, newcomer)
    story_change.read_history(page, newcomer)


def import_sixty(page: Page, folder: Path) -> None:
    story_import.find_nobody(page)
    story_import.read_table(page, folder)
    story_import.see_what_is_wrong(page)
    story_import.leave_and_come_back(page)
    story_import.mend(page)
    story_import.import_all(page)
    story_import.import_again(page, folder)


def try_two_ideas(page: Page) -> None:
    story_plan.ask_why(page)
    story_plan.try_repair(page)
    story_plan.try_own_idea(page)
    story_plan.compare_both(page)


def move_by_hand(page: Page) -> None:
    story_board.open_board(page)
    story_board.drag_into_closed_zone(page)
    story_board.undo(page)
    story_board.drag_where_it_fits(page)
    story_board.pin_days_and_zone(page)


def change(page: Page) -> tuple[str, str]:
    story_change.withdraw(page)
    newcomer = story_change.take_one_of_two(page)
    return newcomer, story_change.move(page)


def check_first_mails(mails: list[EmailMessage]) -> None:
    assert readers_of(mails) == {
        address_of(number): language_of(number) for number in range(1, 61) if number not in UNPLACED
    }
    assert {len(stays_of(mail)) for mail in mails} == {1}
    (dana,) = (mail for mail in mails if address_of(4) in mail["To"])
    assert stays_of(dana) == [("2053-04-07", "CONFIRMED")]


def check_second_mails(mails: list[EmailMessage], newcomer: str, first_day: str) -> None:
    told = {mail["To"].addresses[0].display_name: stays_of(mail) for mail in mails}
    assert told == {
        **{name_of(number): [("2053-04-07", "CANCELLED")] for number in story_change.WITHDRAWN},
        name_of(story_change.MOVED): [(first_day, "CONFIRMED")],
        newcomer: [("2053-04-07", "CONFIRMED")],
    }
