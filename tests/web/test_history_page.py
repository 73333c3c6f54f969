"""The history's page: who did what, in sentences, narrowed, taken back and made again."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models.access_store import Coordinator, add_coordinator
from models.database import Database
from models.draft_store import main_draft
from models.history_store import ChangeKind, add_change
from models.steps import Step
from models.subjects import document_of
from scheduler.problem.requests import Pin
from scheduler.problem.types import HostId, RequestId, ZoneId
from tests.builders import day, make_host, make_problem, make_request, make_residency, make_zone
from tests.web.laboratory import NOW, later, open_app, seed, signed_in
from tests.web.page_reading import texts
from web.use_cases.editing import Edit, make_steps, undo

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

LAB = make_problem(
    zones=(make_zone("zone-a"), make_zone("zone-b")),
    hosts=(make_host("kim"), make_host("lee")),
    requests=(make_request("ada"), make_request("bo")),
)
ADA = make_residency("ada")


@pytest.fixture
def app(tmp_path: Path, database: Database) -> Iterator[Flask]:
    seed(database, LAB)
    with open_app(tmp_path, database) as app:
        yield app


@pytest.fixture
def browser(app: Flask, database: Database) -> FlaskClient:
    return signed_in(app, database)


@pytest.fixture
def suho(app: Flask, database: Database) -> Coordinator:
    assert app.name == "web"
    with database.writing() as session:
        return add_coordinator(session, name="Lee Suho", now=NOW)


def make(
    database: Database,
    *steps: Step,
    by: Coordinator | None = None,
    now: dt.datetime = NOW,
    kind: ChangeKind = ChangeKind.EDIT,
) -> None:
    """Make steps of the data, or of the draft."""
    with database.writing() as session:
        is_draft = any(step.subject == "draft" for step in steps)
        draft = main_draft(session, "lab", now=now).id if is_draft else None
        who = None if by is None else by.id
        make_steps(session, "lab", steps, Edit(kind=kind, now=now, by=who, draft_id=draft))


def stay(before: Any, after: Any) -> Step:
    """Return the step from one stay of Ada's to another."""
    return Step(
        subject="draft",
        key="ada",
        before=None if before is None else document_of(before),
        after=None if after is None else document_of(after),
    )


def changes(item: Any, subject: str, **changed: Any) -> Step:
    """Return the step that changes some fields of an item."""
    before = document_of(item)
    return Step(subject=subject, key=item.id, before=before, after=before | changed)


def said(browser: FlaskClient, query: str = "") -> list[str]:
    """Return the sentences of the history."""
    return texts(browser.get(f"/programmes/lab/history{query}").text, "p", class_="change-said")


def test_before_anything_was_changed_the_page_says_what_it_will_hold(browser: FlaskClient) -> None:
    page = browser.get("/programmes/lab/history").text
    assert texts(page, "p", class_="empty") == [
        (
            "Nothing was changed yet Whatever you or a colleague change stands here, with what was "
            "before, and can be taken back."
        )
    ]


MOVED = make_residency("ada", first_day=day("2026-01-12"))


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (None, ADA, "placed ada in zone-a, Jan 5 - Feb 1, 2026"),
        (ADA, None, "took ada out of zone-a, Jan 5 - Feb 1, 2026"),
        (ADA, MOVED, "moved ada from Jan 5 - Feb 1, 2026 to Jan 12 - Feb 8, 2026"),
        (ADA, make_residency("ada", zone=ZoneId("zone-b")), "moved ada from zone-a to zone-b"),
        (
            ADA,
            make_residency("ada", zone=ZoneId("zone-b"), first_day=day("2026-01-12")),
            "moved ada from zone-a, Jan 5 - Feb 1, 2026 to zone-b, Jan 12 - Feb 8, 2026",
        ),
        (ADA, make_residency("ada", host=HostId("kim")), "gave ada another host: - \u2192 kim"),
    ],
)
def test_what_happened_to_a_stay_is_one_sentence(
    browser: FlaskClient, database: Database, before: Any, after: Any, sentence: str
) -> None:
    if before is not None:
        make(database, stay(None, before))
    make(database, stay(before, after), kind=ChangeKind.MOVE)
    assert said(browser)[0] == f"The machine {sentence}"


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (changes(LAB.zones[0], "zones", desks=3), "changed zone-a (Zone): Desks"),
        (
            Step(subject="zones", key="zone-b", before=document_of(LAB.zones[1]), after=None),
            "removed zone-b (Zone)",
        ),
        (
            Step(
                subject="pins",
                key="ada",
                before=None,
                after=document_of(Pin(request=RequestId("ada"), zone=ZoneId("zone-b"))),
            ),
            "pinned ada: zone-b",
        ),
        (
            Step(
                subject="policy",
                key="policy",
                before=document_of(LAB.policy),
                after=document_of(LAB.policy) | {"frozen_days": 21},
            ),
            "changed the policy: Days of notice",
        ),
    ],
    ids=["changed", "removed", "pinned", "policy"],
)
def test_what_happened_to_the_data_is_one_sentence(
    browser: FlaskClient, database: Database, suho: Coordinator, step: Step, sentence: str
) -> None:
    make(database, step, by=suho)
    assert said(browser) == [f"Lee Suho {sentence}"]


