"""Plans and runs: what a plan is worth, what it leaves out, and how a run is getting on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from models.run_store import Incumbent, RunStatus
from web.use_cases.views.parts import TrackView


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonView:
    """A rule (H1..H15) that stands in the way, and the solver's sentence that says how.

    ``names`` and ``zones`` say what the ids in the sentence are called: those of the rule's own
    things, and those of zones.
    """

    rule: str
    text: str
    names: Mapping[str, str]
    zones: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnplacedRow:
    """A submitted request that the plan leaves out, and why.

    ``was_asked`` is false for one that was submitted after the plan was made. One that was asked
    and has no reason would fit: the plan is worth more without it, or the search did not get to it.
    """

    request: str
    researcher: str
    institution: str
    country: str
    track: TrackView
    priority: int
    first_day: dt.date
    last_day: dt.date
    why: tuple[ReasonView, ...]
    was_asked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TermView:
    """A term of the objective by its name in problem files, and its points."""

    name: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSummary:
    """A draft: what it is worth, the rules that it breaks, and what is proven of it.

    ``bound`` and ``gap`` are None where nothing was proven of the programme as it stands.
    """

    revision: int
    objective: int
    bound: int | None
    gap: float | None
    is_optimal: bool
    violations: int
    terms: tuple[TermView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """A plan run, live: incumbents in order of time, ``message`` where it ended badly."""

    id: str
    programme_id: str
    programme: str
    status: RunStatus
    is_active: bool
    seconds: float
    limit_seconds: float
    objective: int | None
    bound: int | None
    gap: float | None
    incumbents: tuple[Incumbent, ...]
    queued_at: dt.datetime
    ended_at: dt.datetime | None
    stop_asked: bool
    message: str
