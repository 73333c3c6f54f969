"""Finds programmes, and holds one still while a step decides on it; knows no scheduler."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, fields

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.errors import NoSuchProgramme
from models.tables.base import Label
from models.tables.programmes import ProgrammeRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeFacts:
    """A programme's own facts, without its scenario."""

    id: str
    name: Label
    timezone: str
    currency: str
    first_day: dt.date
    last_day: dt.date
    today: dt.date


COLUMNS = [getattr(ProgrammeRow, field.name) for field in fields(ProgrammeFacts)]


def load_programmes(session: Session) -> tuple[ProgrammeFacts, ...]:
    """Load every programme of the database, by id."""
    rows = session.execute(select(*COLUMNS).order_by(ProgrammeRow.id)).mappings()
    return tuple(ProgrammeFacts(**row) for row in rows)


def get_programme(session: Session, programme_id: str) -> ProgrammeFacts:
    """Return a programme's facts; ``NoSuchProgramme`` where there is none."""
    query = select(*COLUMNS).where(ProgrammeRow.id == programme_id)
    row = session.execute(query).mappings().first()
    if row is None:
        raise no_programme(programme_id)
    return ProgrammeFacts(**row)


def lock_programme(session: Session, programme_id: str) -> None:
    """Let no other writer touch the programme until the transaction ends."""
    query = select(ProgrammeRow.id).where(ProgrammeRow.id == programme_id).with_for_update()
    if session.scalars(query).first() is None:
        raise no_programme(programme_id)


def get_version(session: Session, programme_id: str) -> str:
    """Return what is new after every change of the programme's scenario."""
    query = select(ProgrammeRow.version).where(ProgrammeRow.id == programme_id)
    version = session.scalars(query).first()
    if version is None:
        raise no_programme(programme_id)
    return version


def renew_version(session: Session, programme_id: str) -> None:
    """Say that the programme's scenario is not what it was."""
    session.execute(
        update(ProgrammeRow)
        .where(ProgrammeRow.id == programme_id)
        .values(version=uuid.uuid4().hex)
        .execution_options(synchronize_session=False)
    )


def no_programme(programme_id: str) -> NoSuchProgramme:
    """Return the error that says there is no such programme."""
    return NoSuchProgramme(
        f"programme {programme_id!r}: not in the database; "
        "store one with `sarangchae seed SCENARIO`"
    )