def test_several_items_are_counted_by_their_list(browser: FlaskClient, database: Database) -> None:
    steps = (changes(LAB.zones[0], "zones", desks=3), changes(LAB.requests[0], "requests", gpus=1))
    make(database, *steps, kind=ChangeKind.IMPORT)
    assert said(browser) == ["The machine imported Zones: 1 changed; Requests: 1 changed"]


@pytest.mark.parametrize(
    ("kind", "facts", "sentence"),
    [
        (ChangeKind.PUBLISH, {"release": 2, "note": "Spring"}, "published release 2: “Spring”"),
        (
            ChangeKind.ROLL_BACK,
            {"release": 4, "rolled_back_to": 2},
            "published release 4, which says again what release 2 did",
        ),
        (ChangeKind.PLAN, {"scope": "some", "people": 2}, "started a plan run for 2 requests"),
        (
            ChangeKind.BRANCH,
            {"act": "renamed", "name": "A", "to": "B"},
            "renamed the what-if “A” to “B”",
        ),
        (
            ChangeKind.MAIL,
            {"action": "send", "release": 1, "to": "Ada"},
            "let out the mail to Ada, release 1",
        ),
        (
            ChangeKind.MAIL,
            {"action": "discard", "release": 1, "count": 3},
            "discarded 3 mails, release 1",
        ),
        (ChangeKind.ANSWER, {}, "did something that changed no data"),
    ],
)
def test_what_changed_no_item_is_told_too(
    browser: FlaskClient, database: Database, kind: ChangeKind, facts: dict[str, Any], sentence: str
) -> None:
    with database.writing() as session:
        add_change(session, "lab", kind, now=NOW, by=None, facts=facts)
    assert said(browser) == [f"The machine {sentence}"]


def test_each_field_stands_with_what_was_and_what_is(
    browser: FlaskClient, database: Database
) -> None:
    closures = [{"first_day": "2026-01-12", "last_day": "2026-01-16", "name": "Paint"}]
    make(database, changes(LAB.zones[0], "zones", desks=3, closures=closures))
    page = browser.get("/programmes/lab/history").text
    assert texts(page, "tr")[1:] == ["Desks 8 3", "Closures - Jan 12 - 16, 2026 (Paint)"]


def test_times_are_on_the_programmes_clock(browser: FlaskClient, database: Database) -> None:
    make(database, changes(LAB.zones[0], "zones", desks=3), now=later(hours=15))
    page = browser.get("/programmes/lab/history").text
    assert texts(page, "h2", class_="history-day") == ["Tuesday, January 6, 2026"]
    assert texts(page, "p", class_="change-time number soft") == ["00:30"]


def test_a_change_is_taken_back_and_made_again(browser: FlaskClient, database: Database) -> None:
    make(database, changes(LAB.zones[0], "zones", desks=3))
    page = browser.get("/programmes/lab/history").text
    (action,) = re.findall(r'action="([^"]*history/\d+/undo)"', page)
    assert browser.post(action).location == "/programmes/lab/history"
    page = browser.get("/programmes/lab/history").text
    assert texts(page, "p", class_="change-said") == [
        "Coordinator took back: changed zone-a (Zone): Desks",
        "The machine changed zone-a (Zone): Desks",
    ]
    assert texts(page, "span", class_="tag warn") == ["Undone"]
    (action,) = re.findall(r'action="([^"]*history/\d+/redo)"', page)
    browser.post(action)
    assert said(browser)[0] == "Coordinator made again: changed zone-a (Zone): Desks"


def test_what_a_colleague_did_since_is_not_taken_back_unseen(
    browser: FlaskClient, database: Database
) -> None:
    make(database, changes(LAB.zones[0], "zones", desks=3))
    page = browser.get("/programmes/lab/history").text
    (action,) = re.findall(r'action="([^"]*history/\d+/undo)"', page)
    make(database, changes(LAB.zones[1], "zones", desks=4))
    answer = browser.post(action)
    assert answer.status_code == 409
    assert len(said(browser)) == 2


