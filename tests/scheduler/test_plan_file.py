"""The plan file is read strictly, written in one spelling, and belongs to one scenario."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scheduler.outcome import Status
from scheduler.plan import Reason, Unplaced
from scheduler.plan_file import (
    PlanFile,
    PlanFileError,
    check_plan_belongs,
    check_same_scenario,
    load_plan,
    parse_plan,
    plan_bytes,
    save_plan,
)
from scheduler.problem.types import HostId, ProgrammeId, RequestId, ZoneId
from scheduler.rules import Rule, Term
from tests.builders import make_plan, make_problem, make_request, make_residency

SHA256 = "0123456789abcdef" * 4


def make_plan_file(**others: Any) -> PlanFile:
    """Return a plan file that places ada and leaves bob out."""
    values: dict[str, Any] = {
        "scenario": ProgrammeId("lab"),
        "scenario_sha256": SHA256,
        "status": Status.FEASIBLE,
        "objective": 3000,
        "bound": 6000,
        "terms": dict.fromkeys(Term, 0) | {Term.PLACED: 3000},
        "seconds": 1.5,
        "seed": 0,
        "version": "0.1.0",
        "plan": make_plan(make_residency("ada")),
        "unplaced": (
            Unplaced(
                request=RequestId("bob"),
                why=(Reason(rule=Rule.ZONE, text="No zone is quiet."),),
            ),
        ),
    }
    return PlanFile(**values | others)


def make_document(**others: Any) -> dict[str, Any]:
    """Return the document of that plan file, varied."""
    document: dict[str, Any] = json.loads(plan_bytes(make_plan_file()))
    return document | others


def findings(document: Any) -> list[str]:
    """Return what is wrong with the document of a plan."""
    with pytest.raises(PlanFileError) as raised:
        parse_plan(json.dumps(document).encode())
    return [str(finding) for finding in raised.value.findings]


def test_a_plan_file_has_the_keys_of_its_format_in_their_order() -> None:
    assert json.loads(plan_bytes(make_plan_file())) == {
        "format": "sarangchae-plan/1",
        "scenario": "lab",
        "scenario_sha256": SHA256,
        "status": "feasible",
        "objective": 3000,
        "bound": 6000,
        "terms": {
            "placed": 3000,
            "short_stay": 0,
            "arrival_shift": 0,
            "zone_points": 0,
            "wishes": 0,
            "host_rank": 0,
            "overlap": 0,
            "same_floor": 0,
            "events": 0,
            "quota_missing": 0,
            "dropped": 0,
            "redated": 0,
            "rezoned": 0,
            "rehosted": 0,
        },
        "seconds": 1.5,
        "seed": 0,
        "version": "0.1.0",
        "residencies": [
            {
                "request": "ada",
                "slot": "winter",
                "zone": "zone-a",
                "host": None,
                "pool": None,
                "first_day": "2026-01-05",
                "last_day": "2026-02-01",
            }
        ],
        "unplaced": [
            {
                "request": "bob",
                "why": [{"rule": "H5", "text": "No zone is quiet.", "repairs": []}],
            }
        ],
    }


def test_a_plan_file_is_written_and_read_back_without_loss(tmp_path: Path) -> None:
    plan_file = make_plan_file()

    save_plan(plan_file, tmp_path / "plan.json")

    assert load_plan(tmp_path / "plan.json") == plan_file
    assert parse_plan(plan_bytes(plan_file)) == plan_file


def test_every_key_is_required() -> None:
    assert findings({"format": "sarangchae-plan/1"}) == [
        f"{key}: missing; it is required" for key in list(make_document())[1:]
    ]


def test_every_error_has_its_place_and_all_are_given_at_once() -> None:
    terms = make_document()["terms"] | {"beauty": 3}
    del terms["placed"]
    document = make_document(
        scenario_sha256="abc",
        status="perfect",
        objective=1.5,
        seconds=-1,
        terms=terms,
        residencies=[{"request": "ada", "zone": "Zone A"}],
        unplaced=[{"request": "bob", "why": [{"rule": "H99", "text": "?"}]}],
        remark="none",
    )

    keys = ", ".join(make_document())
    all_terms = ", ".join(Term)
    all_rules = ", ".join(Rule)
    assert findings(document) == [
        "scenario_sha256: expected 64 digits of a SHA-256, found 'abc'",
        "status: must be one of optimal, feasible, found 'perfect'",
        "objective: expected a whole number, found 1.5",
        f"terms.beauty: must be one of {all_terms}, found 'beauty'",
        "seconds: must be at least 0, found -1",
        "residencies[0].slot: missing; it is required",
        (
            "residencies[0].zone: an id has 1 to 64 of a-z, 0-9, '.', '_' and '-', and begins with "
            "a letter or digit, found 'Zone A'"
        ),
        "residencies[0].host: missing; it is required",
        "residencies[0].pool: missing; it is required",
        "residencies[0].first_day: missing; it is required",
        "residencies[0].last_day: missing; it is required",
        f"unplaced[0].why[0].rule: must be one of {all_rules}, found 'H99'",
        f"remark: unknown key 'remark'; known keys are {keys}",
        "terms.placed: missing; a plan file gives every term",
    ]


def test_what_is_no_plan_is_refused() -> None:
    assert findings([]) == ["expected a map with the keys format, scenario, ..., found a list"]
    assert findings({"format": "sarangchae-scenario/1"}) == [
        "format: expected sarangchae-plan/1, found 'sarangchae-scenario/1'"
    ]
    with pytest.raises(PlanFileError, match="the file is empty"):
        parse_plan(b"")


def test_a_broken_plan_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("{")

    with pytest.raises(PlanFileError) as raised:
        load_plan(path)

    assert raised.value.source == str(path)


def test_a_plan_for_another_scenario_does_not_belong() -> None:
    other = replace(make_plan_file(), scenario=ProgrammeId("hub"))

    with pytest.raises(PlanFileError) as raised:
        check_plan_belongs(make_problem(), other, source="plan.json")

    assert raised.value.source == "plan.json"
    assert [str(finding) for finding in raised.value.findings] == [
        "scenario: the plan is for 'hub' and the scenario is 'lab'; choose the two that fit"
    ]


def test_a_plan_that_names_what_the_scenario_does_not_have_does_not_belong() -> None:
    plan = make_plan(make_residency("ada", zone=ZoneId("attic"), host=HostId("park")))
    plan_file = make_plan_file(plan=plan)

    check_same_scenario(make_problem(), plan_file)
    with pytest.raises(PlanFileError) as raised:
        check_plan_belongs(make_problem(), plan_file)

    assert [str(finding) for finding in raised.value.findings] == [
        "residencies[0].zone: no zone 'attic'",
        "residencies[0].host: no host 'park'",
        "unplaced[0].request: no request 'bob'",
    ]


def test_a_plan_for_this_scenario_belongs() -> None:
    problem = make_problem(requests=(make_request("ada"), make_request("bob")))

    check_plan_belongs(problem, make_plan_file())
