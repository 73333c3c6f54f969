"""Names and ranges of a document: references, ids, lists and days, whatever else is wrong.

These checks look at the document itself and read off the dataclasses what refers to what, so
that they find everything even where the shape of other parts is broken.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NewType

from scheduler.files.findings import N_, Finding, Message
from scheduler.files.kinds import Kind, Many, Record, Reference, Spot, inside, kind_of, walk
from scheduler.problem.problem import Problem

Register = Mapping[str, Collection[str]]
"""Ids that there are, by the word for what they name."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
THINGS = (
    N_("site"),
    N_("building"),
    N_("floor"),
    N_("zone"),
    N_("track"),
    N_("slot"),
    N_("institution"),
    N_("host"),
    N_("pool"),
    N_("reservation"),
    N_("researcher"),
    N_("request"),
    N_("collaboration"),
    N_("separation"),
    N_("event"),
    N_("quota"),
    N_("programme"),
)
"""What ids name, for whoever translates."""
_RANGES = (("first_day", "last_day"), ("min_days", "max_days"), ("min", "max"))


BEFORE = N_("%(most)s is before %(low)s %(least)s; mend one of them")
LESS = N_("%(most)s is less than %(low)s %(least)s; mend one of them")


def register_of(kind: Kind, document: Any) -> Register:
    """Return the ids that a document gives to its records."""
    register: dict[str, set[str]] = {}
    for spot in walk(kind, document):
        if isinstance(spot.kind, Record) and spot.kind.own and isinstance(spot.value, dict):
            name = spot.value.get("id")
            if isinstance(name, str):
                register.setdefault(word_of(spot.kind.own.of), set()).add(name)
    return register


def names_in(problem: Problem) -> Register:
    """Return the ids that a problem gives to its parts."""
    kind = kind_of(Problem)
    lists = kind.parts.items() if isinstance(kind, Record) else ()
    return {
        word_of(part.item.own.of): {item.id for item in getattr(problem, key)}
        for key, part in lists
        if isinstance(part, Many) and isinstance(part.item, Record) and part.item.own
    }


def check_names(kind: Kind, document: Any, register: Register) -> Iterator[Finding]:
    """Yield each broken reference, id or reference that stands twice, and reversed range."""
    for spot in walk(kind, document):
        if isinstance(spot.kind, Reference):
            yield from _check_reference(spot, register)
        elif isinstance(spot.kind, Many) and isinstance(spot.value, list):
            yield from _check_list(spot.kind.item, spot.value, spot.place)
        elif isinstance(spot.kind, Record) and isinstance(spot.value, dict):
            yield from _check_ranges(spot.kind, spot.value, spot.place)


def word_of(kind: NewType) -> str:
    """Return the word for what an id names: 'host' for a HostId."""
    return kind.__name__.removesuffix("Id").lower()


def thing(word: str) -> Message:
    """Return the word for what an id names, to be said in other languages."""
    return Message(word)


def _check_reference(spot: Spot, register: Register) -> Iterator[Finding]:
    if not isinstance(spot.kind, Reference) or not isinstance(spot.value, str):
        return
    if spot.value not in register.get(word_of(spot.kind.of), ()):
        message = Message(
            "no %(thing)s '%(name)s'", thing=thing(word_of(spot.kind.of)), name=spot.value
        )
        yield Finding(spot.place, message)


def _check_list(item: Kind, values: list[Any], place: str) -> Iterator[Finding]:
    """Yield what stands twice in a list: an id, or a reference."""
    first: dict[str, int] = {}
    for number, value in enumerate(values):
        name = _name_in(item, value)
        if name is None or first.setdefault(name, number) == number:
            continue
        here = f"{place}[{number}]"
        if isinstance(item, Reference):
            message = Message(
                "%(thing)s '%(name)s' stands twice; keep one",
                thing=thing(word_of(item.of)),
                name=name,
            )
            yield Finding(here, message)
        else:
            other = f"{place}[{first[name]}]"
            message = Message("'%(name)s' is the id of %(other)s too", name=name, other=other)
            yield Finding(f"{here}.id", message)


def _name_in(item: Kind, value: Any) -> str | None:
    """Return the id that an item of a list has or is, if it does."""
    if isinstance(item, Record) and item.own and isinstance(value, dict):
        value = value.get("id")
    elif not isinstance(item, Reference):
        return None
    return value if isinstance(value, str) else None


def _check_ranges(kind: Record, value: Mapping[str, Any], place: str) -> Iterator[Finding]:
    """Yield each range of a record that ends before it begins, defaults counted."""
    for low, high in _RANGES:
        if low in kind.parts and high in kind.parts and (low in value or high in value):
            least = value.get(low, kind.defaults.get(low))
            most = value.get(high, kind.defaults.get(high))
            if _is_ordered(least, most):
                continue
            template = BEFORE if high == "last_day" else LESS
            message = Message(template, most=most, low=Message(low), least=least)
            yield Finding(inside(place, high), message)


def _is_ordered(least: Any, most: Any) -> bool:
    """Tell whether two ends are in order; an end that is none is a matter of shape."""
    if isinstance(least, str) and isinstance(most, str):
        return not (_DATE.match(least) and _DATE.match(most) and most < least)
    return not (type(least) is int and type(most) is int and most < least)
