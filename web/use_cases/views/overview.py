"""The overview's parts: where the programme stands, and what needs the coordinator."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from scheduler.outcome import ScarceKind
from web.use_cases.views.parts import TrackView


class StackBy(StrEnum):
    """What the desks of a week are stacked by."""

    TRACK = "track"
    SITE = "site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One layer of the chart: desks in use, in the middle of each week.

    ``colour`` is a track's; a site's is of its position, and so is ``position`` for all.
    """

    name: str
    position: int
    colour: str | None
    desks: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeksView:
    """Desks by week: ``first_days`` of the weeks, layers from below, what visitors have and use.

    ``today`` is the week that it is, None outside the programme.
    """

    by: StackBy
    first_days: tuple[dt.date, ...]
    last_days: tuple[dt.date, ...]
    layers: tuple[Series, ...]
    capacity: tuple[float, ...]
    used: tuple[float, ...]
    today: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRow:
    """How many of those who ask have a place: of a track, or of a country by its code."""

    id: str
    track: TrackView | None
    placed: int
    asked: int


class QuotaState(StrEnum):
    """How a quota stands: as wished, at its maximum, below its minimum, or above its maximum."""

    FINE = "fine"
    FULL = "full"
    MISSING = "missing"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaRow:
    """A quota and where it stands; ``cost`` is what is taken off for being below the minimum."""

    id: str
    name: str
    measure: str
    currency: str
    first_day: dt.date
    last_day: dt.date
    counted: int
    least: int | None
    most: int | None
    state: QuotaState
    cost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScarceRow:
    """What more of something could bring: ``amount`` more on some days, up to so many points."""

    kind: ScarceKind
    id: str
    name: str
    where: str
    measure: str
    currency: str
    first_day: dt.date
    last_day: dt.date
    amount: int
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FullRow:
    """How often something is full, as a share of its days, and how many wait who could use it."""

    kind: ScarceKind
    id: str
    name: str
    where: str
    share: float
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScarceView:
    """What is scarce: by the solver's prices where they are known, else by what is full.

    ``is_current`` is false where the data have changed since the prices were found at ``found_at``.
    """

    rows: tuple[ScarceRow, ...]
    full: tuple[FullRow, ...]
    found_at: dt.datetime | None
    is_current: bool
    placed_points: int


class DecisionKind(StrEnum):
    """What needs the coordinator."""

    NO_REQUESTS = "no_requests"
    NO_PLAN = "no_plan"
    BROKEN = "broken"
    STRAYS = "strays"
    RUN_FAILED = "run_failed"
    PROPOSAL = "proposal"
    URGENT = "urgent"
    UNPROVEN = "unproven"
    MOVED_BASE = "moved_base"
    DECLINED = "declined"
    CHANGES = "changes"
    WISHES = "wishes"
    OUTDATED = "outdated"
    ANSWERS = "answers"
    NEWS = "news"
    MAILS = "mails"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One thing to decide: how many it is about, the first of them, and a number or a text.

    ``items`` are ids with names: of requests, or of what-ifs. ``number`` is a release's.
    """

    kind: DecisionKind
    count: int = 0
    items: Sequence[tuple[str, str]] = ()
    number: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceRelease:
    """What the draft would change of what people have been told."""

    new: int
    moved: int
    cancelled: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewView:
    """What the overview shows besides figures, stays, plan and release."""

    decisions: tuple[Decision, ...]
    weeks: WeeksView | None
    tracks: tuple[ShareRow, ...]
    countries: tuple[ShareRow, ...]
    quotas: tuple[QuotaRow, ...]
    scarce: ScarceView | None
    since: SinceRelease | None
