"""The floor plan in a browser: the slider says what the server would, plan and list are linked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.visiting import NAIRL, Site, leave

pytestmark = pytest.mark.usefixtures("house")

FLOORS = "/programmes/house/floors"
DATA_CENTRE = f"{FLOORS}/datacentre-1"
DAYS = ("2025-01-06", "2025-03-10", "2025-09-10", "2026-02-10", "2026-12-27")

READ = """() => ({
  zones: [...document.querySelectorAll("[data-zone]")].map((zone) => [
    zone.dataset.zone, [...zone.classList].sort().join(" "),
    zone.querySelector("[data-figures]")?.textContent.trim(),
    zone.querySelector("[data-zone-words]")?.getAttribute("aria-label"),
    [...zone.querySelectorAll("[data-seat]")].map((seat) => [
      seat.getAttribute("class"), seat.getAttribute("aria-label"),
      seat.nextElementSibling.textContent,
    ]),
  ]),
  rows: [...document.querySelectorAll("[data-who]:not([hidden])")].map((row) => row.innerText),
  tags: [...document.querySelectorAll("[data-level], [data-when]")].map(
    (tag) => [tag.className, tag.textContent.trim()],
  ),
  words: [...document.querySelectorAll(
    "[data-total], [data-total-people], [data-row-figures], [data-card-desks], [data-card-area], " +
    "[data-floor-desks], [data-floor-people], [data-day-words]"
  )].map((words) => words.textContent.trim()),
  here: Number.parseFloat(document.querySelector("[data-here]").getAttribute("x1")).toFixed(3),
})"""


@pytest.fixture(scope="module")
def house(site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Plan the main scenario under another name, so that no other test changes it."""
    scenario = tmp_path_factory.mktemp("house") / "house.yaml"
    scenario.write_text(
        NAIRL.read_text(encoding="utf-8").replace("id: nairl\n", "id: house\n", 1), encoding="utf-8"
    )
    site.run("seed", scenario)
    site.run("plan", "--programme", "house", "--quiet")


def choose_day(page: Page, day: str) -> None:
    """Type a day into the field, which moves the slider."""
    page.get_by_role("textbox", name="Day", exact=True).fill(day)
    expect(page).to_have_url(re.compile(f"day={day}"))


@pytest.fixture
def without_scripts(site: Site, signed_in: Path, chromium: Browser) -> Iterator[Page]:
    """Give the coordinator a browser that runs no script of a page."""
    context = chromium.new_context(
        base_url=site.address, storage_state=signed_in, java_script_enabled=False, locale="en-US"
    )
    yield context.new_page()
    leave(context)


@pytest.mark.parametrize("path", [FLOORS, DATA_CENTRE, f"{FLOORS}/main-5", f"{FLOORS}/main-7"])
def test_the_slider_shows_what_the_server_would(
    coordinator: Page, without_scripts: Page, path: str
) -> None:
    coordinator.goto(f"{path}?day=2025-06-02")
    for day in DAYS:
        choose_day(coordinator, day)
        without_scripts.goto(f"{path}?day={day}")
        assert coordinator.evaluate(READ) == without_scripts.evaluate(READ)


def test_without_scripts_the_day_is_sent_as_a_form(without_scripts: Page) -> None:
    without_scripts.goto(f"{DATA_CENTRE}?day=2025-06-02")
    without_scripts.get_by_role("textbox", name="Day", exact=True).fill("2025-09-10")
    without_scripts.get_by_role("button", name="Show").click()
    expect(without_scripts.locator(".day-words").first).to_have_text(
        "Wednesday, September 10, 2025"
    )


