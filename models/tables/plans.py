"""Runs of the solver with their incumbents, and the plans they found."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, Double, ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base

ACTIVE = text("status IN ('queued', 'running')")


class PlanRunRow(Base):
    """A run of the solver; this row is the truth about it.

    ``kind`` says what is asked of a draft, ``subject`` about which request where it is about one;
    at most one run of a kind and subject is active a draft. ``requests`` are those that may
    move, None where all may. What is not a plan is in ``result``, and answers the draft as it was
    at ``draft_revision``. A run outlives its draft.
    """

    __tablename__ = "plan_runs"
    __table_args__ = (
        CheckConstraint(
            "status IN ('queued', 'running', 'done', 'failed', 'cancelled')", name="status"
        ),
        Index(
            "ux_plan_runs_active",
            "programme_id",
            "draft_id",
            "kind",
            "subject",
            unique=True,
            sqlite_where=ACTIVE,
            postgresql_where=ACTIVE,
        ),
        Index(None, "programme_id", "created_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    programme_id: Mapped[str] = mapped_column(ForeignKey("programmes.id"))
    status: Mapped[str]
    seconds_limit: Mapped[float] = mapped_column(Double)
    workers: Mapped[int | None]
    seed: Mapped[int]
    input_sha256: Mapped[str]
    created_at: Mapped[dt.datetime]
    started_at: Mapped[dt.datetime | None]
    finished_at: Mapped[dt.datetime | None]
    heartbeat_at: Mapped[dt.datetime]
    stop_requested: Mapped[bool]
    objective: Mapped[int | None]
    bound: Mapped[int | None]
    seconds: Mapped[float | None] = mapped_column(Double)
    message: Mapped[str | None]
    draft_id: Mapped[int | None] = mapped_column(Integer)
    requests: Mapped[list[Any] | None]
    kind: Mapped[str] = mapped_column(server_default="plan")
    subject: Mapped[str] = mapped_column(server_default="")
    draft_revision: Mapped[int | None]
    result: Mapped[dict[str, Any] | None]


class PlanRunProgressRow(Base):
    """An incumbent or a better bound of a run, for a live chart."""

    __tablename__ = "plan_run_progress"

    run_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("plan_runs.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seconds: Mapped[float] = mapped_column(Double)
    objective: Mapped[int | None]
    bound: Mapped[int | None]


class PlanRow(Base):
    """A plan with its claims, as a plan file has them.

    ``unpinned_sha256`` is the hash of its scenario without pins, and ``pins`` are those.
    """

    __tablename__ = "plans"
    __table_args__ = (Index(None, "programme_id", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    programme_id: Mapped[str] = mapped_column(ForeignKey("programmes.id"))
    run_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("plan_runs.id"), index=True)
    status: Mapped[str]
    objective: Mapped[int]
    bound: Mapped[int]
    terms: Mapped[dict[str, Any]]
    seconds: Mapped[float] = mapped_column(Double)
    seed: Mapped[int]
    version: Mapped[str]
    scenario_sha256: Mapped[str]
    created_at: Mapped[dt.datetime]
    unpinned_sha256: Mapped[str | None]
    pins: Mapped[list[Any] | None]


class PlanResidencyRow(Base):
    """A residency of a plan, which outlives changes of the scenario."""

    __tablename__ = "plan_residencies"

    plan_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("plans.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    request: Mapped[str]
    slot: Mapped[str]
    zone: Mapped[str]
    host: Mapped[str | None]
    pool: Mapped[str | None]
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date]


class PlanUnplacedRow(Base):
    """A request that a plan leaves unplaced, with the reasons."""

    __tablename__ = "plan_unplaced"

    plan_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("plans.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    request: Mapped[str]
    why: Mapped[list[Any]]
