"""What is wrong with data, in the reader's language and in words of an office.

The scheduler says it in words of a file; where pages have better ones, they stand here.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from flask_babel import LazyString, format_date, lazy_gettext
from flask_babel import gettext as _

from scheduler.files.findings import Message

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")

IN_AN_OFFICE: dict[str, LazyString] = {
    "missing; it is required": lazy_gettext("Please fill this in."),
    "must not be empty": lazy_gettext("Please fill this in."),
    "expected a whole number, found %(found)s": lazy_gettext(
        "%(found)s is not a whole number. Write one like 12."
    ),
    "expected a number, found %(found)s": lazy_gettext(
        "%(found)s is not a number. Write one like 37.5."
    ),
    "expected a date like 2025-01-06, found %(found)s": lazy_gettext(
        "%(found)s is not a date. Write it like 2025-01-06."
    ),
    "must be at least %(least)s, found %(found)s": lazy_gettext(
        "%(found)s is too small: at least %(least)s is needed."
    ),
    "must be at most %(most)s, found %(found)s": lazy_gettext(
        "%(found)s is too large: at most %(most)s is allowed."
    ),
    "must have at least %(least)s, found %(found)s": lazy_gettext("Choose at least %(least)s."),
    "must be one of %(names)s, found %(found)s": lazy_gettext(
        "%(found)s cannot be chosen here. Choose one of %(names)s."
    ),
    "no %(thing)s '%(name)s'": lazy_gettext(
        "There is no %(thing)s “%(name)s”. Choose one from the list, or add it first."
    ),
    "%(thing)s '%(name)s' stands twice; keep one": lazy_gettext(
        "The %(thing)s “%(name)s” stands here twice. Keep one."
    ),
    "'%(name)s' is the id of %(other)s too": lazy_gettext(
        "“%(name)s” is taken already. Choose another one."
    ),
    "%(most)s is before %(low)s %(least)s; mend one of them": lazy_gettext(
        "%(most)s is before the first day, %(least)s. Mend one of the two."
    ),
    "%(most)s is less than %(low)s %(least)s; mend one of them": lazy_gettext(
        "%(most)s is less than the least, %(least)s. Mend one of the two."
    ),
    "%(expected)s, found %(found)s": lazy_gettext("%(expected)s You wrote %(found)s."),
    "an id has 1 to 64 of a-z, 0-9, '.', '_' and '-', and begins with a letter or digit": (
        lazy_gettext(
            "A short name has small letters, digits, dots, dashes and underscores, at most 64, "
            "and begins with a letter or digit."
        )
    ),
    "expected a language code like en, ko or pt-BR": lazy_gettext(
        "Write the code of a language, such as en, ko or pt-BR."
    ),
    "expected the two capital letters of a country, KR say": lazy_gettext(
        "Write the two capital letters of a country, such as KR."
    ),
    "no country '%(code)s'; expected its two capital letters, KR say": lazy_gettext(
        "There is no country “%(code)s”. Write the two capital letters of one, such as KR."
    ),
    "expected a colour like '#1f77b4', in quotes": lazy_gettext("Write a colour like #1f77b4."),
    "expected a code of the holidays package, KR or US-NY say": lazy_gettext(
        "Write whose public holidays count, such as KR or US-NY."
    ),
    "request '%(request)s' is withdrawn; remove the pin or submit it again": lazy_gettext(
        "The request “%(request)s” is withdrawn. Remove its pin first, or submit it again."
    ),
    "no time zone '%(name)s'; expected an IANA name like Asia/Seoul": lazy_gettext(
        "There is no time zone “%(name)s”. Write one like Asia/Seoul."
    ),
    "a quota by any has no value; write null, or say by what it counts": lazy_gettext(
        "A quota for everybody counts nobody in particular. Leave this empty, or say of whom."
    ),
}
"""Better words for what is said often, by the template of the scheduler."""


def say_finding(finding: Any) -> str:
    """Say what is wrong: of a finding its message, of a message itself."""
    message = getattr(finding, "message", finding)
    said = _said(message) if isinstance(message, Message) else str(message)
    return f"{said[:1].upper()}{said[1:]}"


def _said(message: Message) -> str:
    values = {name: _value(value) for name, value in message.values.items()}
    better = IN_AN_OFFICE.get(message.template)
    template = _(message.template) if better is None else str(better)
    return template % values if values else template


def _value(value: Any) -> str:
    """Say a part of a message: a message itself, a day as the language writes it, or a text."""
    if isinstance(value, Message):
        return _said(value)
    text = str(value)
    return str(format_date(dt.date.fromisoformat(text))) if _is_day(text) else text


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.match(text) and dt.date.fromisoformat(text))
    except ValueError:
        return False
