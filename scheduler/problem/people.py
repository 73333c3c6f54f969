"""Who takes part: institutions, hosts and visiting researchers."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.problem.types import (
    Country,
    DayRange,
    HostId,
    InstitutionId,
    Language,
    Name,
    Positive,
    ResearcherId,
    Tracks,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """A university, company or institute, with its country (ISO 3166-1 alpha-2)."""

    id: InstitutionId
    name: Name
    country: Country


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A domestic researcher who receives at most ``capacity`` visitors on any day."""

    id: HostId
    name: Name
    email: str | None = None
    institution: InstitutionId
    tracks: Tracks
    capacity: Positive = 2
    absences: tuple[DayRange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Researcher:
    """A visitor, whose country is that of the institution."""

    id: ResearcherId
    name: Name
    email: str | None = None
    institution: InstitutionId
    language: Language = "en"
