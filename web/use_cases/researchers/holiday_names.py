"""Public holidays of a site with their names, for people to read."""

from __future__ import annotations

import datetime as dt

import holidays

from scheduler.problem.places import Site
from scheduler.problem.public_days import public_days
from scheduler.problem.types import Days
from web.use_cases.views import DayNote


def named_holidays(site: Site, days: Days, *, language: str) -> tuple[DayNote, ...]:
    """Return the public days among some days, in the reader's language where it has names."""
    if site.holidays is None:
        return ()
    country, _, part = site.holidays.partition("-")
    found = sorted(map(dt.date.fromordinal, public_days(site, days)))
    named = holidays.country_holidays(
        country,
        subdiv=part or None,
        years=range(found[0].year - 1, found[-1].year + 2) if found else (),
        language=_spoken(country, language),
    )
    return tuple(DayNote(name=named.get(day) or "", first_day=day, last_day=day) for day in found)


def _spoken(country: str, language: str) -> str | None:
    """Return the language in which a country's days are named: the reader's, else English."""
    known = holidays.country_holidays(country).supported_languages
    spoken = [name for name in known if name.partition("_")[0] == language]
    english = [name for name in known if name.partition("_")[0] == "en"]
    return next(iter([*spoken, *english]), None)
