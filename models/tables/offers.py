"""What a programme offers and counts: tracks, slots, pools, events, quotas."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from models.tables.base import Base, Named, within_programme


class TrackRow(Named, Base):
    """A direction of research."""

    __tablename__ = "tracks"

    colour: Mapped[str]


class SlotRow(Named, Base):
    """A dated window of a site with places."""

    __tablename__ = "slots"
    __table_args__ = (within_programme("site", "sites"),)

    site: Mapped[str]
    tracks: Mapped[list[Any]]
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date]
    places: Mapped[int]
    fixed_dates: Mapped[bool]


class PoolRow(Named, Base):
    """Shared computing."""

    __tablename__ = "pools"

    gpus: Mapped[int]
    first_day: Mapped[dt.date | None]
    last_day: Mapped[dt.date | None]
    closures: Mapped[list[Any]]


class EventRow(Named, Base):
    """Something at a site that residents attend."""

    __tablename__ = "events"
    __table_args__ = (within_programme("site", "sites"),)

    site: Mapped[str]
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date]
    tracks: Mapped[list[Any]]


class QuotaRow(Named, Base):
    """A maximum that holds and a minimum that is weighed."""

    __tablename__ = "quotas"

    by: Mapped[str]
    value: Mapped[str | None]
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date]
    measure: Mapped[str]
    min: Mapped[int | None]
    max: Mapped[int | None]
    unit: Mapped[int]
    points_per_missing: Mapped[int]
