"""The board: what its page and its script get, and what the script is answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from scheduler.problem.requests import Residency
from web.use_cases.broken_rules import BrokenRule
from web.use_cases.views.parts import PlaceView, TrackView


class GroupBy(StrEnum):
    """What the rows of the board are."""

    PLACE = "place"
    TRACK = "track"
    HOST = "host"
    RESEARCHER = "researcher"
    COUNTRY = "country"
    SLOT = "slot"


class BandKind(StrEnum):
    """What a band behind the rows is."""

    EVENT = "event"
    CLOSURE = "closure"
    RESERVATION = "reservation"
    ABSENCE = "absence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Days marked behind the row of a site, a zone or a host; behind all where ``row`` is empty."""

    kind: BandKind
    row: str
    label: str
    first_day: dt.date
    last_day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class StayRow:
    """A stay as the board's table lists it."""

    request: str
    group: str
    researcher: str
    institution: str
    country: str
    track: TrackView
    host: str | None
    place: PlaceView
    first_day: dt.date
    last_day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class StayPage:
    """One page of the table of stays: those of one row of the board stand together."""

    rows: tuple[StayRow, ...]
    number: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardView:
    """The board's page. ``document`` is what its script draws; ``chosen`` the stay in focus.

    ``draft_id`` and ``draft_name`` are those of a branch; ``strays`` counts stays of what the
    programme does not know any more.
    """

    programme_id: str
    programme: str
    group_by: GroupBy
    first_day: dt.date
    last_day: dt.date
    draft_id: int | None
    draft_name: str | None
    placed: int
    unplaced: tuple[TrayRow, ...]
    strays: int
    tracks: tuple[TrackView, ...]
    several_sites: bool
    table: StayPage
    bands: tuple[Band, ...]
    document: Mapping[str, Any]
    now: ChangesView
    chosen: ChosenView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayRow:
    """A request without a place."""

    request: str
    researcher: str
    track: TrackView
    priority: int
    first_day: dt.date
    last_day: dt.date
    min_days: int
    max_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing that could be chosen in the form of a stay."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermPoints:
    """Points of a term of the objective, by its name."""

    name: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenView:
    """A request on the board: who asks for what, where it is, and what its form offers.

    ``residency`` is None where it has no place. ``terms`` is what its place adds to the draft's
    points; ``pinned`` names the parts that are pinned.
    """

    programme_id: str
    draft_id: int | None
    request: str
    researcher_id: str
    researcher: str
    institution: str
    country: str
    track: TrackView
    priority: int
    window_first_day: dt.date
    window_last_day: dt.date
    min_days: int
    max_days: int
    residency: Residency | None
    place: PlaceView | None
    floor: str | None
    slot: str | None
    host: str | None
    pool: str | None
    needs_host: bool
    gpus: int
    wishes_met: tuple[str, ...]
    wishes_unmet: tuple[str, ...]
    terms: tuple[TermPoints, ...]
    broken: tuple[BrokenRule, ...]
    pinned: tuple[str, ...]
    is_frozen: bool
    may_pin: bool
    zones: tuple[Choice, ...]
    hosts: tuple[Choice, ...]
    programme_first_day: dt.date
    programme_last_day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionsView:
    """Where a request could go beside everybody else, for a stay of ``days``.

    First days as numbers of days after the programme's first, by the id of a zone, host or slot;
    zones stand in the order of what they are worth to it. ``lengths`` has every number of days
    that fits somewhere.
    """

    request: str
    revision: int
    days: int
    lengths: tuple[int, ...]
    zones: Mapping[str, tuple[int, ...]]
    hosts: Mapping[str, tuple[int, ...]]
    slots: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a stay breaks where it is put, and by what the draft's points change.

    ``residency`` is None in the tray.
    """

    request: str
    revision: int
    residency: Residency | None
    broken: tuple[BrokenRule, ...]
    terms: tuple[TermPoints, ...]

    @property
    def points(self) -> int:
        """By how much the objective changes."""
        return sum(term.points for term in self.terms)


@dataclass(frozen=True, slots=True, kw_only=True)
class PutView:
    """Where and when somebody was put."""

    zone: str
    first_day: dt.date
    last_day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneView:
    """A change of the draft: its kind, how many stays it changed, and of the first who it was."""

    kind: str
    stays: int
    request: str
    who: str
    before: PutView | None
    after: PutView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesView:
    """The draft as it stands, for a script that shows an earlier one.

    ``document`` is there where the programme's data changed too, else ``stays`` as columns.
    """

    version: str
    revision: int
    objective: int
    document: Mapping[str, Any] | None
    stays: Mapping[str, Any] | None
    broken: tuple[BrokenRule, ...]
    undo: DoneView | None
    redo: DoneView | None
    freedom: Mapping[str, str] | None
