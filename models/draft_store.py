"""Drafts as rows: the plan that a coordinator works on, and its branches for what-ifs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import delete, insert, inspect, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.errors import DraftExists, NoSuchDraft
from models.programme_store import get_programme
from models.steps import Document
from models.subjects import document_of, list_adapter_of, row_of
from models.tables import DraftResidencyRow, DraftRow
from scheduler.plan import Plan
from scheduler.problem.requests import Residency


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft's own facts; the one without a name is what will be published.

    ``revision`` counts its changes. A branch knows the adjustments that it tries, and from which
    residencies, revision and scenario it went out.
    """

    id: int
    programme_id: str
    name: str | None
    revision: int
    created_at: dt.datetime
    adjustments: tuple[Document, ...]
    base: Plan | None
    base_revision: int | None
    scenario_sha256: str | None


def main_draft(session: Session, programme_id: str, *, now: dt.datetime) -> Draft:
    """Return the draft that will be published; an empty one is made where there is none."""
    found = find_main_draft(session, programme_id)
    if found is not None:
        return found
    get_programme(session, programme_id)
    try:
        return add_draft(session, programme_id, name=None, now=now)
    except DraftExists:
        # Somebody else has made it in the meantime.
        found = find_main_draft(session, programme_id)
        if found is None:
            raise
        return found


def find_main_draft(session: Session, programme_id: str) -> Draft | None:
    """Find the draft that will be published; none before anything was put into it."""
    query = select(DraftRow).where(DraftRow.programme_id == programme_id, DraftRow.name.is_(None))
    row = session.scalars(query, execution_options={"populate_existing": True}).first()
    return None if row is None else _draft_of(row)


def add_draft(
    session: Session,
    programme_id: str,
    *,
    name: str | None,
    now: dt.datetime,
    adjustments: Iterable[Document] = (),
    base: tuple[Draft, Plan] | None = None,
    scenario_sha256: str | None = None,
) -> Draft:
    """Add a draft, a branch of another where it has a base; ``DraftExists`` where the name is."""
    row = {
        "programme_id": programme_id,
        "name": name,
        "revision": 0,
        "created_at": now,
        "adjustments": list(adjustments),
        "base": None if base is None else [document_of(each) for each in base[1].residencies],
        "base_revision": None if base is None else base[0].revision,
        "scenario_sha256": scenario_sha256,
    }
    try:
        with session.begin_nested():
            draft_id = session.scalars(insert(DraftRow).values(row).returning(DraftRow.id)).one()
    except IntegrityError as error:
        raise _name_is_taken(programme_id, name) from error
    if base is not None:
        _add_residencies(session, draft_id, base[1])
    return get_draft(session, programme_id, draft_id)


def get_draft(session: Session, programme_id: str, draft_id: int) -> Draft:
    """Return a draft by id; ``NoSuchDraft`` where the programme has none of that id."""
    row = session.get(DraftRow, draft_id, populate_existing=True)
    if row is None or row.programme_id != programme_id:
        raise NoSuchDraft(f"programme {programme_id!r}: has no draft {draft_id}")
    return _draft_of(row)


def load_branches(session: Session, programme_id: str) -> tuple[Draft, ...]:
    """Load the branches of a programme, the latest first."""
    query = (
        select(DraftRow)
        .where(DraftRow.programme_id == programme_id, DraftRow.name.is_not(None))
        .order_by(DraftRow.id.desc())
    )
    rows = session.scalars(query, execution_options={"populate_existing": True})
    return tuple(_draft_of(row) for row in rows)


def load_draft_plan(session: Session, draft_id: int) -> Plan:
    """Load the residencies of a draft, by request."""
    columns = inspect(DraftResidencyRow).columns
    query = (
        select(*(columns[field.name] for field in fields(Residency)))
        .where(DraftResidencyRow.draft_id == draft_id)
        .order_by(DraftResidencyRow.request)
    )
    rows = [dict(row) for row in session.execute(query).mappings()]
    return Plan(residencies=tuple(list_adapter_of(Residency).validate_python(rows)))


def store_draft_plan(session: Session, draft_id: int, plan: Plan) -> None:
    """Put a plan in place of a draft's residencies, which counts as a change of it."""
    session.execute(delete(DraftResidencyRow).where(DraftResidencyRow.draft_id == draft_id))
    _add_residencies(session, draft_id, plan)
    count_revision(session, draft_id)


def store_adjustments(session: Session, draft_id: int, adjustments: Iterable[Document]) -> None:
    """Put adjustments in place of those that a branch tries, which counts as a change of it."""
    _change(session, draft_id, adjustments=list(adjustments))
    count_revision(session, draft_id)


def store_base(session: Session, draft_id: int, base: Draft, plan: Plan, sha256: str) -> None:
    """Say that a branch goes out from a draft with a plan, and from a scenario."""
    residencies = [document_of(each) for each in plan.residencies]
    _change(
        session,
        draft_id,
        base=residencies,
        base_revision=base.revision,
        scenario_sha256=sha256,
    )


def rename_draft(session: Session, programme_id: str, draft_id: int, name: str) -> None:
    """Give a branch another name; ``DraftExists`` where another branch bears it."""
    try:
        with session.begin_nested():
            _change(session, draft_id, name=name)
    except IntegrityError as error:
        raise _name_is_taken(programme_id, name) from error


def count_revision(session: Session, draft_id: int) -> int:
    """Count a change of a draft and return its new revision."""
    changed = (
        update(DraftRow)
        .where(DraftRow.id == draft_id)
        .values(revision=DraftRow.revision + 1)
        .returning(DraftRow.revision)
    )
    return session.scalars(changed, execution_options={"synchronize_session": False}).one()


def remove_draft(session: Session, programme_id: str, draft_id: int) -> None:
    """Remove a branch with its residencies; ``NoSuchDraft`` where there is none."""
    get_draft(session, programme_id, draft_id)
    session.execute(delete(DraftResidencyRow).where(DraftResidencyRow.draft_id == draft_id))
    session.execute(delete(DraftRow).where(DraftRow.id == draft_id))


def _change(session: Session, draft_id: int, **values: Any) -> None:
    changed = update(DraftRow).where(DraftRow.id == draft_id).values(values)
    session.execute(changed, execution_options={"synchronize_session": False})


def _name_is_taken(programme_id: str, name: str | None) -> DraftExists:
    return DraftExists(f"programme {programme_id!r}: has a draft {name!r} already")


def _add_residencies(session: Session, draft_id: int, plan: Plan) -> None:
    rows: list[dict[str, Any]] = [
        {"draft_id": draft_id, **row_of(residency)} for residency in plan.residencies
    ]
    if rows:
        session.execute(insert(DraftResidencyRow), rows)


def _draft_of(row: DraftRow) -> Draft:
    base = row.base
    return Draft(
        id=row.id,
        programme_id=row.programme_id,
        name=row.name,
        revision=row.revision,
        created_at=row.created_at,
        adjustments=tuple(row.adjustments),
        base=None
        if base is None
        else Plan(residencies=tuple(list_adapter_of(Residency).validate_python(base))),
        base_revision=row.base_revision,
        scenario_sha256=row.scenario_sha256,
    )
