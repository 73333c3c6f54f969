"""How soon there is a plan, and how the cost of the first steps grows with the requests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from tests.bench.commands import module
from tests.bench.compare import Rules, measure
from tests.bench.contender import OURS
from tests.bench.figures import Figure
from tests.bench.scenarios import Scenario

TARGETS = {"hub": "3 s", "federation": "30 s"}
SHARE = 0.2
"""Share of a family's seconds that is enough for a first plan."""


def first_figures(scenarios: Sequence[Scenario], rules: Rules) -> Iterator[Figure]:
    """Measure the first allowed plan of each scenario, its first steps, and how these grow."""
    for scenario in scenarios:
        cell = measure(replace(scenario, seconds=SHARE * scenario.seconds), OURS, rules)
        yield Figure(
            name=f"{scenario.name}: first allowed plan",
            value=cell.first_plan_seconds or "none",
            unit="s",
            target=TARGETS.get(scenario.name.partition("/")[0]),
            note=cell.note,
        )
    curve = [
        (scenario.name, module("tests.bench.steps", scenario.path).document)
        for scenario in scenarios
    ]
    for name, measured in curve:
        yield from _steps(name, measured)
    yield from _growth(curve)


def _steps(name: str, measured: dict[str, Any]) -> Iterator[Figure]:
    requests = measured["requests"]
    for step, cost in measured["steps"].items():
        yield Figure(
            name=f"{name}: {step}",
            value=round(cost["seconds"], 2),
            unit="s",
            note=f"{requests:,} requests, {measured['candidates']:,} candidates; "
            f"{1000 * cost['seconds'] / requests:.2f} ms a request, "
            f"{cost['memory_mib']:,} MiB after",
        )


def _growth(curve: Sequence[tuple[str, dict[str, Any]]]) -> Iterator[Figure]:
    """Compare the cost of a request in the largest scenario with that in the smallest."""
    (small_name, small), *_, (large_name, large) = sorted(
        (curve[0], *curve), key=lambda each: each[1]["requests"]
    )
    for step, cost in large["steps"].items():
        each_large = cost["seconds"] / large["requests"]
        each_small = small["steps"][step]["seconds"] / small["requests"]
        yield Figure(
            name=f"{step}: cost of a request, {large_name} to {small_name}",
            value=round(each_large / max(each_small, 1e-9), 2),
            unit="times",
            target="at most 1",
        )
