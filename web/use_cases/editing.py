"""Changing a programme by steps: checked as a scenario file is, kept in the history, taken back.

Whoever edits saw an item as it was; what somebody else has changed meanwhile is kept, and where
both changed the same the one who comes second is told (``EditConflict``).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from models.draft_store import count_revision
from models.edit_store import DRAFT, POLICY, PROGRAMME, read_items, write_steps
from models.history_store import (
    Change,
    ChangeKind,
    add_change,
    find_redoable,
    find_undoable,
    get_change,
)
from models.problem_loader import load_problem
from models.programme_store import lock_programme
from models.steps import Step, merge
from scheduler.files.findings import Finding
from scheduler.problem.problem import Problem
from scheduler.problem.scenario_file import ScenarioError, document_of, parse_document
from web.use_cases.change_requests.again import follow_reversal
from web.use_cases.errors import EditRefusedError, NothingToUndoError, StepFinding


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What somebody does: who, when, what kind of change, and of which draft if of any."""

    kind: ChangeKind
    now: dt.datetime
    by: uuid.UUID | None = None
    draft_id: int | None = None
    facts: dict[str, Any] | None = None


def make_steps(
    session: Session, programme_id: str, steps: Sequence[Step], edit: Edit
) -> Change | None:
    """Make steps together or not at all, and return the change; None where nothing differs.

    Raises:
        EditConflict: Somebody else has changed the same meanwhile.
        EditRefusedError: The programme would not be one that can be planned.
    """
    return _make(session, programme_id, steps, edit, None)


def undo(session: Session, programme_id: str, edit: Edit) -> Change:
    """Take back the latest change that stands; ``NothingToUndoError`` where there is none."""
    lock_programme(session, programme_id)
    change = find_undoable(session, programme_id, edit.draft_id)
    return _reverse(session, programme_id, change, edit)


def redo(session: Session, programme_id: str, edit: Edit) -> Change:
    """Make again what was taken back last, as long as nothing new was done since."""
    lock_programme(session, programme_id)
    change = find_redoable(session, programme_id, edit.draft_id)
    return _reverse(session, programme_id, change, edit)


def edited(problem: Problem, steps: Iterable[Step]) -> Problem:
    """Return a problem with steps made in it, checked as a scenario file is.

    Raises:
        EditRefusedError: Something would be wrong with it.
    """
    made = [step for step in steps if step.subject != DRAFT]
    if not made:
        return problem
    document = document_of(problem)
    for subject in {step.subject for step in made}:
        _make_in(document, subject, [step for step in made if step.subject == subject])
    try:
        return parse_document(document)
    except ScenarioError as error:
        raise EditRefusedError(_findings(document, made, error.findings)) from None


def _make(
    session: Session, programme_id: str, steps: Sequence[Step], edit: Edit, undoes: Change | None
) -> Change | None:
    lock_programme(session, programme_id)
    merged = merge(steps, read_items(session, programme_id, edit.draft_id, steps))
    if not merged:
        return None
    if any(step.subject != DRAFT for step in merged):
        edited(load_problem(session, programme_id), merged)
    written = write_steps(session, programme_id, edit.draft_id, merged)
    if edit.draft_id is not None:
        count_revision(session, edit.draft_id)
    change_id = add_change(
        session,
        programme_id,
        edit.kind,
        written,
        now=edit.now,
        by=edit.by,
        draft_id=edit.draft_id,
        facts=edit.facts,
        undoes=undoes,
    )
    return get_change(session, programme_id, change_id)


def _reverse(session: Session, programme_id: str, change: Change | None, edit: Edit) -> Change:
    if change is None:
        raise NothingToUndoError("There is nothing to take back or to make again.")
    steps = [step.back for step in reversed(change.steps)]
    reversed_edit = Edit(
        kind=change.kind, now=edit.now, by=edit.by, draft_id=edit.draft_id, facts=change.facts
    )
    made = _make(session, programme_id, steps, reversed_edit, change)
    if made is None:
        raise NothingToUndoError("What it did is undone already.")
    follow_reversal(session, made, edit.by)
    return made


def _make_in(document: dict[str, Any], subject: str, steps: Sequence[Step]) -> None:
    """Make the steps of one subject; what is new comes last, since order means nothing here."""
    if subject in (POLICY, PROGRAMME):
        document[subject] = steps[-1].after
        return
    items: list[Any] = document[subject]
    places = _places(items)
    for step in steps:
        if step.key not in places:
            places[step.key] = len(items)
            items.append(None)
        items[places[step.key]] = step.after
    document[subject] = [item for item in items if item is not None]


def _places(items: Sequence[Any]) -> dict[str, int]:
    """Return where each item stands in its list, the first of one name."""
    names = [item.get("id", item.get("request")) for item in items]
    return {name: at for at, name in reversed(list(enumerate(names)))}


def _findings(
    document: dict[str, Any], steps: Sequence[Step], findings: Iterable[Finding]
) -> tuple[StepFinding, ...]:
    """Return findings with the step and the field that they are about, if they are about one."""
    lists = {step.subject for step in steps} - {POLICY, PROGRAMME}
    numbers = {subject: _places(document[subject]) for subject in lists}
    places = {
        (
            f"{step.subject}[{numbers[step.subject].get(step.key)}]"
            if step.subject in lists
            else step.subject
        ): step
        for step in steps
        if step.after is not None
    }
    found = []
    for finding in findings:
        head, dot, field = finding.place.partition(".")
        step = places.get(head)
        place = finding.place if step is None else field if dot else ""
        found.append(StepFinding(step, place, finding.message))
    return tuple(found)
