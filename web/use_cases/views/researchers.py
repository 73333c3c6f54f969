"""A researcher's own page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from web.use_cases.views.answers import AnswerView
from web.use_cases.views.floors import FloorPicture
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


class ZoneFrom(StrEnum):
    """Where we have somebody's time zone from: they chose it, their device or country says it."""

    CHOICE = "choice"
    DEVICE = "device"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeZone:
    """The time zone at home, None where nobody knows; ``offered`` are then those of the country."""

    name: str | None
    known_from: ZoneFrom
    offered: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockTurn:
    """From which day on the clocks differ otherwise; ``ahead`` is minutes, behind is negative."""

    day: dt.date
    ahead: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeTime:
    """A stay on the clock at home: when it begins and ends there, and how far they differ.

    ``ahead`` is by how many minutes the site's clock is ahead of the one at home on the first day.
    """

    there: str
    home: str
    begins: dt.datetime
    ends: dt.datetime
    ahead: int
    turns: tuple[ClockTurn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """Something to be done by a day; ``text`` is None for the visa, due ``lead_days`` before."""

    key: str
    text: str | None
    due: dt.date
    days_before: int
    is_done: bool
    is_late: bool


class NewsKind(StrEnum):
    """What happened to a stay or an event from one release to another."""

    NEW = "new"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    BACK = "back"
    OUTSIDE = "outside"


class NewsPart(StrEnum):
    """What of it is another than before, apart from its days."""

    NAME = "name"
    PLACE = "place"
    HOST = "host"
    COMPUTING = "computing"
    SLOT = "slot"
    TRACK = "track"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartNews:
    """What was, and what is; empty where there was or is none."""

    part: NewsPart
    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What happened to a stay, or to the event of a ``title``; ``was`` are days that it left."""

    kind: NewsKind
    title: str
    first_day: dt.date
    last_day: dt.date
    was: tuple[dt.date, dt.date] | None
    parts: tuple[PartNews, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseNews:
    """What a release told of a stay."""

    release: int
    published_at: dt.datetime
    news: News


@dataclass(frozen=True, slots=True, kw_only=True)
class StayView:
    """One published stay of a researcher; ``is_cancelled`` where a release took it back.

    ``sequence`` names what is shown, so that nobody answers to what they have not seen.
    """

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
    home_holidays: tuple[DayNote, ...] = ()
    is_past: bool = False
    gpus: int = 0
    sequence: int = 0
    picture: FloorPicture | None = None
    home: HomeTime | None = None
    tasks: tuple[TaskView, ...] = ()
    answer: AnswerView | None = None
    history: tuple[ReleaseNews, ...] = ()

    @property
    def is_asked(self) -> bool:
        """Tell whether an answer is asked for: it takes place, and none that counts was given."""
        return self.is_open and not (self.answer and self.answer.is_current)

    @property
    def is_open(self) -> bool:
        """Tell whether it can be answered."""
        return not (self.is_cancelled or self.is_past)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResearcherView:
    """A researcher's own page, from the latest release only; what is not published is not here.

    ``news`` is what changed since they read ``read_release``, None before their first look.
    """

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
    release: int = 0
    read_release: int | None = None
    read_at: dt.datetime | None = None
    news: tuple[News, ...] = ()
    zone: HomeZone = HomeZone(name=None, known_from=ZoneFrom.COUNTRY, offered=())
    is_withdrawn: bool = False
    wants_invitations: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderSettingsView:
    """How a researcher reads: from where, and whether by invitations to their address."""

    zone: HomeZone
    wants_invitations: bool
    email: str | None
