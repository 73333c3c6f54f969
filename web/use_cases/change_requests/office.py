"""Requests for changes as the office sees them: what was, what is wanted, whether it still fits."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.access_store import load_coordinators
from models.change_request_store import ChangeRequest, ChangeRequestStatus, load_change_requests
from scheduler.problem.types import RequestId, ResearcherId, text_in
from scheduler.verify import Neighbours
from web.use_cases.broken_rules import broken_rules
from web.use_cases.change_requests.stays import (
    show_stay,
    spell_stay,
    stay_of,
    widened,
    widenings,
)
from web.use_cases.names import Names, knows
from web.use_cases.plans import local
from web.use_cases.views.change_requests import ChangeRequestsView, ChangeRequestView
from web.use_cases.workspace import Workspace


def show_change_requests(
    session: Session, workspace: Workspace, *, language: str
) -> ChangeRequestsView:
    """Return the requests for changes of a programme beside its draft as it stands."""
    asked = load_change_requests(session, workspace.problem.programme.id)
    office = _Office(session, workspace, language)
    waiting = [each for each in asked if each.status is ChangeRequestStatus.OPEN]
    decided = [each for each in asked if each.status is not ChangeRequestStatus.OPEN]
    return ChangeRequestsView(
        waiting=tuple(map(office.view, reversed(waiting))),
        decided=tuple(map(office.view, decided)),
    )


class _Office:
    """What is looked up to show requests for changes."""

    def __init__(self, session: Session, workspace: Workspace, language: str) -> None:
        self._problem = workspace.problem
        self._names = Names(problem=workspace.problem, language=language)
        self._drafted = workspace.plan.by_request
        self._neighbours = Neighbours(workspace.problem, workspace.plan)
        self._coordinators = {each.id: each.name for each in load_coordinators(session)}

    def view(self, asked: ChangeRequest) -> ChangeRequestView:
        """Return one of them."""
        problem, names = self._problem, self._names
        request = problem.request.get(RequestId(asked.request))
        researcher = problem.researcher.get(ResearcherId(asked.researcher_id))
        wanted, before = stay_of(asked.residency), stay_of(asked.before)
        drafted = self._drafted.get(RequestId(asked.request))
        waits = asked.status is ChangeRequestStatus.OPEN
        stands = request is not None and request.is_submitted
        fits = wanted is not None and request is not None and knows(problem, wanted)
        broken, gives = (), ()
        if waits and fits and wanted is not None and request is not None:
            beside = self._neighbours.asking(widened(request, wanted))
            broken = broken_rules(names, beside.check(request.id, wanted))
            gives = tuple(widenings(request, wanted))
        told = problem.told.get(RequestId(asked.request))
        timezone = problem.programme.timezone
        decided_by = asked.decided_by
        return ChangeRequestView(
            id=asked.id,
            status=asked.status.value,
            kind=asked.kind,
            request=asked.request,
            researcher_id=asked.researcher_id,
            researcher=asked.researcher_id
            if researcher is None
            else text_in(researcher.name, names.language),
            institution="" if request is None else names.institution(request),
            before=show_stay(names, before),
            wanted=show_stay(names, wanted),
            drafted=show_stay(names, drafted),
            seen=spell_stay(drafted),
            has_moved=drafted != before,
            is_drafted=wanted is not None and drafted == wanted,
            is_published=wanted is not None and told == wanted,
            broken=broken,
            widened=gives,
            can_accept=waits and (fits if wanted is not None else stands),
            note=asked.note,
            reply=asked.reply,
            release=asked.release,
            asked_at=local(asked.created_at, timezone),
            decided_at=None if asked.decided_at is None else local(asked.decided_at, timezone),
            decided_by=None if decided_by is None else self._coordinators.get(decided_by),
        )
