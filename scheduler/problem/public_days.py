"""Public days of a site, as observed there; data to the search and the verifier alike."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import holidays

from scheduler.problem.places import Site
from scheduler.problem.types import Days


def public_days(site: Site, days: Days) -> frozenset[int]:
    """Return the ordinals of the public days among some days; none if the site names no code."""
    if site.holidays is None or days.start >= days.stop:
        return frozenset()
    first = dt.date.fromordinal(days.start)
    last = dt.date.fromordinal(days.stop - 1)
    years = range(first.year, last.year + 1)
    found = frozenset[int]().union(*(_observed_days(site.holidays, year) for year in years))
    return frozenset(day for day in found if day in days)


def is_holiday_code(code: str) -> bool:
    """Tell whether the holidays package knows a code like KR or US-NY."""
    try:
        _calendar(code)
    except (NotImplementedError, TypeError):
        return False
    return True


@lru_cache(maxsize=2048)
def _observed_days(code: str, year: int) -> frozenset[int]:
    """Return the public days of a year, those too that the next year's or last year's bring."""
    calendar = _calendar(code, (year - 1, year, year + 1))
    return frozenset(day.toordinal() for day in calendar if day.year == year)


def _calendar(code: str, years: tuple[int, ...] = ()) -> holidays.HolidayBase:
    country, _, part = code.partition("-")
    return holidays.country_holidays(country, subdiv=part or None, years=years)
