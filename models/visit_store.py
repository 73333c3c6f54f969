"""What has come from researchers, told cheaply: whether anything is new, and what waits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.programme_store import no_programme
from models.tables.access import FeedLinkRow
from models.tables.history import ChangeRow
from models.tables.programmes import ProgrammeRow
from models.tables.releases import ReleaseRow
from models.tables.requests import RequestRow
from models.tables.visits import AnswerRow, ChangeRequestRow

_SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What is another as soon as something new was said, or a day has gone by at the programme."""

    text: str
    today: dt.date


def read_mark(session: Session, programme_id: str, *, now: dt.datetime) -> Mark:
    """Return the mark of a programme, by one statement; ``NoSuchProgramme`` where there is none.

    A calendar's fetch is news only where it is the first one of the latest release.
    """
    latest = (
        select(func.max(ReleaseRow.number))
        .where(ReleaseRow.programme_id == programme_id)
        .scalar_subquery()
    )
    answers = AnswerRow.programme_id == programme_id
    asked = ChangeRequestRow.programme_id == programme_id
    parts = (
        select(func.max(AnswerRow.id)).where(answers),
        select(func.count(AnswerRow.kept_at)).where(answers),
        select(func.max(ChangeRequestRow.id)).where(asked),
        select(func.count(ChangeRequestRow.decided_at)).where(asked),
        select(func.max(ChangeRow.id)).where(ChangeRow.programme_id == programme_id),
        select(func.count(FeedLinkRow.id)).where(
            FeedLinkRow.programme_id == programme_id, FeedLinkRow.last_release == latest
        ),
    )
    counts = (part.scalar_subquery() for part in parts)
    query = select(ProgrammeRow.timezone, ProgrammeRow.version, latest, *counts)
    row = session.execute(query.where(ProgrammeRow.id == programme_id)).first()
    if row is None:
        raise no_programme(programme_id)
    timezone, *said = row
    today = now.astimezone(ZoneInfo(timezone)).date()
    return Mark(text="-".join(str(part or 0) for part in (*said, today)), today=today)


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
