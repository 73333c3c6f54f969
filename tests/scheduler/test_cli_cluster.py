"""Solving on a cluster from the command line, and how a search ends there before its time."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from scheduler.plan_file import load_plan
from tests.builders import make_problem, make_request, make_slot
from tests.commands import run, write_scenario
from tests.samples import FOLDER

TWO_FOR_ONE_PLACE = make_problem(
    slots=(make_slot(places=1),), requests=(make_request("ada"), make_request("bob"))
)


def test_an_address_at_which_nobody_answers_is_refused(tmp_path: Path) -> None:
    scenario = write_scenario(TWO_FOR_ONE_PLACE, tmp_path)

    result = run("solve", scenario, "-o", tmp_path / "plan.json", "--cluster", "nonsense")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "--cluster: no Dask cluster answers at nonsense: missing port number in address "
        "'nonsense'. Check the address, tcp://host:8786 say, and that its scheduler runs: "
        "dask scheduler\n"
    )
    assert not (tmp_path / "plan.json").exists()


def test_without_the_extra_it_is_told_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = write_scenario(TWO_FOR_ONE_PLACE, tmp_path)
    monkeypatch.delitem(sys.modules, "scheduler.executors.cluster", raising=False)
    monkeypatch.setitem(sys.modules, "distributed", None)

    result = run("solve", scenario, "-o", tmp_path / "plan.json", "--cluster", "tcp://here:8786")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "--cluster needs the extra 'cluster', which is not installed; "
        "in Sarangchae's folder: pip install '.[cluster]'\n"
    )


@pytest.mark.parametrize("options", [("--patience", "5"), ("--cluster", "tcp://here:8786")])
def test_what_goes_by_the_clock_cannot_be_reproducible(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    scenario = write_scenario(TWO_FOR_ONE_PLACE, tmp_path)

    result = run("solve", scenario, "-o", tmp_path / "plan.json", "--reproducible", *options)

    assert (result.exit_code, result.stdout, result.stderr) == (
        2,
        "",
        "--reproducible leaves no room for --patience or --cluster; leave one out\n",
    )


@pytest.mark.parametrize("options", [("--gap", "0.9"), ("--patience", "0.1")])
def test_a_search_ends_when_it_is_good_enough_or_gets_no_better(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    output = tmp_path / "plan.json"

    result = run("solve", FOLDER / "medium-1.json", "-o", output, "--seconds", "600", *options)

    assert result.exit_code == 0
    assert load_plan(output).seconds < 600
