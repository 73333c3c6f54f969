"""Time zones as calendars spell them: one part without clock changes, or two yearly rules.

Lists of dates, which icalendar would write, are read an hour late by some calendars. The rules
are found by asking the zone when its clocks change, from 1970 to 2037, and kept from the first
year since which they hold.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

FIRST_YEAR, LAST_YEAR = 1970, 2037
SURE_YEARS = 10
"""For how many of the last years a rule must hold to be called one."""

_A_YEAR = 2  # changes, to summer and back
_WEEK = 7 * 24 * 60 * 60
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class TimezoneError(Exception):
    """A time zone or a moment that a calendar cannot spell; the message says why."""


class NoYearlyRule(TimezoneError):
    """A time zone whose clocks change by no yearly rule."""


class YearlyRule(NamedTuple):
    """The month and the weekday in it, first (1) to fourth or last (-1), of a clock change."""

    month: int
    nth: int
    weekday: int
    time: dt.time


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockChange:
    """A change of a zone's clocks, at a local time of the clock before it."""

    local: dt.datetime
    before: dt.timedelta
    after: dt.timedelta
    name: str

    @property
    def rules(self) -> set[YearlyRule]:
        """Yearly rules that the change would follow: a last Sunday may be a fourth one."""
        day = self.local.date()
        nths = {(day.day - 1) // 7 + 1} - {5}
        if day.day + 7 > calendar.monthrange(day.year, day.month)[1]:
            nths.add(-1)
        time = self.local.time()
        return {YearlyRule(day.month, nth, day.weekday(), time) for nth in nths}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Part of a zone's year: since when, and by which rule it begins; none if it never ends."""

    since: ClockChange
    rule: YearlyRule | None


def moment(day: dt.date, time: dt.time, timezone: str) -> dt.datetime:
    """Return an aware local moment; refuse one that a clock change skips or repeats."""
    zone = _zone(timezone)
    local = dt.datetime.combine(day, time, zone)
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        raise TimezoneError(
            f"{time:%H:%M} on {day} falls inside a clock change of {timezone}: "
            "choose a time before or after it"
        )
    return local


def vtimezone(timezone: str) -> Timezone:
    """Return the component that spells a time zone, true since its present rules hold."""
    component = Timezone()
    component.add("tzid", timezone)
    parts = _parts(timezone)
    for part in parts:
        is_summer = any(part.since.after > other.since.after for other in parts)
        component.add_component(_spelled(part, is_summer=is_summer))
    return component


def _spelled(part: Part, *, is_summer: bool) -> TimezoneDaylight | TimezoneStandard:
    component = TimezoneDaylight() if is_summer else TimezoneStandard()
    component.add("dtstart", part.since.local)
    component.add("tzoffsetfrom", part.since.before)
    component.add("tzoffsetto", part.since.after)
    component.add("tzname", part.since.name)
    if part.rule:
        weekday = f"{part.rule.nth}{_WEEKDAYS[part.rule.weekday]}"
        component.add("rrule", {"freq": "yearly", "bymonth": part.rule.month, "byday": weekday})
    return component


@cache
def _parts(timezone: str) -> tuple[Part, ...]:
    """Return the parts of a zone's year as its present rules have them."""
    zone = _zone(timezone)
    changes = _changes(zone)
    recent = [change for change in changes if change.local.year > LAST_YEAR - SURE_YEARS]
    if not recent:
        return (Part(since=changes[-1] if changes else _always(zone), rule=None),)
    yearly = _yearly(changes)
    if len(yearly) < SURE_YEARS:
        raise NoYearlyRule(
            f"a calendar cannot spell the time zone {timezone}: its clocks change by no yearly rule"
        )
    return tuple(
        Part(since=since, rule=min(_shared_rules(column)))
        for since, column in zip(yearly[0], zip(*yearly, strict=True), strict=True)
    )


def _yearly(changes: list[ClockChange]) -> list[tuple[ClockChange, ...]]:
    """Return the two changes of each year, from the first since which one rule holds for each."""
    held: list[tuple[ClockChange, ...]] = []
    for year in range(LAST_YEAR, FIRST_YEAR, -1):
        pair = tuple(change for change in changes if change.local.year == year)
        longer = [pair, *held]
        if len(pair) != _A_YEAR or not all(map(_shared_rules, zip(*longer, strict=True))):
            break
        held = longer
    return held


def _shared_rules(changes: tuple[ClockChange, ...]) -> set[YearlyRule]:
    """Return the rules that all changes follow, each between the same two clocks."""
    if len({(change.before, change.after, change.name) for change in changes}) > 1:
        return set()
    return set.intersection(*(change.rules for change in changes))


def _changes(zone: ZoneInfo) -> list[ClockChange]:
    """Return the clock changes of a zone in order; two within a week cancel out unseen."""
    start = int(dt.datetime(FIRST_YEAR, 1, 1, tzinfo=dt.UTC).timestamp())
    stop = int(dt.datetime(LAST_YEAR + 1, 1, 1, tzinfo=dt.UTC).timestamp())
    weeks = range(start, stop, _WEEK)
    offsets = [_offset(zone, week) for week in weeks]
    return [
        _change_between(zone, week, week + _WEEK)
        for week, before, after in zip(weeks, offsets, offsets[1:], strict=False)
        if before != after
    ]


def _change_between(zone: ZoneInfo, early: int, late: int) -> ClockChange:
    """Return the change between two moments, in seconds, found by halving."""
    before, after = _offset(zone, early), _offset(zone, late)
    while late - early > 1:
        middle = (early + late) // 2
        if _offset(zone, middle) == before:
            early = middle
        else:
            late = middle
    instant = dt.datetime.fromtimestamp(late, dt.UTC)
    return ClockChange(
        local=instant.replace(tzinfo=None) + before,
        before=before,
        after=after,
        name=instant.astimezone(zone).tzname() or "",
    )


def _always(zone: ZoneInfo) -> ClockChange:
    """Return the beginning of a zone whose clocks have never changed."""
    start = dt.datetime(FIRST_YEAR, 1, 1, tzinfo=zone)
    offset = start.utcoffset() or dt.timedelta()
    return ClockChange(
        local=start.replace(tzinfo=None), before=offset, after=offset, name=start.tzname() or ""
    )


def _offset(zone: ZoneInfo, seconds: int) -> dt.timedelta:
    return dt.datetime.fromtimestamp(seconds, zone).utcoffset() or dt.timedelta()


def _zone(timezone: str) -> ZoneInfo:
    try:
        return ZoneInfo(timezone)
    except (ValueError, OSError, LookupError):
        raise TimezoneError(f"no time zone is called '{timezone}'") from None
