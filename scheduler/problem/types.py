"""Ids, texts, numbers and day ranges that every part of the problem is written in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, NamedTuple, NewType, Protocol

from annotated_types import Ge, MinLen

ProgrammeId = NewType("ProgrammeId", str)
SiteId = NewType("SiteId", str)
BuildingId = NewType("BuildingId", str)
FloorId = NewType("FloorId", str)
ZoneId = NewType("ZoneId", str)
TrackId = NewType("TrackId", str)
SlotId = NewType("SlotId", str)
InstitutionId = NewType("InstitutionId", str)
HostId = NewType("HostId", str)
PoolId = NewType("PoolId", str)
ReservationId = NewType("ReservationId", str)
ResearcherId = NewType("ResearcherId", str)
RequestId = NewType("RequestId", str)
CollaborationId = NewType("CollaborationId", str)
SeparationId = NewType("SeparationId", str)
EventId = NewType("EventId", str)
QuotaId = NewType("QuotaId", str)

Text = str | Mapping[str, str]
"""A text for people: one string, or one a language code."""

Whole = Annotated[int, Ge(0)]
"""A whole number that is not negative."""

Positive = Annotated[int, Ge(1)]
"""A whole number of at least one."""

Tracks = Annotated[tuple[TrackId, ...], MinLen(1)]
"""Tracks of which at least one is named."""


class Days(NamedTuple):
    """Half-open range of day ordinals: ``start`` is in, ``stop`` is the day after the last."""

    start: int
    stop: int

    def covers(self, other: Days) -> bool:
        """Tell whether every day of the other range is in this one."""
        return self.start <= other.start and other.stop <= self.stop

    def common(self, other: Days) -> int:
        """Count the days that both ranges hold."""
        return max(0, min(self.stop, other.stop) - max(self.start, other.start))

    def __contains__(self, day: object) -> bool:
        """Tell whether a day's ordinal lies in the range."""
        return isinstance(day, int) and self.start <= day < self.stop


class Ranged(Protocol):
    """Whatever names a first and a last day, both inclusive; null is open on that side."""

    @property
    def first_day(self) -> dt.date | None:
        """First day that belongs to it."""

    @property
    def last_day(self) -> dt.date | None:
        """Last day that belongs to it."""


def days_of(ranged: Ranged) -> Days:
    """Return the half-open ordinals of an inclusive range of dates."""
    first = ranged.first_day or dt.date.min
    last = ranged.last_day or dt.date.max
    return Days(first.toordinal(), last.toordinal() + 1)


def text_in(text: Text, language: str) -> str:
    """Return a text in a language, else in English, else in whichever it has."""
    if isinstance(text, str):
        return text
    return text.get(language) or text.get("en") or next(iter(text.values()), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRange:
    """Named range of days, both ends inclusive: a closure, an absence, days unavailable."""

    first_day: dt.date
    last_day: dt.date
    name: Text = ""
