"""A plan's calendars as files, and the command that writes them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scheduler.outcome import Status
from scheduler.plan import Plan, Unplaced
from scheduler.plan_file import PlanFile, save_plan
from scheduler.problem.problem import Problem
from scheduler.problem.scenario_file import save_scenario
from scheduler.problem.types import HostId, ProgrammeId, ResearcherId
from scheduler.rules import Term
from tests.builders import (
    make_event,
    make_plan,
    make_problem,
    make_programme,
    make_request,
    make_researcher,
    make_residency,
    make_zone,
)
from tests.web.calendar_clients import read_by_icalendar
from tests.web.calendar_samples import DOMAIN, values_of
from web.calendars.command import calendar
from web.calendars.export import file_name_of, write_calendars
from web.calendars.readers import Reader, ReaderKind

FILES = [
    "researchers/ada.ics",
    "researchers/bob.ics",
    "sites/seoul.ics",
    "floors/floor-1.ics",
    "zones/zone-a.ics",
    "hosts/kim.ics",
    "tracks/vision.ics",
    "programme.ics",
]


def make_case() -> tuple[Problem, Plan]:
    """Return a problem of two requests and an event, and a plan that leaves out Bob."""
    problem = make_problem(
        researchers=(make_researcher("ada"), make_researcher("bob")),
        requests=(make_request("ada", hosts=(HostId("kim"),)), make_request("bob")),
        events=(make_event("demo", "2026-01-10"),),
    )
    return problem, make_plan(make_residency("ada", host=HostId("kim")))


def subjects_in(path: Path) -> list[str]:
    """Return the first part of each event's permanent id."""
    return [event.uid.partition("@")[0] for event in read_by_icalendar(path.read_bytes())]


def test_there_is_a_file_for_everybody_and_every_place_and_the_programme(
    tmp_path: Path,
) -> None:
    problem, plan = make_case()
    paths = write_calendars(problem, plan, tmp_path / "out", domain=DOMAIN)
    assert [str(path.relative_to(tmp_path / "out")) for path in paths] == FILES
    assert sorted(path for path in (tmp_path / "out").rglob("*.*")) == sorted(paths)
    assert [subjects_in(path) for path in paths] == [
        ["lab.ada++arrival", "lab.ada", "lab.event+demo", "lab.ada++departure"],
        [],
        ["lab.ada", "lab.event+demo"],
        ["lab.ada"],
        ["lab.ada"],
        ["lab.ada++arrival", "lab.ada", "lab.ada++departure"],
        ["lab.ada", "lab.event+demo"],
        ["lab.ada", "lab.event+demo"],
    ]


def test_the_same_plan_gives_the_same_bytes_stamped_with_the_day_of_planning(
    tmp_path: Path,
) -> None:
    problem, plan = make_case()
    one = write_calendars(problem, plan, tmp_path / "one", domain=DOMAIN)
    other = write_calendars(problem, plan, tmp_path / "other", domain=DOMAIN)
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]
    assert set(values_of(one[0].read_bytes(), "DTSTAMP")) == {":20251201T000000Z"}


def test_researchers_get_their_own_language_and_the_others_the_one_asked_for(
    tmp_path: Path,
) -> None:
    problem, plan = make_case()
    ada = replace(make_researcher("ada"), name="Ada", language="fr")
    problem = make_problem(researchers=(ada,), requests=problem.requests)
    write_calendars(problem, plan, tmp_path, domain=DOMAIN, language="ko")
    ada_file = (tmp_path / "researchers" / "ada.ics").read_bytes()
    zone_file = (tmp_path / "zones" / "zone-a.ics").read_bytes()
    assert values_of(ada_file, "SUMMARY") == [
        ":Arrivée\xa0: zone-a\\, seoul",
        ":Résidence\xa0: Ada\\, zone-a",
        ":Départ\xa0: zone-a\\, seoul",
    ]
    assert values_of(zone_file, "SUMMARY") == [":체류: Ada\\, zone-a"]


def test_a_second_export_replaces_the_first_and_leaves_other_files_alone(tmp_path: Path) -> None:
    problem, plan = make_case()
    (tmp_path / "mine.txt").write_text("mine")
    write_calendars(problem, make_plan(), tmp_path, domain=DOMAIN)
    write_calendars(problem, plan, tmp_path, domain=DOMAIN)
    assert subjects_in(tmp_path / "zones" / "zone-a.ics") == ["lab.ada"]
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert list(tmp_path.rglob("*.part")) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ada-1.b_c", "researchers/ada-1.b_c.ics"),
        ("../../etc/passwd", "researchers/%2E.%2F..%2Fetc%2Fpasswd.ics"),
        (".hidden", "researchers/%2Ehidden.ics"),
        ("김", "researchers/%EA%B9%80.ics"),
    ],
)
def test_a_file_is_named_after_the_id_whatever_it_holds(name: str, expected: str) -> None:
    reader = Reader(kind=ReaderKind.RESEARCHER, id=ResearcherId(name), name="")
    assert str(file_name_of(reader)) == expected


def save_case(folder: Path, problem: Problem, plan: Plan) -> tuple[str, str]:
    """Write a scenario and a plan, and return their paths."""
    scenario, plan_path = folder / "lab.json", folder / "plan.json"
    save_scenario(problem, scenario)
    plan_file = PlanFile(
        scenario=ProgrammeId("lab"),
        scenario_sha256=hashlib.sha256(scenario.read_bytes()).hexdigest(),
        status=Status.FEASIBLE,
        objective=0,
        bound=1,
        terms=dict.fromkeys(Term, 0),
        seconds=0.0,
        seed=0,
        version="0",
        plan=plan,
        unplaced=tuple(
            Unplaced(request=request.id)
            for request in problem.submitted
            if request.id not in plan.by_request
        ),
    )
    save_plan(plan_file, plan_path)
    return str(scenario), str(plan_path)


