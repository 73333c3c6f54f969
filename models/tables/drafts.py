"""Drafts: the plan that a coordinator works on, and its branches for what-ifs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base

MAIN = text("name IS NULL")


class DraftRow(Base):
    """A draft of a programme; the one without a name is what is published, the rest are branches.

    ``revision`` counts its changes. A branch has the adjustments that it tries, and the draft as
    it was when the branch was made: its residencies, and the hash of the scenario then.
    """

    __tablename__ = "drafts"
    __table_args__ = (
        Index(
            "ux_drafts_main",
            "programme_id",
            unique=True,
            sqlite_where=MAIN,
            postgresql_where=MAIN,
        ),
        Index("ux_drafts_name", "programme_id", "name", unique=True),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    programme_id: Mapped[str] = mapped_column(ForeignKey("programmes.id"))
    name: Mapped[str | None]
    revision: Mapped[int]
    created_at: Mapped[dt.datetime]
    adjustments: Mapped[list[Any]]
    base: Mapped[list[Any] | None]
    base_revision: Mapped[int | None]
    scenario_sha256: Mapped[str | None]


class DraftResidencyRow(Base):
    """A residency of a draft, which outlives changes of the scenario."""

    __tablename__ = "draft_residencies"

    draft_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True
    )
    request: Mapped[str] = mapped_column(primary_key=True)
    slot: Mapped[str]
    zone: Mapped[str]
    host: Mapped[str | None]
    pool: Mapped[str | None]
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date]
