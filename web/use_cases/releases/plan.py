"""A draft as a plan with its claims, never more than is proven."""

from __future__ import annotations

import datetime as dt
from importlib.metadata import version

from sqlalchemy.orm import Session

from models.plan_store import StoredPlan, find_latest_plan, store_plan
from scheduler.outcome import Status
from scheduler.plan import Unplaced
from scheduler.plan_file import PlanFile
from scheduler.problem.types import Sha256
from scheduler.rules import Term
from web.use_cases.plans import find_bound
from web.use_cases.workspace import Workspace


def stored_draft(
    session: Session, workspace: Workspace, *, now: dt.datetime
) -> tuple[int, PlanFile]:
    """Return the draft as a plan with its claims: the solver's own where it is just that."""
    latest = find_latest_plan(session, workspace.problem.programme.id)
    file = _plan_file(session, workspace, latest)
    if latest is not None and latest.file == file:
        return latest.id, file
    return store_plan(session, file.scenario, file, now=now, frame=workspace.scenario.frame), file


def _plan_file(session: Session, workspace: Workspace, latest: StoredPlan | None) -> PlanFile:
    """Return the draft as a plan; the bound is proven, by a solve or request by request."""
    proven = find_bound(session, workspace)
    bound = workspace.scenario.trivial_bound if proven is None else proven
    sha256 = Sha256(workspace.scenario.sha256)
    last = None if latest is None or latest.file.scenario_sha256 != sha256 else latest.file
    reasons = {} if last is None else {each.request: each for each in last.unplaced}
    unplaced = (reasons.get(each, Unplaced(request=each)) for each in workspace.unplaced)
    if last is not None and last.plan.by_request == workspace.plan.by_request:
        return last
    return PlanFile(
        scenario=workspace.problem.programme.id,
        scenario_sha256=sha256,
        status=Status.OPTIMAL if bound == workspace.objective else Status.FEASIBLE,
        objective=workspace.objective,
        bound=bound,
        terms={term: workspace.terms[term] for term in Term},
        seconds=0.0 if last is None else last.seconds,
        seed=0 if last is None else last.seed,
        version=version("sarangchae"),
        plan=workspace.plan,
        unplaced=tuple(unplaced),
    )
