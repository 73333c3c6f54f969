"""Makes steps in the rows of a scenario or a draft: reads what stands there, writes what shall."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any

from sqlalchemy import Table, and_, delete, func, insert, inspect, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from models.programme_store import renew_version
from models.scenario_store import check_fits
from models.steps import Document, Step
from models.subjects import SUBJECTS, Subject, adapter_of, document_of, row_of
from models.tables import Base, DraftResidencyRow, PolicyRow, ProgrammeRow
from scheduler.problem.programme import Policy, Programme
from scheduler.problem.requests import Residency

DRAFT, POLICY, PROGRAMME = "draft", "policy", "programme"

POSITION = "position"

_LISTS = {subject.field: subject for subject in SUBJECTS}
_ORDER = [PROGRAMME, POLICY, *_LISTS, DRAFT]


def read_items(
    session: Session, programme_id: str, draft_id: int | None, steps: Iterable[Step]
) -> list[Document | None]:
    """Return what stands now where steps want to change something, None where nothing does."""
    return [_read(session, _place(programme_id, draft_id, step)) for step in steps]


def write_steps(
    session: Session, programme_id: str, draft_id: int | None, steps: Sequence[Step]
) -> tuple[Step, ...]:
    """Write what steps want, items that others name before those that name them.

    Returns the steps in that order; those of what goes say where it stood.
    """
    ordered = sorted(steps, key=lambda step: _ORDER.index(step.subject))
    gone = [
        _delete(session, _place(programme_id, draft_id, step), step)
        for step in reversed(ordered)
        if step.after is None
    ]
    written = [step for step in ordered if step.after is not None]
    for step in written:
        _write(session, _place(programme_id, draft_id, step), step)
    if any(step.subject != DRAFT for step in ordered):
        renew_version(session, programme_id)
    return (*gone, *written)


class _Place:
    """Where a step's item stands: its table, the columns that find it, and what it is."""

    def __init__(self, table: type[Base], item: Any, owner: dict[str, Any], key: str) -> None:
        self.table: Table = inspect(table).local_table  # type: ignore[assignment]  # no view
        self.item = item
        self.owner = owner
        column = next((name for name in ("id", "request") if name in self.table.columns), None)
        self.key = {} if column is None or table is ProgrammeRow else {column: key}

    @property
    def condition(self) -> ColumnElement[bool]:
        """What is true of the item's row."""
        columns = self.table.columns
        return and_(*(columns[name] == value for name, value in (self.owner | self.key).items()))

    @property
    def has_position(self) -> bool:
        """Tell whether the order of the list is kept."""
        return POSITION in self.table.columns


def _place(programme_id: str, draft_id: int | None, step: Step) -> _Place:
    owner = {"programme_id": programme_id}
    if step.subject == DRAFT:
        return _Place(DraftResidencyRow, Residency, {"draft_id": draft_id}, step.key)
    if step.subject == POLICY:
        return _Place(PolicyRow, Policy, owner, step.key)
    if step.subject == PROGRAMME:
        return _Place(ProgrammeRow, Programme, {"id": programme_id}, step.key)
    subject: Subject = _LISTS[step.subject]
    return _Place(subject.table, subject.item, owner, step.key)


def _read(session: Session, place: _Place) -> Document | None:
    columns = [place.table.columns[field.name] for field in fields(place.item)]
    row = session.execute(select(*columns).where(place.condition)).mappings().first()
    if row is None:
        return None
    return document_of(adapter_of(place.item).validate_python(dict(row)))


def _delete(session: Session, place: _Place, step: Step) -> Step:
    position = None
    if place.has_position:
        query = select(place.table.columns[POSITION]).where(place.condition)
        position = session.scalars(query).first()
    session.execute(delete(place.table).where(place.condition))
    return replace(step, position=position)


def _write(session: Session, place: _Place, step: Step) -> None:
    values = row_of(adapter_of(place.item).validate_python(step.after))
    check_fits(place.table.name, values)
    if step.before is not None:
        session.execute(update(place.table).where(place.condition).values(values))
        return
    if place.has_position:
        after_all = step.position is None
        values[POSITION] = _next_position(session, place) if after_all else step.position
    session.execute(insert(place.table).values(place.owner | values))


def _next_position(session: Session, place: _Place) -> int:
    columns = place.table.columns
    last = func.coalesce(func.max(columns[POSITION]), -1)
    owned = [columns[name] == value for name, value in place.owner.items()]
    return int(session.scalars(select(last + 1).where(*owned)).one())
