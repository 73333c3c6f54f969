"""The requests page: the rows asked for, what they can be narrowed to, and what was just done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from models.history_store import ChangeKind, Direction
from web.use_cases.requests.query import RequestQuery, State
from web.use_cases.views.parts import TrackView


@dataclass(frozen=True, slots=True, kw_only=True)
class StayCell:
    """Where the draft has a request."""

    first_day: dt.date
    last_day: dt.date
    days: int
    zone: str
    place: str
    host: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine:
    """One request: who asks, for what, and where the draft has it."""

    request: str
    researcher_id: str
    researcher: str
    institution: str
    country: str
    country_name: str
    track: TrackView
    first_day: dt.date
    last_day: dt.date
    min_days: int
    max_days: int
    priority: int
    stay: StayCell | None
    states: tuple[State, ...]
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something that the table can be narrowed to."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestChoices:
    """What the table can be narrowed to, by filter."""

    tracks: tuple[Choice, ...]
    countries: tuple[Choice, ...]
    institutions: tuple[Choice, ...]
    hosts: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneView:
    """A change that was just made, to be taken back or made again at a press."""

    id: int
    kind: ChangeKind
    direction: Direction
    added: int
    changed: int
    pins: int
    file: str
    can_undo: bool
    can_redo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestsView:
    """A page of the table.

    Of ``total`` requests the filters leave ``left``, whatever their state, which ``counts`` tells
    apart; ``found`` are those in the state that was asked for. ``waiting`` files are about to be
    imported.
    """

    programme_id: str
    programme: str
    is_planned: bool
    query: RequestQuery
    lines: tuple[RequestLine, ...]
    total: int
    left: int
    found: int
    page: int
    pages: int
    counts: Mapping[State, int]
    choices: RequestChoices
    done: DoneView | None
    waiting: int
