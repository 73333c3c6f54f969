"""Completes what a hand leaves open: slot, zone, host and computing of a stay on given days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from scheduler.candidates.candidates import Part
from scheduler.candidates.days import Bools
from scheduler.problem.problem import Problem
from scheduler.problem.programme import Slot
from scheduler.problem.requests import Request, Residency
from scheduler.problem.types import Days, RequestId, days_of
from web.use_cases.board.fit import Fitting, ids_of

KEPT = 10**9
"""What keeping to what fits is worth, far more than any points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Where a hand puts a request; None leaves that part to be found."""

    request: RequestId
    first_day: dt.date
    last_day: dt.date
    slot: str | None = None
    zone: str | None = None
    host: str | None = None
    pool: str | None = None

    @property
    def days(self) -> Days:
        """Half-open ordinals of the stay."""
        return days_of(self)


def complete(fitting: Fitting, wish: Wish, before: Residency | None) -> Residency:
    """Return a residency on the days wished for, and where it is wished.

    What is open stays as it was where that fits; else it is the best that fits, the best that
    the request allows, or what is nearest to it.
    """
    return _Completion(fitting, wish, before).residency()


class _Completion:
    """What is looked up to complete one wish."""

    def __init__(self, fitting: Fitting, wish: Wish, before: Residency | None) -> None:
        self._fitting = fitting
        self._each = fitting.candidates
        self._problem: Problem = fitting.problem
        self._request: Request = fitting.candidates.request
        self._wish = wish
        self._old: Mapping[Part, Any] = {
            part: None if before is None else getattr(before, part.value) for part in Part
        }
        self._ids = ids_of(self._problem)

    def residency(self) -> Residency:
        """Return the best completion at a time that the request allows, else the nearest."""
        found = [self._at(time) for time in self._times()]
        chosen = max(found, key=lambda one: one[0], default=(0, {}))[1]
        if Part.ZONE not in chosen:
            chosen = {**chosen, Part.ZONE: self._nearest_zone()}
        if Part.SLOT not in chosen:
            chosen[Part.SLOT] = self._nearest_slot(chosen[Part.ZONE]).id
        if Part.HOST not in chosen:
            chosen[Part.HOST] = self._nearest_host()
        if Part.POOL not in chosen:
            chosen[Part.POOL] = self._nearest_pool()
        return Residency(
            request=self._wish.request,
            slot=chosen[Part.SLOT],
            zone=chosen[Part.ZONE],
            host=chosen[Part.HOST],
            pool=chosen[Part.POOL],
            first_day=self._wish.first_day,
            last_day=self._wish.last_day,
        )

    def _times(self) -> list[int]:
        """Return the times of the request that have the days, at the site where one is named."""
        each, days = self._each, self._wish.days
        matches = (each.first == days.start) & (each.stop == days.stop)
        site = self._site()
        if site is not None:
            matches &= each.site == site
        return [int(time) for time in np.flatnonzero(matches)]

    def _site(self) -> int | None:
        """Return the position of the site that the wish names by a zone or a slot."""
        problem, wish = self._problem, self._wish
        names = [site.id for site in problem.sites]
        if wish.zone is not None:
            return names.index(next(s for z, s in problem.site_of_zone.items() if z == wish.zone))
        if wish.slot is not None:
            return names.index(next(s.site for s in problem.slots if s.id == wish.slot))
        return None

    def _at(self, time: int) -> tuple[int, dict[Part, Any]]:
        """Return the best parts at a time, with what they are worth beside what fits not."""
        worth, chosen = int(self._each.points[time]), {}
        for part in Part:
            wished = getattr(self._wish, part.value)
            if wished is not None:
                chosen[part] = wished
            elif part not in self._each.options:
                chosen[part] = None
            else:
                points, chosen[part] = self._best(part, time)
                worth += points
        return worth, chosen

    def _best(self, part: Part, time: int) -> tuple[int, str]:
        """Return who serves best at a time: as before where that fits, else for most points."""
        options, free = self._each.options[part], self._fitting.free[part]
        here = options.time == time
        fits: Bools = here & free
        ids, old = self._ids[part], self._old[part]
        offered = np.flatnonzero(fits if fits.any() else here)
        bonus = KEPT if fits.any() else 0
        ranked = [(int(options.points[at]), ids[int(options.who[at])]) for at in offered.tolist()]
        for points, name in ranked:
            if name == old:
                return bonus + points, name
        best = max(points for points, _ in ranked)
        return bonus + best, next(name for points, name in ranked if points == best)

    def _nearest_zone(self) -> str:
        wished = self._wish.zone or self._old[Part.ZONE]
        asked = self._request.zones
        return wished or (asked[0] if asked else self._problem.zones[0].id)

    def _nearest_slot(self, zone: str) -> Slot:
        """Return the wished slot, else that at the zone's site that lacks fewest of the days."""
        site = next(site for name, site in self._problem.site_of_zone.items() if name == zone)
        wished = self._wish.slot
        days, track = self._wish.days, self._request.track

        def distance(slot: Slot) -> tuple[bool, bool, bool, int, bool]:
            window = days_of(slot)
            missing = max(0, window.start - days.start) + max(0, days.stop - window.stop)
            return (
                slot.id != wished,
                slot.site != site,
                track not in slot.tracks,
                missing,
                slot.id != self._old[Part.SLOT],
            )

        return min(self._problem.slots, key=distance)

    def _nearest_host(self) -> str | None:
        request, problem = self._request, self._problem
        if self._wish.host is not None or request.hosts == ():
            return self._wish.host
        if self._old[Part.HOST] is not None:
            return str(self._old[Part.HOST])
        named = request.hosts or [each.id for each in problem.hosts if request.track in each.tracks]
        return next(iter((*named, *self._ids[Part.HOST])), None)

    def _nearest_pool(self) -> str | None:
        request = self._request
        if self._wish.pool is not None or not request.gpus:
            return self._wish.pool
        if self._old[Part.POOL] is not None:
            return str(self._old[Part.POOL])
        return next(iter((*(request.pools or ()), *self._ids[Part.POOL])), None)
