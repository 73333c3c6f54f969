"""How large the families of samples are, and what a stay is like in each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from scheduler.problem.programme import Weekday
from scheduler.sample.dice import Dice
from scheduler.sample.spans import WEEK, Span


class Family(StrEnum):
    """A family of samples: 4, 20, 150, 600, 2,000 and 10,000 requests."""

    TINY = "tiny"
    SMALL = "small"
    MEDIUM = "medium"
    HUB = "hub"
    LARGE = "large"
    FEDERATION = "federation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How many of each there are; ``groups`` is how many slots share the tracks of a term."""

    requests: int
    sites: int
    zones: int
    tracks: int
    groups: int
    institutions: int
    hosts: int
    pools: int
    supply: float
    """Place-days of all slots in relation to the longest days that all requests ask for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How long things last, in days: stays and their windows, terms, closures."""

    step: int
    min_days: tuple[int, ...]
    stretch: tuple[int, ...]
    slack: tuple[int, int]
    term: int
    school: int
    closure: tuple[int, int]
    away: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """How many of each there are for a request, a site or a year."""

    events: float
    collaborations: float
    separations: float
    quotas: float
    pins: float
    published: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Everything that a family says of a sample."""

    family: Family
    seed: int
    size: Size
    pace: Pace
    rates: Rates
    span: Span
    today: dt.date
    arrival_weekdays: tuple[Weekday, ...]

    @property
    def is_tiny(self) -> bool:
        """Tell whether every plan of it is to be found by trying."""
        return self.family is Family.TINY


SIZES = {
    Family.TINY: Size(
        requests=4,
        sites=1,
        zones=3,
        tracks=2,
        groups=1,
        institutions=4,
        hosts=3,
        pools=1,
        supply=3.0,
    ),
    Family.SMALL: Size(
        requests=20,
        sites=1,
        zones=12,
        tracks=2,
        groups=1,
        institutions=10,
        hosts=9,
        pools=2,
        supply=1.1,
    ),
    Family.MEDIUM: Size(
        requests=150,
        sites=2,
        zones=18,
        tracks=4,
        groups=2,
        institutions=24,
        hosts=44,
        pools=3,
        supply=0.88,
    ),
    Family.HUB: Size(
        requests=600,
        sites=5,
        zones=40,
        tracks=12,
        groups=3,
        institutions=80,
        hosts=140,
        pools=6,
        supply=0.9,
    ),
    Family.LARGE: Size(
        requests=2000,
        sites=12,
        zones=108,
        tracks=12,
        groups=3,
        institutions=160,
        hosts=420,
        pools=10,
        supply=0.9,
    ),
    Family.FEDERATION: Size(
        requests=10000,
        sites=40,
        zones=480,
        tracks=24,
        groups=4,
        institutions=640,
        hosts=2000,
        pools=40,
        supply=0.9,
    ),
}

WEEKLY = Pace(
    step=WEEK,
    min_days=(14, 14, 21, 28, 28, 42, 42, 56, 56, 70),
    stretch=(0, 14, 28, 42, 56, 70),
    slack=(14, 140),
    term=26 * WEEK,
    school=6 * WEEK,
    closure=(14, 45),
    away=(5, 40),
)
DAILY = Pace(
    step=1,
    min_days=tuple(range(12, 61)),
    stretch=tuple(range(71)),
    slack=(14, 140),
    term=26 * WEEK,
    school=6 * WEEK,
    closure=(14, 45),
    away=(5, 40),
)
TINY = Pace(
    step=WEEK,
    min_days=(7, 14, 14),
    stretch=(0, 7, 14),
    slack=(14, 28),
    term=6 * WEEK,
    school=2 * WEEK,
    closure=(2, 6),
    away=(2, 8),
)
TINY_DAILY = Pace(
    step=1,
    min_days=(5, 7, 9, 12),
    stretch=(0, 1, 2),
    slack=(8, 16),
    term=4 * WEEK,
    school=11,
    closure=(2, 4),
    away=(1, 5),
)

USUAL = Rates(
    events=9.0, collaborations=0.1, separations=0.04, quotas=5.0, pins=0.008, published=0.0
)
OF_TINY = Rates(
    events=1.0, collaborations=0.15, separations=0.1, quotas=0.9, pins=0.1, published=0.25
)

MONDAYS = (Weekday.MON,)
TWO_YEARS = Span(dt.date(2025, 1, 6), dt.date(2026, 12, 27))
FIVE_YEARS = Span(dt.date(2021, 7, 5), dt.date(2025, 12, 28))


def shape_of(family: Family, seed: int, dice: Dice) -> Shape:
    """Return the shape of a sample; of medium ones, odd seeds go by days and even ones by weeks."""
    if family is Family.TINY:
        return _tiny_shape(seed, dice)
    by_days = family is Family.MEDIUM and seed % 2 == 1
    early = family in {Family.SMALL, Family.MEDIUM}
    return Shape(
        family=family,
        seed=seed,
        size=SIZES[family],
        pace=DAILY if by_days else WEEKLY,
        rates=USUAL,
        span=TWO_YEARS if early else FIVE_YEARS,
        today=dt.date(2024, 12, 2) if early else dt.date(2021, 5, 31),
        arrival_weekdays=(Weekday.MON, Weekday.THU) if by_days else MONDAYS,
    )


def _tiny_shape(seed: int, dice: Dice) -> Shape:
    first_day = TWO_YEARS.first_day + dt.timedelta(weeks=dice.between(0, 90))
    by_days = dice.chance(0.3)
    weeks = dice.between(4, 5) if by_days else dice.between(5, 8)
    return Shape(
        family=Family.TINY,
        seed=seed,
        size=SIZES[Family.TINY],
        pace=TINY_DAILY if by_days else TINY,
        rates=OF_TINY,
        span=Span(first_day, first_day + dt.timedelta(weeks=weeks, days=-1)),
        today=first_day + dt.timedelta(days=dice.between(-7, 4)),
        arrival_weekdays=dice.pick([MONDAYS, MONDAYS, (Weekday.MON, Weekday.THU)]),
    )
