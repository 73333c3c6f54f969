"""Quotas as totals: what each time counts towards each quota (rule H13, term quota_missing)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.candidates.candidates import Candidates
from scheduler.candidates.days import Bools, Ints
from scheduler.candidates.tables import Tables
from scheduler.problem.programme import Measure, Quota, QuotaBy
from scheduler.problem.types import days_of


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaCount:
    """What the times of one request count towards a quota: ``amount`` is (times,)."""

    request: int
    amount: Ints


def counts_of(
    tables: Tables, candidates: Sequence[Candidates], quota: Quota
) -> tuple[QuotaCount, ...]:
    """Return the requests of which some time counts towards a quota."""
    counted = [_counted(tables, each, quota) for each in candidates]
    chosen = [position for position, some in enumerate(counted) if some is not False]
    if not chosen:
        return ()
    amounts = _amounts([candidates[position] for position in chosen], quota)
    amounts = [np.where(counted[at], own, 0) for at, own in zip(chosen, amounts, strict=True)]
    return tuple(
        QuotaCount(request=position, amount=amount)
        for position, amount in zip(chosen, amounts, strict=True)
        if amount.any()
    )


def _amounts(candidates: Sequence[Candidates], quota: Quota) -> list[Ints]:
    """Return what each time of some requests would count if the quota counts it."""
    times = [each.times for each in candidates]
    first = np.concatenate([each.first for each in candidates])
    stop = np.concatenate([each.stop for each in candidates])
    period = days_of(quota)
    begins = (first >= period.start) & (first < period.stop)
    days = np.maximum(np.minimum(stop, period.stop) - np.maximum(first, period.start), 0)

    def of_each(numbers: Iterable[int]) -> Ints:
        return np.repeat(np.fromiter(numbers, dtype=np.int64), times)

    match quota.measure:
        case Measure.RESIDENCIES:
            amount = begins.astype(np.int64)
        case Measure.PERSON_DAYS:
            amount = days * of_each(each.request.desks for each in candidates)
        case Measure.COST:
            fixed = of_each(each.request.cost.fixed for each in candidates)
            amount = begins * fixed
            amount += days * of_each(each.request.cost.per_day for each in candidates)
    return np.split(amount, np.cumsum(times)[:-1])


def _counted(tables: Tables, candidates: Candidates, quota: Quota) -> Bools | bool:
    """Tell which times the quota counts; one without a value counts all."""
    request, problem = candidates.request, tables.problem
    if quota.value is None:
        return True
    match quota.by:
        case QuotaBy.ANY:
            return True
        case QuotaBy.COUNTRY:
            return problem.institution_of(request).country == quota.value
        case QuotaBy.TRACK:
            return request.track == quota.value
        case QuotaBy.INSTITUTION:
            return problem.institution_of(request).id == quota.value
        case QuotaBy.SITE:
            sites = np.array([site.id == quota.value for site in problem.sites], dtype=np.bool_)
            return np.asarray(sites[candidates.site])
