"""What a researcher wishes for a stay, as their own page shows it and as it is typed there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from web.calendars.busy_days import merge_days
from web.use_cases.views.researchers import DayNote


class WishState(StrEnum):
    """Whether wishes may be changed, and why not."""

    OPEN = "open"
    LATE = "late"
    PAST = "past"
    WITHDRAWN = "withdrawn"


class WishFault(StrEnum):
    """What is wrong with something that was typed."""

    MISSING = "missing"
    NO_DAY = "no-day"
    NO_NUMBER = "no-number"
    TOO_SMALL = "too-small"
    TOO_LARGE = "too-large"
    LAST_BEFORE_FIRST = "last-before-first"
    MOST_BELOW_LEAST = "most-below-least"
    OUTSIDE_PROGRAMME = "outside-programme"
    LONGER_THAN_WINDOW = "longer-than-window"
    PREFERRED_OUTSIDE = "preferred-outside"
    NOT_OFFERED = "not-offered"
    TOO_MANY_DAYS = "too-many-days"
    TOO_LONG = "too-long"
    REFUSED = "refused"


class WishWarning(StrEnum):
    """What somebody should know before they keep a wish."""

    STAY_OUTSIDE = "stay-outside"
    STAY_LENGTH = "stay-length"
    STAY_AWAY = "stay-away"
    EVENT_MISSED = "event-missed"
    NOTHING_FITS = "nothing-fits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong, and where: at a field, and in which row of it."""

    field: str
    why: WishFault
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AwayView:
    """Days on which somebody cannot be here, and why if they say so."""

    first_day: dt.date
    last_day: dt.date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WishesOf:
    """What somebody wishes for one stay; ``stay`` is the published one."""

    request: str
    state: WishState
    track: str
    first_day: dt.date
    last_day: dt.date
    min_days: int
    max_days: int
    preferred_first_day: dt.date | None
    wishes: tuple[str, ...]
    away: tuple[AwayView, ...]
    events: tuple[DayNote, ...]
    stay: tuple[dt.date, dt.date] | None

    @property
    def away_days(self) -> int:
        """How many days of the window are not possible."""
        spans = (
            (max(each.first_day, self.first_day), min(each.last_day, self.last_day))
            for each in self.away
        )
        ranges = merge_days((first, last) for first, last in spans if first <= last)
        return sum((last - first).days + 1 for first, last in ranges)


@dataclass(frozen=True, slots=True, kw_only=True)
class WishesView:
    """All that somebody wishes, until when it may be changed, and what holds for all stays."""

    programme: str
    first_day: dt.date
    last_day: dt.date
    today: dt.date
    until: dt.date | None
    arrival_weekdays: tuple[int, ...]
    step_days: int
    requests: tuple[WishesOf, ...]

    @property
    def is_late(self) -> bool:
        """Tell whether the day until which wishes may be changed is over."""
        return self.until is not None and self.today > self.until

    @property
    def is_open(self) -> bool:
        """Tell whether anything may be changed."""
        return any(each.state is WishState.OPEN for each in self.requests)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedWishes:
    """What stands in the form, as texts; a row of ``away`` is first day, last day and reason."""

    first_day: str = ""
    last_day: str = ""
    min_days: str = ""
    max_days: str = ""
    preferred_first_day: str = ""
    wishes: tuple[str, ...] = ()
    away: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WishForm:
    """The form of one stay's wishes; ``was`` is what it showed first, to be sent back.

    ``theirs`` is what the office has made of a field meanwhile, as it would be typed.
    """

    page: WishesView
    own: WishesOf
    typed: TypedWishes
    was: str
    offered: tuple[str, ...]
    faults: tuple[Fault, ...] = ()
    warnings: tuple[WishWarning, ...] = ()
    theirs: Mapping[str, TypedWishes] | None = None

    def faults_of(self, field: str) -> tuple[Fault, ...]:
        """Return what is wrong with a field."""
        return tuple(fault for fault in self.faults if fault.field == field)

    @property
    def confirmation(self) -> str:
        """What is sent back by somebody who has read the warnings."""
        return " ".join(self.warnings)
