"""The undated encoding: one literal for who serves at all, intervals and cumulatives.

For problems with too many candidates for a literal each: small, but its relaxation is weak.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import combinations, pairwise

import numpy as np
from ortools.sat.python import cp_model

from scheduler.candidates.candidates import Options, Part, Way
from scheduler.candidates.days import Ints
from scheduler.candidates.exclusive import value_of_request
from scheduler.candidates.resources import Demand, demands_by_resource, desks_of
from scheduler.candidates.space import Space
from scheduler.candidates.spans import binding_spans, intervals_of
from scheduler.cpsat.visits import Linear, Literal, Visits
from scheduler.rules import Rule


class UndatedVisits(Visits):
    """One literal for each slot, zone, host and pool of a request, whatever the time."""

    def __init__(self, model: cp_model.CpModel, space: Space) -> None:
        """Add times, parts and intervals of every request to a model."""
        super().__init__(model, space)
        self.parts: list[dict[Part, dict[int, Literal]]] = [
            {part: self._undated(request, options) for part, options in each.options.items()}
            for request, each in enumerate(space.candidates)
        ]
        self.placed_literals = [self._placed_literal(request) for request in range(len(self.times))]
        self._days = [self._day_variables(request) for request in range(len(self.times))]
        self._intervals: dict[tuple[int, int], cp_model.IntervalVar] = {}

    def literal(self, demand: Demand) -> Literal:
        """Return the literal that says that a demand is made."""
        if demand.part is None:
            return self.placed_literals[demand.request]
        return self.parts[demand.request][demand.part][demand.who]

    def interval(self, demand: Demand) -> cp_model.IntervalVar:
        """Return the stay as an interval that is there where a demand is made."""
        literal = self.literal(demand)
        key = (demand.request, literal.index)
        if key not in self._intervals:
            first, days, stop = self._days[demand.request]
            self._intervals[key] = self.model.new_optional_interval_var(
                first, days, stop, literal, ""
            )
        return self._intervals[key]

    def points(self) -> Linear:
        """Return the unary points of all times and parts."""
        literals, points = [], []
        for request, each in enumerate(self.space.candidates):
            literals += self.times[request]
            points += (each.points - each.unplaced_points).tolist()
            for part, options in each.options.items():
                worth = dict(zip(options.who.tolist(), options.points.tolist(), strict=True))
                for who, literal in self.parts[request][part].items():
                    literals.append(literal)
                    points.append(worth[who])
        constant = sum(each.unplaced_points for each in self.space.candidates)
        return cp_model.LinearExpr.weighted_sum(literals, points) + constant

    def in_zones(self, request: int, zones: Collection[int]) -> Linear:
        """Return 1 where the request is placed in one of some zones, else 0."""
        own = self.parts[request][Part.ZONE]
        return cp_model.LinearExpr.sum([own[zone] for zone in zones if zone in own])

    def chosen(self, way: Way | None, request: int) -> Iterable[tuple[Literal, bool]]:
        """Yield the literals of a request's parts with their values in a plan."""
        for part, own in self.parts[request].items():
            for who, literal in own.items():
                yield literal, way is not None and way.who(part) == who

    def who(self, request: int, part: Part, _time: int, is_true: Callable[[Literal], bool]) -> int:
        """Return who a solution chooses for a part, -1 where the request needs none."""
        own = self.parts[request].get(part, {})
        return next((who for who, literal in own.items() if is_true(literal)), -1)

    def _placed_literal(self, request: int) -> Literal:
        placed = self.model.new_bool_var("")
        self.model.add(self.placed(request) == placed)
        return placed

    def _day_variables(self, request: int) -> tuple[Literal, Literal, Literal]:
        """Add first, days and stop as integers that the chosen time decides."""
        each = self.space.candidates[request]
        values = (each.first, each.stop - each.first, each.stop)
        first, days, stop = (self._integer(request, value) for value in values)
        return first, days, stop

    def _integer(self, request: int, values: Ints) -> Literal:
        if not len(values):
            return self.model.new_int_var(0, 0, "")
        least, most = int(values.min()), int(values.max())
        variable = self.model.new_int_var(least, most, "")
        above = cp_model.LinearExpr.weighted_sum(self.times[request], (values - least).tolist())
        self.model.add(variable == above + least)
        return variable

    def _undated(self, request: int, options: Options) -> dict[int, Literal]:
        """Add a literal for each who, and forbid it at the times it is no option for."""
        each = self.space.candidates[request]
        literals = {}
        for who in np.unique(options.who).tolist():
            literal = self.model.new_bool_var("")
            never = np.ones(each.times, dtype=np.bool_)
            never[options.time[options.who == who]] = False
            if never.any():
                times = [self.times[request][time] for time in np.flatnonzero(never).tolist()]
                self.model.add(cp_model.LinearExpr.sum(times) + literal <= 1)
            literals[who] = literal
        self.model.add(cp_model.LinearExpr.sum(list(literals.values())) == self.placed(request))
        return literals


def add_capacities(model: cp_model.CpModel, visits: UndatedVisits, rule: Rule) -> None:
    """Add one rule's resources as cumulatives; fixed intervals take what a day has less."""
    for position, demands in demands_by_resource(visits.space.demands).items():
        resource = visits.space.resources[position]
        if resource.rule is rule and _could_exceed(visits.space, resource.capacity, demands):
            _add_cumulative(model, visits, resource.capacity, demands)


def _could_exceed(space: Space, capacity: Ints, demands: Sequence[Demand]) -> bool:
    horizon, candidates = space.tables.horizon, space.candidates
    intervals = [intervals_of(horizon, candidates, demand) for demand in demands]
    return bool(binding_spans(capacity, intervals))


def _add_cumulative(
    model: cp_model.CpModel, visits: UndatedVisits, capacity: Ints, demands: Sequence[Demand]
) -> None:
    most = max(int(capacity.max()), 0)
    missing = most - np.maximum(capacity, 0)
    intervals = [visits.interval(demand) for demand in demands]
    amounts = [demand.amount for demand in demands]
    cuts = [0, *(np.flatnonzero(np.diff(missing)) + 1).tolist(), len(missing)]
    start = visits.space.tables.horizon.days.start
    for begin, end in pairwise(cuts):
        if missing[begin]:
            intervals.append(model.new_fixed_size_interval_var(start + begin, end - begin, ""))
            amounts.append(int(missing[begin]))
    model.add_cumulative(intervals, amounts, most)


def add_exclusive_zones(model: cp_model.CpModel, visits: UndatedVisits) -> None:
    """Occupants of an exclusive zone with different values never overlap (H6)."""
    space = visits.space
    exclusive = {desks_of(zone.id): zone.exclusive_by for zone in space.problem.zones}
    for position, demands in demands_by_resource(space.demands).items():
        resource = space.resources[position]
        by = exclusive.get(resource.name) if resource.rule is Rule.ZONE else None
        if by is None:
            continue
        values = [
            value_of_request(space.problem, space.candidates[demand.request].request, by)
            for demand in demands
        ]
        for (one, own), (other, theirs) in combinations(zip(demands, values, strict=True), 2):
            if own != theirs:
                model.add_no_overlap([visits.interval(one), visits.interval(other)])
