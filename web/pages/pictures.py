"""Small pictures as numbers: where days fall on a strip, for inline SVG that needs no script."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from web.use_cases.views import DayNote, StayView

_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Part of a strip that is 100 wide."""

    x: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something on the strip: a note of a kind, or the first day of a month."""

    kind: str
    day: dt.date
    bar: Bar


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """A stay as a strip: months that begin within it, then what falls into it."""

    months: tuple[Mark, ...]
    notes: tuple[Mark, ...]


def build_bar(month: dt.date, first_day: dt.date, last_day: dt.date) -> Bar:
    """Return the part of a month that a stay covers."""
    days = calendar.monthrange(month.year, month.month)[1]
    return _bar(month.replace(day=1), days, first_day, last_day)


def build_strip(stay: StayView) -> Strip:
    """Return the strip of a stay."""
    kinds = (
        ("home", stay.home_holidays),
        ("closure", stay.closures),
        ("holiday", stay.holidays),
        ("event", stay.events),
    )
    return Strip(
        months=tuple(_mark(stay, "month", day, day) for day in _month_starts(stay)),
        notes=tuple(
            _mark(stay, kind, note.first_day, note.last_day)
            for kind, notes in kinds
            for note in notes
        ),
    )


def agenda(stay: StayView) -> list[tuple[str, DayNote]]:
    """Return what happens during a stay, by day, each with its kind."""
    kinds = (
        ("event", stay.events),
        ("holiday", stay.holidays),
        ("closure", stay.closures),
        ("home", stay.home_holidays),
    )
    noted = [(kind, note) for kind, notes in kinds for note in notes]
    return sorted(noted, key=lambda pair: (pair[1].first_day, pair[1].last_day))


def _month_starts(stay: StayView) -> list[dt.date]:
    days = (stay.first_day + n * _ONE_DAY for n in range(stay.days))
    return [day for day in days if day.day == 1]


def _mark(stay: StayView, kind: str, first_day: dt.date, last_day: dt.date) -> Mark:
    return Mark(kind=kind, day=first_day, bar=_bar(stay.first_day, stay.days, first_day, last_day))


def _bar(start: dt.date, days: int, first_day: dt.date, last_day: dt.date) -> Bar:
    """Cut a range to a strip of so many days from its start."""
    before = min(max((first_day - start).days, 0), days)
    after = min(max((last_day - start).days + 1, 0), days)
    return Bar(x=round(100 * before / days, 2), width=round(100 * (after - before) / days, 2))
