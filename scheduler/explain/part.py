"""The space of some requests beside all others, small enough to be searched in a moment."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from scheduler.candidates.candidates import Candidates
from scheduler.candidates.days import Bools
from scheduler.candidates.quotas import counts_of
from scheduler.candidates.resources import build_resources
from scheduler.candidates.space import Space
from scheduler.explain.case import Case
from scheduler.explain.choice import Beside, everything, kept
from scheduler.explain.setting import Setting
from scheduler.problem.programme import Quota
from scheduler.problem.requests import Residency
from scheduler.problem.types import RequestId

SIZE = 5000
"""Times and options that all freed requests may choose among, about."""

OWN_SHARE = 2
"""Of them half are those of the request that is to be placed, where it has so many."""

TIMES = 8
"""Times that each of them may choose among at least: those of most points, and its own."""


def part_space(
    case: Case, freed: Sequence[RequestId], start: Mapping[RequestId, Residency]
) -> Space:
    """Return the space of some requests beside all others; the first one's wish is required.

    Among the ways of each is the one that it has at the start.
    """
    setting = case.setting
    own = _own_ways(case, freed, start)
    fitting = [_fitting(setting, request, freed) for request in freed[1:]]
    times = _affordable(fitting, SIZE - own.size)
    candidates = [
        own,
        *(_worthwhile(setting.plan.by_request, each, times) for each in fitting),
    ]
    resources, demands = build_resources(setting.tables, candidates)
    return Space(
        problem=setting.problem,
        tables=setting.tables,
        zones=dict(enumerate(setting.problem.zones)),
        candidates=tuple(candidates),
        resources=tuple(
            replace(each, capacity=each.capacity - setting.used((each.rule, each.name), freed))
            for each in resources
        ),
        demands=demands,
        quotas=tuple(
            (_quota_left(setting, quota, freed), counts_of(setting.tables, candidates, quota))
            for quota in setting.problem.quotas
        ),
        position={request: position for position, request in enumerate(freed)},
    )


def _affordable(requests: Sequence[Candidates], size: int) -> int:
    """Return how many times each of some requests may have, that they are of a size together."""
    count = TIMES
    while any(each.times > count for each in requests):
        more = count + TIMES
        if sum(each.size * min(more, each.times) // max(each.times, 1) for each in requests) > size:
            break
        count = more
    return count


def _own_ways(
    case: Case, freed: Sequence[RequestId], start: Mapping[RequestId, Residency]
) -> Candidates:
    """Return the ways that meet the wish: those that lack least, and are worth most."""
    beside = Beside(case.setting, case.setting.candidates(case.request), freed)
    mask = beside.fitting(case.mask_of(beside))
    every = kept(beside.each, mask)
    if every.size > SIZE // OWN_SHARE:
        count = max(TIMES, every.times * SIZE // OWN_SHARE // every.size)
        lacking = case.beside.lacking_at(case.mask)
        order = np.lexsort((-beside.each.points, lacking, ~mask.times))
        times = np.isin(np.arange(beside.each.times), order[:count])
        times |= _on_days_of(start.get(case.request), beside.each)
        every = kept(beside.each, replace(mask, times=times & mask.times))
    return replace(every, required=True)


def _fitting(setting: Setting, request: RequestId, freed: Sequence[RequestId]) -> Candidates:
    beside = Beside(setting, setting.candidates(request), freed)
    return kept(beside.each, beside.fitting())


def _worthwhile(placed: Mapping[RequestId, Residency], each: Candidates, count: int) -> Candidates:
    """Return so many times of most points, and the present one."""
    times = _on_days_of(placed[each.request.id], each)
    times[np.argsort(-each.points, kind="stable")[:count]] = True
    return kept(each, replace(everything(each), times=times))


def _on_days_of(residency: Residency | None, each: Candidates) -> Bools:
    if residency is None:
        return np.zeros(each.times, dtype=np.bool_)
    first, stop = residency.days
    return np.asarray((each.first == first) & (each.stop == stop))


def _quota_left(setting: Setting, quota: Quota, freed: Collection[RequestId]) -> Quota:
    """Return what of a quota's minimum and maximum the others leave."""
    counted = setting.holdings.counted(quota)
    taken = sum(amount for request, amount in counted.items() if request not in freed)
    return replace(
        quota,
        min=None if quota.min is None else max(0, quota.min - taken),
        max=None if quota.max is None else quota.max - taken,
    )
