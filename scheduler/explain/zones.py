"""Facts about zones: what they lack, when they are closed, and what reservations take of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from scheduler.candidates.days import Ints
from scheduler.candidates.exclusive import value_of_request, value_of_reservation
from scheduler.explain.asked import MOST_FACTS, Asked, holders_by, shared_days
from scheduler.explain.explanation import Holder, Reason
from scheduler.explain.scarcity import HELD_BY
from scheduler.explain.sentences import sentence
from scheduler.explain.templates import Template
from scheduler.explain.things import Kind, Span, Thing, features_of, span_of, spans_of
from scheduler.problem.places import Reservation, Zone
from scheduler.problem.types import days_of
from scheduler.rules import Rule


def zone_facts(asked: Asked) -> Iterator[Reason]:
    """Yield why no zone can take the request by itself (H5)."""
    problem, request = asked.problem, asked.request
    if not problem.zones:
        yield Reason(rule=Rule.ZONE, sentence=sentence(Template.NO_ZONES))
        return
    allowed = [zone for zone in problem.zones if _may_be_used(asked, zone)]
    equipped = [zone for zone in allowed if set(request.needs) <= set(zone.features)]
    suiting = [zone for zone in equipped if not zone.tracks or request.track in zone.tracks]
    found = [reason for zone in suiting for reason in _of_zone(asked, zone)][:MOST_FACTS]
    if found:
        yield from found
    elif not allowed:
        yield Reason(rule=Rule.ZONE, sentence=sentence(Template.NO_ZONE_HERE))
    elif not equipped:
        lacking = sentence(Template.NO_ZONE_WITH, features=features_of(request.needs))
        yield Reason(rule=Rule.ZONE, sentence=lacking)
    elif not suiting:
        track = Thing(kind=Kind.TRACK, id=request.track)
        yield Reason(rule=Rule.ZONE, sentence=sentence(Template.NO_ZONE_OF_TRACK, track=track))
    else:
        yield from _elsewhere(asked, suiting)


def exclusive_zone_facts(asked: Asked) -> Iterator[Reason]:
    """Yield the reservations with which the request may not share a zone (H6)."""
    problem, request = asked.problem, asked.request
    for zone in problem.zones:
        if zone.exclusive_by is None or not _may_be_used(asked, zone):
            continue
        own = value_of_request(problem, request, zone.exclusive_by)
        strangers = [
            each
            for each in asked.setting.tables.reserved.get(zone.id, ())
            if value_of_reservation(problem, each, zone.exclusive_by) != own
        ]
        days = shared_days(asked.days, strangers)
        if days:
            yield _reason(HELD_BY[zone.exclusive_by], zone, strangers, days)


def _may_be_used(asked: Asked, zone: Zone) -> bool:
    """Tell whether a zone is of those that the request allows, where its events are."""
    problem, request = asked.problem, asked.request
    site = problem.site_of_zone[zone.id]
    return (
        (request.sites is None or site in request.sites)
        and (request.zones is None or zone.id in request.zones)
        and all(problem.event[event].site == site for event in request.must_attend)
    )


def _elsewhere(asked: Asked, zones: Sequence[Zone]) -> Iterator[Reason]:
    """Yield where zones are that nothing forbids but the lack of a slot."""
    for zone in zones[:MOST_FACTS]:
        where = Thing(kind=Kind.ZONE, id=zone.id)
        site = Thing(kind=Kind.SITE, id=asked.problem.site_of_zone[zone.id])
        said = sentence(Template.ZONE_ELSEWHERE, zone=where, site=site)
        yield Reason(rule=Rule.ZONE, resource=where, sentence=said)


def _of_zone(asked: Asked, zone: Zone) -> Iterator[Reason]:
    """Yield why a zone of the right kind cannot take the request on the days."""
    request, tables = asked.request, asked.setting.tables
    position = asked.problem.zones.index(zone)
    where = Thing(kind=Kind.ZONE, id=zone.id)
    if zone.desks < request.desks:
        small = sentence(Template.ZONE_SMALL, zone=where, desks=zone.desks, asked=request.desks)
        yield Reason(rule=Rule.ZONE, resource=where, sentence=small)
    if zone.area_m2 < request.area_m2:
        small = sentence(
            Template.ZONE_SMALL_AREA, zone=where, area=zone.area_m2, asked=request.area_m2
        )
        yield Reason(rule=Rule.ZONE, resource=where, sentence=small)
    within = tables.horizon.mask([asked.days])
    closed = spans_of(tables.zone_closed[position] & within, tables.horizon.days.start)
    if closed:
        yield Reason(
            rule=Rule.ZONE,
            resource=where,
            days=closed,
            holders=holders_by(Kind.CLOSURE, zone.id, zone.closures, asked.days),
            sentence=sentence(Template.ZONE_CLOSED, zone=where, days=closed),
        )
    reserved = tables.reserved.get(zone.id, [])
    desks = np.where(within, request.desks - tables.free_desks[position], 0)
    area = np.where(within, request.area_m2 - tables.free_area[position], 0)
    if zone.desks >= request.desks:
        yield from _reserved(asked, Template.DESKS_TAKEN, zone, reserved, desks)
    if zone.area_m2 >= request.area_m2:
        yield from _reserved(asked, Template.AREA_TAKEN, zone, reserved, area)


def _reserved(
    asked: Asked, template: Template, zone: Zone, reserved: list[Reservation], missing: Ints
) -> Iterator[Reason]:
    days = spans_of(missing > 0, asked.setting.tables.horizon.days.start)
    if days:
        there = [one for one in reserved if any(span.days.common(days_of(one)) for span in days)]
        yield _reason(template, zone, there, days, int(missing.max()))


def _reason(
    template: Template,
    zone: Zone,
    reservations: list[Reservation],
    days: tuple[Span, ...],
    missing: int = 0,
) -> Reason:
    """Return the reason that reservations hold a zone on some days."""
    holders = tuple(
        Holder(
            what=Thing(kind=Kind.RESERVATION, id=each.id),
            days=span_of(each),
            amount=each.area_m2 if template is Template.AREA_TAKEN else each.desks,
        )
        for each in reservations
    )
    where = Thing(kind=Kind.ZONE, id=zone.id)
    said = sentence(
        template,
        zone=where,
        days=days,
        missing=missing,
        holders=tuple(holder.what for holder in holders),
    )
    rule = Rule.EXCLUSIVE_ZONE if template in HELD_BY.values() else Rule.ZONE
    return Reason(rule=rule, resource=where, days=days, holders=holders, sentence=said)
