"""Exhaustive search over all plans of a tiny problem, judged by the verifier alone.

What residencies break by themselves no further residency mends: but for pins, which ask for a
request to be placed, every rule only forbids. So residencies that are not allowed alone or beside
those already chosen are left out, branches that cannot beat the best plan known are cut off, and
every plan that is left is checked and scored whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, product
from typing import NamedTuple

from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request, Residency
from scheduler.problem.types import RequestId, days_of
from scheduler.rules import Rule, Term
from scheduler.verify import CHECKS, SCORES, check_plan, score_plan
from scheduler.verify.counts import count_quota
from scheduler.verify.stays import Stays

OF_DAYS = (
    Rule.WINDOW,
    Rule.LENGTH,
    Rule.ARRIVAL,
    Rule.SLOT,
    Rule.OWN_CALENDAR,
    Rule.VISA,
    Rule.MUST_ATTEND,
)
"""Rules that one residency's slot and days keep or break, wherever it is."""

TOGETHER = (
    Rule.SLOT,
    Rule.ZONE,
    Rule.EXCLUSIVE_ZONE,
    Rule.HOST,
    Rule.COMPUTING,
    Rule.OWN_CALENDAR,
    Rule.SEPARATION,
    Rule.QUOTA,
    Rule.COLLABORATION,
)
"""Rules that residencies which are allowed alone may break together."""

ALONE = (
    Term.PLACED,
    Term.SHORT_STAY,
    Term.ARRIVAL_SHIFT,
    Term.ZONE_POINTS,
    Term.WISHES,
    Term.HOST_RANK,
    Term.EVENTS,
    Term.REDATED,
    Term.REZONED,
    Term.REHOSTED,
)
"""Terms that are sums over residencies."""


def best_objective(problem: Problem) -> int | None:
    """Return the objective of the best allowed plan, or None where pins cannot hold."""
    search = Search(problem)
    domains = {request.id: options_of(problem, request) for request in problem.submitted}
    search.visit((), dict(sorted(domains.items(), key=lambda item: len(item[1]))))
    return search.best


class Option(NamedTuple):
    """A residency of a request or none, its points so far, and what quotas count of it."""

    points: int
    residency: Residency | None
    counts: tuple[int, ...]


Domains = Mapping[RequestId, Sequence[Option]]


