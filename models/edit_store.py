"""Makes steps in the rows of a scenario or a draft: reads what stands there, writes what shall."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from itertools import count, groupby
from typing import Any

from sqlalchemy import Table, and_, bindparam, delete, func, insert, inspect, select, update
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

BATCH = 500
"""Items that one statement names."""

_KEY = "_key"
_NAMES = ("id", "request")

_LISTS = {subject.field: subject for subject in SUBJECTS}
_ORDER = [PROGRAMME, POLICY, *_LISTS, DRAFT]


def read_items(
    session: Session, programme_id: str, draft_id: int | None, steps: Iterable[Step]
) -> list[Document | None]:
    """Return what stands now where steps want to change something, None where nothing does."""
    steps = tuple(steps)
    found: dict[tuple[str, str], Document] = {}
    for subject, group in _by_subject(steps):
        place = _place(programme_id, draft_id, subject)
        for some in _batches(group):
            documents = _read(session, place, [step.key for step in some])
            found |= {(subject, key): document for key, document in documents.items()}
    return [found.get((step.subject, step.key)) for step in steps]


def write_steps(
    session: Session, programme_id: str, draft_id: int | None, steps: Sequence[Step]
) -> tuple[Step, ...]:
    """Write what steps want, items that others name before those that name them.

    Returns the steps in that order; those of what goes say where it stood.
    """
    gone: list[Step] = []
    written: list[Step] = []
    groups = _by_subject(steps)
    for subject, group in reversed(groups):
        place = _place(programme_id, draft_id, subject)
        for some in _batches([step for step in reversed(group) if step.after is None]):
            gone += _delete(session, place, some)
    for subject, group in groups:
        kept = [step for step in group if step.after is not None]
        _write(session, _place(programme_id, draft_id, subject), kept)
        written += kept
    if any(subject != DRAFT for subject, _ in groups):
        renew_version(session, programme_id)
    return (*gone, *written)


def _by_subject(steps: Iterable[Step]) -> list[tuple[str, list[Step]]]:
    ordered = sorted(steps, key=lambda step: _ORDER.index(step.subject))
    return [
        (subject, list(group)) for subject, group in groupby(ordered, lambda step: step.subject)
    ]


def _batches(steps: Sequence[Step]) -> Iterator[Sequence[Step]]:
    """Yield steps by as many as a statement may name on every database."""
    for start in range(0, len(steps), BATCH):
        yield steps[start : start + BATCH]


class _Place:
    """Where the items of a subject stand: their table, whose they are, what tells them apart.

    ``column`` is None where there is only one.
    """

    def __init__(self, table: type[Base], item: Any, owner: dict[str, Any]) -> None:
        self.table: Table = inspect(table).local_table  # type: ignore[assignment]  # no view
        self.item = item
        self.owner = owner
        named = [self.table.columns[name] for name in _NAMES if name in self.table.columns]
        self.column = None if table is ProgrammeRow else next(iter(named), None)

    @property
    def is_owned(self) -> ColumnElement[bool]:
        """What is true of the rows of the programme, or of the draft."""
        columns = self.table.columns
        return and_(*(columns[name] == value for name, value in self.owner.items()))

    def among(self, keys: Iterable[str]) -> ColumnElement[bool]:
        """What is true of the rows of some items."""
        if self.column is None:
            return self.is_owned
        return and_(self.is_owned, self.column.in_(list(keys)))

    @property
    def has_position(self) -> bool:
        """Tell whether the order of the list is kept."""
        return POSITION in self.table.columns


def _place(programme_id: str, draft_id: int | None, subject: str) -> _Place:
    owner = {"programme_id": programme_id}
    if subject == DRAFT:
        return _Place(DraftResidencyRow, Residency, {"draft_id": draft_id})
    if subject == POLICY:
        return _Place(PolicyRow, Policy, owner)
    if subject == PROGRAMME:
        return _Place(ProgrammeRow, Programme, {"id": programme_id})
    listed: Subject = _LISTS[subject]
    return _Place(listed.table, listed.item, owner)


def _read(session: Session, place: _Place, keys: Sequence[str]) -> dict[str, Document]:
    """Return the items of some keys, the first where several bear one."""
    columns = [place.table.columns[field.name] for field in fields(place.item)]
    query = select(*columns).where(place.among(keys))
    if place.has_position:
        query = query.order_by(place.table.columns[POSITION].desc())
    rows = session.execute(query).mappings().all()
    items = map(adapter_of(place.item).validate_python, map(dict, rows))
    if place.column is None:
        return dict(zip(keys, map(document_of, items), strict=False))
    return {getattr(item, place.column.name): document_of(item) for item in items}


def _delete(session: Session, place: _Place, steps: Sequence[Step]) -> Iterable[Step]:
    keys = [step.key for step in steps]
    positions: dict[str, int] = {}
    if place.has_position and place.column is not None:
        position = place.table.columns[POSITION]
        query = select(place.column, position).where(place.among(keys)).order_by(position.desc())
        positions = dict(session.execute(query).all())
    session.execute(delete(place.table).where(place.among(keys)))
    return [replace(step, position=positions.get(step.key)) for step in steps]


def _write(session: Session, place: _Place, steps: Sequence[Step]) -> None:
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for step in steps:
        values = row_of(adapter_of(place.item).validate_python(step.after))
        check_fits(place.table.name, values)
        if step.before is not None:
            changed.append(values | {_KEY: step.key})
        elif place.has_position:
            new.append(place.owner | values | {POSITION: step.position})
        else:
            new.append(place.owner | values)
    if place.has_position and any(row[POSITION] is None for row in new):
        _put_last(session, place, new)
    if changed:
        _change(session, place, changed)
    if new:
        session.execute(insert(place.table), new)


def _change(session: Session, place: _Place, rows: Sequence[dict[str, Any]]) -> None:
    if place.column is None:
        values = {name: value for name, value in rows[-1].items() if name != _KEY}
        session.execute(update(place.table).where(place.is_owned).values(values))
        return
    statement = update(place.table).where(place.is_owned, place.column == bindparam(_KEY))
    session.connection().execute(statement, rows)


def _put_last(session: Session, place: _Place, rows: Iterable[dict[str, Any]]) -> None:
    """Give rows without a position those after all others."""
    last = func.coalesce(func.max(place.table.columns[POSITION]), -1)
    free = count(session.scalars(select(last + 1).where(place.is_owned)).one())
    for row in rows:
        if row[POSITION] is None:
            row[POSITION] = next(free)
