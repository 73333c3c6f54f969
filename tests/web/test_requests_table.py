"""The table of requests: searched, narrowed, sorted, counted and paged."""

from __future__ import annotations

from typing import Any

import pytest

from models.database import Database
from scheduler.problem.people import Institution, Researcher
from scheduler.problem.types import InstitutionId, ResearcherId, TrackId
from tests.builders import (
    day,
    make_institution,
    make_pin,
    make_problem,
    make_request,
    make_residency,
    make_slot,
    make_track,
    make_zone,
)
from tests.models.memory import recall
from tests.web.laboratory import MAKER, plan_by_hand, publish, seed
from web.use_cases.requests.query import Order, RequestQuery, State
from web.use_cases.requests.table import find_requests, show_requests
from web.use_cases.views.requests import RequestsView
from web.use_cases.workspace import Workspace, load_workspace

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def person(name: str, called: Any, institution: str = "waterloo") -> Researcher:
    return Researcher(id=ResearcherId(name), name=called, institution=InstitutionId(institution))


LAB = make_problem(
    zones=(make_zone("zone-a", features=("laser",)),),
    tracks=(make_track("vision"), make_track("sound")),
    slots=(make_slot(tracks=(TrackId("vision"), TrackId("sound"))),),
    institutions=(
        make_institution(),
        Institution(id=InstitutionId("geneva"), name="Université de Genève", country="CH"),
    ),
    researchers=(
        person("ada", {"en": "Ada Byron", "ko": "에이다 바이런"}),
        person("noe", "Noémie Gagnon", "geneva"),
        person("min", {"en": "Kim Minsu", "ko": "김민수"}),
    ),
    requests=(
        make_request("a-1", researcher="ada", priority=5, hosts=("kim",)),
        make_request("n-1", researcher="noe", track="sound", needs=("laser",), max_days=56),
        make_request("m-1", researcher="min", first_day=day("2026-02-02")),
        make_request("m-2", researcher="min", withdrawn=True),
    ),
    pins=(make_pin("a-1"),),
)


@pytest.fixture
def lab(database: Database) -> Database:
    """Return a database in which two stay, one asks, and one does not any more."""
    seed(database, LAB)
    plan_by_hand(
        database,
        LAB,
        make_residency("a-1", host="kim"),
        make_residency("n-1", first_day=day("2026-02-02"), days=7),
    )
    return database


def workspace_of(database: Database) -> Workspace:
    with database.reading() as session:
        return load_workspace(session, "lab")


def shown(database: Database, language: str = "en", **asked: Any) -> RequestsView:
    with database.reading() as session:
        workspace = load_workspace(session, "lab")
        return show_requests(session, workspace, MAKER, RequestQuery(**asked), language=language)


def found(database: Database, **asked: Any) -> list[str]:
    return [line.request for line in shown(database, **asked).lines]


@pytest.mark.parametrize(
    ("words", "requests"),
    [
        ("", ["a-1", "m-1", "m-2", "n-1"]),
        ("noemie", ["n-1"]),
        ("GENÈVE", ["n-1"]),
        ("gagnon universite", ["n-1"]),
        ("김민수", ["m-1", "m-2"]),
        ("김ㅁ", ["m-1", "m-2"]),
        ("ㄱㅁㅅ", ["m-1", "m-2"]),
        ("바이런", ["a-1"]),
        ("switzerland", ["n-1"]),
        ("스위스", ["n-1"]),
        ("laser", ["n-1"]),
        ("m-2", ["m-2"]),
        ("ada gagnon", []),
    ],
)
def test_words_find_whoever_has_all_of_them(lab: Database, words: str, requests: list[str]) -> None:
    assert found(lab, words=words) == requests


