"""Mails to those whom a release touches: drafts until somebody has read and sent them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base


class MailRow(Base):
    """A mail about one stay, in its reader's language, with the calendar that goes with it."""

    __tablename__ = "mails"
    __table_args__ = (
        ForeignKeyConstraint(
            ["programme_id", "release"], ["releases.programme_id", "releases.number"]
        ),
        CheckConstraint("kind IN ('new', 'moved', 'cancelled')", name="kind"),
        CheckConstraint("status IN ('draft', 'sent', 'failed', 'discarded')", name="status"),
        Index(None, "programme_id", "release"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    programme_id: Mapped[str]
    release: Mapped[int]
    request: Mapped[str]
    researcher_id: Mapped[str]
    kind: Mapped[str]
    status: Mapped[str]
    language: Mapped[str]
    address: Mapped[str | None]
    subject: Mapped[str]
    text: Mapped[str]
    calendar: Mapped[str | None]
    created_at: Mapped[dt.datetime]
    sent_at: Mapped[dt.datetime | None]
    error: Mapped[str | None]
