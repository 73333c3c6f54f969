"""The board in a browser: drag, drop, tray, undo, pin, keyboard, form, two windows at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from models.database import Database, open_database
from scheduler.problem.problem import Problem
from tests.browser.dragging import bar, drag, label, middle, onto_row, opened, row
from tests.browser.visiting import Site, leave
from tests.builders import (
    day,
    make_event,
    make_problem,
    make_programme,
    make_request,
    make_residency,
    make_zone,
)
from tests.web.laboratory import plan_by_hand, seed

NUMBERS = count(1)
ADA, BOB = make_residency("ada"), make_residency("bob", zone="zone-b")
PHONE = ViewportSize(width=390, height=844)


@pytest.fixture
def database(site: Site) -> Iterator[Database]:
    """Open the server's own database beside it."""
    path = Path(site.environment["SARANGCHAE_DATA"]) / "sarangchae.db"
    opened = open_database(f"sqlite:///{path}", lock_seconds=10.0)
    yield opened
    opened.close()


@pytest.fixture
def lab(database: Database) -> str:
    """Store a programme of its own: three zones with a desk each, two stays, one in the tray."""
    name = f"board-{next(NUMBERS)}"
    problem: Problem = make_problem(
        programme=make_programme(id=name, name=name, today=day("2025-12-01")),
        zones=tuple(make_zone(zone, desks=1) for zone in ("zone-a", "zone-b", "zone-c")),
        events=(make_event("demo", "2026-02-09"),),
        requests=tuple(map(make_request, ("ada", "bob", "eve"))),
    )
    seed(database, problem)
    plan_by_hand(database, problem, ADA, BOB)
    return f"/programmes/{name}/board"


@pytest.fixture
def board(coordinator: Page, lab: str) -> Page:
    """Open the board of a programme of its own."""
    return opened(coordinator, lab)


def test_the_rule_that_would_break_is_named_while_dragging_and_on_drop(board: Page) -> None:
    onto_row(board, "ada", "zone-b")
    bubble = board.locator("[data-bubble]")
    expect(bubble).to_contain_text("Desks and floor space")
    board.mouse.up()
    expect(board.locator("[data-messages]")).to_contain_text("Desks and floor space")
    expect(board.locator("[data-broken-count]")).to_have_text("1 rule is broken")
    expect(bar(board, "bob")).to_have_class(re.compile("is-broken"))
    board.locator("[data-broken] summary").click()
    board.locator("[data-broken] .jump").click()
    expect(board.locator("[data-chosen] .notice.bad")).to_contain_text("zone-b: 2 desks taken of 1")
    board.reload()
    expect(board.locator("[data-broken-count]")).to_have_text("1 rule is broken")


def test_where_a_stay_fits_is_shown_while_it_is_dragged(board: Page) -> None:
    onto_row(board, "ada", "zone-c")
    expect(board.locator(".fits")).to_have_count(3)
    expect(board.locator("[data-bubble]")).to_contain_text("Fits")
    board.mouse.up()
    expect(board.locator(".fits")).to_have_count(0)
    expect(board.locator("[data-said]")).to_contain_text("zone-c")
    assert label(board, "ada") == "ada, Jan 5 - Feb 1, zone-c"


def test_escape_leaves_a_drag_as_if_it_never_was(board: Page) -> None:
    onto_row(board, "ada", "zone-c")
    expect(board.locator(".bar.ghost")).to_be_visible()
    board.keyboard.press("Escape")
    expect(board.locator(".bar.ghost")).to_have_count(0)
    board.mouse.up()
    assert label(board, "ada") == "ada, Jan 5 - Feb 1, zone-a"


def test_a_stay_goes_into_the_tray_and_back_onto_a_row(board: Page) -> None:
    drag(board, bar(board, "ada"), *middle(board.locator("[data-tray]")))
    board.mouse.up()
    expect(bar(board, "ada")).to_have_count(0)
    expect(board.locator("[data-tray-count]")).to_have_text("2")
    card = board.locator(".tray-card", has_text="ada")
    x, _ = middle(bar(board, "bob"))
    _, y = middle(row(board, "zone-c"))
    drag(board, card, x, y)
    expect(board.locator("[data-bubble]")).to_contain_text("Fits")
    board.mouse.up()
    expect(board.locator("[data-tray-count]")).to_have_text("1")
    expect(bar(board, "ada")).to_have_attribute("aria-label", re.compile("zone-c"))


