"""The table of rules: which function checks which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.rules import Rule
from scheduler.verify.agreements import check_collaboration, check_pin, check_quota
from scheduler.verify.own_days import (
    check_arrival,
    check_length,
    check_must_attend,
    check_own_calendar,
    check_visa,
    check_window,
)
from scheduler.verify.resources import check_computing, check_host
from scheduler.verify.space import check_exclusive_zone, check_separation, check_slot, check_zone
from scheduler.verify.stays import Stays, unknown_names
from scheduler.verify.violation import Violation, breach_of

CHECKS: Mapping[Rule, Callable[[Stays], Iterator[Violation]]] = MappingProxyType(
    {
        Rule.WINDOW: check_window,
        Rule.LENGTH: check_length,
        Rule.ARRIVAL: check_arrival,
        Rule.SLOT: check_slot,
        Rule.ZONE: check_zone,
        Rule.EXCLUSIVE_ZONE: check_exclusive_zone,
        Rule.HOST: check_host,
        Rule.COMPUTING: check_computing,
        Rule.OWN_CALENDAR: check_own_calendar,
        Rule.VISA: check_visa,
        Rule.MUST_ATTEND: check_must_attend,
        Rule.SEPARATION: check_separation,
        Rule.QUOTA: check_quota,
        Rule.PIN: check_pin,
        Rule.COLLABORATION: check_collaboration,
    }
)

RULE_OF_NAME: Mapping[str, Rule] = MappingProxyType(
    {
        "request": Rule.WINDOW,
        "slot": Rule.SLOT,
        "zone": Rule.ZONE,
        "host": Rule.HOST,
        "pool": Rule.COMPUTING,
    }
)


def check_plan(problem: Problem, plan: Plan) -> tuple[Violation, ...]:
    """Return every breach of every rule, in the order of the rules; none if the plan is allowed.

    A residency that names what the problem does not have breaks the rule that asks for it, and
    is left out of account. A request that is not there, withdrawn or placed twice breaks H1: it
    has no window in which this residency could lie.
    """
    stays = Stays(problem, plan)
    found = [*_check_names(problem, plan), *_check_requests(problem, plan)]
    for check in CHECKS.values():
        found.extend(check(stays))
    order = list(Rule)
    return tuple(sorted(found, key=lambda violation: order.index(violation.rule)))


def _check_names(problem: Problem, plan: Plan) -> Iterator[Violation]:
    for residency in plan.residencies:
        for field in unknown_names(problem, residency):
            name = getattr(residency, field)
            text = f"names {field} '{name}', which the scenario does not have"
            yield breach_of(RULE_OF_NAME[field], residency.request, text)


def _check_requests(problem: Problem, plan: Plan) -> Iterator[Violation]:
    times = Counter(residency.request for residency in plan.residencies)
    for name, count in times.items():
        if count > 1:
            text = f"has {count} residencies, but may have one"
            yield breach_of(Rule.WINDOW, name, text)
        if name in problem.request and not problem.request[name].is_submitted:
            yield breach_of(Rule.WINDOW, name, "is withdrawn, but has a residency")
