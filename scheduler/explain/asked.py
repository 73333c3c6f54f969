"""What a request asks, on which days, and the reasons that its own rules give."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.explain.explanation import Holder
from scheduler.explain.setting import Setting
from scheduler.explain.things import Kind, Span, Thing, merged, span_of, spell_out
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request
from scheduler.problem.types import DayRange, Days, Ranged, days_of

MOST_FACTS = 4
"""How many zones, slots or hosts are looked at one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request, or one narrowed by a wish, and the days on which facts matter."""

    setting: Setting
    request: Request
    days: Days

    @property
    def problem(self) -> Problem:
        """The problem that it is asked in."""
        return self.setting.problem


def window_of(problem: Problem, request: Request) -> Days:
    """Return the days asked for that lie within the programme, or all of them if none does."""
    own, programme = days_of(request), days_of(problem.programme)
    within = Days(max(own.start, programme.start), min(own.stop, programme.stop))
    return within if within.start < within.stop else own


def within(days: Days, ranged: Ranged) -> Span | None:
    """Return the days that a range shares with others, None if there are none."""
    own = days_of(ranged)
    first, stop = max(days.start, own.start), min(days.stop, own.stop)
    return spell_out(Days(first, stop)) if first < stop else None


def shared_days(days: Days, ranges: Iterable[Ranged]) -> tuple[Span, ...]:
    """Return the days that any of some ranges shares with others."""
    found = (within(days, each) for each in ranges)
    return merged(span for span in found if span is not None)


def holders_by(
    kind: Kind, name_id: str, ranges: Sequence[DayRange], days: Days
) -> tuple[Holder, ...]:
    """Return closures, absences or the like of something that touch some days."""
    return tuple(
        Holder(what=Thing(kind=kind, id=name_id, name=each.name), days=span_of(each), amount=1)
        for each in ranges
        if days.common(days_of(each))
    )


def nearest(days: Days, ranged: Ranged) -> int:
    """Return how many days lie between a range and others; to sort by."""
    own = days_of(ranged)
    return max(0, own.start - days.stop, days.start - own.stop)
