"""Requests as rows of texts, which the import reads back to the same."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from models.steps import Document
from models.subjects import document_of
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request
from web.use_cases.requests.columns import COLUMNS, Cell, Column, Owner

ANY, NONE, EMPTY = "any", "none", "-"
"""What a cell says instead of a list: whichever, no host at all, nothing."""

WORDS = (ANY, NONE, EMPTY)

_AWKWARD = '"'


def flat_rows(problem: Problem, requests: Iterable[Request]) -> Iterator[dict[str, str]]:
    """Yield requests with their researchers and institutions, one row of texts each."""
    for request in requests:
        researcher = problem.researcher[request.researcher]
        documents = {
            Owner.REQUEST: document_of(request),
            Owner.RESEARCHER: document_of(researcher),
            Owner.INSTITUTION: document_of(problem.institution[researcher.institution]),
        }
        yield flat_row(documents)


def flat_row(documents: Mapping[Owner, Document]) -> dict[str, str]:
    """Return the texts of a row's cells, by column; the default is an empty cell."""
    return {
        column.key: cell_text(column, value_in(documents[column.owner], column))
        for column in COLUMNS
    }


def value_in(document: Document, column: Column) -> Any:
    """Return what a document says in a column."""
    value = document[column.place]
    return value[column.part] if column.part else value


def cell_text(column: Column, value: Any) -> str:
    """Return a value as the text of a cell, empty where it is none or any."""
    if value is None:
        return ""
    if column.cell in (Cell.MANY, Cell.WORDS):
        return list_text(value, none=NONE if column.key == "hosts" else "")
    if column.cell is Cell.RANGES:
        return _joined([_range_text(each) for each in value], value)
    if column.cell is Cell.POINTS:
        return "; ".join(f"{zone}={points}" for zone, points in value.items())
    return str(value) if isinstance(value, int) else name_text(value)


def name_text(value: Any) -> str:
    """Return a text or a map of texts as a cell: as it is, in JSON what could be misread."""
    return value if isinstance(value, str) and is_plain(value) else _json(value)


def list_text(values: list[str], *, none: str) -> str:
    """Return a list as a cell with semicolons."""
    return none if not values else _joined(values, values)


def is_plain(text: str) -> bool:
    """Tell whether a text is read back as it is."""
    return (
        bool(text)
        and text.isprintable()
        and text == text.strip()
        and text[0] not in '{["'
        and text.lower() not in WORDS
    )


def _joined(texts: list[str], value: Any) -> str:
    if all(is_plain(text) and ";" not in text for text in texts):
        return "; ".join(texts)
    return _json(value)


def _range_text(document: Document) -> str:
    name = document["name"]
    days = f"{document['first_day']}..{document['last_day']}"
    if isinstance(name, str):
        return f"{days} {name}".strip() if not name or is_plain(name) else _AWKWARD
    return _AWKWARD


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=not _is_printable(value))


def _is_printable(value: Any) -> bool:
    return json.dumps(value, ensure_ascii=False).isprintable()
