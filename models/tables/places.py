"""Sites, buildings, floors, zones, and floor space already taken."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Double
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, Label, Named, within_programme


class SiteRow(Named, Base):
    """A place with a time zone and public days of its own."""

    __tablename__ = "sites"

    timezone: Mapped[str | None]
    holidays: Mapped[str | None]
    closures: Mapped[list[Any]]
    address: Mapped[Label]
    lat: Mapped[float | None] = mapped_column(Double)
    lon: Mapped[float | None] = mapped_column(Double)


class BuildingRow(Named, Base):
    """A building of a site."""

    __tablename__ = "buildings"
    __table_args__ = (within_programme("site", "sites"),)

    site: Mapped[str]


class FloorRow(Named, Base):
    """A floor of a building."""

    __tablename__ = "floors"
    __table_args__ = (within_programme("building", "buildings"),)

    building: Mapped[str]
    level: Mapped[int]


class ZoneRow(Named, Base):
    """Floor space with desks and square metres."""

    __tablename__ = "zones"
    __table_args__ = (within_programme("floor", "floors"),)

    floor: Mapped[str]
    desks: Mapped[int]
    area_m2: Mapped[int]
    features: Mapped[list[Any]]
    tracks: Mapped[list[Any]]
    first_day: Mapped[dt.date | None]
    last_day: Mapped[dt.date | None]
    closures: Mapped[list[Any]]
    exclusive_by: Mapped[str | None]
    shape: Mapped[list[Any] | None]


class ReservationRow(Named, Base):
    """Floor space of a zone that somebody has already."""

    __tablename__ = "reservations"
    __table_args__ = (
        within_programme("zone", "zones"),
        within_programme("institution", "institutions"),
    )

    zone: Mapped[str]
    desks: Mapped[int]
    area_m2: Mapped[int]
    institution: Mapped[str | None]
    group: Mapped[str | None]
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date]
