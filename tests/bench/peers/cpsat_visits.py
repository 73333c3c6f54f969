"""The plain CP-SAT model's variables of one request, and the rules about one request alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from scheduler.problem.programme import Slot
from scheduler.problem.requests import Request
from scheduler.problem.types import Days, days_of
from tests.bench.peers.alone import Alone, closed_days, part_of, spells

PARTS = ("slot", "zone", "host", "pool")


@dataclass(kw_only=True)
class Visit:
    """Variables of a request: is it placed, when, and a literal for each choice of each part.

    ``length`` is 0 where the request is not placed; ``within`` has an interval for each choice.
    """

    request: Request
    placed: Any
    start: Any
    length: Any
    stop: Any
    interval: Any
    chosen: dict[str, dict[str | None, Any]] = field(default_factory=lambda: defaultdict(dict))
    within: dict[tuple[str, str], Any] = field(default_factory=dict)

    def has(self, part: str, name: str | None) -> Any:
        """Return the literal of a choice, 0 where the request cannot have it."""
        return self.chosen[part].get(name, 0)


class Visits:
    """Makes the variables of a request with its own rules."""

    def __init__(self, model: cp_model.CpModel, alone: Alone) -> None:
        """Keep the model to add to."""
        self.model, self.alone = model, alone

    def make(self, request: Request) -> Visit:
        """Return the variables of a request that keeps every rule about itself."""
        slots = self._slots(request)
        visit = self._days(request, [day for _, days in slots for day in days])
        for slot, arrivals in slots:
            self._choose_slot(visit, slot, arrivals)
        self.model.add(sum(visit.chosen["slot"].values()) == visit.placed)
        self._choose_sites_and_zones(visit, [slot for slot, _ in slots])
        self._choose_host(visit)
        self._choose_pool(visit)
        self._keep_own_days(visit)
        return visit

    def _slots(self, request: Request) -> list[tuple[Slot, list[int]]]:
        """Return the slots that the request may have, with the days of arrival in each."""
        events = [self.alone.problem.event[name] for name in request.must_attend]
        slots = [
            (slot, self.alone.arrivals(request, slot))
            for slot in self.alone.slots(request)
            if self.alone.lengths(request, slot)
            and all(event.site == slot.site for event in events)
        ]
        return [(slot, arrivals) for slot, arrivals in slots if arrivals]

    def _days(self, request: Request, arrivals: list[int]) -> Visit:
        model = self.model
        placed = model.new_bool_var(request.id)
        start = model.new_int_var_from_domain(_domain(arrivals or [0]), f"{request.id} start")
        longest = cp_model.Domain(request.min_days, request.max_days)
        lengths = cp_model.Domain(0, 0).union_with(longest)
        length = model.new_int_var_from_domain(lengths, f"{request.id} length")
        stop = model.new_int_var(0, self.alone.span.stop + request.max_days, f"{request.id} stop")
        model.add(length > 0).only_enforce_if(placed)
        model.add(length == 0).only_enforce_if(~placed)
        model.add(stop == start + length)
        interval = model.new_optional_interval_var(start, length, stop, placed, request.id)
        return Visit(
            request=request,
            placed=placed,
            start=start,
            length=length,
            stop=stop,
            interval=interval,
        )

    def _choose(self, visit: Visit, part: str, name: str | None) -> Any:
        """Return a literal for a choice, with an interval where it takes something."""
        literal = self.model.new_bool_var(f"{visit.request.id} {part} {name}")
        visit.chosen[part][name] = literal
        if name is not None:
            visit.within[part, name] = self.model.new_optional_interval_var(
                visit.start, visit.length, visit.stop, literal, f"{visit.request.id} {name}"
            )
        return literal

    def _choose_slot(self, visit: Visit, slot: Slot, arrivals: list[int]) -> None:
        literal = self._choose(visit, "slot", slot.id)
        window = self.alone.window(visit.request, slot)
        lengths = self.alone.lengths(visit.request, slot)
        for variable, values in ((visit.start, arrivals), (visit.length, lengths)):
            self.model.add_linear_expression_in_domain(variable, _domain(values)).only_enforce_if(
                literal
            )
        self.model.add(visit.stop <= window.stop).only_enforce_if(literal)

    def _choose_sites_and_zones(self, visit: Visit, slots: list[Slot]) -> None:
        """Choose a zone at the slot's site, open whenever the stay is there."""
        for site in dict.fromkeys(slot.site for slot in slots):
            at_site = self.model.new_bool_var(f"{visit.request.id} site {site}")
            visit.chosen["site"][site] = at_site
            here = [visit.chosen["slot"][slot.id] for slot in slots if slot.site == site]
            self.model.add(sum(here) == at_site)
            floors: dict[str, list[Any]] = defaultdict(list)
            for zone in self.alone.zones(visit.request, site):
                floors[zone.floor].append(self._choose(visit, "zone", zone.id))
                blocked = self.alone.blocked(visit.request, zone)
                self._keep_out(visit, ("zone", zone.id), blocked)
            for floor, literals in floors.items():
                visit.chosen["floor"][floor] = sum(literals)
            self.model.add(sum(visit.chosen["floor"][floor] for floor in floors) == at_site)

    def _choose_host(self, visit: Visit) -> None:
        for host in self.alone.hosts(visit.request):
            literal = self._choose(visit, "host", host.id if host else None)
            for absence in host.absences if host else ():
                away = cp_model.Domain(days_of(absence).start, days_of(absence).stop - 1)
                self.model.add_linear_expression_in_domain(
                    visit.start, away.complement()
                ).only_enforce_if(literal)
        self.model.add(sum(visit.chosen["host"].values()) == visit.placed)

    def _choose_pool(self, visit: Visit) -> None:
        for pool in self.alone.pools(visit.request):
            self._choose(visit, "pool", pool.id if pool else None)
            if pool is not None:
                self._keep_out(visit, ("pool", pool.id), closed_days(pool, self.alone.span))
        self.model.add(sum(visit.chosen["pool"].values()) == visit.placed)

    def _keep_out(self, visit: Visit, place: tuple[str, str], blocked: NDArray[np.bool_]) -> None:
        """Forbid a place on the days on which it is blocked."""
        window = days_of(visit.request)
        wanted = np.zeros_like(blocked)
        wanted[part_of(self.alone.span, window)] = True
        closed = [days for days, _ in spells((blocked & wanted).astype(np.int64), self.alone.span)]
        self._avoid(visit.within[place], closed)

    def _avoid(self, interval: Any, closed: Iterable[Days]) -> None:
        fixed = [
            self.model.new_fixed_size_interval_var(days.start, days.stop - days.start, "closed")
            for days in closed
        ]
        if fixed:
            self.model.add_no_overlap([interval, *fixed])

    def _keep_own_days(self, visit: Visit) -> None:
        """Days that must or cannot be in the stay, and what is pinned."""
        request, problem = visit.request, self.alone.problem
        if self.alone.is_required(request):
            self.model.add(visit.placed == 1)
        merged = {day for absence in request.unavailable for day in range(*days_of(absence))}
        self._avoid(visit.interval, _ranges(merged))
        for event in (problem.event[name] for name in request.must_attend):
            for rule in (
                visit.start <= days_of(event).start,
                visit.stop >= days_of(event).stop,
            ):
                self.model.add(rule).only_enforce_if(visit.placed)
        for last_day in self.alone.pinned_last_days(request):
            self.model.add(visit.stop == last_day.toordinal() + 1)


def _domain(values: Iterable[int]) -> cp_model.Domain:
    return cp_model.Domain.from_values(sorted(set(values)))


def _ranges(days: set[int]) -> list[Days]:
    """Return consecutive days as ranges."""
    starts = sorted(day for day in days if day - 1 not in days)
    stops = sorted(day + 1 for day in days if day + 1 not in days)
    return [Days(start, stop) for start, stop in zip(starts, stops, strict=True)]
