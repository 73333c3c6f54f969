"""Cells are read as people write them; what could mean two things is refused."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.problem.types import InstitutionId
from tests.builders import make_event, make_host, make_institution, make_problem, make_zone
from web.use_cases.requests.columns import BY_HEADER, COLUMN, COLUMNS
from web.use_cases.requests.flat import cell_text
from web.use_cases.requests.importing.cells import read_cell, read_day
from web.use_cases.requests.importing.faults import CellError, Wrong
from web.use_cases.requests.importing.lookup import Lookup
from web.use_cases.requests.words import squeezed

LAB = make_problem(
    zones=(make_zone("zone-a", features=("quiet", "daylight")), make_zone("zone-b")),
    hosts=(make_host("kim"), make_host("lee"), make_host("park-1"), make_host("park-2")),
    events=(make_event("demo", "2026-03-02"),),
)
LOOKUP = Lookup(LAB)


def read(key: str, text: str) -> Any:
    return read_cell(COLUMN[key], text, LOOKUP)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01",
        "2026. 3. 1.",
        "2026.3.1",
        "2026/03/01",
        "2026년 3월 1일",
        "20260301",
        "2026-03-01 00:00:00",
        "2026-03-01T00:00",
    ],
)
def test_days_are_read_as_they_are_written_here(text: str) -> None:
    assert read_day(text) == "2026-03-01"


@pytest.mark.parametrize(
    ("text", "wrong", "facts"),
    [
        ("01/03/2026", Wrong.AMBIGUOUS_DAY, {"readings": ("2026-01-03", "2026-03-01")}),
        ("25.03.2026", Wrong.AMBIGUOUS_DAY, {"readings": ("2026-03-25",)}),
        ("45.30.2026", Wrong.AMBIGUOUS_DAY, {"readings": ()}),
        ("2026-02-30", Wrong.NO_DAY, {}),
        ("46082", Wrong.NO_DAY, {}),
        ("spring", Wrong.NO_DAY, {}),
        ("2026-03-01 09:30:00", Wrong.NO_DAY, {}),
    ],
)
def test_days_that_could_be_others_are_refused(
    text: str, wrong: Wrong, facts: dict[str, Any]
) -> None:
    with pytest.raises(CellError) as caught:
        read_day(text)

    assert (caught.value.wrong, caught.value.facts) == (wrong, facts)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("priority", "4", 4),
        ("cost_fixed", "2,600,000", 2600000),
        ("priority", "high", "high"),
        ("status", "Withdrawn", "withdrawn"),
        ("status", "제출", "submitted"),
        ("status", "maybe", "maybe"),
        ("country", "kr", "KR"),
        ("country", "South Korea", "KR"),
        ("country", "캐나다", "CA"),
        ("track", "Vision", "vision"),
        ("hosts", "Kim; lee", ["kim", "lee"]),
        ("hosts", "kim, lee", ["kim", "lee"]),
        ("hosts", "any", None),
        ("hosts", "none", []),
        ("needs", "quiet, daylight", ["quiet", "daylight"]),
        ("needs", "odd, thing", ["odd, thing"]),
        ("zone_points", "zone-a=30; zone-b: -20", {"zone-a": 30, "zone-b": -20}),
        ("must_attend", "DEMO", ["demo"]),
        ("group", '"a;b"', "a;b"),
        ("name", '{"en": "Ada", "ko": "에이다"}', {"en": "Ada", "ko": "에이다"}),
        ("name", '"Bob" Smith', '"Bob" Smith'),
        (
            "unavailable",
            "2026-03-02..2026-03-06 Exams; 2026. 4. 1. ~ 2026. 4. 2.; 2026-05-01",
            [
                {"first_day": "2026-03-02", "last_day": "2026-03-06", "name": "Exams"},
                {"first_day": "2026-04-01", "last_day": "2026-04-02", "name": ""},
                {"first_day": "2026-05-01", "last_day": "2026-05-01", "name": ""},
            ],
        ),
    ],
)
def test_cells_are_read_by_their_column(key: str, text: str, value: Any) -> None:
    assert read(key, text) == value


@pytest.mark.parametrize(
    ("key", "text", "wrong"),
    [
        ("track", "sound", Wrong.UNKNOWN),
        ("hosts", "kim; nobody", Wrong.UNKNOWN),
        ("country", "Atlantis", Wrong.NO_COUNTRY),
        ("country", "UK", Wrong.NO_COUNTRY),
        ("zone_points", "zone-a", Wrong.NO_POINTS),
        ("unavailable", "next week", Wrong.NO_DAY),
        ("unavailable", "2026-02-30..2026-03-01", Wrong.NO_RANGE),
        ("unavailable", "01/03/2026..02/03/2026", Wrong.AMBIGUOUS_DAY),
    ],
)
def test_cells_that_cannot_be_read_say_why(key: str, text: str, wrong: Wrong) -> None:
    with pytest.raises(CellError) as caught:
        read(key, text)

    assert caught.value.wrong is wrong


def test_a_name_that_is_misspelled_brings_those_alike() -> None:
    with pytest.raises(CellError) as caught:
        read("hosts", "park-3")

    assert caught.value.facts == {"of": "hosts", "text": "park-3", "alike": "park-1, park-2"}


def test_a_name_that_two_bear_is_refused() -> None:
    twins = (make_institution("a"), make_institution("b"))
    named = [type(each)(id=InstitutionId(each.id), name="MIT", country="US") for each in twins]
    lookup = Lookup(make_problem(institutions=(make_institution(), *named)))

    with pytest.raises(CellError) as caught:
        lookup.get("institutions", "M.I.T.")

    assert (caught.value.wrong, caught.value.facts["ids"]) == (Wrong.AMBIGUOUS, "a, b")


def test_every_header_means_its_own_column() -> None:
    found = {
        column.key: {BY_HEADER[squeezed(each)] for each in column.headers} for column in COLUMNS
    }

    assert found == {column.key: {column.key} for column in COLUMNS}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("hosts", []),
        ("needs", ["a;b", "c"]),
        ("needs", ["any"]),
        ("group", "-"),
        ("group", "{x"),
        (
            "unavailable",
            [{"first_day": "2026-03-02", "last_day": "2026-03-06", "name": "3rd visit"}],
        ),
        (
            "unavailable",
            [{"first_day": "2026-03-02", "last_day": "2026-03-06", "name": {"ko": "방학"}}],
        ),
    ],
)
def test_what_is_written_is_read_as_the_same(key: str, value: Any) -> None:
    text = cell_text(COLUMN[key], value)

    assert read(key, text) == value
