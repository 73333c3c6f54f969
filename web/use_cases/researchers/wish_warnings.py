"""What somebody should know before they keep a wish: what it does to their published stay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from scheduler.problem.problem import Problem
from web.use_cases.views.wishes import WishesOf, WishWarning


def warn_of(problem: Problem, own: WishesOf, wanted: Mapping[str, Any]) -> tuple[WishWarning, ...]:
    """Return what would be otherwise than it should be, and is not so already."""
    already = set(_warnings(problem, own, _standing(own)))
    return tuple(each for each in _warnings(problem, own, wanted) if each not in already)


def _standing(own: WishesOf) -> dict[str, Any]:
    return {
        "first_day": own.first_day.isoformat(),
        "last_day": own.last_day.isoformat(),
        "min_days": own.min_days,
        "max_days": own.max_days,
        "unavailable": [
            {"first_day": each.first_day.isoformat(), "last_day": each.last_day.isoformat()}
            for each in own.away
        ],
    }


def _warnings(problem: Problem, own: WishesOf, wanted: Mapping[str, Any]) -> Iterator[WishWarning]:
    programme = problem.programme
    stay_days = own.stay or (programme.first_day, programme.last_day)
    matters = _days(min(programme.first_day, stay_days[0]), max(programme.last_day, stay_days[1]))
    window = _common(_ordinals(wanted), matters)
    away = _away(wanted, window)
    if own.stay is not None:
        stay = range(own.stay[0].toordinal(), own.stay[1].toordinal() + 1)
        if stay.start < window.start or stay.stop > window.stop:
            yield WishWarning.STAY_OUTSIDE
        if not wanted["min_days"] <= len(stay) <= wanted["max_days"]:
            yield WishWarning.STAY_LENGTH
        if not away.isdisjoint(stay):
            yield WishWarning.STAY_AWAY
    attended = [_days(event.first_day, event.last_day) for event in own.events]
    if any(day not in window or day in away for days in attended for day in days):
        yield WishWarning.EVENT_MISSED
        return
    possible = _common(window, _days(programme.first_day, programme.last_day))
    needed = {day for days in attended for day in days}
    if not any(
        len(run) >= wanted["min_days"] and needed <= set(run) for run in _runs(possible, away)
    ):
        yield WishWarning.NOTHING_FITS


def _ordinals(days: Mapping[str, Any]) -> range:
    return _days(dt.date.fromisoformat(days["first_day"]), dt.date.fromisoformat(days["last_day"]))


def _days(first: dt.date, last: dt.date) -> range:
    return range(first.toordinal(), last.toordinal() + 1)


def _away(wanted: Mapping[str, Any], window: range) -> set[int]:
    """Return the days of the window that are not possible."""
    spans = (_common(_ordinals(each), window) for each in wanted["unavailable"])
    return {day for span in spans for day in span}


def _common(some: range, others: range) -> range:
    return range(max(some.start, others.start), min(some.stop, others.stop))


def _runs(days: range, away: set[int]) -> Iterator[range]:
    """Yield the stretches of days on which nothing stands in the way."""
    start = days.start
    for day in sorted({*(each for each in away if each in days), days.stop}):
        if day > start:
            yield range(start, day)
        start = day + 1
