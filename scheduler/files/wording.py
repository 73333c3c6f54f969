"""What a reader of files says: each error of pydantic in plain words, with a remedy."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic_core import ErrorDetails

from scheduler.files.findings import N_, Finding, Message
from scheduler.files.kinds import inside

_LONGEST = 60


def findings_of(errors: list[ErrorDetails], document: Any) -> Iterator[Finding]:
    """Yield a finding for each error of a document, in the order of the errors."""
    seen = set()
    for error in errors:
        place, is_branch = _place(error, document)
        finding = _branch_finding(place, error) if is_branch else _finding(place, error)
        if finding is not None and finding not in seen:
            seen.add(finding)
            yield finding


def found(value: Any) -> str:
    """Return what stands in the document, short enough for a message."""
    if isinstance(value, dict):
        return Message("a map")
    if isinstance(value, list):
        return Message("a list")
    if isinstance(value, str):
        return f"'{value if len(value) <= _LONGEST else value[:_LONGEST] + '...'}'"
    return json.dumps(value)[:_LONGEST]


def _place(error: ErrorDetails, document: Any) -> tuple[str, bool]:
    """Return an error's place, and whether it concerns one of the kinds that may stand there."""
    place, value, is_branch = "", document, False
    for part in error["loc"]:
        is_branch = False
        if isinstance(part, int) and isinstance(value, list):
            place, value = f"{place}[{part}]", value[part] if part < len(value) else None
        elif isinstance(part, str) and isinstance(value, dict) and part in value:
            place, value = inside(place, part), value[part]
        elif error["type"] == "missing" and part == error["loc"][-1]:
            place = inside(place, str(part))
        else:
            is_branch = part != "[key]"
    return place, is_branch


def _branch_finding(place: str, error: ErrorDetails) -> Finding | None:
    """Return the finding where a text or a map of texts may stand; one for both errors."""
    value = error["input"]
    if error["type"] == "string_type" and isinstance(value, dict):
        return None
    if error["type"] == "dict_type" and isinstance(value, str):
        return None
    if error["type"] in {"string_type", "dict_type"}:
        message = Message(
            "expected a text, or a map language -> text, found %(found)s", found=found(value)
        )
        return Finding(place, message)
    return _finding(place, error)


def _finding(place: str, error: ErrorDetails) -> Finding | None:
    """Return the finding of an error, None where items of a list are to blame for its length."""
    if error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]:
        return None
    say = _WORDS.get(error["type"])
    message = say(error["input"], error.get("ctx", {})) if say else error["msg"]
    return Finding(place, _spelling(error) if error["type"] == "spelling" else message)


def _spelling(error: ErrorDetails) -> str:
    value = error["input"]
    if not isinstance(value, str):
        return _text(value, {})
    words = error["msg"]
    return Message("%(expected)s, found %(found)s", expected=Message(words), found=found(value))


def _text(value: Any, _: Mapping[str, Any]) -> str:
    if isinstance(value, bool | int | float):
        return Message("expected a text, found %(found)s; write it in quotes", found=found(value))
    return Message("expected a text, found %(found)s", found=found(value))


def _date(value: Any, _: Mapping[str, Any]) -> str:
    return Message("expected a date like 2025-01-06, found %(found)s", found=found(value))


def _expected(template: str) -> Callable[[Any, Mapping[str, Any]], str]:
    return lambda value, _: Message(template, found=found(value))


def _one_of(value: Any, context: Mapping[str, Any]) -> str:
    names = str(context["expected"]).replace("'", "").replace(" or ", ", ")
    return Message("must be one of %(names)s, found %(found)s", names=names, found=found(value))


_WORDS: dict[str, Callable[[Any, Mapping[str, Any]], str]] = {
    "missing": lambda _value, _: Message("missing; it is required"),
    "string_type": _text,
    "string_too_short": lambda _value, _: Message("must not be empty"),
    "int_type": _expected(N_("expected a whole number, found %(found)s")),
    "int_parsing_size": _expected(N_("expected a smaller number, found %(found)s")),
    "float_type": _expected(N_("expected a number, found %(found)s")),
    "bool_type": _expected(N_("expected true or false, found %(found)s")),
    "date_type": _date,
    "date_parsing": _date,
    "date_from_datetime_parsing": _date,
    "enum": _one_of,
    "literal_error": _one_of,
    "union_tag_invalid": lambda value, context: _one_of(
        value.get("kind"), {"expected": context["expected_tags"]}
    ),
    "union_tag_not_found": lambda _value, _: Message(
        "missing key 'kind'; it says which change is meant"
    ),
    "tuple_type": _expected(N_("expected a list, found %(found)s")),
    "dict_type": _expected(N_("expected a map, found %(found)s")),
    "dataclass_type": _expected(N_("expected a map, found %(found)s")),
    "greater_than_equal": lambda value, context: Message(
        "must be at least %(least)s, found %(found)s", least=f"{int(context['ge']):,}", found=value
    ),
    "less_than_equal": lambda value, context: Message(
        "must be at most %(most)s, found %(found)s", most=f"{int(context['le']):,}", found=value
    ),
    "too_short": lambda value, context: Message(
        "must have at least %(least)s, found %(found)s",
        least=context["min_length"],
        found=len(value),
    ),
    "too_long": lambda value, context: Message(
        "must have at most %(most)s, found %(found)s", most=context["max_length"], found=len(value)
    ),
    "json_invalid": lambda _value, _: Message("nested too deep"),
}
