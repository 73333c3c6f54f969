"""What is to be done before a stay, and what an office may ask for."""

from __future__ import annotations

from typing import Any

import pytest

from models.settings_store import OfficeSettings
from tests.builders import day
from web.use_cases.errors import ChecklistRefusedError
from web.use_cases.researchers.checklist import (
    DEFAULT_CHECKLIST,
    MOST_DOCUMENTS,
    VISA,
    Document,
    checklist_data,
    checklist_in,
    parse_checklist,
    tasks_for,
)


def tasks(*documents: Document, **others: Any) -> list[tuple[str, str]]:
    values: dict[str, Any] = {
        "first_day": day("2027-03-01"),
        "country": "CA",
        "lead_days": 0,
    } | others
    return [(task.key, task.due.isoformat()) for task in tasks_for(documents, **values)]


def test_what_is_to_be_done_stands_by_its_day() -> None:
    arrival = Document(id="arrival", text="Tell your host", days_before=7)
    register = Document(id="register", text="Register", days_before=-14)
    assert tasks(register, arrival, lead_days=30) == [
        (VISA, "2027-01-30"),
        ("arrival", "2027-02-22"),
        ("register", "2027-03-15"),
    ]


def test_a_document_is_asked_of_the_countries_that_it_names() -> None:
    everybody = Document(id="a", text="A", days_before=1)
    french = Document(id="b", text="B", days_before=1, countries=("FR",))
    assert [key for key, _ in tasks(everybody, french)] == ["a"]
    assert [key for key, _ in tasks(everybody, french, country="FR")] == ["a", "b"]
    assert [key for key, _ in tasks(everybody, french, country=None)] == ["a"]


def test_days_that_no_calendar_knows_are_cut_off() -> None:
    document = Document(id="a", text="A", days_before=700)
    assert tasks(document, first_day=day("0001-02-01")) == [("a", "0001-01-01")]


def test_an_office_that_has_set_nothing_has_our_list_and_one_that_emptied_it_has_none() -> None:
    assert checklist_in(OfficeSettings()) == DEFAULT_CHECKLIST
    assert checklist_in(OfficeSettings(checklist=())) == ()


def test_a_list_is_kept_and_read_again() -> None:
    documents = (
        *DEFAULT_CHECKLIST,
        Document(id="a.b", text="🌸", days_before=0, countries=("AE", "FR")),
    )
    assert parse_checklist(checklist_data(documents)) == documents


@pytest.mark.parametrize(
    ("data", "wrongs"),
    [
        ([{"id": "a", "text": "A", "days_before": 731}], [(0, "days_before")]),
        ([{"id": "a", "text": "A", "days_before": -366}], [(0, "days_before")]),
        ([{"id": "a", "text": "A", "days_before": 1, "countries": ["Canada"]}], [(0, "countries")]),
        ([{"id": "A!", "text": "A", "days_before": 1}], [(0, "id")]),
        ([{"id": "a", "text": "A", "days_before": 1, "colour": "red"}], [(0, "colour")]),
        ([{"id": "a", "text": "A", "days_before": 1}] * 2, [(0, "id"), (1, "id")]),
        (
            [{"id": "a", "days_before": 1}, {"id": "b", "text": "B"}],
            [(0, "text"), (1, "days_before")],
        ),
        (
            [{"id": f"a{n}", "text": "A", "days_before": 1} for n in range(MOST_DOCUMENTS + 1)],
            [(None, "")],
        ),
    ],
)
def test_all_that_is_wrong_with_a_list_is_named(
    data: list[dict[str, Any]], wrongs: list[tuple[int | None, str]]
) -> None:
    with pytest.raises(ChecklistRefusedError) as refused:
        parse_checklist(data)
    assert [(wrong.number, wrong.field) for wrong in refused.value.wrongs] == wrongs


@pytest.mark.parametrize("text", ["", "x" * 501, {}, {"en": ""}, {"English": "A"}, 7])
def test_a_document_says_something_short_in_some_language(text: object) -> None:
    with pytest.raises(ChecklistRefusedError) as refused:
        parse_checklist([{"id": "a", "text": text, "days_before": 1}])
    assert {(wrong.number, wrong.field) for wrong in refused.value.wrongs} == {(0, "text")}
