"""The border between documents and dataclasses, which pydantic guards."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from scheduler.files.findings import Finding, Message
from scheduler.files.kinds import Kind, Record, inside, kind_of, walk
from scheduler.files.wording import findings_of

ThingT = TypeVar("ThingT")

_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
"""The character that databases refuse, as JSON escapes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Generic[ThingT]):
    """What was read: the thing, if nothing was wrong with its shape, else the findings."""

    thing: ThingT | None
    findings: tuple[Finding, ...]


class Border(Generic[ThingT]):
    """Reads documents to things of one type, and writes them back with every key."""

    def __init__(self, made: Any) -> None:
        """Prepare for a dataclass, or whatever else is made of dataclasses."""
        self.kind: Kind = kind_of(made)
        self._adapter: TypeAdapter[ThingT] = TypeAdapter(made)

    def read(self, document: Any) -> Reading[ThingT]:
        """Read a document, with everything that is wrong with its shape."""
        unknown = tuple(_unknown_keys(self.kind, document))
        try:
            text = json.dumps(document, ensure_ascii=False, allow_nan=False).encode()
            thing = self._adapter.validate_json(text, strict=True)
        except ValidationError as error:
            errors = error.errors(include_url=False)
            return Reading(thing=None, findings=(*findings_of(errors, document), *unknown))
        except UnicodeEncodeError:
            message = Message("a text holds half a character; write it whole")
            return Reading(thing=None, findings=(Finding("", message), *unknown))
        if _NUL.search(text):
            message = Message("a text holds the character U+0000; remove it")
            return Reading(thing=None, findings=(Finding("", message), *unknown))
        return Reading(thing=None if unknown else thing, findings=unknown)

    def write(self, thing: ThingT) -> Any:
        """Return the document of a thing, with every key in its order."""
        return self._adapter.dump_python(thing, mode="json")

    def json_schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the documents; keys that are not named are not allowed."""
        schema = self._adapter.json_schema()
        for part in [schema, *schema.get("$defs", {}).values()]:
            if "properties" in part:
                part["additionalProperties"] = False
        return schema


@cache
def border_of(made: Any) -> Border[Any]:
    """Return the border of a type, prepared once."""
    return Border(made)


def _unknown_keys(kind: Kind, document: Any) -> Iterator[Finding]:
    for spot in walk(kind, document):
        if isinstance(spot.kind, Record) and isinstance(spot.value, dict):
            known = ", ".join(spot.kind.parts)
            for key in spot.value:
                if key not in spot.kind.parts:
                    message = Message(
                        "unknown key '%(key)s'; known keys are %(known)s", key=key, known=known
                    )
                    yield Finding(inside(spot.place, key), message)
