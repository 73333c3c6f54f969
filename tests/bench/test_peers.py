"""The peers know all rules and terms: their plans are allowed, the exact ones reach the optimum."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.verify import check_plan, score_plan
from tests.bench import peers
from tests.bench.contender import contend
from tests.samples import FOLDER, OPTIMUM, sample


def objective_of(problem: Problem, plan: Plan) -> int:
    """Return what an allowed plan is worth."""
    assert check_plan(problem, plan) == ()
    return sum(score_plan(problem, plan).values())


@pytest.fixture(scope="module")
def other_process() -> Iterator[Executor]:
    """Return a process without OR-Tools, which HiGHS does not go together with."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        yield executor


@pytest.mark.parametrize("name", OPTIMUM)
def test_greedy_makes_an_allowed_plan_that_is_no_better_than_the_best(
    name: str, tmp_path: Path
) -> None:
    [plan] = contend("greedy", FOLDER / f"{name}.json", tmp_path, seconds=60)

    assert objective_of(sample(name), plan) <= OPTIMUM[name]


@pytest.mark.parametrize("contender", ["cpsat", "cpsat-hint"])
@pytest.mark.parametrize("name", OPTIMUM)
def test_the_plain_model_reaches_the_optimum(contender: str, name: str, tmp_path: Path) -> None:
    *_, plan = contend(contender, FOLDER / f"{name}.json", tmp_path, seconds=60, workers=1)

    assert objective_of(sample(name), plan) == OPTIMUM[name]


@pytest.mark.parametrize("name", OPTIMUM)
def test_highs_reaches_the_optimum(name: str, tmp_path: Path, other_process: Executor) -> None:
    asked = other_process.submit(
        contend, "highs", FOLDER / f"{name}.json", tmp_path, seconds=60, workers=1
    )
    *_, plan = asked.result()

    assert objective_of(sample(name), plan) == OPTIMUM[name]


def test_the_peers_know_nothing_of_our_search() -> None:
    known = set()
    for path in Path(peers.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module is not None:
                known.add(".".join(node.module.split(".")[:2]))

    assert {name for name in known if name.startswith("scheduler")} == {
        "scheduler.plan",
        "scheduler.problem",
    }
