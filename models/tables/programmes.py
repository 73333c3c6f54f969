"""A programme and its policy."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, Label


class ProgrammeRow(Base):
    """A programme, to which every other row belongs.

    ``version`` is new after every change of its scenario.
    """

    __tablename__ = "programmes"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[Label]
    timezone: Mapped[str]
    currency: Mapped[str]
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date]
    today: Mapped[dt.date]
    version: Mapped[str] = mapped_column(server_default="")


class PolicyRow(Base):
    """The office's own rules, one row a programme."""

    __tablename__ = "policies"

    programme_id: Mapped[str] = mapped_column(ForeignKey("programmes.id"), primary_key=True)
    arrival_weekdays: Mapped[list[Any]]
    stay_step_days: Mapped[int]
    frozen_days: Mapped[int]
    visa_lead_days: Mapped[dict[str, Any]]
    weights: Mapped[dict[str, Any]]
