"""What is wrong with data is said in the reader's language, and remembered in English."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale

from models.database import Database
from scheduler.files.findings import Finding, Message
from scheduler.problem.checks.names import THINGS
from scheduler.problem.checks.readable import Readable
from scheduler.problem.scenario_file import ScenarioError, document_of, parse_document
from tests.builders import make_problem
from tests.web.laboratory import open_app
from web.pages.findings import IN_AN_OFFICE, say_finding
from web.pages.texts import extract_messages
from web.use_cases.errors import StepFinding

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_a_message_is_its_english_text_and_remembers_of_what_it_is_made() -> None:
    message = Message("no %(thing)s '%(name)s'", thing=Message("host"), name="lee")
    assert message == "no host 'lee'"
    assert (message.template, dict(message.values)) == (
        "no %(thing)s '%(name)s'",
        {"thing": "host", "name": "lee"},
    )


@pytest.mark.parametrize("again", [copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each))])  # noqa: S301  # our own
def test_a_message_that_travels_still_remembers(again: Callable[[Message], Message]) -> None:
    message = again(Message("found %(what)s", what=Message("a map")))
    assert (message, message.template) == ("found a map", "found %(what)s")
    assert message.values["what"].template == "a map"


def test_places_within_a_message_move_with_their_document() -> None:
    readable = Readable(document={}, numbers={"published": [0, 2]})
    finding = Finding("published[1].request", Message("%(other)s too", other="published[0]"))
    shifted = Readable(document={}, numbers={"published": [1, 2]}).located(finding)
    assert readable.located(finding) == ("published[2].request", "published[0] too")
    assert shifted.message == "published[1] too"


def messages_of(document: dict[str, object]) -> list[str]:
    """Return what is wrong with a document."""
    with pytest.raises(ScenarioError) as refused:
        parse_document(document)
    return [finding.message for finding in refused.value.findings]


@on_sqlite
def test_everything_that_a_form_can_break_is_said_in_words_of_an_office(
    tmp_path: Path, database: Database
) -> None:
    document = document_of(make_problem())
    (request,) = document["requests"]
    request |= {
        "priority": 9,
        "min_days": 40,
        "first_day": "",
        "desks": "two",
        "hosts": ["nobody"],
        "preferred_first_day": "2026-13-01",
    }
    (slot,) = document["slots"]
    slot |= {"first_day": "2026-03-01", "last_day": "2026-02-01", "tracks": []}
    with open_app(tmp_path, database) as app:
        said = [said_in(app, "en", message) for message in messages_of(document)]
    assert said == [
        "Choose at least 1.",
        "Feb 1, 2026 is before the first day, Mar 1, 2026. Mend one of the two.",
        "9 is too large: at most 5 is allowed.",
        "'' is not a date. Write it like 2025-01-06.",
        "28 is less than the least, 40. Mend one of the two.",
        "'2026-13-01' is not a date. Write it like 2025-01-06.",
        "'two' is not a whole number. Write one like 12.",
        "There is no host “nobody”. Choose one from the list, or add it first.",
    ]


def said_in(app: Flask, language: str, message: object) -> str:
    """Say a message in a language."""
    with app.test_request_context(), force_locale(language):
        return say_finding(message)


@on_sqlite
def test_what_has_no_template_is_said_as_it_is(tmp_path: Path, database: Database) -> None:
    with open_app(tmp_path, database) as app:
        assert said_in(app, "ko", StepFinding(None, "", "as it is")) == "As it is"


def test_every_template_that_pages_say_better_is_one_of_the_scheduler() -> None:
    known = {message.id for message in extract_messages("ko")}
    assert set(IN_AN_OFFICE) - known == set()
    assert set(THINGS) - known == set()
