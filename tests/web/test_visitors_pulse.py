"""What researchers say reaches every page of the office: counted, told apart, said in words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from models.answer_store import AnswerKind, keep_declined
from models.database import Database
from models.history_store import MACHINE, RESEARCHERS, ChangeKind, Wish, find_changes
from models.link_store import load_links, touch_link
from models.release_store import ScopeKind
from models.steps import Step
from models.subjects import document_of
from tests.builders import day, make_residency
from tests.models.statements import statements_of
from tests.web.laboratory import NOW, PUBLISHER, later, plan_by_hand, publish, signed_in
from tests.web.page_reading import texts
from tests.web.visiting_office import TWO, answers, asks, publish_two
from web.use_cases.editing import Edit, make_steps
from web.use_cases.overview.digest import Digests
from web.use_cases.overview.page import Look, show_programme
from web.use_cases.visitors.told import ToldReleases
from web.use_cases.visitors.waiting import count_waiting, find_mark
from web.use_cases.workspace import load_workspace

PULSE = "/programmes/lab/researchers/pulse"
HISTORY = "/programmes/lab/history"
TODAY = NOW.date()
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def waiting(database: Database, *, today: dt.date = TODAY) -> tuple[int, int]:
    with database.reading() as session:
        counted = count_waiting(session, "lab", ToldReleases(), today=today)
    return counted.declined, counted.changes


def mark(database: Database) -> str:
    with database.reading() as session:
        return find_mark(session, "lab", now=NOW).text


def read(answer: TestResponse) -> Any:
    """Return the JSON of an answer."""
    return answer.get_json()


def told(database: Database) -> list[tuple[str, int, list[str]]]:
    """Return what the overview says of researchers."""
    kinds = {"declined", "changes", "wishes", "outdated", "answers"}
    look = Look(language="en", now=later(hours=9))
    with database.reading() as session:
        workspace = load_workspace(session, "lab")
        view = show_programme(session, workspace, PUBLISHER, Digests(), look).overview
    return [
        (each.kind.value, each.count, [name for _, name in each.items])
        for each in view.decisions
        if each.kind.value in kinds
    ]


def test_everything_that_is_said_is_counted_and_changes_the_mark(database: Database) -> None:
    publish_two(database)
    marks, counts = [mark(database)], [waiting(database)]
    answers(database, "ada", AnswerKind.DECLINED)
    marks, counts = [*marks, mark(database)], [*counts, waiting(database)]
    asks(database, "bo", make_residency("bo", first_day=day("2026-01-19")))
    marks, counts = [*marks, mark(database)], [*counts, waiting(database)]
    answers(database, "ada", AnswerKind.ACCEPTED)
    marks, counts = [*marks, mark(database)], [*counts, waiting(database)]
    assert counts == [(0, 0), (1, 0), (1, 1), (0, 1)]
    assert (mark(database), len(set(marks))) == (marks[-1], 4)


def test_whether_anything_is_new_takes_one_statement(database: Database) -> None:
    publish_two(database)
    with database.reading() as session, statements_of(session) as statements:
        find_mark(session, "lab", now=NOW)
    assert len(statements) == 1


def test_the_first_fetch_of_a_release_is_news_and_no_other(database: Database) -> None:
    publish_two(database)
    marks = [mark(database)]
    for hours, release in ((1, 1), (7, 1)):
        with database.writing() as session:
            link = load_links(session, "lab", ScopeKind.RESEARCHER)[0]
            touch_link(session, link.id, now=later(hours=hours), release=release)
        marks.append(mark(database))
    assert (marks[0] == marks[1], marks[1] == marks[2]) == (False, True)


def test_a_declined_stay_that_moves_or_goes_is_decided(database: Database) -> None:
    publish_two(database)
    answers(database, "ada", AnswerKind.DECLINED)
    answers(database, "bo", AnswerKind.DECLINED)
    plan_by_hand(database, TWO, make_residency("bo", days=21), now=later(hours=2))
    publish(database, now=later(hours=3))
    assert waiting(database) == (0, 0)


def test_a_declined_stay_that_is_over_waits_no_more(database: Database) -> None:
    publish_two(database)
    answers(database, "ada", AnswerKind.DECLINED)
    days = [day("2026-02-01"), day("2026-02-02")]
    assert [waiting(database, today=today) for today in days] == [(1, 0), (0, 0)]
    with database.reading() as session:
        marks = [find_mark(session, "lab", now=later(hours=hours)) for hours in (0, 14, 15)]
    assert (marks[0] == marks[1], marks[1].text == marks[2].text) == (True, False)


def test_a_declined_stay_that_is_kept_waits_no_more(database: Database) -> None:
    publish_two(database)
    answers(database, "ada", AnswerKind.DECLINED)
    before = mark(database)
    with database.writing() as session:
        kept = [keep_declined(session, "lab", who, now=later(hours=2)) for who in ("ada", "bo")]
    assert (kept, waiting(database)) == ([True, False], (0, 0))
    assert mark(database) != before


def test_the_history_finds_what_researchers_did_and_what_nobody_did(database: Database) -> None:
    publish_two(database)
    widen(database)
    with database.reading() as session:
        found = {
            person: [change.kind for change in find_changes(session, "lab", Wish(by=person))]
            for person in (RESEARCHERS, MACHINE)
        }
    assert found == {RESEARCHERS: [ChangeKind.EDIT], MACHINE: [ChangeKind.PUBLISH]}


@on_sqlite
def test_an_open_page_asks_and_hears_nothing_until_there_is_something(
    app: Flask, database: Database
) -> None:
    publish_two(database)
    browser = signed_in(app, database)
    first = browser.get(PULSE)
    again = browser.get(PULSE, headers={"If-None-Match": first.headers["ETag"]})
    assert (read(first)["total"], again.status_code, again.data) == (0, 304, b"")
    answers(database, "ada", AnswerKind.DECLINED)
    then = browser.get(PULSE, headers={"If-None-Match": first.headers["ETag"]})
    assert {key: read(then)[key] for key in ("declined", "changes", "total", "said")} == {
        "declined": 1,
        "changes": 0,
        "total": 1,
        "said": "1 thing to decide",
    }
    assert read(then)["mark"] == mark(database)


@on_sqlite
def test_nobody_else_hears_it(app: Flask, database: Database) -> None:
    publish_two(database)
    stranger = app.test_client()
    assert stranger.get(PULSE, headers={"Accept": "application/json"}).status_code == 403
    assert signed_in(app, database).get("/programmes/none/researchers/pulse").status_code == 404


@on_sqlite
def test_the_overview_names_what_is_to_be_decided_and_what_was_said(database: Database) -> None:
    publish_two(database)
    answers(database, "ada", AnswerKind.ACCEPTED)
    assert told(database) == [("answers", 1, ["ada"])]
    answers(database, "ada", AnswerKind.DECLINED, now=later(hours=2))
    asks(database, "bo", make_residency("bo", first_day=day("2026-01-19")))
    assert told(database) == [
        ("declined", 1, ["ada"]),
        ("changes", 1, ["bo"]),
        ("answers", 1, ["ada"]),
    ]


@on_sqlite
def test_the_overview_and_the_history_tell_what_researchers_changed_themselves(
    app: Flask, database: Database
) -> None:
    publish_two(database)
    widen(database)
    assert told(database) == [("wishes", 1, ["ada"])]
    answers(database, "bo", AnswerKind.ACCEPTED)
    page = signed_in(app, database).get(f"{HISTORY}?by=researchers").text
    assert texts(page, "p", class_="change-said") == [
        "bo (researcher) accepted the stay",
        "ada (researcher) changed the days within which they can come",
    ]
    assert texts(page, "span", class_="tag plain") == ["Answers and change requests", "Data edited"]
    with database.reading() as session:
        nobodys = find_changes(session, "lab", Wish(kind=ChangeKind.EDIT))
        assert [change.facts.get("researcher") for change in nobodys] == ["ada"]


def widen(database: Database) -> None:
    """Let Ada say, two hours after the release, that she can come later only."""
    before = document_of(TWO.requests[0])
    step = Step(
        subject="requests", key="ada", before=before, after=before | {"first_day": "2026-01-12"}
    )
    facts = {"researcher": "ada", "name": "ada", "act": "wishes"}
    edit = Edit(kind=ChangeKind.EDIT, now=later(hours=2), facts=facts)
    with database.writing() as session:
        make_steps(session, "lab", [step], edit)
