"""Rules about space: slot, zone, exclusive zone, separation."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.problem.places import ExclusiveBy, Reservation, Zone
from scheduler.problem.problem import Problem
from scheduler.problem.types import Days, RequestId, ReservationId, ZoneId, days_of
from scheduler.rules import Rule
from scheduler.verify.capacity import check_capacity, closed_days, common_days
from scheduler.verify.stays import Stay, Stays, spells
from scheduler.verify.violation import (
    Violation,
    breach_of,
    spell_days,
    spell_ids,
)


def check_slot(stays: Stays) -> Iterator[Violation]:
    """H4: the slot is of the track, holds the stay, and has a place on every day."""
    for stay in stays.all:
        slot, window = stay.slot, days_of(stay.slot)
        if stay.request.track not in slot.tracks:
            text = f"is of track '{stay.request.track}', which slot '{slot.id}' does not take"
            yield breach_of(Rule.SLOT, stay.id, text)
        if not window.covers(stay.days):
            text = f"stays {spell_days(stay.days)}, but slot '{slot.id}' lasts {spell_days(window)}"
            yield breach_of(Rule.SLOT, stay.id, text)
    for name, by_day in stays.in_slot.items():
        yield from check_capacity(
            Rule.SLOT,
            place=f"Slot '{name}'",
            unit="residencies",
            by_day=by_day,
            capacity=stays.problem.slot[name].places,
            load_of=lambda _: 1,
        )


def check_zone(stays: Stays) -> Iterator[Violation]:
    """H5: the zone suits the request, is open throughout, and has the desks and m2."""
    for stay in stays.all:
        yield from _check_zone_suits(stays.problem, stay)
        yield from _check_zone_is_open(stay)
    for zone in stays.in_zone:
        yield from _check_floor_space(stays, stays.problem.zone[zone])


def _check_zone_suits(problem: Problem, stay: Stay) -> Iterator[Violation]:
    request, zone = stay.request, stay.zone
    site = problem.site_of_zone[zone.id]
    if site != stay.site:
        text = f"is in a slot at site '{stay.site}', but zone '{zone.id}' is at site '{site}'"
        yield breach_of(Rule.ZONE, stay.id, text)
    if request.sites is not None and site not in request.sites:
        yield breach_of(Rule.ZONE, stay.id, f"does not allow site '{site}'")
    if request.zones is not None and zone.id not in request.zones:
        yield breach_of(Rule.ZONE, stay.id, f"does not allow zone '{zone.id}'")
    if zone.tracks and request.track not in zone.tracks:
        text = f"is of track '{request.track}', which zone '{zone.id}' does not take"
        yield breach_of(Rule.ZONE, stay.id, text)
    missing = [need for need in request.needs if need not in zone.features]
    if missing:
        text = f"needs {spell_ids(missing)}, which zone '{zone.id}' does not have"
        yield breach_of(Rule.ZONE, stay.id, text)


def _check_zone_is_open(stay: Stay) -> Iterator[Violation]:
    zone = stay.zone
    for text in closed_days(zone, stay.days):
        yield breach_of(
            Rule.ZONE, stay.id, f"stays {spell_days(stay.days)}, but zone '{zone.id}' is {text}"
        )


def _check_floor_space(stays: Stays, zone: Zone) -> Iterator[Violation]:
    by_day, reserved = stays.in_zone[zone.id], stays.reserved[zone.id]
    taken = {day: ones for day, ones in reserved.items() if ones}
    yield from check_capacity(
        Rule.ZONE,
        place=f"Zone '{zone.id}'",
        unit="desks taken",
        by_day=by_day,
        capacity=zone.desks,
        load_of=lambda stay: stay.request.desks,
        taken={day: sum(one.desks for one in ones) for day, ones in taken.items()},
    )
    yield from check_capacity(
        Rule.ZONE,
        place=f"Zone '{zone.id}'",
        unit="m2 taken",
        by_day=by_day,
        capacity=zone.area_m2,
        load_of=lambda stay: stay.request.area_m2,
        taken={day: sum(one.area_m2 for one in ones) for day, ones in taken.items()},
    )


def check_exclusive_zone(stays: Stays) -> Iterator[Violation]:
    """H6: on any day all occupants of an exclusive zone have the same value, none being one."""
    for name in stays.in_zone:
        exclusive_by = stays.problem.zone[name].exclusive_by
        if exclusive_by is not None:
            for days, requests, reservations in _mixed_spells(stays, name, exclusive_by):
                text = (
                    f"Zone '{name}' is for one {exclusive_by} at a time, but "
                    f"{spell_ids((*requests, *reservations))} differ {spell_days(days)}."
                )
                yield Violation(rule=Rule.EXCLUSIVE_ZONE, requests=requests, text=text)


def _mixed_spells(
    stays: Stays, zone: ZoneId, exclusive_by: ExclusiveBy
) -> Iterator[tuple[Days, tuple[RequestId, ...], tuple[ReservationId, ...]]]:
    """Yield the spells of days on which occupants differ, with who is there."""
    mixed = {}
    for day, present in stays.in_zone[zone].items():
        reserved = stays.reserved[zone][day]
        values = {_value_of_stay(stay, exclusive_by) for stay in present}
        values |= {_value_of_reservation(stays.problem, one, exclusive_by) for one in reserved}
        if len(values) > 1:
            mixed[day] = tuple(stay.id for stay in present), tuple(one.id for one in reserved)
    for days, (requests, reservations) in spells(mixed):
        yield days, requests, reservations


def _value_of_stay(stay: Stay, exclusive_by: ExclusiveBy) -> str | None:
    values: dict[ExclusiveBy, str | None] = {
        ExclusiveBy.INSTITUTION: stay.institution.id,
        ExclusiveBy.COUNTRY: stay.institution.country,
        ExclusiveBy.TRACK: stay.request.track,
        ExclusiveBy.GROUP: stay.request.group,
    }
    return values[exclusive_by]


def _value_of_reservation(
    problem: Problem, reservation: Reservation, exclusive_by: ExclusiveBy
) -> str | None:
    name = reservation.institution
    values: dict[ExclusiveBy, str | None] = {
        ExclusiveBy.INSTITUTION: name,
        ExclusiveBy.COUNTRY: None if name is None else problem.institution[name].country,
        ExclusiveBy.TRACK: None,
        ExclusiveBy.GROUP: reservation.group,
    }
    return values[exclusive_by]


def check_separation(stays: Stays) -> Iterator[Violation]:
    """H12: no two requests of a separation are in one zone on the same day."""
    for separation in stays.problem.separations:
        for one, other in stays.placed_pairs(separation.requests):
            common = common_days(one.days, other.days)
            if one.zone.id == other.zone.id and common is not None:
                text = (
                    f"Requests '{one.id}' and '{other.id}' of separation '{separation.id}' are "
                    f"both in zone '{one.zone.id}' {spell_days(common)}."
                )
                yield Violation(rule=Rule.SEPARATION, requests=(one.id, other.id), text=text)
