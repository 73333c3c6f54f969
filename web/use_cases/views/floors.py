"""The floor plan: what is drawn, how full it is on a day, and who sits where.

``ZoneState`` is what stands in a drawing on a day; the drawing itself knows no days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from web.use_cases.views.floor_drawing import FloorDrawing
from web.use_cases.views.parts import PlaceView, TrackView


class Level(StrEnum):
    """How full a zone is on a day, by the share of its desks in use."""

    NONE = "none"
    EMPTY = "empty"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    FULL = "full"
    OVER = "over"


class When(StrEnum):
    """How something lies to the day that is looked at."""

    EARLIER = "earlier"
    NOW = "now"
    NEXT = "next"
    LATER = "later"


class OccupantKind(StrEnum):
    """Who holds desks: a researcher's stay, or a reservation."""

    STAY = "stay"
    RESERVATION = "reservation"


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorPicture:
    """A floor with one zone marked, for pages that show where somebody sits."""

    drawing: FloorDrawing
    place: PlaceView
    marked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupant:
    """Who holds which seats of a zone, and for how long."""

    kind: OccupantKind
    id: str
    zone: str
    name: str
    initials: str
    detail: str
    track: TrackView | None
    desks: int
    area_m2: int
    first_day: dt.date
    last_day: dt.date
    seats: tuple[int, ...]
    when: When

    @property
    def is_stay(self) -> bool:
        """Tell whether it is a researcher's stay."""
        return self.kind is OccupantKind.STAY

    @property
    def is_here(self) -> bool:
        """Tell whether they are here on the day."""
        return self.when is When.NOW


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneState:
    """A zone on a day; ``people`` counts stays, ``used`` and ``area_used`` reservations too."""

    used: int
    desks: int
    reserved: int
    area_used: int
    area_m2: int
    people: int
    level: Level
    is_closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Named days on which something is so."""

    name: str
    first_day: dt.date
    last_day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneView:
    """Everything about a zone: its data, the day's state, and all who hold desks in it."""

    id: str
    name: str
    state: ZoneState
    features: tuple[str, ...]
    tracks: tuple[TrackView, ...]
    exclusive_by: str | None
    closures: tuple[Span, ...]
    occupants: tuple[Occupant, ...]
    seats: Mapping[int, Occupant]

    @property
    def stays(self) -> tuple[Occupant, ...]:
        """The researchers among those who hold desks, by first day."""
        return tuple(each for each in self.occupants if each.is_stay)

    @property
    def reservations(self) -> tuple[Occupant, ...]:
        """The reservations among them."""
        return tuple(each for each in self.occupants if not each.is_stay)


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """A month that begins, and the share of the programme that lies before it."""

    day: dt.date
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveView:
    """Desks in use over the whole programme as paths of a picture 1000 wide and 100 high.

    ``reserved`` are those among them that reservations hold; ``labels`` are the months that are
    named, ``here`` is the share at which the day lies.
    """

    used: str
    reserved: str
    capacity: str
    most: int
    most_day: dt.date
    months: tuple[CurvePoint, ...]
    labels: tuple[CurvePoint, ...]
    here: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """The day that is looked at, and where one can go from it; None past the programme's ends."""

    day: dt.date
    first_day: dt.date
    last_day: dt.date
    today: dt.date
    number: int
    days: int
    week_before: dt.date | None
    day_before: dt.date | None
    day_after: dt.date | None
    week_after: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorView:
    """One floor on a day."""

    id: str
    name: str
    building: str
    site: str
    drawing: FloorDrawing
    zones: tuple[ZoneView, ...]
    used: int
    desks: int
    people: int

    @property
    def stays(self) -> tuple[Occupant, ...]:
        """Every stay on this floor at any time, by the researcher's name."""
        stays = [each for zone in self.zones for each in zone.stays]
        return tuple(sorted(stays, key=lambda each: (each.name, each.first_day, each.id)))


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorChoice:
    """A floor to go to."""

    id: str
    name: str
    building: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingView:
    """A building with its floors, the highest first."""

    name: str
    site: str
    floors: tuple[FloorView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorsView:
    """Every floor of the programme on a day, by building."""

    programme_id: str
    programme: str
    draft_id: int | None
    draft: str | None
    day: DayView
    curve: CurveView
    buildings: tuple[BuildingView, ...]
    several_sites: bool
    has_stays: bool
    data: Mapping[str, Any]

    @property
    def floors(self) -> tuple[FloorView, ...]:
        """Every floor."""
        return tuple(floor for building in self.buildings for floor in building.floors)


@dataclass(frozen=True, slots=True, kw_only=True)
class ElsewhereView:
    """Where somebody sits who was asked for, and is not on this floor on this day."""

    request: str
    researcher: str
    floor: str | None
    place: str
    first_day: dt.date | None
    last_day: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorPageView:
    """One floor large; ``chosen`` is a zone, ``asked`` a request that is to be found on it."""

    programme_id: str
    programme: str
    draft_id: int | None
    draft: str | None
    day: DayView
    curve: CurveView
    floor: FloorView
    choices: tuple[FloorChoice, ...]
    chosen: str | None
    asked: str | None
    elsewhere: ElsewhereView | None
    data: Mapping[str, Any]
