"""The room for planning: what can be planned, the run under way, its proposal, earlier runs."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.history_store import ChangeKind, add_change, load_changes
from models.plan_store import find_plan_ids
from models.run_store import Run, RunStatus, load_runs
from scheduler.outcome import gap_of
from scheduler.problem.requests import Request
from scheduler.problem.types import RequestId
from web.use_cases.names import Names
from web.use_cases.planning.proposal import TAKEN, find_run_of, get_proposed, view_proposal
from web.use_cases.planning.runs import RunWish, start_plan_run
from web.use_cases.plans import local, summarise_draft, view_run
from web.use_cases.views.planning import (
    ConflictRow,
    FailedRun,
    PastRun,
    PersonView,
    PlanView,
    ProposalView,
    Scope,
    Taken,
)
from web.use_cases.workspace import Workspace

SHOWN_RUNS = 10
FOUND_PEOPLE = 20
RUN = "run"
"""The fact of a change that says which run somebody asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Who asks for a plan, when, and who may move in it."""

    now: dt.datetime
    by: uuid.UUID | None
    scope: Scope
    requests: tuple[str, ...] = ()


def show_plan(
    session: Session,
    workspace: Workspace,
    *,
    language: str,
    now: dt.datetime,
    chosen: Sequence[str] = (),
    plan_id: int | None = None,
) -> PlanView:
    """Return the page; with a plan its difference from the draft, else that of the last run."""
    names = Names(problem=workspace.problem, language=language)
    problem = workspace.problem
    history = _History(session, workspace)
    active = next((run for run in history.runs if run.is_active), None)
    shown = history.open_plan() if plan_id is None else plan_id
    proposal = None if shown is None else _proposal(session, names, workspace, shown)
    people = _people(names, workspace, chosen)
    return PlanView(
        programme_id=problem.programme.id,
        programme=names.programme(),
        timezone=problem.programme.timezone,
        submitted=len(problem.submitted),
        placed=len(workspace.plan.residencies),
        unplaced=len(workspace.unplaced),
        pinned=len({pin.request for pin in problem.pins}),
        frozen_days=problem.policy.frozen_days,
        draft=summarise_draft(session, workspace),
        scope=Scope.SOME if people else Scope.ALL,
        chosen=people,
        active=None
        if active is None
        else view_run(session, active, names.programme(), problem.programme.timezone, now=now),
        active_run=None if active is None else history.view(active),
        failed=_failed(names, history.runs),
        proposal=None if active is not None else proposal,
        same_plan=shown if proposal is None else None,
        runs=tuple(history.view(run) for run in history.runs if not run.is_active),
    )


def start_run(session: Session, workspace: Workspace, asking: Asking, wish: RunWish) -> str:
    """Queue a run of who may move, remember who asked, and return it, to be submitted."""
    programme_id = workspace.problem.programme.id
    run_id = start_plan_run(session, programme_id, wish, now=asking.now)
    facts = {RUN: run_id, "scope": asking.scope.value, "people": len(wish.requests or ())}
    add_change(session, programme_id, ChangeKind.PLAN, now=asking.now, by=asking.by, facts=facts)
    return run_id


def moving_requests(workspace: Workspace, asking: Asking) -> tuple[str, ...] | None:
    """Return who may move, None for everybody; empty where a choice leaves nobody."""
    if asking.scope is Scope.ALL:
        return None
    if asking.scope is Scope.UNPLACED:
        return tuple(workspace.unplaced)
    known = (request.id for request in workspace.problem.submitted)
    return tuple(name for name in known if name in set(asking.requests))


def find_people(workspace: Workspace, asked: str, *, language: str) -> tuple[PersonView, ...]:
    """Find requests by a part of who asks, the institution or the id; the first few."""
    names = Names(problem=workspace.problem, language=language)
    wanted = asked.casefold().split()
    found = []
    for request in workspace.problem.submitted:
        words = f"{names.researcher(request)} {names.institution(request)} {request.id}".casefold()
        if all(word in words for word in wanted):
            found.append(_person(names, workspace, request))
        if len(found) == FOUND_PEOPLE:
            break
    return tuple(found)


class _History:
    """The latest runs of the draft, with who asked for them and what became of their plans."""

    def __init__(self, session: Session, workspace: Workspace) -> None:
        programme = workspace.problem.programme
        self._timezone = programme.timezone
        self.runs: tuple[Run, ...] = ()
        if workspace.draft is not None:
            self.runs = load_runs(session, programme.id, workspace.draft_id, limit=SHOWN_RUNS)
        self.plan_ids = find_plan_ids(session, [run.id for run in self.runs])
        changes = load_changes(session, programme.id, kind=ChangeKind.PLAN, limit=3 * SHOWN_RUNS)
        self._askers = {change.facts.get(RUN): change.by for change in changes}

    def view(self, run: Run) -> PastRun:
        """Return a run as a row."""
        gap = None
        if run.objective is not None and run.bound is not None:
            gap = gap_of(run.objective, run.bound)
        return PastRun(
            id=str(run.id),
            plan_id=self.plan_ids.get(run.id),
            at=local(run.created_at, self._timezone),
            by=self._askers.get(str(run.id)),
            scope=Scope.ALL if run.requests is None else Scope.SOME,
            people=len(run.requests or ()),
            seconds=run.seconds or 0.0,
            status=run.status,
            objective=run.objective,
            gap=gap,
            taken=self.taken(run),
        )

    def taken(self, run: Run) -> Taken:
        """Return what became of a run's plan."""
        if run.id not in self.plan_ids:
            return Taken.NOTHING
        return Taken((run.result or {}).get(TAKEN, Taken.OPEN.value))

    def open_plan(self) -> int | None:
        """Return the plan of the last run that ended, where nobody has decided about it."""
        ended = next((run for run in self.runs if run.status is RunStatus.DONE), None)
        if ended is None or self.taken(ended) is not Taken.OPEN:
            return None
        return self.plan_ids[ended.id]


