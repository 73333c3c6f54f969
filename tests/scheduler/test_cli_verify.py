"""``sarangchae verify``: 0 if allowed and every claim is true, 1 if not, 2 if unreadable."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scheduler.outcome import Status
from scheduler.plan import Plan, Unplaced
from scheduler.plan_file import save_plan
from scheduler.problem.problem import Problem
from scheduler.problem.types import ProgrammeId, RequestId, ZoneId
from scheduler.rules import Term
from scheduler.verify import check_plan
from tests.builders import day, make_plan, make_problem, make_request, make_residency
from tests.commands import run, run_process, true_claims, write_scenario

ADA_AND_BOB = make_problem(requests=(make_request("ada"), make_request("bob")))
ADA_PLACED = make_plan(make_residency("ada"))


def verdict(problem: Problem, plan: Plan, folder: Path, **claims: Any) -> tuple[int, list[str]]:
    """Return how verify ends, and what it says, for a plan with some claims varied."""
    scenario = write_scenario(problem, folder)
    save_plan(replace(true_claims(problem, plan), **claims), folder / "plan.json")
    result = run("verify", scenario, folder / "plan.json")
    return result.exit_code, result.output.replace(str(folder / "plan.json"), "plan").splitlines()


def test_an_allowed_plan_with_true_claims_is_verified(tmp_path: Path) -> None:
    assert verdict(ADA_AND_BOB, ADA_PLACED, tmp_path) == (
        0,
        ["plan: allowed, and every claim that can be checked without solving is true"],
    )


def test_a_feasible_plan_may_have_a_bound_above_it(tmp_path: Path) -> None:
    claims = {"bound": 6000, "status": Status.FEASIBLE}

    assert verdict(ADA_AND_BOB, ADA_PLACED, tmp_path, **claims)[0] == 0


def test_violations_are_told_by_rule(tmp_path: Path) -> None:
    plan = make_plan(
        make_residency("ada", first_day=day("2026-01-06"), days=6),
        make_residency("bob", first_day=day("2026-01-07")),
    )
    length, first_arrival, second_arrival = check_plan(ADA_AND_BOB, plan)

    assert verdict(ADA_AND_BOB, plan, tmp_path) == (
        1,
        [
            (
                "plan: not allowed, 3 violations; "
                "every claim that can be checked without solving is true"
            ),
            "H2 length",
            f"  {length.text}",
            "H3 arrival",
            f"  {first_arrival.text}",
            f"  {second_arrival.text}",
        ],
    )


def test_a_plan_that_names_an_unknown_zone_is_not_allowed(tmp_path: Path) -> None:
    plan = make_plan(make_residency("ada", zone=ZoneId("attic")))

    code, lines = verdict(ADA_AND_BOB, plan, tmp_path)

    assert (code, lines[1]) == (1, "H5 zone")
    assert "'attic'" in lines[2]


@pytest.mark.parametrize(
    ("claims", "told"),
    [
        (
            {"objective": 3001, "bound": 3001},
            ["  objective: claims 3001, but the terms add up to 3000"],
        ),
        (
            {"bound": 2999},
            [
                "  bound: 2999 is below the objective 3000",
                "  status: claims optimal, but objective 3000 and bound 2999 mean feasible",
            ],
        ),
        (
            {"status": Status.FEASIBLE},
            ["  status: claims feasible, but objective 3000 and bound 3000 mean optimal"],
        ),
        (
            {"bound": 3001},
            ["  status: claims optimal, but objective 3000 and bound 3001 mean feasible"],
        ),
        ({"unplaced": ()}, ["  unplaced: 'bob' has no residency, but is not listed"]),
        (
            {
                "unplaced": (
                    Unplaced(request=RequestId("bob")),
                    Unplaced(request=RequestId("ada")),
                    Unplaced(request=RequestId("bob")),
                )
            },
            [
                "  unplaced[0].request: 'bob' stands twice",
                "  unplaced[1].request: 'ada' is no submitted request without a residency",
                "  unplaced[2].request: 'bob' stands twice",
            ],
        ),
        (
            {"terms": dict.fromkeys(Term, 0) | {Term.PLACED: 2990, Term.WISHES: 10}},
            [
                "  terms.placed: claims 2990, but the plan has 3000",
                "  terms.wishes: claims 10, but the plan has 0",
            ],
        ),
    ],
)
def test_a_claim_that_is_not_true_is_told(
    tmp_path: Path, claims: dict[str, Any], told: list[str]
) -> None:
    count = "1 untrue claim" if len(told) == 1 else f"{len(told)} untrue claims"

    assert verdict(ADA_AND_BOB, ADA_PLACED, tmp_path, **claims) == (
        1,
        [f"plan: allowed; {count}", "claims", *told],
    )


def test_a_scenario_that_has_changed_since_is_told(tmp_path: Path) -> None:
    scenario = write_scenario(ADA_AND_BOB, tmp_path)
    save_plan(true_claims(ADA_AND_BOB, ADA_PLACED), tmp_path / "plan.json")
    scenario.write_bytes(scenario.read_bytes() + b"\n")

    result = run("verify", scenario, tmp_path / "plan.json", "--json")

    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert (told["ok"], told["violations"]) == (False, [])
    assert [claim["place"] for claim in told["untrue"]] == ["scenario_sha256"]


def test_programs_are_told_everything(tmp_path: Path) -> None:
    late = make_plan(make_residency("ada", first_day=day("2026-01-06")))
    (arrival,) = check_plan(ADA_AND_BOB, late)
    scenario = write_scenario(ADA_AND_BOB, tmp_path)
    save_plan(replace(true_claims(ADA_AND_BOB, late), unplaced=()), tmp_path / "plan.json")

    result = run("verify", scenario, tmp_path / "plan.json", "--json")

    assert result.exit_code == 1
    assert json.loads(result.stdout) == {
        "ok": False,
        "violations": [
            {
                "rule": "H3",
                "requests": ["ada"],
                "text": arrival.text,
            }
        ],
        "untrue": [{"place": "unplaced", "message": "'bob' has no residency, but is not listed"}],
    }


def test_a_plan_for_another_scenario_is_refused(tmp_path: Path) -> None:
    mismatch = "the plan is for 'hub' and the scenario is 'lab'; choose the two that fit"

    assert verdict(ADA_AND_BOB, ADA_PLACED, tmp_path, scenario=ProgrammeId("hub")) == (
        2,
        [f"plan: scenario: {mismatch}"],
    )


def test_an_unreadable_plan_ends_a_process_with_two(tmp_path: Path) -> None:
    scenario = write_scenario(ADA_AND_BOB, tmp_path)
    (tmp_path / "plan.json").write_text('{"format": "sarangchae-plan/1",}')

    ended = run_process("verify", scenario, tmp_path / "plan.json")

    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.startswith(f"{tmp_path / 'plan.json'}: line 1, column 32: not JSON")


def test_the_scenario_in_place_of_the_plan_is_refused(tmp_path: Path) -> None:
    scenario = write_scenario(ADA_AND_BOB, tmp_path)

    result = run("verify", scenario, scenario)

    assert (result.exit_code, result.stderr) == (
        2,
        f"{scenario}: format: expected sarangchae-plan/1, found 'sarangchae-scenario/1'\n",
    )
