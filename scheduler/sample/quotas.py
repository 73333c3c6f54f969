"""Quotas of a sample: for each year some of what is asked for then is wanted, or the most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from scheduler.problem.problem import Problem
from scheduler.problem.programme import Measure, Quota, QuotaBy
from scheduler.problem.requests import Request
from scheduler.problem.types import QuotaId
from scheduler.sample.dice import Dice
from scheduler.sample.family import Shape
from scheduler.sample.spans import YEAR, Span

MILLION = 1000000
KINDS = (
    (QuotaBy.COUNTRY, Measure.RESIDENCIES),
    (QuotaBy.ANY, Measure.COST),
    (QuotaBy.TRACK, Measure.RESIDENCIES),
    (QuotaBy.SITE, Measure.PERSON_DAYS),
    (QuotaBy.INSTITUTION, Measure.RESIDENCIES),
)


def with_quotas(problem: Problem, shape: Shape, dice: Dice) -> Problem:
    """Add quotas of five kinds for every year, or some of them to a tiny sample."""
    years = [span for span in shape.span.cut(YEAR) if 2 * span.length > YEAR or shape.is_tiny]
    quotas: list[Quota] = []
    for year in years:
        kinds = dice.draw(KINDS, dice.rounded(shape.rates.quotas))
        quotas += [_quota(by, measure, problem, year, dice) for by, measure in kinds]
    named = [
        replace(quota, id=QuotaId(f"quota-{number}")) for number, quota in enumerate(quotas, 1)
    ]
    return replace(problem, quotas=tuple(named))


def _quota(by: QuotaBy, measure: Measure, problem: Problem, year: Span, dice: Dice) -> Quota:
    value = _value(by, problem, dice)
    asked = [one for one in problem.submitted if _belongs(one, by, value, year, problem)]
    amount = _amount(asked, measure)
    return Quota(
        id=QuotaId("quota"),
        name=f"{by} {measure}".replace("_", " "),
        by=by,
        value=value,
        first_day=year.first_day,
        last_day=year.last_day,
        measure=measure,
        **_limits(amount, measure, dice),
        **_price(measure),
    )


def _value(by: QuotaBy, problem: Problem, dice: Dice) -> str | None:
    """Return whom the quota is about; a country or institution as often as it asks."""
    request = dice.pick(problem.requests)
    if by is QuotaBy.SITE:
        return dice.pick(problem.sites).id
    return _values(request, problem)[by]


def _belongs(
    request: Request, by: QuotaBy, value: str | None, year: Span, problem: Problem
) -> bool:
    """Tell whether the middle of a request's window is in the year and the quota may count it."""
    middle = request.first_day + (request.last_day - request.first_day) / 2
    if not year.first_day <= middle <= year.last_day:
        return False
    if by is QuotaBy.SITE:
        return request.sites is not None and request.sites[0] == value
    return _values(request, problem)[by] == value


def _values(request: Request, problem: Problem) -> dict[QuotaBy, str | None]:
    institution = problem.institution_of(request)
    return {
        QuotaBy.ANY: None,
        QuotaBy.COUNTRY: institution.country,
        QuotaBy.TRACK: request.track,
        QuotaBy.INSTITUTION: institution.id,
    }


def _amount(requests: Iterable[Request], measure: Measure) -> int:
    """Return what the requests would add up to with stays of middling length."""
    return sum(_share(request, measure) for request in requests)


def _share(request: Request, measure: Measure) -> int:
    days = (request.min_days + request.max_days) // 2
    shares = {
        Measure.RESIDENCIES: 1,
        Measure.PERSON_DAYS: request.desks * days,
        Measure.COST: request.cost.fixed + request.cost.per_day * days,
    }
    return shares[measure]


def _limits(amount: int, measure: Measure, dice: Dice) -> dict[str, Any]:
    least = amount * dice.between(60, 90) // 100
    most = max(amount * dice.between(80, 100) // 100, 2 if measure is Measure.RESIDENCIES else 0)
    if measure is Measure.COST:
        return {"max": max(10 * MILLION, most)}
    return dice.pick([{"min": least}, {"max": most}, {"min": least, "max": max(least, most)}])


def _price(measure: Measure) -> dict[str, Any]:
    """Return how what is missing is counted: each residency, each day, each million."""
    prices = {
        Measure.RESIDENCIES: {"points_per_missing": 500},
        Measure.PERSON_DAYS: {"points_per_missing": 4},
        Measure.COST: {"points_per_missing": 40, "unit": MILLION},
    }
    return prices[measure]
