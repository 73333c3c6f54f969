"""What an explanation says, as data: reasons, wishes that are not met, repairs, freedom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scheduler.explain.sentences import Sentence
from scheduler.explain.things import Span, Thing
from scheduler.problem.adjustments import Adjustment
from scheduler.problem.requests import Residency
from scheduler.problem.types import RequestId
from scheduler.rules import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who or what has something scarce, when, and how much of it on each of the days."""

    what: Thing
    days: Span
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What is in the way: a rule, what is scarce by it, on which days, and who holds it.

    ``resource`` is None and there are no holders where a rule about the request alone says no.
    """

    rule: Rule
    resource: Thing | None = None
    days: tuple[Span, ...] = ()
    holders: tuple[Holder, ...] = ()
    sentence: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A request whose residency changes; None is no residency."""

    request: RequestId
    before: Residency | None
    after: Residency | None
    sentence: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """What would help, verified: adjustments, and residencies that change, the own one first.

    ``price`` is the objective of the plan that results less that of the plan before: positive
    where the plan gains.
    """

    adjustments: tuple[Adjustment, ...] = ()
    moves: tuple[Move, ...]
    price: int
    sentence: Sentence


class WishKind(StrEnum):
    """A first wish that a residency may not meet."""

    FIRST_DAY = "first_day"
    LENGTH = "length"
    HOST = "host"
    FEATURES = "features"
    ZONE = "zone"
    PUBLISHED_DAYS = "published_days"
    PUBLISHED_ZONE = "published_zone"
    PUBLISHED_HOST = "published_host"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A wish that is not met: what its own term would bring, what is in the way, what would help.

    Where nothing is in the way, meeting it costs as much elsewhere.
    """

    kind: WishKind
    points: int
    sentence: Sentence
    reasons: tuple[Reason, ...] = ()
    repairs: tuple[Repair, ...] = ()


class Freedom(StrEnum):
    """How freely a residency can move while all others stay where they are."""

    FREE = "free"
    COST = "cost"
    PINNED = "pinned"
    FROZEN = "frozen"
    ONLY_WAY = "only_way"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leeway:
    """How freely one residency can move to other days, another zone or another host.

    ``loss`` is the least that any such change costs, with the residency that it leads to; it is
    not positive where the change is free. ``days``, ``zone`` and ``host`` are the least losses
    of changing that part, maybe among others. None where there is no such way.
    """

    request: RequestId
    freedom: Freedom
    loss: int | None = None
    residency: Residency | None = None
    days: int | None = None
    zone: int | None = None
    host: int | None = None
    sentence: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a request has no place, or why its residency is as it is."""

    request: RequestId
    residency: Residency | None
    sentence: Sentence
    remarks: tuple[Sentence, ...] = ()
    reasons: tuple[Reason, ...] = ()
    repairs: tuple[Repair, ...] = ()
    wishes: tuple[Wish, ...] = ()
    leeway: Leeway | None = None
