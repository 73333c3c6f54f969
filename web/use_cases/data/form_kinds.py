"""What a form asks for, read off the dataclass that it fills: one kind of input a field."""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, NewType, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge, Le

from models.edit_store import POLICY, PROGRAMME
from models.subjects import SUBJECTS, adapter_of
from scheduler.problem.programme import Policy, Programme
from scheduler.problem.types import LARGEST, Colour, Country, HolidayCode, Language

ITEMS: Mapping[str, Any] = {
    PROGRAMME: Programme,
    POLICY: Policy,
    **{subject.field: subject.item for subject in SUBJECTS if subject.field != "published"},
}
"""What can be filled in: a dataclass for each subject; what was published is not edited."""

SINGLE = frozenset({PROGRAMME, POLICY})
"""Subjects of which a programme has exactly one."""

_SPELLINGS = {Country: "country", Language: "language", Colour: "colour", HolidayCode: "holidays"}
_SUGGESTED = {"value": "counted", "group": "group", "timezone": "timezone"}
_RANKED = frozenset({"hosts"})
_SHAPE = "shape"


class Kind(StrEnum):
    """How something is filled in."""

    ID = "id"
    TEXT = "text"
    LINE = "line"
    DAY = "day"
    NUMBER = "number"
    DECIMAL = "decimal"
    YES = "yes"
    CHOICE = "choice"
    CHOICES = "choices"
    ITEM = "item"
    ITEMS = "items"
    RANKED = "ranked"
    WORDS = "words"
    RANGES = "ranges"
    TABLE = "table"
    PART = "part"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: its kind, and what may stand in it.

    ``of`` is the list that a reference is to, or how a line is spelled; ``parts`` are the fields
    of each row, or of a part; ``options`` the values of a choice.
    """

    name: str
    kind: Kind
    of: str = ""
    options: tuple[str, ...] = ()
    parts: tuple[Field, ...] = ()
    least: int | None = None
    most: int | None = None
    is_optional: bool = False
    is_required: bool = True

    @property
    def is_rows(self) -> bool:
        """Tell whether rows can be added to it."""
        return self.kind in {Kind.RANGES, Kind.TABLE, Kind.RANKED}


@cache
def fields_of(subject: str) -> dict[str, Field]:
    """Return the fields of a subject, by name, in the dataclass's order."""
    return {field.name: field for field in _fields(ITEMS[subject])}


@cache
def defaults_of(subject: str) -> dict[str, Any]:
    """Return what fields that need not be filled in have at first, as plain JSON."""
    made = ITEMS[subject]
    return {
        field.name: adapter_of(get_type_hints(made, include_extras=True)[field.name]).dump_python(
            field.default if field.default_factory is MISSING else field.default_factory(),
            mode="json",
        )
        for field in fields(made)
        if field.default is not MISSING or field.default_factory is not MISSING
    }


def list_of(named: NewType) -> str:
    """Return the list in which an id is defined: hosts for a HostId."""
    return f"{named.__name__.removesuffix('Id').lower()}s"


def _fields(made: Any) -> tuple[Field, ...]:
    hints = get_type_hints(made, include_extras=True)
    found = []
    for field in fields(made):
        kind, facts = _kind(field.name, hints[field.name])
        has_default = field.default is not MISSING or field.default_factory is not MISSING
        found.append(Field(name=field.name, kind=kind, is_required=not has_default, **facts))
    return tuple(found)


def _kind(name: str, hint: Any) -> tuple[Kind, dict[str, Any]]:
    """Return the kind of a field and what else is known of it."""
    if name == "id":
        return Kind.ID, {}
    args = get_args(hint) if get_origin(hint) in {Union, types.UnionType} else (hint,)
    given = [arg for arg in args if arg is not type(None)]
    optional = {"is_optional": len(given) < len(args)}
    if name == _SHAPE:
        return Kind.ELSEWHERE, optional
    if len(given) > 1:
        return Kind.TEXT, optional
    kind, facts = _one_kind(given[0])
    if kind is Kind.ITEMS and name in _RANKED and optional["is_optional"]:
        kind = Kind.RANKED
    if kind is Kind.LINE and name in _SUGGESTED:
        facts = {"of": _SUGGESTED[name]}
    return kind, facts | optional


def _one_kind(hint: Any) -> tuple[Kind, dict[str, Any]]:
    if isinstance(hint, NewType):
        return Kind.ITEM, {"of": list_of(hint)}
    if get_origin(hint) is Annotated:
        return _annotated_kind(hint)
    if get_origin(hint) is tuple:
        return _many_kind(get_args(hint)[0])
    if get_origin(hint) is Mapping:
        key, value = get_args(hint)
        parts = (_part("key", key), _part("value", value))
        return Kind.TABLE, {"parts": parts}
    if is_dataclass(hint):
        return Kind.PART, {"parts": _fields(hint)}
    return _plain_kind(hint)


def _plain_kind(hint: Any) -> tuple[Kind, dict[str, Any]]:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Kind.CHOICE, {"options": tuple(each.value for each in hint)}
    plain = {str: Kind.LINE, int: Kind.NUMBER, float: Kind.DECIMAL, bool: Kind.YES}
    return plain.get(hint, Kind.DAY if hint is dt.date else Kind.ELSEWHERE), {}


def _annotated_kind(hint: Any) -> tuple[Kind, dict[str, Any]]:
    if hint in _SPELLINGS:
        return Kind.LINE, {"of": _SPELLINGS[hint]}
    inner, *checks = get_args(hint)
    kind, facts = _one_kind(inner)
    if kind in {Kind.NUMBER, Kind.DECIMAL}:
        least = next((int(each.ge) for each in checks if isinstance(each, Ge)), None)  # type: ignore[call-overload]  # numbers alone
        most = next((int(each.le) for each in checks if isinstance(each, Le)), None)  # type: ignore[call-overload]  # numbers alone
        bounds = {"least": least, "most": most}
        facts |= {
            name: bound
            for name, bound in bounds.items()
            if bound is not None and abs(bound) != LARGEST
        }
    return kind, facts


def _many_kind(item: Any) -> tuple[Kind, dict[str, Any]]:
    kind, facts = _one_kind(item)
    if kind is Kind.ITEM:
        return Kind.ITEMS, facts
    if kind is Kind.CHOICE:
        return Kind.CHOICES, facts
    return (Kind.RANGES, facts) if kind is Kind.PART else (Kind.WORDS, {})


def _part(name: str, hint: Any) -> Field:
    kind, facts = _one_kind(hint)
    return Field(name=name, kind=kind, **facts)
