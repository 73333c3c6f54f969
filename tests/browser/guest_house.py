"""A small house with one guest, in a year that no clock has reached."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from scheduler.problem.problem import Problem
from scheduler.problem.scenario_file import save_scenario
from tests.browser.visiting import Site
from tests.builders import (
    day,
    make_problem,
    make_programme,
    make_request,
    make_researcher,
    make_slot,
)

YEAR: dict[str, Any] = {"first_day": day("2035-01-01"), "last_day": day("2035-12-30")}


def open_house(site: Site, folder: Path, programme_id: str) -> None:
    """Plan the visit of Ada, whose four weeks begin on Monday, 5 March 2035, and publish it."""
    save_scenario(_house(programme_id), folder / "house.json")
    site.run("seed", folder / "house.json")
    site.run("plan", "--programme", programme_id, "--seconds", "20", "--quiet", "--publish")


def _house(programme_id: str) -> Problem:
    preferred = day("2035-03-05")
    return make_problem(
        programme=make_programme(id=programme_id, name="Guest house", **YEAR),
        slots=(make_slot(**YEAR),),
        researchers=(replace(make_researcher("ada"), name="Ada Byron", email="ada@example.org"),),
        requests=(make_request("ada", **YEAR, min_days=28, preferred_first_day=preferred),),
    )
