"""The scenario files that come with the project: clean, and true to the facts they stand on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import pytest

from scheduler.outcome import SolveLimits, Status
from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.scenario_file import (
    document_of,
    load_scenario,
    parse_document,
)
from scheduler.problem.types import EventId, Text, text_in
from scheduler.rules import Rule
from scheduler.solve import solve
from scheduler.verify import check_plan
from tests.brute_force import best_objective
from tests.builders import day

SCENARIOS = Path(__file__).parents[2] / "fixtures" / "scenarios"
RULES = sorted((SCENARIOS / "rules").glob("*.yaml"))

COMPANIES = {
    "Naver Cloud",
    "POSCO Holdings",
    "LG Electronics",
    "LG Energy Solution",
    "HD Korea Shipbuilding & Offshore Engineering",
    "Ineeji",
    "42Maru",
    "VESSL AI",
    "Playoni",
    "Corca",
    "Softly AI",
    "EverEx",
}
M2_OF_PYEONG = 400 / 121


def _path_id(path: Path) -> str:
    return path.stem


@pytest.fixture(scope="module")
def nairl() -> Problem:
    return load_scenario(SCENARIOS / "nairl.yaml")


@pytest.fixture(scope="module")
def hub() -> Problem:
    return load_scenario(SCENARIOS / "ai-innovation-hub.yaml")


@pytest.fixture(scope="module")
def one_team() -> Problem:
    return load_scenario(SCENARIOS / "ai-one-team.yaml")


@pytest.fixture(scope="module")
def frontier_lab() -> Problem:
    return load_scenario(SCENARIOS / "frontier-lab.yaml")


@pytest.mark.parametrize("path", sorted(SCENARIOS.rglob("*.yaml")), ids=_path_id)
def test_a_scenario_has_no_findings_and_is_named_like_its_file(path: Path) -> None:
    problem = load_scenario(path)

    assert problem.programme.id == path.stem
    assert parse_document(document_of(problem)) == problem


@pytest.mark.parametrize("path", sorted(SCENARIOS.rglob("*.yaml")), ids=_path_id)
def test_a_scenario_says_what_is_illustrative(path: Path) -> None:
    comment = path.read_text(encoding="utf-8").split("format:")[0]

    assert "llustrative" in comment


class Named(Protocol):
    """Whatever has a name."""

    @property
    def name(self) -> Text:
        """Name, in one language or several."""


def _names(things: Iterable[Named]) -> set[str]:
    """Return the English names of things."""
    return {text_in(thing.name, "en") for thing in things}


def _area(problem: Problem, *buildings: str) -> int:
    floors = {floor.id for floor in problem.floors if floor.building in buildings}
    return sum(zone.area_m2 for zone in problem.zones if zone.floor in floors)


def test_the_lab_has_2132_pyeong_in_the_hub_and_2500_in_the_data_centre(nairl: Problem) -> None:
    assert _area(nairl, "main", "education") == round(2132 * M2_OF_PYEONG) == 7048
    assert _area(nairl, "datacentre") == int(2500 * M2_OF_PYEONG) == 8264


def test_the_lab_has_main_floors_5_to_7_and_data_centre_floors_1_and_2(nairl: Problem) -> None:
    levels = {
        building: [floor.level for floor in nairl.floors if floor.building == building]
        for building in ("main", "datacentre")
    }

    assert levels == {"main": [5, 6, 7], "datacentre": [1, 2]}


def test_the_lab_moves_into_the_data_centre_in_2025(nairl: Problem) -> None:
    openings = {zone.first_day for zone in nairl.zones if zone.floor.startswith("datacentre")}

    assert {opening.year for opening in openings if opening} == {2025}


def test_every_zone_of_the_lab_is_drawn_with_its_area(nairl: Problem) -> None:
    drawn = {zone.id: _drawn_area(zone.shape or ()) for zone in nairl.zones}

    assert drawn == {zone.id: zone.area_m2 for zone in nairl.zones}


def _drawn_area(corners: tuple[tuple[float, float], ...]) -> float:
    """Return the area of a polygon, by the shoelace formula."""
    following = (*corners[1:], *corners[:1])
    return abs(sum(x * b - a * y for (x, y), (a, b) in zip(corners, following, strict=True))) / 2


def test_zones_of_the_lab_with_shapes_on_one_floor_do_not_overlap(nairl: Problem) -> None:
    floors = {
        floor.id: [zone.shape or () for zone in nairl.zones if zone.floor == floor.id]
        for floor in nairl.floors
    }
    cells = {floor: Counter(_cells(shapes)) for floor, shapes in floors.items()}

    assert {floor: max(counts.values()) for floor, counts in cells.items()} == dict.fromkeys(
        floors, 1
    )


def _cells(shapes: list[tuple[tuple[float, float], ...]]) -> list[tuple[int, int]]:
    """Return the square metres that upright polygons cover, one for each that does."""
    return [
        (x, y)
        for shape in shapes
        for x in range(70)
        for y in range(70)
        if _holds(shape, x + 0.5, y + 0.5)
    ]


def _holds(corners: tuple[tuple[float, float], ...], x: float, y: float) -> bool:
    """Tell whether a ray to the right crosses an upright polygon an odd number of times."""
    following = (*corners[1:], *corners[:1])
    crossed = [
        left
        for (left, low), (_, high) in zip(corners, following, strict=True)
        if left > x and min(low, high) < y < max(low, high)
    ]
    return len(crossed) % 2 == 1


def test_the_lab_has_19_and_16_domestic_researchers(nairl: Problem) -> None:
    universities = {host.institution for host in nairl.hosts}

    assert Counter(host.tracks for host in nairl.hosts) == {("scaling",): 19, ("robots",): 16}
    assert _names(nairl.institution[name] for name in universities) == {
        "KAIST",
        "Korea University",
        "Yonsei University",
        "POSTECH",
    }


def test_the_lab_has_5_and_10_overseas_researchers_from_four_countries(nairl: Problem) -> None:
    track_of = {request.researcher: request.track for request in nairl.requests}
    countries = {nairl.institution[each.institution].country for each in nairl.researchers}

    assert Counter(track_of[each.id] for each in nairl.researchers) == {"scaling": 5, "robots": 10}
    assert countries == {"US", "CA", "FR", "AE"}


def test_of_the_institutions_abroad_only_the_partner_named_has_its_name(nairl: Problem) -> None:
    abroad = [each for each in nairl.institutions if each.country != "KR"]
    real = {name for name in _names(abroad) if not name.endswith("(illustrative)")}

    assert real == {"University of Waterloo", "Vector Institute"}


def test_each_of_the_twelve_member_companies_has_floor_space(nairl: Problem) -> None:
    holders = {each.institution for each in nairl.reservations}
    home = [each for each in nairl.institutions if each.country == "KR"]
    companies = home[4:]

    assert _names(companies) == COMPANIES
    assert {company.id for company in companies} <= holders


def test_the_lab_has_a_slot_for_each_half_year_and_track(nairl: Problem) -> None:
    halves = {"2025-1": 2025, "2025-2": 2025, "2026-1": 2026, "2026-2": 2026}

    assert {
        slot.id: (slot.tracks, slot.first_day.year) for slot in nairl.slots if slot.id[-1] in "12"
    } == {
        f"{track}-{half}": ((track,), year)
        for track in ("scaling", "robots")
        for half, year in halves.items()
    }


def test_the_lab_shows_its_work_twice_a_year(nairl: Problem) -> None:
    demo_days = [event for event in nairl.events if event.id.startswith("demo-")]

    assert Counter(event.first_day.year for event in demo_days) == {2025: 2, 2026: 2}


def test_the_frontier_lab_lives_by_the_calendars_of_new_york_and_seoul(
    frontier_lab: Problem,
) -> None:
    assert {site.id: (site.timezone, site.holidays) for site in frontier_lab.sites} == {
        "new-york": ("America/New_York", "US-NY"),
        "seoul": ("Asia/Seoul", "KR"),
    }


def test_in_the_frontier_lab_people_stay_in_the_other_country(frontier_lab: Problem) -> None:
    stays = {
        (frontier_lab.institution_of(request).country, request.sites)
        for request in frontier_lab.requests
        if request.sites
    }

    assert stays == {("KR", ("new-york",)), ("US", ("seoul",))}


def test_the_hub_has_the_figures_of_the_press(hub: Problem) -> None:
    assert (len(hub.sites), len(hub.tracks), len(hub.pools)) == (12, 12, 6)
    assert (len(hub.hosts), len(hub.requests)) == (140, 600)
    assert (hub.programme.first_day, hub.programme.last_day) == (
        day("2021-07-05"),
        day("2025-12-28"),
    )


def test_the_hub_names_the_tracks_and_the_pools_of_the_press(hub: Problem) -> None:
    assert _names(hub.tracks[:4]) == {
        "Speech from brain signals",
        "Universal learning machine",
        "Joint learning over many data types",
        "Space-time design intelligence",
    }
    assert _names(hub.pools) == {
        "K-Hub data centre",
        "Naver joint AI centre",
        "KAIST creative AI centre",
        "SNU hyperscale AI centre",
        "Yangjae AI R&D support centre",
        "AI One Team high-performance computing",
    }


def test_the_one_team_has_its_twelve_members(one_team: Problem) -> None:
    assert _names(one_team.institutions) == {
        "KT",
        "LG Electronics",
        "Hyundai Heavy Industries Group",
        "Korea Investment & Securities",
        "Woori Bank",
        "Hanjin",
        "Dongwon",
        "Green Cross",
        "KAIST",
        "Hanyang University",
        "Sungkyunkwan University",
        "ETRI",
    }


def test_the_one_team_meets_on_25_may_2022_and_teaches_cohorts_with_fixed_dates(
    one_team: Problem,
) -> None:
    assert one_team.event[EventId("summit-2022")].first_day == day("2022-05-25")
    assert [slot.id for slot in one_team.slots if slot.fixed_dates] == ["aivle-1", "aivle-2"]


def test_every_rule_has_a_scenario_of_its_own() -> None:
    numbers = [int(path.stem[1:3]) for path in RULES]

    assert [f"H{number}" for number in numbers] == list(Rule)


def _stated_optimum(path: Path) -> int:
    """Return the optimum that a scenario's comment states."""
    stated = re.search(r"^# Optimum: ([\d,]+) = ", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert stated is not None
    return int(stated[1].replace(",", ""))


@pytest.mark.parametrize("path", RULES, ids=_path_id)
def test_no_plan_of_a_rules_scenario_is_better_than_its_comment_says(path: Path) -> None:
    assert best_objective(load_scenario(path)) == _stated_optimum(path)


@pytest.mark.parametrize("path", RULES, ids=_path_id)
def test_the_solver_finds_and_proves_the_optimum_of_a_rules_scenario(path: Path) -> None:
    problem = load_scenario(path)

    outcome = solve(problem, SolveLimits(workers=1))

    assert (outcome.status, outcome.objective) == (Status.OPTIMAL, _stated_optimum(path))
    assert check_plan(problem, outcome.plan or Plan()) == ()


@pytest.mark.parametrize("name", ["nairl", "frontier-lab", "ai-one-team"])
def test_of_a_scenario_the_best_plan_is_proven_and_leaves_somebody_out(name: str) -> None:
    problem = load_scenario(SCENARIOS / f"{name}.yaml")

    outcome = solve(problem, SolveLimits())
    plan = outcome.plan or Plan()

    assert outcome.status is Status.OPTIMAL
    assert check_plan(problem, plan) == ()
    assert 0 < len(problem.submitted) - len(plan.residencies) <= 2


def test_the_hub_has_an_allowed_plan_of_most_requests_soon(hub: Problem) -> None:
    outcome = solve(hub, SolveLimits(seconds=5))
    plan = outcome.plan or Plan()

    assert check_plan(hub, plan) == ()
    assert len(plan.residencies) > 0.7 * len(hub.submitted)
