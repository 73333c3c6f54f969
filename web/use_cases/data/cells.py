"""Fields of an item to be read: names in place of ids, days in place of their spelling."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from web.use_cases.data.form_choices import Choices
from web.use_cases.data.form_kinds import Field, Kind
from web.use_cases.views.data import Cell


def cell_of(field: Field, value: Any, choices: Choices) -> Cell:
    """Return a field of an item; no values where nothing stands in it."""
    if value is None or value in ("", [], {}):
        return Cell(field=field, values=())
    show = _SHOWN.get(field.kind)
    return Cell(field=field, values=(value,) if show is None else show(field, value, choices))


def _day(text: Any) -> Any:
    try:
        return dt.date.fromisoformat(str(text))
    except ValueError:
        return str(text)


def _ranges(_: Field, value: Any, choices: Choices) -> tuple[Any, ...]:
    return tuple(
        (
            _day(each.get("first_day")),
            _day(each.get("last_day")),
            choices.text(each.get("name", "")),
        )
        for each in value
    )


def _table(field: Field, value: Any, choices: Choices) -> tuple[Any, ...]:
    keys = field.parts[0]
    return tuple(
        (choices.name(keys.of, key) if keys.kind is Kind.ITEM else key, each)
        for key, each in value.items()
    )


def _part(_: Field, value: Mapping[str, Any], __: Choices) -> tuple[Any, ...]:
    return tuple(value.items())


_SHOWN: dict[Kind, Callable[[Field, Any, Choices], tuple[Any, ...]]] = {
    Kind.DAY: lambda _, value, __: (_day(value),),
    Kind.TEXT: lambda _, value, choices: (choices.text(value),),
    Kind.ITEM: lambda field, value, choices: (choices.name(field.of, value),),
    Kind.ITEMS: lambda field, value, choices: tuple(choices.name(field.of, each) for each in value),
    Kind.RANKED: lambda field, value, choices: tuple(
        choices.name(field.of, each) for each in value
    ),
    Kind.CHOICES: lambda _, value, __: tuple(value),
    Kind.WORDS: lambda _, value, __: tuple(value),
    Kind.RANGES: _ranges,
    Kind.TABLE: _table,
    Kind.PART: _part,
}
