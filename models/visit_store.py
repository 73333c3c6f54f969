"""What has come from researchers, told cheaply: whether anything is new, and what waits."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.answer_store import AnswerKind
from models.programme_store import no_programme
from models.tables.history import ChangeRow
from models.tables.programmes import ProgrammeRow
from models.tables.releases import ReleaseRow
from models.tables.requests import RequestRow
from models.tables.visits import AnswerRow, ChangeRequestRow

_SUBMITTED = "submitted"


def read_mark(session: Session, programme_id: str) -> str:
    """Return what is another as soon as researchers or the office have said something new.

    It takes one statement; ``NoSuchProgramme`` where there is none.
    """
    answers = AnswerRow.programme_id == programme_id
    asked = ChangeRequestRow.programme_id == programme_id
    parts = (
        select(func.max(AnswerRow.id)).where(answers),
        select(func.count(AnswerRow.kept_at)).where(answers),
        select(func.max(ChangeRequestRow.id)).where(asked),
        select(func.count(ChangeRequestRow.decided_at)).where(asked),
        select(func.max(ChangeRow.id)).where(ChangeRow.programme_id == programme_id),
        select(func.max(ReleaseRow.number)).where(ReleaseRow.programme_id == programme_id),
    )
    query = select(ProgrammeRow.version, *(part.scalar_subquery() for part in parts))
    row = session.execute(query.where(ProgrammeRow.id == programme_id)).first()
    if row is None:
        raise no_programme(programme_id)
    return "-".join(str(part or 0) for part in row)


def load_declined(session: Session, programme_id: str) -> tuple[str, ...]:
    """Load the requests whose answer that counts declines, and was not decided on."""
    latest = (
        select(func.max(AnswerRow.id))
        .where(AnswerRow.programme_id == programme_id)
        .group_by(AnswerRow.request)
    )
    query = (
        select(AnswerRow.request)
        .where(
            AnswerRow.id.in_(latest),
            AnswerRow.answer == AnswerKind.DECLINED.value,
            AnswerRow.kept_at.is_(None),
        )
        .order_by(AnswerRow.id)
    )
    return tuple(session.scalars(query))


def find_submitted(
    session: Session, programme_id: str, requests: Collection[str]
) -> frozenset[str]:
    """Find which of some requests still ask for a stay."""
    query = select(RequestRow.id).where(
        RequestRow.programme_id == programme_id,
        RequestRow.status == _SUBMITTED,
        RequestRow.id.in_(requests),
    )
    return frozenset(session.scalars(query))
