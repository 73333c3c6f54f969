"""Where people stay: sites, buildings, floors, zones, and floor space already taken."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from annotated_types import Ge, Le, MinLen

from scheduler.problem.types import (
    BuildingId,
    DayRange,
    FloorId,
    HolidayCode,
    InstitutionId,
    Name,
    Points,
    ReservationId,
    SiteId,
    Text,
    TrackId,
    Whole,
    ZoneId,
)


class ExclusiveBy(StrEnum):
    """What all occupants of an exclusive zone have in common on a day."""

    INSTITUTION = "institution"
    COUNTRY = "country"
    TRACK = "track"
    GROUP = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place with a time zone and public days of its own; closures forbid arrivals."""

    id: SiteId
    name: Name
    timezone: str | None = None
    holidays: HolidayCode | None = None
    closures: tuple[DayRange, ...] = ()
    address: Text = ""
    lat: Annotated[float, Ge(-90), Le(90)] | None = None
    lon: Annotated[float, Ge(-180), Le(180)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """A building of a site."""

    id: BuildingId
    site: SiteId
    name: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """A floor of a building; ``level`` counts from the ground and may be negative."""

    id: FloorId
    building: BuildingId
    level: Points
    name: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """Floor space with desks and square metres, open between its days but for closures."""

    id: ZoneId
    floor: FloorId
    name: Name
    desks: Whole = 8
    area_m2: Whole = 120
    features: tuple[str, ...] = ()
    tracks: tuple[TrackId, ...] = ()
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    closures: tuple[DayRange, ...] = ()
    exclusive_by: ExclusiveBy | None = None
    shape: Annotated[tuple[tuple[float, float], ...], MinLen(3)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """Floor space of a zone that somebody has already, a company say."""

    id: ReservationId
    name: Name
    zone: ZoneId
    desks: Whole = 2
    area_m2: Whole = 0
    institution: InstitutionId | None = None
    group: str | None = None
    first_day: dt.date
    last_day: dt.date
