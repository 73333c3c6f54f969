"""The frame of a plan: programme, policy, weights, tracks, slots, pools, events, quotas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from scheduler.problem.types import (
    Colour,
    Country,
    DayRange,
    EventId,
    Name,
    PoolId,
    Positive,
    ProgrammeId,
    QuotaId,
    SiteId,
    SlotId,
    TrackId,
    Tracks,
    Whole,
)


class Weekday(StrEnum):
    """Day of the week, as files spell it."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


class QuotaBy(StrEnum):
    """What a quota counts residencies by."""

    ANY = "any"
    COUNTRY = "country"
    TRACK = "track"
    INSTITUTION = "institution"
    SITE = "site"


class Measure(StrEnum):
    """What a quota adds up."""

    RESIDENCIES = "residencies"
    PERSON_DAYS = "person_days"
    COST = "cost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """The programme; ``today`` is the day from which it is planned."""

    id: ProgrammeId
    name: Name
    timezone: str
    currency: str = "KRW"
    first_day: dt.date
    last_day: dt.date
    today: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Points of the objective's terms, each not negative; the terms bear the signs."""

    placed: Whole = 1000
    short_day: Whole = 3
    shift_day: Whole = 1
    wish: Whole = 10
    host_rank: Whole = 5
    overlap_day: Whole = 2
    same_floor: Whole = 20
    event: Whole = 15
    dropped: Whole = 2000
    redated: Whole = 50
    redated_day: Whole = 2
    rezoned: Whole = 100
    rehosted: Whole = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The office's own rules: arrival days, steps of length, notice, and weights."""

    arrival_weekdays: tuple[Weekday, ...] = (Weekday.MON,)
    stay_step_days: Positive = 7
    frozen_days: Whole = 14
    visa_lead_days: Mapping[Country, Whole] = field(default_factory=dict)
    weights: Weights = field(default_factory=Weights)


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A direction of research, with its colour on the timeline."""

    id: TrackId
    name: Name
    colour: Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A dated window of a site with places; with fixed dates the stay is the whole slot."""

    id: SlotId
    name: Name
    site: SiteId
    tracks: Tracks
    first_day: dt.date
    last_day: dt.date
    places: Positive
    fixed_dates: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Shared computing, open between its days but for closures."""

    id: PoolId
    name: Name
    gpus: Whole = 64
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    closures: tuple[DayRange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something at a site that residents attend; no tracks named means all are invited."""

    id: EventId
    name: Name
    site: SiteId
    first_day: dt.date
    last_day: dt.date
    tracks: tuple[TrackId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """A maximum that holds and a minimum that is weighed, over a period."""

    id: QuotaId
    name: Name
    by: QuotaBy
    value: str | None = None
    first_day: dt.date
    last_day: dt.date
    measure: Measure = Measure.RESIDENCIES
    min: Whole | None = None
    max: Whole | None = None
    unit: Positive = 1
    points_per_missing: Whole = 500
