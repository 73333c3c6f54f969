"""``sarangchae explain``: what it prints of a request and of a plan, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from scheduler.plan import Plan
from scheduler.plan_file import save_plan
from scheduler.problem.problem import Problem
from scheduler.problem.types import ProgrammeId
from tests.builders import (
    day,
    make_pin,
    make_plan,
    make_problem,
    make_programme,
    make_request,
    make_residency,
    make_slot,
    make_zone,
)
from tests.commands import run, run_process, true_claims, write_scenario

JANUARY: dict[str, Any] = {"first_day": day("2026-01-05"), "last_day": day("2026-02-01")}
ONE_PLACE = make_problem(
    programme=make_programme(last_day=day("2026-02-02")),
    slots=(make_slot(places=1, last_day=day("2026-02-02")),),
    requests=(
        make_request("ada", min_days=28, **JANUARY),
        make_request(
            "bob",
            first_day=day("2026-01-05"),
            last_day=day("2026-02-02"),
            min_days=28,
            preferred_first_day=day("2026-01-06"),
        ),
        make_request("eve", withdrawn=True, **JANUARY),
    ),
)
BOB = make_plan(make_residency("bob"))


def write(folder: Path, problem: Problem = ONE_PLACE, plan: Plan = BOB) -> tuple[Path, Path]:
    """Write a scenario and a plan of it, and return where they are."""
    scenario, path = write_scenario(problem, folder), folder / "plan.json"
    save_plan(true_claims(problem, plan), path)
    return scenario, path


def refusal(folder: Path, *more: str, problem: Problem = ONE_PLACE, plan: Plan = BOB) -> str:
    """Return what explain says when it refuses with code 2."""
    files = write(folder, problem, plan)
    result = run("explain", *files, *more)
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr.replace(str(files[1]), "plan")


def test_a_request_without_a_place_is_explained(tmp_path: Path) -> None:
    result = run("explain", *write(tmp_path), "ada")

    assert (result.exit_code, result.stdout.splitlines()) == (
        0,
        [
            "Ada has no place.",
            "First days that its own rules leave: 1 (5 Jan 2026).",
            "In the way:",
            "  H4 slot            No place is left in winter on 5 Jan - 1 Feb 2026: held by bob.",
            "What would help:",
            (
                "    +3,000  Add places to winter: 1; ada stays 5 Jan - 1 Feb 2026 in zone-a, "
                "slot winter: the plan's points rise by 3,000."
            ),
            (
                "        +1  Ada stays 5 Jan - 1 Feb 2026 in zone-a, slot winter; bob loses its "
                "place, 5 Jan - 1 Feb 2026 in zone-a, slot winter: the plan's points rise by 1."
            ),
        ],
    )


def test_a_residency_is_explained(tmp_path: Path) -> None:
    result = run("explain", *write(tmp_path), "bob")

    assert (result.exit_code, result.stdout.splitlines()) == (
        0,
        [
            "Bob stays 5 Jan - 1 Feb 2026 in zone-a, slot winter.",
            "It cannot move: its own rules leave no other way.",
            "",
            "It begins on 5 Jan 2026 instead of the preferred day, 6 Jan 2026. (1 point)",
            "  In the way:",
            "    H3 arrival         Stays begin on these days only: Monday.",
        ],
    )


def test_programs_are_told_everything_of_a_request(tmp_path: Path) -> None:
    result = run("explain", *write(tmp_path), "ada", "--json")

    assert result.exit_code == 0
    told = json.loads(result.stdout)
    january = {"first_day": "2026-01-05", "last_day": "2026-02-01"}
    place = {"slot": "winter", "zone": "zone-a", "host": None, "pool": None, **january}
    added, dropped = told.pop("repairs")
    assert told == {
        "request": "ada",
        "placed": False,
        "residency": None,
        "text": "Ada has no place.",
        "remarks": ["First days that its own rules leave: 1 (5 Jan 2026)."],
        "reasons": [
            {
                "rule": "H4",
                "resource": {"kind": "slot", "id": "winter", "name": "winter"},
                "days": [january],
                "holders": [
                    {"kind": "request", "id": "bob", "name": "bob", **january, "amount": 1}
                ],
                "text": "No place is left in winter on 5 Jan - 1 Feb 2026: held by bob.",
            }
        ],
        "wishes": [],
        "leeway": None,
    }
    assert added == {
        "price": 3000,
        "adjustments": [{"kind": "add_places", "slot": "winter", "places": 1}],
        "moves": [
            {
                "request": "ada",
                "before": None,
                "after": place,
                "text": "Ada stays 5 Jan - 1 Feb 2026 in zone-a, slot winter",
            }
        ],
        "text": added["text"],
    }
    assert (dropped["price"], dropped["adjustments"]) == (1, [])
    assert [(move["request"], move["before"], move["after"]) for move in dropped["moves"]] == [
        ("ada", None, place),
        ("bob", place, None),
    ]


def test_programs_are_told_wishes_and_leeway_of_a_residency(tmp_path: Path) -> None:
    result = run("explain", *write(tmp_path), "bob", "--json")

    told = json.loads(result.stdout)
    assert (told["placed"], told["reasons"], told["repairs"]) == (True, [], [])
    assert told["wishes"] == [
        {
            "kind": "first_day",
            "points": 1,
            "text": "It begins on 5 Jan 2026 instead of the preferred day, 6 Jan 2026.",
            "reasons": [
                {
                    "rule": "H3",
                    "resource": None,
                    "days": [],
                    "holders": [],
                    "text": "Stays begin on these days only: Monday.",
                }
            ],
            "repairs": [],
        }
    ]
    assert told["leeway"] == {
        "freedom": "only_way",
        "loss": None,
        "residency": None,
        "days": None,
        "zone": None,
        "host": None,
        "text": "It cannot move: its own rules leave no other way.",
    }


def test_a_whole_plan_is_told_in_short(tmp_path: Path) -> None:
    files = write(tmp_path)

    result = run("explain", *files)
    whole = run("explain", *files, "--json")

    assert (result.exit_code, [" ".join(line.split()) for line in result.stdout.splitlines()]) == (
        0,
        [
            "1 of 2 requests placed",
            "all wishes met 0",
            "not first day 1",
            "how freely they could move, all others staying",
            "only way 1",
            "without a place",
            "ada No place is left in winter on 5 Jan - 1 Feb 2026: held by bob.",
        ],
    )
    told = json.loads(whole.stdout)["requests"]
    assert [(each["request"], each["placed"], each["repairs"]) for each in told] == [
        ("ada", False, []),
        ("bob", True, []),
    ]


def test_of_many_without_a_place_the_first_are_printed(tmp_path: Path) -> None:
    requests = tuple(make_request(f"r{number:02}", min_days=28, **JANUARY) for number in range(23))
    problem = make_problem(requests=requests, zones=(make_zone(desks=0),))

    result = run("explain", *write(tmp_path, problem, make_plan()))

    lines = result.stdout.splitlines()
    assert (len(lines), lines[-2].split()[0]) == (23, "r19")
    assert lines[-1] == "  and 3 more; --json has them all"


def test_a_request_with_all_wishes_met_is_told_so(tmp_path: Path) -> None:
    problem = make_problem()

    result = run("explain", *write(tmp_path, problem, make_plan(make_residency("ada"))), "ada")

    assert (result.exit_code, result.stdout.splitlines()[1]) == (
        0,
        "Everything that was wished for is met.",
    )


def test_a_request_that_is_not_there_is_refused_with_those_that_are_like_it(
    tmp_path: Path,
) -> None:
    assert refusal(tmp_path, "abo") == "no request 'abo'; did you mean bob?\n"
    assert refusal(tmp_path, "x-1") == "no request 'x-1'; see requests in the scenario\n"


def test_a_withdrawn_request_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, "eve") == (
        "request 'eve' is withdrawn, so there is nothing to explain\n"
    )


def test_a_plan_that_breaks_rules_is_refused(tmp_path: Path) -> None:
    both = make_plan(make_residency("ada"), make_residency("bob"))

    told = refusal(tmp_path, "ada", plan=both)

    assert told.startswith("plan: residencies: Slot 'winter' has 2 residencies")


def test_a_plan_of_another_scenario_is_refused(tmp_path: Path) -> None:
    scenario, plan = write(tmp_path)
    other = make_problem(programme=make_programme(id=ProgrammeId("hub")))
    write_scenario(other, tmp_path)

    result = run("explain", scenario, plan)

    mismatch = "the plan is for 'lab' and the scenario is 'hub'; choose the two that fit"
    assert (result.exit_code, result.stderr) == (2, f"{plan}: scenario: {mismatch}\n")


def test_pins_that_contradict_each_other_are_told_as_solve_tells_them(tmp_path: Path) -> None:
    pinned = make_problem(
        slots=(make_slot(places=1),),
        requests=ONE_PLACE.requests[:2],
        pins=(make_pin("ada"), make_pin("bob")),
    )
    files = write(tmp_path, pinned, BOB)

    explained = run("explain", *files, "ada")
    solved = run("solve", files[0], "-o", tmp_path / "new.json", "--quiet")

    assert (explained.exit_code, explained.stdout) == (2, "")
    assert explained.stderr == solved.stderr
    assert explained.stderr.startswith("pins cannot hold:\n")


def test_a_missing_plan_ends_a_process_with_two(tmp_path: Path) -> None:
    ended = run_process("explain", write_scenario(ONE_PLACE, tmp_path), tmp_path / "none.json")

    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.endswith("No such file or directory; check how it is spelt\n")
