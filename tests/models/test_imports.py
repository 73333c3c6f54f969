"""What a feed needs of the memory is light: no scheduler, no solver, no Flask."""

from __future__ import annotations

import subprocess
import sys

import pytest

LIGHT = (
    "models.tables",
    "models.database",
    "models.migrate",
    "models.programme_store",
    "models.release_store",
    "models.link_store",
    "models.access_store",
    "models.run_store",
    "models.answer_store",
    "models.change_request_store",
    "models.settings_store",
)
BRIDGES = ("models.problem_loader", "models.scenario_store", "models.plan_store")


def _loaded_by(module: str) -> set[str]:
    """Return the top packages that importing a module loads, in a fresh interpreter."""
    code = f"import {module}, sys; print(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("module", LIGHT)
def test_stores_of_what_a_feed_needs_know_no_scheduler(module: str) -> None:
    assert _loaded_by(module) & {"scheduler", "ortools", "numpy", "flask", "pydantic"} == set()


@pytest.mark.parametrize("module", BRIDGES)
def test_the_bridges_know_the_problem_and_not_the_solver(module: str) -> None:
    assert _loaded_by(module) & {"scheduler", "ortools", "flask"} == {"scheduler"}
