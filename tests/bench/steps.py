"""The first steps of a solve, one after the other: ``python -m tests.bench.steps SCENARIO``."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
import numpy as np

from scheduler.bound.beside import HUGE
from scheduler.bound.layout import Layout
from scheduler.bound.market import Market
from scheduler.bound.thin import keep_some, thin_space
from scheduler.candidates.space import Space, build_space
from scheduler.improve.greedy import greedy_plans
from scheduler.problem.scenario_file import load_scenario

ResultT = TypeVar("ResultT")


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path, exists=True))
def main(scenario: Path) -> None:
    """Print the seconds of each step, and the memory after it."""
    steps: dict[str, dict[str, Any]] = {}

    def timed(name: str, step: Callable[[], ResultT]) -> ResultT:
        began = time.perf_counter()
        result = step()
        seconds = round(time.perf_counter() - began, 3)
        steps[name] = {"seconds": seconds, "memory_mib": round(memory_mib(), 1)}
        return result

    problem = timed("read the file", lambda: load_scenario(scenario))
    space = timed("build candidates and resources", lambda: build_space(problem))
    timed("first plan", lambda: next(greedy_plans(space)))
    market = timed("build the market of prices", lambda: _market(space))
    timed("one round of bound", lambda: market.price(market.layout.no_prices()))
    sizes = {"requests": len(problem.submitted), "candidates": space.size}
    click.echo(json.dumps({**sizes, "steps": steps}))


def _market(space: Space) -> Market:
    """Return the market that a solve begins with: of a huge space, one of some candidates."""
    if space.size <= HUGE:
        return Market(space)
    generator = np.random.default_rng(0)
    kept = [keep_some(each, generator) for each in space.candidates]
    return Market(thin_space(space, kept), Layout(space))


def memory_mib() -> float:
    """Return the memory that this process has now."""
    lines = Path("/proc/self/status").read_text().splitlines()
    [resident] = [line for line in lines if line.startswith("VmRSS:")]
    return int(resident.split()[1]) / 1024


if __name__ == "__main__":
    main()
