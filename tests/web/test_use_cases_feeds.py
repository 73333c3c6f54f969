"""Feeds out of a release: each reader's part of it alone, by a fixed number of queries."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.database import Database
from models.link_store import Device, create_link, find_link, load_links
from models.problem_loader import load_problem
from models.release_store import Scope, ScopeKind, load_release_entries
from scheduler.problem.requests import RequestStatus
from scheduler.problem.types import HostId, ZoneId
from tests.builders import (
    day,
    make_event,
    make_host,
    make_problem,
    make_request,
    make_researcher,
    make_residency,
    make_slot,
    make_zone,
)
from tests.models.statements import statements_to
from tests.web.calendar_clients import read_by_icalendar
from tests.web.laboratory import MAKER, NOW, later, plan_by_hand, publish, publish_ada, seed
from web.calendars.readers import Reader, ReaderKind, entries_for
from web.use_cases.errors import NotThereError
from web.use_cases.links.making import end_link
from web.use_cases.releases.entries import told_entry
from web.use_cases.researchers.feeds import Feed, Feeds
from web.use_cases.researchers.told import Told, load_told

ADA = Scope(kind=ScopeKind.RESEARCHER, id="ada")


def feeds() -> Feeds:
    return Feeds(MAKER, domain="lab.example.org")


def tokens_of(database: Database) -> dict[Scope, str]:
    with database.reading() as session:
        return {link.scope: MAKER.token(link.id) for link in load_links(session, "lab")}


def publish_and_move_ada(database: Database) -> None:
    """Publish a stay during an event, then move it after the event, to another zone and host."""
    problem = seed(
        database,
        make_problem(
            zones=(make_zone("zone-a"), make_zone("zone-b")),
            hosts=(make_host("kim"), make_host("lee")),
            requests=(make_request("ada", hosts=None),),
            events=(make_event("demo", "2026-01-10"),),
        ),
    )
    plan_by_hand(database, problem, make_residency("ada", host=HostId("kim")))
    publish(database)
    with database.reading() as session:
        told = load_problem(session, "lab")
    moved = make_residency(
        "ada", first_day=day("2026-02-02"), zone=ZoneId("zone-b"), host=HostId("lee")
    )
    plan_by_hand(database, told, moved, now=later(hours=1))
    publish(database, now=later(hours=2))


def test_a_readers_part_of_a_release_shows_what_the_whole_release_shows(
    database: Database,
) -> None:
    publish_and_move_ada(database)
    with database.reading() as session:
        whole = [told_entry(row) for row in load_release_entries(session, "lab", 2)]
        for scope, token in tokens_of(database).items():
            told = told_to(session, token)
            reader = Reader(kind=ReaderKind(scope.kind.value), id=scope.id, name="")
            assert told.entries == entries_for(reader, whole)


def told_to(session: Session, token: str) -> Told:
    link = find_link(session, token)
    assert link is not None
    return load_told(session, link)


def test_whoever_a_stay_left_is_told_of_it(database: Database) -> None:
    publish_and_move_ada(database)
    seen = {}
    with database.reading() as session:
        for scope, token in tokens_of(database).items():
            told = told_to(session, token)
            seen[scope.kind.value, scope.id] = [
                (entry.subject, entry.cancelled) for entry in told.entries
            ]
    assert seen == {
        ("programme", "lab"): [("demo", False), ("ada", False)],
        ("track", "vision"): [("demo", False), ("ada", False)],
        ("site", "seoul"): [("demo", False), ("ada", False)],
        ("floor", "floor-1"): [("ada", False)],
        ("zone", "zone-a"): [("ada", True)],
        ("zone", "zone-b"): [("ada", False)],
        ("host", "kim"): [("ada", True)],
        ("host", "lee"): [("ada", False)],
        ("researcher", "ada"): [("demo", True), ("ada", False)],
    }


@pytest.mark.parametrize("others", [0, 40])
def test_a_feed_takes_five_queries_and_then_one_however_many_stays_there_are(
    database: Database, others: int
) -> None:
    names = ["ada", *(f"guest-{number}" for number in range(others))]
    problem = seed(
        database,
        make_problem(
            slots=(make_slot(places=50),),
            zones=(make_zone(desks=50, area_m2=5000),),
            requests=tuple(make_request(name) for name in names),
        ),
    )
    plan_by_hand(database, problem, *(make_residency(name) for name in names))
    publish(database)
    token = tokens_of(database)[ADA]
    kept = feeds()
    counts = []
    for _ in range(2):
        with statements_to(database) as statements:
            kept.fetch(database, token)
        counts.append(len(statements))
    assert counts == [5, 1]


def test_another_readers_feed_of_a_known_release_takes_two_queries(database: Database) -> None:
    publish_ada(database)
    tokens = tokens_of(database)
    kept = feeds()
    kept.fetch(database, tokens[ADA])
    with statements_to(database) as statements:
        kept.fetch(database, tokens[Scope(kind=ScopeKind.HOST, id="kim")])
    assert len(statements) == 2


def device_feed(database: Database, scope: Scope, **shows: Any) -> Feed:
    """Return the calendar of a link made for a phone of a reader."""
    with database.writing() as session:
        token = create_link(
            session,
            programme_id="lab",
            scope=scope,
            now=NOW,
            device=Device(device="Ada's phone", **shows),
        )
    return feeds().fetch(database, token).feed


def publish_in_korea(database: Database) -> None:
    """Publish Ada's stay from 5 January 2026, from Canada at a site that keeps Korea's holidays."""
    site = replace(make_problem().sites[0], holidays="KR")
    problem = seed(database, make_problem(sites=(site,)))
    plan_by_hand(database, problem, make_residency("ada"))
    publish(database)


def test_a_devices_calendar_shows_no_page_and_no_address_but_its_own(database: Database) -> None:
    publish_ada(database)
    own = feeds().fetch(database, tokens_of(database)[ADA]).feed
    other = device_feed(database, ADA)
    assert f"/r/{tokens_of(database)[ADA]}".encode() in own.body.replace(b"\r\n ", b"")
    assert b"/r/" not in other.body
    assert tokens_of(database)[ADA].encode() not in other.body.replace(b"\r\n ", b"")
    assert [event.uid for event in read_by_icalendar(other.body)] == [
        event.uid for event in read_by_icalendar(own.body)
    ]


def test_a_link_with_holidays_shows_those_of_both_countries_to_a_researcher(
    database: Database,
) -> None:
    publish_in_korea(database)
    country = make_problem().institutions[0].country
    told = read_by_icalendar(device_feed(database, ADA).body)
    shown = read_by_icalendar(device_feed(database, ADA, shows_holidays=True).body)
    more = [event.uid.partition("+")[0] for event in shown if event not in told]
    assert [event for event in shown if event in told] == told
    assert set(more) == {"KR", country}


def test_a_link_with_holidays_shows_those_of_the_host_country_to_a_place(
    database: Database,
) -> None:
    publish_in_korea(database)
    zone = Scope(kind=ScopeKind.ZONE, id="zone-a")
    events = read_by_icalendar(device_feed(database, zone, shows_holidays=True).body)
    assert [(event.uid, event.first) for event in events] == [
        ("KR+2025-12-25@holidays.sarangchae.local", "2025-12-25"),
        ("KR+2026-01-01@holidays.sarangchae.local", "2026-01-01"),
        ("lab.ada@lab.example.org", "2026-01-05"),
    ]


def test_a_link_of_busy_days_names_nobody_and_no_place_whatever_else_it_shows(
    database: Database,
) -> None:
    publish_in_korea(database)
    feed = device_feed(database, ADA, shows_holidays=True, busy_only=True)
    assert [event.summary for event in read_by_icalendar(feed.body)] == ["Busy"]
    assert b"lab.ada" not in feed.body
    assert (feed.name, feed.file_name) == ("Lab \u2013 busy days", "lab-busy")


def test_a_withdrawn_request_is_told_as_cancelled_and_then_no_more(database: Database) -> None:
    problem = publish_ada(database)
    token = tokens_of(database)[ADA]
    withdrawn = replace(problem.requests[0], status=RequestStatus.WITHDRAWN)
    gone = replace(problem, requests=(withdrawn,))
    kept = feeds()
    kept.fetch(database, token)
    seed(database, gone)
    plan_by_hand(database, gone, now=later(hours=1))
    publish(database, now=later(hours=2))
    told = read_by_icalendar(kept.fetch(database, token).feed.body)
    assert [(event.uid, event.status, event.sequence) for event in told] == [
        ("lab.ada++arrival@lab.example.org", "CANCELLED", 1),
        ("lab.ada@lab.example.org", "CANCELLED", 1),
        ("lab.ada++departure@lab.example.org", "CANCELLED", 1),
    ]


def test_a_calendar_changes_with_a_release_and_not_before(database: Database) -> None:
    problem = make_problem(researchers=(make_researcher("ada"), make_researcher("bo")))
    seed(database, problem)
    plan_by_hand(database, problem, make_residency("ada"))
    publish(database)
    told = {scope: feeds().fetch(database, token) for scope, token in tokens_of(database).items()}
    programme = replace(problem.programme, name="Elsewhere", timezone="America/New_York")
    seed(database, replace(problem, programme=programme))
    assert told == {
        scope: feeds().fetch(database, token) for scope, token in tokens_of(database).items()
    }


def test_a_reader_without_a_stay_has_an_empty_calendar_whatever_it_shows(
    database: Database,
) -> None:
    problem = make_problem(researchers=(make_researcher("ada"), make_researcher("bo")))
    seed(database, problem)
    plan_by_hand(database, problem, make_residency("ada"))
    publish(database)
    bo = Scope(kind=ScopeKind.RESEARCHER, id="bo")
    for shows in ({}, {"shows_holidays": True}, {"busy_only": True}):
        assert read_by_icalendar(device_feed(database, bo, **shows).body) == []


TOKENS = ["x" * 43, "", "x", "x" * 100_000, "a\x00b", "토큰", "\udcff", "../../etc/passwd", "%00"]


@pytest.mark.parametrize("wrong", TOKENS, ids=range(len(TOKENS)))
def test_a_wrong_token_is_refused_by_the_one_statement_that_finds_a_right_one(
    database: Database, wrong: str
) -> None:
    publish_ada(database)
    kept = feeds()
    right = tokens_of(database)[ADA]
    kept.fetch(database, right)
    with statements_to(database) as of_right:
        kept.fetch(database, right)
    with statements_to(database) as of_wrong, pytest.raises(NotThereError):
        kept.fetch(database, wrong)
    assert of_wrong == of_right
    assert len(of_right) == 1


def test_a_revoked_link_is_refused_by_that_statement_too(database: Database) -> None:
    publish_ada(database)
    token = tokens_of(database)[ADA]
    kept = feeds()
    kept.fetch(database, token)
    with database.writing() as session:
        end_link(session, "lab", ADA, now=later(hours=1))
    with statements_to(database) as statements, pytest.raises(NotThereError):
        kept.fetch(database, token)
    assert len(statements) == 1


def test_warming_up_makes_a_feed_and_none_where_nothing_is_published(database: Database) -> None:
    warm = feeds()
    warm.warm_up(database)
    publish_ada(database)
    warm.warm_up(database)
    with statements_to(database) as statements:
        warm.warm_up(database)
    assert [
        " FROM " + table in " ".join(statement.split())
        for statement, table in zip(
            statements, ("programmes", "feed_links", "feed_links"), strict=True
        )
    ] == [True] * 3


def test_warming_up_passes_over_links_of_another_secret(database: Database) -> None:
    publish_ada(database)
    maker = replace(MAKER, secret=b"another secret of 32 bytes, too!")
    with statements_to(database) as statements:
        Feeds(maker, domain="lab.example.org").warm_up(database)
    assert len(statements) == 3
