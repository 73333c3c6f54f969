"""Public holidays around stays, as a layer of a calendar that its reader may ask for.

A holiday is nobody's appointment: its entry depends on country, day and language alone, and is the
same to the byte in every calendar and after every release. When a stay moves, the holidays around
it are others; those that are no longer near are cancelled, as the past of the stays tells.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

from web.calendars.entries import Entry, Facts, Kind, Place
from web.calendars.readers import Reader, ReaderKind
from web.calendars.revision import last_shown_day

NEAR = dt.timedelta(days=14)
"""For how long before and after a stay its holidays are shown: journeys are made then."""

SINCE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""The moment that holidays bear whose stays have not moved: they were never changed."""

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
    reader: Reader,
    entries: Iterable[Entry],
    *,
    language: str,
    named: NamesHolidays,
    today: dt.date,
) -> tuple[Entry, ...]:
    """Return the public holidays around the stays that a reader sees, and those no longer near.

    They are the host country's, and for a researcher those at home too.
    """
    stays = [entry for entry in entries if entry.kind is Kind.RESIDENCY]
    names: dict[tuple[str, dt.date], tuple[str, str]] = {}
    steps: dict[tuple[str, dt.date], _Steps] = defaultdict(Counter)
    for code, spans in sorted(_spans_by_code(reader, stays).items()):
        first, last = min(span.first for span in spans), max(span.last for span in spans)
        found = named(code, dt.date.fromordinal(first), dt.date.fromordinal(last), language)
        for day, told in _steps_by_day(spans, sorted(found.names)).items():
            holiday = code.partition("-")[0], day
            names.setdefault(holiday, (found.country, found.names[day]))
            steps[holiday].update(told)
    shown = (
        _entry(*holiday, *names[holiday], turns)
        for holiday, told in steps.items()
        if (turns := _turns(told))
    )
    return tuple(each for each in shown if not each.cancelled or today <= last_shown_day(each))


_Steps = Counter[dt.datetime]
"""At which moments stays have come near a holiday, and how many more than have gone."""


class _Span(NamedTuple):
    """Days near a stay, as ordinals, and from when until when it was told so."""

    first: int
    last: int
    since: dt.datetime
    until: dt.datetime | None


def _spans_by_code(reader: Reader, stays: Iterable[Entry]) -> dict[str, list[_Span]]:
    spans: dict[str, list[_Span]] = defaultdict(list)
    is_own = reader.kind is ReaderKind.RESEARCHER
    for stay in stays:
        for told, after in pairwise((*stay.past, stay, None)):
            if told is None or told.cancelled:
                continue
            span = _span(told, None if after is None else after.changed_at)
            for code in {told.holidays, told.home if is_own else ""} - {""}:
                spans[code].append(span)
    return spans


def _span(stay: Entry, until: dt.datetime | None) -> _Span:
    first = max(stay.first_day.toordinal() - NEAR.days, dt.date.min.toordinal())
    last = min(stay.last_day.toordinal() + NEAR.days, dt.date.max.toordinal() - 1)
    return _Span(first, last, stay.changed_at, until)


def _steps_by_day(spans: Iterable[_Span], holidays: Sequence[dt.date]) -> dict[dt.date, _Steps]:
    ordinals = [day.toordinal() for day in holidays]
    steps: dict[dt.date, _Steps] = defaultdict(Counter)
    for span in spans:
        for day in holidays[bisect_left(ordinals, span.first) : bisect_right(ordinals, span.last)]:
            steps[day][span.since] += 1
            if span.until is not None:
                steps[day][span.until] -= 1
    return steps


def _turns(steps: _Steps) -> list[dt.datetime]:
    """Return when a holiday came near a stay, was near none any more, came near again ..."""
    turns: list[dt.datetime] = []
    near = 0
    for moment, step in sorted(steps.items()):
        was_near, near = near > 0, near + step
        if (near > 0) is not was_near:
            turns.append(moment)
    return turns


def _entry(code: str, day: dt.date, country: str, name: str, turns: Sequence[dt.datetime]) -> Entry:
    return Entry(
        kind=Kind.HOLIDAY,
        subject=f"{code}-{day}",
        uid=f"{code}+{day.isoformat()}@{DOMAIN}",
        sequence=len(turns) - 1,
        created_at=SINCE,
        changed_at=SINCE if len(turns) == 1 else turns[-1],
        cancelled=len(turns) % 2 == 0,
        first_day=day,
        last_day=day,
        facts=Facts(programme="", place=Place(site=country), event=name),
    )
