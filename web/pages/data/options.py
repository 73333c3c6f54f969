"""What can be chosen, in words: values of choices, countries, languages, time zones."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from flask_babel import LazyString, get_locale
from flask_babel import lazy_gettext as _

from web.use_cases.data.form_kinds import Field
from web.use_cases.views.data import SEPARATOR, Option

WORDS: dict[str, dict[str, LazyString]] = {
    "status": {"submitted": _("Submitted"), "withdrawn": _("Withdrawn")},
    "exclusive_by": {
        "institution": _("One institution at a time"),
        "country": _("One country at a time"),
        "track": _("One track at a time"),
        "group": _("One group at a time"),
    },
    "by": {
        "any": _("Everybody"),
        "country": _("One country"),
        "track": _("One track"),
        "institution": _("One institution"),
        "site": _("One site"),
    },
    "measure": {
        "residencies": _("Stays"),
        "person_days": _("Days of people"),
        "cost": _("Costs"),
    },
    "arrival_weekdays": {
        "mon": _("Monday"),
        "tue": _("Tuesday"),
        "wed": _("Wednesday"),
        "thu": _("Thursday"),
        "fri": _("Friday"),
        "sat": _("Saturday"),
        "sun": _("Sunday"),
    },
}
NOTHING: dict[str, LazyString] = {
    "exclusive_by": _("Nobody: everybody may share it"),
    "institution": _("No institution"),
    "slot": _("Leave free"),
    "zone": _("Leave free"),
    "host": _("Leave free"),
    "pool": _("Leave free"),
}

_LANGUAGES = ("en", "ko", "fr", "ar")


def say_option(name: str, value: str) -> str:
    """Say a value of a choice; one that has no words is said as it is."""
    return str(WORDS.get(name, {}).get(value, value))


def say_nothing(name: str) -> str:
    """Say that nothing is chosen."""
    return str(NOTHING.get(name, _("Choose")))


def say_code(of: str, code: str) -> str:
    """Say a code of a country or a language as people call it."""
    return _called(of, code) or code


def searched_code(of: str, code: str) -> str:
    """Return a code as an input shows it in which one searches: its name, then the code."""
    name = _called(of, code)
    return f"{name}{SEPARATOR}{code}" if name else code


def offered_codes(field: Field, options: Iterable[Option]) -> list[str]:
    """Return what an input offers whose words are free."""
    if field.of in {"country", "holidays"}:
        return sorted(searched_code(field.of, code) for code in _countries())
    if field.of == "language":
        return [searched_code("language", code) for code in _LANGUAGES]
    if field.of == "timezone":
        return _timezones()
    return [option.searched for option in options]


def _called(of: str, code: str) -> str:
    locale: Any = get_locale()
    names = {"country": locale.territories, "language": locale.languages}
    if of == "holidays":
        return str(locale.territories.get(code, ""))
    return str(names[of].get(code, "")) if of in names else ""


def _countries() -> list[str]:
    locale: Any = get_locale()
    codes = (code for code in locale.territories if len(code) == len("KR") and code.isalpha())
    return [code for code in codes if code not in {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}]


@cache
def _timezones() -> list[str]:
    return sorted(name for name in available_timezones() if "/" in name)
