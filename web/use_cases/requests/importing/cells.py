"""Cells to values as a scenario file has them; what cannot be read says why."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from scheduler.problem.countries import country_codes
from scheduler.problem.requests import RequestStatus
from web.use_cases.requests.columns import Cell, Column
from web.use_cases.requests.flat import ANY, EMPTY, NONE
from web.use_cases.requests.importing.faults import CellError, Wrong
from web.use_cases.requests.importing.lookup import Lookup
from web.use_cases.requests.words import squeezed

_MIDNIGHT = r"(?:[T ]0{1,2}:00(?::00(?:\.0+)?)?)?"
_YEAR_FIRST = re.compile(
    rf"(\d{{4}})\s*[-./년]\s*(\d{{1,2}})\s*[-./월]\s*(\d{{1,2}})\s*[.일]?{_MIDNIGHT}"
)
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{4})\.?")
_WHOLE = re.compile(r"-?\d+(?:\.0+)?")
_THOUSANDS = re.compile(r"-?\d{1,3}(?:,\d{3})+")
_PARTS = re.compile(r"[;\n]")
_RANGE = re.compile(
    r"(?P<first>.+?)\s*(?:\.\.+|[~\u2013\u2014])\s*"
    r"(?P<last>\d{1,4}\s*[-./년]\s*\d{1,2}\s*[-./월]\s*\d{1,4}[.일]?)(?P<name>\s.*)?"
)
_POINTS = re.compile(r"(?P<zone>.+?)\s*[=:]\s*(?P<points>[-+]?\d+)")

STATUSES = {
    "submitted": RequestStatus.SUBMITTED,
    "제출": RequestStatus.SUBMITTED,
    "제출됨": RequestStatus.SUBMITTED,
    "신청": RequestStatus.SUBMITTED,
    "withdrawn": RequestStatus.WITHDRAWN,
    "cancelled": RequestStatus.WITHDRAWN,
    "철회": RequestStatus.WITHDRAWN,
    "철회됨": RequestStatus.WITHDRAWN,
    "취소": RequestStatus.WITHDRAWN,
}
_STATUSES = {squeezed(word): status for word, status in STATUSES.items()}


def read_cell(column: Column, text: str, lookup: Lookup) -> Any:
    """Return the value of a cell that is neither empty nor cleared."""
    return _READERS[column.cell](column, text, lookup)


def is_cleared(text: str) -> bool:
    """Tell whether a cell says that nothing shall stand there."""
    return text in (EMPTY, "\u2013", "\u2014")


def read_day(text: str) -> str:
    """Return a day as a file has it; ``CellError`` where it is none or could be two."""
    found = _YEAR_FIRST.fullmatch(text) or _DIGITS.fullmatch(text)
    if found is None:
        if _YEAR_LAST.fullmatch(text):
            raise CellError(Wrong.AMBIGUOUS_DAY, readings=_readings(text))
        raise CellError(Wrong.NO_DAY)
    year, month, day = map(int, found.groups())
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        raise CellError(Wrong.NO_DAY) from None


def _readings(text: str) -> tuple[str, ...]:
    """Return the days that a text with the year last could mean."""
    found = _YEAR_LAST.fullmatch(text)
    days = set()
    if found is not None:
        one, two, year = map(int, found.groups())
        for month, day in ((one, two), (two, one)):
            try:
                days.add(dt.date(year, month, day).isoformat())
            except ValueError:
                continue
    return tuple(sorted(days))


def _read_number(_: Column, text: str, __: Lookup) -> Any:
    """Return a whole number; of anything else the rules say what is wrong."""
    if _WHOLE.fullmatch(text):
        return int(text.partition(".")[0])
    return int(text.replace(",", "")) if _THOUSANDS.fullmatch(text) else text


def _read_text(_: Column, text: str, __: Lookup) -> Any:
    value = _json(text)
    return value if isinstance(value, str) else text


def _read_name(_: Column, text: str, __: Lookup) -> Any:
    value = _json(text)
    return value if isinstance(value, str | dict) else text


def _read_status(_: Column, text: str, __: Lookup) -> Any:
    return _STATUSES.get(squeezed(text), text)


def _read_country(_: Column, text: str, lookup: Lookup) -> str:
    code = text.strip().upper()
    if code in country_codes():
        return code
    if squeezed(text) not in lookup.countries:
        raise CellError(Wrong.NO_COUNTRY)
    return lookup.countries[squeezed(text)]


def _read_one(column: Column, text: str, lookup: Lookup) -> str:
    return lookup.get(column.of, text)


def _read_many(column: Column, text: str, lookup: Lookup) -> Any:
    if text.lower() == ANY:
        return None
    if text.lower() == NONE:
        return []
    found: dict[str, None] = {}
    for part in _parts(text):
        is_list = "," in part and not lookup.candidates(column.of, part)
        for each in part.split(",") if is_list else (part,):
            found[lookup.get(column.of, each.strip())] = None
    return list(found)


def _read_words(_: Column, text: str, lookup: Lookup) -> list[str]:
    words: list[str] = []
    for part in _parts(text):
        several = [each.strip() for each in part.split(",")]
        words += several if lookup.features.issuperset(several) else [part]
    return words


def _read_ranges(_: Column, text: str, __: Lookup) -> Any:
    value = _json(text)
    return value if isinstance(value, list) else [_range(part) for part in _parts(text)]


def _range(text: str) -> dict[str, str]:
    found = _RANGE.fullmatch(text)
    if found is None:
        day = read_day(text)
        return {"first_day": day, "last_day": day, "name": ""}
    try:
        first, last = read_day(found["first"].strip()), read_day(found["last"].strip())
    except CellError as error:
        raise error if error.wrong is Wrong.AMBIGUOUS_DAY else CellError(Wrong.NO_RANGE) from None
    return {"first_day": first, "last_day": last, "name": (found["name"] or "").strip()}


def _read_points(column: Column, text: str, lookup: Lookup) -> dict[str, int]:
    points = {}
    for part in _parts(text):
        found = _POINTS.fullmatch(part)
        if found is None:
            raise CellError(Wrong.NO_POINTS)
        points[lookup.get(column.of, found["zone"])] = int(found["points"])
    return points


def _parts(text: str) -> list[str]:
    value = _json(text)
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return value
    return [part.strip() for part in _PARTS.split(text) if part.strip()]


def _json(text: str) -> Any:
    """Return what a cell that begins like JSON spells, None where it does not."""
    if text[:1] not in {"{", "[", '"'}:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


_READERS: Mapping[Cell, Callable[[Column, str, Lookup], Any]] = {
    Cell.TEXT: _read_text,
    Cell.NAME: _read_name,
    Cell.DAY: lambda _, text, __: read_day(text),
    Cell.NUMBER: _read_number,
    Cell.STATUS: _read_status,
    Cell.COUNTRY: _read_country,
    Cell.ONE: _read_one,
    Cell.MANY: _read_many,
    Cell.WORDS: _read_words,
    Cell.RANGES: _read_ranges,
    Cell.POINTS: _read_points,
}
