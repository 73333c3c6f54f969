"""First wishes that a residency does not meet: what they are worth, and which ways meet them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from scheduler.candidates.candidates import Candidates, Part
from scheduler.explain.asked import window_of
from scheduler.explain.case import Narrow
from scheduler.explain.choice import Mask, everything
from scheduler.explain.explanation import WishKind
from scheduler.explain.sentences import Sentence, sentence
from scheduler.explain.templates import Template
from scheduler.explain.things import Kind, Thing, features_of, span_of
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request, Residency
from scheduler.problem.types import Days, HostId, ZoneId
from scheduler.rules import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """A wish that a residency does not meet.

    ``narrow`` tells the ways that meet it; ``request`` asks for nothing else, as far as requests
    can say it; ``days`` are those that matter, and ``rule`` is what there is to say if no rule is
    found to be in the way.
    """

    kind: WishKind
    points: int
    sentence: Sentence
    narrow: Narrow
    request: Request
    days: Days
    rule: Rule


def unmet_wishes(problem: Problem, residency: Residency) -> Iterator[Unmet]:
    """Yield the first wishes that a residency does not meet."""
    request = problem.request[residency.request]
    yield from _first_day(problem, request, residency)
    yield from _length(problem, request, residency)
    yield from _host(problem, request, residency)
    yield from _features(problem, request, residency)
    yield from _zone(problem, request, residency)
    yield from _published(problem, request, residency)


def _first_day(problem: Problem, request: Request, residency: Residency) -> Iterator[Unmet]:
    wished, now = request.preferred_first_day, residency.first_day
    if wished is None or wished == now:
        return
    first = wished.toordinal()
    yield Unmet(
        kind=WishKind.FIRST_DAY,
        points=problem.policy.weights.shift_day * abs((now - wished).days),
        sentence=sentence(Template.WISHED_FIRST_DAY, now=now, wished=wished),
        narrow=lambda _, each: replace(everything(each), times=each.first == first),
        request=request,
        days=Days(first, first + request.min_days),
        rule=Rule.ARRIVAL,
    )


def _length(problem: Problem, request: Request, residency: Residency) -> Iterator[Unmet]:
    step = problem.policy.stay_step_days
    longest = request.max_days - (request.max_days - request.min_days) % step
    now = residency.days.stop - residency.days.start
    if now >= longest:
        return
    yield Unmet(
        kind=WishKind.LENGTH,
        points=problem.policy.weights.short_day * (longest - now),
        sentence=sentence(Template.WISHED_LENGTH, now=now, wished=longest),
        narrow=lambda _, each: replace(everything(each), times=each.stop - each.first >= longest),
        request=replace(request, min_days=longest),
        days=window_of(problem, request),
        rule=Rule.LENGTH,
    )


def _host(problem: Problem, request: Request, residency: Residency) -> Iterator[Unmet]:
    if not request.hosts or residency.host == request.hosts[0]:
        return
    wished = request.hosts[0]
    rank = request.hosts.index(residency.host) if residency.host in request.hosts else 0
    yield Unmet(
        kind=WishKind.HOST,
        points=problem.policy.weights.host_rank * rank,
        sentence=sentence(
            Template.WISHED_HOST, now=host_of(residency), wished=Thing(kind=Kind.HOST, id=wished)
        ),
        narrow=_with_host(wished),
        request=replace(request, hosts=(wished,)),
        days=window_of(problem, request),
        rule=Rule.HOST,
    )


def _features(problem: Problem, request: Request, residency: Residency) -> Iterator[Unmet]:
    lacking = [
        wish
        for wish in dict.fromkeys(request.wishes)
        if wish not in problem.zone[residency.zone].features
    ]
    if not lacking:
        return
    wished = set(request.wishes)
    zones = [zone.id for zone in problem.zones if wished <= set(zone.features)]
    yield Unmet(
        kind=WishKind.FEATURES,
        points=problem.policy.weights.wish * len(lacking),
        sentence=sentence(
            Template.WISHED_FEATURES, now=zone_of(residency), features=features_of(lacking)
        ),
        narrow=_in_zones(zones),
        request=replace(request, needs=tuple(dict.fromkeys((*request.needs, *request.wishes)))),
        days=window_of(problem, request),
        rule=Rule.ZONE,
    )


def _zone(problem: Problem, request: Request, residency: Residency) -> Iterator[Unmet]:
    points = {zone.id: request.zone_points.get(zone.id, 0) for zone in problem.zones}
    allowed = [
        zone
        for zone in points
        if (request.zones is None or zone in request.zones)
        and (request.sites is None or problem.site_of_zone[zone] in request.sites)
    ]
    best = max(points[zone] for zone in allowed)
    if points[residency.zone] >= best:
        return
    zones = [zone for zone in allowed if points[zone] == best]
    named = tuple(Thing(kind=Kind.ZONE, id=zone) for zone in zones)
    yield Unmet(
        kind=WishKind.ZONE,
        points=best - points[residency.zone],
        sentence=sentence(Template.WISHED_ZONE, now=zone_of(residency), wished=named),
        narrow=_in_zones(zones),
        request=replace(request, zones=tuple(zones)),
        days=window_of(problem, request),
        rule=Rule.ZONE,
    )


def _published(problem: Problem, request: Request, residency: Residency) -> Iterator[Unmet]:
    told, weights = problem.told.get(request.id), problem.policy.weights
    if told is None:
        return
    shift = abs((told.first_day - residency.first_day).days) + abs(
        (told.last_day - residency.last_day).days
    )
    if shift:
        days = told.days
        yield Unmet(
            kind=WishKind.PUBLISHED_DAYS,
            points=weights.redated + weights.redated_day * shift,
            sentence=sentence(Template.PUBLISHED_DAYS, then=span_of(told), now=span_of(residency)),
            narrow=lambda _, each: replace(
                everything(each), times=(each.first == days.start) & (each.stop == days.stop)
            ),
            request=request,
            days=days,
            rule=Rule.WINDOW,
        )
    if told.zone != residency.zone:
        yield Unmet(
            kind=WishKind.PUBLISHED_ZONE,
            points=weights.rezoned,
            sentence=sentence(Template.PUBLISHED_ZONE, then=zone_of(told), now=zone_of(residency)),
            narrow=_in_zones([told.zone]),
            request=replace(request, zones=(told.zone,)),
            days=told.days,
            rule=Rule.ZONE,
        )
    if told.host != residency.host:
        yield Unmet(
            kind=WishKind.PUBLISHED_HOST,
            points=weights.rehosted,
            sentence=sentence(Template.PUBLISHED_HOST, then=host_of(told), now=host_of(residency)),
            narrow=_with_host(told.host),
            request=replace(request, hosts=() if told.host is None else (told.host,)),
            days=told.days,
            rule=Rule.HOST,
        )


def zone_of(residency: Residency) -> Thing:
    """Return a residency's zone."""
    return Thing(kind=Kind.ZONE, id=residency.zone)


def host_of(residency: Residency) -> Thing | Template:
    """Return a residency's host, or nobody."""
    if residency.host is None:
        return Template.NOBODY
    return Thing(kind=Kind.HOST, id=residency.host)


def _in_zones(zones: list[ZoneId]) -> Narrow:
    """Return the ways in any of some zones."""

    def narrow(problem: Problem, each: Candidates) -> Mask:
        chosen = [at for at, zone in enumerate(problem.zones) if zone.id in zones]
        options = {Part.ZONE: np.isin(each.options[Part.ZONE].who, chosen)}
        return replace(everything(each), options=options)

    return narrow


def _with_host(host: HostId | None) -> Narrow:
    """Return the ways with one host, or without any."""

    def narrow(problem: Problem, each: Candidates) -> Mask:
        mask = everything(each)
        if Part.HOST not in each.options:
            return replace(mask, times=mask.times & (host is None))
        chosen = [at for at, one in enumerate(problem.hosts) if one.id == host]
        options = {Part.HOST: np.isin(each.options[Part.HOST].who, chosen)}
        return replace(mask, options=options)

    return narrow
