"""One stay of a plan, looked at beside those only that bear on it: for moving it by hand.

Nothing of the rules stands here: the verifier checks the few stays that share a place and days, a
researcher or an agreement with the one that is moved, and quotas are counted from what each
stay counts.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import replace
from itertools import count

from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request, Residency
from scheduler.problem.types import RequestId, ResearcherId
from scheduler.rules import Rule, Term
from scheduler.verify.agreements import exceeded_quota
from scheduler.verify.checks import check_plan
from scheduler.verify.counts import count_quota
from scheduler.verify.score import missing_points, score_plan
from scheduler.verify.stays import Stays
from scheduler.verify.violation import Violation

PLACES = ("slot", "zone", "host", "pool")
LAST = sys.maxsize


class Neighbours:
    """A plan that is changed stay by stay, and what each change would break and be worth."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        """Note who is where, and what each stay counts for quotas."""
        self.problem = problem
        self._unlimited = replace(problem, quotas=())
        self._bonds = _bonds(problem)
        self._stays: dict[RequestId, Residency] = {}
        self._rank: dict[RequestId, int] = {}
        self._ranks = count()
        self._at: dict[tuple[str, str], set[RequestId]] = defaultdict(set)
        self._of: dict[ResearcherId, set[RequestId]] = defaultdict(set)
        self._counts: list[dict[RequestId, int]] = [{} for _ in problem.quotas]
        self._totals = [0] * len(problem.quotas)
        for residency in plan.residencies:
            self.put(residency.request, residency)

    @property
    def plan(self) -> Plan:
        """The plan as it stands."""
        return Plan(residencies=tuple(self._stays.values()))

    def asking(self, request: Request) -> Neighbours:
        """Return the same plan where a request asks for something else.

        It is to be looked at while this one stays as it is.
        """
        other = copy(self)
        other.problem = replace(
            self.problem,
            requests=tuple(
                request if each.id == request.id else each for each in self.problem.requests
            ),
        )
        other._unlimited = replace(other.problem, quotas=())  # noqa: SLF001 - its own
        return other

    def put(self, request: RequestId, residency: Residency | None) -> None:
        """Place a request, elsewhere if it has a place, or take it out of the plan."""
        before = self._stays.get(request)
        if before is not None:
            for place in _places(before):
                self._at[place].discard(request)
        if residency is None:
            self._stays.pop(request, None)
            self._rank.pop(request, None)
        else:
            self._stays[request] = residency
            self._rank.setdefault(request, next(self._ranks))
            for place in _places(residency):
                self._at[place].add(request)
        self._note_researcher(request, is_placed=residency is not None)
        self._count(request, residency)

    def check(self, request: RequestId, residency: Residency | None) -> tuple[Violation, ...]:
        """Return the violations that name a request if it were placed so, or not at all.

        They are those of ``check_plan`` on the whole plan that name it, in the same order.
        """
        beside = self._beside(request, residency, self._companions(request, residency))
        found = [*check_plan(self._unlimited, beside), *self._quotas(request, residency)]
        order = list(Rule)
        found.sort(key=lambda violation: order.index(violation.rule))
        return tuple(each for each in found if request in each.requests)

    def difference(self, request: RequestId, residency: Residency | None) -> dict[Term, int]:
        """Return by how much each term of the whole plan would change."""
        bonded = self._bonds.get(request, frozenset()) & self._stays.keys()
        now = self._beside(request, self._stays.get(request), bonded)
        then = self._beside(request, residency, bonded)
        before, after = (score_plan(self._unlimited, plan) for plan in (now, then))
        terms = {term: after[term] - before[term] for term in Term}
        terms[Term.QUOTA_MISSING] = sum(
            missing_points(quota, total) - missing_points(quota, self._totals[number])
            for number, (quota, total) in enumerate(
                zip(self.problem.quotas, self._totals_with(request, residency), strict=True)
            )
        )
        return terms

    def _companions(self, request: RequestId, residency: Residency | None) -> set[RequestId]:
        """Return who bears on a request: by an agreement, as a researcher, or at a place."""
        found = set(self._bonds.get(request, frozenset()) & self._stays.keys())
        if request in self.problem.request:
            found |= self._of[self.problem.request[request].researcher]
        for place in () if residency is None else _places(residency):
            found |= {
                other
                for other in self._at[place]
                if residency is not None and self._stays[other].days.common(residency.days)
            }
        return found - {request}

    def _beside(
        self, request: RequestId, residency: Residency | None, others: Iterable[RequestId]
    ) -> Plan:
        """Return the plan of some stays and the one that is looked at, in the plan's order."""
        ranked = [(self._rank[other], self._stays[other]) for other in others]
        if residency is not None:
            ranked.append((self._rank.get(request, LAST), residency))
        return Plan(residencies=tuple(stay for _, stay in sorted(ranked, key=lambda one: one[0])))

    def _quotas(self, request: RequestId, residency: Residency | None) -> Iterator[Violation]:
        for number, amount in enumerate(self._amounts(residency)):
            counted = self._counts[number]
            if amount:
                then = counted | {request: amount}
                listed = [(name, then[name]) for name in self._stays if name in then]
                if request not in self._stays:
                    listed.append((request, amount))
                violation = exceeded_quota(self.problem.quotas[number], listed)
                if violation is not None:
                    yield violation

    def _totals_with(self, request: RequestId, residency: Residency | None) -> list[int]:
        """Return what each quota would count."""
        return [
            total - counts.get(request, 0) + amount
            for total, counts, amount in zip(
                self._totals, self._counts, self._amounts(residency), strict=True
            )
        ]

    def _amounts(self, residency: Residency | None) -> list[int]:
        """Return what a residency counts for each quota."""
        alone = Stays(self.problem, Plan(residencies=() if residency is None else (residency,)))
        return [
            sum(amount for _, amount in count_quota(alone, quota)) for quota in self.problem.quotas
        ]

    def _count(self, request: RequestId, residency: Residency | None) -> None:
        for number, amount in enumerate(self._amounts(residency)):
            counts = self._counts[number]
            self._totals[number] += amount - counts.pop(request, 0)
            if amount:
                counts[request] = amount

    def _note_researcher(self, request: RequestId, *, is_placed: bool) -> None:
        if request in self.problem.request:
            own = self._of[self.problem.request[request].researcher]
            (own.add if is_placed else own.discard)(request)


def _places(residency: Residency) -> Iterator[tuple[str, str]]:
    """Yield each place that a residency takes, by kind and id."""
    for kind in PLACES:
        name = getattr(residency, kind)
        if name is not None:
            yield kind, name


def _bonds(problem: Problem) -> Mapping[RequestId, frozenset[RequestId]]:
    """Return whom each request works with or is kept apart from."""
    bonds: dict[RequestId, set[RequestId]] = defaultdict(set)
    together = [each.requests for each in problem.collaborations]
    apart = [each.requests for each in problem.separations]
    for requests in (*together, *apart):
        for request in requests:
            bonds[request] |= set(requests) - {request}
    return {request: frozenset(others) for request, others in bonds.items()}
