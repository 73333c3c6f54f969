"""Time zones and hours as the researcher's language says them."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import NamedTuple

from babel import Locale
from babel.core import get_global
from babel.dates import format_skeleton
from flask_babel import get_locale, gettext, ngettext

from web.use_cases.researchers.home_time import zones_by_country

MINUTES = 60


class Country(NamedTuple):
    """A country with its time zones, each by its name and by the city that it is called after."""

    name: str
    zones: tuple[tuple[str, str], ...]


def say_city(zone: str) -> str:
    """Return the city that a time zone is called after."""
    return _city(get_locale(), zone)


def say_hours(minutes: int) -> str:
    """Return a difference of clocks, whichever of them is ahead."""
    hours, rest = divmod(abs(minutes), MINUTES)
    if rest:
        return str(gettext("%(hours)s:%(minutes)s hours", hours=hours, minutes=f"{rest:02}"))
    return str(ngettext("%(num)s hour", "%(num)s hours", hours))


def say_home_moment(moment: dt.datetime) -> str:
    """Return a moment on its own clock, with its weekday."""
    locale = get_locale()
    day = format_skeleton("yMMMEd", moment, locale=locale)
    return str(locale.datetime_formats["medium"]).format(f"{moment:%H:%M}", day)


def say_named_day(day: dt.date) -> str:
    """Return a day with its month by name, which reads the same from either side."""
    return str(format_skeleton("yMMMd", dt.datetime.combine(day, dt.time()), locale=get_locale()))


def countries() -> tuple[Country, ...]:
    """Return all countries by their names, with their time zones."""
    return _countries(get_locale())


@cache
def _countries(locale: Locale) -> tuple[Country, ...]:
    named = [
        Country(
            name=locale.territories.get(code, code),
            zones=tuple((zone, _city(locale, zone)) for zone in zones),
        )
        for code, zones in zones_by_country().items()
    ]
    return tuple(sorted(named, key=lambda country: country.name.casefold()))


@cache
def _city(locale: Locale, zone: str) -> str:
    """Return the city of a zone by the name it bears now, or by one that it bore before."""
    for name in (zone, *_former_names().get(zone, ())):
        if city := locale.time_zones.get(name, {}).get("city"):
            return str(city)
    return zone.rpartition("/")[2].replace("_", " ")


@cache
def _former_names() -> dict[str, tuple[str, ...]]:
    former: dict[str, tuple[str, ...]] = {}
    for old, new in get_global("zone_aliases").items():
        former[new] = (*former.get(new, ()), old)
    return former
