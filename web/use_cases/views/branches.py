"""What-ifs: branches of the draft, what they try, and two plans side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from web.use_cases.broken_rules import BrokenRule
from web.use_cases.views.parts import TrackView
from web.use_cases.views.plans import RunView

Value: TypeAlias = "str | int | dt.date | tuple[str, ...] | None"
"""A name, a number, a day, or several names."""


class BranchState(StrEnum):
    """How far a what-if is."""

    PLANNING = "planning"
    FAILED = "failed"
    NOT_PLANNED = "not_planned"
    OUTDATED = "outdated"
    """It was planned before something of it, or of the programme, changed."""

    PLANNED = "planned"
    PLAN_ONLY = "plan_only"
    """It tries nothing but other stays, so that there is nothing to be planned for."""
    BROKEN = "broken"
    """What it tries cannot be done to the programme any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentView:
    """What is tried: the kind of an adjustment, and by names what it is about.

    ``fault`` says why it cannot be done to the programme as it stands.
    """

    kind: str
    values: Mapping[str, Value]
    fault: str = ""


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
class BranchRow:
    """A what-if in the list; what it brings is beside the draft as it is now."""

    id: int
    name: str
    created_at: dt.datetime
    state: BranchState
    has_moved: bool
    adjustments: tuple[AdjustmentView, ...]
    outcome: Outcome | None
    placed: int
    objective: int | None
    run: RunView | None
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A what-if that this programme could try, as the answers to the form."""

    adjustment: AdjustmentView
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchesView:
    """The what-ifs of a programme."""

    programme_id: str
    programme: str
    rows: tuple[BranchRow, ...]
    examples: tuple[Example, ...]
    is_draft_empty: bool
    draft_placed: int
    draft_objective: int


class FieldKind(StrEnum):
    """How a field is filled in."""

    CHOICE = "choice"
    SEVERAL = "several"
    NUMBER = "number"
    DAY = "day"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something to choose, by name; ``note`` says how it is now."""

    value: str
    name: str
    note: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """A field of a small form: its limits, what was put in, and what is wrong with it."""

    name: str
    kind: FieldKind
    choices: tuple[Choice, ...] = ()
    is_required: bool = True
    least: int | None = None
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    given: tuple[str, ...] = ()
    fault: str = ""

    @property
    def text(self) -> str:
        """What was put in."""
        return self.given[0] if self.given else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposeView:
    """The form of one adjustment; ``faults`` are about the whole of it."""

    kind: str
    fields: tuple[FieldView, ...]
    faults: tuple[str, ...] = ()

    @property
    def is_possible(self) -> bool:
        """Tell whether the programme has what such an adjustment is about."""
        return all(
            each.choices
            for each in self.fields
            if each.is_required and each.kind in (FieldKind.CHOICE, FieldKind.SEVERAL)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBranchView:
    """A what-if that is being begun, or one more adjustment of one."""

    programme_id: str
    programme: str
    branch_id: int | None
    revision: int
    name: str
    name_fault: str
    tried: tuple[AdjustmentView, ...]
    form: ComposeView | None
    file_faults: tuple[tuple[str, str], ...] = ()

    @property
    def is_new(self) -> bool:
        """Tell whether the what-if is being begun."""
        return self.branch_id is None


class SideKind(StrEnum):
    """What stands on one side of a comparison."""

    DRAFT = "draft"
    RELEASE = "release"
    BRANCH = "branch"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SideName:
    """A side to choose."""

    key: str
    kind: SideKind
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchView:
    """A what-if beside the draft. ``seen`` is what its steps found when the page was made."""

    programme_id: str
    programme: str
    id: int
    name: str
    revision: int
    state: BranchState
    tried: tuple[AdjustmentView, ...]
    base: BaseView | None
    comparison: ComparisonView | None
    run: RunView | None
    gap: float | None
    is_optimal: bool
    message: str
    seen: Mapping[str, Any]
    others: tuple[SideName, ...]
    changes: tuple[DataChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataChange:
    """What taking an adjustment over would change in the programme's data: a field of an item."""

    number: int
    subject: str
    name: str
    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A change of the programme's data or of the draft since: what, of whom, and who did it."""

    at: dt.datetime
    by: str | None
    kind: str
    subject: str
    names: tuple[str, ...]
    more: int
    release: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClashRow:
    """A stay that both the what-if and the draft have changed since, to something else each."""

    request: str
    researcher: str
    base: PlaceText | None
    draft: PlaceText | None
    branch: PlaceText | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseView:
    """What has moved under a what-if since it was made, and what rebasing has to decide.

    ``taken`` counts stays that come from the draft, ``kept`` those that only the what-if changed,
    and ``gone`` those whose request or place the programme has no more.
    """

    news: tuple[News, ...]
    stays_changed: int
    data_changed: bool
    taken: int
    kept: int
    gone: int
    clashes: tuple[ClashRow, ...]
    broken: tuple[AdjustmentView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePointView:
    """What is known of plans with at most so many changes; None for any number."""

    changes: int | None
    objective: int | None
    bound: int | None
    changed: int | None
    placed: int | None
    plan_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveView:
    """The stability curve of the published plan, or of the draft before anything is published."""

    programme_id: str
    programme: str
    run: RunView | None
    message: str
    is_current: bool
    is_draft_empty: bool
    is_published: bool
    told: int
    fewest: int
    points: tuple[CurvePointView, ...]
    objective: int
