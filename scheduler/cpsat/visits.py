"""Variables of the exact model, in a container that answers questions about visits."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

import numpy as np
from ortools.sat.python import cp_model

from scheduler.candidates.candidates import Part, Way
from scheduler.candidates.days import Positions
from scheduler.candidates.space import Space

Literal = cp_model.IntVar
Linear = cp_model.LinearExpr


class Visits:
    """One literal for each time of each request, and for each option of each part.

    For each time and part, the options' literals add up to the time's own. That leaves the
    parts free of each other without multiplying candidates out, and loses nothing in the linear
    relaxation.
    """

    def __init__(self, model: cp_model.CpModel, space: Space) -> None:
        """Add times and options of every request to a model."""
        self.model = model
        self.space = space
        self.times = [self._literals(each.times) for each in space.candidates]
        self.options: list[dict[Part, list[Literal]]] = [
            {part: self._dated(request, options.time) for part, options in each.options.items()}
            for request, each in enumerate(space.candidates)
        ]

    def placed(self, request: int) -> Linear:
        """Return 1 where the request is placed, else 0."""
        return cp_model.LinearExpr.sum(self.times[request])

    def present(self, request: int, day: int) -> Linear:
        """Return 1 where the request is present on a day (an ordinal), else 0."""
        each = self.space.candidates[request]
        covering = np.flatnonzero((each.first <= day) & (day < each.stop))
        return cp_model.LinearExpr.sum([self.times[request][time] for time in covering.tolist()])

    def counted(self, quota: int) -> Linear:
        """Return what the placed residencies count towards a quota, by its position."""
        literals, amounts = [], []
        for count in self.space.quotas[quota][1]:
            counting = np.flatnonzero(count.amount)
            literals += [self.times[count.request][time] for time in counting.tolist()]
            amounts += count.amount[counting].tolist()
        return cp_model.LinearExpr.weighted_sum(literals, amounts)

    def literals(self, request: int, part: Part | None, who: int) -> list[Literal]:
        """Return the literals of a demand, in the order of its times."""
        if part is None:
            return self.times[request]
        own = self.options[request][part]
        members = np.flatnonzero(self.space.candidates[request].options[part].who == who)
        return [own[member] for member in members.tolist()]

    def points(self) -> Linear:
        """Return the unary points of all times and options."""
        literals, points = [], []
        for request, each in enumerate(self.space.candidates):
            literals += self.times[request]
            points += (each.points - each.unplaced_points).tolist()
            for part, options in each.options.items():
                if options.points.any():
                    literals += self.options[request][part]
                    points += options.points.tolist()
        constant = sum(each.unplaced_points for each in self.space.candidates)
        return cp_model.LinearExpr.weighted_sum(literals, points) + constant

    def in_zones(self, request: int, zones: Collection[int]) -> Linear:
        """Return 1 where the request is placed in one of some zones, else 0."""
        options = self.space.candidates[request].options[Part.ZONE]
        members = np.flatnonzero(np.isin(options.who, list(zones)))
        own = self.options[request][Part.ZONE]
        return cp_model.LinearExpr.sum([own[member] for member in members.tolist()])

    def hint(self, ways: Mapping[int, Way]) -> None:
        """Give the solver a plan to start from."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]  # OR-Tools leaves it untyped
        for request, times in enumerate(self.times):
            way = ways.get(request)
            hints = {
                literal.index: value
                for literal, value in (
                    *(
                        (literal, way is not None and at == way.time)
                        for at, literal in enumerate(times)
                    ),
                    *self._chosen(way, request),
                )
            }
            for index, value in hints.items():
                self.model.add_hint(self.model.get_bool_var_from_proto_index(index), value)

    def read(self, is_true: Callable[[Literal], bool]) -> dict[int, Way]:
        """Return the ways of a solution, given the value of each literal."""
        ways = {}
        for request, times in enumerate(self.times):
            for time, literal in enumerate(times):
                if is_true(literal):
                    parts = (self._who(request, part, time, is_true) for part in Part)
                    ways[request] = Way(time, *parts)
        return ways

    def _chosen(self, way: Way | None, request: int) -> Iterable[tuple[Literal, bool]]:
        """Yield the literals of a request's options with their values in a plan."""
        for part, options in self.space.candidates[request].options.items():
            for literal, time, who in zip(
                self.options[request][part],
                options.time.tolist(),
                options.who.tolist(),
                strict=True,
            ):
                yield literal, way is not None and (time, who) == (way.time, way.who(part))

    def _who(self, request: int, part: Part, time: int, is_true: Callable[[Literal], bool]) -> int:
        """Return who a solution chooses for a part, -1 where the request needs none."""
        options = self.space.candidates[request].options.get(part)
        if options is None:
            return -1
        own = self.options[request][part]
        return next(
            int(options.who[member])
            for member in np.flatnonzero(options.time == time).tolist()
            if is_true(own[member])
        )

    def _literals(self, count: int) -> list[Literal]:
        return [self.model.new_bool_var("") for _ in range(count)]

    def _dated(self, request: int, time: Positions) -> list[Literal]:
        """Add literals that add up, for each time, to the time's own literal."""
        times = self.times[request]
        count = np.bincount(time, minlength=len(times))
        literals = [
            times[at] if count[at] == 1 else self.model.new_bool_var("") for at in time.tolist()
        ]
        at_time: dict[int, list[Literal]] = {}
        for at, literal in zip(time.tolist(), literals, strict=True):
            at_time.setdefault(at, []).append(literal)
        for at, own in at_time.items():
            if len(own) > 1:
                self.model.add(cp_model.LinearExpr.sum(own) == times[at])
        return literals
