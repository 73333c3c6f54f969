"""Where the zones of a floor lie: as their shapes say, else in rows of rooms along corridors.

Rooms laid out here have the area that their zone has, to the scale of the floor. They fill rows
of one depth in the order of the file, each into the shorter row of its corridor, so that a zone
that is added at the end moves no other unless rooms as a whole become deeper.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from scheduler.problem.places import Zone
from scheduler.problem.types import ZoneId
from web.use_cases.floors.geometry import (
    Box,
    Point,
    Polygon,
    bounds_of,
    is_drawable,
    overlap,
    polygon_of,
)

CORRIDOR = 2.4
"""Metres from one side of a corridor to the other."""

DEPTHS = (3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0, 12.0, 15.0, 18.0, 22.0, 27.0, 33.0, 40.0)
"""Depths of rooms in metres: few, so that one more zone rarely changes them."""

LONGEST = 6
"""A corridor that is so many times as long as rooms are deep is long enough; another begins."""

SLIMMEST = 3
"""A room is at most so many times as deep as it is wide, where others allow it."""

LEAST_AREA, AREA_OF_DESK = 6, 4
"""Square metres of a zone that says none: so many, or so many a desk."""

APART = 3.0
"""Metres between zones that have shapes and those laid out beside them."""

STAIRS, WIDEST_STAIRS = 1.5, 4.0
"""Metres that are left over at the end of a row become stairs, if they are so many."""

ONE_SIDED = 2.5
"""Until a corridor is so many times as long as rooms are deep, it has rooms on one side only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where zones lie on a floor, in metres, y upwards.

    ``given`` are the zones that have shapes of their own; ``corridors`` and ``stairs`` lie
    between and beside the rooms that were laid out here.
    """

    rooms: dict[ZoneId, Polygon]
    given: frozenset[ZoneId]
    corridors: tuple[Polygon, ...] = ()
    stairs: tuple[Polygon, ...] = ()

    @property
    def bounds(self) -> Box:
        """The least box round everything; a floor without zones has one of a few metres."""
        everything = (*self.rooms.values(), *self.corridors, *self.stairs)
        return bounds_of(everything) if everything else Box(x=0, y=0, width=12, height=8)


def lay_out(zones: Iterable[Zone]) -> Layout:
    """Return where the zones of one floor lie.

    A zone whose shape lies over that of one before it is laid out as if it had none.
    """
    given: dict[ZoneId, Polygon] = {}
    others: list[Zone] = []
    for zone in zones:
        polygon = polygon_of(zone.shape or ())
        if is_drawable(polygon) and not any(overlap(polygon, each) for each in given.values()):
            given[zone.id] = polygon
        else:
            others.append(zone)
    if not others:
        return Layout(rooms=given, given=frozenset(given))
    at = _beside(given)
    return _rows(others, at, given)


def area_to_draw(zone: Zone) -> float:
    """Return a zone's square metres, a guess by its desks where it says none."""
    return float(zone.area_m2 or max(LEAST_AREA, AREA_OF_DESK * zone.desks))


def depth_of_rooms(zones: Sequence[Zone]) -> float:
    """Return how deep rooms are: usual ones about square, the smallest not too slim."""
    areas = [area_to_draw(zone) for zone in zones]
    usual = median(areas)
    wanted = min(usual, max(SLIMMEST * min(areas), usual / 4)) ** 0.5
    return min(DEPTHS, key=lambda depth: abs(depth - wanted))


@dataclass(slots=True)
class _Wing:
    """A corridor with a row of rooms on either side, while it is being filled."""

    north: float = 0.0
    south: float = 0.0

    @property
    def length(self) -> float:
        return max(self.north, self.south)


def _beside(given: dict[ZoneId, Polygon]) -> Point:
    """Return the corner from which rooms are laid out: below what has shapes, or to its right."""
    if not given:
        return Point(0.0, 0.0)
    bounds = bounds_of(given.values())
    if bounds.width >= bounds.height:
        return Point(bounds.x, bounds.y - APART)
    return Point(bounds.right + APART, bounds.top)


def _rows(zones: Sequence[Zone], at: Point, given: dict[ZoneId, Polygon]) -> Layout:
    """Lay zones out to the right of a corner and downwards."""
    depth = depth_of_rooms(zones)
    wings = [_Wing()]
    rooms = dict(given)
    for zone in zones:
        width = area_to_draw(zone) / depth
        wing = wings[-1]
        if wing.length and min(wing.north, wing.south) + width > LONGEST * depth:
            wing = _Wing()
            wings.append(wing)
        top = at.y - (len(wings) - 1) * (2 * depth + 2 * CORRIDOR)
        if wing.north <= max(wing.south, ONE_SIDED * depth):
            box = Box(x=at.x + wing.north, y=top - depth, width=width, height=depth)
            wing.north += width
        else:
            low = top - 2 * depth - CORRIDOR
            box = Box(x=at.x + wing.south, y=low, width=width, height=depth)
            wing.south += width
        rooms[zone.id] = box.corners
    return Layout(
        rooms=rooms,
        given=frozenset(given),
        corridors=tuple(_corridors(wings, at, depth)),
        stairs=tuple(_stairs(wings, at, depth)),
    )


def _corridors(wings: list[_Wing], at: Point, depth: float) -> Iterable[Polygon]:
    for number, wing in enumerate(wings):
        low = at.y - number * (2 * depth + 2 * CORRIDOR) - depth - CORRIDOR
        yield Box(x=at.x, y=low, width=wing.length, height=CORRIDOR).corners
        if number:
            # Between two wings people walk as well.
            length = max(wing.length, wings[number - 1].length)
            yield Box(x=at.x, y=low + depth + CORRIDOR, width=length, height=CORRIDOR).corners


def _stairs(wings: list[_Wing], at: Point, depth: float) -> Iterable[Polygon]:
    """Yield what the shorter row of each corridor leaves over at its end."""
    for number, wing in enumerate(wings):
        top = at.y - number * (2 * depth + 2 * CORRIDOR)
        short = min(wing.north, wing.south)
        low = top - depth if wing.north < wing.south else top - 2 * depth - CORRIDOR
        if short and wing.length - short >= STAIRS:
            width = min(WIDEST_STAIRS, wing.length - short)
            yield Box(x=at.x + short, y=low, width=width, height=depth).corners
