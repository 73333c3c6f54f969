"""Coordinators and the one-time links that sign them in; knows no scheduler."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.orm import Session

from models.tables.access import CoordinatorRow, SignInLinkRow
from models.tokens import hash_token, new_token


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordinator:
    """Somebody who plans residencies."""

    id: uuid.UUID
    name: str
    created_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """Somebody who has signed in, until it is ended; ``id`` is that of the link that did it."""

    id: uuid.UUID
    coordinator: Coordinator


def add_coordinator(session: Session, *, name: str, now: dt.datetime) -> Coordinator:
    """Add a coordinator."""
    coordinator = Coordinator(id=uuid.uuid4(), name=name, created_at=now)
    row = {"id": coordinator.id, "name": name, "created_at": now}
    session.execute(insert(CoordinatorRow), row)
    return coordinator


def lock_coordinators(session: Session) -> None:
    """Let nobody else add a coordinator until the transaction ends; in SQLite it begins so."""
    if session.connection().dialect.name == "postgresql":
        session.execute(
            text(f"LOCK TABLE {CoordinatorRow.__tablename__} IN SHARE ROW EXCLUSIVE MODE")
        )


def load_coordinators(session: Session) -> tuple[Coordinator, ...]:
    """Load all coordinators, the first one first."""
    query = select(CoordinatorRow).order_by(CoordinatorRow.created_at, CoordinatorRow.id)
    return tuple(_coordinator_of(row) for row in session.scalars(query))


def rename_coordinator(session: Session, coordinator_id: uuid.UUID, name: str) -> None:
    """Call a coordinator by another name, in what was done before too."""
    session.execute(
        update(CoordinatorRow)
        .where(CoordinatorRow.id == coordinator_id)
        .values(name=name)
        .execution_options(synchronize_session=False)
    )


def create_sign_in_link(
    session: Session, *, coordinator_id: uuid.UUID, now: dt.datetime, lifetime: dt.timedelta
) -> str:
    """Create a link that signs a coordinator in once, and return its token."""
    link_id = uuid.uuid4()
    token = new_token(link_id)
    row = {
        "id": link_id,
        "token_hash": hash_token(token),
        "coordinator_id": coordinator_id,
        "created_at": now,
        "expires_at": now + lifetime,
    }
    session.execute(insert(SignInLinkRow), row)
    return token


def use_sign_in_link(session: Session, token: str, *, now: dt.datetime) -> SignIn | None:
    """Use a link up and return whom it signs in; None when it is unknown, used or too old."""
    used = (
        update(SignInLinkRow)
        .where(
            SignInLinkRow.token_hash == hash_token(token),
            SignInLinkRow.used_at.is_(None),
            SignInLinkRow.expires_at > now,
        )
        .values(used_at=now)
        .returning(SignInLinkRow.id)
    )
    link_id = session.scalars(used, execution_options={"synchronize_session": False}).one_or_none()
    return None if link_id is None else find_sign_in(session, link_id)


def find_sign_in(session: Session, link_id: uuid.UUID) -> SignIn | None:
    """Find who has signed in by a link; None where nobody has, or where that was ended."""
    query = (
        select(CoordinatorRow)
        .join(SignInLinkRow, SignInLinkRow.coordinator_id == CoordinatorRow.id)
        .where(SignInLinkRow.id == link_id, SignInLinkRow.used_at.is_not(None))
    )
    row = session.scalars(query, execution_options={"populate_existing": True}).first()
    return None if row is None else SignIn(id=link_id, coordinator=_coordinator_of(row))


def end_sign_in(session: Session, link_id: uuid.UUID) -> None:
    """Forget the link that somebody signed in by, whichever browsers know of it."""
    session.execute(
        delete(SignInLinkRow)
        .where(SignInLinkRow.id == link_id)
        .execution_options(synchronize_session=False)
    )


def _coordinator_of(row: CoordinatorRow) -> Coordinator:
    return Coordinator(id=row.id, name=row.name, created_at=row.created_at)
