"""Gives the zones of a floor the shapes that somebody uploads: looked at first, then applied."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy.orm import Session

from models.history_store import Change, find_undoable
from models.steps import Step
from models.subjects import document_of
from scheduler.problem.places import Floor, Zone
from scheduler.problem.problem import Problem
from scheduler.problem.types import FloorId, Name, ZoneId, text_in
from web.use_cases.editing import Edit, make_steps, undo
from web.use_cases.errors import NothingToUndoError
from web.use_cases.floors.drawing import draw_floor
from web.use_cases.floors.geojson import read_json
from web.use_cases.floors.geometry import Polygon, area_of, overlap, polygon_of
from web.use_cases.floors.page import get_floor, zones_of
from web.use_cases.floors.shapes import (
    LARGEST_FILE,
    Fault,
    FaultKind,
    Shape,
    ShapeFile,
    check_shapes,
    in_metres,
    match_zones,
)
from web.use_cases.floors.svg import read_svg
from web.use_cases.names import Names
from web.use_cases.views.floor_shapes import FaultView, ShapeRow, ShapesView, ShapeZone

OFF = 0.2
"""A drawn area that differs from the zone's by more than this share is worth a word."""

_SHAPES: TypeAdapter[list[tuple[int, str, list[tuple[float, float]]]]] = TypeAdapter(
    list[tuple[int, str, list[tuple[float, float]]]]
)
_SEEN: TypeAdapter[dict[str, dict[str, Any]]] = TypeAdapter(dict[str, dict[str, Any]])


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What somebody decided after the preview.

    ``zones`` says by a shape's number which zone it is for, ``seen`` how the zones stood.
    """

    shapes: tuple[Shape, ...]
    zones: Mapping[int, ZoneId]
    seen: Mapping[str, dict[str, Any]]


class BrokenFormError(ValueError):
    """What comes back from a preview is not what was sent out."""


def show_upload(problem: Problem, floor_id: str, *, language: str) -> ShapesView:
    """Return the page before anything was uploaded."""
    return _view(problem, get_floor(problem, floor_id), language, ShapeFile(), {})


def preview_upload(
    problem: Problem, floor_id: str, data: bytes, *, language: str, width: float | None = None
) -> ShapesView:
    """Return what a file would make of a floor, or everything that is wrong with it."""
    floor = get_floor(problem, floor_id)
    zones = zones_of(problem, floor.id)
    file = read_shapes(data)
    matched = match_zones(file.shapes, zones)
    if not file.faults:
        file = in_metres(file, {zone.id: zone for zone in zones}, matched, width)
    return _view(problem, floor, language, file, {} if file.faults else matched)


def read_shapes(data: bytes) -> ShapeFile:
    """Return the shapes of a file, an SVG or JSON by how it begins."""
    if len(data) > LARGEST_FILE:
        return ShapeFile(faults=(Fault(kind=FaultKind.TOO_LARGE),))
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        return ShapeFile(faults=(Fault(kind=FaultKind.EMPTY),))
    return read_json(start) if start[:1] in b"{[" else read_svg(start)


def read_choice(shapes: str, seen: str, zones: Mapping[int, str]) -> Choice:
    """Return a choice from the preview's form; ``BrokenFormError`` where it is none."""
    try:
        drawn = _SHAPES.validate_json(shapes)
        stood = _SEEN.validate_json(seen)
    except ValidationError as error:
        raise BrokenFormError(str(error)) from None
    return Choice(
        shapes=tuple(
            Shape(number=number, polygon=polygon_of(points), names=(name,) if name else ())
            for number, name, points in drawn
        ),
        zones={number: ZoneId(zone) for number, zone in zones.items() if zone},
        seen=stood,
    )


def check_choice(problem: Problem, floor_id: str, choice: Choice) -> tuple[Fault, ...]:
    """Return what is wrong with a choice: shapes that are none, a zone twice or elsewhere."""
    here = {zone.id for zone in zones_of(problem, FloorId(floor_id))}
    chosen = list(choice.zones.values())
    twice = dict.fromkeys(zone for zone in chosen if chosen.count(zone) > 1)
    strange = dict.fromkeys(zone for zone in chosen if zone not in here or zone not in choice.seen)
    return (
        *check_shapes(choice.shapes),
        *(Fault(kind=FaultKind.TWICE, shape=zone) for zone in twice),
        *(Fault(kind=FaultKind.NOT_HERE, shape=zone) for zone in strange),
    )


def preview_choice(
    problem: Problem, floor_id: str, choice: Choice, faults: tuple[Fault, ...], *, language: str
) -> ShapesView:
    """Return the preview of a choice again, with what is wrong with it."""
    file = ShapeFile(shapes=choice.shapes, faults=faults)
    return _view(problem, get_floor(problem, floor_id), language, file, choice.zones)


def apply_choice(session: Session, programme_id: str, choice: Choice, edit: Edit) -> Change | None:
    """Give zones their shapes, all or none; None where they have them already."""
    polygons = {shape.number: shape.polygon for shape in choice.shapes}
    steps = [
        _step(zone, choice.seen[zone], [list(point) for point in polygons[number]])
        for number, zone in choice.zones.items()
        if number in polygons
    ]
    return make_steps(session, programme_id, steps, edit)


