"""Rolling back: an earlier release holds again, as a new one that can be undone in the draft."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.database import Database
from models.draft_store import load_draft_plan, main_draft
from models.history_store import ChangeKind, load_changes
from models.release_store import Release, load_release_entries
from scheduler.plan import Plan
from scheduler.problem.requests import Residency
from tests.builders import (
    day,
    make_problem,
    make_programme,
    make_request,
    make_residency,
    make_zone,
)
from tests.models.memory import recall
from tests.web.laboratory import NOW, PUBLISHER, later, plan_by_hand, publish, seed
from web.calendars.entries import Entry
from web.use_cases.editing import Edit, undo
from web.use_cases.errors import NothingNewError, NotThereError, PlanOutdatedError, PlanRefusedError
from web.use_cases.releases.entries import told_entry
from web.use_cases.releases.publish import Publication
from web.use_cases.releases.roll_back import get_release, open_release, roll_back, rolling_back
from web.use_cases.workspace import load_workspace

FEBRUARY = day("2026-02-02")
FIRST = make_residency("ada", first_day=FEBRUARY)
SECOND = make_residency("ada", first_day=FEBRUARY, days=21)


def publish_twice(database: Database) -> None:
    """Publish Ada's four weeks, then three; bob comes with the second release."""
    programme = make_programme(today=day("2026-01-01"))
    problem = make_problem(programme=programme, requests=(make_request("ada"), make_request("bob")))
    seed(database, problem)
    plan_by_hand(database, problem, FIRST)
    publish(database)
    bob = make_residency("bob", first_day=FEBRUARY)
    plan_by_hand(database, recall(database), SECOND, bob, now=later(hours=1))
    publish(database, now=later(hours=1))


def back(database: Database, number: int = 1, **others: object) -> Release:
    publication = Publication(now=later(hours=2), **others)  # type: ignore[arg-type]
    with database.writing() as session:
        return roll_back(session, "lab", number, PUBLISHER, publication)


def told(database: Database, number: int) -> dict[str, Entry]:
    with database.reading() as session:
        rows = load_release_entries(session, "lab", number)
    return {entry.subject: entry for entry in map(told_entry, rows) if not entry.farewell}


def drafted(database: Database) -> tuple[Residency, ...]:
    with database.writing() as session:
        return load_draft_plan(session, main_draft(session, "lab", now=NOW).id).residencies


def test_rolling_back_makes_a_new_release_with_the_old_stays(database: Database) -> None:
    publish_twice(database)
    release = back(database)
    assert (release.number, release.facts["rolled_back_to"]) == (3, 1)
    assert release.facts["changes"] == {"new": 0, "moved": 1, "cancelled": 1}
    assert recall(database).published == (FIRST,)


def test_identities_go_on_when_a_release_is_rolled_back(database: Database) -> None:
    publish_twice(database)
    back(database)
    first, third = told(database, 1), told(database, 3)
    assert (third["ada"].uid, third["ada"].sequence) == (first["ada"].uid, 2)
    assert third["ada"].last_day == first["ada"].last_day
    assert (third["bob"].cancelled, third["bob"].sequence) == (True, 1)


def test_the_draft_goes_along_and_undo_brings_it_back(database: Database) -> None:
    publish_twice(database)
    before = drafted(database)
    back(database)
    assert drafted(database) == (FIRST,)
    with database.writing() as session:
        draft = main_draft(session, "lab", now=NOW)
        edit = Edit(kind=ChangeKind.ROLL_BACK, now=later(hours=3), draft_id=draft.id)
        undo(session, "lab", edit)
    assert drafted(database) == before


def test_rolling_back_stands_in_the_history(database: Database) -> None:
    publish_twice(database)
    back(database, note="The hall is closed")
    with database.reading() as session:
        published, steps = load_changes(session, "lab", limit=2)
    assert (published.kind, published.facts) == (
        ChangeKind.ROLL_BACK,
        {"release": 3, "note": "The hall is closed", "rolled_back_to": 1},
    )
    assert (steps.kind, len(steps.steps)) == (ChangeKind.ROLL_BACK, 2)


def test_stays_that_the_programme_no_longer_knows_are_lost(database: Database) -> None:
    publish_twice(database)
    data = recall(database)
    withdrawn = make_request("bob", withdrawn=True)
    seed(database, replace(data, requests=(make_request("ada"), withdrawn)))
    with database.reading() as session:
        workspace = load_workspace(session, "lab")
        found = rolling_back(session, workspace, get_release(session, "lab", 2))
    assert found.workspace.plan == Plan(residencies=(SECOND,))
    assert [stay.request for stay in found.lost] == ["bob"]


def test_a_release_that_breaks_rules_now_is_not_published_again(database: Database) -> None:
    publish_twice(database)
    data = recall(database)
    closed = make_zone("zone-a", last_day=day("2026-02-24"))
    seed(database, replace(data, zones=(closed, make_zone("zone-b"))))
    with pytest.raises(PlanRefusedError):
        back(database)
    assert len(drafted(database)) == 2


def test_a_release_that_breaks_rules_now_opens_as_the_draft(database: Database) -> None:
    publish_twice(database)
    closed = make_zone("zone-a", last_day=day("2026-02-24"))
    seed(database, replace(recall(database), zones=(closed, make_zone("zone-b"))))
    with database.writing() as session:
        open_release(session, "lab", 1, Publication(now=later(hours=2)))
    assert drafted(database) == (FIRST,)


def test_what_was_not_looked_at_is_not_rolled_back(database: Database) -> None:
    publish_twice(database)
    with pytest.raises(PlanOutdatedError):
        back(database, revision=0)


def test_the_latest_release_holds_already(database: Database) -> None:
    publish_twice(database)
    with pytest.raises(NothingNewError):
        back(database, 2)


def test_a_release_that_never_was_cannot_hold_again(database: Database) -> None:
    publish_twice(database)
    with pytest.raises(NotThereError, match="has no release 9"):
        back(database, 9)
