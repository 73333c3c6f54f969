"""Measurement of the floor plan's slider in Debian's chromium, with 600 requests."""

from __future__ import annotations

import shutil
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.bench.figures import Figure
from tests.browser.conftest import ARGUMENTS
from tests.browser.visiting import run_command
from tests.web.served import environment, serving

HUB = Path("fixtures/scenarios/ai-innovation-hub.yaml")
STEPS = 120
TARGET = "100 ms"

STEP = """(steps) => {
  const slider = document.querySelector("[data-slider]");
  const days = Number(slider.max);
  const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const step = async (day) => {
    const began = performance.now();
    slider.value = day;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await drawn();
    return performance.now() - began;
  };
  return (async () => {
    const found = [];
    for (let at = 0; at < steps; at += 1) {
      found.push(await step(Math.round((days * at) / steps)));
    }
    return found;
  })();
}"""
"""Moves the slider and waits until the browser has drawn the page, so many times."""


def floor_figures(seconds: float) -> Iterator[Figure]:
    """Measure a step of the slider over all floors, and over the floor with the most zones."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise RuntimeError("measuring pages needs chromium: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder:
        there = environment(Path(folder))
        run_command(there, "migrate")
        run_command(there, "seed", HUB.absolute())
        run_command(there, "plan", "--quiet", "--seconds", str(seconds))
        with serving(Path(folder)) as served, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
            page = browser.new_page(base_url=f"http://127.0.0.1:{served.port}")
            page.goto(served.sign_in_path)
            page.locator("main button").click()
            page.wait_for_url("**/programmes/**")
            yield from _figures(page)
            browser.close()


def _figures(page: Page) -> Iterator[Figure]:
    floors = f"{page.url.partition('?')[0]}/floors"
    page.goto(floors)
    yield _figure("all floors", page)
    addresses: list[str] = page.locator("a[data-floor]").evaluate_all(
        """floors => floors
          .sort((a, b) => b.querySelectorAll("[data-zone]").length
            - a.querySelectorAll("[data-zone]").length)
          .map(floor => floor.href)"""
    )
    page.goto(addresses[0])
    yield _figure("one floor with its desks", page)


def _figure(name: str, page: Page) -> Figure:
    found: list[float] = page.evaluate(STEP, STEPS)
    worst = sorted(found)[int(0.95 * (len(found) - 1))]
    zones = page.locator("[data-zone]").count()
    return Figure(
        name=f"floor plan: a step of the slider, {name}",
        value=round(statistics.median(found), 1),
        unit="ms",
        target=TARGET,
        note=f"{len(found)} steps, {zones} zones; 95 of 100 within {worst:.1f} ms until drawn",
    )