def _proposal(
    session: Session, names: Names, workspace: Workspace, plan_id: int
) -> ProposalView | None:
    stored = get_proposed(session, workspace.problem.programme.id, plan_id)
    return view_proposal(names, workspace, stored, find_run_of(session, stored.run_id))


def _failed(names: Names, runs: Sequence[Run]) -> FailedRun | None:
    """Return the last run if it ended without a plan."""
    last = next(iter(runs), None)
    if last is None or last.status not in (RunStatus.FAILED, RunStatus.CANCELLED):
        return None
    breaches = (last.result or {}).get("conflicts", [])
    rules: dict[str, dict[str, None]] = {}
    for breach in breaches:
        if breach["request"] in names.problem.request:
            rules.setdefault(breach["request"], {})[breach["rule"]] = None
    return FailedRun(
        id=str(last.id),
        message="" if rules else last.message or "",
        status=last.status,
        conflicts=tuple(
            ConflictRow(
                request=name,
                researcher=names.researcher(names.problem.request[RequestId(name)]),
                rules=tuple(broken),
            )
            for name, broken in rules.items()
        ),
        is_of_some=last.requests is not None,
        moving=() if last.requests is None else tuple(dict.fromkeys((*last.requests, *rules))),
    )


def _people(names: Names, workspace: Workspace, chosen: Iterable[str]) -> tuple[PersonView, ...]:
    requests = (workspace.problem.request.get(RequestId(name)) for name in dict.fromkeys(chosen))
    return tuple(
        _person(names, workspace, request)
        for request in requests
        if request is not None and request.is_submitted
    )


def _person(names: Names, workspace: Workspace, request: Request) -> PersonView:
    return PersonView(
        request=request.id,
        researcher=names.researcher(request),
        institution=names.institution(request),
        track=names.track(request.track),
        is_placed=request.id in workspace.plan.by_request,
    )
