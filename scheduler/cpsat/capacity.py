"""Capacities as linear rows, one for each span of days that matters; and who holds a zone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from scheduler.candidates.days import Ints
from scheduler.candidates.exclusive import value_of_request
from scheduler.candidates.resources import Demand, demands_by_resource, desks_of
from scheduler.candidates.spans import Intervals, binding_spans, intervals_of
from scheduler.cpsat.visits import Literal, Visits
from scheduler.rules import Rule


@dataclass(frozen=True, slots=True)
class _User:
    """A demand with its literals, in the order of its intervals."""

    intervals: Intervals
    literals: list[Literal]

    def present(self, day: int) -> list[Literal]:
        return [self.literals[time] for time in self.intervals.covering(day).tolist()]

    @property
    def amount(self) -> int:
        return self.intervals.demand.amount


def add_capacities(model: cp_model.CpModel, visits: Visits, rule: Rule) -> None:
    """Add one rule's resources: on no day more is taken than there is."""
    for position, demands in demands_by_resource(visits.space.demands).items():
        resource = visits.space.resources[position]
        if resource.rule is rule:
            _add_capacity(model, resource.capacity, _users(visits, demands))


def _users(visits: Visits, demands: Sequence[Demand]) -> list[_User]:
    space = visits.space
    return [
        _User(
            intervals_of(space.tables.horizon, space.candidates, each),
            visits.literals(each.request, each.part, each.who),
        )
        for each in demands
    ]


def _add_capacity(model: cp_model.CpModel, capacity: Ints, users: Sequence[_User]) -> None:
    for span in binding_spans(capacity, [each.intervals for each in users]):
        literals, amounts = _taken(users, span.start)
        if min(amounts) < max(amounts):
            model.add(cp_model.LinearExpr.weighted_sum(literals, amounts) <= span.capacity)
        elif span.capacity // amounts[0] == 1:
            model.add_at_most_one(literals)
        else:
            model.add(cp_model.LinearExpr.sum(literals) <= span.capacity // amounts[0])


def _taken(users: Iterable[_User], day: int) -> tuple[list[Literal], list[int]]:
    literals: list[Literal] = []
    amounts: list[int] = []
    for each in users:
        present = each.present(day)
        literals += present
        amounts += [each.amount] * len(present)
    return literals, amounts


def add_holders(model: cp_model.CpModel, visits: Visits) -> None:
    """Let one value at a time hold an exclusive zone (H6).

    For each value a literal says that it holds the zone; its visits fit under the literal, and
    at most one literal is true.
    """
    space = visits.space
    exclusive = {desks_of(zone.id): zone.exclusive_by for zone in space.problem.zones}
    for position, demands in demands_by_resource(space.demands).items():
        resource = space.resources[position]
        by = exclusive.get(resource.name) if resource.rule is Rule.ZONE else None
        if by is None:
            continue
        by_value: dict[str | None, list[Demand]] = defaultdict(list)
        for demand in demands:
            request = space.candidates[demand.request].request
            by_value[value_of_request(space.problem, request, by)].append(demand)
        if len(by_value) > 1:
            users = [_users(visits, each) for each in by_value.values()]
            _add_exclusive(model, resource.capacity, users)


def _add_exclusive(
    model: cp_model.CpModel, capacity: Ints, by_value: Sequence[Sequence[_User]]
) -> None:
    everyone = [each.intervals for users in by_value for each in users]
    # Against no capacity at all every span binds on which somebody could be there.
    for span in binding_spans(np.zeros_like(capacity), everyone):
        holders: list[Literal] = []
        for users in by_value:
            present = [each for each in users if len(each.intervals.covering(span.start))]
            literals, amounts = _taken(present, span.start)
            if len(present) > 1:
                room = int(capacity[span.start : span.start + span.length].max())
                room = min(room, sum(each.amount for each in present))
                held = model.new_bool_var("")
                model.add(cp_model.LinearExpr.weighted_sum(literals, amounts) <= room * held)
                literals = [held]
            holders += literals
        model.add_at_most_one(holders)
