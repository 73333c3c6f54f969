"""Rule H6 as data: the value by which a request or a reservation occupies a zone."""

from __future__ import annotations

from scheduler.problem.places import ExclusiveBy, Reservation
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request


def value_of_request(problem: Problem, request: Request, by: ExclusiveBy) -> str | None:
    """Return what a request's residency shows in a zone that is exclusive by this."""
    institution = problem.institution_of(request)
    match by:
        case ExclusiveBy.INSTITUTION:
            return institution.id
        case ExclusiveBy.COUNTRY:
            return institution.country
        case ExclusiveBy.TRACK:
            return request.track
        case ExclusiveBy.GROUP:
            return request.group


def value_of_reservation(problem: Problem, reservation: Reservation, by: ExclusiveBy) -> str | None:
    """Return what a reservation shows in such a zone; it has no track."""
    match by:
        case ExclusiveBy.INSTITUTION:
            return reservation.institution
        case ExclusiveBy.COUNTRY:
            if reservation.institution is None:
                return None
            return problem.institution[reservation.institution].country
        case ExclusiveBy.TRACK:
            return None
        case ExclusiveBy.GROUP:
            return reservation.group
