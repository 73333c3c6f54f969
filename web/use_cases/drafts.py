"""The draft: what a solver proposes goes into it, whole or in part, and back out."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from models.draft_store import Draft, load_draft_plan
from models.edit_store import DRAFT
from models.history_store import Change, ChangeKind
from models.plan_store import get_plan
from models.steps import Step
from models.subjects import document_of
from scheduler.plan import Plan
from web.use_cases.editing import Edit, make_steps


def steps_between(
    before: Plan, after: Plan, requests: Collection[str] | None = None
) -> tuple[Step, ...]:
    """Return the steps from one plan to another, of some requests or of all that differ."""
    both = before.by_request.keys() | after.by_request.keys()
    steps = []
    for request in sorted(both if requests is None else both & set(requests)):
        there, then = before.by_request.get(request), after.by_request.get(request)
        if there != then:
            steps.append(
                Step(
                    subject=DRAFT,
                    key=request,
                    before=None if there is None else document_of(there),
                    after=None if then is None else document_of(then),
                )
            )
    return tuple(steps)


def accept_plan(
    session: Session,
    draft: Draft,
    plan_id: int,
    edit: Edit,
    requests: Collection[str] | None = None,
) -> Change | None:
    """Put what a plan says into a draft, of some requests or of all; None where nothing differs."""
    proposed = get_plan(session, plan_id).file.plan
    steps = steps_between(load_draft_plan(session, draft.id), proposed, requests)
    accepted = Edit(
        kind=ChangeKind.ACCEPT,
        now=edit.now,
        by=edit.by,
        draft_id=draft.id,
        facts={"plan": plan_id},
    )
    return make_steps(session, draft.programme_id, steps, accepted)
