"""The sample scenarios that the project brings along, and the best objective of the tiny ones."""

from __future__ import annotations

import json
from pathlib import Path

from scheduler.problem.problem import Problem
from scheduler.problem.scenario_file import load_scenario

FOLDER = Path(__file__).parent.parent / "fixtures" / "samples"

OPTIMUM: dict[str, int] = json.loads((FOLDER / "optimum.json").read_text("utf-8"))
"""Best objective of each tiny sample, found by exhaustive search apart from this project."""


def sample(name: str) -> Problem:
    """Return the problem of a sample scenario."""
    return load_scenario(FOLDER / f"{name}.json")
