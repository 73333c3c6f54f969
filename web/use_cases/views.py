"""What pages get: one frozen object a page, its texts already in the reader's language.

Days are inclusive on both ends, moments are aware and in the programme's time zone, links are
absolute. Templates receive their object under the name ``view``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from models.release_store import ScopeKind
from models.run_store import Incumbent, RunStatus


class GroupBy(StrEnum):
    """What the rows of the timeline are."""

    PLACE = "place"
    TRACK = "track"
    HOST = "host"
    RESEARCHER = "researcher"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """Where somebody sits, from zone to site."""

    zone: str
    floor: str
    building: str
    site: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackView:
    """A track's name and its colour ``#rrggbb``."""

    id: str
    name: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Figures of the programme: the whole plan's, the shown month's, and of one day.

    ``person_days`` are those of the whole plan; desks are of ``desks_day``.
    """

    submitted: int
    placed: int
    unplaced: int
    residencies_this_month: int
    person_days: int
    person_days_this_month: int
    desks_day: dt.date
    desks_in_use: int
    desks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidencyRow:
    """Who is where: one residency of the shown month."""

    request: str
    researcher_id: str
    researcher: str
    institution: str
    country: str
    track: TrackView
    host: str | None
    place: PlaceView
    first_day: dt.date
    last_day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonView:
    """A rule (H1..H15) that stands in the way, and the sentence that says how."""

    rule: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnplacedRow:
    """A submitted request that the plan leaves out, and why."""

    request: str
    researcher: str
    institution: str
    country: str
    track: TrackView
    priority: int
    first_day: dt.date
    last_day: dt.date
    why: tuple[ReasonView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermView:
    """A term of the objective by its name in problem files, and its points."""

    name: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSummary:
    """The latest plan; ``is_current`` is false where the programme's data moved since."""

    id: str
    version: str
    status: str
    objective: int
    bound: int
    gap: float
    terms: tuple[TermView, ...]
    seconds: float
    made_at: dt.datetime
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """A plan run, live: incumbents in order of time, ``message`` where it ended badly."""

    id: str
    programme_id: str
    programme: str
    status: RunStatus
    is_active: bool
    seconds: float
    limit_seconds: float
    objective: int | None
    bound: int | None
    gap: float | None
    incumbents: tuple[Incumbent, ...]
    queued_at: dt.datetime
    ended_at: dt.datetime | None
    stop_asked: bool
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseSummary:
    """The latest release, numbered from 1; ``plan_differs`` where there is news to publish."""

    number: int
    published_at: dt.datetime
    note: str
    residencies: int
    plan_differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """A calendar to subscribe to: https for copying, webcal for a click, a file to download."""

    kind: ScopeKind
    subject: str
    name: str
    https: str
    webcal: str
    download: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResearcherLink:
    """A researcher's private page, for the coordinator to hand over."""

    researcher: str
    name: str
    email: str | None
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeView:
    """The programme's page. ``month`` is the first of the shown month, None-neighbours end it.

    ``last_run`` is the run that ended last, for the message of one that ended badly.

    Feeds and researchers' links are shown whenever the coordinator looks: they are derived
    from the server's secret. Both are empty before the first release.
    """

    id: str
    name: str
    timezone: str
    first_day: dt.date
    last_day: dt.date
    today: dt.date
    month: dt.date
    previous_month: dt.date | None
    next_month: dt.date | None
    figures: Figures
    who_is_where: tuple[ResidencyRow, ...]
    unplaced: tuple[UnplacedRow, ...]
    plan: PlanSummary | None
    active_run: RunView | None
    last_run: RunView | None
    release: ReleaseSummary | None
    feeds: tuple[FeedLink, ...]
    researcher_links: tuple[ResearcherLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeRow:
    """A programme to choose."""

    id: str
    name: str
    first_day: dt.date
    last_day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammesView:
    """The programmes that the database holds."""

    programmes: tuple[ProgrammeRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """A request as its researcher's row says it: asked for, placed, and the private link."""

    request: str
    researcher_id: str
    researcher: str
    institution: str
    country: str
    track: TrackView
    is_withdrawn: bool
    first_day: dt.date
    last_day: dt.date
    stay: ResidencyRow | None
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResearchersView:
    """Every request of the programme; links once there is a release."""

    programme_id: str
    programme: str
    is_published: bool
    rows: tuple[RequestRow, ...]


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
    plan: PlanSummary | None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInView:
    """Template ``sign_in.html``: one button that POSTs to ``action`` (with a csrf token)."""

    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorView:
    """Template ``error.html``: what went wrong and what to do, for any HTTP error.

    Also the page of a visitor who is not signed in (status 403, at ``/sign-in``).
    """

    status: int
    title: str
    text: str
    remedy: str
