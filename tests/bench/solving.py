"""Measurements of the solver: whole processes on scenario files, plans scored by the verifier."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scheduler.outcome import SolveLimits, SolveOutcome
from scheduler.problem.scenario_file import load_scenario
from scheduler.solve import solve
from scheduler.verify import check_plan
from tests.bench.commands import sarangchae
from tests.bench.figures import Figure

FIXTURES = Path("fixtures")
RUNS = 5


def solver_figures(seed: int) -> Iterator[Figure]:
    """Measure what the National AI Research Lab and the samples take."""
    yield from _lab(seed)
    for name in ("small-1", "small-2", "small-3"):
        yield from _search(name, 20, seed, "0 %")
    yield from _search("medium-1", 60, seed, "under 6 %")
    yield from _hub_check()


def _lab(seed: int) -> Iterator[Figure]:
    """Solve the main scenario as a whole process, several times."""
    scenario = str(FIXTURES / "scenarios" / "nairl.yaml")
    seconds, first, statuses = [], [], set()
    for run in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            plan = Path(folder) / "plan.json"
            answer = sarangchae("solve", scenario, "-o", plan, "--seed", str(seed + run), "--json")
        seconds.append(answer.seconds)
        statuses.add(answer.document["status"])
        outcome = solve(load_scenario(Path(scenario)), SolveLimits(seconds=60, seed=seed + run))
        first.append(outcome.report.first_plan_seconds or float("inf"))
    note = f"{RUNS} runs: {min(seconds):.1f} to {max(seconds):.1f}; {', '.join(sorted(statuses))}"
    yield Figure(
        name="nairl.yaml: solve, whole process",
        value=round(statistics.median(seconds), 2),
        unit="s",
        target="5 s, optimal",
        note=note,
    )
    yield Figure(
        name="nairl.yaml: first allowed plan",
        value=round(statistics.median(first), 2),
        unit="s",
        target="2 s",
    )


def _search(name: str, seconds: float, seed: int, target: str) -> Iterator[Figure]:
    problem = load_scenario(FIXTURES / "samples" / f"{name}.json")
    outcome = solve(problem, SolveLimits(seconds=seconds, seed=seed))
    yield _gap_figure(f"{name}: gap within {seconds:.0f} s", outcome, target)
    if outcome.plan is None or check_plan(problem, outcome.plan):
        raise RuntimeError(f"{name}: no verified plan")


def _gap_figure(name: str, outcome: SolveOutcome, target: str) -> Figure:
    gap = outcome.gap
    return Figure(
        name=name,
        value="none" if gap is None else round(100 * gap, 2),
        unit="%",
        target=target,
        note=f"objective {outcome.objective}, bound {outcome.bound}, "
        f"{outcome.report.seconds:.1f} s",
    )


def _hub_check() -> Iterator[Figure]:
    """Check a file of 600 requests as a whole process."""
    scenario = str(FIXTURES / "scenarios" / "ai-innovation-hub.yaml")
    seconds = [sarangchae("check", scenario).seconds for _ in range(RUNS)]
    yield Figure(
        name="600 requests: check, whole process",
        value=round(statistics.median(seconds), 2),
        unit="s",
        target="2 s",
    )
