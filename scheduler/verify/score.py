"""What a plan is worth: every term of the objective, recomputed plainly."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.programme import Quota
from scheduler.problem.requests import Residency
from scheduler.problem.types import days_of
from scheduler.rules import Term
from scheduler.verify.counts import count_quota
from scheduler.verify.stays import Stays


def score_placed(stays: Stays) -> int:
    """Return the points for every residency, by its request's priority."""
    weight = stays.problem.policy.weights.placed
    return sum(weight * stay.request.priority for stay in stays.all)


def score_short_stay(stays: Stays) -> int:
    """Return the points lost for the days by which stays are shorter than the longest."""
    weight = stays.problem.policy.weights.short_day
    return -sum(
        weight * (stay.request.max_days - (stay.days.stop - stay.days.start)) for stay in stays.all
    )


def score_arrival_shift(stays: Stays) -> int:
    """Return the points lost for the days between arrival and the preferred first day."""
    weight = stays.problem.policy.weights.shift_day
    points = 0
    for stay in stays.all:
        preferred = stay.request.preferred_first_day
        if preferred is not None:
            points -= weight * abs((stay.first_day - preferred).days)
    return points


def score_zone_points(stays: Stays) -> int:
    """Return the points that requests give to their zones."""
    return sum(stay.request.zone_points.get(stay.zone.id, 0) for stay in stays.all)


def score_wishes(stays: Stays) -> int:
    """Return the points for wished features that zones have."""
    weight = stays.problem.policy.weights.wish
    return sum(
        weight * len(set(stay.request.wishes) & set(stay.zone.features)) for stay in stays.all
    )


def score_host_rank(stays: Stays) -> int:
    """Return the points lost for hosts that are not the first of the request's list."""
    weight = stays.problem.policy.weights.host_rank
    points = 0
    for stay in stays.all:
        if stay.host is not None and stay.host.id in (stay.request.hosts or ()):
            points -= weight * (stay.request.hosts or ()).index(stay.host.id)
    return points


def score_overlap(stays: Stays) -> int:
    """Return the points for days on which members of a collaboration are there together."""
    weight = stays.problem.policy.weights.overlap_day
    return sum(
        weight * min(one.days.common(other.days), collaboration.target_overlap_days)
        for collaboration in stays.problem.collaborations
        for one, other in stays.placed_pairs(collaboration.requests)
    )


def score_same_floor(stays: Stays) -> int:
    """Return the points for members of a collaboration on one floor on a common day."""
    weight = stays.problem.policy.weights.same_floor
    return weight * sum(
        one.floor == other.floor and one.days.common(other.days) > 0
        for collaboration in stays.problem.collaborations
        if collaboration.same_floor
        for one, other in stays.placed_pairs(collaboration.requests)
    )


def score_events(stays: Stays) -> int:
    """Return the points for events at the site, open to the track, wholly within the stay."""
    weight = stays.problem.policy.weights.event
    return weight * sum(
        event.site == stay.site
        and (not event.tracks or stay.request.track in event.tracks)
        and stay.days.covers(days_of(event))
        for stay in stays.all
        for event in stays.problem.events
    )


def score_quota_missing(stays: Stays) -> int:
    """Return the points lost for every unit, begun ones too, that a quota lacks to its minimum."""
    return sum(
        missing_points(quota, sum(amount for _, amount in count_quota(stays, quota)))
        for quota in stays.problem.quotas
        if quota.min is not None
    )


def missing_points(quota: Quota, total: int) -> int:
    """Return the points lost for what a total lacks to a quota's minimum."""
    missing = max(0, (quota.min or 0) - total)
    return -quota.points_per_missing * -(-missing // quota.unit)


def score_dropped(stays: Stays) -> int:
    """Return the points lost for requests that were published and are now unplaced."""
    weight = stays.problem.policy.weights.dropped
    return -weight * sum(name not in stays.by_request for name in stays.problem.told)


def score_redated(stays: Stays) -> int:
    """Return the points lost for published dates that change, and for the days of the change."""
    weights = stays.problem.policy.weights
    points = 0
    for told, now in _told_and_now(stays):
        days = abs((now.first_day - told.first_day).days) + abs((now.last_day - told.last_day).days)
        if days:
            points -= weights.redated + weights.redated_day * days
    return points


def score_rezoned(stays: Stays) -> int:
    """Return the points lost for published zones that change."""
    weight = stays.problem.policy.weights.rezoned
    return -weight * sum(told.zone != now.zone for told, now in _told_and_now(stays))


def score_rehosted(stays: Stays) -> int:
    """Return the points lost for published hosts that change."""
    weight = stays.problem.policy.weights.rehosted
    return -weight * sum(told.host != now.host for told, now in _told_and_now(stays))


def _told_and_now(stays: Stays) -> Iterator[tuple[Residency, Residency]]:
    for name, told in stays.problem.told.items():
        if name in stays.by_request:
            yield told, stays.by_request[name].residency


SCORES: Mapping[Term, Callable[[Stays], int]] = MappingProxyType(
    {
        Term.PLACED: score_placed,
        Term.SHORT_STAY: score_short_stay,
        Term.ARRIVAL_SHIFT: score_arrival_shift,
        Term.ZONE_POINTS: score_zone_points,
        Term.WISHES: score_wishes,
        Term.HOST_RANK: score_host_rank,
        Term.OVERLAP: score_overlap,
        Term.SAME_FLOOR: score_same_floor,
        Term.EVENTS: score_events,
        Term.QUOTA_MISSING: score_quota_missing,
        Term.DROPPED: score_dropped,
        Term.REDATED: score_redated,
        Term.REZONED: score_rezoned,
        Term.REHOSTED: score_rehosted,
    }
)


def score_plan(problem: Problem, plan: Plan) -> dict[Term, int]:
    """Return the points of every term; the objective is their sum."""
    stays = Stays(problem, plan)
    return {term: score(stays) for term, score in SCORES.items()}
