"""A peer: one plain CP-SAT model of the whole problem, with optional intervals and cumulatives."""

from __future__ import annotations

import time
from collections import defaultdict
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.programme import Quota
from scheduler.problem.requests import Collaboration, Residency
from scheduler.problem.types import HostId, SiteId, ZoneId, day_of, days_of
from tests.bench.peers.alone import Alone, spells
from tests.bench.peers.cpsat_quotas import count_visit
from tests.bench.peers.cpsat_visits import PARTS, Visit, Visits
from tests.bench.peers.worth import (
    collaborators,
    concerns,
    dropped_points,
    host_points,
    invitations,
    rivals,
    zone_points,
)

FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)


def cpsat_plan(problem: Problem, seconds: float, workers: int, hint: Plan | None) -> Plan | None:
    """Return the best plan found in some seconds, building the model among them, or None."""
    began = time.monotonic()
    plain = PlainModel(problem)
    if hint is not None:
        plain.hint(hint)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.max_time_in_seconds = max(0.1, seconds - (time.monotonic() - began))
    return plain.plan(solver) if solver.solve(plain.model) in FOUND else None


class PlainModel:
    """The model of a problem: visits, what they share, and what they are worth."""

    def __init__(self, problem: Problem) -> None:
        """Build it."""
        self.problem, self.alone, self.model = problem, Alone(problem), cp_model.CpModel()
        self._points: list[Any] = []
        visits = Visits(self.model, self.alone)
        self._visits = {request.id: visits.make(request) for request in problem.submitted}
        self._add_capacities()
        self._add_exclusive_zones()
        for one, other in rivals(problem):
            for zone in problem.zones:
                self._keep_apart(zone.id, self._visits[one.id], self._visits[other.id])
        for collaboration, one, other in collaborators(problem):
            self._add_pair(collaboration, self._visits[one.id], self._visits[other.id])
        for quota in problem.quotas:
            self._add_quota(quota)
        for visit in self._visits.values():
            self._weigh_days(visit)
            self._weigh_choices(visit)
            self._weigh_changes(visit)
        self.model.maximize(cp_model.LinearExpr.sum(self._points))

    def hint(self, plan: Plan) -> None:
        """Give the search a plan to start from: with every variable, or it is often lost."""
        for visit in self._visits.values():
            self._hint_visit(visit, plan.by_request.get(visit.request.id))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.fix_variables_to_their_hinted_value = True
        if solver.solve(self.model) in FOUND:
            self.model.clear_hints()  # type: ignore[no-untyped-call]  # OR-Tools gives no types
            for index in range(len(self.model.proto.variables)):
                variable = self.model.get_int_var_from_proto_index(index)
                self.model.add_hint(variable, solver.value(variable))

    def _hint_visit(self, visit: Visit, residency: Residency | None) -> None:
        values = [(visit.placed, int(residency is not None))]
        if residency is not None:
            days = residency.days
            values += [(visit.start, days.start), (visit.stop, days.stop)]
        for part in PARTS:
            for name, literal in visit.chosen[part].items():
                is_it = residency is not None and name == getattr(residency, part)
                values.append((literal, int(is_it)))
        for variable, value in values:
            self.model.add_hint(variable, value)

    def plan(self, solver: cp_model.CpSolver) -> Plan:
        """Return the plan that a search found."""
        return Plan(
            residencies=tuple(
                Residency(
                    request=visit.request.id,
                    first_day=day_of(solver.value(visit.start)),
                    last_day=day_of(solver.value(visit.stop) - 1),
                    **{part: _chosen(solver, visit, part) for part in PARTS},
                )
                for visit in self._visits.values()
                if solver.boolean_value(visit.placed)
            )
        )

    def _add_capacities(self) -> None:
        """H4, H5, H7, H8, H9: places, desks and m2, hosts, GPUs, and one body a researcher."""
        problem = self.problem
        for slot in problem.slots:
            self._limit(("slot", slot.id), slot.places, lambda _: 1)
        for host in problem.hosts:
            self._limit(("host", host.id), host.capacity, lambda _: 1)
        for pool in problem.pools:
            self._limit(("pool", pool.id), pool.gpus, lambda request: request.gpus)
        for zone in problem.zones:
            desks, area_m2 = self.alone.taken(zone)
            place = ("zone", zone.id)
            self._limit(place, zone.desks, lambda request: request.desks, desks)
            self._limit(place, zone.area_m2, lambda request: request.area_m2, area_m2)
        stays = defaultdict(list)
        for visit in self._visits.values():
            stays[visit.request.researcher].append(visit.interval)
        for own in stays.values():
            self.model.add_no_overlap(own)

    def _limit(
        self,
        place: tuple[str, str],
        capacity: int,
        demand_of: Any,
        taken: NDArray[np.int64] | None = None,
    ) -> None:
        """Hold a capacity on every day; where more is taken than there is, nobody is let in."""
        users = [visit for visit in self._visits.values() if place in visit.within]
        uses = [(visit.within[place], demand_of(visit.request)) for visit in users]
        if taken is not None:
            for days, amount in spells(np.minimum(taken, capacity), self.alone.span):
                size = days.stop - days.start
                fixed = self.model.new_fixed_size_interval_var(days.start, size, "taken")
                uses.append((fixed, amount))
        self.model.add_cumulative([use[0] for use in uses], [use[1] for use in uses], capacity)

    def _add_exclusive_zones(self) -> None:
        """H6: whoever differs is not in the zone at the same time."""
        for zone in self.problem.zones:
            if zone.exclusive_by is not None:
                users = (each for each in self._visits.values() if ("zone", zone.id) in each.within)
                valued = [
                    (self.alone.value(each.request, zone.exclusive_by), each) for each in users
                ]
                for (one_value, one), (other_value, other) in combinations(valued, 2):
                    if one_value != other_value:
                        self._keep_apart(zone.id, one, other)

    def _keep_apart(self, zone: ZoneId, one: Visit, other: Visit) -> None:
        place = ("zone", zone)
        meet = days_of(one.request).common(days_of(other.request))
        if meet and place in one.within and place in other.within:
            self.model.add_no_overlap([one.within[place], other.within[place]])

    def _add_pair(self, collaboration: Collaboration, one: Visit, other: Visit) -> None:
        """H15, and the points for days together and for one floor."""
        model, weights = self.model, self.problem.policy.weights
        both = model.new_bool_var("both")
        model.add_bool_or(~one.placed, ~other.placed, both)
        model.add_implication(both, one.placed)
        model.add_implication(both, other.placed)
        common = [one.length, other.length, one.stop - other.start, other.stop - one.start]
        if collaboration.min_overlap_days:
            for days in common:
                model.add(days >= collaboration.min_overlap_days).only_enforce_if(both)
        meet = model.new_bool_var("meet")
        overlap = model.new_int_var(0, collaboration.target_overlap_days, "overlap")
        model.add_implication(meet, both)
        model.add(overlap == 0).only_enforce_if(~meet)
        for days in common:
            model.add(days >= 1).only_enforce_if(meet)
            model.add(overlap <= days).only_enforce_if(meet)
        self._points.append(weights.overlap_day * overlap)
        if collaboration.same_floor:
            for floor in set(one.chosen["floor"]) & set(other.chosen["floor"]):
                together = model.new_bool_var("same floor")
                model.add_implication(together, meet)
                model.add(together <= one.has("floor", floor))
                model.add(together <= other.has("floor", floor))
                self._points.append(weights.same_floor * together)

    def _add_quota(self, quota: Quota) -> None:
        """H13, and the points for what is missing."""
        counted = sum(
            count_visit(self.model, quota, visit)
            for visit in self._visits.values()
            if concerns(self.problem, quota, visit.request)
        )
        if quota.max is not None:
            self.model.add(counted <= quota.max)
        if quota.min is not None:
            missing = self.model.new_int_var(0, -(-quota.min // quota.unit), "missing")
            self.model.add(quota.unit * missing >= quota.min - counted)
            self._points.append(-quota.points_per_missing * missing)

    def _weigh_days(self, visit: Visit) -> None:
        """Points for being placed, for the length, for the day of arrival and for events."""
        request, weights, model = visit.request, self.problem.policy.weights, self.model
        placed = weights.placed * request.priority - weights.short_day * request.max_days
        dropped = dropped_points(self.problem, request)
        self._points += [placed * visit.placed, weights.short_day * visit.length]
        self._points.append(dropped * (1 - visit.placed))
        if request.preferred_first_day is not None:
            preferred = request.preferred_first_day.toordinal()
            self._points.append(-weights.shift_day * self._distance(visit, visit.start, preferred))
        for site, at_site in visit.chosen["site"].items():
            for event in invitations(self.problem, request, SiteId(site or "")):
                if days_of(request).covers(days_of(event)):
                    attends = model.new_bool_var("attends")
                    model.add_implication(attends, at_site)
                    model.add(visit.start <= days_of(event).start).only_enforce_if(attends)
                    model.add(visit.stop >= days_of(event).stop).only_enforce_if(attends)
                    self._points.append(weights.event * attends)

    def _distance(self, visit: Visit, day: Any, wanted: int) -> Any:
        """Return the days between a day of the stay and another one, 0 if there is no stay."""
        distance = self.model.new_int_var(0, self.alone.span.stop, "distance")
        self.model.add(distance >= day - wanted).only_enforce_if(visit.placed)
        self.model.add(distance >= wanted - day).only_enforce_if(visit.placed)
        return distance

    def _weigh_choices(self, visit: Visit) -> None:
        """Points of zones and hosts; what changes of a published one is among them."""
        for name, literal in visit.chosen["zone"].items():
            zone = self.problem.zone[ZoneId(name or "")]
            self._points.append(zone_points(self.problem, visit.request, zone) * literal)
        for name, literal in visit.chosen["host"].items():
            host = None if name is None else self.problem.host[HostId(name)]
            self._points.append(host_points(self.problem, visit.request, host) * literal)

    def _weigh_changes(self, visit: Visit) -> None:
        """Points lost for dates that are not as published."""
        told, weights = self.problem.told.get(visit.request.id), self.problem.policy.weights
        if told is None:
            return
        same = self.model.new_bool_var("same dates")
        self.model.add_implication(same, visit.placed)
        for day, before in ((visit.start, told.days.start), (visit.stop, told.days.stop)):
            self.model.add(day == before).only_enforce_if(same)
            self._points.append(-weights.redated_day * self._distance(visit, day, before))
        self._points.append(-weights.redated * (visit.placed - same))


def _chosen(solver: cp_model.CpSolver, visit: Visit, part: str) -> Any:
    choices = visit.chosen[part].items()
    return next(name for name, literal in choices if solver.boolean_value(literal))
