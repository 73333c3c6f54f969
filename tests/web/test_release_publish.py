"""What a release keeps, what has to be acknowledged before it, and whom it touches."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from models.access_store import load_coordinators
from models.database import Database
from models.draft_store import main_draft, store_draft_plan
from models.history_store import ChangeKind, load_changes
from models.mail_store import load_mails
from models.programme_store import get_version
from models.release_store import find_latest_release, find_release_scenario
from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from scheduler.problem.scenario_file import parse_scenario, sha256_of
from tests.builders import (
    day,
    make_host,
    make_policy,
    make_problem,
    make_programme,
    make_quota,
    make_request,
    make_researcher,
    make_residency,
    make_zone,
)
from tests.models.memory import recall
from tests.web.laboratory import NOW, later, plan_by_hand, publish, publish_ada, seed
from web.use_cases.errors import PlanOutdatedError, UnacknowledgedError
from web.use_cases.plans import find_bound
from web.use_cases.releases.changes import changes_between
from web.use_cases.releases.publish import telling_of
from web.use_cases.releases.warnings import find_warnings
from web.use_cases.sign_in import offer_sign_in
from web.use_cases.workspace import load_workspace


def draft(database: Database, *stays: Residency) -> None:
    """Put stays into the draft, of which nothing is proven."""
    with database.writing() as session:
        main = main_draft(session, "lab", now=NOW)
        store_draft_plan(session, main.id, Plan(residencies=stays))


def warned(database: Database) -> dict[str, tuple[str, ...]]:
    """Return what would have to be acknowledged now."""
    with database.reading() as session:
        workspace = load_workspace(session, "lab")
        before = find_latest_release(session, "lab")
        telling = telling_of(session, workspace, before, domain="lab.example.org", now=NOW)
        changes = changes_between(telling.told, telling.entries)
        bound = find_bound(session, workspace)
        found = find_warnings(workspace, changes, bound=bound, now=NOW)
    return {warning.code.value: warning.subjects for warning in found}


def make_lab(*names: str, **others: Any) -> Problem:
    """Return the laboratory with requests whose researchers have an address."""
    return make_problem(
        programme=make_programme(today=day("2026-01-01")),
        requests=tuple(make_request(name) for name in names),
        researchers=tuple(
            replace(make_researcher(name), email=f"{name}@example.org") for name in names
        ),
        **others,
    )


def test_a_release_keeps_the_programme_that_it_answers(database: Database) -> None:
    problem = seed(database)
    plan_by_hand(database, problem, make_residency("ada"))
    release = publish(database)
    with database.reading() as session:
        kept = find_release_scenario(session, "lab", 1)
    assert kept is not None
    assert parse_scenario(kept) == problem
    assert sha256_of(kept) == release.facts["scenario"]


def test_a_release_says_who_published_it_and_what_it_changed(database: Database) -> None:
    seed(database)
    with database.writing() as session:
        offer_sign_in(session, now=NOW, name="Han Seo-yun")
        (coordinator,) = load_coordinators(session)
    draft(database, make_residency("ada"))
    facts = publish(database, by=coordinator.id).facts
    assert {name: facts[name] for name in ("by", "placed", "requests", "changes")} == {
        "by": "Han Seo-yun",
        "placed": 1,
        "requests": 1,
        "changes": {"new": 1, "moved": 0, "cancelled": 0},
    }


def test_data_that_changed_since_the_page_was_opened_are_not_published(database: Database) -> None:
    problem = seed(database)
    plan_by_hand(database, problem, make_residency("ada"))
    with database.reading() as session:
        version = get_version(session, "lab")
    seed(database, replace(problem, zones=(make_zone(desks=4),)))
    with pytest.raises(PlanOutdatedError, match="data were changed"):
        publish(database, version=version)


def test_warnings_have_to_be_acknowledged_each(database: Database) -> None:
    problem = seed(database)
    plan_by_hand(database, problem, make_residency("ada"))
    with pytest.raises(UnacknowledgedError, match=r"^Not acknowledged yet: no_address"):
        publish(database, acknowledged=frozenset({"moved"}))
    with database.reading() as session:
        assert find_latest_release(session, "lab") is None
    publish(database, acknowledged=frozenset({"no_address", "stale"}))


def test_acknowledged_warnings_are_kept_with_the_release(database: Database) -> None:
    problem = make_lab("ada")
    seed(database, replace(problem, researchers=(make_researcher("ada"),)))
    draft(database, make_residency("ada", first_day=day("2026-02-02")))
    assert publish(database).facts["warnings"] == [
        {"code": "no_address", "subjects": ["ada"]},
        {"code": "no_bound", "subjects": []},
    ]


def test_a_proven_plan_far_away_for_people_with_addresses_warns_of_nothing(
    database: Database,
) -> None:
    problem = seed(database, make_lab("ada"))
    plan_by_hand(database, problem, make_residency("ada", first_day=day("2026-02-02")))
    assert warned(database) == {}


def test_whose_stay_was_told_and_changes_is_warned_of(database: Database) -> None:
    problem = seed(database, make_lab("ada", "bob", "cid"))
    start = day("2026-02-02")
    first = [make_residency(name, first_day=start) for name in ("ada", "bob", "cid")]
    plan_by_hand(database, problem, *first)
    publish(database)
    bob = make_residency("bob", first_day=start, days=21)
    draft(database, make_residency("ada", first_day=start), bob)
    assert {name: warned(database)[name] for name in ("moved", "cancelled")} == {
        "moved": ("bob",),
        "cancelled": ("cid",),
    }


def test_a_stay_that_was_withdrawn_is_cancelled_without_a_warning(database: Database) -> None:
    problem = seed(database, make_lab("ada", "bob"))
    start = day("2026-02-02")
    stays = [make_residency(name, first_day=start) for name in ("ada", "bob")]
    plan_by_hand(database, problem, *stays)
    publish(database)
    data = recall(database)
    withdrawn = make_request("bob", withdrawn=True)
    seed(database, replace(data, requests=(make_request("ada"), withdrawn)))
    assert warned(database) == {"stray": ("bob",), "no_bound": ()}
    publish(database, now=later(hours=1))
    with database.reading() as session:
        assert [mail.kind.value for mail in load_mails(session, "lab", 2)] == ["cancelled"]


def test_stays_that_begin_within_two_weeks_are_warned_of(database: Database) -> None:
    problem = seed(database, make_lab("ada"))
    plan_by_hand(database, problem, make_residency("ada", first_day=day("2026-01-12")))
    assert warned(database) == {"soon": ("ada",)}


def test_too_little_time_for_a_visa_asked_for_now_is_warned_of(database: Database) -> None:
    policy = make_policy(visa_lead_days={"CA": 60})
    problem = seed(database, make_lab("ada", policy=policy))
    plan_by_hand(database, problem, make_residency("ada", first_day=day("2026-02-02")))
    assert warned(database) == {"visa": ("ada",)}


def test_an_urgent_request_without_a_place_is_warned_of(database: Database) -> None:
    problem = make_lab("ada", "bob")
    urgent = make_request("bob", priority=5)
    seed(database, replace(problem, requests=(problem.requests[0], urgent)))
    plan_by_hand(database, recall(database), make_residency("ada", first_day=day("2026-02-02")))
    assert warned(database) == {"left_out": ("bob",)}


def test_a_quota_below_its_minimum_is_warned_of(database: Database) -> None:
    problem = seed(database, make_lab("ada", quotas=(make_quota("women", min=2),)))
    plan_by_hand(database, problem, make_residency("ada", first_day=day("2026-02-02")))
    assert warned(database) == {"quota": ("women",)}


def test_a_programme_planned_as_of_long_ago_is_warned_of(database: Database) -> None:
    problem = seed(
        database, replace(make_lab("ada"), programme=make_programme(today=day("2025-12-01")))
    )
    plan_by_hand(database, problem, make_residency("ada", first_day=day("2026-02-02")))
    assert warned(database) == {"stale": ()}


def test_a_room_called_otherwise_is_news_and_touches_nobody(database: Database) -> None:
    publish_ada(database)
    hall = replace(make_zone(), name="Robot hall")
    seed(database, replace(recall(database), zones=(hall,)))
    release = publish(database, now=later(hours=1))
    assert release.facts["changes"] == {"new": 0, "moved": 0, "cancelled": 0}
    with database.reading() as session:
        assert load_mails(session, "lab", 2) == ()


def test_another_host_is_a_move(database: Database) -> None:
    request = make_request("ada", hosts=("kim", "lee"))
    hosts = (make_host("kim"), make_host("lee"))
    problem = seed(database, make_problem(requests=(request,), hosts=hosts))
    plan_by_hand(database, problem, make_residency("ada", host="kim"))
    publish(database)
    draft(database, make_residency("ada", host="lee"))
    release = publish(database, now=later(hours=1))
    assert release.facts["changes"] == {"new": 0, "moved": 1, "cancelled": 0}


def test_who_never_got_the_first_mail_is_told_of_the_stay_as_it_is(database: Database) -> None:
    publish_ada(database)
    draft(database, make_residency("ada", days=21))
    publish(database, now=later(hours=1))
    with database.reading() as session:
        (first,), (second,) = (load_mails(session, "lab", number) for number in (1, 2))
    assert (first.status.value, first.trouble) == ("discarded", "superseded")
    assert (second.kind.value, "was:" in second.text) == ("new", False)


def test_publishing_stands_in_the_history(database: Database) -> None:
    publish_ada(database)
    with database.reading() as session:
        (change,) = load_changes(session, "lab")
    assert (change.kind, change.facts["release"]) == (ChangeKind.PUBLISH, 1)
