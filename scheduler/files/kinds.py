"""What stands where in a document, read off the dataclasses that it becomes.

The types of the fields say everything that a walk needs: which keys a map has, which texts are
ids, of what they are ids, and what is a list of them. So no check repeats the file's shape.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from typing import Annotated, Any, NamedTuple, NewType, Union, get_args, get_origin, get_type_hints

TAG = "kind"
"""Key that tells records apart where one of several stands."""

_PLACE_PART = re.compile(r"[^.\[\]]+")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text, number, date or whatever else has no parts."""


@dataclass(frozen=True, slots=True)
class Own:
    """The id of the record in which it stands; ``of`` tells ids of zones from ids of hosts."""

    of: NewType


@dataclass(frozen=True, slots=True)
class Reference:
    """The id of something that stands elsewhere."""

    of: NewType


@dataclass(frozen=True, slots=True)
class Many:
    """A list."""

    item: Kind


@dataclass(frozen=True, slots=True)
class Table:
    """A map of which the file chooses the keys."""

    key: Kind
    value: Kind


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """A map with given keys, which becomes a dataclass."""

    made: type
    parts: Mapping[str, Kind]
    defaults: Mapping[str, Any]

    @property
    def own(self) -> Own | None:
        """What its own id is an id of, if it has one."""
        own = self.parts.get("id")
        return own if isinstance(own, Own) else None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several kinds; records are told apart by their ``kind`` key."""

    kinds: tuple[Kind, ...]


Kind = Plain | Own | Reference | Many | Table | Record | Choice


class Spot(NamedTuple):
    """A value of a document where a record, a list or an id is expected."""

    place: str
    kind: Kind
    value: Any


@cache
def kind_of(annotation: Any) -> Kind:
    """Return the kind of a type: of a dataclass, a tuple, a map, an id or something plain."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is None:
        return _simple(annotation)
    if origin is Annotated:
        return kind_of(args[0])
    if origin in {Union, types.UnionType}:
        return _choice(tuple(kind_of(arg) for arg in args if arg is not type(None)))
    if origin is tuple:
        return Many(kind_of(args[0]))
    if origin in {dict, Mapping}:
        return Table(kind_of(args[0]), kind_of(args[1]))
    return Plain()


def walk(kind: Kind, value: Any, place: str = "") -> Iterator[Spot]:
    """Yield each spot of a document from the top; what has a wrong type is passed over."""
    if isinstance(kind, Choice):
        kind = _chosen(kind, value)
    if isinstance(kind, Plain):
        return
    yield Spot(place, kind, value)
    for inner, part, where in _parts(kind, value, place):
        if not isinstance(inner, Plain):
            yield from walk(inner, part, where)


def inside(place: str, key: str) -> str:
    """Return the place of a key of the map at a place."""
    return f"{place}.{key}" if place else key


def order_of(kind: Kind, place: str) -> tuple[int, ...]:
    """Return where a place comes in a file: keys in the order of the dataclass, then numbers."""
    order = []
    for part in _PLACE_PART.findall(place):
        if isinstance(kind, Record):
            keys = list(kind.parts)
            order.append(keys.index(part) if part in keys else len(keys))
            kind = kind.parts.get(part, Plain())
        elif isinstance(kind, Many):
            order.append(int(part) if part.isdecimal() else 0)
            kind = kind.item
        elif isinstance(kind, Table):
            kind = kind.value
    return tuple(order)


def _parts(kind: Kind, value: Any, place: str) -> Iterator[tuple[Kind, Any, str]]:
    """Yield the kind, value and place of each part of a value."""
    if isinstance(kind, Many) and isinstance(value, list):
        for number, item in enumerate(value):
            yield kind.item, item, f"{place}[{number}]"
    elif isinstance(kind, Table) and isinstance(value, dict):
        for key, item in value.items():
            yield kind.key, key, inside(place, key)
            yield kind.value, item, inside(place, key)
    elif isinstance(kind, Record) and isinstance(value, dict):
        for key, part in kind.parts.items():
            if key in value:
                yield part, value[key], inside(place, key)


def _simple(annotation: Any) -> Kind:
    """Return the kind of a type that is written without brackets."""
    if isinstance(annotation, NewType):
        return Reference(annotation)
    if isinstance(annotation, type) and is_dataclass(annotation):
        return _record(annotation)
    return Plain()


def _record(made: type) -> Record:
    hints = get_type_hints(made, include_extras=True)
    parts = {part.name: kind_of(hints[part.name]) for part in fields(made)}
    own = parts.get("id")
    if isinstance(own, Reference):
        parts["id"] = Own(own.of)
    defaults = {part.name: part.default for part in fields(made) if part.default is not MISSING}
    return Record(made=made, parts=parts, defaults=defaults)


def _choice(kinds: tuple[Kind, ...]) -> Kind:
    return kinds[0] if len(kinds) == 1 else Choice(kinds)


def _chosen(choice: Choice, value: Any) -> Kind:
    """Return the record that a value is tagged as; whatever else has no parts to look at."""
    tag = value.get(TAG) if isinstance(value, dict) else None
    records = (kind for kind in choice.kinds if isinstance(kind, Record))
    return next((record for record in records if record.defaults.get(TAG) == tag), Plain())
