"""Items as they are typed into a form, and back; what was not touched stays as it was.

What is typed is texts by the name of an input; rows repeat a name. What is no number or day stays
the text that it is, so that the checks of the scenario say what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from scheduler.files.findings import Finding, Message
from web.use_cases.data.form_kinds import Field, Kind

Typed: TypeAlias = Mapping[str, Sequence[str]]
"""What stands in a form: the values of each input's name."""

MAIN, MORE, HOW = "", "more", "how"
ANY, NONE, THESE = "any", "none", "these"
YES = "yes"

_NUMBER = re.compile(r"[+-]?\d+\Z")
_SETS = frozenset({Kind.ITEMS, Kind.CHOICES, Kind.WORDS})


def spell(fields: Iterable[Field], document: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return an item as a form shows it."""
    typed: dict[str, list[str]] = {}
    for field in fields:
        if field.kind is not Kind.ELSEWHERE:
            own = _SPELL[field.kind](field, document.get(field.name))
            typed |= {_name(field.name, suffix): values for suffix, values in own.items()}
    return typed


def read(
    fields: Iterable[Field], typed: Typed, before: Mapping[str, Any] | None
) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """Return the fields of an item as they were typed, and what cannot be meant.

    ``before`` is the item as the form showed it first: what says the same still is kept as it was.
    """
    document: dict[str, Any] = {}
    faults: list[Finding] = []
    for field in fields:
        if field.kind is Kind.ELSEWHERE:
            continue
        own, was = part_of(typed, field.name), (before or {}).get(field.name)
        if before is not None and field.name in before and _same(field, own, was):
            document[field.name] = was
            continue
        faults += (Finding(field.name, fault) for fault in _faults(field, own))
        value = _READ[field.kind](field, own)
        document[field.name] = _in_order(value, was) if field.kind in _SETS else value
    return document, tuple(faults)


def part_of(typed: Typed, name: str) -> dict[str, list[str]]:
    """Return what was typed for one field, by what follows its name."""
    found = {}
    for key, values in typed.items():
        if key == name or key.startswith(f"{name}."):
            found[key[len(name) + 1 :]] = [value.strip() for value in values]
    return found


def rows_of(own: Typed) -> list[dict[str, list[str]]]:
    """Return the rows of a field, each with one value of every column; blank ones too."""
    count = max((len(values) for values in own.values()), default=0)
    return [
        {name: [values[at]] for name, values in own.items() if at < len(values)}
        for at in range(count)
    ]


def without_blank_rows(fields: Iterable[Field], typed: Typed) -> dict[str, list[str]]:
    """Return what was typed without rows in which nothing stands."""
    kept = {name: list(values) for name, values in typed.items()}
    for field in fields:
        if field.kind in {Kind.RANGES, Kind.TABLE}:
            own = part_of(typed, field.name)
            rows = [row for row in rows_of(own) if _is_filled(row)]
            for suffix in own:
                kept[_name(field.name, suffix)] = [row.get(suffix, [""])[0] for row in rows]
        elif field.kind in {Kind.ITEMS, Kind.RANKED} and field.name in kept:
            kept[field.name] = [value for value in kept[field.name] if value.strip()]
    return kept


def without_row(typed: Typed, which: str) -> dict[str, list[str]]:
    """Return what was typed without one row of a field, which is named ``closures:2`` say."""
    name, _, number = which.partition(":")
    kept = {each: list(values) for each, values in typed.items()}
    for suffix in part_of(typed, name) if number.isdecimal() else ():
        if suffix != HOW:
            del kept[_name(name, suffix)][int(number) : int(number) + 1]
    return kept


def first(own: Typed, suffix: str = MAIN) -> str:
    """Return the first value of an input, an empty text where it has none."""
    return next(iter(own.get(suffix, ())), "")


def _name(name: str, suffix: str) -> str:
    return f"{name}.{suffix}" if suffix else name


def _is_filled(row: Typed) -> bool:
    return any(value.strip() for values in row.values() for value in values)


def _same(field: Field, own: Typed, was: Any) -> bool:
    """Tell whether a field says what it said, blank rows and the order of a set aside."""
    now, then = _canonical(own), _canonical(_SPELL[field.kind](field, was))
    return set(now) == set(then) if field.kind in _SETS else now == then


def _canonical(own: Typed) -> list[frozenset[tuple[str, str]]]:
    rows = (
        frozenset((name, value[0].strip()) for name, value in row.items() if value[0].strip())
        for row in rows_of(own)
    )
    return [row for row in rows if row]


def _in_order(value: Any, was: Any) -> Any:
    """Return a list with what was there before in its order, then what is new."""
    if not isinstance(value, list) or not isinstance(was, list):
        return value
    return [each for each in was if each in value] + [each for each in value if each not in was]


def _faults(field: Field, own: Typed) -> Iterable[Message]:
    if field.kind is Kind.TABLE:
        keys = [key for key in own.get("key", ()) if key]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        yield from (Message("“%(name)s” stands here twice. Keep one.", name=key) for key in twice)
    if field.kind is Kind.RANKED and first(own, HOW) == THESE and not any(own.get(MAIN, ())):
        yield Message("Choose at least one, or say that any will do.")


# How each kind is spelled.


def _spell_one(_: Field, value: Any) -> dict[str, list[str]]:
    return {MAIN: ["" if value is None else str(value)]}


def _spell_yes(_: Field, value: Any) -> dict[str, list[str]]:
    return {MAIN: [YES] if value else []}


def _spell_many(_: Field, value: Any) -> dict[str, list[str]]:
    return {MAIN: [str(each) for each in value or ()]}


def _spell_ranked(_: Field, value: Any) -> dict[str, list[str]]:
    how = ANY if value is None else THESE if value else NONE
    return {HOW: [how], MAIN: list(value or ())}


def _spell_text(_: Field, value: Any) -> dict[str, list[str]]:
    if isinstance(value, Mapping):
        others = {language: [text] for language, text in value.items() if language != "en"}
        return {MAIN: [value.get("en", "")], "ko": [""], **others}
    return {MAIN: [value or ""], "ko": [""]}


def _spell_rows(field: Field, value: Any) -> dict[str, list[str]]:
    rows = [spell(field.parts, row) for row in value or ()]
    names = dict.fromkeys(name for row in (*rows, spell(field.parts, {})) for name in row)
    return {name: [first(row, name) for row in rows] for name in names}


def _spell_table(field: Field, value: Any) -> dict[str, list[str]]:
    rows = [{"key": key, "value": each} for key, each in (value or {}).items()]
    return _spell_rows(field, rows)


def _spell_part(field: Field, value: Any) -> dict[str, list[str]]:
    return spell(field.parts, value or {})


# How each kind is read.


def _read_line(field: Field, own: Typed) -> Any:
    text = first(own)
    return None if field.is_optional and not text else text


def _read_number(field: Field, own: Typed) -> Any:
    text = first(own).replace(",", "").replace(" ", "")
    if _NUMBER.match(text):
        return int(text[:40])
    return _read_line(field, own)


def _read_decimal(field: Field, own: Typed) -> Any:
    try:
        return float(first(own))
    except ValueError:
        return _read_line(field, own)


def _read_text(_: Field, own: Typed) -> Any:
    others = {language: values[0] for language, values in own.items() if language and values[0]}
    main = first(own)
    if not others:
        return main
    return ({"en": main} if main else {}) | others


def _read_many(field: Field, own: Typed) -> Any:
    values = [value for value in own.get(MAIN, ()) if value]
    return None if field.is_optional and not values else values


def _read_words(_: Field, own: Typed) -> Any:
    more = (word.strip() for word in first(own, MORE).split(","))
    return list(dict.fromkeys(word for word in (*own.get(MAIN, ()), *more) if word))


def _read_ranked(_: Field, own: Typed) -> Any:
    how = first(own, HOW)
    return {ANY: None, NONE: []}.get(how, [value for value in own.get(MAIN, ()) if value])


def _read_rows(field: Field, own: Typed) -> Any:
    return [_read_parts(field, row) for row in rows_of(own) if _is_filled(row)]


def _read_table(field: Field, own: Typed) -> Any:
    rows = (_read_parts(field, row) for row in rows_of(own) if _is_filled(row))
    return {row["key"]: row["value"] for row in rows}


def _read_parts(field: Field, own: Typed) -> dict[str, Any]:
    return {part.name: _READ[part.kind](part, part_of(own, part.name)) for part in field.parts}


_SPELL: dict[Kind, Callable[[Field, Any], dict[str, list[str]]]] = {
    Kind.ID: _spell_one,
    Kind.TEXT: _spell_text,
    Kind.LINE: _spell_one,
    Kind.DAY: _spell_one,
    Kind.NUMBER: _spell_one,
    Kind.DECIMAL: _spell_one,
    Kind.YES: _spell_yes,
    Kind.CHOICE: _spell_one,
    Kind.CHOICES: _spell_many,
    Kind.ITEM: _spell_one,
    Kind.ITEMS: _spell_many,
    Kind.RANKED: _spell_ranked,
    Kind.WORDS: _spell_many,
    Kind.RANGES: _spell_rows,
    Kind.TABLE: _spell_table,
    Kind.PART: _spell_part,
}

_READ: dict[Kind, Callable[[Field, Typed], Any]] = {
    Kind.ID: _read_line,
    Kind.TEXT: _read_text,
    Kind.LINE: _read_line,
    Kind.DAY: _read_line,
    Kind.NUMBER: _read_number,
    Kind.DECIMAL: _read_decimal,
    Kind.YES: lambda _, own: bool(first(own)),
    Kind.CHOICE: _read_line,
    Kind.CHOICES: _read_many,
    Kind.ITEM: _read_line,
    Kind.ITEMS: _read_many,
    Kind.RANKED: _read_ranked,
    Kind.WORDS: _read_words,
    Kind.RANGES: _read_rows,
    Kind.TABLE: _read_table,
    Kind.PART: _read_parts,
}
