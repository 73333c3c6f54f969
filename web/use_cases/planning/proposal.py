"""What a plan would change of the draft, to be accepted whole or item by item."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy.orm import Session

from models.draft_store import main_draft
from models.history_store import Change as Made
from models.plan_store import StoredPlan, get_plan
from models.programme_store import lock_programme
from models.run_store import Run, get_run, note_result
from scheduler.plan import Plan
from scheduler.problem.requests import Residency
from scheduler.problem.types import RequestId
from scheduler.replan.difference import NOTICED, Change, difference
from scheduler.rules import Rule, Term
from scheduler.verify import check_plan
from scheduler.verify.violation import Violation
from web.use_cases.drafts import accept_plan
from web.use_cases.editing import Edit
from web.use_cases.errors import NotThereError, PlanOutdatedError
from web.use_cases.names import Names, knows
from web.use_cases.plans import local
from web.use_cases.views.planning import (
    BrokenRule,
    ChangeRow,
    ProposalView,
    StayCell,
    Taken,
    TermChange,
    ToldMark,
)
from web.use_cases.workspace import Workspace

TAKEN = "taken"
"""The fact of a run that says what became of its plan."""


def get_proposed(session: Session, programme_id: str, plan_id: int) -> StoredPlan:
    """Return a plan of a programme; ``NotThereError`` where it is of another one."""
    stored = get_plan(session, plan_id)
    if stored.file.scenario != programme_id:
        raise NotThereError("The programme has no such plan.")
    return stored


def view_proposal(
    names: Names, workspace: Workspace, stored: StoredPlan, run: Run | None
) -> ProposalView | None:
    """Return a plan as a difference from the draft; None where the draft holds just that."""
    problem = workspace.problem
    after = known_part(workspace, stored.file.plan)
    if after.by_request == workspace.plan.by_request:
        return None
    found = difference(problem, workspace.plan, after)
    submitted = len(problem.submitted)
    return ProposalView(
        plan_id=stored.id,
        made_at=local(stored.created_at, problem.programme.timezone),
        revision=workspace.revision,
        has_draft_moved=run is not None and run.draft_revision not in (None, workspace.revision),
        have_data_moved=stored.file.scenario_sha256 != workspace.scenario.sha256,
        objective_before=found.objective_before,
        objective_after=found.objective_after,
        placed_before=submitted - found.unplaced_before,
        placed_after=submitted - found.unplaced_after,
        submitted=submitted,
        terms=tuple(
            TermChange(
                name=term.value, before=found.terms_before[term], after=found.terms_after[term]
            )
            for term in Term
            if found.terms_before[term] != found.terms_after[term]
        ),
        changes=tuple(sorted((_row(names, each) for each in found.changes), key=_order)),
        broken_before=count_broken(workspace.violations),
        broken_after=count_broken(check_plan(problem, after)),
    )


def check_selection(
    workspace: Workspace, stored: StoredPlan, requests: Collection[str]
) -> tuple[BrokenRule, ...]:
    """Return the rules that the draft would break with what a plan says of some requests."""
    proposed = known_part(workspace, stored.file.plan).by_request
    stays = dict(workspace.plan.by_request)
    for name in map(RequestId, requests):
        stays.pop(name, None)
        if name in proposed:
            stays[name] = proposed[name]
    return count_broken(check_plan(workspace.problem, Plan(residencies=tuple(stays.values()))))


def accept_proposal(
    session: Session,
    workspace: Workspace,
    plan_id: int,
    edit: Edit,
    *,
    revision: int,
    requests: Collection[str] | None = None,
) -> Made | None:
    """Put what a plan says of some requests, or of all, into the draft that was looked at.

    Raises:
        PlanOutdatedError: Somebody has changed the draft since; nothing is taken over.
        NotThereError: The plan is of another programme.
    """
    programme_id = workspace.problem.programme.id
    lock_programme(session, programme_id)
    stored = get_proposed(session, programme_id, plan_id)
    draft = main_draft(session, programme_id, now=edit.now)
    if draft.revision != revision:
        raise PlanOutdatedError("The draft was changed since you looked at the difference.")
    every = {*stored.file.plan.by_request, *workspace.plan.by_request}
    gone = {
        stay.request for stay in stored.file.plan.residencies if not knows(workspace.problem, stay)
    }
    every |= {stay.request for stay in workspace.strays}
    wanted = (every if requests is None else every & set(requests)) - gone
    made = accept_plan(session, draft, plan_id, edit, wanted)
    if made is not None:
        _note_taken(session, stored, Taken.WHOLE if requests is None else Taken.PART)
    return made


def discard_proposal(session: Session, programme_id: str, plan_id: int) -> None:
    """Remember that a plan is not wanted; it stays in the history of runs."""
    lock_programme(session, programme_id)
    _note_taken(session, get_proposed(session, programme_id, plan_id), Taken.DISCARDED)


def known_part(workspace: Workspace, plan: Plan) -> Plan:
    """Return what the programme, which may have changed since, still knows of a plan."""
    stays = (stay for stay in plan.residencies if knows(workspace.problem, stay))
    return Plan(residencies=tuple(stays))


def count_broken(violations: Iterable[Violation]) -> tuple[BrokenRule, ...]:
    """Return the broken rules in their order, each with how often."""
    counts = Counter(violation.rule for violation in violations)
    return tuple(BrokenRule(rule=rule.value, count=counts[rule]) for rule in Rule if counts[rule])


def find_run_of(session: Session, run_id: uuid.UUID | None) -> Run | None:
    """Return the run of a plan, None where the plan has none."""
    return None if run_id is None else get_run(session, run_id)


def _note_taken(session: Session, stored: StoredPlan, taken: Taken) -> None:
    if stored.run_id is not None:
        note_result(session, stored.run_id, {TAKEN: taken.value})


def _row(names: Names, change: Change) -> ChangeRow:
    request = names.problem.request[change.request]
    return ChangeRow(
        request=request.id,
        researcher=names.researcher(request),
        institution=names.institution(request),
        track=names.track(request.track),
        fate=change.fate.value,
        before=_cell(names, change.before),
        after=_cell(names, change.after),
        parts=change.parts,
        told=_told_mark(names, change),
    )


def _cell(names: Names, stay: Residency | None) -> StayCell | None:
    if stay is None:
        return None
    return StayCell(
        first_day=stay.first_day,
        last_day=stay.last_day,
        place=names.place(stay.zone),
        host=names.host(stay.host),
        slot=names.slot(stay),
        pool=names.pool(stay.pool),
    )


def _told_mark(names: Names, change: Change) -> ToldMark:
    told = names.problem.told.get(change.request)
    if told is None:
        return ToldMark.NONE
    if _is_as_told(told, change.after):
        was = _is_as_told(told, change.before)
        return ToldMark.NONE if was else ToldMark.RESTORED
    return ToldMark.TOUCHED


def _is_as_told(told: Residency, stay: Residency | None) -> bool:
    return stay is not None and all(getattr(told, part) == getattr(stay, part) for part in NOTICED)


def _order(row: ChangeRow) -> tuple[Any, ...]:
    """Sort by what has to be looked at first: those who were told, then who loses a place."""
    fates = ("dropped", "withdrawn", "changed", "new", "reassigned")
    stay = row.after or row.before
    first = dt.date.max if stay is None else stay.first_day
    return (row.told is not ToldMark.TOUCHED, fates.index(row.fate), first, row.request)
