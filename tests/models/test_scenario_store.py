"""A scenario goes file -> rows -> problem -> file unchanged, on both kinds of database."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from models.database import Database
from models.errors import NoSuchProgramme, ScenarioUnfit
from models.problem_loader import load_problem
from models.programme_store import get_programme, load_programmes
from models.scenario_store import scenario_sha256, store_published, store_scenario
from scheduler.problem.places import ExclusiveBy
from scheduler.problem.problem import Problem
from scheduler.problem.programme import Weekday
from scheduler.problem.requests import Cost
from scheduler.problem.scenario_file import document_of, load_scenario, scenario_bytes
from tests.builders import (
    make_collaboration,
    make_event,
    make_floor,
    make_pin,
    make_policy,
    make_problem,
    make_programme,
    make_quota,
    make_range,
    make_request,
    make_reservation,
    make_residency,
    make_separation,
    make_site,
    make_zone,
)
from tests.models.memory import recall, remember
from tests.models.statements import statements_of

FIXTURES = Path(__file__).parents[2] / "fixtures"
FILES = sorted(
    [
        *(FIXTURES / "scenarios").rglob("*.y*ml"),
        *(FIXTURES / "scenarios").rglob("*.json"),
        *(FIXTURES / "samples").glob("*-*.json"),
    ]
)


def _crowd(count: int) -> Problem:
    return make_problem(
        requests=tuple(make_request(f"request-{number}") for number in range(count)),
        published=tuple(make_residency(f"request-{number}") for number in range(count)),
    )


def test_every_scenario_file_comes_back_from_the_database_unchanged(database: Database) -> None:
    changed = []
    for path in FILES:
        problem = load_scenario(path)
        remember(database, problem)
        recalled = recall(database, problem.programme.id)
        if (recalled, document_of(recalled)) != (problem, document_of(problem)):
            changed.append(path.name)

    assert changed == []


def test_every_field_comes_back_as_it_was(database: Database) -> None:
    away = make_range("2026-02-02", "2026-02-08", name={"ko": "휴가", "en": "away"})
    problem = make_problem(
        programme=make_programme(name={"ko": "연구거점", "en": "Lab"}, currency="EUR"),
        policy=make_policy(
            weights={"placed": 7},
            arrival_weekdays=(Weekday.TUE, Weekday.MON),
            stay_step_days=1,
            frozen_days=0,
            visa_lead_days={"US": 30, "CA": 0},
        ),
        sites=(
            make_site("seoul", timezone="Asia/Seoul", holidays="KR", closures=(away,), lat=37.47),
            make_site("busan", address={"en": "Busan"}, lon=-0.5),
        ),
        floors=(make_floor("floor-1", level=-2),),
        zones=(
            make_zone(
                "zone-a",
                features=("quiet", "lift"),
                exclusive_by=ExclusiveBy.GROUP,
                shape=((0.0, 0.5), (3.0, 0.0), (3.0, 4.25)),
                closures=(away,),
                first_day=dt.date(2026, 1, 6),
            ),
        ),
        requests=(
            make_request(
                "zoe",
                zone_points={"zone-a": -5},
                unavailable=(away,),
                must_attend=("demo",),
                preferred_first_day=dt.date(2026, 1, 12),
                cost=Cost(fixed=44_000_000_000, per_day=3),
                group="alpha",
            ),
            make_request("ada", withdrawn=True),
        ),
        reservations=(make_reservation(group="alpha"),),
        collaborations=(make_collaboration("zoe", "ada", same_floor=False),),
        separations=(make_separation("ada", "zoe"),),
        events=(make_event("demo", "2026-01-20"),),
        quotas=(make_quota(min=0, max=3), make_quota("open")),
        pins=(make_pin("zoe", zone="zone-a"), make_pin("zoe", first_day=dt.date(2026, 1, 12))),
        published=(make_residency("zoe", host="kim", pool="cluster"),),
    )

    remember(database, problem)

    recalled = recall(database)
    assert recalled == problem
    assert scenario_bytes(recalled) == scenario_bytes(problem)


def test_none_and_an_empty_list_stay_apart(database: Database) -> None:
    problem = make_problem(
        requests=(
            make_request("any", hosts=None, pools=None, sites=None, zones=None),
            make_request("none", hosts=(), pools=(), sites=(), zones=()),
        )
    )

    remember(database, problem)

    anything, nothing = recall(database).requests
    assert (anything.hosts, anything.pools, anything.sites, anything.zones) == (None,) * 4
    assert (nothing.hosts, nothing.pools, nothing.sites, nothing.zones) == ((),) * 4


def test_languages_of_a_name_keep_their_order(database: Database) -> None:
    names = {"ko": "연구거점", "en": "Lab", "fr": "Labo", "ar": "مختبر"}

    remember(database, make_problem(programme=make_programme(name=names)))

    name = recall(database).programme.name
    assert isinstance(name, dict)
    assert list(name.items()) == list(names.items())


def test_a_stored_scenario_takes_the_place_of_the_former_one(database: Database) -> None:
    remember(database, _crowd(3))
    shorter = make_problem(requests=(make_request("new"),), policy=make_policy(frozen_days=1))

    remember(database, shorter)

    assert recall(database) == shorter


def test_programmes_with_the_same_ids_in_them_live_side_by_side(database: Database) -> None:
    lab = make_problem(zones=(make_zone("zone-a", desks=3),))
    hub = make_problem(programme=make_programme(id="hub"), zones=(make_zone("zone-a", desks=9),))

    remember(database, lab)
    remember(database, hub)

    assert recall(database, "lab") == lab
    assert recall(database, "hub") == hub
    with database.reading() as session:
        assert [programme.id for programme in load_programmes(session)] == ["hub", "lab"]
        assert get_programme(session, "hub").timezone == "Asia/Seoul"


def test_a_scenario_that_fails_half_way_leaves_the_former_one(database: Database) -> None:
    remember(database, make_problem())
    broken = make_problem(pins=(make_pin("ada", zone="nowhere"),))

    with pytest.raises(IntegrityError), database.writing() as session:
        store_scenario(session, broken)

    assert recall(database) == make_problem()


def test_the_database_itself_refuses_a_zone_on_no_floor(database: Database) -> None:
    remember(database, make_problem())

    with pytest.raises(IntegrityError), database.writing() as session:
        session.execute(text("UPDATE zones SET floor = 'nowhere'"))


def test_publishing_changes_only_what_people_have_been_told(database: Database) -> None:
    remember(database, make_problem(published=(make_residency("ada", days=7),)))
    told = make_residency("ada", days=14)

    with database.writing() as session:
        store_published(session, "lab", [told])

    assert recall(database) == make_problem(published=(told,))


def test_the_hash_is_that_of_the_exported_file_and_moves_with_the_rows(database: Database) -> None:
    problem = make_problem()
    remember(database, problem)
    with database.writing() as session:
        before = scenario_sha256(session, "lab")
        session.execute(text("UPDATE requests SET priority = 5"))
        after = scenario_sha256(session, "lab")

    urgent = replace(problem, requests=(replace(problem.requests[0], priority=5),))
    assert before == hashlib.sha256(scenario_bytes(problem)).hexdigest()
    assert after == hashlib.sha256(scenario_bytes(urgent)).hexdigest()


@pytest.mark.parametrize("count", [4, 150])
def test_a_problem_loads_in_twenty_queries_however_large(database: Database, count: int) -> None:
    remember(database, _crowd(count))

    with database.reading() as session, statements_of(session) as statements:
        load_problem(session, "lab")

    assert len(statements) == 20


def test_six_hundred_requests_come_back_unchanged(database: Database) -> None:
    problem = _crowd(600)

    remember(database, problem)

    assert recall(database) == problem


def test_a_programme_that_is_not_there_is_named_with_the_remedy(database: Database) -> None:
    message = "programme 'lab': not in the database; store one with `sarangchae seed SCENARIO`"
    with database.reading() as session:
        with pytest.raises(NoSuchProgramme) as loading:
            load_problem(session, "lab")
        with pytest.raises(NoSuchProgramme) as finding:
            get_programme(session, "lab")
    with database.writing() as session, pytest.raises(NoSuchProgramme) as storing:
        store_published(session, "lab", [])

    assert [str(caught.value) for caught in (loading, finding, storing)] == [message] * 3


def test_a_number_too_large_for_a_column_is_refused_by_name(database: Database) -> None:
    problem = make_problem(zones=(make_zone("zone-a", desks=2**63),))

    with pytest.raises(ScenarioUnfit, match="zones zone-a: desks is larger than 92"):
        remember(database, problem)


def test_a_null_character_is_refused_by_name(database: Database) -> None:
    problem = make_problem(requests=(make_request("ada", group="a\0b"),))

    with pytest.raises(ScenarioUnfit, match="requests ada: group holds a null character"):
        remember(database, problem)


def test_rows_that_somebody_spoilt_are_named(database: Database) -> None:
    remember(database, make_problem())
    with database.writing() as session:
        session.execute(text("UPDATE requests SET status = 'maybe'"))

    with pytest.raises(ScenarioUnfit, match=r"^table requests, row 0\.status: .*; store the"):
        recall(database)


def test_a_programme_without_a_policy_is_named(database: Database) -> None:
    remember(database, make_problem())
    with database.writing() as session:
        session.execute(text("DELETE FROM policies"))

    with pytest.raises(ScenarioUnfit, match=r"^table policies: no row of programme 'lab'; "):
        recall(database)
