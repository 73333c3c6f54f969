"""Shapes from files: what is read, what is called what, and every fault at once."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scheduler.problem.types import ZoneId
from tests.builders import make_problem, make_zone
from web.use_cases.floors.shapes import Shape, in_metres, match_zones
from web.use_cases.floors.upload import preview_upload, read_shapes

HEAD = 'xmlns="http://www.w3.org/2000/svg"'
SQUARE = [(0, 0), (4, 0), (4, 4), (0, 4)]


def svg(*elements: str, root: str = "") -> bytes:
    return f"<svg {HEAD} {root}>{''.join(elements)}</svg>".encode()


def corners(data: bytes) -> list[list[tuple[float, float]]]:
    """Return the corners of every shape of a file, to three digits."""
    return [
        [(round(x, 3), round(y, 3)) for x, y in shape.polygon] for shape in read_shapes(data).shapes
    ]


def faults(data: bytes) -> list[tuple[str, str]]:
    return [(fault.kind.value, fault.shape) for fault in read_shapes(data).faults]


@pytest.mark.parametrize(
    "element",
    [
        '<polygon points="0,0 4,0 4,4 0,4"/>',
        '<polyline points="0 0 4 0 4 4 0 4 0 0"/>',
        '<rect width="4" height="4px"/>',
        '<path d="M0 0 L4 0 L4 4 L0 4 Z"/>',
        '<path d="M0,0 4,0 4,4 0,4z"/>',
        '<path d="m0 0h4v4h-4z"/>',
        '<g transform="translate(-2 -3)"><rect x="2" y="3" width="4" height="4"/></g>',
        '<rect width="2" height="1" transform="scale(2,4)"/>',
        '<rect y="-4" width="4" height="4" transform="rotate(90)"/>',
        '<rect x="4" width="4" height="4" transform="rotate(90 4 0)"/>',
        '<rect width="1" height="1" transform="matrix(4 0 0 4 0 0)"/>',
        '<svg><a><rect width="4" height="4"/></a></svg>',
    ],
)
def test_every_way_to_draw_a_square_is_read(element: str) -> None:
    (drawn,) = corners(svg(element))
    assert sorted(drawn) == sorted(SQUARE)


def test_what_is_not_seen_or_is_no_outline_is_passed_over() -> None:
    data = svg(
        '<defs><rect width="4" height="4"/></defs>',
        '<text>Room</text><circle r="4"/><image/>',
        '<g style="display:none"><rect width="4" height="4"/></g>',
        '<rect id="seen" width="4" height="4"/>',
    )
    assert [shape.name for shape in read_shapes(data).shapes] == ["seen"]


def test_every_fault_of_a_drawing_is_named_at_once() -> None:
    data = svg(
        '<path id="round" d="M0 0C1 1 2 2 3 3Z"/>',
        '<path id="holed" d="M0 0H9V9H0Z M1 1H2V2H1Z"/>',
        '<rect id="soft" width="4" height="4" rx="1"/>',
        '<polygon id="words" points="a,b c,d"/>',
        '<polygon id="flat" points="0,0 4,0 8,0"/>',
        '<polygon id="tie" points="0,0 4,4 4,0 0,4"/>',
        '<rect id="slanted" width="4" height="4" transform="skewX(9)"/>',
        '<path id="short" d="M0 0 L4"/>',
        '<rect id="fine" width="4" height="4"/>',
    )
    assert faults(data) == [
        ("curved", "round"),
        ("several_parts", "holed"),
        ("rounded", "soft"),
        ("not_numbers", "words"),
        ("transform", "slanted"),
        ("not_numbers", "short"),
        ("few_points", "flat"),
        ("crosses", "tie"),
    ]


ENTITIES = b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg><text>&b;</text></svg>'
OUTSIDE = b'<!DOCTYPE svg SYSTEM "file:///etc/passwd"><svg/>'


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"not a drawing", "unreadable"),
        (b"<svg", "unreadable"),
        (b"<html><p/></html>", "unreadable"),
        (b'{"a": ', "unreadable"),
        (b"[" * 20_000, "unreadable"),
        (b"\x89PNG\r\n\x1a\n", "unreadable"),
        (ENTITIES, "forbidden"),
        (OUTSIDE, "forbidden"),
        (svg("<text>Room</text>"), "no_shapes"),
        (b"{}", "no_shapes"),
        (b"[1, 2]", "no_shapes"),
        (svg('<rect width="1" height="1"/>' * 501), "too_many"),
        (b" " * 1_000_001, "too_large"),
        (svg('<polygon points="' + "0,0 1,0 1,1 0,2 " * 60 + '"/>'), "many_points"),
        (svg('<rect width="1e999" height="1"/>'), "not_numbers"),
    ],
)
def test_what_is_no_drawing_of_zones_is_refused_by_kind(data: bytes, kind: str) -> None:
    assert [found for found, _ in faults(data)] == [kind]


def feature(name: str, *rings: Any, kind: str = "Polygon") -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"zone": name},
        "geometry": {"type": kind, "coordinates": list(rings)},
    }


def collection(*features: dict[str, Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


CLOSED = [*SQUARE, SQUARE[0]]


@pytest.mark.parametrize(
    "data",
    [
        collection(feature("zone-a", CLOSED)),
        collection(feature("zone-a", [CLOSED], kind="MultiPolygon")),
        json.dumps(feature("zone-a", CLOSED)).encode(),
        json.dumps({"zone-a": SQUARE}).encode(),
        b"\xef\xbb\xbf" + json.dumps({"zone-a": SQUARE}).encode(),
    ],
    ids=["collection", "multipolygon", "feature", "corners by zone", "byte order mark"],
)
def test_every_way_to_say_a_square_in_json_is_read(data: bytes) -> None:
    (shape,) = read_shapes(data).shapes
    assert (shape.name, list(shape.polygon)) == ("zone-a", SQUARE)


def test_every_fault_of_a_json_file_is_named_at_once() -> None:
    data = collection(
        feature("holed", CLOSED, CLOSED),
        feature("parts", [CLOSED], [CLOSED], kind="MultiPolygon"),
        feature("words", [["a", "b"]]),
        feature("true", [[True, False]]),
        feature("nothing"),
        feature("flat", [[0, 0], [9, 0]]),
        feature("line", CLOSED, kind="LineString"),
        feature("fine", CLOSED),
    )
    assert faults(data) == [
        ("several_parts", "holed"),
        ("several_parts", "parts"),
        ("not_numbers", "words"),
        ("not_numbers", "true"),
        ("not_numbers", "nothing"),
        ("few_points", "flat"),
    ]


def test_degrees_of_the_globe_become_metres() -> None:
    # 0.0001 degrees are 11.132 m northwards, and cos 37.5 = 0.7934 of that eastwards.
    ring = [[127.0, 37.5], [127.0001, 37.5], [127.0001, 37.5001], [127.0, 37.5001]]
    (drawn,) = corners(collection(feature("zone-a", ring)))
    assert drawn == [(0, 0), (8.832, 0), (8.832, 11.132), (0, 11.132)]


ZONES = (
    make_zone("zone-a", area_m2=100),
    make_zone("lab", area_m2=100),
    make_zone("hall", area_m2=50),
)


def shapes(*names: tuple[str, ...], inherited: tuple[str, ...] = ()) -> list[Shape]:
    return [
        Shape(number=number, polygon=(), names=each, inherited=inherited)
        for number, each in enumerate(names, start=1)
    ]


def test_shapes_are_matched_by_id_by_name_and_by_their_own_drawing_s_ids() -> None:
    found = match_zones(shapes(("x", " LAB "), ("zone-zone-a",), ("nobody",)), ZONES)
    assert found == {1: "lab", 2: "zone-a"}


def test_only_the_first_of_two_shapes_has_the_zone() -> None:
    assert match_zones(shapes(("lab",), ("lab",)), ZONES) == {1: "lab"}


def test_a_group_lends_its_name_to_its_only_shape() -> None:
    assert match_zones(shapes(("path12",), inherited=("hall",)), ZONES) == {1: "hall"}
    assert match_zones(shapes(("p1",), ("p2",), inherited=("hall",)), ZONES) == {}


def test_a_name_that_two_zones_have_is_nobody_s() -> None:
    twins = (make_zone("a"), make_zone("b"))
    named = tuple(type(zone)(id=zone.id, floor=zone.floor, name="Study") for zone in twins)
    assert match_zones(shapes(("Study",)), named) == {}


TWO = svg(
    '<rect id="zone-a" x="10" width="20" height="20"/>',
    '<rect id="o" y="30" width="5" height="5"/>',
)


def drawn(width: float | None = None) -> list[list[tuple[float, float]]]:
    file = read_shapes(TWO)
    zones = {zone.id: zone for zone in ZONES}
    found = in_metres(file, zones, {1: ZoneId("zone-a")}, width)
    return [list(shape.polygon) for shape in found.shapes]


def test_a_drawing_is_as_large_as_its_zones_say_and_stands_on_its_head() -> None:
    # 400 units for 100 m2: half a metre a unit; the lowest corner, y = 35, becomes 0.
    assert drawn() == [
        [(5, 17.5), (15, 17.5), (15, 7.5), (5, 7.5)],
        [(0, 2.5), (2.5, 2.5), (2.5, 0), (0, 0)],
    ]


def test_a_width_in_metres_says_how_large_a_drawing_is() -> None:
    assert drawn(60.0)[0] == [(20, 70), (60, 70), (60, 30), (20, 30)]


@pytest.mark.parametrize(
    ("data", "width", "kind"),
    [
        (svg('<rect id="o" width="5" height="5"/>'), None, "no_scale"),
        (json.dumps({"zone-a": [[0, 0], [3000, 0], [0, 5]]}).encode(), None, "too_large_floor"),
    ],
)
def test_a_drawing_without_a_sensible_size_is_refused(
    data: bytes, width: float | None, kind: str
) -> None:
    view = preview_upload(make_problem(), "floor-1", data, language="en", width=width)
    assert [fault.kind for fault in view.faults] == [kind]
    assert view.rows == ()


@pytest.mark.parametrize(
    "element",
    [
        f'<rect id="a" width="{"1" * 500_000}x" height="1"/>',
        f'<rect id="a" width="1" height="1" transform="{"a" * 500_000}"/>',
    ],
    ids=["number", "transform"],
)
def test_a_drawing_that_would_take_for_ever_to_read_is_refused_at_once(element: str) -> None:
    assert [kind for kind, _ in faults(svg(element))] != []
