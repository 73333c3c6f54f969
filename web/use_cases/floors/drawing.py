"""A floor as a picture: walls, doors, names and desks in units that a template writes down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.problem.places import Zone
from scheduler.problem.types import ZoneId, text_in
from web.use_cases.floors.desks import place_seats
from web.use_cases.floors.geometry import (
    Box,
    Edge,
    Point,
    Polygon,
    bounds_of,
    edges_of,
    is_inside,
    largest_box,
    length_of,
    shared_edge,
)
from web.use_cases.floors.labels import Labels, label_room
from web.use_cases.floors.layout import Layout, lay_out
from web.use_cases.views.floor_drawing import DoorDrawing, FloorDrawing, SeatDrawing, ZoneDrawing

WIDTH, HEIGHT = 1000.0, 620.0
"""Units that the longer side of a floor fills."""

LARGEST_METRE = 48.0
"""Units to a metre at most: one small room does not fill the picture."""

MARGIN = 14.0
LEAST_SEAT = 13.0
"""Units of a desk below which a room is too small for words as well."""

DOOR = 0.95
LEAST_WALL = 1.4 * DOOR
"""Metres of a door, and of a wall in which there is room for one."""

STEP = 0.45
"""Metres of a step of stairs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paper:
    """Turns metres on the floor, y upwards, into units of the picture, y downwards."""

    bounds: Box
    metre: float
    left: float

    def point(self, point: Point) -> Point:
        return Point(
            round(self.left + (point.x - self.bounds.x) * self.metre, 1),
            round(MARGIN + (self.bounds.top - point.y) * self.metre, 1),
        )

    def polygon(self, polygon: Polygon) -> Polygon:
        return tuple(self.point(point) for point in polygon)


def draw_floor(
    zones: Sequence[Zone],
    language: str,
    seats: Mapping[ZoneId, int],
    *,
    small: bool = False,
) -> FloorDrawing:
    """Return a floor of zones; ``seats`` says how many desks are ever needed in each.

    A small picture has no desks and larger letters.
    """
    layout = lay_out(zones)
    paper = _paper(layout.bounds)
    doors = dict(_doors(layout, [zone.id for zone in zones if not zone.desks], paper))
    corridors = [paper.polygon(each) for each in layout.corridors]
    stairs = [paper.polygon(each) for each in layout.stairs]
    return FloorDrawing(
        width=max(WIDTH, paper.bounds.width * paper.metre + 2 * MARGIN),
        height=round(paper.bounds.height * paper.metre + 2 * MARGIN, 1),
        metre=round(paper.metre, 3),
        zones=tuple(
            _zone(
                zone,
                paper.polygon(layout.rooms[zone.id]),
                language=language,
                door=doors.get(zone.id),
                is_given=zone.id in layout.given,
                seats=0 if small else max(zone.desks, seats.get(zone.id, 0)),
                small=small,
            )
            for zone in zones
        ),
        corridors=tuple(map(_points, corridors)),
        stairs=tuple(map(_points, stairs)),
        steps=tuple(line for each in stairs for line in _steps(each, paper.metre * STEP)),
    )


def _paper(bounds: Box) -> _Paper:
    room = WIDTH - 2 * MARGIN
    scales = (room / max(bounds.width, 0.1), (HEIGHT - 2 * MARGIN) / max(bounds.height, 0.1))
    metre = min(*scales, LARGEST_METRE)
    return _Paper(bounds=bounds, metre=metre, left=(WIDTH - bounds.width * metre) / 2)


def _zone(
    zone: Zone,
    polygon: Polygon,
    *,
    language: str,
    door: DoorDrawing | None,
    is_given: bool,
    seats: int,
    small: bool,
) -> ZoneDrawing:
    name = text_in(zone.name, language)
    labels, placed = _furnished(zone, name, largest_box(polygon), seats, small=small)
    return ZoneDrawing(
        id=zone.id,
        name=name,
        points=_points(polygon),
        desks=zone.desks,
        area_m2=zone.area_m2,
        is_exclusive=zone.exclusive_by is not None,
        is_given=is_given,
        label=labels.name,
        figures=labels.figures,
        badge=labels.badge,
        door=door,
        seats=placed,
    )


def _furnished(
    zone: Zone, name: str, box: Box, seats: int, *, small: bool
) -> tuple[Labels, tuple[SeatDrawing, ...]]:
    """Return a room's words and desks; in a closet the desks matter more than its name."""
    labels = label_room(
        name,
        box,
        has_desks=zone.desks > 0,
        has_badge=zone.exclusive_by is not None,
        small=small,
    )
    placed = place_seats(_below(box, labels), seats, zone.desks)
    if placed and placed[0].size < LEAST_SEAT:
        labels = Labels(name=None, figures=None, badge=None, bottom=box.y)
        placed = place_seats(box, seats, zone.desks)
    return labels, placed


