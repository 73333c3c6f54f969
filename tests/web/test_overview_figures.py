"""The overview's figures: desks by week, who has a place, quotas, and the chart's paths."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scheduler.problem.problem import Problem
from scheduler.problem.programme import Measure, QuotaBy
from tests.builders import (
    day,
    make_building,
    make_floor,
    make_host,
    make_institution,
    make_plan,
    make_problem,
    make_programme,
    make_quota,
    make_range,
    make_request,
    make_reservation,
    make_residency,
    make_site,
    make_slot,
    make_zone,
)
from web.pages.overview.chart import build_weeks_chart
from web.use_cases.names import Names
from web.use_cases.overview.counts import count_all, country_rows, quota_rows, track_rows
from web.use_cases.overview.weeks import count_weeks, view_weeks
from web.use_cases.views.overview import QuotaState, StackBy, WeeksView

TODAY = day("2026-01-14")


def weeks(problem: Problem, *stays: Any, by: StackBy = StackBy.TRACK) -> WeeksView:
    """Return the first weeks of a plan."""
    counted = count_weeks(problem, make_plan(*stays))
    return view_weeks(Names(problem=problem, language="en"), counted, by, TODAY)


def test_desks_of_a_week_are_those_of_its_days_in_the_middle() -> None:
    problem = make_problem(requests=(make_request("ada", desks=2), make_request("bo")))
    view = weeks(
        problem,
        make_residency("ada", days=14),
        make_residency("bo", first_day=day("2026-01-12"), days=3),
    )
    assert view.first_days[:3] == (day("2026-01-05"), day("2026-01-12"), day("2026-01-19"))
    assert [round(7 * used) for used in view.used[:3]] == [14, 14 + 3, 0]
    assert view.today == 1


def test_the_first_week_ends_on_a_sunday_whatever_day_the_programme_begins() -> None:
    programme = make_programme(first_day=day("2026-01-08"))
    problem = make_problem(programme=programme)
    view = weeks(problem)
    assert list(zip(view.first_days, view.last_days, strict=True))[:2] == [
        (day("2026-01-08"), day("2026-01-11")),
        (day("2026-01-12"), day("2026-01-18")),
    ]


def test_capacity_falls_with_closures_and_ends_with_zones() -> None:
    zones = (
        make_zone("zone-a", desks=4, closures=(make_range("2026-01-12", "2026-01-18"),)),
        make_zone("zone-b", desks=3, last_day=day("2026-01-18")),
    )
    assert weeks(make_problem(zones=zones)).capacity[:3] == (7.0, 3.0, 4.0)


def test_closures_that_overlap_close_once() -> None:
    closures = (make_range("2026-01-05", "2026-01-11"), make_range("2026-01-08", "2026-01-18"))
    view = weeks(make_problem(zones=(make_zone(desks=4, closures=closures),)))
    assert view.capacity[:3] == (0.0, 0.0, 4.0)


def test_what_is_reserved_is_not_open_to_visitors() -> None:
    zones, reservations = (make_zone(desks=4),), (make_reservation(desks=3),)
    view = weeks(
        make_problem(zones=zones, reservations=reservations), make_residency("ada", days=7)
    )
    layers = [(layer.name, layer.desks[0]) for layer in view.layers]
    assert layers == [("vision", 1.0)]
    assert (view.used[0], view.capacity[0]) == (1.0, 1.0)


def test_desks_are_stacked_by_site_when_asked() -> None:
    problem = make_problem(
        sites=(make_site("seoul"), make_site("busan")),
        buildings=(make_building("main"), make_building("port", site="busan")),
        floors=(make_floor("floor-1"), make_floor("pier", building="port")),
        zones=(make_zone("zone-a"), make_zone("zone-b", floor="pier")),
        slots=(make_slot(), make_slot("sea", site="busan")),
        requests=(make_request("ada"), make_request("bo"), make_request("cy")),
    )
    stays = (
        make_residency("ada"),
        make_residency("bo", zone="zone-b", slot="sea"),
        make_residency("cy", zone="zone-b", slot="sea"),
    )
    view = weeks(problem, *stays, by=StackBy.SITE)
    assert [(layer.name, layer.desks[0]) for layer in view.layers] == [
        ("busan", 2.0),
        ("seoul", 1.0),
    ]


def test_who_has_a_place_is_counted_by_track_and_country() -> None:
    problem = make_problem(
        institutions=(make_institution(), make_institution("kaist", country="KR")),
        requests=(make_request("ada"), make_request("bo"), make_request("cy", withdrawn=True)),
    )
    counts = count_all(problem, make_plan(make_residency("ada")))
    names = Names(problem=problem, language="en")
    assert [(row.id, row.placed, row.asked) for row in track_rows(names, counts)] == [
        ("vision", 1, 2)
    ]
    assert [(row.id, row.placed, row.asked) for row in country_rows(counts)] == [("CA", 1, 2)]


@pytest.mark.parametrize(
    ("limits", "state", "cost"),
    [
        ({"max": 3}, QuotaState.FINE, 0),
        ({"max": 2}, QuotaState.FULL, 0),
        ({"max": 1}, QuotaState.OVER, 0),
        ({"min": 4, "points_per_missing": 500}, QuotaState.MISSING, 1000),
        ({"min": 5, "unit": 2, "points_per_missing": 100}, QuotaState.MISSING, 200),
    ],
)
def test_a_quota_says_how_it_stands_and_what_is_missing_costs(
    limits: dict[str, Any], state: QuotaState, cost: int
) -> None:
    problem = make_problem(
        requests=(make_request("ada"), make_request("bo")), quotas=(make_quota(**limits),)
    )
    plan = make_plan(make_residency("ada"), make_residency("bo"))
    (row,) = quota_rows(Names(problem=problem, language="en"), count_all(problem, plan))
    assert (row.counted, row.state, row.cost) == (2, state, cost)


def test_quotas_count_by_their_own_measure_and_what_is_wrong_comes_first() -> None:
    quotas = (
        make_quota("fine", max=100),
        make_quota("days", measure=Measure.PERSON_DAYS, by=QuotaBy.TRACK, value="vision", max=10),
        make_quota("few", min=2),
    )
    problem = make_problem(quotas=quotas, hosts=(make_host(),))
    plan = make_plan(make_residency("ada", days=28))
    rows = quota_rows(Names(problem=problem, language="en"), count_all(problem, plan))
    assert [(row.id, row.counted, row.state.value) for row in rows] == [
        ("days", 28, "over"),
        ("few", 1, "missing"),
        ("fine", 1, "fine"),
    ]


def test_the_charts_areas_reach_from_the_ground_to_the_sum_of_the_layers() -> None:
    problem = make_problem(
        sites=(make_site("seoul"), make_site("busan")),
        buildings=(make_building("main"), make_building("port", site="busan")),
        floors=(make_floor("floor-1"), make_floor("pier", building="port")),
        zones=(make_zone("zone-a", desks=2), make_zone("zone-b", floor="pier", desks=1)),
        slots=(make_slot(), make_slot("sea", site="busan")),
        requests=(make_request("ada", desks=2), make_request("bo")),
    )
    stays = (
        make_residency("ada", days=14),
        make_residency("bo", zone="zone-b", slot="sea", days=7),
    )
    view = weeks(problem, *stays, by=StackBy.SITE)
    two = replace(
        view,
        first_days=view.first_days[:2],
        last_days=view.last_days[:2],
        capacity=view.capacity[:2],
        used=view.used[:2],
        layers=tuple(replace(layer, desks=layer.desks[:2]) for layer in view.layers),
    )
    chart = build_weeks_chart(two)
    assert (chart.weeks, chart.top) == (2, 3)
    assert [(layer.series.name, layer.path) for layer in chart.layers] == [
        ("busan", "M0 3V0H1V1H2V3Z"),
        ("seoul", "M0 3V1H1V1H2V3Z"),
    ]
    assert chart.capacity == "M0 0H1V0H2"
    assert [tick.desks for tick in chart.levels] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("desks", "levels"),
    [(5, [0, 1, 2, 3, 4, 5]), (44, [0, 10, 20, 30, 40, 50]), (143, [0, 50, 100, 150])],
)
def test_the_charts_levels_are_round_numbers(desks: int, levels: list[int]) -> None:
    chart = build_weeks_chart(weeks(make_problem(zones=(make_zone(desks=desks),))))
    assert [tick.desks for tick in chart.levels] == levels


def test_a_long_programmes_chart_names_every_sixth_month_or_january_only() -> None:
    programme = make_programme(first_day=day("2026-01-05"), last_day=day("2030-12-31"))
    chart = build_weeks_chart(weeks(make_problem(programme=programme)))
    assert [tick.month.isoformat()[:7] for tick in chart.months] == [
        f"{year}-{month}" for year in range(2026, 2031) for month in ("01", "07")
    ]
