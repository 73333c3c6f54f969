"""Who did what when: every change with what was before it and after."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base


class ChangeRow(Base):
    """One change that somebody made: steps that were taken together, or not at all.

    Each step names a list of the scenario, or the draft's residencies, and an item by its id,
    with the item before and after as plain documents; null where there was none. ``undoes`` is
    the change that this one takes back, or does again where that one took something back:
    ``direction`` tells. Without steps it stands for something that happened.
    """

    __tablename__ = "changes"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('edit', 'import', 'move', 'pin', 'accept', 'take_over', 'plan', 'publish', "
            "'roll_back', 'mail', 'branch', 'answer')",
            name="kind",
        ),
        CheckConstraint("direction IN ('do', 'undo', 'redo')", name="direction"),
        Index(None, "programme_id", "id"),
        Index("ux_changes_undoes", "undoes", unique=True),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    programme_id: Mapped[str] = mapped_column(ForeignKey("programmes.id"))
    draft_id: Mapped[int | None] = mapped_column(
        Integer, ForeignKey("drafts.id", ondelete="SET NULL")
    )
    kind: Mapped[str]
    coordinator_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("coordinators.id"))
    at: Mapped[dt.datetime]
    steps: Mapped[list[Any]]
    facts: Mapped[dict[str, Any]]
    direction: Mapped[str]
    undoes: Mapped[int | None] = mapped_column(Integer, ForeignKey("changes.id"))
