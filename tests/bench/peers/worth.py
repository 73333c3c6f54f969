"""What a residency is worth by itself, what it counts for quotas, and which requests are bound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from scheduler.problem.people import Host
from scheduler.problem.places import Zone
from scheduler.problem.problem import Problem
from scheduler.problem.programme import Event, Measure, Quota, QuotaBy
from scheduler.problem.requests import Collaboration, Request
from scheduler.problem.types import Days, RequestId, SiteId, days_of


def stay_points(problem: Problem, request: Request, invited: Iterable[Event], days: Days) -> int:
    """Return the points of being placed on some days, with the events that it is invited to."""
    weights = problem.policy.weights
    points = weights.placed * request.priority
    points -= weights.short_day * (request.max_days - (days.stop - days.start))
    if request.preferred_first_day is not None:
        points -= weights.shift_day * abs(days.start - request.preferred_first_day.toordinal())
    points += weights.event * sum(days.covers(days_of(event)) for event in invited)
    told = problem.told.get(request.id)
    if told is not None and told.days != days:
        shift = abs(told.days.start - days.start) + abs(told.days.stop - days.stop)
        points -= weights.redated + weights.redated_day * shift
    return points


def zone_points(problem: Problem, request: Request, zone: Zone) -> int:
    """Return the points of a zone."""
    weights = problem.policy.weights
    told = problem.told.get(request.id)
    points = request.zone_points.get(zone.id, 0)
    points += weights.wish * len(set(request.wishes) & set(zone.features))
    return points - weights.rezoned * (told is not None and told.zone != zone.id)


def host_points(problem: Problem, request: Request, host: Host | None) -> int:
    """Return the points of a host, or of having none."""
    weights = problem.policy.weights
    told = problem.told.get(request.id)
    name = None if host is None else host.id
    rank = request.hosts.index(host.id) if host is not None and request.hosts else 0
    rehosted = told is not None and told.host != name
    return -weights.host_rank * rank - weights.rehosted * rehosted


def dropped_points(problem: Problem, request: Request) -> int:
    """Return the points of leaving a request unplaced."""
    return -problem.policy.weights.dropped * (request.id in problem.told)


def invitations(problem: Problem, request: Request, site: SiteId) -> list[Event]:
    """Return the events of a site to which the request's track is invited."""
    return [
        event
        for event in problem.events
        if event.site == site and (not event.tracks or request.track in event.tracks)
    ]


def concerns(problem: Problem, quota: Quota, request: Request) -> bool:
    """Tell whether a quota may count a request; one by site, only if the stay is there."""
    institution = problem.institution_of(request)
    values = {
        QuotaBy.COUNTRY: institution.country,
        QuotaBy.TRACK: request.track,
        QuotaBy.INSTITUTION: institution.id,
    }
    return quota.value is None or values.get(quota.by, quota.value) == quota.value


def quota_site(quota: Quota) -> str | None:
    """Return the one site whose stays a quota counts, None if it counts those of all."""
    return quota.value if quota.by is QuotaBy.SITE else None


def amount(quota: Quota, request: Request, days: Days) -> int:
    """Return what a stay at the quota's site counts."""
    period = days_of(quota)
    common = days.common(period)
    arrives = days.start in period
    amounts = {
        Measure.RESIDENCIES: int(arrives),
        Measure.PERSON_DAYS: common * request.desks,
        Measure.COST: request.cost.fixed * arrives + request.cost.per_day * common,
    }
    return amounts[quota.measure]


def collaborators(problem: Problem) -> Iterator[tuple[Collaboration, Request, Request]]:
    """Yield every pair of requests that stand and work together."""
    for collaboration in problem.collaborations:
        for one, other in _pairs(problem, collaboration.requests):
            yield collaboration, one, other


def rivals(problem: Problem) -> Iterator[tuple[Request, Request]]:
    """Yield every pair of requests that stand and must not share a zone."""
    for separation in problem.separations:
        yield from _pairs(problem, separation.requests)


def _pairs(problem: Problem, names: tuple[RequestId, ...]) -> Iterator[tuple[Request, Request]]:
    requests = [problem.request[name] for name in dict.fromkeys(names)]
    return combinations([request for request in requests if request.is_submitted], 2)