def test_a_stay_is_made_shorter_at_its_end(board: Page) -> None:
    box = bar(board, "ada").bounding_box()
    assert box is not None
    week = box["width"] / 4
    y = box["y"] + box["height"] / 2
    board.mouse.move(box["x"] + box["width"] - 2, y)
    board.mouse.down()
    board.mouse.move(box["x"] + box["width"] - 2 - week, y, steps=5)
    expect(board.locator("[data-bubble]")).to_contain_text("Fits")
    board.mouse.up()
    expect(board.locator("[data-messages]")).to_contain_text("points")
    assert label(board, "ada") == "ada, Jan 5 - Jan 25, zone-a".replace(
        "Jan 5 - Jan 25", "Jan 5 - 25"
    )


def test_undo_and_redo_say_what_they_did(board: Page) -> None:
    onto_row(board, "ada", "zone-c")
    board.mouse.up()
    expect(board.locator("[data-messages]")).to_contain_text("zone-c")
    bar(board, "bob").click()
    board.keyboard.press("Control+z")
    expect(board.locator("[data-messages]")).to_contain_text("Undone. ada moved")
    expect(bar(board, "ada")).to_have_attribute("aria-label", re.compile("zone-a"))
    board.keyboard.press("Control+Shift+z")
    expect(board.locator("[data-messages]")).to_contain_text("Redone. ada moved")
    expect(bar(board, "ada")).to_have_attribute("aria-label", re.compile("zone-c"))
    expect(board.get_by_role("button", name="Redo")).to_be_disabled()


