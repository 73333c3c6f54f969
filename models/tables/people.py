"""Institutions, hosts and visiting researchers."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Mapped

from models.tables.base import Base, Named, within_programme


class InstitutionRow(Named, Base):
    """A university, company or institute, with its country."""

    __tablename__ = "institutions"

    country: Mapped[str]


class HostRow(Named, Base):
    """A domestic researcher who receives visitors."""

    __tablename__ = "hosts"
    __table_args__ = (within_programme("institution", "institutions"),)

    email: Mapped[str | None]
    institution: Mapped[str]
    tracks: Mapped[list[Any]]
    capacity: Mapped[int]
    absences: Mapped[list[Any]]


class ResearcherRow(Named, Base):
    """A visitor."""

    __tablename__ = "researchers"
    __table_args__ = (within_programme("institution", "institutions"),)

    email: Mapped[str | None]
    institution: Mapped[str]
    language: Mapped[str]
