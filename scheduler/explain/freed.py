"""Who makes way for a wish: those who hold what it lacks, and a start in which some have left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

import numpy as np

from scheduler.explain.case import Case
from scheduler.explain.choice import Beside, Mask, anything, everything
from scheduler.explain.lacks import Lack
from scheduler.explain.scarcity import holders_of
from scheduler.explain.things import Kind
from scheduler.problem.requests import Residency
from scheduler.problem.types import RequestId
from scheduler.rules import Rule

FREED = 16
"""Requests that are freed beside the one that is to be placed, at most."""


def in_the_way(case: Case) -> list[RequestId]:
    """Return who holds what the wish lacks, and then who holds what those would need."""
    first = _holders(case.beside, case.mask)
    found = dict.fromkeys(first)
    for request in first:
        if len(found) < FREED:
            beside = Beside(case.setting, case.setting.candidates(request), [case.request, *first])
            found.update(dict.fromkeys(_holders(beside, everything(beside.each))))
    return list(found)[:FREED]


def _holders(beside: Beside, mask: Mask) -> list[RequestId]:
    """Return who holds what is lacking, those first who alone are in the way of most."""
    weight: defaultdict[RequestId, float] = defaultdict(float)
    own = beside.each.request.id
    share = 1.0 / np.maximum(beside.lacking_at(mask), 1) ** 2
    for lack in beside.lacks:
        times = beside.blocked(lack, mask)
        for holder in holders_of(beside.setting, lack, own, lack.full):
            if holder.what.kind is Kind.REQUEST:
                first, stop = holder.days.days
                meets = (beside.each.first < stop) & (beside.each.stop > first)
                meets |= lack.rule in (Rule.QUOTA, Rule.COLLABORATION)
                weight[RequestId(holder.what.id)] += float(share[times & meets].sum())
    heaviest = sorted(weight, key=lambda request: -weight[request])
    return [request for request in heaviest if weight[request]][:FREED]


def make_room(case: Case, freed: Sequence[RequestId]) -> dict[RequestId, Residency]:
    """Return where requests are once some have left, so that the one to be placed has its place.

    It has the way that lacks least. Nothing is returned where somebody may not leave.
    """
    setting, choice = case.setting, case.beside.choose(case.mask, anything)
    if choice is None:
        return {}
    left: list[RequestId] = []
    only, lacking = case.beside.mask_of(choice), choice.lacking
    while lacking:
        leaving = _who_leaves(case, lacking[0], choice.residency, set(freed).difference(left))
        if leaving is None:
            return {}
        left.append(leaving)
        beside = Beside(setting, setting.candidates(case.request), left)
        again = beside.choose(only, anything)
        lacking = () if again is None else again.lacking
    before = setting.plan.by_request
    staying = {name: before[name] for name in freed if name in before and name not in left}
    return {**staying, case.request: choice.residency}


def _who_leaves(
    case: Case, lack: Lack, residency: Residency, freed: Collection[RequestId]
) -> RequestId | None:
    """Return who of the freed holds what is lacking and is worth least, None if nobody may go."""
    setting = case.setting
    days = setting.tables.horizon.mask([residency.days])
    holders = holders_of(setting, lack, case.request, days)
    names = [RequestId(each.what.id) for each in holders if each.what.kind is Kind.REQUEST]
    leaving = [name for name in names if name in freed and not setting.candidates(name).required]
    requests = setting.problem.request
    return min(leaving, key=lambda name: requests[name].priority, default=None)
