"""What counts for a quota: by residencies, person-days or cost, within its period."""

from __future__ import annotations

from scheduler.problem.programme import Measure, Quota, QuotaBy
from scheduler.problem.types import days_of
from scheduler.verify.stays import Stay, Stays


def count_quota(stays: Stays, quota: Quota) -> list[tuple[Stay, int]]:
    """Return the stays that count for a quota, each with what it counts."""
    counted = ((stay, _amount(stay, quota)) for stay in stays.all if _concerns(quota, stay))
    return [(stay, amount) for stay, amount in counted if amount]


def _concerns(quota: Quota, stay: Stay) -> bool:
    if quota.value is None:
        return True
    values: dict[QuotaBy, str | None] = {
        QuotaBy.ANY: quota.value,
        QuotaBy.COUNTRY: stay.institution.country,
        QuotaBy.TRACK: stay.request.track,
        QuotaBy.INSTITUTION: stay.institution.id,
        QuotaBy.SITE: stay.site,
    }
    return quota.value == values[quota.by]


def _amount(stay: Stay, quota: Quota) -> int:
    period = days_of(quota)
    begins_in_it = stay.days.start in period
    days = stay.days.common(period)
    cost = stay.request.cost
    amounts = {
        Measure.RESIDENCIES: int(begins_in_it),
        Measure.PERSON_DAYS: days * stay.request.desks,
        Measure.COST: cost.fixed * begins_in_it + cost.per_day * days,
    }
    return amounts[quota.measure]
