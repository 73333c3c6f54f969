"""A floor as an SVG to edit in a drawing program and to upload again."""

from __future__ import annotations

from scheduler.problem.places import Zone
from scheduler.problem.problem import Problem
from scheduler.problem.types import text_in
from web.use_cases.floors.geometry import Point, Polygon, largest_box
from web.use_cases.floors.labels import width_of
from web.use_cases.floors.layout import lay_out
from web.use_cases.floors.page import get_floor, zones_of
from web.use_cases.views.floor_shapes import FloorTemplate, TemplateRoom

METRES = 0.05
"""Metres of one unit of the drawing."""

MARGIN = 40.0
LETTERS = (16.0, 13.0, 10.0, 8.0, 6.0)


def build_template(problem: Problem, floor_id: str, *, language: str) -> FloorTemplate:
    """Return a floor as it is drawn now, one shape a zone; zones without shapes get theirs."""
    floor = get_floor(problem, floor_id)
    zones = zones_of(problem, floor.id)
    layout = lay_out(zones)
    bounds = layout.bounds
    left, top = bounds.x - MARGIN * METRES, bounds.top + MARGIN * METRES

    def on_paper(polygon: Polygon) -> Polygon:
        return tuple(
            Point(round((x - left) / METRES, 2), round((top - y) / METRES, 2)) for x, y in polygon
        )

    return FloorTemplate(
        name=text_in(floor.name, language),
        width=round(bounds.width / METRES + 2 * MARGIN, 1),
        height=round(bounds.height / METRES + 2 * MARGIN, 1),
        grid=f"{METRES:g} {left:.10g} {top:.10g}",
        rooms=tuple(_room(zone, on_paper(layout.rooms[zone.id]), language) for zone in zones),
    )


def _room(zone: Zone, polygon: Polygon, language: str) -> TemplateRoom:
    box = largest_box(polygon)
    name = text_in(zone.name, language)
    fits = (size for size in LETTERS if width_of(name, size) < 0.9 * box.width)
    return TemplateRoom(
        id=zone.id,
        name=name,
        detail=f"{zone.desks} · {zone.area_m2} m²",
        points=_spelled(polygon),
        x=round(box.x + box.width / 2, 1),
        y=round(box.y + box.height / 2, 1),
        size=next(fits, LETTERS[-1]),
    )


def _spelled(polygon: Polygon) -> str:
    return " ".join(f"{point.x:.10g},{point.y:.10g}" for point in polygon)
