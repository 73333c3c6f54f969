"""The office decides on a change asked for: into the draft with one change, or a kind no."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from models.change_request_store import (
    ChangeRequest,
    ChangeRequestStatus,
    decide_change_request,
    get_change_request,
)
from models.draft_store import main_draft
from models.edit_store import DRAFT, read_items
from models.history_store import ChangeKind, add_change
from models.programme_store import lock_programme
from models.steps import Clash, EditConflict, Step
from models.subjects import document_of
from scheduler.problem.requests import Request, Residency
from scheduler.verify import Neighbours
from web.use_cases.broken_rules import BrokenRule, broken_rules
from web.use_cases.change_requests.history import ACCEPTED, REFUSED, facts_of
from web.use_cases.change_requests.stays import read_stay, stay_of, widened
from web.use_cases.editing import Edit, make_steps
from web.use_cases.errors import UseCaseError
from web.use_cases.names import Names, knows
from web.use_cases.researchers.answering import checked_note
from web.use_cases.workspace import Workspace


class ChangeBreaksRulesError(UseCaseError):
    """The stay asked for would break rules in the draft; ``broken`` says which."""

    def __init__(self, broken: tuple[BrokenRule, ...]) -> None:
        """Keep what it would break."""
        self.broken = broken
        super().__init__(f"It would break {', '.join(dict.fromkeys(b.rule for b in broken))}.")


class ChangeImpossibleError(UseCaseError):
    """The stay asked for names what is no longer there, or its request was withdrawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """How the office decides: who, when, and what it says to the researcher.

    ``seen`` is the stay in the draft that the page has shown, as ``ChangeRequestView.seen``; None
    for whichever there is. ``anyway`` accepts a stay although it breaks rules in the draft.
    """

    now: dt.datetime
    by: uuid.UUID | None = None
    reply: str = ""
    seen: str | None = None
    anyway: bool = False


def accept_change(
    session: Session, workspace: Workspace, change_id: int, decision: Decision, *, language: str
) -> int:
    """Put the stay asked for into the draft, widen its request for it, and say yes.

    What words alone ask for is done by hand; it is only said yes to. Returns what the history
    calls that.

    Raises:
        NoSuchChangeRequest: There is none of that id.
        ChangeRequestDecided: It was decided or withdrawn meanwhile.
        NoteTooLongError: The reply is longer than is kept.
        ChangeImpossibleError: A place of the stay is gone, or its request.
        ChangeBreaksRulesError: It breaks rules in the draft, and is not wanted anyway.
        EditConflict: Somebody has moved the stay in the draft since it was shown.
    """
    problem, programme_id = workspace.problem, workspace.problem.programme.id
    lock_programme(session, programme_id)
    asked = get_change_request(session, programme_id, change_id)
    _decide(session, asked, ChangeRequestStatus.ACCEPTED, decision)
    wanted = stay_of(asked.residency)
    facts = facts_of(problem, ACCEPTED, asked.researcher_id, asked.request, asked.id)
    edit = Edit(kind=ChangeKind.ANSWER, now=decision.now, by=decision.by, facts=facts)
    made = None
    if wanted is not None:
        request = _get_request(workspace, wanted)
        _check(workspace, request, wanted, decision, language)
        draft = main_draft(session, programme_id, now=decision.now)
        steps = _steps(workspace, request, wanted, decision.seen)
        _check_stands(session, programme_id, draft.id, steps[-1])
        made = make_steps(session, programme_id, steps, replace(edit, draft_id=draft.id))
    return _note(session, programme_id, edit) if made is None else made.id


def refuse_change(
    session: Session, workspace: Workspace, change_id: int, decision: Decision
) -> int:
    """Say no, with a reply; the draft stays as it is. Returns what the history calls that.

    Raises:
        NoSuchChangeRequest: There is none of that id.
        ChangeRequestDecided: It was decided or withdrawn meanwhile.
        NoteTooLongError: The reply is longer than is kept.
    """
    problem, programme_id = workspace.problem, workspace.problem.programme.id
    lock_programme(session, programme_id)
    asked = get_change_request(session, programme_id, change_id)
    _decide(session, asked, ChangeRequestStatus.REFUSED, decision)
    facts = facts_of(problem, REFUSED, asked.researcher_id, asked.request, asked.id)
    edit = Edit(kind=ChangeKind.ANSWER, now=decision.now, by=decision.by, facts=facts)
    return _note(session, programme_id, edit)


def _decide(
    session: Session, asked: ChangeRequest, status: ChangeRequestStatus, decision: Decision
) -> None:
    decide_change_request(
        session,
        asked.programme_id,
        asked.id,
        status,
        now=decision.now,
        by=decision.by,
        reply=checked_note(decision.reply),
    )


def _note(session: Session, programme_id: str, edit: Edit) -> int:
    return add_change(session, programme_id, edit.kind, now=edit.now, by=edit.by, facts=edit.facts)


def _get_request(workspace: Workspace, wanted: Residency) -> Request:
    """Return the request of a stay of which everything is still there."""
    if not knows(workspace.problem, wanted):
        raise ChangeImpossibleError(
            "The request was withdrawn, or a place that the stay names is gone."
        )
    return workspace.problem.request[wanted.request]


def _check(
    workspace: Workspace, request: Request, wanted: Residency, decision: Decision, language: str
) -> None:
    if decision.anyway:
        return
    beside = Neighbours(workspace.problem, workspace.plan).asking(widened(request, wanted))
    names = Names(problem=workspace.problem, language=language)
    broken = broken_rules(names, beside.check(request.id, wanted))
    if broken:
        raise ChangeBreaksRulesError(broken)


def _check_stands(session: Session, programme_id: str, draft_id: int, step: Step) -> None:
    """Let no half of a colleague's move be mixed into a stay that was checked as a whole."""
    (now,) = read_items(session, programme_id, draft_id, [step])
    if now not in (step.before, step.after):
        raise EditConflict((Clash(step, "", now),))


def _steps(
    workspace: Workspace, request: Request, wanted: Residency, seen: str | None
) -> tuple[Step, ...]:
    """Return what puts a stay into the draft in place of the one that was seen there."""
    there = workspace.plan.by_request.get(request.id)
    if seen is not None:
        there = read_stay(seen, request.id)
    before, after = document_of(request), document_of(widened(request, wanted))
    return (
        Step(subject="requests", key=request.id, before=before, after=after),
        Step(
            subject=DRAFT,
            key=request.id,
            before=None if there is None else document_of(there),
            after=document_of(wanted),
        ),
    )
