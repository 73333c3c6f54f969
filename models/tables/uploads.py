"""Files of requests that somebody is about to import."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base


class UploadRow(Base):
    """A table that was read from a file, until it is imported, discarded or too old.

    ``columns`` says which column of the file fills what; ``mends`` are cells that were put right
    by hand, by the number of their row. ``revision`` counts what was changed of it.
    """

    __tablename__ = "uploads"
    __table_args__ = (Index(None, "programme_id", "created_at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    programme_id: Mapped[str] = mapped_column(ForeignKey("programmes.id"))
    coordinator_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("coordinators.id"))
    created_at: Mapped[dt.datetime]
    name: Mapped[str]
    facts: Mapped[dict[str, Any]]
    header: Mapped[list[Any]]
    rows: Mapped[list[Any]]
    columns: Mapped[dict[str, Any]]
    mends: Mapped[dict[str, Any]]
    leaves_out_wrong: Mapped[bool]
    revision: Mapped[int]
