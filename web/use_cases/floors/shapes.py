"""Shapes of zones as somebody uploads them: an SVG or a JSON file, every fault named at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from scheduler.problem.places import Zone
from scheduler.problem.types import ZoneId
from web.use_cases.floors.geometry import (
    Polygon,
    area_of,
    bounds_of,
    crosses_itself,
    is_drawable,
    polygon_of,
)

LARGEST_FILE = 1_000_000
"""Bytes of a file that is read."""

MOST_SHAPES, MOST_POINTS = 500, 200

LARGEST_FLOOR = 2000.0
"""Metres from one side of a floor to the other, at most."""


class FaultKind(StrEnum):
    """What is wrong with an uploaded drawing."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    FORBIDDEN = "forbidden"
    NO_SHAPES = "no_shapes"
    TOO_MANY = "too_many"
    TOO_LARGE_FLOOR = "too_large_floor"
    NO_SCALE = "no_scale"
    CURVED = "curved"
    ROUNDED = "rounded"
    SEVERAL_PARTS = "several_parts"
    NOT_NUMBERS = "not_numbers"
    TRANSFORM = "transform"
    FEW_POINTS = "few_points"
    MANY_POINTS = "many_points"
    CROSSES = "crosses"
    TWICE = "twice"
    NOT_HERE = "not_here"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong: with a shape, by what it is called, or with the whole file."""

    kind: FaultKind
    shape: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A shape as it was drawn; ``names`` are all that it is called, ``inherited`` its group."""

    number: int
    polygon: Polygon
    names: tuple[str, ...] = ()
    inherited: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What to call it to people."""
        return next(iter((*self.names, *self.inherited)), f"#{self.number}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """How a file's units become metres: ``left`` and ``top`` are where its zero lies.

    Its y goes down where ``is_down``.
    """

    metres: float
    left: float
    top: float
    is_down: bool = True

    def apply(self, polygon: Polygon) -> Polygon:
        """Return a polygon in metres, y upwards, to the centimetre."""
        sign = -1 if self.is_down else 1
        return polygon_of(
            (
                round(self.left + point.x * self.metres, 2),
                round(self.top + sign * point.y * self.metres, 2),
            )
            for point in polygon
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeFile:
    """What a file holds; ``grid`` is None where it does not say how large it is."""

    shapes: tuple[Shape, ...] = ()
    faults: tuple[Fault, ...] = ()
    grid: Grid | None = None
    is_down: bool = True


def check_shapes(shapes: Iterable[Shape]) -> Iterator[Fault]:
    """Yield what is wrong with shapes, each by itself."""
    for shape in shapes:
        polygon = shape.polygon
        if len(polygon) > MOST_POINTS:
            yield Fault(kind=FaultKind.MANY_POINTS, shape=shape.name, detail=str(MOST_POINTS))
        elif crosses_itself(polygon):
            yield Fault(kind=FaultKind.CROSSES, shape=shape.name)
        elif not is_drawable(polygon):
            yield Fault(kind=FaultKind.FEW_POINTS, shape=shape.name)


def match_zones(shapes: Iterable[Shape], zones: Iterable[Zone]) -> dict[int, ZoneId]:
    """Return the zone that each shape is called after, by the shape's number.

    By its own names, else by its group's where the group has no other shape. Where several are
    called after one zone, the first has it.
    """
    called = _called(zones)
    drawn = tuple(shapes)
    alone = [shape.inherited for shape in drawn]
    matched: dict[int, ZoneId] = {}
    for shape in drawn:
        inherited = shape.inherited if alone.count(shape.inherited) == 1 else ()
        for name in (*shape.names, *inherited):
            zone = called.get(_plain(name)) or called.get(_plain(name).removeprefix("zone-"))
            if zone is not None and zone not in matched.values():
                matched[shape.number] = zone
                break
    return matched


def in_metres(
    file: ShapeFile,
    zones: Mapping[ZoneId, Zone],
    matched: Mapping[int, ZoneId],
    width: float | None,
) -> ShapeFile:
    """Return the shapes in metres: as the file says, else by a width, else by the zones' m2."""
    if not file.shapes:
        return file
    grid = file.grid
    if grid is None or width is not None:
        scale = _scale(file.shapes, zones, matched, width)
        if scale is None:
            return replace(file, faults=(*file.faults, Fault(kind=FaultKind.NO_SCALE)))
        bounds = bounds_of(shape.polygon for shape in file.shapes)
        low = bounds.top if file.is_down else -bounds.y
        grid = Grid(metres=scale, left=-bounds.x * scale, top=low * scale, is_down=file.is_down)
    shapes = tuple(replace(each, polygon=grid.apply(each.polygon)) for each in file.shapes)
    bounds = bounds_of(shape.polygon for shape in shapes)
    if max(bounds.width, bounds.height) > LARGEST_FLOOR:
        fault = Fault(kind=FaultKind.TOO_LARGE_FLOOR, detail=f"{LARGEST_FLOOR:g}")
        return replace(file, faults=(*file.faults, fault))
    return replace(file, shapes=shapes)


def _scale(
    shapes: Iterable[Shape],
    zones: Mapping[ZoneId, Zone],
    matched: Mapping[int, ZoneId],
    width: float | None,
) -> float | None:
    """Return metres to a unit, None where nothing tells."""
    drawn = tuple(shapes)
    if width is not None:
        across = bounds_of(shape.polygon for shape in drawn).width
        return width / across if across else None
    known = [shape for shape in drawn if shape.number in matched]
    area = sum(zones[matched[shape.number]].area_m2 for shape in known)
    on_paper = sum(area_of(shape.polygon) for shape in known)
    return float((area / on_paper) ** 0.5) if area and on_paper else None


def _called(zones: Iterable[Zone]) -> dict[str, ZoneId]:
    """Return zones by id and by every name that no other zone has."""
    listed = tuple(zones)
    found: dict[str, ZoneId] = {}
    shared: set[str] = set()
    for zone in listed:
        names = [zone.name] if isinstance(zone.name, str) else zone.name.values()
        for name in {_plain(each) for each in names}:
            shared |= {name} & found.keys()
            found[name] = zone.id
    distinct = {name: zone for name, zone in found.items() if name not in shared}
    return distinct | {zone.id: zone.id for zone in listed}


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
