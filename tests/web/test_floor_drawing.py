"""A floor as a picture: every desk in its room, names cut to their walls, one zone marked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.problem.places import ExclusiveBy
from scheduler.problem.types import ZoneId
from tests.builders import make_building, make_floor, make_problem, make_zone
from web.use_cases.errors import NotThereError
from web.use_cases.floors.drawing import draw_floor
from web.use_cases.floors.geometry import Box, Point, is_inside, polygon_of
from web.use_cases.floors.labels import initials_of, label_room, width_of
from web.use_cases.floors.page import show_zone_on_floor
from web.use_cases.views.floor_drawing import ZoneDrawing

L_SHAPE = ((0.0, 0.0), (12.0, 0.0), (12.0, 5.0), (7.0, 5.0), (7.0, 11.0), (0.0, 11.0))


def outline(zone: ZoneDrawing) -> tuple[Point, ...]:
    corners = (corner.split(",") for corner in zone.points.split())
    return polygon_of((float(x), float(y)) for x, y in corners)


@given(rooms=st.lists(st.tuples(st.integers(8, 500), st.integers(0, 40)), min_size=1, max_size=9))
@settings(max_examples=60, deadline=None)
def test_every_zone_has_its_desks_within_its_walls(rooms: list[tuple[int, int]]) -> None:
    zones = [
        make_zone(f"zone-{n}", area_m2=area, desks=min(desks, area // 4))
        for n, (area, desks) in enumerate(rooms)
    ]
    for zone, drawn in zip(zones, draw_floor(zones, "en", {}).zones, strict=True):
        walls = outline(drawn)
        assert [seat.number for seat in drawn.seats] == list(range(zone.desks))
        assert all(is_inside(walls, Point(seat.x, seat.y)) for seat in drawn.seats)


def test_no_two_desks_stand_on_one_spot() -> None:
    (drawn,) = draw_floor([make_zone(desks=24, area_m2=120, shape=L_SHAPE)], "en", {}).zones
    spots = {(seat.x, seat.y) for seat in drawn.seats}
    near = min(max(abs(a[0] - b[0]), abs(a[1] - b[1])) for a in spots for b in spots if a is not b)
    assert len(spots) == 24
    assert near >= 0.99 * drawn.seats[0].size


def test_seats_past_the_desks_are_extra() -> None:
    zone = make_zone(desks=2)
    (drawn,) = draw_floor([zone], "en", {zone.id: 3}).zones
    assert [seat.is_extra for seat in drawn.seats] == [False, False, True]


def test_y_goes_up_on_the_floor_and_down_in_the_picture() -> None:
    north = make_zone("north", shape=((0, 5), (10, 5), (10, 10), (0, 10)))
    south = make_zone("south", shape=((0, 0), (10, 0), (10, 5), (0, 5)))
    upper, lower = draw_floor([north, south], "en", {}).zones
    assert max(y for _, y in outline(upper)) == min(y for _, y in outline(lower))


def test_rooms_open_to_the_corridor_and_others_to_the_outside() -> None:
    corridor = make_zone("corridor", desks=0, shape=((0, 5), (20, 5), (20, 8), (0, 8)))
    room = make_zone("room", shape=((0, 0), (20, 0), (20, 5), (0, 5)))
    alone = make_zone("alone", shape=((30, 0), (40, 0), (40, 5), (30, 5)))
    doors = {zone.id: zone.door for zone in draw_floor([corridor, room, alone], "en", {}).zones}
    wall = max(y for _, y in outline(draw_floor([corridor, room, alone], "en", {}).zones[0]))
    assert doors["corridor"] is None
    assert doors["room"] is not None
    assert (doors["room"].ay, doors["room"].leaf != "") == (wall, True)
    assert doors["alone"] is not None
    assert doors["alone"].leaf == ""


def test_a_floor_without_zones_is_an_empty_sheet() -> None:
    drawing = draw_floor([], "en", {})
    assert (drawing.zones, drawing.corridors, drawing.stairs) == ((), (), ())


def test_an_exclusive_zone_bears_a_badge_that_its_name_makes_room_for() -> None:
    zone = make_zone(exclusive_by=ExclusiveBy.GROUP)
    (drawn,) = draw_floor([zone], "en", {}).zones
    assert drawn.badge is not None
    assert drawn.label is not None
    assert drawn.label.x + width_of(drawn.name, drawn.label.size) < drawn.badge.x


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Quiet study", ("Quiet study",)),
        ("Visiting researchers' joint study", ("Visiting", "researchers'", "joint study")),
        ("Donaudampfschifffahrtsgesellschaft", ("Donaudampfschifff…",)),
        ("방문 연구원 공동 연구실", ("방문 연구원", "공동 연구실")),
    ],
)
def test_a_name_is_written_in_lines_that_fit(name: str, lines: tuple[str, ...]) -> None:
    box = Box(x=0, y=0, width=150, height=200)
    label = label_room(name, box, has_desks=True, has_badge=False, small=False).name
    assert label is not None
    assert label.lines == lines
    assert all(width_of(line, label.size) <= 130 for line in label.lines)


def test_a_room_that_is_too_small_has_no_words() -> None:
    box = Box(x=0, y=0, width=20, height=200)
    labels = label_room("Store", box, has_desks=True, has_badge=True, small=False)
    assert (labels.name, labels.figures, labels.badge) == (None, None, None)


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Ada Lovelace", "AL"),
        ("Jean-Luc Picard", "JP"),
        ("Plato", "PL"),
        ("김민수", "민수"),
        ("남궁 민", "궁민"),
        ("李", "李"),
        ("", "?"),
    ],
)
def test_people_are_known_by_two_signs(name: str, initials: str) -> None:
    assert initials_of(name) == initials


def test_a_page_for_somebody_else_gets_the_floor_with_one_zone_marked() -> None:
    problem = make_problem(
        buildings=(make_building(),),
        floors=(make_floor(), make_floor("floor-2", level=2)),
        zones=(make_zone(), make_zone("zone-b"), make_zone("zone-c", floor="floor-2")),
    )
    picture = show_zone_on_floor(problem, "zone-b", language="en")
    assert [zone.id for zone in picture.drawing.zones] == ["zone-a", "zone-b"]
    assert (picture.marked, picture.place.floor) == ("zone-b", "floor-1")
    with pytest.raises(NotThereError):
        show_zone_on_floor(problem, ZoneId("zone-x"), language="en")
