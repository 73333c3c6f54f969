"""Releases, and what each reader's calendar shows of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base


class ReleaseRow(Base):
    """A plan as published; numbered from 1 and never changed afterwards.

    ``facts`` say under which weights, by whom, with which warnings acknowledged, and what it rolls
    back to where it does. ``scenario`` is the packed file of the programme that the plan answers.
    """

    __tablename__ = "releases"

    programme_id: Mapped[str] = mapped_column(ForeignKey("programmes.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    plan_id: Mapped[int | None] = mapped_column(Integer, ForeignKey("plans.id"))
    note: Mapped[str]
    created_at: Mapped[dt.datetime]
    scenario_sha256: Mapped[str]
    status: Mapped[str]
    objective: Mapped[int]
    bound: Mapped[int]
    facts: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    scenario: Mapped[bytes | None]


class ReleaseEntryRow(Base):
    """One reader's entry of a release; readers of one residency or event share its uid."""

    __tablename__ = "release_entries"
    __table_args__ = (
        ForeignKeyConstraint(
            ["programme_id", "release"], ["releases.programme_id", "releases.number"]
        ),
        CheckConstraint("kind IN ('residency', 'event')", name="kind"),
        Index(None, "programme_id", "release", "researcher_id"),
        Index(None, "programme_id", "release", "host_id"),
        Index(None, "programme_id", "release", "zone_id"),
        Index(None, "programme_id", "release", "floor_id"),
        Index(None, "programme_id", "release", "track_id"),
        Index(None, "programme_id", "release", "site_id"),
        Index(None, "programme_id", "release", "kind", "researcher_id"),
    )

    programme_id: Mapped[str] = mapped_column(primary_key=True)
    release: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    uid: Mapped[str]
    kind: Mapped[str]
    sequence: Mapped[int]
    created_at: Mapped[dt.datetime]
    changed_at: Mapped[dt.datetime]
    cancelled: Mapped[bool]
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date]
    researcher_id: Mapped[str | None]
    host_id: Mapped[str | None]
    zone_id: Mapped[str | None]
    floor_id: Mapped[str | None]
    track_id: Mapped[str | None]
    site_id: Mapped[str | None]
    facts: Mapped[dict[str, Any]]
