"""Spans of days that samples are laid out in: terms, years, and days within them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from scheduler.problem.types import DayRange
from scheduler.sample.dice import Dice

WEEK = 7
YEAR = 52 * WEEK


class Span(NamedTuple):
    """A first and a last day, both inclusive."""

    first_day: dt.date
    last_day: dt.date

    @property
    def length(self) -> int:
        """Number of days."""
        return (self.last_day - self.first_day).days + 1

    def holds(self, other: Span) -> bool:
        """Tell whether every day of the other span is in this one."""
        return self.first_day <= other.first_day and other.last_day <= self.last_day

    def common(self, other: Span) -> int:
        """Count the days that both spans hold."""
        first_day = max(self.first_day, other.first_day)
        last_day = min(self.last_day, other.last_day)
        return max(0, (last_day - first_day).days + 1)

    def cut(self, length: int) -> Iterator[Span]:
        """Yield consecutive spans of a length; the last one ends with this span."""
        for offset in range(0, self.length, length):
            yield self.within(offset, length)

    def within(self, offset: int, length: int) -> Span:
        """Return a span that begins so many days after this one, and ends no later."""
        first_day = self.first_day + dt.timedelta(days=offset)
        last_day = first_day + dt.timedelta(days=length - 1)
        return Span(first_day, min(last_day, self.last_day))


def random_span(span: Span, length: int, dice: Dice) -> Span:
    """Return a span of a length, anywhere in another one; that one itself if it is shorter."""
    room = max(0, span.length - length)
    return span.within(dice.between(0, room), length)


def random_range(span: Span, lengths: tuple[int, int], name: str, dice: Dice) -> DayRange:
    """Return a named range of days anywhere in a span, of a length between two."""
    first_day, last_day = random_span(span, dice.between(*lengths), dice)
    return DayRange(first_day=first_day, last_day=last_day, name=name)
