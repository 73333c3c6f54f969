"""Researchers' requests for other stays than the published ones; knows no scheduler."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, exists, func, insert, select, update
from sqlalchemy.orm import Session, aliased

from models.errors import ChangeRequestDecided, NoSuchChangeRequest
from models.tables.visits import ChangeRequestRow


class ChangeRequestStatus(StrEnum):
    """Where a request for a change stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChangeRequest:
    """A change asked for: another residency than the one ``before``, or words alone.

    Both residencies are documents of residencies, None where there is none. ``kind`` names the
    option chosen.
    """

    request: str
    researcher_id: str
    kind: str
    residency: Mapping[str, Any] | None
    before: Mapping[str, Any] | None
    note: str
    release: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRequest(NewChangeRequest):
    """A change asked for, as its row says it; ``reply`` is what the office says to it."""

    id: int
    programme_id: str
    status: ChangeRequestStatus
    created_at: dt.datetime
    decided_at: dt.datetime | None
    decided_by: uuid.UUID | None
    reply: str


def add_change_request(
    session: Session, programme_id: str, wish: NewChangeRequest, *, now: dt.datetime
) -> int:
    """Add an open request for a change and return its id."""
    row = {
        **asdict(wish),
        "programme_id": programme_id,
        "status": ChangeRequestStatus.OPEN.value,
        "created_at": now,
        "reply": "",
    }
    query = insert(ChangeRequestRow).returning(ChangeRequestRow.id)
    return session.execute(query, row).scalar_one()


def load_change_requests(
    session: Session,
    programme_id: str,
    *,
    status: ChangeRequestStatus | None = None,
    researcher_id: str | None = None,
) -> tuple[ChangeRequest, ...]:
    """Load requests for changes, the latest first; what is None does not matter."""
    query = select(ChangeRequestRow).where(ChangeRequestRow.programme_id == programme_id)
    if status is not None:
        query = query.where(ChangeRequestRow.status == status.value)
    if researcher_id is not None:
        query = query.where(ChangeRequestRow.researcher_id == researcher_id)
    return tuple(map(_of, session.scalars(query.order_by(ChangeRequestRow.id.desc()))))


def count_open_change_requests(session: Session, programme_id: str) -> int:
    """Return how many requests for changes wait for the office."""
    query = select(func.count()).where(
        ChangeRequestRow.programme_id == programme_id,
        ChangeRequestRow.status == ChangeRequestStatus.OPEN.value,
    )
    return session.scalars(query).one()


def get_change_request(session: Session, programme_id: str, request_id: int) -> ChangeRequest:
    """Return one; ``NoSuchChangeRequest`` where the programme has none of that id."""
    row = session.get(ChangeRequestRow, request_id)
    if row is None or row.programme_id != programme_id:
        raise NoSuchChangeRequest(f"change request {request_id}: none of the programme")
    return _of(row)


def decide_change_request(
    session: Session,
    programme_id: str,
    request_id: int,
    status: ChangeRequestStatus,
    *,
    now: dt.datetime,
    by: uuid.UUID | None = None,
    reply: str = "",
) -> None:
    """Decide an open request for a change, for good; ``ChangeRequestDecided`` where it is not."""
    get_change_request(session, programme_id, request_id)
    decided = session.execute(
        update(ChangeRequestRow)
        .where(
            ChangeRequestRow.id == request_id,
            ChangeRequestRow.status == ChangeRequestStatus.OPEN.value,
        )
        .values(status=status.value, decided_at=now, decided_by=by, reply=reply)
        .returning(ChangeRequestRow.id)
    )
    if decided.first() is None:
        raise ChangeRequestDecided(f"change request {request_id}: was decided already")


def reopen_change_request(session: Session, programme_id: str, request_id: int) -> bool:
    """Let the office decide again, and tell whether it may; what it replied is kept till then.

    It may not once the researcher took it back, or asks for something else of the same stay.
    """
    reopened = session.execute(
        update(ChangeRequestRow)
        .where(
            ChangeRequestRow.id == request_id,
            ChangeRequestRow.programme_id == programme_id,
            ChangeRequestRow.status.in_(_DECIDED),
            ~_waits_for_another(),
        )
        .values(status=ChangeRequestStatus.OPEN.value, decided_at=None, decided_by=None)
        .returning(ChangeRequestRow.id)
    )
    return reopened.first() is not None


_DECIDED = (ChangeRequestStatus.ACCEPTED.value, ChangeRequestStatus.REFUSED.value)


def _waits_for_another() -> ColumnElement[bool]:
    """Tell whether the same researcher asks for something of the same stay besides."""
    other = aliased(ChangeRequestRow)
    return exists().where(
        other.programme_id == ChangeRequestRow.programme_id,
        other.researcher_id == ChangeRequestRow.researcher_id,
        other.request == ChangeRequestRow.request,
        other.status == ChangeRequestStatus.OPEN.value,
    )


def _of(row: ChangeRequestRow) -> ChangeRequest:
    values = {field.name: getattr(row, field.name) for field in fields(ChangeRequest)}
    return ChangeRequest(**{**values, "status": ChangeRequestStatus(row.status)})
