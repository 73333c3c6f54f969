"""What a researcher's page gets: stays, days of note, calendars."""

from __future__ import annotations

from dataclasses import replace

import pytest

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
    make_problem,
    make_range,
    make_request,
    make_residency,
    make_site,
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
from web.use_cases.errors import NotThereError
from web.use_cases.researchers.page import show_researcher
from web.use_cases.researchers.visiting import visit
from web.use_cases.views import (
    DayNote,
    ResearcherView,
)


def page_of(database: Database, researcher: str, language: str | None = None) -> ResearcherView:
    with database.reading() as session:
        links = {link.scope: link.id for link in load_links(session, "lab")}
        token = MAKER.token(links[Scope(kind=ScopeKind.RESEARCHER, id=researcher)])
        return show_researcher(session, visit(session, token, language=language), MAKER, now=NOW)


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
