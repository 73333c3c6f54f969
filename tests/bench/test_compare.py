"""A comparison judges plans by the verifier, keeps its cells, and shows them in one table."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from scheduler.problem.scenario_file import load_scenario
from scheduler.sample.family import Family
from scheduler.sample.sample import sample
from tests.bench.cells import Cell, keep_cell, load_cells, newest
from tests.bench.compare import Rules, judge, measure
from tests.bench.contender import Found
from tests.bench.gap import gap_table
from tests.bench.processes import Done, run_watched, session_memory
from tests.bench.scenarios import Scenario, family_scenarios, file_scenarios
from tests.bench.table import comparison_table
from tests.builders import day, make_plan, make_problem, make_residency
from tests.samples import FOLDER, OPTIMUM

ENDED = Done(exit_status=0, was_stopped=False, errors="", memory_mib=10.0)
CELL = Cell(scenario="small/0", seconds=20.0, contender="greedy")

TWO_CHILDREN = """
import subprocess, sys
children = [subprocess.Popen([sys.executable, "-c", sys.argv[1]]) for _ in range(2)]
[child.wait() for child in children]
"""
WITH_100_MIB = """
import os, signal
held = b"x" * (100 * 2**20)
os.write(1, held[:1])
signal.pause()
"""


def lines_of(table: Table) -> list[str]:
    """Return the printed lines of a table, single-spaced, without its rules."""
    console = Console(width=200, color_system=None)
    with console.capture() as text:
        console.print(table)
    lines = [" ".join(line.split()) for line in text.get().splitlines()]
    return [line for line in lines if line.strip("|-")]


def test_a_contender_is_measured_in_a_process_of_its_own() -> None:
    scenario = Scenario(name="tiny-03.json", path=FOLDER / "tiny-03.json", seconds=20.0)

    cell = measure(scenario, "highs", Rules(workers=1))

    assert (cell.scenario, cell.seconds, cell.contender) == ("tiny-03.json", 20.0, "highs")
    assert (cell.objective, cell.note) == (OPTIMUM["tiny-03"], "")


def test_memory_is_that_of_all_processes_together() -> None:
    command = [sys.executable, "-c", TWO_CHILDREN, WITH_100_MIB]
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as family:
        assert family.stdout is not None
        ready = family.stdout.read(2)
        memory = session_memory(family.pid)
        os.killpg(family.pid, signal.SIGKILL)

    assert ready == b"xx"
    assert 200 < memory / 2**20 < 300


def test_what_a_stopped_command_started_ends_with_it(tmp_path: Path) -> None:
    script = f"{WITH_100_MIB} # {tmp_path}"

    def children() -> int:
        lines = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline")]
        return sum(str(tmp_path).encode() in line for line in lines)

    done = run_watched(
        [sys.executable, "-c", TWO_CHILDREN, script], must_stop=lambda: children() == 3
    )

    assert (done.was_stopped, done.exit_status) == (True, -signal.SIGKILL)
    assert children() == 0


def test_the_best_of_the_plans_that_are_allowed_counts() -> None:
    short, long = make_plan(make_residency(days=7)), make_plan(make_residency(days=28))
    found = Found(plans=(short, long), seconds=1.5, first_plan_seconds=0.5, bound=3100)

    cell = judge(CELL, make_problem(), found, ENDED)

    assert (cell.objective, cell.bound, cell.placed, cell.note) == (3000, 3100, 1, "")
    assert (cell.first_plan_seconds, cell.took_seconds) == (0.5, 1.5)


def test_a_plan_that_breaks_a_rule_is_named_and_not_counted() -> None:
    tuesday = make_plan(make_residency(first_day=day("2026-01-06")))

    cell = judge(CELL, make_problem(), Found(plans=(tuesday,), seconds=1.5), ENDED)

    assert (cell.objective, cell.note) == (None, "breaks H3")


def test_whoever_finds_nothing_or_is_out_of_memory_is_said_so() -> None:
    crashed = Done(exit_status=1, was_stopped=False, errors="...\nMemoryError\n", memory_mib=8000)
    stopped = Done(exit_status=-9, was_stopped=True, errors="", memory_mib=100)

    notes = [
        judge(CELL, make_problem(), found, done).note
        for found, done in (
            (Found(seconds=20.0), ENDED),
            (None, crashed),
            (None, stopped),
        )
    ]

    assert notes == ["no plan", "out of memory", "stopped late"]


def test_the_newest_of_each_cell_counts(tmp_path: Path) -> None:
    file = tmp_path / "results" / "cells.jsonl"
    for seconds, objective in ((20.0, 1), (60.0, 2), (20.0, 3)):
        keep_cell(
            Cell(scenario="small/0", seconds=seconds, contender="greedy", objective=objective), file
        )

    assert [cell.objective for cell in load_cells(file).values()] == [3, 2]


def test_a_gap_is_the_plans_and_the_bounds_and_what_nobody_knows() -> None:
    run = Cell(scenario="hub/0", seconds=120.0, contender="ours", objective=960, bound=1000)
    long = Cell(scenario="hub/0", seconds=1200.0, contender="ours", objective=970, bound=995)
    peer = Cell(scenario="hub/0", seconds=120.0, contender="highs", objective=975)

    lines = lines_of(gap_table(newest((run, long, peer))))

    header = (
        "| scenario | seconds | objective | bound | gap | best plan | lowest bound | the plan's "
        "| the bound's | unknown |"
    )
    assert lines == [
        header,
        "| hub/0 | 120 | 960 | 1,000 | 4.00% | 975 | 995 | 1.50% | 0.50% | 2.00% |",
        "| hub/0 | 1200 | 970 | 995 | 2.51% | 975 | 995 | 0.50% | 0.00% | 2.01% |",
    ]


def test_without_a_file_nothing_was_measured(tmp_path: Path) -> None:
    assert load_cells(tmp_path / "cells.jsonl") == {}


def test_scenarios_are_samples_of_a_family_and_files(tmp_path: Path) -> None:
    of_family = list(family_scenarios([Family.SMALL], [0, 1], tmp_path / "scenarios"))
    of_files = list(file_scenarios([FOLDER / "small-1.json", FOLDER / "medium-1.json"]))

    assert [(each.name, each.seconds) for each in of_family] == [("small/0", 20), ("small/1", 20)]
    assert load_scenario(of_family[1].path) == sample(Family.SMALL, 1)
    assert [each.seconds for each in of_files] == [20, 60]


def test_the_table_shows_ours_beside_every_peer() -> None:
    ours = Cell(
        scenario="hub-1.json",
        seconds=120.0,
        contender="ours",
        objective=1_700_000,
        bound=1_720_000,
        first_plan_seconds=2.25,
        took_seconds=120.5,
        memory_mib=1234.5,
    )
    greedy = Cell(scenario="hub-1.json", seconds=120.0, contender="greedy", objective=1_500_000)
    cpsat = Cell(scenario="hub-1.json", seconds=120.0, contender="cpsat", note="no plan")
    small = Cell(scenario="small/0", seconds=20.0, contender="highs", objective=41_531)

    lines = lines_of(comparison_table(newest((ours, greedy, cpsat, small))))

    header = (
        "| scenario | seconds | ours | bound | gap | greedy | cpsat | cpsat-hint | highs "
        "| timefold | ahead of best peer | first plan | took | memory |"
    )
    hub = (
        "| hub-1.json | 120 | 1,700,000 | 1,720,000 | 1.16% | 1,500,000 | no plan | | "
        "| 1,621,554 (120 s) | 4.84% | 2.2 s | 120.5 s | 1,234.5 MiB |"
    )
    last = "| small/0 | 20 | | | | | | | 41,531 | | | | | |"
    assert lines == [header, hub, last]
