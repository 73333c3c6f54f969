"""What researchers say and do on their own pages, and what the office sets for those."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base


class ResearcherSettingsRow(Base):
    """How a researcher reads: ``read_release`` is the release up to which they have seen it all.

    It outlives the link that they read by, and changes of the scenario.
    """

    __tablename__ = "researcher_settings"

    programme_id: Mapped[str] = mapped_column(ForeignKey("programmes.id"), primary_key=True)
    researcher_id: Mapped[str] = mapped_column(primary_key=True)
    read_release: Mapped[int | None]
    timezone: Mapped[str | None]
    wants_invitations: Mapped[bool]


class OfficeSettingsRow(Base):
    """What the office sets for its researchers' pages.

    ``wishes_until`` is the last day on which wishes may be changed, None for ever. ``checklist``
    is None for the one that comes with the product.
    """

    __tablename__ = "office_settings"

    programme_id: Mapped[str] = mapped_column(ForeignKey("programmes.id"), primary_key=True)
    wishes_until: Mapped[dt.date | None]
    checklist: Mapped[list[Any] | None]


class ChecklistTickRow(Base):
    """Something that a researcher has done for a stay."""

    __tablename__ = "checklist_ticks"

    programme_id: Mapped[str] = mapped_column(ForeignKey("programmes.id"), primary_key=True)
    request: Mapped[str] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    ticked_at: Mapped[dt.datetime]


class AnswerRow(Base):
    """An answer to a stay as it was published; the latest of a request is the one that counts.

    ``release`` and ``sequence`` are those of the stay as it was answered: one whose days, place or
    host have changed since asks again. ``kept_at`` is when the office decided to keep a declined
    stay.
    """

    __tablename__ = "answers"
    __table_args__ = (
        CheckConstraint("answer IN ('accepted', 'declined', 'tentative')", name="answer"),
        CheckConstraint("via IN ('page', 'reply', 'office')", name="via"),
        Index(None, "programme_id", "request", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    programme_id: Mapped[str] = mapped_column(ForeignKey("programmes.id"))
    request: Mapped[str]
    researcher_id: Mapped[str]
    answer: Mapped[str]
    note: Mapped[str]
    release: Mapped[int]
    sequence: Mapped[int]
    via: Mapped[str]
    answered_at: Mapped[dt.datetime]
    kept_at: Mapped[dt.datetime | None]


class ChangeRequestRow(Base):
    """A researcher's request for another stay than the published one, until it is decided.

    ``residency`` is the stay asked for, None where words alone say what is wished; ``before`` is
    the one that was published when it was asked.
    """

    __tablename__ = "change_requests"
    __table_args__ = (
        CheckConstraint(
            "status IN ('open', 'accepted', 'refused', 'withdrawn')",
            name="status",
        ),
        Index(None, "programme_id", "status", "id"),
        Index(None, "programme_id", "researcher_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    programme_id: Mapped[str] = mapped_column(ForeignKey("programmes.id"))
    request: Mapped[str]
    researcher_id: Mapped[str]
    kind: Mapped[str]
    residency: Mapped[dict[str, Any] | None]
    before: Mapped[dict[str, Any] | None]
    note: Mapped[str]
    release: Mapped[int]
    status: Mapped[str]
    created_at: Mapped[dt.datetime]
    decided_at: Mapped[dt.datetime | None]
    decided_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("coordinators.id"))
    reply: Mapped[str]
