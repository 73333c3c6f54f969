"""Uploading shapes of a floor: what was read, what is wrong, what it would look like."""

from __future__ import annotations

from dataclasses import dataclass

from web.use_cases.views.floor_drawing import FloorDrawing


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultView:
    """One thing that is wrong with an uploaded drawing: its kind, at which shape, and a detail."""

    kind: str
    shape: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeRow:
    """An uploaded shape, and the zone that it is for; ``zone_area`` is what that zone says."""

    number: int
    name: str
    area: float
    zone: str | None
    zone_area: int | None
    is_off: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeZone:
    """A zone of the floor that can be given a shape."""

    id: str
    name: str
    area_m2: int
    has_shape: bool
    is_matched: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapesView:
    """Uploading shapes of a floor: what was read, what it would look like, and what is wrong.

    ``shapes`` and ``seen`` go through the form as they are: the shapes in metres, and the zones
    as they stood.
    """

    programme_id: str
    programme: str
    floor_id: str
    floor: str
    building: str
    zones: tuple[ShapeZone, ...]
    rows: tuple[ShapeRow, ...]
    faults: tuple[FaultView, ...]
    overlaps: tuple[tuple[str, str], ...]
    drawing: FloorDrawing
    shapes: str
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRoom:
    """A zone in the drawing to download."""

    id: str
    name: str
    detail: str
    points: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorTemplate:
    """A floor as an SVG to edit elsewhere; ``grid`` says what its units are in metres."""

    name: str
    width: float
    height: float
    grid: str
    rooms: tuple[TemplateRoom, ...]
