"""Requests out of the programme: tables and documents that the import takes back unchanged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.steps import Document
from models.subjects import document_of
from scheduler.files.documents import write_json
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request
from scheduler.problem.types import text_in
from web.use_cases.requests.columns import COLUMNS, Cell, Column, Owner
from web.use_cases.requests.files import SheetOut, Value, write_csv, write_workbook
from web.use_cases.requests.flat import flat_rows
from web.use_cases.requests.importing.drafting import EXAMPLE, defaults

MOST_VALUES = 60
"""So many allowed values are listed in a template."""


class FileKind(StrEnum):
    """Kinds of files that are written."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Texts of a file in the reader's language, by column."""

    title: str
    labels: Mapping[str, str]
    explained: Mapping[str, str] | None = None
    guide: str = ""
    guide_header: Sequence[str] = ()
    needed: str = ""


def export_requests(
    problem: Problem, requests: Iterable[str], kind: FileKind, wording: Wording
) -> bytes:
    """Return a file of some requests with their researchers and institutions."""
    chosen = [problem.request[name] for name in requests if name in problem.request]  # type: ignore[index]
    if kind is FileKind.JSON:
        return write_json(_document(problem, chosen))
    header = [wording.labels[column.key] for column in COLUMNS]
    rows = (
        [_typed(column, row[column.key]) for column in COLUMNS]
        for row in flat_rows(problem, chosen)
    )
    sheet = SheetOut(title=wording.title, header=header, rows=list(rows))
    return write_csv(sheet) if kind is FileKind.CSV else write_workbook(sheet)


def template(problem: Problem, kind: FileKind, wording: Wording, *, language: str) -> bytes:
    """Return a file to fill in: a header, an example, and in workbooks what each column says."""
    header = [wording.labels[column.key] for column in COLUMNS]
    example = _example(problem)
    row = [_typed(column, example.get(column.key, "")) for column in COLUMNS]
    sheet = SheetOut(title=wording.title, header=header, rows=[row])
    if kind is FileKind.CSV:
        return write_csv(sheet)
    guide = SheetOut(
        title=wording.guide,
        header=wording.guide_header,
        rows=[_explained(problem, column, wording, language) for column in COLUMNS],
        wraps=True,
    )
    return write_workbook(sheet, guide)


def _document(problem: Problem, requests: Sequence[Request]) -> Document:
    people = dict.fromkeys(request.researcher for request in requests)
    researchers = [problem.researcher[each] for each in people]
    places = dict.fromkeys(each.institution for each in researchers)
    return {
        "institutions": [document_of(problem.institution[each]) for each in places],
        "researchers": [document_of(each) for each in researchers],
        "requests": [document_of(request) for request in requests],
    }


def _typed(column: Column, text: str) -> Value:
    """Return a cell as spreadsheets know it: days and numbers as such."""
    if text and column.cell is Cell.DAY:
        return dt.date.fromisoformat(text)
    return int(text) if text and column.cell is Cell.NUMBER else text


def _example(problem: Problem) -> dict[str, str]:
    """Return a row that could stand in the programme but for its id."""
    programme = problem.programme
    institution = problem.institutions[0] if problem.institutions else None
    last = min(programme.last_day, programme.first_day + dt.timedelta(days=180))
    return {
        "id": EXAMPLE,
        "name": "Helen Marsh",
        "email": "helen.marsh@example.org",
        "language": "en",
        "institution": institution.id if institution else "example-university",
        "country": institution.country if institution else "CA",
        "track": problem.tracks[0].id if problem.tracks else "",
        "priority": "3",
        "submitted": programme.today.isoformat(),
        "first_day": programme.first_day.isoformat(),
        "last_day": last.isoformat(),
        "min_days": "28",
        "max_days": "84",
        "preferred_first_day": programme.first_day.isoformat(),
        "hosts": "; ".join(host.id for host in problem.hosts[:2]),
        "desks": "1",
    }


def _explained(problem: Problem, column: Column, wording: Wording, language: str) -> list[Value]:
    said = (wording.explained or {})[column.key]
    needed = wording.needed if column.is_needed else ""
    return [
        wording.labels[column.key],
        needed,
        said,
        _default(column),
        _allowed(problem, column, language),
    ]


def _default(column: Column) -> str:
    """Return what an empty cell of a new request comes to, where that is a number or a word."""
    if column.owner is not Owner.REQUEST or column.place not in defaults():
        return "en" if column.key == "language" else ""
    value = defaults()[column.place]
    value = value[column.part] if column.part else value
    return str(value) if isinstance(value, int | str) else ""


def _allowed(problem: Problem, column: Column, language: str) -> str:
    """Return what may stand in a column of this programme, one a line."""
    if column.cell is Cell.STATUS:
        return "submitted\nwithdrawn"
    if column.cell is Cell.WORDS:
        values = sorted({each for zone in problem.zones for each in zone.features})
    elif column.of in ("", Owner.RESEARCHER):
        return ""
    else:
        items = getattr(problem, column.of)
        values = [f"{item.id} ({text_in(item.name, language)})" for item in items]
    return "\n".join([*values[:MOST_VALUES], *(["…"] if len(values) > MOST_VALUES else [])])
