"""``sarangchae solve``: a plan file written whole, or a clear message and nothing written."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
from pathlib import Path

import pytest

from scheduler.plan_file import load_plan, save_plan
from scheduler.problem.problem import Problem
from scheduler.problem.scenario_file import save_scenario, sha256_of
from scheduler.problem.types import ZoneId
from scheduler.sample import Family, sample
from tests.builders import day, make_pin, make_plan, make_problem, make_request, make_residency
from tests.commands import command_line, run, run_process, true_claims, write_scenario

ADA_AND_BOB = make_problem(requests=(make_request("ada"), make_request("bob")))
QUICK = ("--seconds", "10", "--workers", "1")


def solve(problem: Problem, folder: Path, *options: str) -> tuple[int, str, str]:
    """Return how solve ends and what it prints on either stream, names of folders left out."""
    scenario = write_scenario(problem, folder)
    result = run("solve", scenario, "-o", folder / "plan.json", *QUICK, *options)
    return (
        result.exit_code,
        result.stdout.replace(f"{folder}/", ""),
        result.stderr.replace(f"{folder}/", ""),
    )


def test_a_plan_file_says_what_was_reached_and_verifies(tmp_path: Path) -> None:
    code, _, errors = solve(ADA_AND_BOB, tmp_path, "--seed", "5")

    assert (code, errors) == (0, "")
    plan_file = load_plan(tmp_path / "plan.json")
    assert plan_file.scenario == "lab"
    assert plan_file.scenario_sha256 == sha256_of((tmp_path / "scenario.json").read_bytes())
    assert (plan_file.status, plan_file.objective, plan_file.bound) == ("optimal", 6000, 6000)
    assert plan_file.seed == 5
    assert set(plan_file.plan.by_request) == {"ada", "bob"}
    assert run("verify", tmp_path / "scenario.json", tmp_path / "plan.json").exit_code == 0


def test_piped_output_is_plain_lines_and_ends_with_the_result(tmp_path: Path) -> None:
    scenario = write_scenario(ADA_AND_BOB, tmp_path)

    ended = run_process("solve", scenario, "-o", tmp_path / "plan.json", *QUICK)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert "\x1b" not in ended.stdout
    *progress, result, placed = ended.stdout.splitlines()
    shape = r" +\d+\.\d s  (no plan yet, bound [\d,]+|best [\d,]+, bound [\d,]+, gap \d+\.\d\d%)"
    assert [line for line in progress if not re.fullmatch(shape, line)] == []
    assert result.startswith(
        f"{tmp_path / 'plan.json'}: 2 of 2 requests placed, objective 6,000, bound 6,000, "
        "proven optimal, "
    )
    assert placed.split() == ["placed", "6,000"]


def test_the_first_twenty_left_unplaced_are_printed(tmp_path: Path) -> None:
    requests = tuple(make_request(f"r{number:02}", zones=()) for number in range(25))

    code, output, _ = solve(make_problem(requests=requests), tmp_path)

    lines = output.splitlines()
    assert code == 0
    assert lines[-1] == "  and 5 more; plan.json has them all"
    assert [line.split()[1] for line in lines[-21:-1]] == [f"r{number:02}" for number in range(20)]


def test_quiet_says_nothing(tmp_path: Path) -> None:
    assert solve(ADA_AND_BOB, tmp_path, "--quiet") == (0, "", "")


def test_programs_get_json_alone(tmp_path: Path) -> None:
    code, output, _ = solve(ADA_AND_BOB, tmp_path, "--json", "--quiet")

    told = json.loads(output)
    assert code == 0
    assert told.pop("seconds") >= 0
    assert told.pop("terms")["placed"] == 6000
    assert told == {
        "status": "optimal",
        "objective": 6000,
        "bound": 6000,
        "gap": 0.0,
        "placed": 2,
        "unplaced": [],
        "stopped": False,
        "output": "plan.json",
    }


def test_a_terminal_gets_a_bar_with_the_gap(tmp_path: Path) -> None:
    scenario = write_scenario(ADA_AND_BOB, tmp_path)
    ours, theirs = pty.openpty()
    arguments = command_line("solve", scenario, "-o", tmp_path / "plan.json", *QUICK)

    with subprocess.Popen(
        arguments,
        stdout=theirs,
        stderr=theirs,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "120"},
    ) as process:
        os.close(theirs)
        shown = read_terminal(ours)

    assert process.returncode == 0
    assert "\x1b[2K" in shown
    assert "proven optimal" in shown


def read_terminal(handle: int) -> str:
    """Return what a terminal shows until its other end is closed."""
    parts: list[bytes] = []
    while True:
        try:
            part = os.read(handle, 65536)
        except OSError:
            part = b""
        if not part:
            os.close(handle)
            return b"".join(parts).decode()
        parts.append(part)


def test_the_reproducible_mode_gives_the_same_plan_twice(tmp_path: Path) -> None:
    save_scenario(sample(Family.SMALL, 1), tmp_path / "small.yaml")
    for name in ("one.json", "two.json"):
        options = ("--reproducible", "--seed", "7", "--seconds", "2", "--quiet")
        assert run("solve", tmp_path / "small.yaml", "-o", tmp_path / name, *options).exit_code == 0

    one, two = load_plan(tmp_path / "one.json"), load_plan(tmp_path / "two.json")
    assert (one.plan, one.objective, one.bound) == (two.plan, two.objective, two.bound)


def test_a_search_may_start_from_a_plan(tmp_path: Path) -> None:
    save_plan(true_claims(ADA_AND_BOB, make_plan(make_residency("ada"))), tmp_path / "start.json")

    code, _, _ = solve(ADA_AND_BOB, tmp_path, "--start", str(tmp_path / "start.json"))

    assert code == 0
    assert load_plan(tmp_path / "plan.json").objective == 6000


def test_a_start_that_names_what_is_not_there_is_refused(tmp_path: Path) -> None:
    strange = make_plan(make_residency("ada", zone=ZoneId("attic")))
    save_plan(true_claims(ADA_AND_BOB, strange), tmp_path / "start.json")

    assert solve(ADA_AND_BOB, tmp_path, "--start", str(tmp_path / "start.json")) == (
        2,
        "",
        "start.json: residencies[0].zone: no zone 'attic'\n",
    )


def test_an_output_that_cannot_be_written_is_told_before_the_search(tmp_path: Path) -> None:
    scenario = write_scenario(ADA_AND_BOB, tmp_path)

    for output, message in [
        (
            tmp_path / "nowhere" / "plan.json",
            f"{tmp_path / 'nowhere'}: no such folder; check how it is spelt\n",
        ),
        (tmp_path, f"{tmp_path}: Is a directory; name a file in it\n"),
        (scenario, f"{scenario}: this is the scenario; choose another name for the plan\n"),
    ]:
        result = run("solve", scenario, "-o", output)
        assert (result.exit_code, result.stdout, result.stderr) == (2, "", message)
    assert [path.name for path in tmp_path.iterdir()] == ["scenario.json"]


def test_pins_that_cannot_hold_are_named_and_nothing_is_written(tmp_path: Path) -> None:
    problem = make_problem(pins=(make_pin("ada", first_day=day("2026-01-06")),))

    code, _, errors = solve(problem, tmp_path)

    assert code == 2
    assert "ada" in errors
    assert "H3" in errors
    assert not (tmp_path / "plan.json").exists()


def test_a_broken_scenario_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_text("format: sarangchae-scenario/1\n")

    ended = run_process("solve", tmp_path / "scenario.yaml", "-o", tmp_path / "plan.json")

    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (f"{tmp_path / 'scenario.yaml'}: programme: missing; it is required\n")
    assert [path.name for path in tmp_path.iterdir()] == ["scenario.yaml"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_search_writes_the_best_plan_so_far(
    tmp_path: Path, number: signal.Signals
) -> None:
    scenario, output = tmp_path / "medium.json", tmp_path / "plan.json"
    save_scenario(sample(Family.MEDIUM, 1), scenario)

    with subprocess.Popen(
        command_line("solve", scenario, "-o", output, "--seconds", "600"),
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        seen = next(line for line in process.stdout if "best" in line)
        process.send_signal(number)
        rest = process.stdout.read()

    assert process.returncode == 0, seen
    assert str(output) in rest
    assert run("verify", scenario, output).exit_code == 0


@pytest.mark.parametrize(
    "options",
    [
        ("--seconds", "0"),
        ("--seconds", "nan"),
        ("--seconds", "-1"),
        ("--workers", "0"),
        ("--seed", "-1"),
        ("--gap", "-0.1"),
        ("--gap", "1.1"),
        ("--gap", "nan"),
        ("--patience", "0"),
        ("--fast",),
    ],
)
def test_options_that_make_no_sense_are_refused(tmp_path: Path, options: tuple[str, ...]) -> None:
    code, output, errors = solve(ADA_AND_BOB, tmp_path, *options)

    assert (code, output) == (2, "")
    assert errors.startswith("Usage: sarangchae solve")
