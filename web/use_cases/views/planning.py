"""The room for planning: what will be planned, a run while it lasts, and what it proposes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from models.run_store import RunStatus
from web.use_cases.views.parts import PlaceView, TrackView
from web.use_cases.views.plans import DraftSummary, RunView


class Scope(StrEnum):
    """Who may move in a run."""

    ALL = "all"
    UNPLACED = "unplaced"
    SOME = "some"


class Taken(StrEnum):
    """What became of a run's plan."""

    WHOLE = "whole"
    PART = "part"
    DISCARDED = "discarded"
    OPEN = "open"
    NOTHING = "nothing"
    """There is no plan."""


class ToldMark(StrEnum):
    """What a change means to somebody who was told of a stay."""

    NONE = ""
    TOUCHED = "touched"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """A request to choose, by who asks."""

    request: str
    researcher: str
    institution: str
    track: TrackView
    is_placed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRun:
    """A run in the history; ``by`` is who asked, None where it was the command line."""

    id: str
    plan_id: int | None
    at: dt.datetime
    by: str | None
    scope: Scope
    people: int
    seconds: float
    status: RunStatus
    objective: int | None
    gap: float | None
    taken: Taken


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRow:
    """Somebody whose pin or stay contradicts those of others, and the rules by which it does."""

    request: str
    researcher: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedRun:
    """Why the last run ended without a plan.

    ``is_of_some`` where others were to stay; ``moving`` are those who could move, with those who
    contradict each other, to try it again.
    """

    id: str
    message: str
    status: RunStatus
    conflicts: tuple[ConflictRow, ...]
    is_of_some: bool
    moving: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StayCell:
    """When and where somebody stays, with whom."""

    first_day: dt.date
    last_day: dt.date
    place: PlaceView
    host: str | None
    slot: str
    pool: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """What a plan would change of one stay: parts that differ, by their names in files."""

    request: str
    researcher: str
    institution: str
    track: TrackView
    fate: str
    before: StayCell | None
    after: StayCell | None
    parts: tuple[str, ...]
    told: ToldMark


@dataclass(frozen=True, slots=True, kw_only=True)
class TermChange:
    """A term of the objective before and after."""

    name: str
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenRule:
    """A rule that is broken, and how often."""

    rule: str
    count: int


MOST_SHOWN = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalView:
    """A plan that the draft does not hold, as a difference from the draft as it is.

    ``revision`` is the draft's that was looked at. ``has_draft_moved`` where the draft was changed
    since the run began, ``have_data_moved`` where the programme was.
    """

    plan_id: int
    made_at: dt.datetime
    revision: int
    has_draft_moved: bool
    have_data_moved: bool
    objective_before: int
    objective_after: int
    placed_before: int
    placed_after: int
    submitted: int
    terms: tuple[TermChange, ...]
    changes: tuple[ChangeRow, ...]
    broken_before: tuple[BrokenRule, ...]
    broken_after: tuple[BrokenRule, ...]

    @property
    def shown(self) -> tuple[ChangeRow, ...]:
        """The changes that can be chosen one by one: the first, as many as somebody may read."""
        return self.changes[:MOST_SHOWN]

    def count(self, fate: str) -> int:
        """Return how many changes are of a fate."""
        return sum(change.fate == fate for change in self.changes)

    @property
    def touched(self) -> int:
        """Number of those who were told of a stay that would be another."""
        return sum(change.told is ToldMark.TOUCHED for change in self.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """The page of planning; ``chosen`` are those of a selection, ``same_plan`` is the draft's."""

    programme_id: str
    programme: str
    timezone: str
    submitted: int
    placed: int
    unplaced: int
    pinned: int
    frozen_days: int
    draft: DraftSummary | None
    scope: Scope
    chosen: tuple[PersonView, ...]
    active: RunView | None
    active_run: PastRun | None
    failed: FailedRun | None
    proposal: ProposalView | None
    same_plan: int | None
    runs: tuple[PastRun, ...]
