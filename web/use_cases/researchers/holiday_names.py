"""Public holidays of a place with their names, for people to read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache

import holidays

from scheduler.problem.places import Site
from scheduler.problem.public_days import is_holiday_code
from scheduler.problem.types import Days
from web.use_cases.researchers.holiday_words import say_holiday
from web.use_cases.views import DayNote


def named_holidays(site: Site, days: Days, *, language: str) -> tuple[DayNote, ...]:
    """Return a site's public days among some days, in the reader's language where it has names."""
    return holidays_of(site.holidays, days, language=language)


def holidays_of(code: str | None, days: Days, *, language: str) -> tuple[DayNote, ...]:
    """Return the public days of a country, or of a part of it, in the reader's language.

    ``code`` is one of the holidays package, KR or US-NY say; there are none where it has none.
    """
    if code is None or days.start >= days.stop or not is_holiday_code(code):
        return ()
    first = dt.date.fromordinal(days.start)
    last = dt.date.fromordinal(days.stop - 1)
    return tuple(
        DayNote(name=name, first_day=day, last_day=day)
        for year in range(first.year, last.year + 1)
        for day, name in _named(code, year, language).items()
        if first <= day <= last
    )


@lru_cache(maxsize=1024)
def _named(code: str, year: int, language: str) -> Mapping[dt.date, str]:
    """Return the public days of a year with their names, those too that other years bring."""
    country, _, part = code.partition("-")
    named = holidays.country_holidays(
        country,
        subdiv=part or None,
        years=(year - 1, year, year + 1),
        language=_spoken(country, language),
    )
    return {
        day: say_holiday(name, country=country, language=language)
        for day, name in sorted(named.items())
        if day.year == year
    }


def _spoken(country: str, language: str) -> str | None:
    """Return the language in which a country's days are named: the reader's, else English."""
    known = holidays.country_holidays(country).supported_languages
    spoken = [name for name in known if name.partition("_")[0] == language]
    english = [name for name in known if name.partition("_")[0] == "en"]
    return next(iter([*spoken, *english]), None)
