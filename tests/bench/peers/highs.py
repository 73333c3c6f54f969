"""A peer: a time-indexed mixed-integer program for HiGHS.

A column for each stay in a slot; for the same days a column for each zone, host and pool, which
add up to the stays. Capacities are looked at on the days on which somebody may arrive.
"""

from __future__ import annotations

import math
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from scheduler.plan import Plan
from scheduler.problem.places import ExclusiveBy, Zone
from scheduler.problem.problem import Problem
from scheduler.problem.programme import Quota
from scheduler.problem.requests import Collaboration, Request, Residency
from scheduler.problem.types import (
    Days,
    FloorId,
    ResearcherId,
    SlotId,
    ZoneId,
    day_of,
)
from tests.bench.peers.alone import Alone
from tests.bench.peers.highs_columns import Batch, Columns
from tests.bench.peers.sheet import Floats, Ints, Sheet
from tests.bench.peers.worth import (
    amount,
    collaborators,
    concerns,
    quota_site,
    rivals,
)

PARTS = ("slot", "zone", "host", "pool")
EXACT = {"mip_rel_gap": 0.0, "mip_abs_gap": 0.5}
HALF = 0.5
NEVER = 10**7
NO_DAYS = np.zeros(0, dtype=np.int64)


def highs_plan(problem: Problem, seconds: float, workers: int, start: Plan) -> Plan | None:
    """Return the best plan found in some seconds, building the program among them, or None."""
    began = time.monotonic()
    indexed = TimeIndexed(problem)
    if indexed.sheet.width == 0:
        return start
    highs = highspy.Highs()  # type: ignore[no-untyped-call]  # HiGHS gives no types here
    options = {"output_flag": False, "threads": workers, **EXACT}
    for name, value in options.items():
        highs.setOptionValue(name, value)
    highs.passModel(indexed.sheet.to_highs())
    columns, values = indexed.start(start)
    highs.setSolution(len(columns), columns, values)
    highs.setOptionValue("time_limit", max(0.1, seconds - (time.monotonic() - began)))
    highs.run()
    if highs.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    return indexed.plan(np.asarray(highs.getSolution().col_value))