@pytest.mark.parametrize(
    ("asked", "requests"),
    [
        ({"track": "sound"}, ["n-1"]),
        ({"country": "CA"}, ["a-1", "m-1", "m-2"]),
        ({"institution": "geneva"}, ["n-1"]),
        ({"host": "kim"}, ["a-1"]),
        ({"state": State.PLACED}, ["a-1", "n-1"]),
        ({"state": State.UNPLACED}, ["m-1"]),
        ({"state": State.WITHDRAWN}, ["m-2"]),
        ({"state": State.PINNED}, ["a-1"]),
        ({"last_day": day("2026-01-20")}, ["a-1", "m-2"]),
        ({"first_day": day("2026-02-05"), "last_day": day("2026-02-06")}, ["m-1", "m-2", "n-1"]),
        ({"track": "nowhere"}, []),
    ],
)
def test_the_table_is_narrowed(lab: Database, asked: dict[str, Any], requests: list[str]) -> None:
    assert found(lab, **asked) == requests


@pytest.mark.parametrize(
    ("order", "up", "down"),
    [
        (Order.NAME, ["a-1", "m-1", "m-2", "n-1"], ["n-1", "m-1", "m-2", "a-1"]),
        (Order.COUNTRY, ["a-1", "m-1", "m-2", "n-1"], ["n-1", "a-1", "m-1", "m-2"]),
        (Order.TRACK, ["n-1", "a-1", "m-1", "m-2"], ["a-1", "m-1", "m-2", "n-1"]),
        (Order.ASKED, ["a-1", "m-2", "n-1", "m-1"], ["m-1", "a-1", "m-2", "n-1"]),
        (Order.LENGTH, ["a-1", "m-1", "m-2", "n-1"], ["n-1", "a-1", "m-1", "m-2"]),
        (Order.PRIORITY, ["m-1", "m-2", "n-1", "a-1"], ["a-1", "m-1", "m-2", "n-1"]),
        (Order.STAY, ["a-1", "n-1", "m-1", "m-2"], ["n-1", "a-1", "m-1", "m-2"]),
        (Order.STATE, ["m-1", "a-1", "m-2", "n-1"], ["m-2", "n-1", "a-1", "m-1"]),
    ],
)
def test_the_table_is_sorted_both_ways(
    lab: Database, order: Order, up: list[str], down: list[str]
) -> None:
    assert found(lab, order=order) == up
    assert found(lab, order=order, is_descending=True) == down


def test_states_are_counted_within_what_the_filters_leave(lab: Database) -> None:
    view = shown(lab, country="CA", state=State.PLACED)

    assert (view.total, view.left, view.found) == (4, 3, 1)
    assert view.counts == {
        State.PLACED: 1,
        State.UNPLACED: 1,
        State.WITHDRAWN: 1,
        State.PINNED: 1,
        State.MOVED: 0,
    }


def test_a_page_holds_so_many_rows(lab: Database) -> None:
    view = shown(lab, size=3, page=2)
    beyond = shown(lab, size=3, page=9)

    assert ([line.request for line in view.lines], view.page, view.pages) == (["n-1"], 2, 2)
    assert beyond.page == 2


def test_whoever_was_told_otherwise_has_moved(lab: Database) -> None:
    publish(lab)
    plan_by_hand(lab, recall(lab), make_residency("a-1", host="kim", days=21))

    assert found(lab, state=State.MOVED) == ["a-1", "n-1"]


def test_names_are_in_the_readers_language_and_links_once_published(lab: Database) -> None:
    before = shown(lab, "ko", words="a-1").lines[0]
    publish(lab)
    after = shown(lab, "ko", words="a-1").lines[0]

    assert (before.researcher, before.country_name, before.link) == (
        "에이다 바이런",
        "캐나다",
        None,
    )
    assert str(after.link).startswith("https://lab.example.org/r/")


def test_an_export_of_what_was_asked_for_is_not_cut_into_pages(lab: Database) -> None:
    query = RequestQuery(size=1, country="CA")

    assert find_requests(workspace_of(lab), query, language="en") == ("a-1", "m-1", "m-2")
