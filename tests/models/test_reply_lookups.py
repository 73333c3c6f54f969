"""What is looked up to take an answer: entries of a permanent id, and who may answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from models.database import Database
from models.mail_store import MailKind, NewMail, add_mails, load_addresses
from models.release_store import (
    EntryKind,
    ReleaseEntry,
    add_release,
    find_earlier_entry,
    load_latest_entries_of,
)
from scheduler.problem.types import ProgrammeId
from tests.builders import day, make_problem, make_programme, make_researcher
from tests.models.memory import NOW, remember


def make_entry(sequence: int = 0, **others: Any) -> ReleaseEntry:
    values: dict[str, Any] = {
        "uid": "ada",
        "kind": EntryKind.RESIDENCY,
        "sequence": sequence,
        "created_at": NOW,
        "changed_at": NOW,
        "first_day": day("2026-01-05"),
        "last_day": day("2026-02-01"),
        "researcher_id": "ada",
        "facts": {},
    }
    return ReleaseEntry(**values | others)


def release(session: Session, *entries: ReleaseEntry, programme_id: str = "lab") -> None:
    add_release(
        session,
        programme_id=programme_id,
        plan_id=None,
        note="",
        scenario_sha256="0" * 64,
        status="optimal",
        objective=0,
        bound=0,
        now=NOW + dt.timedelta(hours=1),
        entries=entries,
    )


def test_entries_of_an_id_are_those_of_the_latest_release_of_its_programme(
    database: Database,
) -> None:
    remember(database, make_problem())
    remember(database, make_problem(programme=replace(make_programme(), id=ProgrammeId("club"))))
    here, farewell = make_entry(1), make_entry(1, researcher_id=None, zone_id="a", cancelled=True)
    with database.writing() as session:
        release(session, make_entry(0))
        release(session, here, make_entry(uid="bob"), farewell)
        release(session, make_entry(uid="eve"), programme_id=ProgrammeId("club"))
    with database.reading() as session:
        assert load_latest_entries_of(session, "ada") == {"lab": (here, farewell)}
        assert load_latest_entries_of(session, "eve") == {"club": (make_entry(uid="eve"),)}
        assert load_latest_entries_of(session, "nobody") == {}


def test_an_earlier_state_is_found_with_the_release_that_told_it_last(database: Database) -> None:
    remember(database, make_problem())
    with database.writing() as session:
        release(session, make_entry(0))
        release(session, make_entry(0))
        release(session, make_entry(1, cancelled=True))
    with database.reading() as session:
        assert find_earlier_entry(session, "lab", "ada", 0, "ada") == (2, make_entry(0))
        assert find_earlier_entry(session, "lab", "ada", 1, "ada") is None
        assert find_earlier_entry(session, "lab", "ada", 0, "bob") is None


def test_addresses_are_the_researchers_own_and_those_of_the_mails(database: Database) -> None:
    ada = replace(make_researcher("ada"), email="ada@example.org")
    remember(database, make_problem(researchers=(ada,)))
    with database.writing() as session:
        release(session, make_entry())
        mails = [
            NewMail(
                request=request,
                researcher_id="ada",
                name="Ada",
                kind=MailKind.NEW,
                language="en",
                address=address,
                subject="",
                text="",
            )
            for request, address in (("ada", "a@example.org"), ("ada", None), ("b", "b@x.org"))
        ]
        add_mails(session, "lab", 1, mails, now=NOW)
    with database.reading() as session:
        assert load_addresses(session, "lab", "ada", "ada") == {"ada@example.org", "a@example.org"}
        assert load_addresses(session, "lab", "ada", "bob") == frozenset()
