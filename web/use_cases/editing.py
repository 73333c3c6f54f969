"""Changing a programme by steps: checked as a scenario file is, kept in the history, taken back.

Whoever edits saw an item as it was; what somebody else has changed meanwhile is kept, and where
both changed the same the one who comes second is told (``EditConflict``).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from models.draft_store import count_revision
from models.edit_store import DRAFT, read_items, write_steps
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
from web.use_cases.change_requests.again import follow_reversal
from web.use_cases.edited import check_steps
from web.use_cases.errors import NothingToUndoError


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


def _make(
    session: Session, programme_id: str, steps: Sequence[Step], edit: Edit, undoes: Change | None
) -> Change | None:
    lock_programme(session, programme_id)
    merged = merge(steps, read_items(session, programme_id, edit.draft_id, steps))
    if not merged:
        return None
    if any(step.subject != DRAFT for step in merged):
        check_steps(load_problem(session, programme_id), merged)
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
