"""Two people act at the same moment: the second one waits, and decides by what the first has done.

Whoever comes second begins while the first one's change is under way, on a connection of their
own, and is let on once it is kept.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from models.access_store import add_coordinator, load_coordinators, lock_coordinators
from models.database import Database
from models.draft_store import load_branches, main_draft
from models.history_store import ChangeKind, find_undoable
from models.programme_store import lock_programme
from models.run_store import RunKind
from models.steps import Step
from models.subjects import document_of
from tests.builders import make_zone
from tests.web.branch_samples import (
    ADA,
    MORE_DESKS,
    WHO,
    branch_off,
    draft_stays,
    elsewhere,
    small_lab,
    stays_of,
)
from tests.web.form_reading import form_of
from tests.web.laboratory import NOW, open_app, seed, signed_in
from tests.web.page_reading import texts
from web.context import services_of
from web.use_cases.editing import Edit, make_steps, undo
from web.use_cases.planning.asking import ask_question
from web.use_cases.sign_in import offer_sign_in
from web.use_cases.what_ifs.base import has_moved
from web.use_cases.what_ifs.make import begin_branch, change_adjustments, end_branch
from web.use_cases.workspace import load_workspace

T = TypeVar("T")

PATIENCE = 30.0
WAITING = ("BEGIN IMMEDIATE", "LOCK TABLE", "FOR UPDATE")
WHAT_IFS = "/programmes/lab/what-ifs"

lock_lab = partial(lock_programme, programme_id="lab")


@pytest.fixture
def lab(database: Database) -> Database:
    """Return a database with the small laboratory, where Ada has a place."""
    seed(database, small_lab())
    draft_stays(database, ADA)
    return database


@pytest.fixture
def app(tmp_path: Path, lab: Database) -> Iterator[Flask]:
    with open_app(tmp_path, lab) as app:
        yield app


@pytest.fixture
def browser(app: Flask, lab: Database) -> FlaskClient:
    return signed_in(app, lab)


def both(
    first: Database,
    change: Callable[[Session], object],
    work: Callable[[], T],
    *,
    second: Database | None = None,
    lock: Callable[[Session], object] = lock_lab,
) -> T:
    """Let somebody begin to work while a colleague changes something; return what they get."""
    waits = threading.Event()

    def notice(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if any(words in statement for words in WAITING):
            waits.set()

    engine = (second or first).engine
    with ThreadPoolExecutor(1) as threads:
        with first.writing() as session:
            lock(session)
            event.listen(engine, "before_cursor_execute", notice)
            working = threads.submit(work)
            assert waits.wait(PATIENCE)
            change(session)
        event.remove(engine, "before_cursor_execute", notice)
        return working.result(PATIENCE)


def opened(app: Flask) -> Database:
    """Return the application's own connections."""
    return services_of(app).database


def move_ada(session: Session) -> None:
    """Move Ada to the other zone, in the draft."""
    step = Step(
        subject="draft", key="ada", before=document_of(ADA), after=document_of(elsewhere("ada"))
    )
    draft = main_draft(session, "lab", now=NOW)
    make_steps(session, "lab", [step], Edit(kind=ChangeKind.MOVE, now=NOW, draft_id=draft.id))


def add_attic(session: Session) -> None:
    """Add a zone that is called attic."""
    attic = document_of(make_zone("attic"))
    step = Step(subject="zones", key="attic", before=None, after=attic)
    make_steps(session, "lab", [step], Edit(kind=ChangeKind.EDIT, now=NOW))


def test_a_what_if_goes_out_from_the_draft_as_a_colleague_leaves_it(
    app: Flask, browser: FlaskClient, lab: Database
) -> None:
    asked = {"title": "Try", "kind": "withdraw", "request": "eve"}
    browser.get(WHAT_IFS)

    answer = both(lab, move_ada, lambda: browser.post(WHAT_IFS, data=asked), second=opened(app))

    assert answer.status_code == 303
    with lab.reading() as session:
        [branch] = load_branches(session, "lab")
        assert not has_moved(branch, load_workspace(session, "lab"))
    assert stays_of(lab, branch) == {("ada", "zone-b")}


