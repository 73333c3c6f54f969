"""Reads shapes from an SVG: polygons, rectangles and paths of straight lines, with their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import cos, isfinite, radians, sin
from typing import Any, NamedTuple

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from web.use_cases.floors.geometry import Point, Polygon, polygon_of
from web.use_cases.floors.shapes import (
    MOST_SHAPES,
    Fault,
    FaultKind,
    Grid,
    Shape,
    ShapeFile,
    check_shapes,
)

GRID = "data-sarangchae"
"""Attribute of our own drawings: metres a unit, and where zero lies."""

SKIPPED = frozenset({"defs", "symbol", "clipPath", "mask", "marker", "pattern", "metadata", "text"})
DRAWN = frozenset({"polygon", "polyline", "rect", "path"})
LABEL = "{http://www.inkscape.org/namespaces/inkscape}label"

LONGEST_TRANSFORM = 1000

_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"
_NUMBERS = re.compile(_NUMBER)
_TOKENS = re.compile(rf"[A-Za-z]|{_NUMBER}")
_TRANSFORM = re.compile(r"\s*([a-zA-Z]+)\s*\(([^)]*)\)[\s,]*")
_HIDDEN = re.compile(r"display\s*:\s*none")


class _Matrix(NamedTuple):
    """The affine map x' = a x + c y + e, y' = b x + d y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def point(self, point: Point) -> Point:
        return Point(
            self.a * point.x + self.c * point.y + self.e,
            self.b * point.x + self.d * point.y + self.f,
        )

    def then(self, inner: _Matrix) -> _Matrix:
        """Return the map that does the inner one first."""
        e, f = self.point(Point(inner.e, inner.f))
        return _Matrix(
            self.a * inner.a + self.c * inner.b,
            self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d,
            self.b * inner.c + self.d * inner.d,
            e,
            f,
        )


class _ShapeError(Exception):
    """A shape that is no polygon."""

    def __init__(self, kind: FaultKind, detail: str = "") -> None:
        self.kind = kind
        self.detail = detail
        super().__init__(kind)


def read_svg(data: bytes) -> ShapeFile:
    """Return the shapes of an SVG with everything that is wrong; entities are not even read."""
    try:
        root = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        return ShapeFile(faults=(Fault(kind=FaultKind.FORBIDDEN),))
    except (ParseError, ValueError, LookupError) as error:
        return ShapeFile(faults=(Fault(kind=FaultKind.UNREADABLE, detail=str(error)),))
    if _tag(root) != "svg":
        return ShapeFile(faults=(Fault(kind=FaultKind.UNREADABLE, detail=f"<{_tag(root)}>"),))
    shapes: list[Shape] = []
    faults: list[Fault] = []
    for number, (element, inherited, matrix) in enumerate(_drawn(root), start=1):
        names = _names(element)
        name = next(iter((*names, *inherited)), f"#{number}")
        try:
            polygon = _polygon(element, matrix)
        except _ShapeError as error:
            faults.append(Fault(kind=error.kind, shape=name, detail=error.detail))
            continue
        shapes.append(Shape(number=number, polygon=polygon, names=names, inherited=inherited))
    if len(shapes) > MOST_SHAPES:
        return ShapeFile(faults=(Fault(kind=FaultKind.TOO_MANY, detail=str(MOST_SHAPES)),))
    faults += check_shapes(shapes)
    if not shapes and not faults:
        faults.append(Fault(kind=FaultKind.NO_SHAPES))
    return ShapeFile(shapes=tuple(shapes), faults=tuple(faults), grid=_grid(root))


def _drawn(root: Any) -> Iterator[tuple[Any, tuple[str, ...], _Matrix | None]]:
    """Yield visible shapes in order, each with its group's names and where it is moved to.

    The map is None where the drawing moves it in a way that is not read.
    """
    waiting: list[tuple[Any, tuple[str, ...], _Matrix | None]] = [(root, (), _Matrix())]
    while waiting:
        element, inherited, outer = waiting.pop()
        tag = _tag(element)
        hidden = element.get("display") == "none" or _HIDDEN.search(element.get("style", ""))
        if tag in SKIPPED or hidden:
            continue
        matrix = _moved(outer, element.get("transform", ""))
        if tag in DRAWN:
            yield element, inherited, matrix
        elif tag in {"svg", "g", "a"}:
            names = inherited if element is root else _names(element) or inherited
            waiting += ((child, names, matrix) for child in reversed(element))


