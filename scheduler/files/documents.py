"""Bytes of a file to one document of JSON values, whether they spell JSON or YAML."""

from __future__ import annotations

import json
import math
from typing import Any

from pydantic_core import to_json

from scheduler.files.disk import check_length
from scheduler.files.findings import DocumentError, Finding, Message
from scheduler.files.yaml_text import MOST_LEVELS, read_yaml


def read_document(data: bytes) -> Any:
    """Return the document of a file, JSON if it begins with a brace and else YAML.

    Raises DocumentError where there is none, with line and column as far as they are known.
    """
    check_length(len(data))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = Message(
            "byte %(byte)s is not UTF-8; save the file as UTF-8", byte=error.start + 1
        )
        raise DocumentError([Finding("", message)]) from None
    if not text.strip():
        raise DocumentError([Finding("", Message("the file is empty"))])
    return read_json(text) if text.lstrip().startswith("{") else read_yaml(text)


def read_json(text: str) -> Any:
    """Return the value of a JSON text, with no key twice and no number that is none."""
    try:
        document = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_no_constant,
            parse_float=_finite,
            parse_int=_integer,
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        message = Message(
            "not JSON (which a file that begins with a brace has to be): %(error)s", error=error.msg
        )
        raise DocumentError([Finding(place, message)]) from None
    except RecursionError:
        message = Message("nested more than %(most)s levels deep", most=MOST_LEVELS)
        raise DocumentError([Finding("", message)]) from None
    return document


def write_json(document: Any) -> bytes:
    """Return a document as JSON in UTF-8: one spelling for one document."""
    return to_json(document, indent=1) + b"\n"


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        message = Message("key '%(key)s' stands twice in one map; keep one", key=twice)
        raise DocumentError([Finding("", message)])
    return values


def _no_constant(name: str) -> Any:
    message = Message("%(name)s is no number; write null or a number", name=name)
    raise DocumentError([Finding("", message)])


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        message = Message("%(number)s is too large a number", number=digits[:40])
        raise DocumentError([Finding("", message)])
    return number


def _integer(digits: str) -> int:
    try:
        return int(digits)
    except ValueError:
        raise DocumentError([Finding("", Message("a number with too many digits"))]) from None
