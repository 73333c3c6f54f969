"""Rows of tables: residencies, requests left out, and requests with their links."""

from __future__ import annotations

from collections.abc import Mapping

from models.plan_store import StoredPlan
from scheduler.plan import Reason
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request, Residency
from scheduler.problem.types import RequestId
from web.use_cases.names import Names, knows
from web.use_cases.reason_names import ReasonNames
from web.use_cases.views import ReasonView, RequestRow, ResidencyRow, UnplacedRow


def stays_of(problem: Problem, stored: StoredPlan | None) -> tuple[Residency, ...]:
    """Return the plan's residencies by first day, as far as the programme still knows them."""
    if stored is None:
        return ()
    known = (stay for stay in stored.file.plan.residencies if knows(problem, stay))
    return tuple(sorted(known, key=lambda stay: (stay.first_day, stay.last_day, stay.request)))


def residency_row(names: Names, stay: Residency) -> ResidencyRow:
    """Return who is where, and until when."""
    request = names.problem.request[stay.request]
    return ResidencyRow(
        request=request.id,
        researcher_id=request.researcher,
        researcher=names.researcher(request),
        institution=names.institution(request),
        country=names.country(request),
        track=names.track(request.track),
        host=names.host(stay.host),
        place=names.place(stay.zone),
        first_day=stay.first_day,
        last_day=stay.last_day,
    )


def unplaced_rows(names: Names, stored: StoredPlan | None) -> tuple[UnplacedRow, ...]:
    """Return the requests that a plan leaves out, the most urgent first; none before a plan.

    One that was submitted after the plan was made has no reason yet.
    """
    if stored is None:
        return ()
    placed = {stay.request for stay in stays_of(names.problem, stored)}
    why = {unplaced.request: unplaced.why for unplaced in stored.file.unplaced}
    left_out = [request for request in names.problem.submitted if request.id not in placed]
    left_out.sort(key=lambda request: (-request.priority, request.first_day, request.id))
    called = ReasonNames(names=names)
    return tuple(_unplaced_row(called, request, why.get(request.id)) for request in left_out)


def request_row(
    names: Names,
    request: Request,
    stays: Mapping[RequestId, Residency],
    links: Mapping[str, str],
) -> RequestRow:
    """Return a request with its residency and its researcher's private link."""
    stay = stays.get(request.id)
    return RequestRow(
        request=request.id,
        researcher_id=request.researcher,
        researcher=names.researcher(request),
        institution=names.institution(request),
        country=names.country(request),
        track=names.track(request.track),
        is_withdrawn=not request.is_submitted,
        first_day=request.first_day,
        last_day=request.last_day,
        stay=None if stay is None else residency_row(names, stay),
        link=links.get(request.researcher),
    )


def _unplaced_row(
    called: ReasonNames, request: Request, why: tuple[Reason, ...] | None
) -> UnplacedRow:
    names = called.names
    return UnplacedRow(
        request=request.id,
        researcher=names.researcher(request),
        institution=names.institution(request),
        country=names.country(request),
        track=names.track(request.track),
        priority=request.priority,
        first_day=request.first_day,
        last_day=request.last_day,
        why=tuple(
            ReasonView(
                rule=reason.rule.value,
                text=reason.text,
                names=called.of(reason.rule, request),
                zones=called.zones,
            )
            for reason in why or ()
        ),
        was_asked=why is not None,
    )
