"""Requests for changes as the office sees them: what was, what is wanted, whether it still fits."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from sqlalchemy.orm import Session

from models.access_store import load_coordinators
from models.change_request_store import ChangeRequest, ChangeRequestStatus, load_change_requests
from scheduler.problem.requests import Residency
from scheduler.problem.types import RequestId, ResearcherId, text_in
from scheduler.verify import Neighbours
from web.use_cases.broken_rules import BrokenRule, broken_rules
from web.use_cases.change_requests.stays import (
    show_any,
    spell_stay,
    stay_of,
    widened,
    widenings,
)
from web.use_cases.names import Names, knows
from web.use_cases.plans import local
from web.use_cases.views.change_requests import (
    ChangeRequestsView,
    ChangeRequestView,
    Widening,
)
from web.use_cases.workspace import Workspace


def show_change_requests(
    session: Session, workspace: Workspace, *, language: str
) -> ChangeRequestsView:
    """Return the requests for changes of a programme beside its draft as it stands."""
    asked = load_change_requests(session, workspace.problem.programme.id)
    waiting = [each for each in asked if each.status is ChangeRequestStatus.OPEN]
    office = _Office(session, workspace, language, waiting)
    decided = [each for each in asked if each.status is not ChangeRequestStatus.OPEN]
    return ChangeRequestsView(
        waiting=tuple(map(office.view, reversed(waiting))),
        decided=tuple(map(office.view, decided)),
    )


class _Office:
    """What is looked up to show requests for changes."""

    def __init__(
        self,
        session: Session,
        workspace: Workspace,
        language: str,
        waiting: Iterable[ChangeRequest],
    ) -> None:
        self._workspace = workspace
        self._problem = workspace.problem
        self._names = Names(problem=workspace.problem, language=language)
        self._waiting = {(each.researcher_id, each.request) for each in waiting}
        self._coordinators = {each.id: each.name for each in load_coordinators(session)}

    @cached_property
    def _neighbours(self) -> Neighbours:
        return Neighbours(self._problem, self._workspace.plan)

    def view(self, asked: ChangeRequest) -> ChangeRequestView:
        """Return one of them."""
        names, problem = self._names, self._problem
        request = problem.request.get(RequestId(asked.request))
        wanted, before = stay_of(asked.residency), stay_of(asked.before)
        drafted = self._workspace.plan.by_request.get(RequestId(asked.request))
        told = problem.told.get(RequestId(asked.request))
        broken, points, gives = self._check(asked, wanted)
        timezone, decided_by = problem.programme.timezone, asked.decided_by
        return ChangeRequestView(
            id=asked.id,
            status=asked.status.value,
            kind=asked.kind,
            request=asked.request,
            researcher_id=asked.researcher_id,
            researcher=self._researcher(asked.researcher_id),
            institution="" if request is None else names.institution(request),
            before=show_any(names, before),
            wanted=show_any(names, wanted),
            drafted=show_any(names, drafted),
            seen=spell_stay(drafted),
            has_moved=drafted != before,
            is_drafted=wanted is not None and drafted == wanted,
            is_published=wanted is not None and told == wanted,
            is_awaited=told is not None and told == before,
            may_reopen=self._may_reopen(asked, told=told, drafted=drafted),
            broken=broken,
            points=points,
            widened=gives,
            can_accept=self._can_accept(asked, wanted),
            note=asked.note,
            reply=asked.reply,
            release=asked.release,
            asked_at=local(asked.created_at, timezone),
            decided_at=None if asked.decided_at is None else local(asked.decided_at, timezone),
            decided_by=None if decided_by is None else self._coordinators.get(decided_by),
        )

    def _can_accept(self, asked: ChangeRequest, wanted: Residency | None) -> bool:
        """Tell whether there is somewhere that accepting leads to."""
        if asked.status is not ChangeRequestStatus.OPEN:
            return False
        return wanted is None or knows(self._problem, wanted)

    def _may_reopen(
        self, asked: ChangeRequest, *, told: Residency | None, drafted: Residency | None
    ) -> bool:
        """Tell whether the office may change its mind: nothing came of it, and nothing took over.

        What is in the draft is taken back there.
        """
        wanted, before = stay_of(asked.residency), stay_of(asked.before)
        is_no = asked.status is ChangeRequestStatus.REFUSED
        is_lost = asked.status is ChangeRequestStatus.ACCEPTED and drafted != wanted
        is_free = (asked.researcher_id, asked.request) not in self._waiting
        return (is_no or is_lost) and is_free and told is not None and told == before

    def _check(
        self, asked: ChangeRequest, wanted: Residency | None
    ) -> tuple[tuple[BrokenRule, ...], int, tuple[Widening, ...]]:
        """Return what a stay would break in the draft, what it is worth, and what gives way."""
        if wanted is None or not self._can_accept(asked, wanted):
            return (), 0, ()
        request = self._problem.request[wanted.request]
        beside = self._neighbours.asking(widened(request, wanted))
        broken = broken_rules(self._names, beside.check(request.id, wanted))
        points = sum(beside.difference(request.id, wanted).values())
        return broken, points, tuple(widenings(request, wanted))

    def _researcher(self, researcher_id: str) -> str:
        known = self._problem.researcher.get(ResearcherId(researcher_id))
        return researcher_id if known is None else text_in(known.name, self._names.language)
