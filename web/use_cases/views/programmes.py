"""The coordinator's pages: programmes, one programme, and its researchers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from web.use_cases.views.overview import OverviewView
from web.use_cases.views.parts import FeedLink, PlaceView, TrackView
from web.use_cases.views.plans import DraftSummary, RunView, UnplacedRow


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
class ReleaseSummary:
    """The latest release, numbered from 1; ``draft_differs`` where there is news to publish."""

    number: int
    published_at: dt.datetime
    note: str
    residencies: int
    draft_differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeView:
    """The programme's page. ``month`` is the first of the shown month, None-neighbours end it.

    ``who_is_where`` and ``unplaced`` are the first of those that ``figures`` counts.

    ``last_run`` is the run that ended last, for the message of one that ended badly.

    Feeds are shown whenever the coordinator looks: they are derived from the server's secret.
    There are none before the first release.
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
    draft: DraftSummary | None
    active_run: RunView | None
    last_run: RunView | None
    release: ReleaseSummary | None
    feeds: tuple[FeedLink, ...]
    overview: OverviewView


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
