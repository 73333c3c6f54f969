"""Keeps who did what when, and finds what can be taken back or done again; knows no scheduler."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, insert, select
from sqlalchemy.orm import Session, aliased

from models.errors import NoSuchChange
from models.steps import Step
from models.tables.access import CoordinatorRow
from models.tables.history import ChangeRow


class ChangeKind(StrEnum):
    """What somebody did."""

    EDIT = "edit"
    IMPORT = "import"
    MOVE = "move"
    PIN = "pin"
    ACCEPT = "accept"
    TAKE_OVER = "take_over"
    PLAN = "plan"
    PUBLISH = "publish"
    ROLL_BACK = "roll_back"
    MAIL = "mail"
    BRANCH = "branch"
    ANSWER = "answer"


class Direction(StrEnum):
    """Whether a change was made, taken back, or made again."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change that somebody made; ``by`` is the coordinator's name, None for the machine.

    ``undoes`` is the change whose steps it reverses, ``undone_by`` the one that reverses its own.
    """

    id: int
    programme_id: str
    draft_id: int | None
    kind: ChangeKind
    by: str | None
    at: dt.datetime
    steps: tuple[Step, ...]
    facts: dict[str, Any]
    direction: Direction
    undoes: int | None
    undone_by: int | None


_Undoing = aliased(ChangeRow)
_DRAFT = "draft"


def add_change(
    session: Session,
    programme_id: str,
    kind: ChangeKind,
    steps: Iterable[Step] = (),
    *,
    now: dt.datetime,
    by: uuid.UUID | None,
    draft_id: int | None = None,
    facts: dict[str, Any] | None = None,
    undoes: Change | None = None,
) -> int:
    """Add a change to the history and return its id; later changes have higher ids."""
    direction = Direction.DO
    if undoes is not None:
        was_undone = undoes.direction is Direction.UNDO
        direction = Direction.REDO if was_undone else Direction.UNDO
    row = {
        "programme_id": programme_id,
        "draft_id": draft_id,
        "kind": kind.value,
        "coordinator_id": by,
        "at": now,
        "steps": [asdict(step) for step in steps],
        "facts": facts or {},
        "direction": direction.value,
        "undoes": None if undoes is None else undoes.id,
    }
    return session.scalars(insert(ChangeRow).values(row).returning(ChangeRow.id)).one()


def get_change(session: Session, programme_id: str, change_id: int) -> Change:
    """Return a change by id; ``NoSuchChange`` where the programme has none of that id."""
    found = _first(session, _changes(programme_id).where(ChangeRow.id == change_id))
    if found is None:
        raise NoSuchChange(f"programme {programme_id!r}: has no change {change_id}")
    return found


def load_changes(
    session: Session,
    programme_id: str,
    *,
    before: int | None = None,
    limit: int = 100,
    kind: ChangeKind | None = None,
) -> tuple[Change, ...]:
    """Load the latest changes of a programme, of a kind if one is given, the newest first.

    ``before`` is an id, to go on.
    """
    query = _changes(programme_id)
    if kind is not None:
        query = query.where(ChangeRow.kind == kind.value)
    if before is not None:
        query = query.where(ChangeRow.id < before)
    return tuple(map(_change_of, session.execute(query.limit(limit))))


def find_undoable(session: Session, programme_id: str, draft_id: int | None) -> Change | None:
    """Find the latest change of a draft, or of the scenario, that stands and can be taken back."""
    for change in _with_steps(session, programme_id, draft_id):
        if change.undone_by is None and change.direction is not Direction.UNDO:
            return change
    return None


def find_redoable(session: Session, programme_id: str, draft_id: int | None) -> Change | None:
    """Find what was taken back last, where nothing new was done since."""
    for change in _with_steps(session, programme_id, draft_id):
        if change.direction is Direction.DO:
            return None
        if change.undone_by is None and change.direction is Direction.UNDO:
            return change
    return None


def _changes(programme_id: str) -> Select[ChangeRow, str, int]:
    return (
        select(ChangeRow, CoordinatorRow.name, _Undoing.id)
        .outerjoin(CoordinatorRow, ChangeRow.coordinator_id == CoordinatorRow.id)
        .outerjoin(_Undoing, _Undoing.undoes == ChangeRow.id)
        .where(ChangeRow.programme_id == programme_id)
        .order_by(ChangeRow.id.desc())
    )


def _with_steps(session: Session, programme_id: str, draft_id: int | None) -> Iterator[Change]:
    own = ChangeRow.draft_id.is_(None) if draft_id is None else ChangeRow.draft_id == draft_id
    changes = map(_change_of, session.execute(_changes(programme_id).where(own)))
    return (change for change in changes if change.steps and _is_still_there(change))


def _is_still_there(change: Change) -> bool:
    """Tell whether what was changed still is; a branch's own changes outlive the branch."""
    return change.draft_id is not None or all(step.subject != _DRAFT for step in change.steps)


def _first(session: Session, query: Select[ChangeRow, str, int]) -> Change | None:
    row = session.execute(query).first()
    return None if row is None else _change_of(row)


def _change_of(found: Any) -> Change:
    row, by, undone_by = found
    return Change(
        id=row.id,
        programme_id=row.programme_id,
        draft_id=row.draft_id,
        kind=ChangeKind(row.kind),
        by=by,
        at=row.at,
        steps=tuple(Step(**step) for step in row.steps),
        facts=row.facts,
        direction=Direction(row.direction),
        undoes=row.undoes,
        undone_by=undone_by,
    )
