"""A floor as a picture in units of its own, y downwards, which a template only writes down."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatDrawing:
    """A desk: its middle, how large, and on which side of the table one sits (-1 above).

    ``number`` counts from 0; a seat that the zone does not have is drawn where it is over-full.
    """

    number: int
    x: float
    y: float
    size: float
    side: int
    is_extra: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDrawing:
    """Lines of text of one size; ``x`` is where they begin, or their middle."""

    x: float
    y: float
    size: float
    lines: tuple[str, ...]
    is_centred: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorDrawing:
    """An opening in a wall from a to b, and the path of its leaf."""

    ax: float
    ay: float
    bx: float
    by: float
    leaf: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneDrawing:
    """A zone on the drawing; ``figures`` is where its numbers stand, None where nothing fits."""

    id: str
    name: str
    points: str
    desks: int
    area_m2: int
    is_exclusive: bool
    is_given: bool
    label: TextDrawing | None
    figures: TextDrawing | None
    badge: TextDrawing | None
    door: DoorDrawing | None
    seats: tuple[SeatDrawing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorDrawing:
    """One floor as a picture; ``metre`` is its scale."""

    width: float
    height: float
    metre: float
    zones: tuple[ZoneDrawing, ...]
    corridors: tuple[str, ...]
    stairs: tuple[str, ...]
    steps: tuple[str, ...]
