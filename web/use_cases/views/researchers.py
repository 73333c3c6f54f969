"""A researcher's own page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from web.use_cases.views.parts import FeedLink, PlaceView, TrackView


@dataclass(frozen=True, slots=True, kw_only=True)
class DayNote:
    """Something that falls into a stay: an event, a closure, a public holiday."""

    name: str
    first_day: dt.date
    last_day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class HostView:
    """Who receives the researcher."""

    name: str
    email: str | None
    institution: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StayView:
    """One published stay of a researcher; ``is_cancelled`` where a release took it back."""

    request: str
    first_day: dt.date
    last_day: dt.date
    days: int
    place: PlaceView
    latitude: float | None
    longitude: float | None
    host: HostView | None
    track: TrackView
    pool: str | None
    slot: str
    events: tuple[DayNote, ...]
    closures: tuple[DayNote, ...]
    holidays: tuple[DayNote, ...]
    is_cancelled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResearcherView:
    """A researcher's own page, from the latest release only; what is not published is not here."""

    name: str
    email: str | None
    institution: str
    programme: str
    timezone: str
    language: str
    today: dt.date
    stays: tuple[StayView, ...]
    feed: FeedLink
    published_at: dt.datetime | None
