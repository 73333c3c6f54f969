"""What the office sees of its researchers: answers, requests for changes, and settings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.answer_store import AnswerKind, AnswerVia
from web.use_cases.views.answers import AnswerView
from web.use_cases.views.change_requests import ChangeRequestView
from web.use_cases.views.parts import TrackView
from web.use_cases.visitors.query import VisitorQuery, VisitorState


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How much the office has to decide: declined stays, and requests for changes."""

    declined: int
    changes: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.declined + self.changes


class CalendarState(StrEnum):
    """What a researcher's calendars have seen: the latest release, an earlier one, or none."""

    CURRENT = "current"
    OLD = "old"
    NEVER = "never"
    NO_LINK = "no_link"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarsSeen:
    """How far a researcher's calendars are; ``release`` is what the one furthest behind has seen.

    ``devices`` are how many calendar programs have a link of their own.
    """

    state: CalendarState
    release: int | None
    opened_at: dt.datetime | None
    devices: int


class InDraft(StrEnum):
    """What the draft makes of a told stay."""

    SAME = "same"
    MOVED = "moved"
    GONE = "gone"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorRow:
    """A told stay with what its researcher has said and done.

    ``needs_decision`` where it was declined and nobody has decided yet, ``is_kept`` where the
    office keeps it all the same. ``seen`` is by which a form says which answer it was about.
    """

    request: str
    researcher_id: str
    name: str
    institution: str
    track: TrackView
    first_day: dt.date
    last_day: dt.date
    zone: str
    place: str
    sequence: int
    is_over: bool
    in_draft: InDraft
    answer: AnswerView | None
    needs_decision: bool
    is_kept: bool
    seen: str
    done: int
    tasks: int
    calendar: CalendarsSeen
    page: str | None
    reminder: str | None
    email: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedView:
    """What the office has just decided, and whether it can be taken back at a press."""

    id: int
    act: str
    name: str
    request: str
    draft_id: int | None
    is_undone: bool
    may_undo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersView:
    """A page of the told stays; ``release`` is None before the first one."""

    programme_id: str
    programme: str
    timezone: str
    release: int | None
    query: VisitorQuery
    rows: tuple[VisitorRow, ...]
    counts: Mapping[VisitorState, int]
    total: int
    left: int
    found: int
    page: int
    pages: int
    decided: DecidedView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierAnswer:
    """An answer to a stay as the release of a number told it."""

    kind: AnswerKind
    note: str
    via: AnswerVia
    release: int
    answered_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """One told stay with every answer to it, the latest first."""

    programme_id: str
    row: VisitorRow
    answers: tuple[EarlierAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesView:
    """Requests for changes: those that wait, and a page of those that were decided."""

    programme_id: str
    programme: str
    timezone: str
    waiting: tuple[ChangeRequestView, ...]
    decided: Sequence[ChangeRequestView]
    decided_count: int
    page: int
    pages: int
    done: DecidedView | None