def clear_shapes(
    session: Session, programme_id: str, seen: Mapping[str, dict[str, Any]], edit: Edit
) -> Change | None:
    """Take the shapes of zones away, so that they are laid out by themselves again."""
    steps = [_step(zone, before, None) for zone, before in seen.items()]
    return make_steps(session, programme_id, steps, edit)


def undo_upload(session: Session, programme_id: str, change_id: int, edit: Edit) -> Change:
    """Take an upload back, unless the programme's data were changed since."""
    latest = find_undoable(session, programme_id, None)
    if latest is None or latest.id != change_id:
        raise NothingToUndoError("The programme's data were changed since: see the history.")
    return undo(session, programme_id, edit)


def _step(zone: str, before: dict[str, Any], shape: list[list[float]] | None) -> Step:
    return Step(subject="zones", key=zone, before=before, after={**before, "shape": shape})


def _view(
    problem: Problem,
    floor: Floor,
    language: str,
    file: ShapeFile,
    matched: Mapping[int, ZoneId],
) -> ShapesView:
    zones = zones_of(problem, floor.id)
    building = next(each for each in problem.buildings if each.id == floor.building)
    drawn = () if _is_unusable(file) else file.shapes
    rows = tuple(_row(shape, matched.get(shape.number), problem) for shape in drawn)
    by_zone = {matched[shape.number]: shape.polygon for shape in drawn if shape.number in matched}
    return ShapesView(
        programme_id=problem.programme.id,
        programme=Names(problem=problem, language=language).programme(),
        floor_id=floor.id,
        floor=text_in(floor.name, language),
        building=text_in(building.name, language),
        zones=tuple(_zone(zone, language, by_zone) for zone in zones),
        rows=rows,
        faults=tuple(_fault(fault, problem, language) for fault in file.faults),
        overlaps=tuple(_overlaps(zones, by_zone, language)),
        drawing=draw_floor(list(_after(zones, drawn, matched)), language, {}),
        shapes=_shapes_text(drawn),
        seen=json.dumps({zone.id: document_of(zone) for zone in zones}, ensure_ascii=False),
    )


def _is_unusable(file: ShapeFile) -> bool:
    """Tell whether a file as a whole is refused; a choice that is wrong can still be mended."""
    return any(fault.kind not in {FaultKind.TWICE, FaultKind.NOT_HERE} for fault in file.faults)


def _row(shape: Shape, zone_id: ZoneId | None, problem: Problem) -> ShapeRow:
    zone = None if zone_id is None else problem.zone.get(zone_id)
    area = area_of(shape.polygon)
    says = None if zone is None or not zone.area_m2 else zone.area_m2
    return ShapeRow(
        number=shape.number,
        name=shape.name,
        area=round(area, 1),
        zone=zone_id,
        zone_area=says,
        is_off=says is not None and abs(area - says) > OFF * says,
    )


def _zone(zone: Zone, language: str, by_zone: Mapping[ZoneId, Polygon]) -> ShapeZone:
    return ShapeZone(
        id=zone.id,
        name=text_in(zone.name, language),
        area_m2=zone.area_m2,
        has_shape=zone.shape is not None,
        is_matched=zone.id in by_zone,
    )


def _fault(fault: Fault, problem: Problem, language: str) -> FaultView:
    """Return a fault; of a zone it says the zone's name."""
    zone = problem.zone.get(ZoneId(fault.shape))
    about_zone = fault.kind in {FaultKind.TWICE, FaultKind.NOT_HERE} and zone is not None
    shape = text_in(zone.name, language) if about_zone and zone is not None else fault.shape
    return FaultView(kind=fault.kind.value, shape=shape, detail=fault.detail)


def _after(
    zones: Sequence[Zone], shapes: Iterable[Shape], matched: Mapping[int, ZoneId]
) -> Iterator[Zone]:
    """Yield zones as they would be, and what is drawn and is none's as zones without desks."""
    drawn = tuple(shapes)
    by_zone = {matched[each.number]: each.polygon for each in drawn if each.number in matched}
    for zone in zones:
        yield replace(zone, shape=by_zone[zone.id]) if zone.id in by_zone else zone
    for shape in drawn:
        if shape.number not in matched:
            yield _nobodys(zones, shape)


def _nobodys(zones: Sequence[Zone], shape: Shape) -> Zone:
    name: Name = shape.name
    return Zone(
        id=ZoneId(f"shape-{shape.number}"),
        floor=zones[0].floor if zones else FloorId("floor"),
        name=name,
        desks=0,
        area_m2=round(area_of(shape.polygon)),
        shape=shape.polygon,
    )


def _overlaps(
    zones: Iterable[Zone], by_zone: Mapping[ZoneId, Polygon], language: str
) -> Iterator[tuple[str, str]]:
    """Yield pairs of zones that would lie over each other."""
    drawn = [
        (text_in(zone.name, language), by_zone.get(zone.id) or polygon_of(zone.shape or ()))
        for zone in zones
        if zone.id in by_zone or zone.shape is not None
    ]
    if by_zone:
        for (one, first), (other, second) in combinations(drawn, 2):
            if overlap(first, second):
                yield one, other


def _shapes_text(shapes: Iterable[Shape]) -> str:
    drawn = [(shape.number, shape.name, shape.polygon) for shape in shapes]
    return json.dumps(drawn, ensure_ascii=False)
