"""Publishing: what it refuses, what readers are told, and what the data say afterwards."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.database import Database
from models.link_store import load_links
from models.problem_loader import load_problem
from models.release_store import find_latest_release, load_release_entries
from scheduler.outcome import Status
from scheduler.problem.problem import Problem
from tests.builders import day, make_problem, make_residency, make_zone
from tests.web.laboratory import later, plan_by_hand, publish, publish_ada, seed
from web.calendars.entries import Entry
from web.use_cases.errors import (
    NoPlanError,
    NothingNewError,
    PlanOutdatedError,
    PlanRefusedError,
)
from web.use_cases.plans import has_current_plan
from web.use_cases.releases.entries import told_entry
from web.use_cases.workspace import load_workspace


def data_of(database: Database) -> Problem:
    with database.reading() as session:
        return load_problem(session, "lab")


def told(database: Database, release: int) -> tuple[Entry, ...]:
    with database.reading() as session:
        return tuple(map(told_entry, load_release_entries(session, "lab", release)))


def test_a_programme_without_a_plan_cannot_be_published(database: Database) -> None:
    seed(database)
    with pytest.raises(NoPlanError, match="Nobody has a place in programme lab"):
        publish(database)


def test_a_release_tells_each_residency_as_an_entry(database: Database) -> None:
    publish_ada(database)
    assert [
        (entry.uid, entry.sequence, entry.first_day, entry.last_day) for entry in told(database, 1)
    ] == [("lab.ada@lab.example.org", 0, day("2026-01-05"), day("2026-02-01"))]


def test_publishing_writes_down_what_people_have_been_told(database: Database) -> None:
    publish_ada(database)
    assert data_of(database).published == (make_residency("ada"),)


def test_a_published_plan_still_answers_the_data(database: Database) -> None:
    publish_ada(database)
    with database.reading() as session:
        assert has_current_plan(session, "lab")


def test_data_that_change_after_a_release_make_its_plan_out_of_date(database: Database) -> None:
    publish_ada(database)
    seed(database, replace(data_of(database), zones=(make_zone(desks=4),)))
    with database.reading() as session:
        assert not has_current_plan(session, "lab")


def test_what_was_proven_of_other_data_is_not_said_of_a_release(database: Database) -> None:
    problem = seed(database)
    plan_by_hand(database, problem, make_residency("ada", days=21))
    seed(database, make_problem(zones=(make_zone(desks=4),)))
    assert publish(database).status == Status.FEASIBLE


def test_a_draft_that_the_coordinator_has_not_seen_is_not_published(database: Database) -> None:
    problem = seed(database)
    plan_by_hand(database, problem, make_residency("ada"))
    with database.reading() as session:
        seen = load_workspace(session, "lab").revision
    plan_by_hand(database, problem, make_residency("ada", days=21))
    with pytest.raises(PlanOutdatedError, match="changed since you opened the page"):
        publish(database, revision=seen)


def test_a_plan_that_breaks_a_rule_is_not_published(database: Database) -> None:
    problem = seed(database)
    plan_by_hand(database, problem, make_residency("ada", days=6))
    with pytest.raises(PlanRefusedError, match="ada"):
        publish(database)
    with database.reading() as session:
        assert find_latest_release(session, "lab") is None
        assert load_links(session, "lab") == ()


def test_a_release_that_says_the_same_is_not_made(database: Database) -> None:
    publish_ada(database)
    with pytest.raises(NothingNewError, match="Release 1 says the same"):
        publish(database, now=later(hours=1))


def test_the_same_plan_made_anew_is_no_news(database: Database) -> None:
    publish_ada(database)
    plan_by_hand(database, data_of(database), make_residency("ada"), now=later(hours=1))
    with pytest.raises(NothingNewError):
        publish(database, now=later(hours=2))


def test_a_changed_stay_keeps_its_id_and_rises(database: Database) -> None:
    publish_ada(database)
    plan_by_hand(database, data_of(database), make_residency("ada", days=21), now=later(hours=1))
    release = publish(database, now=later(hours=2), note="shorter")
    assert (release.number, release.note) == (2, "shorter")
    first, second = told(database, 1)[0], told(database, 2)[0]
    assert (second.uid, second.sequence) == (first.uid, 1)
    assert second.last_day == day("2026-01-25")
    assert (second.created_at, second.changed_at) == (first.created_at, later(hours=2))


def test_a_stay_that_a_release_drops_is_told_as_cancelled(database: Database) -> None:
    publish_ada(database)
    data = replace(data_of(database), published=())
    seed(database, data)
    plan_by_hand(database, data, now=later(hours=1))
    publish(database, now=later(hours=2))
    assert [(entry.cancelled, entry.sequence) for entry in told(database, 2)] == [(True, 1)]


def test_a_renamed_zone_is_news(database: Database) -> None:
    publish_ada(database)
    hall = replace(make_zone(), name="Robot hall")
    seed(database, replace(data_of(database), zones=(hall,)))
    plan_by_hand(database, data_of(database), make_residency("ada"), now=later(hours=1))
    publish(database, now=later(hours=2))
    assert [entry.facts.place.zone for entry in told(database, 2)] == ["Robot hall"]


def test_every_reader_gets_a_link_with_the_first_release_and_keeps_it(database: Database) -> None:
    publish_ada(database)
    with database.reading() as session:
        first = load_links(session, "lab")
    plan_by_hand(database, data_of(database), make_residency("ada", days=21), now=later(hours=1))
    publish(database, now=later(hours=2))
    with database.reading() as session:
        second = load_links(session, "lab")
    readers = sorted(f"{link.scope.kind.value} {link.scope.id}" for link in first)
    assert readers == [
        "floor floor-1",
        "host kim",
        "programme lab",
        "researcher ada",
        "site seoul",
        "track vision",
        "zone zone-a",
    ]
    assert second == first
