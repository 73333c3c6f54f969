"""Keeps who did what when, and finds what can be taken back or done again; knows no scheduler."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, insert, select
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which changes somebody looks for; what is None does not matter.

    ``by`` is a coordinator, ``MACHINE`` for nobody, ``RESEARCHERS`` for all those who did
    something on their own pages. ``since`` and ``until`` are half-open. ``item``
    is a list of the scenario and a key in it; a request's own are those of its stays and pins too.
    """

    kind: ChangeKind | None = None
    by: uuid.UUID | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    item: tuple[str, str] | None = None


MACHINE = uuid.UUID(int=0)
"""Who did what nobody did."""

RESEARCHERS = uuid.UUID(int=1)
"""Who did what facts name a researcher for, and no coordinator did."""

RESEARCHER = "researcher"
"""The fact that names whose doing a change is, or whom it is about."""

OF_REQUEST = frozenset({"requests", "draft", "pins", "published"})
"""Lists whose items are called by their request."""

_BATCH = 200
_FEW = 20

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


def find_changes(
    session: Session, programme_id: str, wish: Wish, *, before: int | None = None
) -> Iterator[Change]:
    """Yield the changes that somebody looks for, the newest first; ``before`` an id, to go on."""
    query = _wanted(_changes(programme_id), wish).limit(_BATCH)
    while True:
        page = query if before is None else query.where(ChangeRow.id < before)
        found = [_change_of(row) for row in session.execute(page)]
        yield from (change for change in found if wish.item is None or _touches(change, wish.item))
        if len(found) < _BATCH:
            return
        before = found[-1].id


def load_editors(session: Session, programme_id: str) -> tuple[tuple[uuid.UUID, str], ...]:
    """Load who has changed a programme, by name."""
    query = (
        select(CoordinatorRow.id, CoordinatorRow.name)
        .where(
            CoordinatorRow.id.in_(
                select(ChangeRow.coordinator_id).where(ChangeRow.programme_id == programme_id)
            )
        )
        .order_by(CoordinatorRow.name, CoordinatorRow.id)
    )
    return tuple((row.id, row.name) for row in session.execute(query))


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


def _wanted(query: Select[ChangeRow, str, int], wish: Wish) -> Select[ChangeRow, str, int]:
    """Narrow a query; an item's key stands in the steps' text wherever the item was changed."""
    if wish.kind is not None:
        query = query.where(ChangeRow.kind == wish.kind.value)
    if wish.by is not None:
        query = query.where(*_done_by(wish.by))
    if wish.since is not None:
        query = query.where(ChangeRow.at >= wish.since)
    if wish.until is not None:
        query = query.where(ChangeRow.at < wish.until)
    if wish.item is not None:
        steps = cast(ChangeRow.steps, Text)
        query = query.where(steps.contains(f'"key": "{wish.item[1]}"', autoescape=True))
    return query


def _done_by(person: uuid.UUID) -> tuple[ColumnElement[bool], ...]:
    if person not in (MACHINE, RESEARCHERS):
        return (ChangeRow.coordinator_id == person,)
    named = ChangeRow.facts[RESEARCHER].as_string()
    is_named = named.is_not(None) if person == RESEARCHERS else named.is_(None)
    return ChangeRow.coordinator_id.is_(None), is_named


def _touches(change: Change, item: tuple[str, str]) -> bool:
    subject, key = item
    subjects = OF_REQUEST if subject in OF_REQUEST else {subject}
    return any(step.key == key and step.subject in subjects for step in change.steps)


def _with_steps(session: Session, programme_id: str, draft_id: int | None) -> Iterator[Change]:
    own = ChangeRow.draft_id.is_(None) if draft_id is None else ChangeRow.draft_id == draft_id
    query = _changes(programme_id).where(own).limit(_FEW)
    found = [_change_of(row) for row in session.execute(query)]
    while found:
        yield from (change for change in found if change.steps and _is_still_there(change))
        earlier = query.where(ChangeRow.id < found[-1].id)
        found = [_change_of(row) for row in session.execute(earlier)]


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
