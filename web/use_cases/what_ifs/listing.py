"""The list of a programme's what-ifs, each beside the draft as it is now."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.draft_store import Draft, load_branches
from models.plan_store import find_best_bound
from models.run_store import Run, RunStatus, find_latest_run
from scheduler.problem.adjustments import AdjustmentError
from scheduler.problem.problem import Problem
from web.use_cases.names import Names
from web.use_cases.plans import local, view_run
from web.use_cases.recent import Recent
from web.use_cases.views import RunView
from web.use_cases.views.branch_sides import Outcome
from web.use_cases.views.branches import BranchesView, BranchRow, BranchState, Example
from web.use_cases.what_ifs.base import has_moved
from web.use_cases.what_ifs.compare import outcome_of
from web.use_cases.what_ifs.make import name_of
from web.use_cases.what_ifs.words import find_faults, view_adjustments
from web.use_cases.workspace import Workspace, Workspaces

FORTNIGHT = dt.timedelta(days=13)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a branch comes to beside the draft; ``is_planned`` where a plan was made for it."""

    outcome: Outcome
    placed: int
    objective: int
    sha256: str


_RESULTS: Recent[tuple[str, str, int, int, int], Result] = Recent(256)


def show_branches(
    session: Session, workspaces: Workspaces, programme_id: str, *, language: str, now: dt.datetime
) -> BranchesView:
    """Return the what-ifs, the latest first."""
    main = workspaces.load(session, programme_id)
    names = Names(problem=main.problem, language=language)
    rows = tuple(
        _row(session, main, draft, names, _result(session, workspaces, main, draft), now=now)
        for draft in load_branches(session, programme_id)
    )
    return BranchesView(
        programme_id=programme_id,
        programme=names.programme(),
        rows=rows,
        examples=() if rows else tuple(_examples(main, language)),
        is_draft_empty=main.is_empty,
        draft_placed=len(main.plan.residencies),
        draft_objective=main.objective,
    )


def state_of(
    session: Session, main: Workspace, draft: Draft, run: Run | None, sha256: str | None
) -> BranchState:
    """Return how far a branch is; ``sha256`` of its programme, None where it cannot be had."""
    if sha256 is None:
        return BranchState.BROKEN
    if run is not None and run.is_active:
        return BranchState.PLANNING
    if sha256 == main.scenario.sha256:
        return BranchState.PLAN_ONLY
    if run is None:
        return BranchState.NOT_PLANNED
    if find_best_bound(session, draft.programme_id, sha256) is not None:
        return BranchState.PLANNED
    ended = {RunStatus.DONE: BranchState.OUTDATED, RunStatus.FAILED: BranchState.FAILED}
    return ended.get(run.status, BranchState.NOT_PLANNED)


def run_of(session: Session, draft: Draft) -> Run | None:
    """Return the run that planned a branch last, or is about to."""
    return find_latest_run(session, draft.programme_id, draft.id)


def view_run_of(
    session: Session, problem: Problem, run: Run | None, name: str, now: dt.datetime
) -> RunView | None:
    """Return an active run for the page; None where there is none."""
    if run is None or not run.is_active:
        return None
    return view_run(session, run, name, problem.programme.timezone, now=now)


def _row(
    session: Session,
    main: Workspace,
    draft: Draft,
    names: Names,
    result: Result | None,
    *,
    now: dt.datetime,
) -> BranchRow:
    problem, run = main.problem, run_of(session, draft)
    state = state_of(session, main, draft, run, None if result is None else result.sha256)
    faults = dict(find_faults(problem, draft.adjustments)) if result is None else {}
    return BranchRow(
        id=draft.id,
        name=name_of(draft),
        created_at=local(draft.created_at, problem.programme.timezone),
        state=state,
        has_moved=has_moved(draft, main),
        adjustments=view_adjustments(problem, draft.adjustments, names.language, faults),
        outcome=None if result is None else result.outcome,
        placed=0 if result is None else result.placed,
        objective=None if result is None else result.objective,
        run=view_run_of(session, problem, run, names.programme(), now),
        message="" if run is None else run.message or "",
    )


def _result(
    session: Session, workspaces: Workspaces, main: Workspace, draft: Draft
) -> Result | None:
    """Return what a branch comes to, None where what it tries cannot be done any more."""
    key = (
        draft.programme_id,
        main.scenario.version,
        main.revision,
        draft.id,
        draft.revision,
    )

    def make() -> Result:
        branch = workspaces.load(session, draft.programme_id, draft.id)
        return Result(
            outcome=outcome_of(main, branch),
            placed=len(branch.plan.residencies),
            objective=branch.objective,
            sha256=branch.scenario.sha256,
        )

    try:
        return _RESULTS.get(key, make)
    except AdjustmentError:
        return None


def _examples(main: Workspace, language: str) -> Iterator[Example]:
    """Yield two what-ifs about the zone in which most stays are."""
    problem = main.problem
    if not problem.zones:
        return
    used = Counter(stay.zone for stay in main.plan.residencies)
    zone = used.most_common(1)[0][0] if used else problem.zones[0].id
    days = [stay.first_day for stay in main.stays if stay.zone == zone]
    first = days[len(days) // 2] if days else problem.programme.first_day
    last = min(first + FORTNIGHT, problem.programme.last_day)
    asked = (
        {"kind": "add_desks", "zone": zone, "desks": 2},
        {
            "kind": "close_zone",
            "zone": zone,
            "first_day": first.isoformat(),
            "last_day": last.isoformat(),
        },
    )
    for answers in asked:
        [view] = view_adjustments(problem, [dict(answers)], language)
        yield Example(adjustment=view, answers=answers)
