"""Ids, texts, numbers and day ranges that every part of the problem is written in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple, NewType, Protocol

from annotated_types import Ge, Le, MinLen

from scheduler.files.findings import N_


@dataclass(frozen=True, slots=True)
class Spelled:
    """How a text is spelled: a pattern, and words that say so to people.

    Files are checked by the pattern and refused in these words; the JSON Schema shows it.
    """

    pattern: str
    words: str

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> dict[str, Any]:
        """Return the checks of a text with the pattern added."""
        return {
            "type": "custom-error",
            "schema": {**handler(source), "pattern": self.pattern},
            "custom_error_type": "spelling",
            "custom_error_message": self.words,
        }


Id = Annotated[
    str,
    Spelled(
        "^[a-z0-9][a-z0-9._-]{0,63}$",
        N_("an id has 1 to 64 of a-z, 0-9, '.', '_' and '-', and begins with a letter or digit"),
    ),
]
"""Name of a thing in files and links."""

ProgrammeId = NewType("ProgrammeId", Id)
SiteId = NewType("SiteId", Id)
BuildingId = NewType("BuildingId", Id)
FloorId = NewType("FloorId", Id)
ZoneId = NewType("ZoneId", Id)
TrackId = NewType("TrackId", Id)
SlotId = NewType("SlotId", Id)
InstitutionId = NewType("InstitutionId", Id)
HostId = NewType("HostId", Id)
PoolId = NewType("PoolId", Id)
ReservationId = NewType("ReservationId", Id)
ResearcherId = NewType("ResearcherId", Id)
RequestId = NewType("RequestId", Id)
CollaborationId = NewType("CollaborationId", Id)
SeparationId = NewType("SeparationId", Id)
EventId = NewType("EventId", Id)
QuotaId = NewType("QuotaId", Id)

Language = Annotated[
    str,
    Spelled(
        "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", N_("expected a language code like en, ko or pt-BR")
    ),
]
"""Code of a language."""

Country = Annotated[
    str, Spelled("^[A-Z]{2}$", N_("expected the two capital letters of a country, KR say"))
]
"""ISO 3166-1 alpha-2 code of a country."""

Colour = Annotated[
    str, Spelled("^#[0-9a-fA-F]{6}$", N_("expected a colour like '#1f77b4', in quotes"))
]
"""Colour on the timeline."""

HolidayCode = Annotated[
    str, Spelled("^[A-Z]{2}(-.+)?$", N_("expected a code of the holidays package, KR or US-NY say"))
]
"""Whose public days a site keeps: a country's, or those of a part of it."""

Sha256 = Annotated[str, Spelled("^[0-9a-f]{64}$", "expected 64 digits of a SHA-256")]
"""Hash of a file's bytes."""

Text = str | Mapping[Language, str]
"""A text for people, maybe empty: one string, or one a language code."""

Filled = Annotated[str, MinLen(1)]
"""A string that is not empty."""

Name = Filled | Annotated[Mapping[Language, Filled], MinLen(1)]
"""A text for people that is not empty."""

LARGEST = 10**12
"""Largest number of a file, far above any count, sum of money or points that makes sense."""

Points = Annotated[int, Ge(-LARGEST), Le(LARGEST)]
"""A whole number that may be negative."""

Whole = Annotated[int, Ge(0), Le(LARGEST)]
"""A whole number that is not negative."""

Positive = Annotated[int, Ge(1), Le(LARGEST)]
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


def day_of(ordinal: int) -> dt.date:
    """Return the date of an ordinal."""
    return dt.date.fromordinal(ordinal)


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
