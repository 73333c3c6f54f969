"""Coupling rules of the exact model, one function each; unary rules made the candidates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations

from ortools.sat.python import cp_model

from scheduler.cpsat.capacity import add_capacities, add_holders
from scheduler.cpsat.pairs import Pairs
from scheduler.cpsat.visits import Visits
from scheduler.rules import Rule

Adder = Callable[[cp_model.CpModel, Visits, Pairs], None]


def add_one_residency(model: cp_model.CpModel, visits: Visits, _pairs: Pairs) -> None:
    """Place each request at most once, and a pinned one exactly once (H14)."""
    for request, each in enumerate(visits.space.candidates):
        if each.required:
            model.add_exactly_one(visits.times[request])
        else:
            model.add_at_most_one(visits.times[request])


def add_capacities_of(rule: Rule) -> Adder:
    """Return the function that adds one rule's resources."""

    def add(model: cp_model.CpModel, visits: Visits, _pairs: Pairs) -> None:
        add_capacities(model, visits, rule)

    return add


def add_exclusive_zones(model: cp_model.CpModel, visits: Visits, _pairs: Pairs) -> None:
    """On any day all occupants of an exclusive zone show the same value (H6)."""
    add_holders(model, visits)


def add_quota_maxima(model: cp_model.CpModel, visits: Visits, _pairs: Pairs) -> None:
    """Quota maxima hold (H13)."""
    for number, (quota, counts) in enumerate(visits.space.quotas):
        if quota.max is not None and counts:
            model.add(visits.counted(number) <= quota.max)


def add_collaborations(model: cp_model.CpModel, visits: Visits, pairs: Pairs) -> None:
    """Two placed members of a collaboration overlap by its least number of days (H15)."""
    position = visits.space.position
    for each in visits.space.problem.collaborations:
        members = [position[request] for request in each.requests if request in position]
        for one, other in combinations(members, 2) if each.min_overlap_days else ():
            both = visits.placed(one) + visits.placed(other) - 1
            model.add(pairs.common_days(one, other) >= each.min_overlap_days * both)


RULE_ADDERS: Mapping[Rule, Adder] = {
    Rule.PIN: add_one_residency,
    Rule.SLOT: add_capacities_of(Rule.SLOT),
    Rule.ZONE: add_capacities_of(Rule.ZONE),
    Rule.EXCLUSIVE_ZONE: add_exclusive_zones,
    Rule.HOST: add_capacities_of(Rule.HOST),
    Rule.COMPUTING: add_capacities_of(Rule.COMPUTING),
    Rule.OWN_CALENDAR: add_capacities_of(Rule.OWN_CALENDAR),
    Rule.SEPARATION: add_capacities_of(Rule.SEPARATION),
    Rule.QUOTA: add_quota_maxima,
    Rule.COLLABORATION: add_collaborations,
}
"""Coupling rules; H1-H3, H10, H11 and the unary side of the others made the candidates."""

UNARY_RULES = frozenset({Rule.WINDOW, Rule.LENGTH, Rule.ARRIVAL, Rule.VISA, Rule.MUST_ATTEND})
"""Rules that candidates alone keep."""
