"""Changes to what the house offers: space, places, hosts, computing, quotas."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from scheduler.problem.adjustments.base import CannotAdjust, varied
from scheduler.problem.problem import Problem
from scheduler.problem.programme import Quota
from scheduler.problem.types import (
    DayRange,
    HostId,
    PoolId,
    Positive,
    QuotaId,
    SlotId,
    Text,
    Whole,
    ZoneId,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseZone:
    """Close a zone for some days."""

    kind: Literal["close_zone"] = "close_zone"
    zone: ZoneId
    first_day: dt.date
    last_day: dt.date
    name: Text = ""

    def applied_to(self, problem: Problem) -> Problem:
        """Return the problem with one more closure."""
        closed = DayRange(first_day=self.first_day, last_day=self.last_day, name=self.name)
        return replace(
            problem,
            zones=varied(
                problem.zones,
                self.zone,
                lambda zone: replace(zone, closures=(*zone.closures, closed)),
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AddDesks:
    """Put more desks into a zone."""

    kind: Literal["add_desks"] = "add_desks"
    zone: ZoneId
    desks: Positive

    def applied_to(self, problem: Problem) -> Problem:
        """Return the problem with the desks added."""
        return replace(
            problem,
            zones=varied(
                problem.zones, self.zone, lambda zone: replace(zone, desks=zone.desks + self.desks)
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPlaces:
    """Add places to a slot."""

    kind: Literal["add_places"] = "add_places"
    slot: SlotId
    places: Positive

    def applied_to(self, problem: Problem) -> Problem:
        """Return the problem with the places added."""
        return replace(
            problem,
            slots=varied(
                problem.slots,
                self.slot,
                lambda slot: replace(slot, places=slot.places + self.places),
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AddHostCapacity:
    """Let a host receive more visitors at a time."""

    kind: Literal["add_host_capacity"] = "add_host_capacity"
    host: HostId
    capacity: Positive

    def applied_to(self, problem: Problem) -> Problem:
        """Return the problem with the capacity added."""
        return replace(
            problem,
            hosts=varied(
                problem.hosts,
                self.host,
                lambda host: replace(host, capacity=host.capacity + self.capacity),
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AddGpus:
    """Add GPUs to a pool."""

    kind: Literal["add_gpus"] = "add_gpus"
    pool: PoolId
    gpus: Positive

    def applied_to(self, problem: Problem) -> Problem:
        """Return the problem with the GPUs added."""
        return replace(
            problem,
            pools=varied(
                problem.pools, self.pool, lambda pool: replace(pool, gpus=pool.gpus + self.gpus)
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseQuota:
    """Raise the maximum of a quota; null lifts it."""

    kind: Literal["raise_quota"] = "raise_quota"
    quota: QuotaId
    max: Whole | None

    def applied_to(self, problem: Problem) -> Problem:
        """Return the problem with the new maximum."""
        return replace(problem, quotas=varied(problem.quotas, self.quota, self._raised))

    def _raised(self, quota: Quota) -> Quota:
        if quota.max is None or (self.max is not None and self.max < quota.max):
            raise CannotAdjust(f"quota '{quota.id}' is not raised by a maximum of {self.max}")
        return replace(quota, max=self.max)
