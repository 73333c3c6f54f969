"""Reads busy days from somebody's own calendar file, which nobody here has checked.

What a file could do to us is bounded before it is read (``busy_file``). Repetitions can take for
ever all the same, so ``busy_apart`` does this in a process of its own, which is ended when it
takes too long.
"""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Component

from web.calendars.busy_days import BusyDays, BusyEntry, BusyKind, DayPair, merge_days
from web.calendars.busy_file import (
    LONGEST_TEXT,
    Lines,
    UnreadableCalendar,
    calendars_in,
    spelled,
)

LONG = dt.timedelta(hours=6)
"""An entry of so many hours takes the day."""

MOST_TITLES = 120
"""So many titles of a kind are told apart; the others are one entry together."""

MOST_UNREAD = 20
"""So many titles are named of what could not be read."""

_REPEATING = ("RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
_REPEATS = re.compile(r"(?:RRULE|RDATE|RECURRENCE-ID|DURATION)[;:]", re.IGNORECASE)
_MOMENT = re.compile(r"(DTSTART|DTEND)(?:;[^:]*)?:(\d{8})", re.IGNORECASE)
_BY_DAYS = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
_SLACK = dt.timedelta(days=2)
_ONE_DAY = dt.timedelta(days=1)
_TROUBLES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What libraries raise at events that no program should have written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """The days that are asked for, and the zone in which moments without one are meant."""

    first_day: dt.date
    last_day: dt.date
    home: ZoneInfo | None


class _Found:
    """Gathers days by title and kind, and titles of what could not be read."""

    def __init__(self) -> None:
        self.days: dict[tuple[BusyKind, str], set[int]] = {}
        self.unread: list[str] = []

    def add(self, event: Component, span: _Span) -> None:
        kind, first, last = _days_of(event, span.home)
        first, last = max(first, span.first_day), min(last, span.last_day)
        if first <= last:
            days = self.days.setdefault((kind, _summary(event)), set())
            days.update(range(first.toordinal(), last.toordinal() + 1))

    @contextmanager
    def reading(self, event: Component) -> Iterator[None]:
        try:
            yield
        except _TROUBLES:
            self.unread.append(_summary(event))


def read_busy_days(
    data: bytes, *, first_day: dt.date, last_day: dt.date, timezone: str | None = None
) -> BusyDays:
    """Return what a calendar file says of some days, repetitions written out.

    A day is one of the entry's own clock: what a professor in Paris sees on Monday is Monday.
    Moments that are spelled in UTC are those of the calendar's own zone, else of ``timezone``.
    What is cancelled is left out.

    Raises:
        UnreadableCalendar: It is no calendar, or more than anybody's own calendar would be.
    """
    found = _Found()
    for lines in calendars_in(data):
        span = _Span(
            first_day=first_day, last_day=last_day, home=_zone(lines.home) or _zone(timezone)
        )
        _read_calendar(lines, span, found)
    return BusyDays(
        found=tuple(_entries(found.days)),
        unread=tuple(found.unread[:MOST_UNREAD]),
        unread_count=len(found.unread),
    )


def _read_calendar(lines: Lines, span: _Span, found: _Found) -> None:
    kept = [event for event in lines.events if _may_matter(event, span)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        series: dict[str, list[Component]] = {}
        for event in _parsed(lines, kept, found):
            if any(name in event for name in _REPEATING):
                series.setdefault(str(event.get("UID", "")), []).append(event)
                continue
            with found.reading(event):
                _add_once(event, span, found)
        for events in series.values():
            with found.reading(events[0]):
                _add_series(events, span, found)


def _may_matter(event: Iterable[str], span: _Span) -> bool:
    """Tell whether an event can be on the days asked for, going by how its lines begin."""
    moments: dict[str, str] = {}
    for line in event:
        if _REPEATS.match(line):
            return True
        if moment := _MOMENT.match(line):
            moments[moment[1].upper()] = moment[2]
    if "DTSTART" not in moments:
        return True
    begins, ends = moments["DTSTART"], moments.get("DTEND", moments["DTSTART"])
    earliest, latest = _shifted(span.first_day, -_SLACK), _shifted(span.last_day, _SLACK)
    return begins <= latest and max(begins, ends) >= earliest


def _shifted(day: dt.date, by: dt.timedelta) -> str:
    try:
        return f"{day + by:%Y%m%d}"
    except OverflowError:
        return "99999999" if by > dt.timedelta() else "00000000"


def _parsed(lines: Lines, kept: list[list[str]], found: _Found) -> Iterator[Component]:
    """Yield events, all of them read at once, or one by one where one of them breaks."""
    try:
        yield from _events(spelled(lines, kept))
    except _TROUBLES as error:
        if len(kept) == 1:
            found.unread.append("")
            return
        if not kept:
            raise UnreadableCalendar(UnreadableCalendar.NO_CALENDAR) from error
        for half in (kept[: len(kept) // 2], kept[len(kept) // 2 :]):
            yield from _parsed(lines, half, found)


def _events(text: str) -> list[Component]:
    calendar: Component = Calendar.from_ical(text)
    return calendar.walk("VEVENT")


def _add_once(event: Component, span: _Span, found: _Found) -> None:
    if not _is_cancelled(event):
        found.add(event, span)


def _add_series(events: list[Component], span: _Span, found: _Found) -> None:
    """Add the days of a series, if its rules go by days."""
    calendar = Calendar()
    for event in events:
        _check_rules(event)
        calendar.add_component(event)
    query = recurring_ical_events.of(calendar)
    for event in query.between(span.first_day, span.last_day + _ONE_DAY):
        _add_once(event, span, found)


def _check_rules(event: Component) -> None:
    rules: Any = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        if str(rule["FREQ"][0]).upper() not in _BY_DAYS or min(rule.get("INTERVAL", [1])) < 1:
            raise ValueError("repeats more often than daily")


def _is_cancelled(event: Component) -> bool:
    return str(event.get("STATUS", "")).upper() == "CANCELLED"


def _days_of(event: Component, home: ZoneInfo | None) -> tuple[BusyKind, dt.date, dt.date]:
    """Return how an event takes its days, and the first and the last of them."""
    start = event.decoded("DTSTART")
    end = event.decoded("DTEND", None) or start + event.decoded("DURATION", dt.timedelta())
    is_timed = isinstance(start, dt.datetime)
    takes_whole = not is_timed or not isinstance(end, dt.datetime) or end - start >= LONG
    kind = BusyKind.WHOLE if takes_whole else BusyKind.PART
    if str(event.get("TRANSP", "")).upper() == "TRANSPARENT":
        kind = BusyKind.FREE
    first, last = _day(start, home), _day(end, home)
    ends_at_midnight = not isinstance(end, dt.datetime) or _local(end, home).time() == dt.time()
    if last > first and ends_at_midnight:
        last -= _ONE_DAY
    return kind, first, max(first, last)


def _day(moment: dt.date, home: ZoneInfo | None) -> dt.date:
    return _local(moment, home).date() if isinstance(moment, dt.datetime) else moment


def _local(moment: dt.datetime, home: ZoneInfo | None) -> dt.datetime:
    """Return a moment on its owner's clock, which one in UTC does not name."""
    is_utc = moment.tzinfo is not None and moment.tzname() == "UTC"
    return moment.astimezone(home) if is_utc and home is not None else moment


def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return None if not name else ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return None


def _summary(event: Component) -> str:
    words = " ".join(str(event.get("SUMMARY", "")).split())
    return words[:LONGEST_TEXT]


def _entries(found: dict[tuple[BusyKind, str], set[int]]) -> list[BusyEntry]:
    """Return what was found by first day; titles beyond a number are one entry of each kind."""
    entries: list[BusyEntry] = []
    for kind in BusyKind:
        titled = [(summary, days) for (each, summary), days in found.items() if each is kind]
        titled.sort(key=lambda pair: (-len(pair[1]), pair[0]))
        entries += (
            BusyEntry(kind=kind, summary=summary, days=_ranges(days))
            for summary, days in titled[:MOST_TITLES]
        )
        if others := titled[MOST_TITLES:]:
            together = set().union(*(days for _, days in others))
            entries.append(
                BusyEntry(kind=kind, summary="", days=_ranges(together), others=len(others))
            )
    return sorted(entries, key=lambda entry: (entry.others > 0, entry.days, entry.summary))


def _ranges(ordinals: Iterable[int]) -> tuple[DayPair, ...]:
    days = map(dt.date.fromordinal, ordinals)
    return merge_days((day, day) for day in days)
