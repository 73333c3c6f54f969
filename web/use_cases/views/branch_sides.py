"""Two plans side by side: people, points, desks, and what each leaves out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from web.use_cases.broken_rules import BrokenRule
from web.use_cases.views.parts import TrackView


class SideKind(StrEnum):
    """What stands on one side of a comparison."""

    DRAFT = "draft"
    RELEASE = "release"
    BRANCH = "branch"


@dataclass(frozen=True, slots=True, kw_only=True)
class SideName:
    """A side to choose."""

    key: str
    kind: SideKind
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a plan brings beside another: people, points, and rules that it breaks."""

    new: int
    moved: int
    dropped: int
    withdrawn: int
    points: int
    violations: int

    @property
    def is_same(self) -> bool:
        """Tell whether nobody would notice."""
        return not (self.new or self.moved or self.dropped or self.withdrawn)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A request without a place; ``is_alone`` where the other side has one for it."""

    request: str
    researcher: str
    priority: int
    is_alone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SideView:
    """One side: what it is, what it is worth and how many it places."""

    key: str
    kind: SideKind
    name: str
    placed: int
    objective: int
    unplaced: tuple[LeftOut, ...]
    broken: tuple[BrokenRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRow:
    """Points of a term on both sides; ``share`` is the difference beside the largest one."""

    name: str
    before: int
    after: int
    share: float

    @property
    def difference(self) -> int:
        """Points gained."""
        return self.after - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceText:
    """A stay in short: where, when, and with which host."""

    zone: str
    where: str
    host: str | None
    first_day: dt.date
    last_day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """Whoever has another stay on the other side; ``parts`` are those that differ."""

    request: str
    researcher: str
    institution: str
    track: TrackView
    fate: str
    parts: tuple[str, ...]
    before: PlaceText | None
    after: PlaceText | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRow:
    """Desks in use in a week, on its fullest day, on both sides, and how many there are."""

    first_day: dt.date
    before: int
    after: int
    desks_before: int
    desks_after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonView:
    """Two plans side by side."""

    before: SideView
    after: SideView
    outcome: Outcome
    terms: tuple[TermRow, ...]
    people: tuple[PersonRow, ...]
    weeks: tuple[WeekRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareView:
    """The page of two plans to choose and compare."""

    programme_id: str
    programme: str
    sides: tuple[SideName, ...]
    comparison: ComparisonView
