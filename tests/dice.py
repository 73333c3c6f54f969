"""Seeded choices in the words of scenarios, within a programme of four weeks."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from scheduler.problem.types import DayRange

FIRST_DAY = dt.date(2026, 2, 2)
"""A Monday; Korea's new year is from 16 to 18 February, New York's public day on the 16th."""

DAYS = 28


def happens(dice: Random, chance: float) -> bool:
    """Tell whether something happens that has this chance."""
    return dice.random() < chance


def some_of(dice: Random, *items: str, least: int = 0) -> tuple[str, ...]:
    """Return some of the items, in any order."""
    return tuple(dice.sample(items, dice.randint(least, len(items))))


def span(dice: Random, shortest: int, longest: int) -> dict[str, Any]:
    """Return a first and a last day within the programme."""
    length = dice.randint(shortest, longest)
    first_day = FIRST_DAY + dt.timedelta(days=dice.randint(0, DAYS - length))
    return {"first_day": first_day, "last_day": first_day + dt.timedelta(days=length - 1)}


def opening(dice: Random, chance: float) -> dict[str, Any]:
    """Return when a place is open: always, or for most of the programme but for some days."""
    days = span(dice, 20, DAYS) if happens(dice, chance) else {}
    return {**days, "closures": closures(dice, chance)}


def closures(dice: Random, chance: float) -> tuple[DayRange, ...]:
    """Return a closure of a few days, or none."""
    return (DayRange(**span(dice, 1, 4)),) if happens(dice, chance) else ()
