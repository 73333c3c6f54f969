"""The stability curve: what at most so many changes would bring."""

from __future__ import annotations

from dataclasses import dataclass

from web.use_cases.views.plans import RunView


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
