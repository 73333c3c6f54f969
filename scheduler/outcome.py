"""What a run of the solver hands back: status, plan, proven bound, and the facts of the run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from scheduler.plan import Plan, Unplaced
from scheduler.problem.requests import Pin, Residency
from scheduler.problem.types import RequestId
from scheduler.rules import Rule, Term


class Status(StrEnum):
    """What was proven of a plan; it never says more than was proven."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class SolveLimits:
    """How long and how hard to search; ``workers=None`` takes every core.

    A search ends earlier with a plan whose gap is at most ``gap``, or after ``patience`` seconds
    without a better plan or bound. With ``reproducible`` the search counts its own work instead
    of seconds: the same file, seed and limits give the same plan on the same machine, in about
    as many seconds.

    Raises:
        ValueError: Patience, which goes by the clock, and ``reproducible``, which must not.
    """

    seconds: float = 60.0
    workers: int | None = None
    seed: int = 0
    reproducible: bool = False
    gap: float = 0.0
    patience: float | None = None

    def __post_init__(self) -> None:
        """Refuse limits that contradict each other."""
        if self.reproducible and self.patience is not None:
            raise ValueError("patience goes by the clock: a reproducible search cannot have it")


def gap_of(objective: int, bound: int) -> float:
    """Return the share of the bound that is not proven to be out of reach."""
    return (bound - objective) / max(1, abs(bound))


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a search stands: the best plan's objective, if there is one, and the bound."""

    seconds: float
    objective: int | None
    bound: int

    @property
    def gap(self) -> float | None:
        """Gap of the best plan, None before the first."""
        return None if self.objective is None else gap_of(self.objective, self.bound)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """Facts of a run: seconds until the first plan and in all, seed, sizes, incumbents."""

    seconds: float
    seed: int
    workers: int
    candidates: int
    first_plan_seconds: float | None = None
    stopped: bool = False
    incumbents: tuple[Progress, ...] = ()


class ScarceKind(StrEnum):
    """What there could be more of: of a zone, a slot, a host or a pool, or allowed by a quota."""

    DESKS = "desks"
    AREA = "area"
    SLOT = "slot"
    HOST = "host"
    POOL = "pool"
    QUOTA = "quota"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scarcity:
    """What more of something on some days could bring: by prices, up to about so many points.

    ``amount`` is what a request takes of it in the middle; ``id`` is a zone's, slot's and so on.
    """

    kind: ScarceKind
    id: str
    first_day: dt.date
    last_day: dt.date
    amount: int
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SolveOutcome:
    """Answer of a solve; ``plan`` is None exactly where ``status`` is unknown.

    ``bound`` is proven: no allowed plan of the problem has a greater objective. ``scarce`` is
    the dearest first, None where nobody asked for it or no prices were found.
    """

    status: Status
    plan: Plan | None
    objective: int | None
    bound: int
    report: RunReport
    terms: Mapping[Term, int] = field(default_factory=dict)
    unplaced: tuple[Unplaced, ...] = ()
    scarce: tuple[Scarcity, ...] | None = None

    @property
    def gap(self) -> float | None:
        """Gap of the plan, None where there is no plan."""
        return None if self.objective is None else gap_of(self.objective, self.bound)


@dataclass(frozen=True, slots=True, kw_only=True)
class PinBreach:
    """A pin, or a frozen published residency, that cannot hold, and the rule it breaks."""

    request: RequestId
    pin: Pin | Residency
    rule: Rule
    text: str


class PinConflict(Exception):
    """Pins that no allowed plan satisfies; ``conflicts`` names each and its rule."""

    def __init__(self, conflicts: tuple[PinBreach, ...]) -> None:
        """Keep the conflicts and say them."""
        self.conflicts = conflicts
        lines = [f"{breach.request}: {breach.text} ({breach.rule})" for breach in conflicts]
        super().__init__("pins cannot hold:\n" + "\n".join(lines))