def _below(box: Box, labels: Labels) -> Box:
    """Return what a room's words leave for its desks."""
    height = max(0.0, box.top - labels.bottom)
    return Box(x=box.x, y=labels.bottom, width=box.width, height=height)


def _points(polygon: Polygon) -> str:
    return " ".join(f"{point.x:g},{point.y:g}" for point in polygon)


def _steps(polygon: Polygon, step: float) -> Iterator[str]:
    """Yield the steps of stairs as paths, across their shorter side."""
    box = bounds_of((polygon,))
    wide = box.width >= box.height
    length = box.width if wide else box.height
    for number in range(1, min(int(length / step), 60)):
        at = number * step
        if wide:
            yield f"M{box.x + at:.1f} {box.y:g}V{box.top:g}"
        else:
            yield f"M{box.x:g} {box.y + at:.1f}H{box.right:g}"


def _doors(
    layout: Layout, halls: Sequence[ZoneId], paper: _Paper
) -> Iterator[tuple[ZoneId, DoorDrawing]]:
    """Yield a door for each room: to the corridor, to a hall, else a gap to the outside."""
    ways = [*layout.corridors, *_by_contacts(layout, halls)]
    for zone, polygon in layout.rooms.items():
        edge = next(_ways_out(polygon, ways, own=zone in halls), None)
        if edge is not None:
            yield zone, _door(edge, polygon, paper)
        elif zone not in halls:
            outer = _lowest(polygon, layout, zone)
            if outer is not None and length_of(outer) > LEAST_WALL:
                yield zone, replace(_door(outer, polygon, paper), leaf="")


def _by_contacts(layout: Layout, halls: Sequence[ZoneId]) -> list[Polygon]:
    """Return halls that touch most rooms first: those are the corridors."""

    def contacts(hall: ZoneId) -> int:
        own = layout.rooms[hall]
        return sum(shared_edge(own, other) is not None for other in layout.rooms.values())

    return [layout.rooms[hall] for hall in sorted(halls, key=lambda hall: -contacts(hall))]


def _ways_out(polygon: Polygon, ways: Sequence[Polygon], *, own: bool) -> Iterator[Edge]:
    """Yield walls to corridors; a hall opens only to the corridor before all others."""
    for way in ways[:1] if own else ways:
        if way is not polygon:
            edge = shared_edge(polygon, way)
            if edge is not None and length_of(edge) > LEAST_WALL:
                yield edge


def _lowest(polygon: Polygon, layout: Layout, zone: ZoneId) -> Edge | None:
    """Return the lowest level wall that is no other room's too."""
    others = [other for name, other in layout.rooms.items() if name != zone]
    level = [edge for edge in edges_of(polygon) if edge[0].y == edge[1].y]
    free = [edge for edge in level if not any(shared_edge(edge, other) for other in others)]
    return min(free, key=lambda edge: (edge[0].y, -length_of(edge)), default=None)


def _door(edge: Edge, polygon: Polygon, paper: _Paper) -> DoorDrawing:
    """Return a door near the end of a wall, opening to the outside of its room."""
    a, b = sorted(edge)
    length = length_of((a, b))
    along = Point((b.x - a.x) / length, (b.y - a.y) / length)
    start = max(length - 0.6 - DOOR, (length - DOOR) / 2)
    hinge = Point(a.x + along.x * (start + DOOR), a.y + along.y * (start + DOOR))
    latch = Point(a.x + along.x * start, a.y + along.y * start)
    out = Point(-along.y, along.x)
    if is_inside(polygon, Point(hinge.x - along.x / 9 + out.x / 9, hinge.y + out.y / 9)):
        out = Point(along.y, -along.x)
    tip = paper.point(Point(hinge.x + out.x * DOOR, hinge.y + out.y * DOOR))
    one, other = paper.point(hinge), paper.point(latch)
    radius = round(DOOR * paper.metre, 1)
    turn = (tip.x - one.x) * (other.y - one.y) - (tip.y - one.y) * (other.x - one.x)
    sweep = 1 if turn > 0 else 0
    leaf = (
        f"M{one.x:g} {one.y:g}L{tip.x:g} {tip.y:g}"
        f"A{radius:g} {radius:g} 0 0 {sweep} {other.x:g} {other.y:g}"
    )
    return DoorDrawing(ax=one.x, ay=one.y, bx=other.x, by=other.y, leaf=leaf)
