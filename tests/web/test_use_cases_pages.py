"""What the pages get: figures, rows, the timeline, and the researcher's stay."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from models.database import Database
from models.errors import NoSuchProgramme
from models.link_store import load_links
from models.problem_loader import load_problem
from models.release_store import Scope, ScopeKind
from scheduler.plan import Reason, Unplaced
from scheduler.problem.people import Host
from scheduler.problem.problem import Problem
from scheduler.problem.types import HostId, RequestId, ZoneId
from scheduler.rules import Rule
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
    MAKER,
    NOW,
    PUBLISHER,
    later,
    plan_by_hand,
    publish,
    publish_ada,
    seed,
)
from web.use_cases.errors import NotThereError
from web.use_cases.lists import show_programmes, show_researchers
from web.use_cases.programme_page import show_programme
from web.use_cases.researcher_page import show_researcher
from web.use_cases.timeline_page import show_timeline
from web.use_cases.views import (
    BackgroundKind,
    DayNote,
    GroupBy,
    PlaceView,
    ProgrammeView,
    ResearcherView,
    TimelineView,
)


def programme(database: Database, **others: Any) -> ProgrammeView:
    values: dict[str, Any] = {"language": "en", "now": NOW} | others
    with database.reading() as session:
        return show_programme(session, "lab", PUBLISHER, **values)


def timeline(database: Database, group_by: GroupBy = GroupBy.PLACE) -> TimelineView:
    with database.reading() as session:
        return show_timeline(session, "lab", language="en", now=NOW, group_by=group_by)


def page_of(database: Database, researcher: str, language: str | None = None) -> ResearcherView:
    with database.reading() as session:
        links = {link.scope: link.id for link in load_links(session, "lab")}
        token = MAKER.token(links[Scope(kind=ScopeKind.RESEARCHER, id=researcher)])
        return show_researcher(session, token, MAKER, language=language, now=NOW)


def data_of(database: Database) -> Problem:
    with database.reading() as session:
        return load_problem(session, "lab")


def test_a_programme_that_was_never_planned_has_requests_and_no_plan(database: Database) -> None:
    seed(database)
    view = programme(database)
    assert (view.figures.submitted, view.figures.placed, view.figures.unplaced) == (1, 0, 1)
    assert (view.plan, view.release, view.active_run, view.last_run) == (None, None, None, None)
    assert (view.who_is_where, view.unplaced, view.feeds, view.researcher_links) == ((), (), (), ())


def test_an_unknown_programme_is_an_error(database: Database) -> None:
    with pytest.raises(NoSuchProgramme), database.reading() as session:
        show_programme(session, "x", PUBLISHER, language="en", now=NOW)


def test_figures_count_the_plan_the_month_and_the_day(database: Database) -> None:
    problem = seed(
        database,
        make_problem(
            zones=(
                make_zone("zone-a", desks=8),
                make_zone("zone-b", desks=4, last_day=day("2026-01-04")),
            ),
            requests=(make_request("ada", desks=2), make_request("bo"), make_request("cy")),
            reservations=(make_reservation(desks=3),),
        ),
    )
    plan_by_hand(
        database,
        problem,
        make_residency("ada", days=28),
        make_residency("bo", first_day=day("2026-02-02"), days=7),
    )
    figures = programme(database).figures
    assert (figures.submitted, figures.placed, figures.unplaced) == (3, 2, 1)
    assert figures.residencies_this_month == 1
    assert figures.person_days == 28 * 2 + 7
    assert figures.person_days_this_month == 27 * 2
    assert (figures.desks_day, figures.desks_in_use, figures.desks) == (day("2026-01-05"), 2 + 3, 8)


def test_who_is_where_lists_the_stays_of_the_shown_month(database: Database) -> None:
    problem = seed(
        database, make_problem(requests=(make_request("ada"), make_request("bo", hosts=None)))
    )
    plan_by_hand(
        database,
        problem,
        make_residency("ada"),
        make_residency("bo", first_day=day("2026-02-02"), host=HostId("kim")),
    )
    view = programme(database, month=day("2026-03-01"))
    assert (view.previous_month, view.month, view.next_month) == (
        day("2026-02-01"),
        day("2026-03-01"),
        None,
    )
    row = view.who_is_where[0]
    assert len(view.who_is_where) == 1
    assert (row.researcher, row.institution, row.country, row.host) == (
        "bo",
        "waterloo",
        "CA",
        "kim",
    )
    assert (row.first_day, row.last_day) == (day("2026-02-02"), day("2026-03-01"))
    assert row.place == PlaceView(
        zone="zone-a", floor="floor-1", building="main", site="seoul", address=""
    )


@pytest.mark.parametrize(
    ("now", "month"),
    [
        ("2025-06-01", "2026-01-01"),
        ("2026-02-14", "2026-02-01"),
        ("2030-01-01", "2026-03-01"),
    ],
)
def test_the_shown_month_is_todays_or_the_programmes_nearest(
    database: Database, now: str, month: str
) -> None:
    seed(database)
    moment = dt.datetime.fromisoformat(f"{now}T12:00:00+00:00")
    assert programme(database, now=moment).month == day(month)


def test_today_is_the_programmes_not_the_servers(database: Database) -> None:
    seed(database)
    late = dt.datetime(2026, 1, 31, 20, 0, tzinfo=dt.UTC)
    assert programme(database, now=late).today == day("2026-02-01")


def test_requests_left_out_come_by_priority_with_their_reasons(database: Database) -> None:
    requests = (make_request("ada", priority=2), make_request("bo", priority=5), make_request("cy"))
    problem = seed(database, make_problem(requests=requests))
    why = (Reason(rule=Rule.ZONE, text="zone-a is full"),)
    plan_by_hand(
        database,
        problem,
        make_residency("cy"),
        unplaced=(Unplaced(request=RequestId("ada"), why=why),),
    )
    rows = programme(database).unplaced
    assert [row.request for row in rows] == ["bo", "ada"]
    assert [(reason.rule, reason.text) for reason in rows[1].why] == [("H5", "zone-a is full")]


def test_the_plan_says_what_it_is_worth_and_how_far_that_is_proven(database: Database) -> None:
    problem = seed(database)
    plan_by_hand(database, problem, make_residency("ada"))
    plan = programme(database).plan
    assert plan is not None
    assert (plan.status, plan.objective, plan.bound, plan.gap) == ("optimal", 3000, 3000, 0.0)
    assert {term.name: term.points for term in plan.terms if term.points} == {"placed": 3000}
    assert plan.is_current
    seed(database, make_problem(zones=(make_zone(desks=4),)))
    changed = programme(database).plan
    assert changed is not None
    assert not changed.is_current


def test_a_plan_that_names_what_is_gone_shows_the_rest(database: Database) -> None:
    requests = (make_request("ada"), make_request("bo"))
    problem = seed(database, make_problem(requests=requests))
    plan_by_hand(database, problem, make_residency("ada"), make_residency("bo"))
    seed(database, make_problem())
    assert [row.request for row in programme(database).who_is_where] == ["ada"]
    assert [item.id for item in timeline(database).items] == ["residency:ada"]


def test_the_release_tells_whether_the_plan_is_news(database: Database) -> None:
    publish_ada(database)
    release = programme(database).release
    assert release is not None
    assert (release.number, release.residencies, release.plan_differs) == (1, 1, False)
    plan_by_hand(database, data_of(database), make_residency("ada", days=21), now=later(hours=1))
    changed = programme(database).release
    assert changed is not None
    assert (changed.number, changed.plan_differs) == (1, True)


def test_moments_are_on_the_programmes_clock(database: Database) -> None:
    publish_ada(database)
    release = programme(database).release
    assert release is not None
    assert release.published_at.isoformat() == "2026-01-05T09:30:00+09:00"


def test_texts_are_in_the_readers_language(database: Database) -> None:
    zone = replace(make_zone(), name={"en": "Robot hall", "ko": "로봇 홀"})
    problem = seed(database, make_problem(zones=(zone,)))
    plan_by_hand(database, problem, make_residency("ada"))
    rows = programme(database, language="ko").who_is_where
    assert [row.place.zone for row in rows] == ["로봇 홀"]


def test_programmes_are_listed(database: Database) -> None:
    seed(database)
    with database.reading() as session:
        view = show_programmes(session, language="en")
    assert [(row.id, row.name) for row in view.programmes] == [("lab", "Lab")]


def test_researchers_are_listed_with_stay_and_link(database: Database) -> None:
    requests = (make_request("ada"), make_request("bo"), make_request("cy", withdrawn=True))
    problem = seed(database, make_problem(requests=requests))
    plan_by_hand(database, problem, make_residency("ada"))
    with database.reading() as session:
        before = show_researchers(session, "lab", MAKER, language="en")
    assert (before.is_published, [row.link for row in before.rows]) == (False, [None] * 3)
    publish(database)
    with database.reading() as session:
        view = show_researchers(session, "lab", MAKER, language="en")
    shown = [(row.request, row.stay is not None, row.is_withdrawn) for row in view.rows]
    assert shown == [("ada", True, False), ("bo", False, False), ("cy", False, True)]
    assert all(str(row.link).startswith("https://lab.example.org/r/") for row in view.rows)


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


def test_a_researcher_sees_place_host_and_what_falls_into_the_stay(database: Database) -> None:
    host: Host = replace(make_host("kim"), email="kim@lab.example.org")
    problem = seed(
        database,
        make_problem(
            sites=(
                make_site(
                    holidays="KR",
                    address="Yangjae-dong",
                    lat=37.5,
                    lon=127.0,
                    closures=(make_range("2026-02-09", name="Move"),),
                ),
            ),
            hosts=(host,),
            events=(make_event("demo", "2026-02-10"), make_event("later", "2026-03-20")),
            requests=(make_request("ada", hosts=None),),
        ),
    )
    first_day = day("2026-02-02")
    plan_by_hand(database, problem, make_residency("ada", first_day=first_day, host=HostId("kim")))
    publish(database)
    view = page_of(database, "ada")
    stay = view.stays[0]
    assert (stay.first_day, stay.last_day, stay.days) == (first_day, day("2026-03-01"), 28)
    assert (stay.place.zone, stay.place.address) == ("zone-a", "Yangjae-dong")
    assert (stay.latitude, stay.longitude) == (37.5, 127.0)
    assert stay.host is not None
    assert (stay.host.name, stay.host.email) == ("kim", "kim@lab.example.org")
    demo = day("2026-02-10")
    move = day("2026-02-09")
    assert stay.events == (DayNote(name="demo", first_day=demo, last_day=demo),)
    assert stay.closures == (DayNote(name="Move", first_day=move, last_day=move),)
    assert [(note.first_day.day, note.name) for note in stay.holidays] == [
        (16, "The day preceding Korean New Year"),
        (17, "Korean New Year"),
        (18, "The second day of Korean New Year"),
        (1, "Independence Movement Day"),
    ]


def test_holidays_are_named_in_the_readers_language(database: Database) -> None:
    problem = seed(database, make_problem(sites=(make_site(holidays="KR"),)))
    plan_by_hand(database, problem, make_residency("ada", first_day=day("2026-02-09"), days=14))
    publish(database)
    stay = page_of(database, "ada", language="ko").stays[0]
    assert [note.name for note in stay.holidays] == ["설날 전날", "설날", "설날 다음날"]


def test_a_researcher_sees_the_release_and_not_the_plan_after_it(database: Database) -> None:
    publish_ada(database)
    plan_by_hand(database, data_of(database), make_residency("ada", days=21), now=later(hours=1))
    assert [stay.days for stay in page_of(database, "ada").stays] == [28]


def test_a_cancelled_stay_says_so(database: Database) -> None:
    publish_ada(database)
    data = replace(data_of(database), published=())
    seed(database, data)
    plan_by_hand(database, data, now=later(hours=1))
    publish(database, now=later(hours=2))
    assert [stay.is_cancelled for stay in page_of(database, "ada").stays] == [True]


def test_a_researcher_who_left_the_data_still_has_the_page(database: Database) -> None:
    publish_ada(database)
    seed(database, make_problem(requests=(make_request("bo"),)))
    view = page_of(database, "ada")
    assert (view.name, view.institution, view.email) == ("ada", "waterloo", None)


def test_the_page_offers_the_calendar_in_three_ways(database: Database) -> None:
    publish_ada(database)
    feed = page_of(database, "ada").feed
    assert feed.webcal == feed.https.replace("https://", "webcal://")
    assert feed.download == f"{feed.https}?download=1"
    assert feed.name == "ada \u2013 Lab residency"


def test_a_link_to_a_zone_opens_no_page(database: Database) -> None:
    publish_ada(database)
    with database.reading() as session:
        links = {link.scope.kind: link.id for link in load_links(session, "lab")}
        token = MAKER.token(links[ScopeKind.ZONE])
        with pytest.raises(NotThereError):
            show_researcher(session, token, MAKER, language="en", now=NOW)
