"""``replan``, ``whatif``, ``stability`` and ``robustness``: what they print, write and refuse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scheduler.plan import Plan
from scheduler.plan_file import load_plan, save_plan
from scheduler.problem.adjustments import Adjustment, CloseZone, Withdraw, adjustments_bytes
from scheduler.problem.problem import Problem
from scheduler.problem.scenario_file import load_scenario
from scheduler.problem.types import RequestId, ZoneId
from tests.builders import (
    day,
    make_pin,
    make_plan,
    make_problem,
    make_programme,
    make_request,
    make_residency,
    make_zone,
)
from tests.commands import run, true_claims, write_scenario

JANUARY: dict[str, Any] = {"first_day": day("2026-01-05"), "last_day": day("2026-02-01")}
TOLD = make_plan(make_residency("ada"), make_residency("bob"))
HOUSE = make_problem(
    zones=(make_zone("zone-a", desks=2), make_zone("zone-b", desks=1)),
    requests=tuple(make_request(name, min_days=28, **JANUARY) for name in ("ada", "bob", "eve")),
)
CLOSED = CloseZone(zone=ZoneId("zone-a"), **JANUARY)
WITHDRAWN = Withdraw(request=RequestId("ada"))
QUICK = ("--seconds", "20", "--workers", "1")


def write(
    folder: Path, *adjustments: Adjustment, problem: Problem = HOUSE, plan: Plan = TOLD
) -> tuple[Path, Path, Path]:
    """Write a scenario, a plan and adjustments, and return where they are."""
    paths = folder / "scenario.json", folder / "told.json", folder / "change.yaml"
    write_scenario(problem, folder)
    save_plan(true_claims(problem, plan), paths[1])
    paths[2].write_bytes(adjustments_bytes(adjustments))
    return paths


def lines(output: str) -> list[str]:
    """Return the lines with single spaces between words."""
    return [" ".join(line.split()) for line in output.splitlines()]


def test_a_plan_is_changed_and_written_with_the_scenario_that_it_is_for(tmp_path: Path) -> None:
    files = write(tmp_path, WITHDRAWN)
    plan, scenario = tmp_path / "new.json", tmp_path / "adjusted.yaml"

    ended = run("replan", *files, "-o", plan, "--adjusted", scenario, *QUICK)

    assert (ended.exit_code, ended.stderr) == (0, "")
    first, *rest = lines(ended.stdout)
    assert first.startswith(f"{plan}: objective 6,000, bound 6,000, gap 0.00%, ")
    assert rest == [
        "0 touched; 1 withdrawn, 1 new; 1 as before",
        "withdrawn ada 2026-01-05 to 2026-02-01, zone zone-a",
        f"new eve 2026-01-05 to 2026-02-01, zone {zone_of(plan, 'eve')}",
        "objective 6,000 before, 6,000 after (+0)",
    ]
    assert run("verify", scenario, plan).exit_code == 0
    assert load_scenario(scenario).published == TOLD.residencies


def zone_of(plan: Path, request: str) -> str:
    """Return the zone that a plan file gives to a request."""
    return load_plan(plan).plan.by_request[RequestId(request)].zone


def test_who_is_touched_is_told_with_what_it_costs(tmp_path: Path) -> None:
    ended = run("replan", *write(tmp_path, CLOSED), *QUICK, "--json")

    told = json.loads(ended.stdout)
    found = told.pop("difference")
    changes = {each["fate"]: each for each in found["changes"]}
    assert (told["status"], told["objective"], told["output"]) == ("optimal", 900, None)
    assert (found["touched"], found["kept"]) == (2, 0)
    assert (found["objective_before"], found["objective_after"]) == (6000, 900)
    assert {fate: each["cost"] for fate, each in changes.items()} == {
        "changed": {"rezoned": -100},
        "dropped": {"dropped": -2000},
    }
    assert changes["changed"]["parts"] == ["zone"]
    assert changes["dropped"]["after"] is None


def test_without_adjustments_the_scenario_itself_has_changed(tmp_path: Path) -> None:
    narrower = make_problem(
        zones=(make_zone("zone-a", desks=1), make_zone("zone-b", desks=1)),
        requests=HOUSE.requests[:2],
    )
    scenario, told, _ = write(tmp_path, problem=narrower)

    ended = run("replan", scenario, told, *QUICK)

    assert ended.exit_code == 0
    assert lines(ended.stdout)[1] == "1 touched (1 changed, 0 dropped); 1 as before"


def test_what_if_shows_objective_people_and_desks_and_writes_nothing(tmp_path: Path) -> None:
    files = write(tmp_path, CLOSED)

    ended = run("whatif", *files, *QUICK)

    assert (ended.exit_code, ended.stderr) == (0, "")
    shown = lines(ended.stdout)
    assert shown[0] == "2 touched (1 changed, 1 dropped); 0 as before"
    assert sorted(line.split()[0] for line in shown[1:3]) == ["changed", "dropped"]
    assert shown[3:] == [
        "objective 6,000 before, 900 after (-5,100)",
        "placed 6,000 3,000 -3,000",
        "dropped 0 -2,000 -2,000",
        "rezoned 0 -100 -100",
        "unplaced 1 before, 2 after",
        # Three desks for 84 days; afterwards zone a is closed for 28 days.
        "desks taken 22.2% before, 14.3% after",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "change.yaml",
        "scenario.json",
        "told.json",
    ]


def test_afresh_changes_cost_nothing(tmp_path: Path) -> None:
    files = write(tmp_path, CLOSED)

    ended = run("whatif", *files, *QUICK, "--afresh", "--json")

    told = json.loads(ended.stdout)
    assert (told["objective_before"], told["objective_after"]) == (6000, 3000)
    assert [each["cost"] for each in told["changes"]] == [{}] * len(told["changes"])
    assert told["desk_days_after"] == {"taken": 28, "offered": 196, "share": 0.1429}


def test_the_stability_curve_has_a_line_for_each_number(tmp_path: Path) -> None:
    files = write(tmp_path, CLOSED)

    ended = run("stability", *files, "--changes", "0,2,any", *QUICK)

    assert (ended.exit_code, ended.stderr) == (0, "")
    assert lines(ended.stdout) == [
        "every allowed plan changes at least 2 residencies",
        "at most changed objective bound gap",
        "0 - no allowed plan changes so few",
        "2 2 900 900 0.00%",
        "any 2 900 900 0.00%",
    ]


def test_the_stability_curve_as_json(tmp_path: Path) -> None:
    ended = run("stability", *write(tmp_path)[:2], "--changes", "0", *QUICK, "--json")

    told = json.loads(ended.stdout)
    (point,) = told["points"]
    difference = point.pop("difference")
    assert told["fewest"] == 0
    assert point == {"changes": 0, "status": "optimal", "objective": 9000, "bound": 9000}
    assert [each["fate"] for each in difference["changes"]] == ["new"]


def test_robustness_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    scenario, told, _ = write(tmp_path)
    arguments = ("robustness", scenario, told, "--samples", "2", "--seconds", "2", "--seed", "5")

    one, two = (run(*arguments, "--withdrawal", "0.5", "--json") for _ in range(2))

    report = json.loads(one.stdout)
    assert one.stdout == two.stdout
    assert report["samples"] == 2
    assert report["statuses"] == {"replanned": 2}
    assert report["objective"] == 6000
    assert [each["number"] for each in report["results"]] == [0, 1]


def test_robustness_tells_what_survives(tmp_path: Path) -> None:
    scenario, told, _ = write(tmp_path)
    nothing = ("--withdrawal", "0", "--late-visa", "0", "--early-departure", "0")

    ended = run("robustness", scenario, told, "--samples", "1", "--seconds", "2", *nothing)

    assert (ended.exit_code, ended.stderr) == (0, "")
    assert ended.stdout.splitlines() == [
        (
            "1 of 1 samples re-planned; on average 0.0 withdrawals, 0.0 late visas, "
            "0.0 early departures (assumed)"
        ),
        "residencies                   untouched    moved     lost",
        "  still asked for                100.0%     0.0%     0.0%",
        "  to which nothing happened      100.0%     0.0%     0.0%",
        (
            "objective 6,000; after re-planning 9,000 (150.0%) on average, "
            "9,000 (150.0%) in the worst 5 %"
        ),
    ]


def test_chances_are_called_assumptions() -> None:
    text = " ".join(run("robustness", "--help").stdout.split())

    assert "The chances are assumptions, not measurements" in text


COMMANDS = [("replan",), ("whatif",), ("stability",)]


@pytest.mark.parametrize("command", COMMANDS)
def test_names_that_are_not_there_are_told_with_their_place(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    files = write(tmp_path, CloseZone(zone=ZoneId("attic"), **JANUARY))

    ended = run(*command, *files)

    assert (ended.exit_code, ended.stdout) == (2, "")
    assert ended.stderr == f"{files[2]}: adjustments[0].zone: no zone 'attic'\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_no_file_of_adjustments_is_refused(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    files = write(tmp_path)
    files[2].write_text("[]")

    ended = run(*command, *files)

    assert (ended.exit_code, ended.stdout) == (2, "")
    assert ended.stderr == (
        f"{files[2]}: expected a map with the keys format, adjustments, found a list\n"
    )


@pytest.mark.parametrize("command", [*COMMANDS, ("robustness",)])
def test_a_plan_of_another_scenario_is_refused(tmp_path: Path, command: tuple[str, ...]) -> None:
    files = write(tmp_path, WITHDRAWN)
    other = make_problem(programme=make_programme(id="other"))
    save_plan(true_claims(other, make_plan()), files[1])

    ended = run(*command, *(files if command != ("robustness",) else files[:2]))

    assert (ended.exit_code, ended.stdout) == (2, "")
    assert ended.stderr == (
        f"{files[1]}: scenario: the plan is for 'other' and the scenario is 'lab'; "
        "choose the two that fit\n"
    )


@pytest.mark.parametrize("command", [*COMMANDS, ("robustness",)])
def test_a_plan_that_breaks_rules_is_refused(tmp_path: Path, command: tuple[str, ...]) -> None:
    crowd = make_plan(*(make_residency(name, zone=ZoneId("zone-b")) for name in ("ada", "bob")))
    files = write(tmp_path, WITHDRAWN, plan=crowd)

    ended = run(*command, *(files if command != ("robustness",) else files[:2]))

    assert (ended.exit_code, ended.stdout) == (2, "")
    assert ended.stderr.startswith(f"{files[1]}: residencies: Zone 'zone-b' ")
    assert ended.stderr.endswith("(H5)\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_pins_that_a_change_contradicts_are_named(tmp_path: Path, command: tuple[str, ...]) -> None:
    pinned = make_problem(
        zones=HOUSE.zones,
        requests=HOUSE.requests,
        pins=(make_pin("ada", zone=ZoneId("zone-a")),),
    )

    ended = run(*command, *write(tmp_path, CLOSED, problem=pinned))

    assert (ended.exit_code, ended.stdout) == (2, "")
    assert "pins[0]" in ended.stderr
    assert "H5" in ended.stderr


@pytest.mark.parametrize("name", ["scenario.json", "told.json", "change.yaml"])
def test_what_is_read_is_not_written_over(tmp_path: Path, name: str) -> None:
    files = write(tmp_path, WITHDRAWN)

    ended = run("replan", *files, "-o", tmp_path / name)

    assert (ended.exit_code, ended.stdout) == (2, "")
    assert ended.stderr == (
        f"{tmp_path / name}: this is read or written already; choose another name\n"
    )


@pytest.mark.parametrize("changes", ["", "1,two", "-1", "1,,2"])
def test_numbers_of_changes_that_are_none_are_refused(tmp_path: Path, changes: str) -> None:
    scenario, told, _ = write(tmp_path)

    ended = run("stability", scenario, told, "--changes", changes)

    assert (ended.exit_code, ended.stdout) == (2, "")
    assert "is no list of numbers like 0,1,2,5,10 or 0,5,any" in ended.stderr


def test_chances_and_numbers_that_make_no_sense_are_refused(
    tmp_path: Path,
) -> None:
    scenario, told, _ = write(tmp_path)
    wrong: list[tuple[Any, ...]] = [("--late-visa", "2"), ("--samples", "0"), ("--late-days", "0")]

    for options in wrong:
        ended = run("robustness", scenario, told, *options)
        assert (ended.exit_code, ended.stdout) == (2, "")
        assert ended.stderr.startswith("Usage: sarangchae robustness")