class TimeIndexed:
    """The program of a problem."""

    def __init__(self, problem: Problem) -> None:
        """Build it."""
        self.problem, self.alone, self.sheet = problem, Alone(problem), Sheet()
        self._columns = Columns(self.alone, self.sheet)
        for request in problem.submitted:
            self._columns.add(request)
        self._add_capacities()
        for zone in problem.zones:
            if zone.exclusive_by is not None:
                self._add_exclusive_zone(zone, zone.exclusive_by)
        for one, other in rivals(problem):
            for zone in problem.zones:
                users = self._columns.at["zone", zone.id]
                both = [each for each in users if each.request.id in {one.id, other.id}]
                self._limit(both, one_each, 1)
        for collaboration, one, other in collaborators(problem):
            self._add_pair(collaboration, one, other)
        for quota in problem.quotas:
            self._add_quota(quota)

    def start(self, plan: Plan) -> tuple[Ints, Floats]:
        """Return columns of choices with what a plan has of them; HiGHS finds the others."""
        columns, values = [NO_DAYS], [NO_DAYS]
        for (name, part), batches in self._columns.of.items():
            residency = plan.by_request.get(name)
            for batch in batches:
                chosen = np.zeros(len(batch.columns), dtype=np.int64)
                if residency is not None and self._is_of(batch, part, residency):
                    days = residency.days
                    chosen[(batch.first == days.start) & (batch.stop == days.stop)] = 1
                columns.append(batch.columns)
                values.append(chosen)
        return np.concatenate(columns), np.concatenate(values).astype(np.float64)

    def _is_of(self, batch: Batch, part: str, residency: Residency) -> bool:
        at_site = self.problem.slot[residency.slot].site == batch.site
        return at_site and batch.name == getattr(residency, part)

    def plan(self, solution: NDArray[np.float64]) -> Plan:
        """Return the plan that a solution stands for."""
        residencies = []
        for request in self.problem.submitted:
            parts: dict[str, Any] = dict.fromkeys(PARTS)
            days = None
            for part in PARTS:
                for batch in self._columns.of.get((request.id, part), ()):
                    for place in np.flatnonzero(solution[batch.columns] > HALF):
                        parts[part] = batch.name
                        days = Days(int(batch.first[place]), int(batch.stop[place]))
            if days is not None:
                first_day, last_day = day_of(days.start), day_of(days.stop - 1)
                residencies.append(
                    Residency(request=request.id, first_day=first_day, last_day=last_day, **parts)
                )
        return Plan(residencies=tuple(residencies))

    def _add_capacities(self) -> None:
        """H4, H5, H7, H8, H9: places, desks and m2, hosts, GPUs, and one body a researcher."""
        problem = self.problem
        for slot in problem.slots:
            self._limit(self._columns.at["slot", slot.id], one_each, slot.places)
        for host in problem.hosts:
            self._limit(self._columns.at["host", host.id], one_each, host.capacity)
        for pool in problem.pools:
            self._limit(self._columns.at["pool", pool.id], lambda request: request.gpus, pool.gpus)
        for zone in problem.zones:
            users = self._columns.at["zone", zone.id]
            desks, area_m2 = self.alone.taken(zone)
            self._limit(users, lambda request: request.desks, zone.desks, desks)
            self._limit(users, lambda request: request.area_m2, zone.area_m2, area_m2)
        stays: dict[ResearcherId, list[Batch]] = defaultdict(list)
        for request in problem.submitted:
            stays[request.researcher] += self._columns.of[request.id, "slot"]
        for own in stays.values():
            self._limit(own, one_each, 1)

    def _limit(
        self,
        users: Sequence[Batch],
        demand_of: Callable[[Request], int],
        capacity: int,
        taken: Ints | None = None,
    ) -> None:
        """Hold a capacity on every day on which somebody may arrive or more is taken."""
        demands = {batch.request.id: demand_of(batch.request) for batch in users}
        most_taken = 0 if taken is None else int(taken.max())
        if sum(demands.values()) + most_taken <= capacity:
            return
        days = arrivals(users)
        room: float | Floats = capacity
        if taken is not None:
            changes = self.alone.span.start + 1 + np.flatnonzero(np.diff(taken))
            days = np.union1d(days, changes)
            room = np.maximum(capacity - taken[days - self.alone.span.start], 0).astype(np.float64)
        rows = self.sheet.add_rows(len(days), upper=room)
        for batch in users:
            if demands[batch.request.id]:
                self._cover(rows, days, batch, demands[batch.request.id])

    def _cover(self, rows: Ints, days: Ints, batch: Batch, value: float) -> None:
        """Put columns into the rows of the days on which they are there."""
        start, stop = np.searchsorted(days, batch.first), np.searchsorted(days, batch.stop)
        counts = stop - start
        skipped = np.repeat(np.cumsum(counts) - counts - start, counts)
        places = np.arange(len(skipped)) - skipped
        self.sheet.put(rows[places], np.repeat(batch.columns, counts), value)

    def _add_exclusive_zone(self, zone: Zone, exclusive_by: ExclusiveBy) -> None:
        """H6: on a day the zone has one value, and whoever is there has it."""
        users: dict[str | None, list[Batch]] = defaultdict(list)
        for batch in self._columns.at["zone", zone.id]:
            users[self.alone.value(batch.request, exclusive_by)].append(batch)
        if len(users) <= 1:
            return
        days = arrivals(self._columns.at["zone", zone.id])
        one_value = self.sheet.add_rows(len(days), upper=1)
        for batches in users.values():
            has_value = self.sheet.add_columns(np.zeros(len(days)))
            self.sheet.put(one_value, has_value, 1)
            rows = self.sheet.add_rows(len(days), upper=0)
            self.sheet.put(rows, has_value, -zone.desks)
            for batch in batches:
                self._cover(rows, days, batch, batch.request.desks)

    def _add_pair(self, collaboration: Collaboration, one: Request, other: Request) -> None:
        """H15, and the points for days together and for one floor."""
        sheet, weights = self.sheet, self.problem.policy.weights
        stays = self._columns.of[one.id, "slot"], self._columns.of[other.id, "slot"]
        if not all(any(len(batch.columns) for batch in each) for each in stays):
            return
        if collaboration.min_overlap_days:
            self._hold_overlap(collaboration.min_overlap_days, *stays)
            self._hold_overlap(collaboration.min_overlap_days, *reversed(stays))
        first = max(min(int(batch.first.min(initial=NEVER)) for batch in each) for each in stays)
        stop = min(max(int(batch.stop.max(initial=0)) for batch in each) for each in stays)
        days = np.arange(first, max(first, stop))
        together = sheet.add_columns(np.zeros(len(days)), integer=False)
        for each in stays:
            rows = sheet.add_rows(len(days), upper=0)
            sheet.put(rows, together, 1)
            for batch in each:
                self._cover(rows, days, batch, -1)
        overlap = sheet.add_columns(
            [weights.overlap_day], upper=collaboration.target_overlap_days, integer=False
        )
        sheet.add_row((overlap, 1), (together, -1), upper=0)
        if collaboration.same_floor:
            self._add_floors(one, other, together)

    def _hold_overlap(self, shortest: int, some: list[Batch], others: list[Batch]) -> None:
        """Forbid one of them to leave too soon after the other one comes, and to stay too short."""
        for day in np.unique(np.concatenate([batch.stop for batch in some])):
            leave = [(batch.columns[batch.stop <= day], 1) for batch in some]
            come = [(batch.columns[batch.first > day - shortest], 1) for batch in others]
            self.sheet.add_row(*leave, *come, upper=1)
        short = [(batch.columns[batch.stop - batch.first < shortest], 1) for batch in some]
        self.sheet.add_row(*short, *((batch.columns, 1) for batch in others), upper=1)

    def _add_floors(self, one: Request, other: Request, together: Ints) -> None:
        """Weigh that two are on one floor, on which both are on a common day."""
        sheet = self.sheet
        points = self.problem.policy.weights.same_floor
        zones = [self._columns.of[request.id, "zone"] for request in (one, other)]
        floors = [{self._floor(batch) for batch in batches} for batches in zones]
        for floor in sorted(floors[0] & floors[1]):
            shared = sheet.add_columns([points], integer=False)
            sheet.add_row((shared, 1), (together, -1), upper=0)
            for batches in zones:
                there = [(each.columns, -1) for each in batches if self._floor(each) == floor]
                sheet.add_row((shared, 1), *there, upper=0)

    def _floor(self, batch: Batch) -> FloorId:
        return self.problem.zone[ZoneId(batch.name or "")].floor

    def _add_quota(self, quota: Quota) -> None:
        """H13, and the points for what is missing."""
        counted = [
            (batch.columns, self._amounts(quota, batch))
            for request in self.problem.submitted
            if concerns(self.problem, quota, request)
            for batch in self._columns.of[request.id, "slot"]
            if quota_site(quota) in {None, self.problem.slot[SlotId(batch.name or "")].site}
        ]
        # Sums of money would be large numbers to HiGHS; whole units of them are not.
        unit = math.gcd(quota.unit, *(int(each) for _, amounts in counted for each in amounts))
        scaled = [(columns, amounts / unit) for columns, amounts in counted]
        if quota.max is not None:
            self.sheet.add_row(*scaled, upper=quota.max / unit)
        if quota.min is not None:
            most = -(-quota.min // quota.unit)
            missing = self.sheet.add_columns([-quota.points_per_missing], upper=most)
            self.sheet.add_row((missing, quota.unit / unit), *scaled, lower=quota.min / unit)

    def _amounts(self, quota: Quota, batch: Batch) -> Ints:
        pairs = zip(batch.first.tolist(), batch.stop.tolist(), strict=True)
        amounts = [amount(quota, batch.request, Days(*pair)) for pair in pairs]
        return np.array(amounts, dtype=np.int64)


def one_each(_: Request) -> int:
    """Return the demand of whoever takes one place."""
    return 1


def arrivals(users: Iterable[Batch]) -> Ints:
    """Return the days on which somebody may arrive."""
    return np.unique(np.concatenate([NO_DAYS, *(batch.first for batch in users)]))
