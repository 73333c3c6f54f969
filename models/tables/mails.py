"""Mails to those whom a release touches: drafts until somebody has read and sent them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base


class MailRow(Base):
    """A mail about one stay, in its reader's language, without the link that it is sent with.

    ``revision`` counts its changes. It is queued when it shall go out, and sending from just
    before it is handed over until it is known what became of it, so that none goes out twice.
    """

    __tablename__ = "mails"
    __table_args__ = (
        ForeignKeyConstraint(
            ["programme_id", "release"], ["releases.programme_id", "releases.number"]
        ),
        CheckConstraint("kind IN ('new', 'moved', 'cancelled')", name="kind"),
        CheckConstraint(
            "status IN ('draft', 'queued', 'sending', 'sent', 'failed', 'discarded')",
            name="status",
        ),
        Index(None, "programme_id", "release"),
        Index(None, "status", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    programme_id: Mapped[str]
    release: Mapped[int]
    request: Mapped[str]
    researcher_id: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    status: Mapped[str]
    revision: Mapped[int]
    language: Mapped[str]
    address: Mapped[str | None]
    subject: Mapped[str]
    text: Mapped[str]
    created_at: Mapped[dt.datetime]
    touched_at: Mapped[dt.datetime]
    sent_at: Mapped[dt.datetime | None]
    by_hand: Mapped[bool]
    trouble: Mapped[str | None]
    answer: Mapped[str | None]
