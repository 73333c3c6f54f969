"""Re-planning after one change, in short time, beside a long solve of the same changed scenario."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from scheduler.plan import Plan
from scheduler.plan_file import load_plan
from scheduler.problem.adjustments import (
    AddRequest,
    AddResearcher,
    Adjustment,
    ChangeWindow,
    CloseZone,
    Withdraw,
    adjustments_bytes,
)
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from scheduler.problem.scenario_file import load_scenario
from scheduler.problem.types import RequestId, ResearcherId
from scheduler.replan.difference import difference
from tests.bench.commands import sarangchae
from tests.bench.figures import Figure
from tests.bench.scenarios import Scenario

REPLAN_SECONDS = 5
FOUR_WEEKS = dt.timedelta(days=28)


def replan_figures(scenario: Scenario, long_seconds: float, seed: int) -> Iterator[Figure]:
    """Plan a scenario, change one thing at a time, and plan anew both ways."""
    with tempfile.TemporaryDirectory() as name:
        plan, change = Path(name) / "plan.json", Path(name) / "change.json"
        limits = ("--seconds", str(scenario.seconds), "--seed", str(seed), "--quiet")
        sarangchae("solve", scenario.path, "-o", plan, *limits)
        problem, before = load_scenario(scenario.path), load_plan(plan).plan
        for what, adjustments in some_changes(problem, before).items():
            change.write_bytes(adjustments_bytes(adjustments))
            words = f"{scenario.name}: {what}"
            yield from _measure(words, scenario.path, plan, change, long_seconds)


def some_changes(problem: Problem, plan: Plan) -> dict[str, tuple[Adjustment, ...]]:
    """Return a withdrawal, a closed zone, a shifted window and a late request.

    They are about a stay in the middle of those that nobody has decided about.
    """
    stay = _middle_stay(problem, plan)
    request = problem.request[stay.request]
    researcher = replace(problem.researcher[request.researcher], id=ResearcherId("late"))
    late = replace(request, id=RequestId("late"), researcher=researcher.id)
    shifted = ChangeWindow(
        request=request.id,
        first_day=request.first_day + FOUR_WEEKS,
        last_day=request.last_day + FOUR_WEEKS,
    )
    closed = CloseZone(zone=stay.zone, first_day=stay.first_day, last_day=stay.last_day)
    return {
        "one withdraws": (Withdraw(request=request.id),),
        "a zone is closed for a stay": (closed,),
        "a window is four weeks later": (shifted,),
        "a late request": (AddResearcher(researcher=researcher), AddRequest(request=late)),
    }


def _middle_stay(problem: Problem, plan: Plan) -> Residency:
    decided = {pin.request for pin in problem.pins}
    free = [
        stay
        for stay in sorted(plan.residencies, key=lambda each: (each.first_day, each.request))
        if stay.request not in decided and not problem.is_frozen(stay)
    ]
    return free[len(free) // 2]


def _measure(
    name: str, scenario: Path, plan: Path, change: Path, long_seconds: float
) -> Iterator[Figure]:
    adjusted, long_plan = change.with_name("adjusted.json"), change.with_name("long.json")
    short = sarangchae(
        *("replan", scenario, plan, change, "--seconds", str(REPLAN_SECONDS)),
        *("--adjusted", adjusted, "--json"),
    )
    limits = ("--seconds", str(long_seconds), "--quiet")
    sarangchae("solve", adjusted, "-o", long_plan, "--start", plan, *limits)
    told, long = load_plan(plan).plan, load_plan(long_plan)
    touched_by_long = difference(load_scenario(adjusted), told, long.plan).touched
    found = short.document
    behind = (long.objective - found["objective"]) / max(1, abs(long.objective))
    yield Figure(
        name=f"{name}: behind a long solve",
        value=round(100 * behind, 2),
        unit="%",
        target="1 %",
        note=f"objective {found['objective']:,} in {REPLAN_SECONDS} s, "
        f"{long.objective:,} in {long_seconds:g} s",
    )
    yield Figure(
        name=f"{name}: people touched",
        value=found["difference"]["touched"],
        unit="",
        target=f"{touched_by_long} by the long solve",
    )
    yield Figure(
        name=f"{name}: whole process", value=round(short.seconds, 2), unit="s", target="5 s"
    )
