"""Two Dask workers beside the process pool, in turns: which is sooner at the same objective."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from tests.bench.compare import Rules, run_contender
from tests.bench.contender import CLUSTER, OURS, Found
from tests.bench.figures import Figure
from tests.bench.scenarios import Scenario


def cluster_figures(scenario: Scenario, turns: int, rules: Rules) -> Iterator[Figure]:
    """Solve a scenario in turns on the pool and on a cluster of its own on this machine."""
    found: dict[str, list[Found]] = {OURS: [], CLUSTER: []}
    for _ in range(turns):
        for contender, runs in found.items():
            runs.append(_run(scenario, contender, rules))
    target = min(run.incumbents[-1].objective for runs in found.values() for run in runs)
    seconds = {
        contender: statistics.median(run.seconds_to(target) for run in runs)
        for contender, runs in found.items()
    }
    objectives = {
        contender: statistics.median(run.incumbents[-1].objective for run in runs)
        for contender, runs in found.items()
    }
    yield Figure(
        name=f"{scenario.name}: cluster against pool, seconds to the same objective",
        value=round(100 * (seconds[CLUSTER] / seconds[OURS] - 1), 1),
        unit="% slower",
        target="at most 15",
        note=f"{turns} turns to {target:,}: {seconds[OURS]:.1f} s pool, "
        f"{seconds[CLUSTER]:.1f} s cluster",
    )
    yield Figure(
        name=f"{scenario.name}: cluster against pool, objective in equal time",
        value=round(100 * (1 - objectives[CLUSTER] / objectives[OURS]), 2),
        unit="% less",
        note=f"{scenario.seconds:g} s: {objectives[OURS]:,.0f} pool, "
        f"{objectives[CLUSTER]:,.0f} cluster",
    )


def _run(scenario: Scenario, contender: str, rules: Rules) -> Found:
    found, done = run_contender(scenario, contender, rules)
    if found is None or not found.incumbents:
        raise RuntimeError(f"{contender} found nothing: {done.errors}")
    return found