def test_the_draft_and_the_data_are_taken_back_apart(
    browser: FlaskClient, database: Database
) -> None:
    make(database, changes(LAB.zones[0], "zones", desks=3))
    make(database, stay(None, ADA))
    page = browser.get("/programmes/lab/history").text
    assert texts(page, "button")[1:] == ["Show", "Undo", "Undo"]
    assert len(re.findall(r'name="draft"', page)) == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?kind=move", ["placed ada"]),
        ("?by=machine", ["placed ada"]),
        ("?subject=zones&key=zone-a", ["changed zone-a"]),
        ("?subject=requests&key=ada", ["placed ada"]),
        ("?subject=zones&key=zone", []),
        ("?first_day=2026-01-06", ["placed ada"]),
        ("?last_day=2026-01-05", ["changed zone-a"]),
        ("?before=2", ["changed zone-a"]),
        ("", ["placed ada", "changed zone-a"]),
    ],
)
def test_the_history_is_narrowed(
    browser: FlaskClient, database: Database, suho: Coordinator, query: str, found: list[str]
) -> None:
    make(database, changes(LAB.zones[0], "zones", desks=3), by=suho)
    make(database, stay(None, ADA), kind=ChangeKind.MOVE, now=later(days=1))
    heard = [re.sub("^(The machine|Lee Suho) ", "", each) for each in said(browser, query)]
    assert [" ".join(each.split()[:2]) for each in heard] == found


def test_a_person_is_chosen_among_those_who_have_changed_something(
    browser: FlaskClient, database: Database, suho: Coordinator
) -> None:
    make(database, changes(LAB.zones[0], "zones", desks=3), by=suho)
    make(database, changes(LAB.zones[1], "zones", desks=3))
    page = browser.get("/programmes/lab/history").text
    assert texts(page, "option")[-4:] == [
        "Everybody",
        "Lee Suho",
        "Researchers, on their own pages",
        "The machine",
    ]
    assert said(browser, f"?by={suho.id}") == ["Lee Suho changed zone-a (Zone): Desks"]


def test_a_day_that_is_none_is_not_found(browser: FlaskClient) -> None:
    assert browser.get("/programmes/lab/history?first_day=soon").status_code == 404


def test_what_is_gone_keeps_its_name(browser: FlaskClient, database: Database) -> None:
    zone = replace(make_zone("zone-c"), name="Old hall")
    after = document_of(zone)
    make(database, Step(subject="zones", key="zone-c", before=None, after=after))
    make(database, Step(subject="zones", key="zone-c", before=after, after=None))
    assert said(browser) == [
        "The machine removed Old hall (Zone)",
        "The machine added Old hall (Zone)",
    ]


def test_old_changes_stand_on_later_pages(browser: FlaskClient, database: Database) -> None:
    for desks in range(9, 51):
        zone = changes(LAB.zones[0], "zones", desks=desks)
        assert zone.before is not None
        before = zone.before | {"desks": desks - 1}
        make(database, Step(subject="zones", key="zone-a", before=before, after=zone.after))
    page = browser.get("/programmes/lab/history").text
    assert len(texts(page, "p", class_="change-said")) == 40
    (older,) = re.findall(r'rel="next" href="([^"]+)"', page)
    rest = browser.get(older.replace("&amp;", "&")).text
    assert len(texts(rest, "p", class_="change-said")) == 2
    assert "Newest" in texts(rest, "a", class_="button")


def test_the_history_is_taken_along_as_a_table(
    browser: FlaskClient, database: Database, suho: Coordinator
) -> None:
    make(database, changes(LAB.zones[0], "zones", desks=3, area_m2=20), by=suho)
    with database.writing() as session:
        undo(session, "lab", Edit(kind=ChangeKind.EDIT, now=later(hours=1)))
        add_change(session, "lab", ChangeKind.PLAN, now=later(hours=2), by=None, facts={})
    answer = browser.get("/programmes/lab/history.csv")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="lab-history.csv"'
    assert [(row[0], row[2], row[4], *row[7:12]) for row in rows[1:]] == [
        ("3", "The machine", "", "", "", "", "", ""),
        ("2", "The machine", "undo", "zone-a", "zone-a", "Desks", "3", "8"),
        ("2", "The machine", "undo", "zone-a", "zone-a", "Floor space", "20", "120"),
        ("1", "Lee Suho", "", "zone-a", "zone-a", "Desks", "8", "3"),
        ("1", "Lee Suho", "", "zone-a", "zone-a", "Floor space", "120", "20"),
    ]