def _tag(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _names(element: Any) -> tuple[str, ...]:
    """Return what an element is called: by its zone, its title, its label, its id."""
    title = next((child.text for child in element if _tag(child) == "title"), None)
    found = (element.get("data-zone"), title, element.get(LABEL), element.get("id"))
    return tuple(name.strip() for name in found if name and name.strip())


def _polygon(element: Any, matrix: _Matrix | None) -> Polygon:
    if matrix is None:
        raise _ShapeError(FaultKind.TRANSFORM, element.get("transform", ""))
    tag = _tag(element)
    if tag == "rect":
        points = _rectangle(element)
    elif tag == "path":
        points = _path(element.get("d", ""))
    else:
        values = _floats(element.get("points", ""))
        points = [Point(x, y) for x, y in zip(values[::2], values[1::2], strict=False)]
    return polygon_of(matrix.point(point) for point in points)


def _rectangle(element: Any) -> list[Point]:
    if any(_length(element.get(name)) for name in ("rx", "ry")):
        raise _ShapeError(FaultKind.ROUNDED)
    x, y, width, height = (_length(element.get(name)) for name in ("x", "y", "width", "height"))
    return [Point(x, y), Point(x + width, y), Point(x + width, y + height), Point(x, y + height)]


def _length(text: str | None) -> float:
    """Return a length in the drawing's own units; others cannot be told apart from it."""
    found = _NUMBERS.fullmatch((text or "0").strip().removesuffix("px"))
    if found is None:
        raise _ShapeError(FaultKind.NOT_NUMBERS, text or "")
    return _finite(found.group())


def _finite(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise _ShapeError(FaultKind.NOT_NUMBERS, text)
    return value


def _floats(text: str) -> list[float]:
    if _NUMBERS.sub("", text).replace(",", "").strip():
        raise _ShapeError(FaultKind.NOT_NUMBERS, text[:40])
    return [_finite(each) for each in _NUMBERS.findall(text)]


def _path(text: str) -> list[Point]:
    """Return the corners of one closed line; curves and further parts are refused."""
    if _TOKENS.sub("", text).replace(",", "").strip():
        raise _ShapeError(FaultKind.NOT_NUMBERS, text[:40])
    tokens = _TOKENS.findall(text)
    points: list[Point] = []
    at, command, is_closed = Point(0.0, 0.0), "", False
    place = 0
    while place < len(tokens):
        if tokens[place].isalpha():
            command, place = tokens[place], place + 1
            if command in "zZ":
                is_closed = True
                at = points[0] if points else at
                continue
            if command in "mM" and points:
                raise _ShapeError(FaultKind.SEVERAL_PARTS)
        if command not in {*"MmLlHhVv"}:
            raise _ShapeError(FaultKind.CURVED if command.isalpha() else FaultKind.NOT_NUMBERS)
        if is_closed:
            raise _ShapeError(FaultKind.SEVERAL_PARTS)
        step = 1 if command in "HhVv" else 2
        at = _step(at, command, tokens[place : place + step])
        points.append(at)
        place += step
        command = {"M": "L", "m": "l"}.get(command, command)
    return points


def _step(at: Point, command: str, tokens: list[str]) -> Point:
    wanted = 1 if command in "HhVv" else 2
    if len(tokens) < wanted or any(token.isalpha() for token in tokens):
        raise _ShapeError(FaultKind.NOT_NUMBERS, " ".join([command, *tokens]))
    values = [_finite(token) for token in tokens]
    origin = at if command.islower() else Point(0.0, 0.0)
    if command in "Hh":
        return Point(origin.x + values[0], at.y)
    if command in "Vv":
        return Point(at.x, origin.y + values[0])
    return Point(origin.x + values[0], origin.y + values[1])


def _moved(outer: _Matrix | None, text: str) -> _Matrix | None:
    """Return the map of an element's own transform inside its group's, None if it is not read."""
    if len(text) > LONGEST_TRANSFORM or _TRANSFORM.sub("", text).strip():
        return None
    for name, inside in _TRANSFORM.findall(text):
        try:
            inner = _matrix(name, _floats(inside))
        except _ShapeError:
            inner = None
        outer = None if outer is None or inner is None else outer.then(inner)
    return outer


def _matrix(name: str, values: list[float]) -> _Matrix | None:
    match name, values:
        case "translate", [x, *rest] if len(rest) <= 1:
            return _Matrix(e=x, f=rest[0] if rest else 0.0)
        case "scale", [x, *rest] if len(rest) <= 1:
            return _Matrix(a=x, d=rest[0] if rest else x)
        case "rotate", [angle]:
            return _turned(angle)
        case "rotate", [angle, x, y]:
            return _Matrix(e=x, f=y).then(_turned(angle)).then(_Matrix(e=-x, f=-y))
        case "matrix", [a, b, c, d, e, f]:
            return _Matrix(a, b, c, d, e, f)
    return None


def _turned(angle: float) -> _Matrix:
    turn = radians(angle)
    return _Matrix(cos(turn), sin(turn), -sin(turn), cos(turn))


def _grid(root: Any) -> Grid | None:
    """Return what a drawing of ours says of its units, None of any other."""
    try:
        values = _floats(root.get(GRID, ""))
    except _ShapeError:
        return None
    match values:
        case [metres, left, top] if metres > 0:
            return Grid(metres=metres, left=left, top=top)
    return None
