"""Moving stays on the board: what it would break, doing it, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from models.draft_store import get_draft
from models.edit_store import DRAFT
from models.history_store import Change, find_redoable, find_undoable
from models.steps import Document, Step
from models.subjects import adapter_of, document_of
from scheduler.candidates.candidates import Part
from scheduler.problem.requests import Residency
from scheduler.problem.types import RequestId, days_of, text_in
from scheduler.rules import Term
from web.use_cases.board.fit import BoardFit, first_days, lengths
from web.use_cases.board.places import Wish, complete
from web.use_cases.broken_rules import broken_rules
from web.use_cases.editing import Edit, make_steps, redo, undo
from web.use_cases.errors import EditRefusedError, NothingToUndoError, NotThereError, StepFinding
from web.use_cases.names import Names
from web.use_cases.views.board import DoneView, OptionsView, PutView, TermPoints, Verdict
from web.use_cases.workspace import Workspace

OUTSIDE = "The stay must lie within the programme, and end after it begins."


def show_options(
    workspace: Workspace, fit: BoardFit, request: str, days: int | None = None
) -> OptionsView:
    """Return where a request could go beside everybody else; by default as long as it stays.

    One without a place is shown with the most days for which it fits anywhere.
    """
    name = check_request(workspace, request)
    fitting = fit.fitting(workspace.plan, name)
    stay = workspace.plan.by_request.get(name)
    possible = lengths(fitting)
    if days is None and stay is not None:
        days = stay.days.stop - stay.days.start
    elif days is None:
        days = max(possible, default=workspace.problem.request[name].max_days)
    epoch = workspace.problem.programme.first_day
    return OptionsView(
        request=name,
        revision=workspace.revision,
        days=days,
        lengths=possible,
        zones=first_days(fitting, days, Part.ZONE, epoch),
        hosts=first_days(fitting, days, Part.HOST, epoch),
        slots=first_days(fitting, days, Part.SLOT, epoch),
    )


def check_move(
    workspace: Workspace, fit: BoardFit, request: str, wish: Wish | None, *, language: str
) -> Verdict:
    """Return what a request would break if it were put where it is wished, or into the tray."""
    name = check_request(workspace, request)
    before = workspace.plan.by_request.get(name)
    residency = None if wish is None else _completed(workspace, fit, wish, before)
    return _verdict(workspace, fit, name, residency, language=language)


def move(
    session: Session,
    workspace: Workspace,
    fit: BoardFit,
    request: str,
    *,
    seen: Residency | None,
    wish: Wish | None,
    edit: Edit,
    language: str,
) -> Verdict:
    """Move a request in the draft from where somebody saw it, and return what that breaks.

    Raises:
        EditConflict: Somebody else has moved it meanwhile.
        EditRefusedError: The stay would lie outside the programme.
    """
    name = check_request(workspace, request)
    after = None if wish is None else _completed(workspace, fit, wish, seen)
    step = Step(
        subject=DRAFT,
        key=name,
        before=None if seen is None else document_of(seen),
        after=None if after is None else document_of(after),
    )
    change = make_steps(session, workspace.problem.programme.id, [step], edit)
    written = step.after if change is None else change.steps[0].after
    verdict = _verdict(workspace, fit, name, read_residency(written), language=language)
    return replace(verdict, revision=_revision(session, workspace, edit))


def check_seen(workspace: Workspace, revision: int | None) -> None:
    """Let nobody take back what they have not seen; ``NothingToUndoError`` where that would be."""
    if revision is not None and revision != workspace.revision:
        raise NothingToUndoError("Somebody has changed the draft since.")


def take_back(session: Session, workspace: Workspace, edit: Edit, *, language: str) -> DoneView:
    """Take back the latest change of the draft, and return what it was."""
    names = Names(problem=workspace.problem, language=language)
    done = view_change(names, undo(session, workspace.problem.programme.id, edit))
    return replace(done, before=done.after, after=done.before)


def make_again(session: Session, workspace: Workspace, edit: Edit, *, language: str) -> DoneView:
    """Make again what was taken back last, and return what it was."""
    names = Names(problem=workspace.problem, language=language)
    return view_change(names, redo(session, workspace.problem.programme.id, edit))


def read_residency(document: object) -> Residency | None:
    """Return a residency of plain data, None for none; ``ValueError`` where it is not one."""
    if document is None:
        return None
    residency: Residency = adapter_of(Residency).validate_python(document)
    return residency


def show_history(
    session: Session, workspace: Workspace, *, language: str
) -> tuple[DoneView | None, DoneView | None]:
    """Return what could be taken back, and what could be made again."""
    if workspace.draft is None:
        return None, None
    names = Names(problem=workspace.problem, language=language)
    programme_id = workspace.problem.programme.id
    done = find_undoable(session, programme_id, workspace.draft.id)
    undone = find_redoable(session, programme_id, workspace.draft.id)
    return (
        None if done is None else view_change(names, done),
        None if undone is None else view_change(names, undone),
    )


def view_change(names: Names, change: Change) -> DoneView:
    """Return what people are told of a change of a draft, which may have changed data too."""
    steps = [step for step in change.steps if step.subject == DRAFT]
    step = steps[0] if steps else None
    request = None if step is None else names.problem.request.get(RequestId(step.key))
    who = "" if step is None else step.key if request is None else names.researcher(request)
    return DoneView(
        kind=change.kind.value,
        who=who,
        request="" if step is None else step.key,
        stays=len(steps),
        before=_put(names, None if step is None else step.before),
        after=_put(names, None if step is None else step.after),
    )


def check_request(workspace: Workspace, request: str) -> RequestId:
    """Return the id of a request that can be placed; ``NotThereError`` where there is none."""
    known = workspace.problem.request.get(RequestId(request))
    if known is None or not known.is_submitted:
        raise NotThereError(f"There is no request {request} that could be placed.")
    return known.id


def _completed(
    workspace: Workspace, fit: BoardFit, wish: Wish, before: Residency | None
) -> Residency:
    problem = workspace.problem
    named: tuple[tuple[str | None, Mapping[Any, Any]], ...] = (
        (wish.slot, problem.slot),
        (wish.zone, problem.zone),
        (wish.host, problem.host),
        (wish.pool, problem.pool),
    )
    if any(name is not None and name not in things for name, things in named):
        raise NotThereError("Something that the stay names is no longer in the programme.")
    if wish.last_day < wish.first_day or not days_of(problem.programme).covers(wish.days):
        raise EditRefusedError((StepFinding(None, "", OUTSIDE),))
    return complete(fit.fitting(workspace.plan, wish.request), wish, before)


def _verdict(
    workspace: Workspace,
    fit: BoardFit,
    request: RequestId,
    residency: Residency | None,
    *,
    language: str,
) -> Verdict:
    broken, terms = fit.check(workspace.plan, request, residency)
    names = Names(problem=workspace.problem, language=language)
    return Verdict(
        request=request,
        revision=workspace.revision,
        residency=residency,
        broken=broken_rules(names, broken),
        terms=tuple(
            TermPoints(name=term.value, points=terms[term]) for term in Term if terms[term]
        ),
    )


def _revision(session: Session, workspace: Workspace, edit: Edit) -> int:
    if edit.draft_id is None:
        return workspace.revision
    return get_draft(session, workspace.problem.programme.id, edit.draft_id).revision


def _put(names: Names, document: Document | None) -> PutView | None:
    """Return where and when a stay was, None where it had no place."""
    stay = read_residency(document)
    if stay is None:
        return None
    zone = names.problem.zone.get(stay.zone)
    return PutView(
        zone=stay.zone if zone is None else text_in(zone.name, names.language),
        first_day=stay.first_day,
        last_day=stay.last_day,
    )
