"""Busy days as they were found in somebody's own calendar, by title."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from pydantic import TypeAdapter

DayPair: TypeAlias = tuple[dt.date, dt.date]
"""A first day and a last day, both inclusive."""


class BusyKind(StrEnum):
    """How an entry takes its days: whole ones, part of each, or marked as free by their owner."""

    WHOLE = "whole"
    PART = "part"
    FREE = "free"


@dataclass(frozen=True, slots=True, kw_only=True)
class BusyEntry:
    """Something in a calendar, a single event or a whole series, and the days that it is on.

    ``others`` counts the titles that stand together in an entry without one.
    """

    kind: BusyKind
    summary: str
    days: tuple[DayPair, ...]
    others: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BusyDays:
    """What was found, by first day, and what could not be read: how much, and some titles."""

    found: tuple[BusyEntry, ...]
    unread: tuple[str, ...] = ()
    unread_count: int = 0


def text_of(days: BusyDays) -> str:
    """Return what was found as a text that a form sends back."""
    return TypeAdapter(BusyDays).dump_json(days).decode()


def days_in(text: str) -> BusyDays:
    """Return what was found, out of such a text; ``ValueError`` where it is none."""
    return TypeAdapter(BusyDays).validate_json(text)


def merge_days(ranges: Iterable[DayPair]) -> tuple[DayPair, ...]:
    """Return days as ranges that neither touch nor overlap."""
    merged: list[DayPair] = []
    for first, last in sorted(ranges):
        if merged and first.toordinal() <= merged[-1][1].toordinal() + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return tuple(merged)
