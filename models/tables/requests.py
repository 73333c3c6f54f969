"""Requests, what ties them together, pins, and the published plan."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, OfProgramme, within_programme


class RequestRow(OfProgramme, Base):
    """A stay that a researcher asks for."""

    __tablename__ = "requests"
    __table_args__ = (
        within_programme("researcher", "researchers"),
        within_programme("track", "tracks"),
        Index(None, "programme_id", "researcher"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, sort_order=-3)
    researcher: Mapped[str]
    track: Mapped[str]
    status: Mapped[str]
    priority: Mapped[int]
    submitted: Mapped[dt.date]
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date]
    min_days: Mapped[int]
    max_days: Mapped[int]
    preferred_first_day: Mapped[dt.date | None]
    desks: Mapped[int]
    area_m2: Mapped[int]
    gpus: Mapped[int]
    pools: Mapped[list[Any] | None]
    needs: Mapped[list[Any]]
    wishes: Mapped[list[Any]]
    sites: Mapped[list[Any] | None]
    zones: Mapped[list[Any] | None]
    zone_points: Mapped[dict[str, Any]]
    hosts: Mapped[list[Any] | None]
    must_attend: Mapped[list[Any]]
    unavailable: Mapped[list[Any]]
    group: Mapped[str | None]
    cost: Mapped[dict[str, Any]]


class CollaborationRow(OfProgramme, Base):
    """Requests that work together."""

    __tablename__ = "collaborations"

    id: Mapped[str] = mapped_column(primary_key=True, sort_order=-3)
    requests: Mapped[list[Any]]
    min_overlap_days: Mapped[int]
    target_overlap_days: Mapped[int]
    same_floor: Mapped[bool]


class SeparationRow(OfProgramme, Base):
    """Requests that never share a zone on a day."""

    __tablename__ = "separations"

    id: Mapped[str] = mapped_column(primary_key=True, sort_order=-3)
    requests: Mapped[list[Any]]


class PinRow(Base):
    """What the coordinator has decided about a request; null leaves that part free."""

    __tablename__ = "pins"
    __table_args__ = (
        within_programme("request", "requests"),
        within_programme("slot", "slots"),
        within_programme("zone", "zones"),
        within_programme("host", "hosts"),
        within_programme("pool", "pools"),
    )

    programme_id: Mapped[str] = mapped_column(ForeignKey("programmes.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    request: Mapped[str]
    slot: Mapped[str | None]
    zone: Mapped[str | None]
    host: Mapped[str | None]
    pool: Mapped[str | None]
    first_day: Mapped[dt.date | None]
    last_day: Mapped[dt.date | None]


class PublishedRow(Base):
    """A residency of the plan that people have been told."""

    __tablename__ = "published"
    __table_args__ = (
        within_programme("request", "requests"),
        within_programme("slot", "slots"),
        within_programme("zone", "zones"),
        within_programme("host", "hosts"),
        within_programme("pool", "pools"),
    )

    programme_id: Mapped[str] = mapped_column(ForeignKey("programmes.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    request: Mapped[str]
    slot: Mapped[str]
    zone: Mapped[str]
    host: Mapped[str | None]
    pool: Mapped[str | None]
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date]
