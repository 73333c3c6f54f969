"""Terms of the objective in the exact model; unary terms are the candidates' points."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ortools.sat.python import cp_model

from scheduler.cpsat.pairs import Pairs
from scheduler.cpsat.visits import Visits
from scheduler.problem.requests import Collaboration


def objective(model: cp_model.CpModel, visits: Visits, pairs: Pairs) -> cp_model.LinearExpr:
    """Return the whole objective, signed as the contract signs it."""
    return (
        visits.points()
        + sum(_overlap_points(model, visits, pairs))
        + sum(_same_floor_points(model, visits, pairs))
        - sum(_quota_points(model, visits))
    )


def _collaborating(visits: Visits) -> Iterator[tuple[Collaboration, int, int]]:
    position = visits.space.position
    for each in visits.space.problem.collaborations:
        members = [position[request] for request in each.requests if request in position]
        for one, other in combinations(members, 2):
            yield each, one, other


def _overlap_points(
    model: cp_model.CpModel, visits: Visits, pairs: Pairs
) -> Iterator[cp_model.LinearExpr]:
    weight = visits.space.problem.policy.weights.overlap_day
    for collaboration, one, other in _collaborating(visits):
        days = model.new_int_var(0, collaboration.target_overlap_days, "")
        model.add(days <= pairs.common_days(one, other))
        yield weight * days


def _same_floor_points(
    model: cp_model.CpModel, visits: Visits, pairs: Pairs
) -> Iterator[cp_model.LinearExpr]:
    weight = visits.space.problem.policy.weights.same_floor
    for collaboration, one, other in _collaborating(visits):
        if not collaboration.same_floor:
            continue
        together = []
        for zones in _zones_of_floors(visits):
            here = model.new_bool_var("")
            model.add(here <= visits.in_zones(one, zones))
            model.add(here <= visits.in_zones(other, zones))
            together.append(here)
        met = cp_model.LinearExpr.sum(together)
        model.add(met <= pairs.meet(one, other))
        yield weight * met


def _zones_of_floors(visits: Visits) -> list[list[int]]:
    floors: dict[str, list[int]] = {}
    for position, zone in visits.space.zones.items():
        floors.setdefault(zone.floor, []).append(position)
    return list(floors.values())


def _quota_points(model: cp_model.CpModel, visits: Visits) -> Iterator[cp_model.LinearExpr]:
    """Points lost below quota minima: whole units missing, each at its price."""
    for number, (quota, _) in enumerate(visits.space.quotas):
        if quota.min is not None and quota.min > 0:
            most = -(-quota.min // quota.unit)
            missing = model.new_int_var(0, most, "")
            model.add(quota.unit * missing >= quota.min - visits.counted(number))
            yield quota.points_per_missing * missing
