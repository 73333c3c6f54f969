"""What-ifs: branches of the draft, what they try, and two plans side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from web.use_cases.views.branch_sides import ComparisonView, Outcome, PlaceText, SideName
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


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchView:
    """A what-if beside the draft. ``seen`` is what its steps found when the page was made.

    If it ``needs_data``, its stays break rules of the programme without its adjustments.
    """

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
    needs_data: bool


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
