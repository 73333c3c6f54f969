"""Taking back what was done to the programme's data, and making it again."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.errors import NoSuchChange
from models.history_store import Change, find_redoable, find_undoable, get_change
from web.use_cases.editing import Edit, redo, undo
from web.use_cases.errors import NothingToUndoError
from web.use_cases.views.requests import DoneView

PINS, REQUESTS = "pins", "requests"


def find_done(session: Session, programme_id: str, change_id: int | None) -> DoneView | None:
    """Find a change, with whether it can be taken back, or made again, at a press."""
    if change_id is None:
        return None
    try:
        change = get_change(session, programme_id, change_id)
    except NoSuchChange:
        return None
    latest = find_undoable(session, programme_id, None)
    taken_back = find_redoable(session, programme_id, None)
    requests = [step for step in change.steps if step.subject == REQUESTS]
    return DoneView(
        id=change.id,
        kind=change.kind,
        direction=change.direction,
        added=sum(step.before is None for step in requests),
        changed=sum(step.before is not None for step in requests),
        pins=sum(step.subject == PINS for step in change.steps),
        file=str(change.facts.get("file", "")),
        can_undo=latest is not None and latest.id == change.id,
        can_redo=taken_back is not None and taken_back.id == change.id,
    )


def undo_data(session: Session, programme_id: str, edit: Edit, expected: int | None) -> Change:
    """Take back the latest change of the data; it must be the one expected, if one is.

    Raises:
        NothingToUndoError: There is none, or somebody has changed something since.
    """
    latest = find_undoable(session, programme_id, None)
    _check_expected(latest, expected)
    return undo(session, programme_id, edit)


def redo_data(session: Session, programme_id: str, edit: Edit, expected: int | None) -> Change:
    """Make again what was taken back last; it must be the one expected, if one is."""
    _check_expected(find_redoable(session, programme_id, None), expected)
    return redo(session, programme_id, edit)


def _check_expected(found: Change | None, expected: int | None) -> None:
    if expected is not None and (found is None or found.id != expected):
        raise NothingToUndoError("Somebody has changed the data since.")
