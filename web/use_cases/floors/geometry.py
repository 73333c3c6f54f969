"""Polygons on a floor: how large, whether they cross, and the largest box within one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import isfinite
from typing import NamedTuple

STRIPS = 16
"""Into so many strips each way a shape with slanting walls is cut to find a box in it."""

NEARLY = 1e-6


class Point(NamedTuple):
    """A point on the floor; metres, or units of a drawing."""

    x: float
    y: float


Polygon = tuple[Point, ...]
"""Corners in order, the first not repeated at the end."""

Edge = tuple[Point, Point]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """An upright rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The larger x."""
        return self.x + self.width

    @property
    def top(self) -> float:
        """The larger y."""
        return self.y + self.height

    @property
    def area(self) -> float:
        """Width times height."""
        return self.width * self.height

    @property
    def corners(self) -> Polygon:
        """The four corners, from the least x and y on, against the clock where y goes up."""
        return (
            Point(self.x, self.y),
            Point(self.right, self.y),
            Point(self.right, self.top),
            Point(self.x, self.top),
        )

    def shrunk(self, by: float) -> Box:
        """Return the box without so much on every side, of no size where nothing is left."""
        across, along = min(by, self.width / 2), min(by, self.height / 2)
        return Box(
            x=self.x + across,
            y=self.y + along,
            width=self.width - 2 * across,
            height=self.height - 2 * along,
        )


def polygon_of(points: Iterable[tuple[float, float]]) -> Polygon:
    """Return corners as a polygon; ones that follow each other on one spot count once."""
    corners: list[Point] = []
    for x, y in points:
        if not corners or corners[-1] != (x, y):
            corners.append(Point(float(x), float(y)))
    while len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    return tuple(corners)


def is_drawable(polygon: Polygon) -> bool:
    """Tell whether a polygon has a size."""
    return all(isfinite(value) for point in polygon for value in point) and (
        area_of(polygon) > NEARLY
    )


def edges_of(polygon: Polygon) -> Iterator[Edge]:
    """Yield the sides, the last one back to the first corner."""
    return pairwise((*polygon, *polygon[:1]))


def area_of(polygon: Polygon) -> float:
    """Return the area that the corners go round, whichever way."""
    return abs(sum(a.x * b.y - b.x * a.y for a, b in edges_of(polygon))) / 2


def bounds_of(polygons: Iterable[Polygon]) -> Box:
    """Return the least box round polygons, of which there is at least one."""
    points = [point for polygon in polygons for point in polygon]
    left, low = min(point.x for point in points), min(point.y for point in points)
    right, high = max(point.x for point in points), max(point.y for point in points)
    return Box(x=left, y=low, width=right - left, height=high - low)


def is_inside(polygon: Polygon, point: Point) -> bool:
    """Tell whether a point lies within, by counting the sides to its right."""
    inside = False
    for a, b in edges_of(polygon):
        between = (a.y > point.y) != (b.y > point.y)
        if between and point.x < a.x + (point.y - a.y) * (b.x - a.x) / (b.y - a.y):
            inside = not inside
    return inside


def crosses_itself(polygon: Polygon) -> bool:
    """Tell whether two sides cross that do not follow each other."""
    edges = list(edges_of(polygon))
    return any(_cross(one, other) for one, other in combinations(edges, 2))


def overlap(one: Polygon, other: Polygon) -> bool:
    """Tell whether two polygons have more than walls in common."""
    both = [bounds_of((each,)) for each in (one, other)]
    left, low = max(box.x for box in both), max(box.y for box in both)
    right, high = min(box.right for box in both), min(box.top for box in both)
    if right - left < NEARLY or high - low < NEARLY:
        return False
    if any(_cross(a, b) for a in edges_of(one) for b in edges_of(other)):
        return True
    across = _between([point.x for point in (*one, *other)], left, right)
    along = _between([point.y for point in (*one, *other)], low, high)
    middles = (Point(x, y) for x in across for y in along)
    return any(is_inside(one, middle) and is_inside(other, middle) for middle in middles)


def shared_edge(polygon: Polygon, other: Polygon) -> Edge | None:
    """Return the longest piece of a polygon's upright walls that is the other's wall too."""
    found: list[Edge] = []
    for a, b in edges_of(polygon):
        for c, d in edges_of(other):
            piece = _common(a, b, c, d)
            if piece is not None:
                found.append(piece)
    return max(found, key=length_of, default=None)


def length_of(edge: Edge) -> float:
    """Return how long an edge is."""
    (a, b), (c, d) = edge
    return float(((a - c) ** 2 + (b - d) ** 2) ** 0.5)


def largest_box(polygon: Polygon) -> Box:
    """Return a largest upright rectangle within a polygon: exact where all walls are upright.

    Where walls slant, the box is the largest of a grid.
    """
    bounds = bounds_of((polygon,))
    if abs(bounds.area - area_of(polygon)) <= NEARLY * bounds.area:
        return bounds
    slants = any(abs(a.x - b.x) > NEARLY < abs(a.y - b.y) for a, b in edges_of(polygon))
    across = _lines([point.x for point in polygon], bounds.x, bounds.width, slants=slants)
    along = _lines([point.y for point in polygon], bounds.y, bounds.height, slants=slants)
    free = [[_is_free(polygon, cell) for cell in _cells(across, row)] for row in pairwise(along)]
    boxes = _boxes(free, across, along)
    return max(boxes, key=lambda box: box.area, default=bounds)


def _cross(one: Edge, other: Edge) -> bool:
    """Tell whether two edges cross in a point that is no end of either."""
    (a, b), (c, d) = one, other
    return _turn(a, b, c) * _turn(a, b, d) < -NEARLY and _turn(c, d, a) * _turn(c, d, b) < -NEARLY


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)


def _common(a: Point, b: Point, c: Point, d: Point) -> Edge | None:
    """Return what two upright edges on one line have in common."""
    for axis in (0, 1):
        level = 1 - axis
        ends = (a[level], b[level], c[level], d[level])
        if max(ends) - min(ends) < NEARLY:
            low = max(min(a[axis], b[axis]), min(c[axis], d[axis]))
            high = min(max(a[axis], b[axis]), max(c[axis], d[axis]))
            if high - low > NEARLY:
                first, last = (low, ends[0]), (high, ends[0])
                return (
                    (Point(*first), Point(*last))
                    if axis == 0
                    else (
                        Point(*reversed(first)),
                        Point(*reversed(last)),
                    )
                )
    return None


def _lines(values: list[float], start: float, length: float, *, slants: bool) -> list[float]:
    """Return where a grid is drawn: through every corner, and between where walls slant."""
    between = [start + length * n / STRIPS for n in range(STRIPS + 1)] if slants else []
    lines: list[float] = []
    for value in sorted([*(values if len(values) <= 2 * STRIPS else []), *between]):
        if not lines or value - lines[-1] > NEARLY:
            lines.append(value)
    return lines


def _between(values: list[float], low: float, high: float) -> list[float]:
    """Return the middles between lines through corners, as far as they lie in a range.

    Of very many corners some are left out.
    """
    inner = [value for value in values if low < value < high]
    lines = _lines([low, *inner[:: -(-len(inner) // STRIPS) or 1], high], low, 0, slants=False)
    return [(a + b) / 2 for a, b in pairwise(lines)]


def _cells(across: list[float], row: tuple[float, float]) -> Iterator[Box]:
    low, high = row
    for left, right in pairwise(across):
        yield Box(x=left, y=low, width=right - left, height=high - low)


def _is_free(polygon: Polygon, cell: Box) -> bool:
    """Tell whether a cell lies within: its middle does, and no wall cuts off a corner."""
    inner = cell.shrunk(min(cell.width, cell.height) / 100)
    points = (*inner.corners, Point(cell.x + cell.width / 2, cell.y + cell.height / 2))
    return all(is_inside(polygon, point) for point in points)


def _boxes(free: list[list[bool]], across: list[float], along: list[float]) -> Iterator[Box]:
    """Yield, for each band of rows, its widest boxes of free cells."""
    for first in range(len(free)):
        open_columns = [True] * (len(across) - 1)
        for last in range(first, len(free)):
            open_columns = [a and b for a, b in zip(open_columns, free[last], strict=True)]
            height = along[last + 1] - along[first]
            for left, right in _runs(open_columns):
                width = across[right] - across[left]
                yield Box(x=across[left], y=along[first], width=width, height=height)


def _runs(flags: list[bool]) -> Iterator[tuple[int, int]]:
    start = None
    for at, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = at
        elif not flag and start is not None:
            yield start, at
            start = None
