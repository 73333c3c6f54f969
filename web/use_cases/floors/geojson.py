"""Reads shapes from JSON: GeoJSON with polygons in metres or in degrees, or corners by zone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from math import cos, isfinite, radians
from typing import Any

from web.use_cases.floors.geometry import Point, Polygon, bounds_of, polygon_of
from web.use_cases.floors.shapes import (
    MOST_SHAPES,
    Fault,
    FaultKind,
    Grid,
    Shape,
    ShapeFile,
    check_shapes,
)

NAMES = ("zone", "id", "name", "title")
METRES_A_DEGREE = 111_320.0
SMALL = 0.02
"""A floor of so few units is not in metres but in degrees of the globe."""


def read_json(data: bytes) -> ShapeFile:
    """Return the shapes of a JSON document with everything that is wrong."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        return ShapeFile(faults=(Fault(kind=FaultKind.UNREADABLE, detail=str(error)),))
    shapes: list[Shape] = []
    faults: list[Fault] = []
    for number, (names, rings) in enumerate(_found(document), start=1):
        name = next(iter(names), f"#{number}")
        polygon = _polygon(rings)
        if isinstance(polygon, FaultKind):
            faults.append(Fault(kind=polygon, shape=name))
        else:
            shapes.append(Shape(number=number, polygon=polygon, names=names))
    if len(shapes) > MOST_SHAPES:
        return ShapeFile(faults=(Fault(kind=FaultKind.TOO_MANY, detail=str(MOST_SHAPES)),))
    flat = _in_metres(shapes)
    faults += check_shapes(flat)
    if not shapes and not faults:
        faults.append(Fault(kind=FaultKind.NO_SHAPES))
    grid = Grid(metres=1.0, left=0.0, top=0.0, is_down=False)
    return ShapeFile(shapes=tuple(flat), faults=tuple(faults), grid=grid, is_down=False)


def _found(document: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield names and rings of each polygon; corners by zone are rings of one."""
    if not isinstance(document, dict):
        return
    if document.get("type") == "Feature":
        document = {"type": "FeatureCollection", "features": [document]}
    if document.get("type") != "FeatureCollection":
        for name, corners in document.items():
            yield (name,), [corners]
        return
    features = document.get("features")
    for feature in features if isinstance(features, list) else []:
        if not isinstance(feature, dict):
            continue
        geometry = feature.get("geometry")
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        rings = geometry.get("coordinates") if isinstance(geometry, dict) else None
        if kind == "MultiPolygon" and isinstance(rings, list):
            yield _names(feature), rings[0] if len(rings) == 1 else FaultKind.SEVERAL_PARTS
        elif kind == "Polygon":
            yield _names(feature), rings


def _names(feature: dict[str, Any]) -> tuple[str, ...]:
    given = feature.get("properties")
    properties = given if isinstance(given, dict) else {}
    found = [*(properties.get(name) for name in NAMES), feature.get("id")]
    return tuple(str(name).strip() for name in found if isinstance(name, str | int) and str(name))


def _polygon(rings: Any) -> Polygon | FaultKind:
    """Return the corners of the only ring, or what is wrong with it."""
    if isinstance(rings, FaultKind):
        return rings
    if not isinstance(rings, list) or not rings:
        return FaultKind.NOT_NUMBERS
    if len(rings) > 1:
        return FaultKind.SEVERAL_PARTS
    corners = rings[0]
    if not isinstance(corners, list) or not all(map(_is_point, corners)):
        return FaultKind.NOT_NUMBERS
    return polygon_of((float(corner[0]), float(corner[1])) for corner in corners)


def _is_point(corner: Any) -> bool:
    return (
        isinstance(corner, list)
        and len(corner) >= len(Point._fields)
        and all(isinstance(each, int | float) and not isinstance(each, bool) for each in corner)
        and all(isfinite(each) for each in corner)
    )


def _in_metres(shapes: list[Shape]) -> list[Shape]:
    """Return shapes in metres; degrees are laid flat about their south-western corner."""
    drawn = [shape.polygon for shape in shapes if shape.polygon]
    if not drawn:
        return shapes
    bounds = bounds_of(drawn)
    if not 0 < max(bounds.width, bounds.height) < SMALL:
        return shapes
    across = METRES_A_DEGREE * cos(radians(bounds.y))
    return [
        Shape(
            number=shape.number,
            names=shape.names,
            polygon=polygon_of(
                ((point.x - bounds.x) * across, (point.y - bounds.y) * METRES_A_DEGREE)
                for point in shape.polygon
            ),
        )
        for shape in shapes
    ]
