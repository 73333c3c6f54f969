"""JSON or YAML to a table: a list of requests, or a scenario file with its people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from scheduler.files.documents import read_document, read_json
from scheduler.files.findings import DocumentError
from web.use_cases.requests.columns import COLUMN, Cell, Column, Owner
from web.use_cases.requests.flat import ANY, EMPTY, NONE, cell_text, name_text
from web.use_cases.requests.importing.csv_text import decoded
from web.use_cases.requests.importing.faults import Unreadable, UploadRefused
from web.use_cases.requests.importing.sheet import MOST_ROWS, Sheet, SheetRow, clean

_PEOPLE = {
    "researcher": (Owner.RESEARCHER.value, ("name", "email", "language", "institution")),
    "institution": (Owner.INSTITUTION.value, ("country",)),
}

_RANGE_KEYS = {"first_day", "last_day", "name"}


def read_documents(data: bytes) -> Sheet:
    """Return a document's requests as a table with a column for each key."""
    document = _document(data)
    requests = document.get(Owner.REQUEST.value) if isinstance(document, dict) else document
    if not isinstance(requests, list) or not requests:
        raise UploadRefused(Unreadable.NO_REQUESTS)
    if not all(isinstance(each, dict) for each in requests):
        raise UploadRefused(Unreadable.NO_REQUESTS)
    if len(requests) > MOST_ROWS:
        raise UploadRefused(Unreadable.TOO_MANY_ROWS, most=MOST_ROWS)
    lists = document if isinstance(document, dict) else {}
    people = {key: _by_id(lists.get(field)) for key, (field, _) in _PEOPLE.items()}
    rows = [_with_people(request, people) for request in requests]
    keys = list(dict.fromkeys(key for row in rows for key in row))
    return Sheet(
        header=tuple(map(clean, keys)),
        rows=tuple(
            SheetRow(number, tuple(clean(row.get(key, "")) for key in keys))
            for number, row in enumerate(rows, start=1)
        ),
    )


def _document(data: bytes) -> Any:
    try:
        if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
            return read_json(decoded(data, "utf-8")[0])
        return read_document(data)
    except DocumentError as error:
        raise UploadRefused(Unreadable.BROKEN, text=str(error)) from None


def _with_people(
    request: dict[str, Any], people: Mapping[str, Mapping[str, dict[str, Any]]]
) -> dict[str, str]:
    """Return a request's cells, with those of its researcher and institution."""
    cells: dict[str, str] = {}
    for key, value in request.items():
        if key == "cost" and isinstance(value, dict):
            cells |= {f"cost_{part}": _cell(f"cost_{part}", each) for part, each in value.items()}
        else:
            cells[str(key)] = _cell(str(key), value)
    named = request
    for key, (_, fields) in _PEOPLE.items():
        person = people[key].get(str(named.get(key)), {})
        cells |= {each: _cell(each, person[each]) for each in fields if each in person}
        named = person
    if named and "institution" in cells:
        cells["institution_name"] = _cell("name", named.get("name", ""))
    return cells


def _by_id(items: Any) -> dict[str, dict[str, Any]]:
    found: Iterable[Any] = items if isinstance(items, list) else ()
    return {str(item.get("id")): item for item in found if isinstance(item, dict)}


def _cell(key: str, value: Any) -> str:
    """Return a value as the cell that means it; what has another shape is written as JSON."""
    column = COLUMN.get(key)
    if value is None:
        return ANY if column is not None and column.cell is Cell.MANY else EMPTY
    if column is None or not _fits(column, value):
        return str(value) if isinstance(value, str | int) else name_text(value)
    if value in ([], {}):
        return NONE if key == "hosts" else EMPTY
    if column.cell is Cell.RANGES:
        value = [{"name": "", **each} for each in value]
    return cell_text(column, value)


def _fits(column: Column, value: Any) -> bool:
    """Tell whether a value has the shape that a column's cells are written from."""
    if column.cell in (Cell.MANY, Cell.WORDS):
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    if column.cell is Cell.RANGES:
        return isinstance(value, list) and all(
            isinstance(each, dict) and {"name", *each} == _RANGE_KEYS for each in value
        )
    if column.cell is Cell.POINTS:
        return isinstance(value, dict)
    return isinstance(value, str | int)
