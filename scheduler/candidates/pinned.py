"""What pins and frozen published residencies leave of a request's freedom (rule H14)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduler.candidates.days import Bools, Ints
from scheduler.candidates.tables import Tables
from scheduler.problem.requests import Request
from scheduler.problem.types import HostId, PoolId, SlotId, ZoneId


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinned:
    """The decided parts of a request's residency, None where free; days as ordinals.

    ``contradictory`` says that two pins decide one part differently; ``no_host`` and
    ``no_pool`` that the frozen residency has none.
    """

    required: bool = False
    contradictory: bool = False
    slot: SlotId | None = None
    zone: ZoneId | None = None
    host: HostId | None = None
    pool: PoolId | None = None
    first: int | None = None
    stop: int | None = None
    no_host: bool = False
    no_pool: bool = False

    def allows_times(self, first: Ints, stop: Ints) -> Bools:
        """Return which times agree with the pinned days, (times,)."""
        allowed = np.full(len(first), not self.contradictory)
        if self.first is not None:
            allowed &= first == self.first
        if self.stop is not None:
            allowed &= stop == self.stop
        return allowed

    def contradicts_needs(self, request: Request) -> bool:
        """Tell whether a host or pool is pinned where none is needed, or the reverse."""
        needs_host, needs_pool = request.hosts != (), request.gpus > 0
        return (
            (self.host is not None and not needs_host)
            or (self.no_host and needs_host)
            or (self.pool is not None and not needs_pool)
            or (self.no_pool and needs_pool)
        )


def pinned_parts(tables: Tables, request: Request) -> Pinned:
    """Join a request's pins and its frozen residency."""
    problem = tables.problem
    parts: dict[str, set[object]] = {
        part: set() for part in ("slot", "zone", "host", "pool", "first", "stop")
    }
    pins = tables.pins.get(request.id, [])
    told = problem.told.get(request.id)
    frozen = told if told is not None and problem.is_frozen(told) else None
    for pin in (*pins, *((frozen,) if frozen else ())):
        for part in ("slot", "zone", "host", "pool"):
            parts[part].add(getattr(pin, part))
        parts["first"].add(pin.first_day.toordinal() if pin.first_day else None)
        parts["stop"].add(pin.last_day.toordinal() + 1 if pin.last_day else None)
    decided = {part: values - {None} for part, values in parts.items()}
    return Pinned(
        required=bool(pins) or frozen is not None,
        contradictory=any(len(values) > 1 for values in decided.values()),
        no_host=frozen is not None and frozen.host is None,
        no_pool=frozen is not None and frozen.pool is None,
        **{part: next(iter(values), None) for part, values in decided.items()},  # type: ignore[arg-type]  # each part's values are of that part's type
    )
