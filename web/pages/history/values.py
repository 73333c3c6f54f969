"""Values of changed fields in words, and what fields and lists are called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from flask_babel import LazyString, format_decimal, lazy_gettext
from flask_babel import gettext as _

from web.pages.data.forms import FORMS
from web.pages.data.words import FieldWords, Form
from web.pages.features import say_feature
from web.pages.wording import say_day, say_span

STAY_FIELDS: dict[str, LazyString] = {
    "request": lazy_gettext("Request"),
    "slot": lazy_gettext("Slot"),
    "zone": lazy_gettext("Zone"),
    "host": lazy_gettext("Host"),
    "pool": lazy_gettext("Computing"),
    "first_day": lazy_gettext("First day"),
    "last_day": lazy_gettext("Last day"),
}

STAYS: dict[str, LazyString] = {
    "draft": lazy_gettext("Stays"),
    "published": lazy_gettext("Published stays"),
}

OF_FEATURES = frozenset({"features", "needs", "wishes"})
"""Fields that hold features of zones."""

NOTHING = chr(0x2013)
"""What stands where there is nothing."""


def say_field(subject: str, field: str) -> str:
    """Say what a field of a list's items is called; one that no form has by its own name."""
    if subject in STAYS:
        return str(STAY_FIELDS.get(field, field))
    for form in _forms(subject):
        words = _words(form, field)
        if words is not None:
            return str(words.label)
    return field.replace("_", " ")


def say_fields(subject: str, fields: Iterable[str]) -> list[str]:
    """Say what several fields are called, each once."""
    return list(dict.fromkeys(say_field(subject, field) for field in fields))


def say_one(subject: str) -> str:
    """Say what one item of a list is called."""
    form = next(_forms(subject), None)
    return str(form.one) if form else str(STAYS.get(subject, subject))


def say_many(subject: str) -> str:
    """Say what the items of a list are called."""
    form = next(_forms(subject), None)
    return str(form.many) if form else str(STAYS.get(subject, subject))


def say_value(value: Any, field: str = "") -> str:
    """Say what a field holds; one that has features of zones in words."""
    if value is None or value in ("", [], {}):
        return NOTHING
    if field in OF_FEATURES and isinstance(value, list):
        return ", ".join(map(say_feature, value))
    return next((say(value) for kind, say in _SAID.items() if isinstance(value, kind)), str(value))


def _say_mapping(value: Mapping[str, Any]) -> str:
    first, last = value.get("first_day"), value.get("last_day")
    if isinstance(first, dt.date) and isinstance(last, dt.date):
        name = value.get("name")
        return f"{say_span(first, last)} ({name})" if name else say_span(first, last)
    return ", ".join(
        f"{say_field('policy', key)}: {say_value(each)}" for key, each in value.items()
    )


_SAID: dict[Any, Callable[[Any], str]] = {
    bool: lambda value: str(_("Yes") if value else _("No")),
    dt.date: say_day,
    int: lambda value: str(format_decimal(value)),
    float: lambda value: str(format_decimal(value)),
    list: lambda value: ", ".join(map(say_value, value)),
    Mapping: _say_mapping,
}
"""How values of each type are said; a truth comes before the number that it is too."""


def _forms(subject: str) -> Iterator[Form]:
    return iter([form for form in FORMS.values() if (form.subject or form.name) == subject])


def _words(form: Form, field: str) -> FieldWords | None:
    return next((each for each in (*form.fields, *form.parts) if each.name == field), None)