@dataclass
class Search:
    """The best objective found so far, and what is known of pairs of residencies."""

    problem: Problem
    best: int | None = None
    gains: dict[tuple[Residency, Residency], int | None] = field(default_factory=dict)

    def visit(self, chosen: tuple[Option, ...], domains: Domains) -> None:
        """Try all options of the first undecided request with all options of the others."""
        placed = tuple(option.residency for option in chosen if option.residency is not None)
        if not domains:
            self.judge(placed)
        elif len(placed) <= 2 or not _breaks(self.problem, placed, TOGETHER):
            head, *others = domains
            for option in sorted(domains[head], key=lambda option: -option.points):
                if self.may_win(chosen, {**domains, head: (option,)}):
                    rest = {name: self.beside(option, domains[name]) for name in others}
                    self.visit((*chosen, option), rest)

    def beside(self, chosen: Option, options: Sequence[Option]) -> Sequence[Option]:
        """Return the options that are allowed beside a chosen one, with the points they gain."""
        one = chosen.residency
        if one is None:
            return options
        left = []
        for option in options:
            gain = 0 if option.residency is None else self.gain(one, option.residency)
            if gain is not None:
                left.append(option._replace(points=option.points + gain))
        return left

    def gain(self, one: Residency, other: Residency) -> int | None:
        """Return the points that two residencies earn together, or None if they may not be."""
        if (one, other) not in self.gains:
            pair = Stays(self.problem, Plan(residencies=(one, other)))
            points = SCORES[Term.OVERLAP](pair) + SCORES[Term.SAME_FLOOR](pair)
            allowed = not any(violation for rule in TOGETHER for violation in CHECKS[rule](pair))
            self.gains[one, other] = points if allowed else None
        return self.gains[one, other]

    def may_win(self, chosen: tuple[Option, ...], domains: Domains) -> bool:
        """Tell whether a plan with the chosen options could be better than the best."""
        if not all(domains.values()):
            return False
        return self.best is None or self.bound(chosen, domains) > self.best

    def bound(self, chosen: tuple[Option, ...], domains: Domains) -> int:
        """Return what no plan with the chosen options can exceed."""
        undecided = domains.values()
        points = sum(option.points for option in chosen)
        points += sum(max(option.points for option in options) for options in undecided)
        weights = self.problem.policy.weights
        for collaboration in self.problem.collaborations:
            members = [name for name in collaboration.requests if name in domains]
            for _ in combinations(members, 2):
                points += weights.overlap_day * collaboration.target_overlap_days
                points += weights.same_floor * collaboration.same_floor
        for place, quota in enumerate(self.problem.quotas):
            counted = sum(option.counts[place] for option in chosen)
            counted += sum(max(option.counts[place] for option in options) for options in undecided)
            missing = max(0, (quota.min or 0) - counted)
            points -= quota.points_per_missing * -(-missing // quota.unit)
        return points

    def judge(self, residencies: tuple[Residency, ...]) -> None:
        """Keep a plan's objective if the plan is allowed and better than the best."""
        plan = Plan(residencies=residencies)
        objective = sum(score_plan(self.problem, plan).values())
        if (self.best is None or objective > self.best) and not check_plan(self.problem, plan):
            self.best = objective


def options_of(problem: Problem, request: Request) -> list[Option]:
    """Return every residency of the request that is allowed alone, and to leave it unplaced."""
    dropped = problem.policy.weights.dropped if request.id in problem.told else 0
    options = [Option(-dropped, None, (0,) * len(problem.quotas))]
    if any(request.id in violation.requests for violation in check_plan(problem, Plan())):
        options = []
    for residency in allowed_residencies(problem, request):
        stays = Stays(problem, Plan(residencies=(residency,)))
        points = sum(SCORES[term](stays) for term in ALONE)
        counts = (count_quota(stays, quota) for quota in problem.quotas)
        sums = tuple(sum(amount for _, amount in counted) for counted in counts)
        options.append(Option(points, residency, sums))
    return options


def allowed_residencies(problem: Problem, request: Request) -> Iterator[Residency]:
    """Yield every residency that is allowed alone.

    Which slots and days are allowed does not depend on the rest, nor do zones on hosts and pools,
    nor these on each other.
    """
    anywhere = problem.zones[0].id
    for slot, (first_day, last_day) in product(problem.slots, _days(request)):
        dated = Residency(
            request=request.id,
            slot=slot.id,
            zone=anywhere,
            host=None,
            pool=None,
            first_day=first_day,
            last_day=last_day,
        )
        if _breaks(problem, (dated,), OF_DAYS):
            continue
        for zone in problem.zones:
            zoned = replace(dated, zone=zone.id)
            if _breaks(problem, (zoned,), (Rule.ZONE, Rule.EXCLUSIVE_ZONE)):
                continue
            for whole in _completed(problem, zoned):
                found = check_plan(problem, Plan(residencies=(whole,)))
                if not any(request.id in violation.requests for violation in found):
                    yield whole


def _completed(problem: Problem, zoned: Residency) -> Iterator[Residency]:
    """Yield a residency with each host and pool that are allowed, whatever the other is."""
    hosted = [replace(zoned, host=host) for host in (None, *problem.host)]
    pooled = [replace(zoned, pool=pool) for pool in (None, *problem.pool)]
    hosts = [each.host for each in hosted if not _breaks(problem, (each,), (Rule.HOST,))]
    pools = [each.pool for each in pooled if not _breaks(problem, (each,), (Rule.COMPUTING,))]
    for host, pool in product(hosts, pools):
        yield replace(zoned, host=host, pool=pool)


def _days(request: Request) -> Iterator[tuple[dt.date, dt.date]]:
    """Yield the first and last day of every stay that is neither too short nor too long."""
    window = days_of(request)
    for first in range(*window):
        for length in range(request.min_days, request.max_days + 1):
            if first + length <= window.stop:
                last = first + length - 1
                yield dt.date.fromordinal(first), dt.date.fromordinal(last)


def _breaks(problem: Problem, residencies: tuple[Residency, ...], rules: Sequence[Rule]) -> bool:
    """Tell whether residencies break one of the rules."""
    stays = Stays(problem, Plan(residencies=residencies))
    return any(True for rule in rules for _ in CHECKS[rule](stays))
