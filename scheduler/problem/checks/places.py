"""Checks of sites: their time zones and public days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from scheduler.files.findings import Finding, Message
from scheduler.problem.problem import Problem
from scheduler.problem.public_days import is_holiday_code

EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2999, 12, 31)
"""Days between which a programme lies: calendars and time zones mean nothing beyond."""


def check_programme_days(problem: Problem) -> Iterator[Finding]:
    """Yield the programme's first or last day where it is out of this world."""
    for key in ("first_day", "last_day"):
        day = getattr(problem.programme, key)
        if not EARLIEST <= day <= LATEST:
            message = Message(
                "%(day)s is not between %(earliest)s and %(latest)s; mend the year",
                day=str(day),
                earliest=str(EARLIEST),
                latest=str(LATEST),
            )
            yield Finding(f"programme.{key}", message)


def check_programme_timezone(problem: Problem) -> Iterator[Finding]:
    """Yield the programme's time zone if there is none of that name."""
    if not is_timezone(problem.programme.timezone):
        yield Finding("programme.timezone", _no_timezone(problem.programme.timezone))


def check_site_timezones(problem: Problem) -> Iterator[Finding]:
    """Yield each time zone of a site that does not exist."""
    for number, site in enumerate(problem.sites):
        if site.timezone is not None and not is_timezone(site.timezone):
            yield Finding(f"sites[{number}].timezone", _no_timezone(site.timezone))


def check_holidays(problem: Problem) -> Iterator[Finding]:
    """Yield each code of public days that is not known."""
    for number, site in enumerate(problem.sites):
        if site.holidays is not None and not is_holiday_code(site.holidays):
            message = Message(
                "no public days are known for '%(code)s'; expected KR or US-NY say",
                code=site.holidays,
            )
            yield Finding(f"sites[{number}].holidays", message)


def is_timezone(name: str) -> bool:
    """Tell whether the IANA database has a time zone of this name."""
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return False
    return True


def _no_timezone(name: str) -> str:
    return Message("no time zone '%(name)s'; expected an IANA name like Asia/Seoul", name=name)
