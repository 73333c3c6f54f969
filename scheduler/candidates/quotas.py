"""Quotas as totals: what each time counts towards each quota (rule H13, term quota_missing)."""

from __future__ import annotations

from collections.abc import Sequence
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
    counts = []
    for position, each in enumerate(candidates):
        counted = _counted(tables, each, quota)
        if counted is False:
            continue
        amount = np.where(counted, _amounts(each, quota), 0)
        if amount.any():
            counts.append(QuotaCount(request=position, amount=amount))
    return tuple(counts)


def _amounts(candidates: Candidates, quota: Quota) -> Ints:
    """Return what each time would count if the quota counts it."""
    request, first, stop = candidates.request, candidates.first, candidates.stop
    period = days_of(quota)
    begins = (first >= period.start) & (first < period.stop)
    days = np.maximum(np.minimum(stop, period.stop) - np.maximum(first, period.start), 0)
    match quota.measure:
        case Measure.RESIDENCIES:
            return begins.astype(np.int64)
        case Measure.PERSON_DAYS:
            return np.asarray(days * request.desks)
        case Measure.COST:
            return np.asarray(begins * request.cost.fixed + days * request.cost.per_day)


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
