"""Releases are numbered and never change; a reader's entries come by two fast queries."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.database import Database
from models.errors import NoSuchProgramme
from models.release_store import (
    EntryKind,
    Release,
    ReleaseEntry,
    Scope,
    ScopeKind,
    add_release,
    find_latest_release,
    find_release,
    load_entries,
    load_release_entries,
    load_releases,
)
from tests.builders import day, make_problem, make_programme
from tests.models.memory import NOW, later, remember
from tests.models.statements import statements_of

ADA = Scope(kind=ScopeKind.RESEARCHER, id="ada")
ZONE_A = Scope(kind=ScopeKind.ZONE, id="zone-a")
PROGRAMME = Scope(kind=ScopeKind.PROGRAMME, id="lab")


def _entry(uid: str = "ada", **others: Any) -> ReleaseEntry:
    values: dict[str, Any] = {
        "uid": uid,
        "kind": EntryKind.RESIDENCY,
        "sequence": 0,
        "created_at": NOW,
        "changed_at": NOW,
        "first_day": day("2026-01-05"),
        "last_day": day("2026-02-01"),
        "facts": {"zone": {"ko": "가", "en": "A"}, "desks": 1},
    }
    return ReleaseEntry(**values | others)


def _release(
    session: Session,
    *entries: ReleaseEntry,
    programme_id: str = "lab",
    note: str = "",
    now: dt.datetime = NOW,
) -> Release:
    return add_release(
        session,
        programme_id=programme_id,
        plan_id=None,
        note=note,
        scenario_sha256="ab" * 32,
        status="optimal",
        objective=3000,
        bound=3000,
        now=now,
        entries=entries,
    )


def _publish(database: Database, *entries: ReleaseEntry) -> None:
    with database.writing() as session:
        _release(session, *entries)


def _entries(database: Database, scope: Scope, number: int = 1) -> tuple[ReleaseEntry, ...]:
    with database.reading() as session:
        return load_entries(session, "lab", number, scope)


def _uids(database: Database, scope: Scope, number: int = 1) -> list[str]:
    return [entry.uid for entry in _entries(database, scope, number)]


def test_releases_of_each_programme_are_numbered_from_one(lab: Database) -> None:
    remember(lab, make_problem(programme=make_programme(id="hub")))
    with lab.writing() as session:
        first = _release(session, note="first")
        other = _release(session, programme_id="hub")
        second = _release(session, note="second", now=later(days=1))

        assert (first.number, other.number, second.number) == (1, 1, 2)
        assert find_latest_release(session, "lab") == second
        assert find_release(session, "lab", 1) == first
        assert find_release(session, "lab", 3) is None
        assert load_releases(session, "lab") == (second, first)


def test_two_who_publish_at_once_get_two_numbers(lab: Database) -> None:
    def publish(_: int) -> int:
        with lab.writing() as session:
            return _release(session).number

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(publish, range(8))) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_a_programme_that_is_not_there_cannot_publish(lab: Database) -> None:
    with lab.writing() as session, pytest.raises(NoSuchProgramme, match="programme 'moon'"):
        _release(session, programme_id="moon")


def test_before_the_first_release_calendars_are_empty(lab: Database) -> None:
    with lab.reading() as session:
        assert find_latest_release(session, "lab") is None
        assert load_entries(session, "lab", 1, ADA) == ()


@pytest.mark.parametrize("table", ["releases", "release_entries"])
def test_the_database_itself_refuses_to_change_a_release(lab: Database, table: str) -> None:
    _publish(lab, _entry())

    with pytest.raises(DBAPIError, match="a release is never changed"), lab.writing() as session:
        session.execute(text(f"UPDATE {table} SET created_at = created_at"))  # noqa: S608 - ours


def test_an_entry_comes_back_as_it_was(lab: Database) -> None:
    entry = _entry(
        sequence=3,
        changed_at=later(days=2),
        researcher_id="ada",
        host_id="kim",
        zone_id="zone-a",
        floor_id="floor-1",
        track_id="vision",
        site_id="seoul",
    )

    _publish(lab, entry)

    scopes = [
        ADA,
        ZONE_A,
        PROGRAMME,
        Scope(kind=ScopeKind.HOST, id="kim"),
        Scope(kind=ScopeKind.TRACK, id="vision"),
    ]
    assert [_entries(lab, scope) for scope in scopes] == [(entry,)] * 5
    with lab.reading() as session:
        assert load_release_entries(session, "lab", 1) == (entry,)


def test_a_reader_gets_what_names_them_and_every_event_of_the_release(lab: Database) -> None:
    remember(lab, make_problem(programme=make_programme(id="hub")))
    _publish(lab, _entry("old", researcher_id="ada"))
    _publish(
        lab,
        _entry("yours", researcher_id="bob"),
        _entry("everybody's", kind=EntryKind.EVENT, site_id="seoul"),
        _entry("mine", researcher_id="ada"),
    )
    with lab.writing() as session:
        _release(session, _entry("elsewhere", researcher_id="ada"), programme_id="hub")

    assert _uids(lab, ADA, 1) == ["old"]
    assert _uids(lab, ADA, 2) == ["everybody's", "mine"]
    assert _uids(lab, ZONE_A, 2) == ["everybody's"]
    assert _uids(lab, PROGRAMME, 2) == ["yours", "everybody's", "mine"]


def test_a_stay_that_moved_comes_as_each_reader_was_told_of_it(lab: Database) -> None:
    left = _entry("stay", zone_id="zone-a", cancelled=True)
    now_in = _entry("stay", zone_id="zone-b", researcher_id="ada")
    _publish(lab, left, now_in)

    assert _entries(lab, ZONE_A) == (left,)
    assert _entries(lab, ADA) == (now_in,)
    assert _entries(lab, PROGRAMME) == (left, now_in)


def test_an_event_cancelled_for_one_reader_comes_beside_the_event_for_that_reader_only(
    lab: Database,
) -> None:
    event = _entry("event", kind=EntryKind.EVENT, site_id="seoul")
    farewell = _entry("event", kind=EntryKind.EVENT, researcher_id="ada", cancelled=True)
    _publish(lab, event, farewell)

    assert _entries(lab, ADA) == (event, farewell)
    assert _entries(lab, Scope(kind=ScopeKind.RESEARCHER, id="bob")) == (event,)


@pytest.mark.parametrize("count", [4, 600])
def test_entries_come_by_two_queries_however_many_there_are(lab: Database, count: int) -> None:
    _publish(
        lab,
        _entry("mine", researcher_id="ada"),
        *(_entry(f"stay-{number}", researcher_id=f"guest-{number}") for number in range(count)),
    )

    with lab.reading() as session, statements_of(session) as statements:
        assert len(load_entries(session, "lab", 1, ADA)) == 1

    assert len(statements) == 2


@pytest.mark.parametrize(
    ("scope", "column"),
    [
        (ADA, "researcher_id"),
        (Scope(kind=ScopeKind.HOST, id="ada"), "host_id"),
        (Scope(kind=ScopeKind.ZONE, id="ada"), "zone_id"),
        (Scope(kind=ScopeKind.TRACK, id="ada"), "track_id"),
    ],
    ids=["researcher", "host", "zone", "track"],
)
def test_a_readers_entries_and_the_events_are_looked_up_in_indexes(
    lab: Database, scope: Scope, column: str
) -> None:
    names = (f"guest-{number}" for number in range(1000))
    _publish(
        lab,
        _entry("event", kind=EntryKind.EVENT),
        *(
            _entry(name, researcher_id=name, host_id=name, zone_id=name, track_id=name)
            for name in names
        ),
    )
    with lab.writing() as session:
        session.execute(text("ANALYZE release_entries"))
    explain = "EXPLAIN QUERY PLAN" if lab.engine.dialect.name == "sqlite" else "EXPLAIN"

    with lab.reading() as session:
        with statements_of(session) as statements:
            load_entries(session, "lab", 1, scope)
        connection = session.connection()
        own, events = (
            "\n".join(
                str(step)
                for step in connection.exec_driver_sql(f"{explain} {statement}", parameters)
            )
            for statement, parameters in statements
        )

    assert f"ix_release_entries_programme_id_release_{column}" in own
    assert "ix_release_entries_programme_id_release_kind_researcher_id" in events
