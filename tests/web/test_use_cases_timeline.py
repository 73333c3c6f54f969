"""What the timeline gets: rows, stays, and what stands behind them."""

from __future__ import annotations

import pytest

from models.database import Database
from scheduler.problem.types import HostId, ZoneId
from tests.builders import (
    day,
    make_building,
    make_event,
    make_floor,
    make_host,
    make_problem,
    make_range,
    make_request,
    make_reservation,
    make_residency,
    make_site,
    make_zone,
)
from tests.web.laboratory import (
    NOW,
    plan_by_hand,
    seed,
)
from web.use_cases.timeline_page import show_timeline
from web.use_cases.views import (
    BackgroundKind,
    GroupBy,
    TimelineView,
)


def timeline(database: Database, group_by: GroupBy = GroupBy.PLACE) -> TimelineView:
    with database.reading() as session:
        return show_timeline(session, "lab", language="en", now=NOW, group_by=group_by)


def test_the_timeline_nests_zones_in_floors_in_buildings(database: Database) -> None:
    problem = seed(
        database,
        make_problem(
            buildings=(make_building("main"), make_building("annex")),
            floors=(make_floor("floor-1"), make_floor("floor-2", level=2)),
            zones=(make_zone("zone-a"), make_zone("zone-b", floor="floor-2")),
        ),
    )
    plan_by_hand(database, problem, make_residency("ada", zone=ZoneId("zone-b")))
    view = timeline(database)
    assert [(group.id, group.parent, group.depth) for group in view.groups] == [
        ("building:main", None, 0),
        ("floor:floor-2", "building:main", 1),
        ("zone:zone-b", "floor:floor-2", 2),
        ("floor:floor-1", "building:main", 1),
        ("zone:zone-a", "floor:floor-1", 2),
        ("building:annex", None, 0),
    ]
    assert [(item.group, item.label) for item in view.items] == [("zone:zone-b", "ada")]


def test_the_timeline_of_several_sites_begins_with_the_site(database: Database) -> None:
    seed(
        database,
        make_problem(
            sites=(make_site("seoul"), make_site("new-york")),
            buildings=(make_building("main"), make_building("lab", site="new-york")),
            floors=(make_floor(),),
        ),
    )
    assert [(group.id, group.depth) for group in timeline(database).groups] == [
        ("site:seoul", 0),
        ("building:main", 1),
        ("floor:floor-1", 2),
        ("zone:zone-a", 3),
        ("site:new-york", 0),
        ("building:lab", 1),
    ]


@pytest.mark.parametrize(
    ("group_by", "groups"),
    [
        (GroupBy.TRACK, ["track:vision"]),
        (GroupBy.HOST, ["host:kim", "host:"]),
        (GroupBy.RESEARCHER, ["researcher:ada", "researcher:bo"]),
    ],
)
def test_the_timeline_groups_by_whatever_is_asked(
    database: Database, group_by: GroupBy, groups: list[str]
) -> None:
    requests = (make_request("ada", hosts=None), make_request("bo"), make_request("cy"))
    hosts = (make_host("kim"), make_host("lee"))
    problem = seed(database, make_problem(requests=requests, hosts=hosts))
    plan_by_hand(database, problem, make_residency("ada", host=HostId("kim")), make_residency("bo"))
    view = timeline(database, group_by)
    assert [group.id for group in view.groups] == groups
    assert {item.group for item in view.items} == set(groups) or group_by is GroupBy.TRACK


def test_events_closures_and_reservations_stand_behind_the_rows(database: Database) -> None:
    problem = make_problem(
        sites=(make_site(closures=(make_range("2026-02-16", "2026-02-18", name="Seollal"),)),),
        zones=(
            make_zone(
                "zone-a",
                first_day=day("2026-01-12"),
                last_day=day("2026-03-22"),
                closures=(make_range("2026-02-02", name="Paint"),),
            ),
        ),
        events=(make_event("demo", "2026-02-09"),),
        reservations=(make_reservation(),),
    )
    seed(database, problem)
    shown = [
        (band.kind, band.group, band.label, band.first_day, band.last_day)
        for band in timeline(database).backgrounds
    ]
    closure, event = BackgroundKind.CLOSURE, BackgroundKind.EVENT
    assert shown == [
        (event, None, "demo", day("2026-02-09"), day("2026-02-09")),
        (closure, None, "Seollal", day("2026-02-16"), day("2026-02-18")),
        (closure, "zone:zone-a", "Paint", day("2026-02-02"), day("2026-02-02")),
        (closure, "zone:zone-a", "", day("2026-01-05"), day("2026-01-11")),
        (closure, "zone:zone-a", "", day("2026-03-23"), day("2026-03-29")),
        (
            BackgroundKind.RESERVATION,
            "zone:zone-a",
            "company",
            day("2026-01-05"),
            day("2026-03-29"),
        ),
    ]


def test_absences_stand_behind_the_hosts_that_are_shown(database: Database) -> None:
    away = (make_range("2026-03-02", "2026-03-08", name="Sabbatical"),)
    hosts = (make_host("kim", absences=away), make_host("lee", absences=away))
    request = make_request("ada", hosts=None)
    problem = seed(database, make_problem(hosts=hosts, requests=(request,)))
    plan_by_hand(database, problem, make_residency("ada", host=HostId("kim")))
    bands = timeline(database, GroupBy.HOST).backgrounds
    assert [(band.group, band.label) for band in bands] == [("host:kim", "Sabbatical")]
