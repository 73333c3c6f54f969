"""A sign-in link works once, for its coordinator, while it is fresh."""

from __future__ import annotations

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import text

from models.access_store import (
    Coordinator,
    add_coordinator,
    create_sign_in_link,
    end_sign_in,
    find_sign_in,
    load_coordinators,
    rename_coordinator,
    use_sign_in_link,
)
from models.database import Database
from tests.models.memory import NOW, later

HOUR = dt.timedelta(hours=1)


def _coordinator_with_link(database: Database) -> tuple[Coordinator, str]:
    with database.writing() as session:
        coordinator = add_coordinator(session, name="Kim", now=NOW)
        token = create_sign_in_link(session, coordinator_id=coordinator.id, now=NOW, lifetime=HOUR)
    return coordinator, token


def _use(database: Database, token: str, now: dt.datetime = NOW) -> Coordinator | None:
    with database.writing() as session:
        signed_in = use_sign_in_link(session, token, now=now)
    return None if signed_in is None else signed_in.coordinator


def test_coordinators_are_listed_by_age_under_the_names_they_have_now(database: Database) -> None:
    with database.writing() as session:
        kim = add_coordinator(session, name="Kim", now=later(days=1))
        lee = add_coordinator(session, name="Lee", now=NOW)

        assert load_coordinators(session) == (lee, kim)
        rename_coordinator(session, kim.id, "Kim Jiwon")
        assert [each.name for each in load_coordinators(session)] == ["Lee", "Kim Jiwon"]


def test_a_link_signs_its_coordinator_in_once(database: Database) -> None:
    coordinator, token = _coordinator_with_link(database)

    assert _use(database, token) == coordinator
    assert _use(database, token) is None


def test_of_two_who_use_a_link_at_once_one_is_signed_in(database: Database) -> None:
    coordinator, token = _coordinator_with_link(database)

    with ThreadPoolExecutor(2) as pool:
        signed_in = list(pool.map(lambda _: _use(database, token), range(2)))

    assert sorted(map(str, signed_in)) == sorted([str(coordinator), "None"])


def test_a_link_is_of_no_use_from_the_moment_it_expires(database: Database) -> None:
    coordinator, token = _coordinator_with_link(database)

    assert _use(database, token, later(hours=1)) is None
    assert _use(database, token, later(minutes=59)) == coordinator


def test_an_unknown_token_signs_nobody_in(database: Database) -> None:
    _coordinator_with_link(database)

    assert _use(database, "guess") is None


def test_who_signed_in_is_found_until_that_is_ended(database: Database) -> None:
    coordinator, token = _coordinator_with_link(database)
    with database.writing() as session:
        signed_in = use_sign_in_link(session, token, now=NOW)
        assert signed_in is not None

        assert find_sign_in(session, signed_in.id) == signed_in
        end_sign_in(session, signed_in.id)
        assert find_sign_in(session, signed_in.id) is None
        assert load_coordinators(session) == (coordinator,)
    assert _use(database, token) is None


def test_a_link_that_was_not_used_has_signed_nobody_in(database: Database) -> None:
    _, token = _coordinator_with_link(database)

    with database.writing() as session:
        assert find_sign_in(session, uuid.UUID(bytes=b"0" * 16)) is None
        (link_id,) = session.scalars(text("SELECT id FROM sign_in_links"))
        assert find_sign_in(session, uuid.UUID(str(link_id))) is None
    assert _use(database, token) is not None


def test_only_the_hash_of_a_token_is_kept(database: Database) -> None:
    _, token = _coordinator_with_link(database)

    with database.reading() as session:
        (kept,) = session.execute(text("SELECT * FROM sign_in_links")).mappings()
    assert token not in str(dict(kept))