def test_a_pinned_stay_is_marked_and_moving_it_breaks_the_pin(board: Page) -> None:
    bar(board, "ada").click()
    expect(board.locator("[data-chosen] h2")).to_have_text("ada")
    board.get_by_role("button", name="Zone", exact=True).click()
    expect(bar(board, "ada")).to_have_class(re.compile("is-pinned"))
    expect(board.get_by_role("button", name="Zone", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    onto_row(board, "ada", "zone-c")
    expect(board.locator("[data-bubble]")).to_contain_text("Pinned by the office")
    board.keyboard.press("Escape")
    board.mouse.up()
    bar(board, "ada").focus()
    board.keyboard.press("p")
    expect(board.locator("[data-messages]")).to_contain_text("ada is not pinned any more")
    expect(bar(board, "ada")).not_to_have_class(re.compile("is-pinned"))


def test_a_stay_is_chosen_moved_and_taken_out_with_keys_alone(board: Page) -> None:
    bar(board, "ada").focus()
    expect(board.locator("[data-chosen] h2")).to_have_text("ada")
    board.keyboard.press("ArrowDown")
    expect(board.locator("[data-chosen] h2")).to_have_text("bob")
    expect(bar(board, "bob")).to_be_focused()
    board.keyboard.press("Alt+Shift+ArrowRight")
    expect(board.locator("[data-messages]")).to_contain_text("bob: Jan 12")
    board.keyboard.press("Alt+ArrowDown")
    expect(bar(board, "bob")).to_have_attribute("aria-label", re.compile("zone-c"))
    expect(board.locator("[data-messages]")).to_contain_text("zone-c")
    expect(bar(board, "bob")).to_be_focused()
    board.keyboard.press("Delete")
    expect(board.locator("[data-tray-count]")).to_have_text("2")
    expect(board.locator("[data-broken]")).to_be_hidden()


def test_the_keys_are_explained(board: Page) -> None:
    board.keyboard.press("?")
    expect(board.get_by_role("dialog", name="Keys and gestures")).to_be_visible()
    board.keyboard.press("Escape")
    expect(board.get_by_role("dialog", name="Keys and gestures")).to_be_hidden()


def test_the_form_offers_what_fits_and_says_at_once_what_does_not(board: Page) -> None:
    board.locator(".tray-card", has_text="eve").click()
    form = board.locator("[data-move-form]")
    expect(form.locator("[data-arrivals] option").nth(1)).to_be_attached()
    form.get_by_label("Days that fit").select_option(index=1)
    expect(board.locator("[data-verdict]")).to_contain_text("No rule is broken.")
    form.get_by_label("Zone").select_option("zone-b")
    expect(board.locator("[data-verdict]")).to_contain_text("Desks and floor space")
    expect(form.locator("select[name=zone] optgroup").first).to_have_attribute("label", "Fits")
    form.get_by_label("Zone").select_option("zone-c")
    expect(board.locator("[data-verdict]")).to_contain_text("No rule is broken.")
    form.get_by_role("button", name="Place").click()
    expect(board.locator("[data-tray-count]")).to_have_text("0")
    assert label(board, "eve") == "eve, Jan 5 - Feb 1, zone-c"


def test_what_somebody_else_moves_appears_and_is_not_overwritten(board: Page, lab: str) -> None:
    other = opened(board.context.new_page(), lab)
    onto_row(other, "ada", "zone-c")
    other.mouse.up()
    expect(other.locator("[data-messages]")).to_contain_text("zone-c")
    other.close()
    expect(board.locator("[data-messages]")).to_contain_text("ada was moved by somebody else")
    expect(bar(board, "ada")).to_have_attribute("aria-label", re.compile("zone-c"))


def test_what_is_typed_stays_while_somebody_else_moves_a_stay(board: Page, lab: str) -> None:
    bar(board, "ada").click()
    arrival = board.locator("[data-move-form]").get_by_label("First day")
    arrival.fill("2026-01-12")
    other = opened(board.context.new_page(), lab)
    onto_row(other, "bob", "zone-c")
    other.mouse.up()
    expect(other.locator("[data-messages]")).to_contain_text("zone-c")
    other.close()
    expect(board.locator("[data-messages]")).to_contain_text("bob was moved by somebody else")
    expect(arrival).to_have_value("2026-01-12")


def test_who_moves_what_was_just_moved_elsewhere_is_told(
    site: Site, signed_in: Path, chromium: Browser, lab: str
) -> None:
    context = chromium.new_context(
        base_url=site.address, storage_state=signed_in, locale="en-US", reduced_motion="reduce"
    )
    board, other = opened(context.new_page(), lab), opened(context.new_page(), lab)
    board.route("**/board/changes*", lambda route: route.abort())
    bar(other, "ada").focus()
    other.keyboard.press("Alt+Shift+ArrowRight")
    expect(other.locator("[data-messages]")).to_contain_text("ada: Jan 12")
    board.unroute("**/board/changes*")
    box = bar(board, "ada").bounding_box()
    assert box is not None
    drag(board, bar(board, "ada"), box["x"] + box["width"] * 1.5, middle(bar(board, "ada"))[1])
    board.mouse.up()
    expect(board.locator("[data-messages]")).to_contain_text(
        re.compile("Somebody else has moved ada meanwhile|ada was moved by somebody else")
    )
    expect(bar(board, "ada")).to_have_attribute("aria-label", re.compile("Jan 12"))
    leave(context)


def test_rows_and_colours_change_without_loading_the_page_again(board: Page) -> None:
    board.evaluate("window.stillHere = true")
    board.get_by_role("link", name="Researcher", exact=True).click()
    expect(board.locator(".row-label")).to_contain_text(["ada", "bob"])
    board.get_by_label("Colours").select_option("country")
    expect(board.get_by_role("list", name="Legend")).to_contain_text("Canada")
    assert board.evaluate("window.stillHere")
    board.reload()
    expect(board.locator(".row-label")).to_contain_text(["ada", "bob"])


def test_a_stay_is_found_by_name_and_by_its_address(board: Page, lab: str) -> None:
    board.get_by_role("combobox", name="Find a stay").fill("bob")
    board.keyboard.press("Enter")
    expect(board.locator("[data-chosen] h2")).to_have_text("bob")
    opened(board, f"{lab}?request=ada")
    expect(board.locator("[data-chosen] h2")).to_have_text("ada")
    expect(bar(board, "ada")).to_have_class(re.compile("is-chosen"))


def test_zooming_shows_days_and_comes_back(board: Page) -> None:
    tuesday = board.locator(".mark.minor", has_text=re.compile("^13$"))
    expect(board.locator(".mark.minor").first).to_be_visible()
    expect(tuesday).to_have_count(0)
    for _ in range(4):
        board.get_by_role("button", name="Zoom in").click()
    expect(tuesday.first).to_be_attached()
    board.get_by_role("button", name="Whole programme").click()
    expect(tuesday).to_have_count(0)


def test_on_a_phone_the_table_is_read_and_the_form_moves(
    site: Site, signed_in: Path, chromium: Browser, lab: str
) -> None:
    context = chromium.new_context(
        base_url=site.address, storage_state=signed_in, locale="en-US", viewport=PHONE
    )
    page = opened(context.new_page(), lab)
    expect(page.locator("[data-board]")).to_be_hidden()
    page.locator("[data-as-table]").get_by_role("link", name="ada").click()
    expect(page.locator("body[data-ready]")).to_be_attached()
    form = page.locator("[data-move-form]")
    expect(form.locator("[data-arrivals] option").nth(1)).to_be_attached()
    form.get_by_label("Zone").select_option("zone-c")
    expect(page.locator("[data-verdict]")).to_contain_text("No rule is broken.")
    form.get_by_role("button", name="Move").click()
    expect(page.locator("[data-chosen] dl").first).to_contain_text("zone-c")
    leave(context)
