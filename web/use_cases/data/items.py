"""Items of the programme's data: found by key, named, and what hangs on them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields as fields_of_dataclass
from typing import Any

from models.edit_store import POLICY, PROGRAMME
from models.steps import Document
from models.subjects import adapter_of, document_of
from scheduler.files.kinds import Many, Record, Reference, kind_of, walk
from scheduler.problem.problem import Problem
from web.use_cases.data.form_choices import Choices
from web.use_cases.data.form_kinds import ITEMS, SINGLE, list_of
from web.use_cases.errors import NotThereError
from web.use_cases.views.data import Hanging

_PREFIX = {
    "collaborations": "team",
    "separations": "apart",
    "requests": "request",
}
_LONGEST_ID = 56


def key_of(item: Any) -> str:
    """Return the key of an item: its id, in lists without ids its request."""
    return str(item.id if hasattr(item, "id") else item.request)


def key_field(subject: str) -> str:
    """Return the name of the field that is a subject's key."""
    names = {field.name for field in fields_of_dataclass(ITEMS[subject])}
    return next((name for name in ("id", "request") if name in names), "")


def find_item(problem: Problem, subject: str, key: str) -> Any:
    """Return an item by its key; ``NotThereError`` where the programme has none of it."""
    if subject in SINGLE:
        return getattr(problem, subject)
    found = (item for item in getattr(problem, subject) if key_of(item) == key)
    item = next(found, None)
    if item is None:
        raise NotThereError(f"no such item: {subject} {key}")
    return item


def check_document(subject: str, document: Document) -> None:
    """Raise ``ValueError`` where a document is no item of a subject."""
    adapter_of(ITEMS[subject]).validate_python(document)


def keys_in(problem: Problem, subject: str) -> frozenset[str]:
    """Return the keys of a subject's items."""
    return frozenset(key_of(item) for item in getattr(problem, subject))


def key_of_single(problem: Problem, subject: str) -> str:
    """Return the key under which the one item of a subject is changed."""
    return {PROGRAMME: problem.programme.id, POLICY: POLICY}[subject]


def name_of(choices: Choices, subject: str, document: Mapping[str, Any]) -> str:
    """Return what an item is called in the reader's language."""
    if document.get("name"):
        return choices.text(document["name"])
    if subject == "requests":
        return choices.name("researchers", document["researcher"])
    if subject in {"pins", "published"}:
        return choices.name("requests", document["request"])
    if isinstance(document.get("requests"), list):
        return ", ".join(choices.name("requests", each) for each in document["requests"])
    return str(document.get("id", ""))


def hanging_on(choices: Choices, subject: str, key: str) -> tuple[Hanging, ...]:
    """Return every item that names one, by the field in which it does."""
    if subject in SINGLE:
        return ()
    problem, found = choices.problem, {}
    for other, item in _items(problem):
        for field in _fields_naming(subject, key, other, item):
            name = name_of(choices, other, document_of(item))
            found[other, key_of(item), field] = Hanging(
                subject=other, key=key_of(item), name=name, field=field
            )
    return tuple(found.values())


def new_id(problem: Problem, subject: str, document: Mapping[str, Any], language: str) -> str:
    """Return an id for an item that has none: its name in Latin letters, else a number."""
    taken = keys_in(problem, subject)
    name = document.get("researcher") if subject == "requests" else document.get("name", "")
    if isinstance(name, dict):
        name = name.get("en") or name.get(language) or ""
    slug = slug_of(str(name or ""))
    if slug and slug not in taken:
        return slug
    stem = slug or _PREFIX.get(subject, subject.removesuffix("s"))
    return _numbered(stem, taken, start=2 if slug else 1)


def slug_of(name: str) -> str:
    """Return a name as an id is spelled; empty where nothing of it can be."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_ID].strip("-")


def _numbered(stem: str, taken: Collection[str], *, start: int) -> str:
    number = start
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def _items(problem: Problem) -> Iterator[tuple[str, Any]]:
    kind = kind_of(Problem)
    parts = kind.parts.items() if isinstance(kind, Record) else ()
    for name, part in parts:
        if isinstance(part, Many):
            yield from ((name, item) for item in getattr(problem, name))


def _fields_naming(subject: str, key: str, other: str, item: Any) -> Iterator[str]:
    """Yield the fields in which an item names another one."""
    document: Document = document_of(item)
    made: Any = type(item)
    for spot in walk(kind_of(made), document):
        named = isinstance(spot.kind, Reference) and list_of(spot.kind.of) == subject
        if named and spot.value == key:
            yield re.split(r"[.\[]", spot.place)[0]
    if other == "quotas" and document["value"] == key and f"{document['by']}s" == subject:
        yield "value"
