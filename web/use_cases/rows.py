"""Rows of tables: residencies, and requests left out."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.plan import Reason, Unplaced
from scheduler.problem.requests import Request, Residency
from web.use_cases.names import Names
from web.use_cases.reason_names import ReasonNames
from web.use_cases.views import ReasonView, ResidencyRow, UnplacedRow
from web.use_cases.workspace import Workspace


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


def unplaced_rows(
    names: Names, workspace: Workspace, found: Iterable[Unplaced], most: int | None = None
) -> tuple[UnplacedRow, ...]:
    """Return the requests that a draft leaves out, the most urgent first; none of an empty one.

    ``found`` are the reasons of the solver's latest plan; one that it did not leave out has none.
    There are so many at most.
    """
    if workspace.is_empty:
        return ()
    why = {unplaced.request: unplaced.why for unplaced in found}
    called = ReasonNames(names=names)
    requests = names.problem.request
    return tuple(
        _unplaced_row(called, requests[request], why.get(request))
        for request in workspace.unplaced[:most]
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
