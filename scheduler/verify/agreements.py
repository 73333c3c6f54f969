"""Rules that are agreed on beyond one stay: quotas, pins, collaborations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from scheduler.problem.programme import Quota
from scheduler.problem.requests import Pin, Residency
from scheduler.problem.types import RequestId
from scheduler.rules import Rule
from scheduler.verify.counts import count_quota
from scheduler.verify.stays import Stays
from scheduler.verify.violation import Violation, breach_of, spell_days

PARTS = ("slot", "zone", "host", "pool", "first_day", "last_day")


def check_quota(stays: Stays) -> Iterator[Violation]:
    """H13: no quota counts more than its maximum."""
    for quota in stays.problem.quotas:
        counted = [(stay.id, amount) for stay, amount in count_quota(stays, quota)]
        violation = exceeded_quota(quota, counted)
        if violation is not None:
            yield violation


def exceeded_quota(quota: Quota, counted: Sequence[tuple[RequestId, int]]) -> Violation | None:
    """Return the violation of a quota by what is counted, None where there is none."""
    total = sum(amount for _, amount in counted)
    if quota.max is None or total <= quota.max:
        return None
    measure = quota.measure.replace("_", "-")
    text = f"Quota '{quota.id}' allows {quota.max} {measure}, but {total} are counted."
    requests = tuple(request for request, _ in counted)
    return Violation(rule=Rule.QUOTA, requests=requests, text=text)


def check_pin(stays: Stays) -> Iterator[Violation]:
    """H14: pins hold, and so does what was published of stays that begin soon."""
    for pin in stays.problem.pins:
        if not stays.problem.request[pin.request].is_submitted:
            yield breach_of(Rule.PIN, pin.request, "is withdrawn, but pinned")
            continue
        pinned = [part for part in PARTS if getattr(pin, part) is not None]
        yield from _check_pinned(stays, pin, "pinned", pinned)
    for told in stays.problem.told.values():
        if stays.problem.is_frozen(told):
            yield from _check_pinned(stays, told, "frozen as published", PARTS)


def _check_pinned(
    stays: Stays, wanted: Pin | Residency, how: str, parts: Iterable[str]
) -> Iterator[Violation]:
    stay = stays.by_request.get(wanted.request)
    if stay is None:
        yield breach_of(Rule.PIN, wanted.request, f"is {how}, but not placed")
        return
    for part in parts:
        asked, planned = getattr(wanted, part), getattr(stay.residency, part)
        if asked != planned:
            words = part.replace("_", " ")
            text = f"is {how} to {words} {asked or 'none'}, but has {words} {planned or 'none'}"
            yield breach_of(Rule.PIN, stay.id, text)


def check_collaboration(stays: Stays) -> Iterator[Violation]:
    """H15: any two placed members of a collaboration are there together long enough."""
    for collaboration in stays.problem.collaborations:
        shortest = collaboration.min_overlap_days
        for one, other in stays.placed_pairs(collaboration.requests):
            common = one.days.common(other.days)
            if common < shortest:
                text = (
                    f"Requests '{one.id}' and '{other.id}' of collaboration '{collaboration.id}' "
                    f"share {common} days, fewer than {shortest}: one stays "
                    f"{spell_days(one.days)}, the other {spell_days(other.days)}."
                )
                yield Violation(rule=Rule.COLLABORATION, requests=(one.id, other.id), text=text)
