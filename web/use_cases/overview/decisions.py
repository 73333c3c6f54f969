"""What needs the coordinator: found in the draft, in runs, what-ifs, releases and mails."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from models.draft_store import load_branches
from models.mail_store import WAITING, count_mails
from models.plan_store import StoredPlan
from models.run_store import Run, RunStatus
from web.use_cases.names import Names
from web.use_cases.overview.visits import Visits
from web.use_cases.planning.proposal import TAKEN
from web.use_cases.views.overview import Decision, DecisionKind, SinceRelease
from web.use_cases.views.plans import DraftSummary
from web.use_cases.workspace import Workspace

URGENT = 4
"""Priority from which a request without a place needs a decision."""

NAMED = 3
"""How many requests or what-ifs are named."""


def find_decisions(
    session: Session,
    workspace: Workspace,
    names: Names,
    *,
    draft: DraftSummary | None,
    last_run: Run | None,
    proposed: StoredPlan | None,
    since: SinceRelease | None,
    visits: Visits,
    is_told: bool,
) -> tuple[Decision, ...]:
    """Return what needs the coordinator, what is wrong before what waits.

    ``is_told`` tells whether the data are as the latest release left them.
    """
    if not workspace.problem.submitted:
        return (Decision(kind=DecisionKind.NO_REQUESTS),)
    return (
        *_of_draft(workspace, draft),
        *visits.waiting(),
        *_of_run(workspace, last_run, proposed),
        *(_of_requests(workspace, names)),
        *_of_proof(draft, last_run, is_told=is_told),
        *_of_branches(session, workspace),
        *_of_news(draft, since),
        *_of_mails(session, workspace.problem.programme.id),
        *visits.told(),
    )


def _of_draft(workspace: Workspace, draft: DraftSummary | None) -> Iterator[Decision]:
    if draft is None:
        yield Decision(kind=DecisionKind.NO_PLAN, count=len(workspace.problem.submitted))
    elif draft.violations:
        yield Decision(kind=DecisionKind.BROKEN, count=draft.violations)
    if workspace.strays:
        strays = workspace.strays[:NAMED]
        items = [(stay.request, stay.request) for stay in strays]
        yield Decision(kind=DecisionKind.STRAYS, count=len(workspace.strays), items=items)


def _of_run(
    workspace: Workspace, run: Run | None, proposed: StoredPlan | None
) -> Iterator[Decision]:
    if run is None:
        return
    if run.status is RunStatus.FAILED:
        yield Decision(kind=DecisionKind.RUN_FAILED, text=run.message or "")
    elif proposed is not None and proposed.run_id == run.id:
        changed = _differing(workspace, proposed)
        if changed and TAKEN not in (run.result or {}):
            gain = proposed.file.objective - workspace.objective
            yield Decision(kind=DecisionKind.PROPOSAL, count=changed, number=gain)


def _differing(workspace: Workspace, proposed: StoredPlan) -> int:
    now, then = workspace.plan.by_request, proposed.file.plan.by_request
    return sum(1 for request in now.keys() | then.keys() if now.get(request) != then.get(request))


def _of_requests(workspace: Workspace, names: Names) -> Iterator[Decision]:
    if workspace.is_empty:
        return
    requests = (workspace.problem.request[each] for each in workspace.unplaced)
    urgent = [request for request in requests if request.priority >= URGENT]
    if urgent:
        items = [(each.id, names.researcher(each)) for each in urgent[:NAMED]]
        yield Decision(kind=DecisionKind.URGENT, count=len(urgent), items=items)


def _of_proof(draft: DraftSummary | None, run: Run | None, *, is_told: bool) -> Iterator[Decision]:
    """Yield that nothing is proven of the data as they are, unless they are being planned.

    What a release itself changes of the data, by telling people, calls for no new plan.
    """
    if draft is None or draft.bound is not None or is_told:
        return
    if run is None or not run.is_active:
        yield Decision(kind=DecisionKind.UNPROVEN)


def _of_branches(session: Session, workspace: Workspace) -> Iterator[Decision]:
    """Yield the what-ifs that went out from a draft or from data that have changed since."""
    programme_id = workspace.problem.programme.id
    branches = load_branches(session, programme_id)
    moved = [each for each in branches if each.base_revision != workspace.revision]
    moved += [
        each
        for each in branches
        if each.base_revision == workspace.revision
        and each.scenario_sha256 not in (None, workspace.scenario.sha256)
    ]
    if moved:
        items = [(str(each.id), each.name or "") for each in moved[:NAMED]]
        yield Decision(kind=DecisionKind.MOVED_BASE, count=len(moved), items=items)


def _of_news(draft: DraftSummary | None, since: SinceRelease | None) -> Iterator[Decision]:
    if draft is None or draft.violations or since is None:
        return
    count = since.new + since.moved + since.cancelled
    if count:
        yield Decision(kind=DecisionKind.NEWS, count=count)


def _of_mails(session: Session, programme_id: str) -> Iterator[Decision]:
    for release, counts in sorted(count_mails(session, programme_id).items(), reverse=True):
        waiting = sum(counts.get(status, 0) for status in WAITING)
        if waiting:
            yield Decision(kind=DecisionKind.MAILS, count=waiting, number=release)
