"""Researchers' answers to their published stays; knows no scheduler."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, fields
from enum import StrEnum

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.orm import Session

from models.tables.visits import AnswerRow


class AnswerKind(StrEnum):
    """What somebody says to a stay; the values are those of iCalendar in small letters."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"


class AnswerVia(StrEnum):
    """How an answer came: by the private page, by a calendar's reply, or noted by the office."""

    PAGE = "page"
    REPLY = "reply"
    OFFICE = "office"


@dataclass(frozen=True, slots=True, kw_only=True)
class StayAnswer:
    """An answer to a stay as a release told it; ``sequence`` is that of its calendar entry.

    ``kept_at`` is when the office decided to keep a stay that was declined.
    """

    request: str
    researcher_id: str
    answer: AnswerKind
    note: str = ""
    release: int
    sequence: int
    via: AnswerVia
    answered_at: dt.datetime
    kept_at: dt.datetime | None = None


def add_answer(session: Session, programme_id: str, answer: StayAnswer) -> None:
    """Add an answer, which counts from now on; earlier ones are kept."""
    session.execute(insert(AnswerRow), {"programme_id": programme_id, **asdict(answer)})


def load_answers(
    session: Session, programme_id: str, *, researcher_id: str | None = None
) -> dict[str, StayAnswer]:
    """Load the answer that counts of each request which has one, of one researcher or of all."""
    query = select(AnswerRow).where(AnswerRow.id.in_(_latest(programme_id))).order_by(AnswerRow.id)
    if researcher_id is not None:
        query = query.where(AnswerRow.researcher_id == researcher_id)
    return {row.request: _answer_of(row) for row in session.scalars(query)}


def find_answer(session: Session, programme_id: str, request: str) -> StayAnswer | None:
    """Find the answer that counts to one stay."""
    latest = _latest(programme_id).where(AnswerRow.request == request)
    row = session.scalars(select(AnswerRow).where(AnswerRow.id.in_(latest))).first()
    return None if row is None else _answer_of(row)


def load_declined(session: Session, programme_id: str) -> tuple[str, ...]:
    """Load the requests whose answer that counts declines, and was not decided on."""
    query = (
        select(AnswerRow.request)
        .where(
            AnswerRow.id.in_(_latest(programme_id)),
            AnswerRow.answer == AnswerKind.DECLINED.value,
            AnswerRow.kept_at.is_(None),
        )
        .order_by(AnswerRow.id)
    )
    return tuple(session.scalars(query))


def load_answers_to(session: Session, programme_id: str, request: str) -> tuple[StayAnswer, ...]:
    """Load all answers to one stay, the latest first."""
    query = (
        select(AnswerRow)
        .where(AnswerRow.programme_id == programme_id, AnswerRow.request == request)
        .order_by(AnswerRow.id.desc())
    )
    return tuple(map(_answer_of, session.scalars(query)))


def keep_declined(session: Session, programme_id: str, request: str, *, now: dt.datetime) -> bool:
    """Note that the office keeps a stay; tell whether the answer that counts declined it."""
    latest = _latest(programme_id).where(AnswerRow.request == request)
    kept = session.execute(
        update(AnswerRow)
        .where(AnswerRow.id.in_(latest), AnswerRow.answer == AnswerKind.DECLINED.value)
        .values(kept_at=now)
        .returning(AnswerRow.id),
        execution_options={"synchronize_session": False},
    )
    return kept.first() is not None


def _latest(programme_id: str) -> Select[int]:
    """Return the ids of the answers that count, one a request."""
    return (
        select(func.max(AnswerRow.id))
        .where(AnswerRow.programme_id == programme_id)
        .group_by(AnswerRow.request)
    )


def _answer_of(row: AnswerRow) -> StayAnswer:
    values = {field.name: getattr(row, field.name) for field in fields(StayAnswer)}
    return StayAnswer(
        **{**values, "answer": AnswerKind(row.answer), "via": AnswerVia(row.via)},
    )
