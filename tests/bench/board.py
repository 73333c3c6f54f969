"""Measurements of the board in Debian's chromium: when it can be used, and how fast it answers."""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.bench.figures import Figure
from tests.bench.scenarios import Scenario
from tests.browser.conftest import ARGUMENTS
from tests.browser.visiting import run_command
from tests.web.served import environment, serving

LOADS = 7
CHECKS = 150
SMALL = 1000
"""Up to so many requests the board has to keep to the targets."""

ASK = """async ([path, count]) => {
  const source = JSON.parse(document.querySelector("[data-board-document]").textContent);
  const token = document.querySelector("meta[name=csrf-token]").content;
  const { request, first, days, zone } = source.stays;
  const start = Date.parse(`${source.first}T00:00:00Z`);
  const iso = (day) => new Date(start + day * 86400000).toISOString().slice(0, 10);
  const took = [];
  for (let at = 0; at < count; at += 1) {
    const stay = Math.floor((request.length * at) / count);
    const id = source.requests.id[request[stay]];
    const day = Math.min(Math.max(0, first[stay] + 7 * ((at % 5) - 2)), source.days - days[stay]);
    const other = source.zones[(zone[stay] + at) % source.zones.length][0];
    const after = { zone: other, first_day: iso(day), last_day: iso(day + days[stay] - 1) };
    const began = performance.now();
    const answer = path === "check"
      ? await fetch(`board/${path}`, {
          method: "POST",
          headers: { "Content-Type": "application/json", "X-CSRFToken": token },
          body: JSON.stringify({ request: id, after }),
        })
      : await fetch(`board/${path}/${id}`);
    await answer.json();
    took.push(performance.now() - began);
  }
  return took;
}"""
"""Asks about so many stays one after another, as a drag does, and says how long each took."""

SCROLL = """async () => {
  const board = document.querySelector("[data-board]");
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const took = [];
  for (let at = 0; at < 60; at += 1) {
    const began = performance.now();
    board.scrollTop = ((board.scrollHeight - board.clientHeight) * at) / 60;
    await frame();
    took.push(performance.now() - began);
  }
  return took;
}"""


def board_figures(scenarios: Sequence[Scenario], seconds: float) -> Iterator[Figure]:
    """Plan scenarios in the seconds given each, and measure their boards."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise RuntimeError("measuring pages needs chromium: apt-get install chromium")
    for scenario in scenarios:
        with tempfile.TemporaryDirectory() as folder:
            there = environment(Path(folder))
            run_command(there, "migrate")
            run_command(there, "seed", scenario.path.absolute())
            run_command(there, "plan", "--quiet", "--seconds", str(seconds))
            with serving(Path(folder)) as served, sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
                page = browser.new_page(base_url=f"http://127.0.0.1:{served.port}")
                page.goto(served.sign_in_path)
                page.locator("main button").click()
                page.wait_for_url("**/programmes/**")
                yield from _figures(scenario.name, page, f"{page.url.partition('?')[0]}/board")
                browser.close()


def _figures(name: str, page: Page, address: str) -> Iterator[Figure]:
    loads = [_load(page, address) for _ in range(LOADS)]
    requests: int = page.evaluate(
        "JSON.parse(document.querySelector('[data-board-document]').textContent).requests.id.length"
    )
    stays: int = page.evaluate(
        "JSON.parse(document.querySelector('[data-board-document]').textContent).stays.first.length"
    )
    small = requests <= SMALL
    yield Figure(
        name=f"{name}: board can be used",
        value=round(statistics.median(loads[1:]), 2),
        unit="s",
        target="1.5 s" if small else None,
        note=f"{requests:,} requests, {stays:,} stays; the first time {loads[0]:.2f} s, "
        f"then {min(loads[1:]):.2f} to {max(loads[1:]):.2f} s",
    )
    for path, what in (("options", "where a stay fits"), ("check", "drag check")):
        yield _answers(name, what, page.evaluate(ASK, [path, CHECKS]), small=small)
    yield _answers(name, "scroll until drawn", page.evaluate(SCROLL), small=False)


def _load(page: Page, address: str) -> float:
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator("body[data-ready]").wait_for(state="attached")
    page.locator(".bar").first.wait_for()
    return time.perf_counter() - began


def _answers(name: str, what: str, took: list[float], *, small: bool) -> Figure:
    later = sorted(took[1:])
    return Figure(
        name=f"{name}: {what}, 95 of 100 within",
        value=round(later[int(0.95 * (len(later) - 1))], 1),
        unit="ms",
        target="100 ms" if small else None,
        note=f"{len(took)} one after another: median {statistics.median(later):.1f} ms, "
        f"the first {took[0]:.0f} ms",
    )
