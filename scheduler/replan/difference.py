"""The difference of two plans: who is touched, from what to what, and what it costs by term.

People notice their dates, their zone and their host. A slot or a pool may change for nothing, so
such changes are told apart and touch nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request, Residency
from scheduler.problem.types import RequestId
from scheduler.rules import Term
from scheduler.verify import score_plan


class Fate(StrEnum):
    """What becomes of a request from one plan to the next."""

    CHANGED = "changed"
    """Other dates, another zone or another host."""

    DROPPED = "dropped"
    """Still asked for, and no longer placed."""

    WITHDRAWN = "withdrawn"
    """No longer asked for."""

    NEW = "new"
    """Placed, and was not before."""

    REASSIGNED = "reassigned"
    """Another slot or pool, which nobody notices."""


TOUCHED = frozenset({Fate.CHANGED, Fate.DROPPED})
"""What the office does to somebody who was placed; who withdraws does it alone."""

CHANGE_TERMS = (Term.DROPPED, Term.REDATED, Term.REZONED, Term.REHOSTED)
"""Terms of the objective that weigh changes of what was published."""

NOTICED = ("first_day", "last_day", "zone", "host")
UNNOTICED = ("slot", "pool")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What becomes of one request; ``cost`` has the points of the change terms that it costs."""

    request: RequestId
    fate: Fate
    before: Residency | None
    after: Residency | None
    cost: Mapping[Term, int]

    @property
    def parts(self) -> tuple[str, ...]:
        """Parts of the residency that are others than before, where there is one in both."""
        return _differing(self.before, self.after, (*NOTICED, *UNNOTICED))


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two plans of a problem compared; requests with the same residency in both are but counted."""

    changes: tuple[Change, ...]
    kept: int
    unplaced_before: int
    unplaced_after: int
    terms_before: Mapping[Term, int]
    terms_after: Mapping[Term, int]

    def of(self, *fates: Fate) -> tuple[Change, ...]:
        """Return the changes of some fates."""
        return tuple(change for change in self.changes if change.fate in fates)

    @property
    def touched(self) -> int:
        """Number of those who were placed, still ask, and are dropped or notice a change."""
        return len(self.of(*TOUCHED))

    @property
    def gain(self) -> Mapping[Term, int]:
        """Points gained, by term; negative where they are lost."""
        return {term: self.terms_after[term] - self.terms_before[term] for term in Term}

    @property
    def objective_before(self) -> int:
        """What the first plan is worth."""
        return sum(self.terms_before.values())

    @property
    def objective_after(self) -> int:
        """What the second plan is worth."""
        return sum(self.terms_after.values())


def difference(
    problem: Problem, before: Plan, after: Plan, *, earlier: Problem | None = None
) -> Difference:
    """Return what is different in a later plan, both of them scored anew.

    ``problem`` is that of the later plan, and says who still asks. ``earlier`` is that of the
    earlier plan where it was another one: the earlier plan is scored by it.
    """
    changes = tuple(
        change
        for request in problem.requests
        if (change := _find_change(problem, request, before, after)) is not None
    )
    both = before.by_request.keys() & after.by_request.keys()
    was = earlier or problem
    return Difference(
        changes=changes,
        kept=len(both) - sum(change.request in both for change in changes),
        unplaced_before=_count_unplaced(was, before),
        unplaced_after=_count_unplaced(problem, after),
        terms_before=score_plan(was, before),
        terms_after=score_plan(problem, after),
    )


def _find_change(problem: Problem, request: Request, before: Plan, after: Plan) -> Change | None:
    """Return what becomes of a request, None where it has what it had."""
    was, now = before.by_request.get(request.id), after.by_request.get(request.id)
    fate = _find_fate(request, was, now)
    if fate is None:
        return None
    cost = _cost_of(problem, request.id, now)
    return Change(request=request.id, fate=fate, before=was, after=now, cost=cost)


def _find_fate(request: Request, was: Residency | None, now: Residency | None) -> Fate | None:
    if was is None:
        return None if now is None else Fate.NEW
    if now is None:
        return Fate.DROPPED if request.is_submitted else Fate.WITHDRAWN
    if _differing(was, now, NOTICED):
        return Fate.CHANGED
    return Fate.REASSIGNED if _differing(was, now, UNNOTICED) else None


def _differing(
    was: Residency | None, now: Residency | None, parts: tuple[str, ...]
) -> tuple[str, ...]:
    if was is None or now is None:
        return ()
    return tuple(part for part in parts if getattr(was, part) != getattr(now, part))


def _cost_of(problem: Problem, request: RequestId, now: Residency | None) -> Mapping[Term, int]:
    """Return the change terms of one request against what was published of it, zeros left out."""
    told, weights = problem.told.get(request), problem.policy.weights
    if told is None:
        return {}
    if now is None:
        costs = {Term.DROPPED: -weights.dropped}
    else:
        days = abs((now.first_day - told.first_day).days) + abs((now.last_day - told.last_day).days)
        costs = {
            Term.REDATED: -(weights.redated + weights.redated_day * days) if days else 0,
            Term.REZONED: -weights.rezoned if now.zone != told.zone else 0,
            Term.REHOSTED: -weights.rehosted if now.host != told.host else 0,
        }
    return {term: points for term, points in costs.items() if points}


def _count_unplaced(problem: Problem, plan: Plan) -> int:
    return sum(request.id not in plan.by_request for request in problem.submitted)