def test_two_repairs_of_one_request_become_two_what_ifs(
    app: Flask, browser: FlaskClient, lab: Database
) -> None:
    def begin_too(session: Session) -> None:
        begin_branch(session, load_workspace(session, "lab"), "bob", [MORE_DESKS], WHO)

    def repair() -> Any:
        asked = {"request": "bob", "adjustments": [MORE_DESKS]}
        return browser.post(f"{WHAT_IFS}/try", json=asked)

    assert both(lab, begin_too, repair, second=opened(app)).status_code == 201
    with lab.reading() as session:
        names = [branch.name for branch in load_branches(session, "lab")]
    assert names == ["bob (2)", "bob"]


def test_a_what_if_that_a_colleague_has_just_changed_is_not_deleted(
    app: Flask, browser: FlaskClient, lab: Database
) -> None:
    draft = branch_off(lab)
    path = f"{WHAT_IFS}/{draft.id}"
    shown = re.search('delete".*?name="revision" value="(.+?)"', browser.get(path).text, re.DOTALL)
    assert shown is not None

    def change(session: Session) -> None:
        main = load_workspace(session, "lab")
        change_adjustments(session, main, draft, [MORE_DESKS], WHO, seen=0)

    answer = both(
        lab,
        change,
        lambda: browser.post(f"{path}/delete", data={"revision": shown[1]}),
        second=opened(app),
    )

    assert (answer.status_code, texts(answer.text, "h1")) == (
        409,
        ["The what-if has changed since"],
    )
    with lab.writing() as session:
        [kept] = load_branches(session, "lab")
        assert kept.adjustments == (MORE_DESKS,)
        end_branch(session, kept, WHO, seen=kept.revision)
        assert load_branches(session, "lab") == ()


def test_nothing_is_taken_over_into_a_draft_that_has_just_moved(
    app: Flask, browser: FlaskClient, lab: Database
) -> None:
    draft = branch_off(lab, stays=(elsewhere("ada"), elsewhere("bob")))
    asked = {"stay": ["bob"], "revision": "1"}

    answer = both(
        lab,
        move_ada,
        lambda: browser.post(f"{WHAT_IFS}/{draft.id}/take-over", data=asked),
        second=opened(app),
    )

    assert answer.status_code == 409
    assert texts(answer.text, "h1") == ["The draft has changed since"]
    assert stays_of(lab) == {("ada", "zone-b")}


def test_of_two_new_items_with_one_id_the_second_is_told_at_its_field(
    app: Flask, browser: FlaskClient, lab: Database
) -> None:
    path = "/programmes/lab/data/zones/new"
    form = form_of(browser.get(path).text)
    typed = form.with_(name="Attic", id="attic", floor="floor-1")

    answer = both(lab, add_attic, lambda: browser.post(form.action, data=typed), second=opened(app))

    assert answer.status_code == 422
    assert texts(answer.text, "p", class_="fault") == [
        "“attic” is taken already. Choose another one."
    ]


def test_of_two_who_take_back_a_change_the_second_is_told(
    app: Flask, browser: FlaskClient, lab: Database
) -> None:
    with lab.writing() as session:
        add_attic(session)
    with lab.reading() as session:
        added = find_undoable(session, "lab", None)
    assert added is not None

    def take_back(session: Session) -> None:
        undo(session, "lab", Edit(kind=ChangeKind.EDIT, now=NOW))

    answer = both(
        lab,
        take_back,
        lambda: browser.post(f"/programmes/lab/history/{added.id}/undo"),
        second=opened(app),
    )

    assert answer.status_code == 409


def test_two_who_ask_the_same_get_one_answer(lab: Database) -> None:
    def ask(session: Session) -> Any:
        workspace = load_workspace(session, "lab")
        return ask_question(session, workspace, RunKind.EXPLAIN, subject="eve", now=NOW)

    def ask_too() -> Any:
        with lab.writing() as session:
            return ask(session)

    assert both(lab, ask, ask_too).is_new is False


def test_two_who_sign_somebody_in_add_one_coordinator(database: Database) -> None:
    def sign_in() -> None:
        with database.writing() as session:
            offer_sign_in(session, now=NOW, name="Kim")

    both(
        database,
        partial(add_coordinator, name="Kim", now=NOW),
        sign_in,
        lock=lock_coordinators,
    )

    with database.reading() as session:
        assert [each.name for each in load_coordinators(session)] == ["Kim"]
