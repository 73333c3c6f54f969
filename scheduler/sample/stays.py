"""When a request's stay may be: its window, its length, days that it must or cannot hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from scheduler.problem.programme import Event
from scheduler.problem.types import DayRange, EventId
from scheduler.sample.dice import Dice
from scheduler.sample.family import Shape
from scheduler.sample.spans import Span, random_range, random_span


def ask_days(events: Sequence[Event], shape: Shape, dice: Dice) -> dict[str, Any]:
    """Return what a request says of days; of the given events it may have to attend one."""
    pace = shape.pace
    min_days = dice.pick(pace.min_days)
    max_days = min_days + dice.pick(pace.stretch)
    window = random_span(shape.span, max_days + dice.between(*pace.slack), dice)
    must_attend = _must_attend(events, window, max_days, dice)
    return {
        "first_day": window.first_day,
        "last_day": window.last_day,
        "min_days": min_days,
        "max_days": max_days,
        "preferred_first_day": _preferred_first_day(window, min_days, dice),
        "must_attend": must_attend,
        "unavailable": () if must_attend else _unavailable(window, shape, dice),
    }


def _preferred_first_day(window: Span, min_days: int, dice: Dice) -> dt.date | None:
    room = window.within(0, max(1, window.length - min_days))
    return random_span(room, 1, dice).first_day if dice.chance(0.6) else None


def _must_attend(
    events: Sequence[Event], window: Span, max_days: int, dice: Dice
) -> tuple[EventId, ...]:
    """Return an event that some stay within the window covers, for one request in five."""
    if not dice.chance(0.2):
        return ()
    spans = [(event.id, Span(event.first_day, event.last_day)) for event in events]
    fitting = [name for name, span in spans if window.holds(span) and span.length <= max_days]
    return tuple(dice.draw(fitting, 1))


def _unavailable(window: Span, shape: Shape, dice: Dice) -> tuple[DayRange, ...]:
    lengths = (1, 4) if shape.is_tiny else (3, 14)
    count = dice.weigh({0: 85, 1: 8, 2: 7})
    return tuple(random_range(window, lengths, "Away", dice) for _ in range(count))
