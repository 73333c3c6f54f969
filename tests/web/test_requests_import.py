"""Rows become changes: new, changed, unchanged or wrong, with everything that is wrong at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.steps import Step
from scheduler.problem.problem import Problem
from scheduler.problem.types import InstitutionId
from tests.builders import (
    make_host,
    make_institution,
    make_pin,
    make_problem,
    make_request,
    make_researcher,
    make_zone,
)
from web.pages.requests.explained import LABELS
from web.use_cases.edited import edited
from web.use_cases.requests.export import FileKind, Wording, export_requests, template
from web.use_cases.requests.importing.faults import Wrong
from web.use_cases.requests.importing.parties import Row
from web.use_cases.requests.importing.proposal import Outcome, Proposal, propose
from web.use_cases.requests.importing.reading import read_sheet
from web.use_cases.requests.importing.sheet import Sheet
from web.use_cases.requests.importing.uploads import guess_columns

LAB = make_problem(
    institutions=(make_institution(), make_institution("kaist", country="KR")),
    requests=(make_request("ada-1", researcher="ada"), make_request("bo-1", researcher="bo")),
    pins=(make_pin("bo-1"),),
)
WORDING = Wording(
    title="Requests",
    labels={key: key for key in LABELS},
    explained=dict.fromkeys(LABELS, "said"),
    guide="Columns",
    guide_header=("a", "b", "c", "d", "e"),
    needed="needed",
)
DAYS = {"submitted": "2025-11-03", "first_day": "2026-01-05", "last_day": "2026-03-29"}
ID = "an id has 1 to 64 of a-z, 0-9, '.', '_' and '-', and begins with a letter or digit"
CY = {"id": "cy-1", "name": "Cy", "institution": "kaist", "track": "vision", **DAYS}


def rows_of(*cells: dict[str, str]) -> list[Row]:
    """Return rows of their filled cells, numbered as below a header."""
    return [
        Row(number=number, cells={key: text for key, text in each.items() if text})
        for number, each in enumerate(cells, start=2)
    ]


def proposed(*cells: dict[str, str], problem: Problem = LAB, **others: Any) -> Proposal:
    """Return what rows would change; the columns are those that some row fills."""
    columns = {key for row in cells for key in row}
    return propose(problem, rows_of(*cells), columns, **others)


def outcomes(proposal: Proposal) -> list[Outcome]:
    return [row.outcome for row in proposal.rows]


def faults(proposal: Proposal) -> list[tuple[int, str, str]]:
    """Return the number of the row, the column, and the kind or words of each fault."""
    return [
        (row.number, fault.column, fault.wrong.value if fault.wrong else fault.message)
        for row in proposal.rows
        for fault in row.faults
    ]


def made(proposal: Proposal, problem: Problem = LAB) -> Problem:
    return edited(problem, proposal.steps)


def keys(steps: tuple[Step, ...]) -> list[tuple[str, str]]:
    return [(step.subject, step.key) for step in steps]


def test_a_new_request_brings_its_researcher_and_institution() -> None:
    row = {**CY, "institution": "Université de Genève", "country": "Switzerland", "email": "c@x.ch"}

    proposal = proposed(row)

    assert outcomes(proposal) == [Outcome.NEW]
    assert keys(proposal.steps) == [
        ("institutions", "universite-de-geneve"),
        ("researchers", "cy"),
        ("requests", "cy-1"),
    ]
    after = made(proposal)
    assert after.institution[InstitutionId("universite-de-geneve")].country == "CH"
    assert after.researchers[-1].email == "c@x.ch"
    assert after.requests[-1] == make_request(
        "cy-1", researcher="cy", min_days=28, max_days=84, hosts=None
    )


def test_what_a_row_says_otherwise_is_changed_field_by_field() -> None:
    proposal = proposed({"id": "ada-1", "priority": "5", "desks": "1", "email": "ada@x.org"})

    (row,) = proposal.rows
    assert (row.outcome, row.changes) == (
        Outcome.CHANGED,
        (("email", None, "ada@x.org"), ("priority", 3, 5)),
    )
    assert keys(proposal.steps) == [("researchers", "ada"), ("requests", "ada-1")]


def test_an_empty_cell_leaves_what_stands_there_and_a_hyphen_empties_it() -> None:
    problem = replace(
        LAB, requests=(make_request("ada-1", researcher="ada", group="x"), LAB.requests[1])
    )

    kept = proposed({"id": "ada-1", "group": "", "priority": "3"}, problem=problem)
    emptied = proposed({"id": "ada-1", "group": "-"}, problem=problem)

    assert outcomes(kept) == [Outcome.UNCHANGED]
    assert made(emptied, problem).requests[0].group is None


def test_requests_that_a_file_does_not_name_are_left_alone() -> None:
    after = made(proposed({"id": "ada-1", "priority": "5"}))

    assert after.requests[1] == LAB.requests[1]


def test_the_same_file_twice_changes_nothing() -> None:
    rows = (CY, {**CY, "id": "cy-2"}, {"id": "ada-1", "priority": "5"})
    after = made(proposed(*rows))

    again = proposed(*rows, problem=after)

    assert outcomes(again) == [Outcome.UNCHANGED] * 3
    assert again.steps == ()


def test_two_rows_of_one_new_researcher_are_one() -> None:
    proposal = proposed(CY, {**CY, "id": "cy-2", "name": "CY", "email": "cy@x.org"})

    assert [key for key in keys(proposal.steps) if key[0] == "researchers"] == [
        ("researchers", "cy")
    ]


def test_namesakes_at_two_institutions_are_two() -> None:
    proposal = proposed(CY, {**CY, "id": "cy-2", "institution": "waterloo"})

    assert keys(proposal.steps) == [
        ("researchers", "cy"),
        ("requests", "cy-1"),
        ("researchers", "cy-2"),
        ("requests", "cy-2"),
    ]


def test_a_researcher_is_known_again_by_address_or_name() -> None:
    known = replace(make_researcher("ada"), email="Ada@x.org")
    problem = replace(LAB, researchers=(known, LAB.researchers[1]))
    new = {"track": "vision", **DAYS}

    proposal = proposed(
        {"id": "n-1", "email": "ada@X.org", **new},
        {"id": "n-2", "name": "ADA", "institution": "Waterloo", **new},
        {"id": "n-3", "researcher": "ada", **new},
        problem=problem,
    )

    assert [step.after and step.after["researcher"] for step in proposal.steps[-3:]] == ["ada"] * 3


def test_korean_names_get_ids_that_stay() -> None:
    row = {**CY, "name": "김민수", "institution": "서울 연구소", "country": "대한민국"}
    after = made(proposed(row))

    assert outcomes(proposed(row, problem=after)) == [Outcome.UNCHANGED]
    assert after.researchers[-1].name == "김민수"


def test_ids_are_made_where_a_file_has_none() -> None:
    row = {key: text for key, text in CY.items() if key != "id"}

    proposal = proposed(row)

    assert keys(proposal.steps)[-1] == ("requests", "cy-2026-01-05")
    assert outcomes(proposed(row, problem=made(proposal))) == [Outcome.UNCHANGED]


def test_a_withdrawn_request_loses_its_pin() -> None:
    proposal = proposed({"id": "bo-1", "status": "withdrawn"})

    assert keys(proposal.steps) == [("requests", "bo-1"), ("pins", "bo-1")]
    assert made(proposal).pins == ()


def test_everything_that_is_wrong_is_said_at_once_with_row_and_column() -> None:
    proposal = proposed(
        {**CY, "priority": "high", "first_day": "01/03/2026", "track": "sound"},
        {**CY, "id": "cy-2", "last_day": "2025-01-01", "min_days": "90", "max_days": "60"},
        {**CY, "id": "cy-2"},
        {**CY, "id": "Cy 3", "institution": "Nowhere College"},
        {"id": "ada-1", "desks": "0", "hosts": "nobody", "email": "at home"},
        {"id": "new-1"},
    )

    assert outcomes(proposal) == [Outcome.WRONG] * 6
    assert proposal.steps == ()
    assert faults(proposal) == [
        (2, "track", "unknown"),
        (2, "first_day", "ambiguous_day"),
        (2, "priority", "expected a whole number, found 'high'"),
        (3, "last_day", "2025-01-01 is before first_day 2026-01-05; mend one of them"),
        (3, "max_days", "60 is less than min_days 90; mend one of them"),
        (4, "id", "twice"),
        (
            5,
            "institution",
            "new_country",
        ),
        (
            5,
            "id",
            f"{ID}, found 'cy 3'",
        ),
        (6, "hosts", "unknown"),
        (6, "email", "no_address"),
        (6, "desks", "must be at least 1, found 0"),
        (7, "name", "needed"),
        (7, "track", "missing; it is required"),
        (7, "submitted", "missing; it is required"),
        (7, "first_day", "missing; it is required"),
        (7, "last_day", "missing; it is required"),
    ]


def test_rows_that_contradict_each_other_are_wrong() -> None:
    proposal = proposed(
        {**CY, "language": "en"},
        {**CY, "id": "cy-2", "language": "ko"},
        {**CY, "id": "cy-3", "country": "US"},
    )

    assert faults(proposal) == [
        (3, "language", "contradicts"),
        (4, "country", "other_country"),
    ]


def test_what_is_needed_cannot_be_emptied() -> None:
    assert faults(proposed({"id": "ada-1", "first_day": "-"})) == [
        (2, "first_day", Wrong.NOT_CLEARED.value)
    ]


def test_wrong_rows_can_be_left_out() -> None:
    proposal = proposed(CY, {**CY, "id": "cy-2", "track": "sound"}, leave_out_wrong=True)

    assert outcomes(proposal) == [Outcome.NEW, Outcome.LEFT_OUT]
    assert (proposal.is_right, keys(proposal.steps)[-1]) == (True, ("requests", "cy-1"))


def sheet_of(problem: Problem, kind: FileKind) -> Sheet:
    """Return an export of every request as the import reads it."""
    data = export_requests(problem, [each.id for each in problem.requests], kind, WORDING)
    return read_sheet(f"export.{kind.value}", data)


def taken_back(problem: Problem, sheet: Sheet) -> Proposal:
    columns = guess_columns(sheet)
    rows = [
        Row(
            number=row.number,
            cells={key: row.cells[at] for key, at in columns.items() if row.cells[at]},
        )
        for row in sheet.rows
    ]
    return propose(problem, rows, columns)


NAMES = st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1, max_size=30)


@pytest.mark.parametrize("kind", list(FileKind))
@settings(max_examples=25, deadline=None)
@given(
    name=st.one_of(NAMES, st.dictionaries(st.sampled_from(["en", "ko"]), NAMES, min_size=1)),
    group=st.one_of(st.none(), NAMES),
    needs=st.lists(NAMES, unique=True, max_size=3),
)
def test_an_export_is_taken_back_unchanged(
    kind: FileKind, name: Any, group: str | None, needs: list[str]
) -> None:
    request = make_request("ada-1", researcher="ada", group=group, needs=tuple(needs))
    ada = replace(make_researcher("ada"), name=name)
    problem = make_problem(requests=(request,), researchers=(ada,))
    empty = replace(problem, requests=(), researchers=())
    sheet = sheet_of(problem, kind)

    same, into_empty = taken_back(problem, sheet), taken_back(empty, sheet)

    assert (outcomes(same), same.steps) == ([Outcome.UNCHANGED], ())
    assert edited(empty, into_empty.steps) == problem


@pytest.mark.parametrize("kind", [FileKind.CSV, FileKind.XLSX])
def test_a_template_is_read_with_every_column_and_without_its_example(kind: FileKind) -> None:
    problem = replace(LAB, zones=(make_zone("zone-a", features=("quiet",)),), hosts=(make_host(),))

    sheet = read_sheet(f"template.{kind.value}", template(problem, kind, WORDING, language="en"))

    assert set(guess_columns(sheet)) == set(LABELS)
    assert [row.cells[0] for row in sheet.rows] == ["example"]
    assert taken_back(problem, sheet).rows == ()
    filled = replace(
        sheet, rows=tuple(row._replace(cells=("x-1", *row.cells[1:])) for row in sheet.rows)
    )
    assert outcomes(taken_back(problem, filled)) == [Outcome.NEW]


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2", "@sum", "'=x", "'", "' quoted"])
def test_no_cell_of_an_export_is_a_formula(text: str) -> None:
    ada = replace(make_researcher("ada"), name=text.strip())
    problem = make_problem(requests=(make_request("ada-1", researcher="ada"),), researchers=(ada,))

    data = export_requests(problem, ["ada-1"], FileKind.CSV, WORDING).decode("utf-8-sig")

    assert not [cell for cell in data.splitlines()[1].split(",") if cell[:1] in {*"=+-@"}]
    assert outcomes(taken_back(problem, sheet_of(problem, FileKind.CSV))) == [Outcome.UNCHANGED]