def test_keys_move_the_slider_by_days_and_weeks_and_a_reload_keeps_the_day(
    coordinator: Page,
) -> None:
    coordinator.goto(f"{DATA_CENTRE}?day=2025-06-02")
    slider = coordinator.get_by_label("Day of the programme")
    slider.focus()
    for key in ("ArrowRight", "ArrowRight", "PageUp", "PageUp", "PageDown"):
        slider.press(key)
    # Two days and four weeks on.
    expect(slider).to_have_attribute("aria-valuetext", "Wednesday, July 2, 2025")
    coordinator.get_by_role("link", name="A week later").click()
    expect(coordinator).to_have_url(re.compile("day=2025-07-09"))
    coordinator.reload()
    expect(slider).to_have_attribute("aria-valuetext", "Wednesday, July 9, 2025")


def test_playing_goes_through_the_weeks_until_it_is_stopped(coordinator: Page) -> None:
    coordinator.goto(f"{DATA_CENTRE}?day=2025-06-02")
    coordinator.get_by_role("button", name="Play").click()
    expect(coordinator).not_to_have_url(re.compile("day=2025-06-02"))
    coordinator.get_by_role("button", name="Pause").click()
    # From a Monday on, week by week.
    expect(coordinator.locator(".day-words").first).to_have_text(re.compile("^Monday, "))
    expect(coordinator.get_by_role("button", name="Play")).to_be_visible()


def test_a_seat_names_who_sits_there_and_lights_up_the_row(coordinator: Page) -> None:
    coordinator.goto(f"{FLOORS}/main-5?day=2025-09-10")
    seat = coordinator.locator(".seat.stay").first
    seat.focus()
    name = (seat.get_attribute("aria-label") or "").partition(",")[0]
    expect(coordinator.locator("[data-seat-tip]")).to_contain_text(name)
    expect(coordinator.locator("tr.lit")).to_contain_text(name)
    coordinator.get_by_label("Day of the programme").focus()
    expect(coordinator.locator("[data-seat-tip]")).to_be_hidden()
    coordinator.locator("[data-who^=stay]:visible").first.hover()
    expect(coordinator.locator(".seat.lit")).to_have_count(1)


def test_a_zone_chosen_by_keyboard_shows_its_details_and_stays_chosen(coordinator: Page) -> None:
    coordinator.goto(f"{FLOORS}/main-5?day=2025-09-10")
    zone = coordinator.get_by_role("link", name=re.compile("^Scaling studio: "))
    zone.focus()
    coordinator.keyboard.press("Enter")
    card = coordinator.get_by_role("region", name=re.compile("Scaling studio"))
    expect(card).to_contain_text("whiteboards")
    coordinator.reload()
    expect(card).to_be_visible()
    card.get_by_role("link", name="Close").click()
    expect(card).to_be_hidden()


def test_a_floor_is_opened_from_all_floors_on_the_day_that_was_shown(coordinator: Page) -> None:
    coordinator.goto(f"{FLOORS}?day=2025-06-02")
    choose_day(coordinator, "2025-09-10")
    coordinator.locator('[data-floor="main-5"]').click()
    expect(coordinator).to_have_url(re.compile(r"/floors/main-5\?day=2025-09-10"))
    coordinator.get_by_role("link", name="All floors").click()
    expect(coordinator).to_have_url(re.compile(r"/floors\?day=2025-09-10"))


def test_a_drawing_is_downloaded_uploaded_looked_at_and_left(coordinator: Page) -> None:
    coordinator.goto(f"{FLOORS}/main-6/shapes")
    with coordinator.expect_download() as download:
        coordinator.get_by_role("link", name="Download the drawing").click()
    coordinator.get_by_label("SVG, JSON or GeoJSON file").set_input_files(download.value.path())
    coordinator.get_by_role("button", name="Look at it first").click()
    expect(coordinator.get_by_role("heading", level=2).first).to_have_text(
        "This is how the floor would be drawn"
    )
    chosen = coordinator.locator("select").evaluate_all("all => all.map(each => each.value)")
    assert chosen == [
        "m6-naver",
        "m6-posco",
        "m6-lg-electronics",
        "m6-lg-energy",
        "m6-corridor",
        "m6-startups",
        "m6-confidential",
    ]
    coordinator.get_by_role("button", name="Draw the floor like this").click()
    expect(coordinator.get_by_text("The floor has these shapes already")).to_be_visible()
