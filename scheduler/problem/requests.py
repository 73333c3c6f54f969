"""What is asked for and what binds it: requests, pairs of them, pins, the published plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from annotated_types import Ge, Le, MinLen

from scheduler.problem.types import (
    CollaborationId,
    DayRange,
    Days,
    EventId,
    HostId,
    Points,
    PoolId,
    Positive,
    RequestId,
    ResearcherId,
    SeparationId,
    SiteId,
    SlotId,
    TrackId,
    Whole,
    ZoneId,
    days_of,
)


class RequestStatus(StrEnum):
    """Whether a request still stands."""

    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Cost of a residency in the programme's currency: once, and for each day."""

    fixed: Whole = 0
    per_day: Whole = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A stay that a researcher asks for; the office places it at most once.

    ``pools``, ``sites``, ``zones`` and ``hosts`` of None mean any; ``hosts=()`` means that no
    host is needed, and otherwise hosts stand in order of preference.
    """

    id: RequestId
    researcher: ResearcherId
    track: TrackId
    status: RequestStatus = RequestStatus.SUBMITTED
    priority: Annotated[int, Ge(1), Le(5)] = 3
    submitted: dt.date
    first_day: dt.date
    last_day: dt.date
    min_days: Positive = 28
    max_days: Positive = 84
    preferred_first_day: dt.date | None = None
    desks: Positive = 1
    area_m2: Whole = 0
    gpus: Whole = 0
    pools: tuple[PoolId, ...] | None = None
    needs: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    sites: tuple[SiteId, ...] | None = None
    zones: tuple[ZoneId, ...] | None = None
    zone_points: Mapping[ZoneId, Points] = field(default_factory=dict)
    hosts: tuple[HostId, ...] | None = None
    must_attend: tuple[EventId, ...] = ()
    unavailable: tuple[DayRange, ...] = ()
    group: str | None = None
    cost: Cost = Cost()

    @property
    def is_submitted(self) -> bool:
        """Tell whether the request stands; a withdrawn one is never placed."""
        return self.status is RequestStatus.SUBMITTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Collaboration:
    """Requests that work together: how long they must, and should, overlap."""

    id: CollaborationId
    requests: Annotated[tuple[RequestId, ...], MinLen(2)]
    min_overlap_days: Whole = 0
    target_overlap_days: Whole = 28
    same_floor: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation:
    """Requests that never share a zone on a day."""

    id: SeparationId
    requests: Annotated[tuple[RequestId, ...], MinLen(2)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """What the coordinator has decided about a request; None leaves that part free."""

    request: RequestId
    slot: SlotId | None = None
    zone: ZoneId | None = None
    host: HostId | None = None
    pool: PoolId | None = None
    first_day: dt.date | None = None
    last_day: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Residency:
    """A request's place in a plan: slot, zone, host, pool and days, both ends inclusive."""

    request: RequestId
    slot: SlotId
    zone: ZoneId
    host: HostId | None
    pool: PoolId | None
    first_day: dt.date
    last_day: dt.date

    @property
    def days(self) -> Days:
        """Half-open ordinals of the stay."""
        return days_of(self)
