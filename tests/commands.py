"""The scheduler's commands as tests call them: in this process, and in one of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from scheduler.cli import COMMANDS, build_group
from scheduler.outcome import Status
from scheduler.plan import Plan, Unplaced
from scheduler.plan_file import PlanFile
from scheduler.problem.problem import Problem
from scheduler.problem.scenario_file import scenario_bytes, sha256_of
from scheduler.verify import score_plan


def run(*arguments: str | Path) -> Result:
    """Return how a command ended in this process, where an error of ours is not hidden."""
    group = build_group(COMMANDS)
    return CliRunner().invoke(group, [str(each) for each in arguments], catch_exceptions=False)


def command_line(*arguments: str | Path) -> list[str]:
    """Return a command for a process of its own."""
    return [sys.executable, "-W", "error", "-m", "scheduler.cli", *map(str, arguments)]


def run_process(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Return how a command ended as a process, its output piped."""
    return subprocess.run(
        command_line(*arguments), capture_output=True, text=True, check=False, timeout=120
    )


def write_scenario(problem: Problem, folder: Path) -> Path:
    """Write a problem as ``scenario.json`` into a folder."""
    path = folder / "scenario.json"
    path.write_bytes(scenario_bytes(problem))
    return path


def true_claims(problem: Problem, plan: Plan) -> PlanFile:
    """Return a plan file for the problem's own bytes that claims the plan to be optimal."""
    terms = score_plan(problem, plan)
    left = [request for request in problem.submitted if request.id not in plan.by_request]
    return PlanFile(
        scenario=problem.programme.id,
        scenario_sha256=sha256_of(scenario_bytes(problem)),
        status=Status.OPTIMAL,
        objective=sum(terms.values()),
        bound=sum(terms.values()),
        terms=terms,
        seconds=0.5,
        seed=0,
        version="0.1.0",
        plan=plan,
        unplaced=tuple(Unplaced(request=request.id) for request in left),
    )
