"""What a researcher's page gets: stays, days of note, calendars."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from models.database import Database
from models.link_store import load_links
from models.problem_loader import load_problem
from models.release_store import Scope, ScopeKind
from scheduler.problem.people import Host
from scheduler.problem.problem import Problem
from scheduler.problem.types import HostId
from tests.builders import (
    day,
    make_event,
    make_host,
    make_institution,
    make_policy,
    make_problem,
    make_range,
    make_request,
    make_residency,
    make_site,
    make_zone,
)
from tests.web.laboratory import (
    MAKER,
    NOW,
    later,
    plan_by_hand,
    publish,
    publish_ada,
    seed,
)
from web.use_cases.errors import NotThereError, UnknownZoneError
from web.use_cases.researchers.keeping import keep_zone, note_first_look, note_read
from web.use_cases.researchers.page import show_researcher
from web.use_cases.researchers.visiting import Visit, visit
from web.use_cases.views import (
    DayNote,
    ResearcherView,
)
from web.use_cases.views.researchers import NewsKind, NewsPart, ZoneFrom

LATE = day("2026-03-02")
ZONE, OTHER = make_zone(), make_zone("zone-b")


def visit_of(session: Session, researcher: str, language: str | None = None) -> Visit:
    links = {link.scope: link.id for link in load_links(session, "lab")}
    token = MAKER.token(links[Scope(kind=ScopeKind.RESEARCHER, id=researcher)])
    return visit(session, token, language=language)


def page_of(database: Database, researcher: str, language: str | None = None) -> ResearcherView:
    with database.reading() as session:
        visitor = visit_of(session, researcher, language)
        return show_researcher(session, visitor, load_problem(session, "lab"), MAKER, now=NOW)


def read_up_to(database: Database, release: int) -> None:
    with database.writing() as session:
        note_read(session, visit_of(session, "ada"), release)


def news_of_ada(database: Database) -> list[tuple[NewsKind, str, list[tuple[NewsPart, str, str]]]]:
    return [
        (news.kind, news.title, [(part.part, part.was, part.now) for part in news.parts])
        for news in page_of(database, "ada").news
    ]


def data_of(database: Database) -> Problem:
    with database.reading() as session:
        return load_problem(session, "lab")


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
            visit(session, token, language="en")


def test_the_first_look_reads_everything_in_silence(database: Database) -> None:
    publish_ada(database)
    with database.writing() as session:
        note_first_look(session, visit_of(session, "ada"))
        note_read(session, visit_of(session, "ada"), 7)
    view = page_of(database, "ada")
    assert (view.news, view.read_release) == ((), 1)


def test_what_changed_stands_there_until_it_is_read(database: Database) -> None:
    problem = seed(
        database,
        make_problem(
            requests=(make_request("ada", hosts=None),),
            zones=(ZONE, OTHER),
            hosts=(make_host("kim"), make_host("lee")),
        ),
    )
    plan_by_hand(database, problem, make_residency("ada", host=HostId("kim")))
    publish(database)
    read_up_to(database, 1)
    moved = make_residency("ada", first_day=day("2026-01-12"), zone=OTHER.id, host=HostId("lee"))
    plan_by_hand(database, problem, moved, now=later(hours=1))
    publish(database, now=later(hours=2))
    (news,) = page_of(database, "ada").news
    assert news.was == (day("2026-01-05"), day("2026-02-01"))
    assert news_of_ada(database) == [
        (
            NewsKind.CHANGED,
            "",
            [
                (NewsPart.PLACE, "zone-a, floor-1, main, seoul", "zone-b, floor-1, main, seoul"),
                (NewsPart.HOST, "kim", "lee"),
            ],
        )
    ]
    read_up_to(database, 2)
    assert page_of(database, "ada").news == ()


def test_a_stay_that_goes_and_comes_back_is_told_each_time(database: Database) -> None:
    problem = publish_ada(database)
    read_up_to(database, 1)
    plan_by_hand(database, problem, now=later(hours=1))
    publish(database, now=later(hours=2))
    assert news_of_ada(database) == [(NewsKind.CANCELLED, "", [])]
    read_up_to(database, 2)
    plan_by_hand(database, problem, make_residency("ada"), now=later(hours=3))
    publish(database, now=later(hours=4))
    assert news_of_ada(database) == [(NewsKind.BACK, "", [])]
    told = [(each.release, each.news.kind) for each in page_of(database, "ada").stays[0].history]
    assert told == [(3, NewsKind.BACK), (2, NewsKind.CANCELLED), (1, NewsKind.NEW)]


def test_events_that_move_or_leave_the_stay_are_told(database: Database) -> None:
    early, late = make_event("demo", "2026-01-20"), make_event("talk", "2026-01-30")
    problem = seed(database, make_problem(events=(early, late)))
    plan_by_hand(database, problem, make_residency("ada"))
    publish(database)
    read_up_to(database, 1)
    moved = make_event("demo", "2026-01-21")
    problem = seed(database, replace(data_of(database), events=(moved, late)))
    plan_by_hand(database, problem, make_residency("ada", days=21), now=later(hours=1))
    publish(database, now=later(hours=2))
    assert news_of_ada(database) == [
        (NewsKind.CHANGED, "", []),
        (NewsKind.CHANGED, "demo", []),
        (NewsKind.OUTSIDE, "talk", []),
    ]


def test_a_chosen_time_zone_is_the_one_at_home_until_it_is_taken_back(database: Database) -> None:
    problem = make_problem(institutions=(make_institution(country="AE"),))
    plan_by_hand(database, seed(database, problem), make_residency("ada"))
    publish(database)
    assert page_of(database, "ada").zone.name == "Asia/Dubai"
    with database.writing() as session:
        keep_zone(session, visit_of(session, "ada"), "America/New_York")
    view = page_of(database, "ada")
    assert (view.zone.name, view.zone.known_from) == ("America/New_York", ZoneFrom.CHOICE)
    assert view.stays[0].home is not None
    assert view.stays[0].home.begins.isoformat() == "2026-01-04T10:00:00-05:00"
    with database.writing() as session:
        keep_zone(session, visit_of(session, "ada"), None)
    assert page_of(database, "ada").zone.name == "Asia/Dubai"
    with database.writing() as session, pytest.raises(UnknownZoneError):
        keep_zone(session, visit_of(session, "ada"), "Asia/Atlantis")


def test_the_visa_is_due_where_the_policy_names_the_country(database: Database) -> None:
    problem = make_problem(policy=make_policy(visa_lead_days={"CA": 40}))
    plan_by_hand(database, seed(database, problem), make_residency("ada", first_day=LATE))
    publish(database)
    tasks = page_of(database, "ada").stays[0].tasks
    assert [(task.text, task.due.isoformat(), task.is_late) for task in tasks] == [
        ("Send the office a copy of your passport", "2026-01-01", True),
        (None, "2026-01-21", False),
        ("Book your travel and somewhere to stay", "2026-01-31", False),
        ("Send the office a proof of your insurance", "2026-02-09", False),
        ("Tell your host when you arrive", "2026-02-23", False),
    ]


def test_public_days_at_home_stand_beside_those_of_the_site(database: Database) -> None:
    problem = make_problem(
        sites=(make_site(holidays="KR"),), institutions=(make_institution(country="US"),)
    )
    stay = make_residency("ada", first_day=day("2026-02-09"), days=14)
    plan_by_hand(database, seed(database, problem), stay)
    publish(database)
    view = page_of(database, "ada").stays[0]
    assert [(note.first_day.day, note.name) for note in view.home_holidays] == [
        (16, "Washington's Birthday")
    ]
    assert [note.first_day.day for note in view.holidays] == [16, 17, 18]


def test_the_floor_is_drawn_with_the_zone_marked_and_with_nobody_on_it(database: Database) -> None:
    publish_ada(database)
    picture = page_of(database, "ada").stays[0].picture
    assert picture is not None
    assert (picture.marked, [zone.name for zone in picture.drawing.zones]) == ("zone-a", ["zone-a"])


def test_a_withdrawn_request_is_said_to_be_one(database: Database) -> None:
    both = (make_request("ada"), make_request("bo", withdrawn=True))
    plan_by_hand(database, seed(database, make_problem(requests=both)), make_residency("ada"))
    publish(database)
    views = [page_of(database, name) for name in ("ada", "bo")]
    assert [(len(view.stays), view.is_withdrawn) for view in views] == [(1, False), (0, True)]
