"""What explanations speak of: named things, and ranges of days that people read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from scheduler.candidates.days import Bools
from scheduler.problem.types import Days, Ranged, Text, day_of, days_of


class Kind(StrEnum):
    """What a thing is; most are found in the scenario by their id."""

    REQUEST = "request"
    RESEARCHER = "researcher"
    RESERVATION = "reservation"
    SITE = "site"
    ZONE = "zone"
    TRACK = "track"
    SLOT = "slot"
    HOST = "host"
    POOL = "pool"
    EVENT = "event"
    QUOTA = "quota"
    FEATURE = "feature"
    COLLABORATION = "collaboration"
    SEPARATION = "separation"
    CLOSURE = "closure"
    PUBLIC_DAY = "public_day"
    ABSENCE = "absence"
    UNAVAILABLE = "unavailable"
    PIN = "pin"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Something with a name; ``name`` is given where the scenario has none under the id.

    A closure, a public day, an absence, a pin and a published stay bear the id of what is
    closed, absent, pinned or published.
    """

    kind: Kind
    id: str
    name: Text = ""


def features_of(names: Iterable[str]) -> tuple[Thing, ...]:
    """Return features of zones, which the scenario calls by their ids."""
    return tuple(Thing(kind=Kind.FEATURE, id=name) for name in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Consecutive days, both ends inclusive."""

    first_day: dt.date
    last_day: dt.date

    @property
    def days(self) -> Days:
        """Half-open ordinals."""
        return days_of(self)


def span_of(ranged: Ranged) -> Span:
    """Return the days of whatever names a first and a last one."""
    return spell_out(days_of(ranged))


def spell_out(days: Days) -> Span:
    """Return half-open ordinals as inclusive dates."""
    return Span(first_day=day_of(days.start), last_day=day_of(days.stop - 1))


def spans_of(by_day: Bools, start: int) -> tuple[Span, ...]:
    """Return the longest runs of days that are true; the first entry is the day ``start``."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], by_day.astype(np.int8), [0]))))
    return tuple(
        spell_out(Days(start + first, start + stop))
        for first, stop in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    )


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that overlap or touch made one."""
    joined: list[Days] = []
    for days in sorted(each.days for each in spans):
        if joined and days.start <= joined[-1].stop:
            joined[-1] = Days(joined[-1].start, max(joined[-1].stop, days.stop))
        else:
            joined.append(days)
    return tuple(map(spell_out, joined))
