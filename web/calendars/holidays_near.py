"""Public holidays around stays, as a layer of a calendar that its reader may ask for.

A holiday is nobody's appointment: its entry depends on country, day and language alone, and is the
same to the byte in every calendar and after every release. When a stay moves, the holidays around
it are others; those that are no longer near go without a word.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol

from web.calendars.entries import Entry, Facts, Kind, Place
from web.calendars.readers import Reader, ReaderKind

NEAR = dt.timedelta(days=14)
"""For how long before and after a stay its holidays are shown: journeys are made then."""

SINCE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""The moment that all holidays bear: they were never changed."""

DOMAIN = "holidays.sarangchae.local"
"""Ends the ids of holidays, wherever the server is."""


class Holidays(NamedTuple):
    """The public holidays of a country or a part of it, and what the country is called."""

    country: str
    names: Mapping[dt.date, str]


class NamesHolidays(Protocol):
    """Names the public holidays between two days in a language; none for an unknown code."""

    def __call__(self, code: str, first_day: dt.date, last_day: dt.date, language: str) -> Holidays:
        """Return the holidays of a country (KR) or a part of one (US-NY)."""


def holidays_near(
    reader: Reader, entries: Iterable[Entry], *, language: str, named: NamesHolidays
) -> tuple[Entry, ...]:
    """Return the public holidays around the stays that a reader sees.

    They are the host country's, and for a researcher those at home too.
    """
    stays = [each for each in entries if each.kind is Kind.RESIDENCY and not each.cancelled]
    found: dict[str, Entry] = {}
    for code, days in sorted(_days_by_code(reader, stays).items()):
        country, names = named(code, min(days), max(days), language)
        for day in sorted(days & names.keys()):
            entry = _entry(code.partition("-")[0], country, day, names[day])
            found.setdefault(entry.uid, entry)
    return tuple(found.values())


def _days_by_code(reader: Reader, stays: Iterable[Entry]) -> dict[str, set[dt.date]]:
    days: dict[str, set[dt.date]] = {}
    is_own = reader.kind is ReaderKind.RESEARCHER
    for stay in stays:
        for code in (stay.holidays, stay.home if is_own else ""):
            if code:
                days.setdefault(code, set()).update(_days_near(stay))
    return days


def _days_near(stay: Entry) -> Iterator[dt.date]:
    first = max(stay.first_day.toordinal() - NEAR.days, dt.date.min.toordinal())
    last = min(stay.last_day.toordinal() + NEAR.days, dt.date.max.toordinal() - 1)
    return map(dt.date.fromordinal, range(first, last + 1))


def _entry(code: str, country: str, day: dt.date, name: str) -> Entry:
    return Entry(
        kind=Kind.HOLIDAY,
        subject=f"{code}-{day}",
        uid=f"{code}+{day.isoformat()}@{DOMAIN}",
        created_at=SINCE,
        changed_at=SINCE,
        first_day=day,
        last_day=day,
        facts=Facts(programme="", place=Place(site=country), event=name),
    )
