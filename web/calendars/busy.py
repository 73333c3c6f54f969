"""Reads busy days from somebody's own calendar file, which nobody here has checked.

What a file could do to us is bounded before it is read: its size, its events, and how deep they
nest. Repetitions can take for ever all the same, so ``busy_apart`` does this in a process of its
own, which is ended when it takes too long.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import recurring_ical_events
from icalendar import Calendar, Component
from icalendar.error import BrokenCalendarProperty

LARGEST_FILE = 10 * 1024 * 1024
MOST_EVENTS = 20_000
DEEPEST = 8
LONGEST_TEXT = 200

_REPEATING = ("RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
_BY_DAYS = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_OPENING = re.compile(rb"^(BEGIN|END):(\S*)", re.IGNORECASE | re.MULTILINE)


class UnreadableCalendar(ValueError):
    """A file that cannot be read as a calendar; ``why`` is one of the class's constants."""

    TOO_LARGE = "too-large"
    NO_CALENDAR = "no-calendar"
    TOO_DEEP = "too-deep"
    TOO_MANY_EVENTS = "too-many-events"
    TOO_LONG = "too-long"

    def __init__(self, why: str) -> None:
        """Remember why."""
        self.why = why
        super().__init__(why)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Busy:
    """Days on which something stands in the calendar, both ends inclusive."""

    first_day: dt.date
    last_day: dt.date
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BusyDays:
    """What was found, by day, and the titles of what could not be read."""

    found: tuple[Busy, ...]
    unread: tuple[str, ...]


def read_busy_days(data: bytes, *, first_day: dt.date, last_day: dt.date) -> BusyDays:
    """Return what a calendar file says of some days, repetitions written out.

    A day is one of the entry's own clock: what a professor in Paris sees on Monday is Monday.
    What is cancelled, or marked as free, is left out.

    Raises:
        UnreadableCalendar: It is no calendar, or more than anybody's own calendar would be.
    """
    events, unread = _events(_calendar(data))
    once = [event for event in events if not any(name in event for name in _REPEATING)]
    series = Calendar()
    for event in events:
        if any(name in event for name in _REPEATING):
            series.add_component(event)
    query = recurring_ical_events.of(series, skip_bad_series=True)
    expanded = query.between(first_day, last_day + dt.timedelta(days=1))
    both = (_busy(event, first_day, last_day) for event in (*once, *expanded))
    found = {busy for busy in both if busy is not None}
    return BusyDays(found=tuple(sorted(found)), unread=tuple(unread))


def merge_days(found: Iterable[Busy]) -> tuple[tuple[dt.date, dt.date], ...]:
    """Return the busy days as ranges that neither touch nor overlap."""
    ranges: list[tuple[dt.date, dt.date]] = []
    for busy in sorted(found):
        if ranges and busy.first_day <= ranges[-1][1] + dt.timedelta(days=1):
            ranges[-1] = (ranges[-1][0], max(ranges[-1][1], busy.last_day))
        else:
            ranges.append((busy.first_day, busy.last_day))
    return tuple(ranges)


def _calendar(data: bytes) -> Calendar:
    if len(data) > LARGEST_FILE:
        raise UnreadableCalendar(UnreadableCalendar.TOO_LARGE)
    text = _CONTROL.sub(b"", data.removeprefix(b"\xef\xbb\xbf"))
    _check_nesting(text)
    try:
        return Calendar.from_ical(text)
    except (ValueError, IndexError, KeyError) as error:
        raise UnreadableCalendar(UnreadableCalendar.NO_CALENDAR) from error


def _check_nesting(text: bytes) -> None:
    depth = events = 0
    for keyword, name in _OPENING.findall(text):
        opens = keyword.upper() == b"BEGIN"
        depth += 1 if opens else -1
        events += opens and name.upper() == b"VEVENT"
        if depth > DEEPEST:
            raise UnreadableCalendar(UnreadableCalendar.TOO_DEEP)
    if events > MOST_EVENTS:
        raise UnreadableCalendar(UnreadableCalendar.TOO_MANY_EVENTS)


def _events(calendar: Component) -> tuple[list[Component], list[str]]:
    """Return the events, and the titles of those that we cannot read."""
    kept: list[Component] = []
    unread: list[str] = []
    for event in calendar.walk("VEVENT"):
        try:
            readable = _is_readable(event)
        except (BrokenCalendarProperty, KeyError, ValueError, TypeError):
            readable = False
        if readable:
            kept.append(event)
        else:
            unread.append(_summary(event))
    return kept, unread


def _is_free(event: Component) -> bool:
    status = str(event.get("STATUS", "")).upper()
    return status == "CANCELLED" or str(event.get("TRANSP", "")).upper() == "TRANSPARENT"


def _is_readable(event: Component) -> bool:
    """Tell whether an event has a first day, and repeats by whole days if it does."""
    _day(event.decoded("DTSTART"))
    rules: Any = event.get("RRULE", [])
    each = rules if isinstance(rules, list) else [rules]
    return all(str(rule["FREQ"][0]).upper() in _BY_DAYS for rule in each)


def _busy(event: Component, first_day: dt.date, last_day: dt.date) -> Busy | None:
    """Return the days of one entry as far as they were asked for, if it takes somebody's time."""
    if _is_free(event):
        return None
    start = event.decoded("DTSTART")
    end = event.decoded("DTEND", None) or start + event.decoded("DURATION", dt.timedelta())
    first, last = _day(start), _day(end)
    ends_at_midnight = not isinstance(end, dt.datetime) or end.time() == dt.time()
    if last > first and ends_at_midnight:
        last -= dt.timedelta(days=1)
    first, last = max(first, first_day), min(last, last_day)
    if first > last:
        return None
    return Busy(first_day=first, last_day=last, summary=_summary(event))


def _day(moment: dt.date) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


def _summary(event: Component) -> str:
    words = " ".join(str(event.get("SUMMARY", "")).split())
    return words[:LONGEST_TEXT]
