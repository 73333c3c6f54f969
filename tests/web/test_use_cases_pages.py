"""What the programme's pages get: figures, rows, lists."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from models.database import Database
from models.errors import NoSuchProgramme
from models.problem_loader import load_problem
from scheduler.plan import Reason, Unplaced
from scheduler.problem.problem import Problem
from scheduler.problem.types import HostId, RequestId
from scheduler.rules import Rule
from tests.builders import (
    day,
    make_problem,
    make_request,
    make_reservation,
    make_residency,
    make_zone,
)
from tests.web.laboratory import (
    NOW,
    PUBLISHER,
    later,
    plan_by_hand,
    publish_ada,
    seed,
)
from web.use_cases.lists import show_programmes
from web.use_cases.overview.digest import Digests
from web.use_cases.overview.page import Look, show_programme
from web.use_cases.views import PlaceView, ProgrammeView
from web.use_cases.workspace import load_workspace


def programme(database: Database, **others: Any) -> ProgrammeView:
    values: dict[str, Any] = {"language": "en", "now": NOW}
    look = Look(**(values | others))
    with database.reading() as session:
        workspace = load_workspace(session, "lab")
        return show_programme(session, workspace, PUBLISHER, Digests(), look)


def data_of(database: Database) -> Problem:
    with database.reading() as session:
        return load_problem(session, "lab")


def test_a_programme_that_was_never_planned_has_requests_and_no_plan(database: Database) -> None:
    seed(database)
    view = programme(database)
    assert (view.figures.submitted, view.figures.placed, view.figures.unplaced) == (1, 0, 1)
    assert (view.draft, view.release, view.active_run, view.last_run) == (None, None, None, None)
    assert (view.who_is_where, view.unplaced, view.feeds) == ((), (), ())


def test_an_unknown_programme_is_an_error(database: Database) -> None:
    with pytest.raises(NoSuchProgramme), database.reading() as session:
        load_workspace(session, "x")


def test_figures_count_the_plan_the_month_and_the_day(database: Database) -> None:
    problem = seed(
        database,
        make_problem(
            zones=(
                make_zone("zone-a", desks=8),
                make_zone("zone-b", desks=4, last_day=day("2026-01-04")),
            ),
            requests=(make_request("ada", desks=2), make_request("bo"), make_request("cy")),
            reservations=(make_reservation(desks=3),),
        ),
    )
    plan_by_hand(
        database,
        problem,
        make_residency("ada", days=28),
        make_residency("bo", first_day=day("2026-02-02"), days=7),
    )
    figures = programme(database).figures
    assert (figures.submitted, figures.placed, figures.unplaced) == (3, 2, 1)
    assert figures.residencies_this_month == 1
    assert figures.person_days == 28 * 2 + 7
    assert figures.person_days_this_month == 27 * 2
    assert (figures.desks_day, figures.desks_in_use, figures.desks) == (day("2026-01-05"), 2 + 3, 8)


def test_who_is_where_lists_the_stays_of_the_shown_month(database: Database) -> None:
    problem = seed(
        database, make_problem(requests=(make_request("ada"), make_request("bo", hosts=None)))
    )
    plan_by_hand(
        database,
        problem,
        make_residency("ada"),
        make_residency("bo", first_day=day("2026-02-02"), host=HostId("kim")),
    )
    view = programme(database, month=day("2026-03-01"))
    assert (view.previous_month, view.month, view.next_month) == (
        day("2026-02-01"),
        day("2026-03-01"),
        None,
    )
    row = view.who_is_where[0]
    assert len(view.who_is_where) == 1
    assert (row.researcher, row.institution, row.country, row.host) == (
        "bo",
        "waterloo",
        "CA",
        "kim",
    )
    assert (row.first_day, row.last_day) == (day("2026-02-02"), day("2026-03-01"))
    assert row.place == PlaceView(
        zone="zone-a", floor="floor-1", building="main", site="seoul", address=""
    )


@pytest.mark.parametrize(
    ("now", "month"),
    [
        ("2025-06-01", "2026-01-01"),
        ("2026-02-14", "2026-02-01"),
        ("2030-01-01", "2026-03-01"),
    ],
)
def test_the_shown_month_is_todays_or_the_programmes_nearest(
    database: Database, now: str, month: str
) -> None:
    seed(database)
    moment = dt.datetime.fromisoformat(f"{now}T12:00:00+00:00")
    assert programme(database, now=moment).month == day(month)


def test_today_is_the_programmes_not_the_servers(database: Database) -> None:
    seed(database)
    late = dt.datetime(2026, 1, 31, 20, 0, tzinfo=dt.UTC)
    assert programme(database, now=late).today == day("2026-02-01")


def test_requests_left_out_come_by_priority_with_their_reasons(database: Database) -> None:
    requests = (make_request("ada", priority=2), make_request("bo", priority=5), make_request("cy"))
    problem = seed(database, make_problem(requests=requests))
    why = (Reason(rule=Rule.ZONE, text="zone-a is full"),)
    plan_by_hand(
        database,
        problem,
        make_residency("cy"),
        unplaced=(Unplaced(request=RequestId("ada"), why=why),),
    )
    rows = programme(database).unplaced
    assert [row.request for row in rows] == ["bo", "ada"]
    assert [(reason.rule, reason.text) for reason in rows[1].why] == [("H5", "zone-a is full")]


def test_the_draft_says_what_it_is_worth_and_how_far_that_is_proven(database: Database) -> None:
    problem = seed(database)
    plan_by_hand(database, problem, make_residency("ada"))
    draft = programme(database).draft
    assert draft is not None
    assert (draft.objective, draft.bound, draft.gap, draft.is_optimal) == (3000, 3000, 0.0, True)
    assert {term.name: term.points for term in draft.terms if term.points} == {"placed": 3000}
    seed(database, make_problem(zones=(make_zone(desks=4),)))
    changed = programme(database).draft
    assert changed is not None
    assert (changed.objective, changed.bound, changed.is_optimal) == (3000, None, False)


def test_a_plan_that_names_what_is_gone_shows_the_rest(database: Database) -> None:
    requests = (make_request("ada"), make_request("bo"))
    problem = seed(database, make_problem(requests=requests))
    plan_by_hand(database, problem, make_residency("ada"), make_residency("bo"))
    seed(database, make_problem())
    assert [row.request for row in programme(database).who_is_where] == ["ada"]


def test_the_release_tells_whether_the_plan_is_news(database: Database) -> None:
    publish_ada(database)
    release = programme(database).release
    assert release is not None
    assert (release.number, release.residencies, release.draft_differs) == (1, 1, False)
    plan_by_hand(database, data_of(database), make_residency("ada", days=21), now=later(hours=1))
    changed = programme(database).release
    assert changed is not None
    assert (changed.number, changed.draft_differs) == (1, True)


def test_moments_are_on_the_programmes_clock(database: Database) -> None:
    publish_ada(database)
    release = programme(database).release
    assert release is not None
    assert release.published_at.isoformat() == "2026-01-05T09:30:00+09:00"


def test_texts_are_in_the_readers_language(database: Database) -> None:
    zone = replace(make_zone(), name={"en": "Robot hall", "ko": "로봇 홀"})
    problem = seed(database, make_problem(zones=(zone,)))
    plan_by_hand(database, problem, make_residency("ada"))
    rows = programme(database, language="ko").who_is_where
    assert [row.place.zone for row in rows] == ["로봇 홀"]


def test_programmes_are_listed(database: Database) -> None:
    seed(database)
    with database.reading() as session:
        view = show_programmes(session, language="en")
    assert [(row.id, row.name) for row in view.programmes] == [("lab", "Lab")]
