"""Keeps what was read from files until it is imported; knows no scheduler."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from models.errors import NoSuchUpload
from models.tables.access import CoordinatorRow
from models.tables.uploads import UploadRow

KEPT_FOR = dt.timedelta(days=7)
"""An upload that is not imported is kept this long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadNote:
    """An upload without its rows: whose file it is, and of when."""

    id: uuid.UUID
    name: str
    created_at: dt.datetime
    by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file's table, and what was decided about it so far."""

    id: uuid.UUID
    programme_id: str
    created_at: dt.datetime
    name: str
    facts: Mapping[str, str]
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    columns: Mapping[str, int]
    mends: Mapping[str, Mapping[str, str]]
    leaves_out_wrong: bool
    revision: int


def add_upload(
    session: Session,
    programme_id: str,
    *,
    name: str,
    facts: Mapping[str, str],
    header: Sequence[str],
    rows: Sequence[tuple[int, Sequence[str]]],
    columns: Mapping[str, int],
    now: dt.datetime,
    by: uuid.UUID | None,
) -> uuid.UUID:
    """Keep a file's table and return its id; those that are too old go."""
    session.execute(delete(UploadRow).where(UploadRow.created_at < now - KEPT_FOR))
    upload_id = uuid.uuid4()
    row = {
        "id": upload_id,
        "programme_id": programme_id,
        "coordinator_id": by,
        "created_at": now,
        "name": name,
        "facts": dict(facts),
        "header": list(header),
        "rows": [[number, list(cells)] for number, cells in rows],
        "columns": dict(columns),
        "mends": {},
        "leaves_out_wrong": False,
        "revision": 0,
    }
    session.execute(insert(UploadRow).values(row))
    return upload_id


def get_upload(session: Session, programme_id: str, upload_id: str) -> Upload:
    """Return an upload; ``NoSuchUpload`` where it was imported, discarded or never was."""
    try:
        row = session.get(UploadRow, uuid.UUID(upload_id), populate_existing=True)
    except ValueError:
        row = None
    if row is None or row.programme_id != programme_id:
        raise NoSuchUpload(f"upload {upload_id}: imported, discarded, or older than a week")
    return Upload(
        id=row.id,
        programme_id=row.programme_id,
        created_at=row.created_at,
        name=row.name,
        facts=row.facts,
        header=tuple(row.header),
        rows=tuple((number, tuple(cells)) for number, cells in row.rows),
        columns=row.columns,
        mends=row.mends,
        leaves_out_wrong=row.leaves_out_wrong,
        revision=row.revision,
    )


def load_upload_notes(session: Session, programme_id: str) -> tuple[UploadNote, ...]:
    """Load which uploads of a programme wait, the newest first."""
    query = (
        select(UploadRow.id, UploadRow.name, UploadRow.created_at, CoordinatorRow.name)
        .outerjoin(CoordinatorRow, UploadRow.coordinator_id == CoordinatorRow.id)
        .where(UploadRow.programme_id == programme_id)
        .order_by(UploadRow.created_at.desc(), UploadRow.id)
    )
    return tuple(
        UploadNote(id=upload_id, name=name, created_at=created_at, by=by)
        for upload_id, name, created_at, by in session.execute(query)
    )


def count_uploads(session: Session, programme_id: str) -> int:
    """Count the uploads of a programme that wait."""
    query = select(func.count()).where(UploadRow.programme_id == programme_id)
    return session.scalars(query.select_from(UploadRow)).one()


def change_upload(session: Session, upload: Upload, **values: Any) -> None:
    """Change what was decided about an upload."""
    session.execute(
        update(UploadRow)
        .where(UploadRow.id == upload.id)
        .values(revision=UploadRow.revision + 1, **values),
        execution_options={"synchronize_session": False},
    )


def remove_upload(session: Session, upload: Upload) -> None:
    """Forget an upload."""
    session.execute(
        delete(UploadRow).where(UploadRow.id == upload.id),
        execution_options={"synchronize_session": False},
    )
