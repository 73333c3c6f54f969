"""A Dask cluster as an executor: calls come to what they would here, whoever dies there."""

from __future__ import annotations

import json
import math
import os
import signal
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from distributed import LocalCluster

from scheduler.candidates.space import build_space
from scheduler.cpsat.search import Effort
from scheduler.executors.cluster import ClusterExecutor, NoCluster, open_cluster
from scheduler.executors.died import WorkerDied
from scheduler.executors.inline import InlineExecutor
from scheduler.improve.freed import solve_part
from scheduler.improve.search import Search
from scheduler.outcome import SolveLimits
from scheduler.problem.adjustments import Withdraw, adjustments_bytes
from scheduler.run import Run
from scheduler.verify import check_plan
from tests.commands import run, write_scenario
from tests.samples import sample
from tests.stepping import Acting, freed, greedy, started

SECONDS = 60


def cluster_of(workers: int) -> AbstractContextManager[Any]:
    """Return a cluster of some workers, each a process, and no page to look at."""
    cluster: AbstractContextManager[Any] = LocalCluster(  # type: ignore[no-untyped-call]  # Dask's
        n_workers=workers,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
    )
    return cluster


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Give the address of a cluster of two workers."""
    with cluster_of(2) as cluster:
        yield cluster.scheduler_address


def test_calls_run_on_the_workers_of_a_cluster(address: str) -> None:
    with open_cluster(address) as executor:
        futures = [executor.submit(math.factorial, number) for number in range(20)]

        results = [future.result(SECONDS) for future in futures]
        assert results == [math.factorial(number) for number in range(20)]
        assert executor.submit(os.getpid).result(SECONDS) != os.getpid()
        assert isinstance(executor, ClusterExecutor)
        assert executor.workers == 2


def test_whoever_asks_for_the_result_gets_the_error(address: str) -> None:
    with open_cluster(address) as executor, pytest.raises(ValueError, match="math domain error"):
        executor.submit(math.sqrt, -1).result(SECONDS)


def test_a_call_that_is_given_up_is_cancelled(address: str) -> None:
    with open_cluster(address) as executor:
        future = executor.submit(math.factorial, 100_000)

        assert future.cancel()

    assert future.cancelled()


def test_a_part_is_solved_alike_here_and_on_a_cluster(address: str) -> None:
    part = freed(greedy(build_space(sample("small-1"))), range(8)).part
    effort = Effort(seconds=5.0, seed=1, reproducible=True)

    here = InlineExecutor().submit(solve_part, part, effort).result()
    with open_cluster(address) as executor:
        there = executor.submit(solve_part, part, effort).result(SECONDS)

    assert here == there


def test_a_worker_that_is_killed_costs_nothing_but_time(address: str) -> None:
    with open_cluster(address) as executor:
        doomed = executor.submit(os.getpid).result(SECONDS)
        acting = Acting(executor, lambda: os.kill(doomed, signal.SIGKILL))
        run = Run(SolveLimits(seconds=120), should_stop=acting.has_gone_on)
        space = started(sample("medium-1"), run)

        search = Search(space, run, acting)
        search.work()
        search.offer_last()

    assert acting.has_gone_on()
    assert acting.lost == 0
    assert run.ways is not None
    assert check_plan(space.problem, space.plan(run.ways)) == ()


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a scenario, its plan, and that somebody has withdrawn."""
    folder = tmp_path_factory.mktemp("planned")
    problem = sample("small-1")
    scenario = write_scenario(problem, folder)
    assert run("solve", scenario, "-o", folder / "plan.json", "--seconds", "30").exit_code == 0
    withdrawn = adjustments_bytes([Withdraw(request=problem.requests[0].id)])
    (folder / "withdrawn.yaml").write_bytes(withdrawn)
    return folder


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("robustness", ("--samples", "2", "--seed", "1", "--seconds", "1")),
        ("stability", ("--changes", "0,1", "--seconds", "5")),
        ("whatif", ("--seconds", "5")),
        ("replan", ("--seconds", "5")),
    ],
)
def test_commands_come_to_the_same_on_a_cluster(
    address: str, planned: Path, tmp_path: Path, command: str, options: tuple[str, ...]
) -> None:
    adjusted = () if command == "robustness" else (planned / "withdrawn.yaml",)
    output = ("-o", tmp_path / "new.json") if command == "replan" else ()
    files = (planned / "scenario.json", planned / "plan.json", *adjusted)
    arguments = (command, *files, *output, *options, "--json")

    here, there = run(*arguments), run(*arguments, "--cluster", address)

    assert (here.exit_code, there.exit_code) == (0, 0)
    objectives = objectives_in(json.loads(here.stdout))
    assert objectives_in(json.loads(there.stdout)) == objectives != []


def objectives_in(document: Any) -> list[Any]:
    """Return every objective that a document tells, wherever it stands."""
    if isinstance(document, list):
        return [each for item in document for each in objectives_in(item)]
    if not isinstance(document, dict):
        return []
    own = [value for name, value in document.items() if "objective" in name]
    return own + [each for value in document.values() for each in objectives_in(value)]


def test_a_call_that_kills_whoever_takes_it_is_lost(address: str) -> None:
    with open_cluster(address) as executor:
        lost = executor.submit(os._exit, 1)

        assert isinstance(lost.exception(SECONDS), WorkerDied)
        assert executor.submit(abs, -1).result(SECONDS) == 1


def test_a_cluster_without_workers_is_none() -> None:
    with (
        cluster_of(0) as cluster,
        pytest.raises(NoCluster, match="no workers; start some: dask worker tcp://"),
        open_cluster(cluster.scheduler_address),
    ):
        pass


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense", "gopher://here"])
def test_where_nobody_answers_there_is_no_cluster(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr("scheduler.executors.cluster.ANSWER_SECONDS", 0.1)
    message = f"no Dask cluster answers at {address}: .*Check the address"
    with pytest.raises(NoCluster, match=message), open_cluster(address):
        pass
