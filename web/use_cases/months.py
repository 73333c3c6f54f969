"""Months and days as pages show them."""

from __future__ import annotations

import calendar
import datetime as dt
from zoneinfo import ZoneInfo

from scheduler.problem.problem import Problem
from scheduler.problem.programme import Programme
from scheduler.problem.types import Days


def today_of(programme: Programme, now: dt.datetime) -> dt.date:
    """Return the day that it is at the programme."""
    return now.astimezone(ZoneInfo(programme.timezone)).date()


def day_within(programme: Programme, day: dt.date) -> dt.date:
    """Return the day of the programme that is nearest to a day."""
    return min(max(day, programme.first_day), programme.last_day)


def first_of_month(day: dt.date) -> dt.date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def days_of_month(month: dt.date) -> Days:
    """Return the days of a month."""
    first = first_of_month(month).toordinal()
    return Days(first, first + calendar.monthrange(month.year, month.month)[1])


def previous_month(problem: Problem, month: dt.date) -> dt.date | None:
    """Return the month before, None before the programme begins."""
    before = first_of_month(month) - dt.timedelta(days=1)
    return None if before < problem.programme.first_day else first_of_month(before)


def next_month(problem: Problem, month: dt.date) -> dt.date | None:
    """Return the month after, None after the programme ends."""
    after = dt.date.fromordinal(days_of_month(month).stop)
    return None if after > problem.programme.last_day else after
