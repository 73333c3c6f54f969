"""Forms of people and space: every field has one, and what is not touched stays as it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models.database import Database
from models.subjects import document_of
from scheduler.problem.problem import Problem
from scheduler.problem.programme import Weights
from scheduler.problem.requests import Cost
from scheduler.problem.scenario_file import load_scenario
from scheduler.verify import SCORES
from tests.web.form_reading import form_of
from tests.web.laboratory import open_app, seed, signed_in
from tests.web.page_reading import texts
from web.pages.data.forms import FORMS
from web.use_cases.data.form_kinds import ITEMS, SINGLE, Kind, fields_of
from web.use_cases.data.form_spelling import read, spell
from web.use_cases.data.items import key_of
from web.use_cases.data.weights import WEIGHTS

NAIRL = Path(__file__).parents[2] / "fixtures" / "scenarios" / "nairl.yaml"

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture(scope="module")
def nairl() -> Problem:
    return load_scenario(NAIRL)


@pytest.fixture
def app(tmp_path: Path, database: Database, nairl: Problem) -> Iterator[Flask]:
    seed(database, nairl)
    with open_app(tmp_path, database) as app:
        yield app


@pytest.fixture
def browser(app: Flask, database: Database) -> FlaskClient:
    return signed_in(app, database)


def test_every_list_that_people_edit_has_its_form() -> None:
    subjects = {form.kind.subject for form in FORMS.values()}
    assert subjects == set(ITEMS)
    assert {field.name for field in fields(Problem)} - subjects == {"published"}


def test_no_field_of_any_dataclass_is_missing_from_its_forms() -> None:
    asked: dict[str, list[str]] = {subject: [] for subject in ITEMS}
    for form in FORMS.values():
        asked[form.kind.subject] += form.kind.names
    expected = {subject: [field.name for field in fields(made)] for subject, made in ITEMS.items()}
    assert {subject: sorted(names) for subject, names in asked.items()} == {
        subject: sorted(names) for subject, names in expected.items()
    }


def test_parts_of_fields_have_words_too() -> None:
    assert {part.name for part in FORMS["weights"].parts} == {each.name for each in fields(Weights)}
    assert {part.name for part in FORMS["requests"].parts} == {each.name for each in fields(Cost)}
    assert set(WEIGHTS) == {each.name for each in fields(Weights)}


def test_every_term_stands_with_its_weight_or_among_the_others() -> None:
    weighed = {term for _, term in WEIGHTS.values()}
    assert sorted(set(SCORES) - weighed) == ["quota_missing", "zone_points"]


@pytest.mark.parametrize("name", FORMS)
def test_every_field_has_a_label_and_a_hint(name: str) -> None:
    words = list(FORMS[name].fields)
    assert [each.name for each in words if not str(each.label)] == []
    assert [each.name for each in words if not str(each.hint)] == []


@pytest.mark.parametrize("subject", ITEMS)
def test_an_item_read_from_its_form_is_what_it_was(nairl: Problem, subject: str) -> None:
    asked = tuple(fields_of(subject).values())
    found = getattr(nairl, subject)
    for item in (found,) if subject in SINGLE else found:
        document = document_of(item)
        kept = {name: value for name, value in document.items() if name != "shape"}
        assert read(asked, spell(asked, document), document) == (kept, ())
        assert read(asked, spell(asked, document), None) == (kept, ())


def test_every_kind_of_field_is_spelled() -> None:
    kinds = {field.kind for subject in ITEMS for field in fields_of(subject).values()}
    assert kinds == set(Kind)


@on_sqlite
@pytest.mark.parametrize("subject", sorted(set(ITEMS) - SINGLE))
def test_a_form_that_is_sent_untouched_changes_nothing(
    browser: FlaskClient, nairl: Problem, subject: str
) -> None:
    for item in getattr(nairl, subject)[:3]:
        path = f"/programmes/nairl/data/{subject}/{key_of(item)}"
        form = form_of(browser.get(path).text)
        assert form.action == path
        answer = browser.post(path, data=form.values)
        assert (answer.status_code, answer.location) == (303, path)
        page = browser.get(path).text
        assert texts(page, "div", class_="message good") == [
            "Nothing was different, so nothing was changed."
        ]


@on_sqlite
@pytest.mark.parametrize("name", ["programme", "policy", "weights"])
def test_what_there_is_once_is_sent_untouched_too(browser: FlaskClient, name: str) -> None:
    path = f"/programmes/nairl/data/{name}"
    browser.post(path, data=form_of(browser.get(path).text).values)
    assert texts(browser.get(path).text, "div", class_="message good") == [
        "Nothing was different, so nothing was changed."
    ]


@on_sqlite
def test_the_first_page_counts_what_there_is(browser: FlaskClient, nairl: Problem) -> None:
    counts = texts(browser.get("/programmes/nairl/data").text, "span", class_="count")
    shown = [name for name in FORMS if name not in {*SINGLE, "weights"}]
    assert counts == [str(len(getattr(nairl, name))) for name in shown]


@on_sqlite
@pytest.mark.parametrize(
    "path", ["cats", "published", "zones/nowhere", "policy/new", "hosts/x/remove"]
)
def test_what_there_is_not_is_not_found(browser: FlaskClient, path: str) -> None:
    assert browser.get(f"/programmes/nairl/data/{path}").status_code == 404


@on_sqlite
def test_a_list_is_searched_by_name_and_id_and_paged(browser: FlaskClient) -> None:
    page = browser.get("/programmes/nairl/data/hosts?q=kang").text
    assert texts(page, "th", scope="row") == ["Kang Min-jae kang-minjae"]
    assert texts(page, "p", role="status") == ["1 of 35"]
    nobody = browser.get("/programmes/nairl/data/hosts?q=zzz").text
    assert texts(nobody, "p", class_="empty") == ["Nothing matches “zzz” Show all"]


@on_sqlite
def test_closures_and_absences_stand_on_one_page(browser: FlaskClient) -> None:
    rows = texts(browser.get("/programmes/nairl/data/closures").text, "tr")
    assert rows[1] == "Kwon Do-hyun Host Mar 3 - 30, 2025 Parental leave"