def run(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(calendar, arguments)


def test_the_command_writes_the_calendars_and_says_how_many(tmp_path: Path) -> None:
    scenario, plan = save_case(tmp_path, *make_case())
    out = tmp_path / "out"
    result = run(scenario, plan, "-o", str(out), "--domain", DOMAIN)
    assert (result.output, result.exit_code) == (f"{out}: 8 calendars\n", 0)
    uids = [event.uid for event in read_by_icalendar((out / "zones" / "zone-a.ics").read_bytes())]
    assert uids == ["lab.ada@lab.example.org"]


def test_the_command_says_which_calendars_are_longer_than_google_reads(tmp_path: Path) -> None:
    problem, plan = make_case()
    event = replace(make_event("demo", "2026-03-20"), name="x" * 580_000)
    scenario, plan_path = save_case(tmp_path, replace(problem, events=(event,)), plan)
    out = tmp_path / "out"
    result = run(scenario, plan_path, "-o", str(out))
    advice = "1.2 MB, and Google reads 1 MB of a calendar at most; those of zones and researchers"
    assert (result.output.splitlines(), result.exit_code) == (
        [
            f"{out}/sites/seoul.ics: {advice} are smaller",
            f"{out}/tracks/vision.ics: {advice} are smaller",
            f"{out}/programme.ics: {advice} are smaller",
            f"{out}: 8 calendars",
        ],
        0,
    )


def test_the_command_says_of_a_plan_that_it_is_older_than_the_scenario(tmp_path: Path) -> None:
    problem, plan = make_case()
    scenario, plan_path = save_case(tmp_path, problem, plan)
    save_scenario(replace(problem, zones=(make_zone(desks=9),)), Path(scenario))
    result = run(scenario, plan_path, "-o", str(tmp_path / "out"))
    assert (result.stderr, result.exit_code) == (
        (
            f"{plan_path}: the scenario has changed since this plan was made; it is still allowed, "
            "but a new plan may be better: `sarangchae replan` makes one\n"
        ),
        0,
    )


def test_the_command_refuses_a_plan_that_breaks_a_rule(tmp_path: Path) -> None:
    problem, _ = make_case()
    scenario, plan = save_case(tmp_path, problem, make_plan(make_residency("ada", days=8)))
    result = run(scenario, plan, "-o", str(tmp_path / "out"))
    assert (result.output, result.exit_code) == (
        f"{plan}: the plan breaks H2, H7 in this scenario; `sarangchae verify` says where\n",
        2,
    )
    assert not (tmp_path / "out").exists()


def test_the_command_refuses_a_plan_of_another_programme(tmp_path: Path) -> None:
    problem, plan = make_case()
    scenario, plan_path = save_case(tmp_path, problem, plan)
    other = make_problem(programme=make_programme(id=ProgrammeId("other")))
    save_scenario(other, Path(scenario))
    result = run(scenario, plan_path, "-o", str(tmp_path / "out"))
    message = "scenario: the plan is for 'lab' and the scenario is 'other'; choose the two that fit"
    assert (result.output, result.exit_code) == (f"{plan_path}: {message}\n", 2)


def test_the_command_refuses_a_plan_that_names_what_is_not_there(tmp_path: Path) -> None:
    problem, plan = make_case()
    scenario, plan_path = save_case(tmp_path, problem, plan)
    save_scenario(
        make_problem(zones=(make_zone("zone-b"),), requests=problem.requests), Path(scenario)
    )
    result = run(scenario, plan_path, "-o", str(tmp_path / "out"))
    assert (result.output, result.exit_code) == (
        f"{plan_path}: residencies[0].zone: no zone 'zone-a'\n",
        2,
    )


def test_the_command_refuses_a_folder_that_is_a_file(tmp_path: Path) -> None:
    scenario, plan = save_case(tmp_path, *make_case())
    result = run(scenario, plan, "-o", plan)
    assert (result.output, result.exit_code) == (
        f"{plan}: this is no folder; choose another with -o\n",
        2,
    )


def test_the_command_refuses_what_is_no_domain_name(tmp_path: Path) -> None:
    scenario, plan = save_case(tmp_path, *make_case())
    result = run(scenario, plan, "-o", str(tmp_path / "out"), "--domain", "lab example")
    assert result.exit_code == 2
    assert "'lab example' is no domain name; write one such as lab.example.org" in result.output


def test_the_command_refuses_a_stay_that_ends_before_it_begins(tmp_path: Path) -> None:
    problem, _ = make_case()
    residency = make_residency("ada", host=HostId("kim"), days=-6)
    scenario, plan = save_case(tmp_path, problem, make_plan(residency))
    result = run(scenario, plan, "-o", str(tmp_path / "out"))
    assert (type(result.exception), result.exit_code) == (SystemExit, 2)
    assert not (tmp_path / "out").exists()


def test_the_command_refuses_two_stays_for_one_request(tmp_path: Path) -> None:
    problem, _ = make_case()
    residency = make_residency("ada", host=HostId("kim"))
    scenario, plan = save_case(tmp_path, problem, make_plan(residency, residency))
    result = run(scenario, plan, "-o", str(tmp_path / "out"))
    assert (type(result.exception), result.exit_code) == (SystemExit, 2)
    assert not (tmp_path / "out").exists()
