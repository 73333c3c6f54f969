"""What explaining one request takes, as a whole process."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scheduler.plan_file import load_plan
from tests.bench.commands import sarangchae
from tests.bench.figures import Figure
from tests.bench.scenarios import Scenario

ASKED = 7
"""Unplaced requests that are explained, spread over all of them."""


def explain_figures(scenario: Scenario, seconds: float, seed: int) -> Iterator[Figure]:
    """Plan a scenario, then explain some of the requests that are left unplaced."""
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder) / "plan.json"
        limits = ("--seconds", str(seconds), "--seed", str(seed), "--quiet")
        sarangchae("solve", scenario.path, "-o", plan, *limits)
        unplaced = [each.request for each in load_plan(plan).unplaced]
        asked = unplaced[:: max(1, len(unplaced) // ASKED)][:ASKED]
        answers = [sarangchae("explain", scenario.path, plan, each, "--json") for each in asked]
    took = [answer.seconds for answer in answers]
    repairs = [len(answer.document["repairs"]) for answer in answers]
    yield Figure(
        name=f"{scenario.name}: explain an unplaced request, whole process",
        value=round(statistics.median(took), 2),
        unit="s",
        target="3 s",
        note=f"{len(took)} requests: {min(took):.1f} to {max(took):.1f} s; "
        f"repairs: {', '.join(str(count) for count in repairs)}",
    )
