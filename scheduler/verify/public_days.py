"""Public days of a site, looked up one by one."""

from __future__ import annotations

import datetime as dt
from functools import cache

import holidays

from scheduler.problem.places import Site


def is_public_day(site: Site, day: dt.date) -> bool:
    """Tell whether a day is a public holiday, as observed, where the site lies."""
    return site.holidays is not None and day in _public_days(site.holidays, day.year)


@cache
def _public_days(code: str, year: int) -> frozenset[dt.date]:
    country, _, region = code.partition("-")
    calendar = holidays.country_holidays(country, subdiv=region or None, years=year)
    return frozenset(calendar)
