"""Why a request has no place, or why its stay is as it is: what stands there, what would help."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from web.use_cases.views.parts import TrackView
from web.use_cases.views.programmes import ResidencyRow


class WhyState(StrEnum):
    """How far the answer is."""

    ANSWERED = "answered"
    RUNNING = "running"
    UNASKED = "unasked"
    FAILED = "failed"
    NO_PLAN = "no_plan"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanView:
    """Days, both ends inclusive, and which part of a picture they are, in percent of it."""

    first_day: dt.date
    last_day: dt.date
    x: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderRow:
    """Who holds something scarce, when, and how much of it; ``request`` where it is somebody."""

    name: str
    request: str | None
    amount: int
    span: SpanView


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonCard:
    """What is in the way: a rule, in a sentence, with what is scarce on which days.

    The picture of its days reaches from ``first_day`` to ``last_day``.
    """

    rule: str
    text: str
    resource: str | None
    first_day: dt.date
    last_day: dt.date
    spans: tuple[SpanView, ...]
    holders: tuple[HolderRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveRow:
    """Somebody who would move for a repair; ``was_told`` of the stay that changes."""

    request: str
    researcher: str
    text: str
    is_own: bool
    is_dropped: bool
    was_told: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairCard:
    """What would help: steps, who has to agree, who moves, and what it does to the points.

    ``offer`` is what a what-if is begun with.
    """

    number: int
    price: int
    steps: tuple[str, ...]
    agreeing: tuple[str, ...]
    moves: tuple[MoveRow, ...]
    offer: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class WishCard:
    """A wish that is not met, with the points that it is worth."""

    text: str
    points: int
    reasons: tuple[ReasonCard, ...]
    repairs: tuple[RepairCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplanationView:
    """An explanation in the reader's words."""

    text: str
    remarks: tuple[str, ...]
    reasons: tuple[ReasonCard, ...]
    repairs: tuple[RepairCard, ...]
    wishes: tuple[WishCard, ...]
    freedom: str | None
    leeway: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyView:
    """The page: who asks for what, where they stay if they do, and the explanation if it is known.

    ``left_out`` are those whose stays break rules and were left out of the explanation.
    """

    programme_id: str
    programme: str
    request: str
    researcher: str
    institution: str
    country: str
    track: TrackView
    priority: int
    first_day: dt.date
    last_day: dt.date
    stay: ResidencyRow | None
    state: WhyState
    run_id: str | None
    message: str
    explanation: ExplanationView | None
    left_out: tuple[str, ...]
