"""Releases are numbered and never change; a reader's entries come by one fast query."""

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


def _uids(database: Database, scope: Scope, **others: Any) -> list[str]:
    with database.reading() as session:
        return [entry.uid for entry in load_entries(session, "lab", scope, **others)]


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
        assert load_entries(session, "lab", ADA) == ()


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
    with lab.reading() as session:
        assert [load_entries(session, "lab", scope) for scope in scopes] == [(entry,)] * 5
        assert load_release_entries(session, "lab", 1) == (entry,)


def test_a_reader_sees_only_what_names_them_in_the_latest_release(lab: Database) -> None:
    remember(lab, make_problem(programme=make_programme(id="hub")))
    _publish(lab, _entry("old", researcher_id="ada"))
    _publish(
        lab,
        _entry("mine", researcher_id="ada"),
        _entry("yours", researcher_id="bob"),
        _entry("everybody's", kind=EntryKind.EVENT),
    )
    with lab.writing() as session:
        _release(session, _entry("elsewhere", researcher_id="ada"), programme_id="hub")

    assert _uids(lab, ADA) == ["mine"]
    assert _uids(lab, PROGRAMME) == ["everybody's", "mine", "yours"]


def test_entries_come_by_day(lab: Database) -> None:
    _publish(
        lab,
        _entry("a", researcher_id="ada", first_day=day("2026-01-12")),
        _entry("c", researcher_id="ada"),
        _entry("b", researcher_id="ada"),
    )

    assert _uids(lab, ADA) == ["b", "c", "a"]


def test_what_ended_long_ago_is_left_out_where_asked(lab: Database) -> None:
    _publish(
        lab,
        _entry("past", researcher_id="ada", last_day=day("2026-01-31")),
        _entry("edge", researcher_id="ada", last_day=day("2026-02-01")),
    )

    assert _uids(lab, ADA, since=day("2026-02-01")) == ["edge"]


def test_a_stay_that_moved_is_cancelled_where_it_was_and_stands_where_it_is(lab: Database) -> None:
    left = _entry("stay", zone_id="zone-a", cancelled=True)
    now_in = _entry("stay", zone_id="zone-b", researcher_id="ada")
    _publish(lab, left, now_in)

    with lab.reading() as session:
        assert load_entries(session, "lab", ZONE_A) == (left,)
        assert load_entries(session, "lab", ADA) == (now_in,)
        assert load_entries(session, "lab", PROGRAMME) == (now_in,)


@pytest.mark.parametrize("count", [4, 600])
def test_entries_come_by_one_query_however_many_there_are(lab: Database, count: int) -> None:
    _publish(
        lab,
        _entry("mine", researcher_id="ada"),
        *(_entry(f"stay-{number}", researcher_id=f"guest-{number}") for number in range(count)),
    )

    with lab.reading() as session, statements_of(session) as statements:
        assert len(load_entries(session, "lab", ADA)) == 1

    assert len(statements) == 1


@pytest.mark.parametrize(
    ("scope", "index"),
    [
        (ADA, "ix_release_entries_programme_id_release_researcher_id"),
        (Scope(kind=ScopeKind.HOST, id="ada"), "ix_release_entries_programme_id_release_host_id"),
        (Scope(kind=ScopeKind.ZONE, id="ada"), "ix_release_entries_programme_id_release_zone_id"),
        (Scope(kind=ScopeKind.TRACK, id="ada"), "ix_release_entries_programme_id_release_track_id"),
    ],
    ids=["researcher", "host", "zone", "track"],
)
def test_a_readers_entries_are_looked_up_in_an_index(
    lab: Database, scope: Scope, index: str
) -> None:
    names = (f"guest-{number}" for number in range(1000))
    _publish(
        lab,
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
            load_entries(session, "lab", scope)
        ((statement, parameters),) = statements
        steps = session.connection().exec_driver_sql(f"{explain} {statement}", parameters)
        plan = "\n".join(str(step) for step in steps)

    assert index in plan
