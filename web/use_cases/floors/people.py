"""A zone with everybody who holds desks in it, as they lie to a day."""

from __future__ import annotations

from scheduler.problem.types import RequestId, ReservationId, day_of, text_in
from web.use_cases.floors.labels import initials_of
from web.use_cases.floors.occupancy import Closure, Holding, ZoneUse
from web.use_cases.names import Names
from web.use_cases.views.floors import Occupant, OccupantKind, Span, When, ZoneView


def view_zone(names: Names, use: ZoneUse, day: int) -> ZoneView:
    """Return a zone on a day."""
    zone = use.zone
    coming = min(
        (each.days.start for each in use.holdings if _is_stay(each) and each.days.start > day),
        default=None,
    )
    occupants = tuple(_occupant(names, use, each, day, coming) for each in use.holdings)
    return ZoneView(
        id=zone.id,
        name=text_in(zone.name, names.language),
        state=use.state(day),
        features=zone.features,
        tracks=tuple(names.track(track) for track in zone.tracks),
        exclusive_by=None if zone.exclusive_by is None else zone.exclusive_by.value,
        closures=tuple(_span(names, closure) for closure in use.closures),
        occupants=occupants,
        seats={seat: each for each in occupants if each.is_here for seat in each.seats},
    )


def _is_stay(holding: Holding) -> bool:
    return holding.kind is OccupantKind.STAY


def _occupant(
    names: Names, use: ZoneUse, holding: Holding, day: int, coming: int | None
) -> Occupant:
    """Return who holds desks; those who come next are those who come first after the day."""
    problem = names.problem
    when = When.LATER
    if day in holding.days:
        when = When.NOW
    elif holding.days.stop <= day:
        when = When.EARLIER
    elif holding.days.start == coming:
        when = When.NEXT
    if _is_stay(holding):
        request = problem.request[RequestId(holding.id)]
        name = names.researcher(request)
        detail = f"{names.institution(request)} · {names.country(request)}"
        track = names.track(request.track)
    else:
        name, detail, track = *_reservation(names, ReservationId(holding.id)), None
    return Occupant(
        kind=holding.kind,
        id=holding.id,
        zone=use.zone.id,
        name=name,
        initials=initials_of(name),
        detail=detail,
        track=track,
        desks=holding.desks,
        area_m2=holding.area_m2,
        first_day=day_of(holding.days.start),
        last_day=day_of(holding.days.stop - 1),
        seats=holding.seats,
        when=when,
    )


def _reservation(names: Names, reservation_id: ReservationId) -> tuple[str, str]:
    """Return what a reservation is called, and whose it is."""
    problem = names.problem
    found = next(each for each in problem.reservations if each.id == reservation_id)
    whose = found.group or ""
    if found.institution is not None:
        whose = text_in(problem.institution[found.institution].name, names.language)
    return text_in(found.name, names.language), whose


def _span(names: Names, closure: Closure) -> Span:
    return Span(
        name=text_in(closure.name, names.language),
        first_day=day_of(closure.days.start),
        last_day=day_of(closure.days.stop - 1),
    )
