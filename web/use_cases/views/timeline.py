"""The timeline: rows, bars and bands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from web.use_cases.views.parts import PlaceView, TrackView
from web.use_cases.views.plans import DraftSummary


class GroupBy(StrEnum):
    """What the rows of the timeline are."""

    PLACE = "place"
    TRACK = "track"
    HOST = "host"
    RESEARCHER = "researcher"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineGroup:
    """A row of the timeline; parents come before their children, depth 0 is outermost.

    ``kind`` is site, building, floor, zone, track, host or researcher; ``desks`` is a zone's.
    """

    id: str
    parent: str | None
    depth: int
    kind: str
    label: str
    detail: str
    desks: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineItem:
    """A residency on the timeline, and what its tooltip says."""

    id: str
    group: str
    label: str
    first_day: dt.date
    last_day: dt.date
    track: TrackView
    researcher: str
    institution: str
    country: str
    host: str | None
    pool: str | None
    slot: str
    place: PlaceView


class BackgroundKind(StrEnum):
    """What a band behind the timeline is."""

    EVENT = "event"
    CLOSURE = "closure"
    RESERVATION = "reservation"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineBackground:
    """A band behind one row, or behind all rows where ``group`` is None."""

    id: str
    kind: BackgroundKind
    group: str | None
    label: str
    first_day: dt.date
    last_day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineView:
    """The plan over the whole programme; no items where there is no plan yet."""

    programme_id: str
    programme: str
    group_by: GroupBy
    first_day: dt.date
    last_day: dt.date
    today: dt.date
    tracks: tuple[TrackView, ...]
    groups: tuple[TimelineGroup, ...]
    items: tuple[TimelineItem, ...]
    backgrounds: tuple[TimelineBackground, ...]
    draft: DraftSummary | None
