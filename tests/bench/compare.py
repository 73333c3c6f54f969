"""Contenders side by side: each alone on the machine, each plan scored by the verifier."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.scenario_file import load_scenario
from scheduler.verify import check_plan, score_plan
from tests.bench.cells import Cell
from tests.bench.contender import PEERS, READY, Found, read_found
from tests.bench.processes import Done, run_watched
from tests.bench.scenarios import Scenario

MOST_GIB = 8.0
"""Memory that a peer may ask for."""

GRACE = 1.25
GRACE_SECONDS = 10.0
"""A contender is stopped after so many times its seconds and so many more: some look late at the
clock, and what they found by then is theirs."""

OUT_OF_MEMORY = ("MemoryError", "bad_alloc", "Cannot allocate memory", "out of memory")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What is the same for all contenders of a comparison."""

    workers: int = 2
    seed: int = 0
    memory_gib: float = MOST_GIB


def measure(scenario: Scenario, contender: str, rules: Rules) -> Cell:
    """Return what a contender comes to on a scenario, in a process of its own."""
    found, done = run_contender(scenario, contender, rules)
    cell = Cell(
        scenario=scenario.name,
        seconds=scenario.seconds,
        contender=contender,
        memory_mib=done.memory_mib,
        when=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
    )
    return judge(cell, load_scenario(scenario.path), found, done)


def run_contender(scenario: Scenario, contender: str, rules: Rules) -> tuple[Found | None, Done]:
    """Return what a contender found, if anything, and how its process ended."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        done = run_watched(
            _command(scenario, contender, rules, folder),
            must_stop=_deadline(folder / READY, scenario.seconds),
        )
        return read_found(folder), done


def _command(scenario: Scenario, contender: str, rules: Rules, folder: Path) -> list[str]:
    command = [sys.executable, "-m", "tests.bench.contender", contender]
    command += [str(scenario.path), str(folder), "--seconds", str(scenario.seconds)]
    command += ["--workers", str(rules.workers), "--seed", str(rules.seed)]
    if contender in PEERS:
        command += ["--memory", str(rules.memory_gib)]
    return command


def _deadline(ready: Path, seconds: float) -> Callable[[], bool]:
    """Return whether a contender has had its time, counted from when it has read the scenario."""
    began: list[float] = []

    def must_stop() -> bool:
        if not began and ready.exists():
            began.append(time.monotonic())
        return bool(began) and time.monotonic() - began[0] > GRACE * seconds + GRACE_SECONDS

    return must_stop


def judge(cell: Cell, problem: Problem, found: Found | None, done: Done) -> Cell:
    """Return a cell with the best of the plans that were found and that are allowed."""
    note = _trouble(done)
    if found is None:
        return replace(cell, note=note or "no plan")
    cell = replace(cell, took_seconds=round(found.seconds, 2), bound=found.bound, note=note)
    plans = [plan for plan in found.plans if not check_plan(problem, plan)]
    if not plans:
        return replace(cell, note=note or _breach(problem, found.plans))
    objectives = [sum(score_plan(problem, plan).values()) for plan in plans]
    best = max(range(len(plans)), key=lambda place: objectives[place])
    first = found.first_plan_seconds
    return replace(
        cell,
        objective=objectives[best],
        placed=len(plans[best].residencies),
        first_plan_seconds=None if first is None else round(first, 2),
    )


def _trouble(done: Done) -> str:
    """Say why a contender did not end by itself, or nothing."""
    if done.was_stopped:
        return "stopped late"
    if done.exit_status == 0:
        return ""
    if any(words in done.errors for words in OUT_OF_MEMORY):
        return "out of memory"
    last = done.errors.strip().splitlines()[-1:] or [f"exit status {done.exit_status}"]
    return f"failed: {last[0]}"


def _breach(problem: Problem, plans: tuple[Plan, ...]) -> str:
    for plan in plans:
        return f"breaks {check_plan(problem, plan)[0].rule}"
    return "no plan"
