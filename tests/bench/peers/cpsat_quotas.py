"""What a request counts for a quota in the plain CP-SAT model."""

from __future__ import annotations

from typing import Any

from ortools.sat.python import cp_model

from scheduler.problem.programme import Measure, Quota
from scheduler.problem.types import Days, days_of
from tests.bench.peers.cpsat_visits import Visit
from tests.bench.peers.worth import quota_site


def count_visit(model: cp_model.CpModel, quota: Quota, visit: Visit) -> Any:
    """Return what a request counts for a quota."""
    site = quota_site(quota)
    there = visit.placed if site is None else visit.has("site", site)
    period, request = days_of(quota), visit.request
    if isinstance(there, int) or not period.common(days_of(request)):
        return 0
    if quota.measure is Measure.RESIDENCIES:
        return _arrives(model, period, visit, there)
    days = _days_within(model, period, visit, there)
    if quota.measure is Measure.PERSON_DAYS:
        return request.desks * days
    return request.cost.fixed * _arrives(model, period, visit, there) + request.cost.per_day * days


def _arrives(model: cp_model.CpModel, period: Days, visit: Visit, there: Any) -> Any:
    """Return a literal for an arrival within a period of somebody who is there at all."""
    if period.covers(days_of(visit.request)):
        return there
    within = cp_model.Domain(period.start, period.stop - 1)
    arrives = model.new_bool_var("arrives")
    model.add_implication(arrives, there)
    model.add_linear_expression_in_domain(visit.start, within).only_enforce_if(arrives)
    model.add_linear_expression_in_domain(visit.start, within.complement()).only_enforce_if(
        there, ~arrives
    )
    return arrives


def _days_within(model: cp_model.CpModel, period: Days, visit: Visit, there: Any) -> Any:
    """Return the days of a period on which somebody is there."""
    longest = visit.request.max_days
    days = visit.length
    if not period.covers(days_of(visit.request)):
        days = model.new_int_var(0, longest, "days")
        first = model.new_int_var(0, max(period.start, days_of(visit.request).stop), "first")
        stop = model.new_int_var(0, period.stop, "stop")
        model.add_max_equality(first, [visit.start, period.start])
        model.add_min_equality(stop, [visit.stop, period.stop])
        model.add_max_equality(days, [0, stop - first])
    if there is visit.placed:
        return days
    days_there = model.new_int_var(0, longest, "days there")
    model.add(days_there == days).only_enforce_if(there)
    model.add(days_there == 0).only_enforce_if(~there)
    return days_there
