"""Rooms that have no shapes of their own: laid out by their area, beside each other, in order."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.problem.places import Zone
from tests.builders import make_zone
from web.use_cases.floors.geometry import Box, Polygon, area_of, bounds_of, shared_edge
from web.use_cases.floors.layout import area_to_draw, depth_of_rooms, lay_out

AREAS = st.lists(st.integers(4, 900), min_size=1, max_size=24)
LITTLE = 1e-6


def rooms_of(*areas: int) -> list[Zone]:
    """Return zones of these square metres, named by their order."""
    return [make_zone(f"zone-{n}", area_m2=area) for n, area in enumerate(areas)]


def box(polygon: Polygon) -> Box:
    return bounds_of([polygon])


def common_area(one: Box, other: Box) -> float:
    across = min(one.right, other.right) - max(one.x, other.x)
    along = min(one.top, other.top) - max(one.y, other.y)
    return max(0.0, across) * max(0.0, along)


@given(areas=AREAS)
@settings(max_examples=120, deadline=None)
def test_rooms_corridors_and_stairs_never_lie_over_each_other(areas: list[int]) -> None:
    layout = lay_out(rooms_of(*areas))
    everything = [*layout.rooms.values(), *layout.corridors, *layout.stairs]
    for one, other in combinations(map(box, everything), 2):
        assert common_area(one, other) < LITTLE


@given(areas=AREAS)
@settings(max_examples=120, deadline=None)
def test_every_room_has_its_area_on_a_corridor(areas: list[int]) -> None:
    zones = rooms_of(*areas)
    layout = lay_out(zones)
    for zone in zones:
        room = layout.rooms[zone.id]
        assert area_of(room) == pytest.approx(zone.area_m2)
        assert any(shared_edge(room, corridor) for corridor in layout.corridors)


@given(areas=AREAS)
@settings(max_examples=60, deadline=None)
def test_everything_lies_within_the_outline_and_comes_out_the_same_again(areas: list[int]) -> None:
    layout = lay_out(rooms_of(*areas))
    outline = layout.bounds
    for polygon in (*layout.rooms.values(), *layout.corridors, *layout.stairs):
        assert common_area(box(polygon), outline) == pytest.approx(area_of(polygon))
    assert layout == lay_out(rooms_of(*areas))


@given(areas=AREAS, added=st.integers(4, 900))
@settings(max_examples=120, deadline=None)
def test_a_zone_that_is_added_moves_no_other_as_long_as_rooms_stay_as_deep(
    areas: list[int], added: int
) -> None:
    before, after = rooms_of(*areas), rooms_of(*areas, added)
    if depth_of_rooms(before) == depth_of_rooms(after):
        rooms = lay_out(after).rooms
        assert lay_out(before).rooms == {zone.id: rooms[zone.id] for zone in before}


def test_three_rooms_stand_in_a_row_and_the_others_across_the_corridor() -> None:
    # 100 m2 each: 10 m deep, so 10 m wide.
    rooms = [box(each) for each in lay_out(rooms_of(100, 100, 100, 100)).rooms.values()]
    assert [(each.x, each.y, each.width, each.height) for each in rooms] == [
        (0, -10, 10, 10),
        (10, -10, 10, 10),
        (20, -10, 10, 10),
        (0, -22.4, 10, 10),
    ]


def test_what_the_shorter_row_leaves_over_begins_with_stairs() -> None:
    layout = lay_out(rooms_of(100, 100, 100, 100))
    assert [box(each) for each in layout.stairs] == [Box(x=10, y=-22.4, width=4, height=10)]


def test_many_rooms_go_to_several_corridors() -> None:
    layout = lay_out(rooms_of(*[100] * 20))
    assert layout.bounds.width == 60
    assert len(layout.corridors) == 3


def test_a_zone_that_says_no_area_gets_some_by_its_desks() -> None:
    zones = [make_zone("full", area_m2=0, desks=10), make_zone("empty", area_m2=0, desks=0)]
    assert [area_to_draw(zone) for zone in zones] == [40, 6]


def test_shapes_stay_as_given_and_others_lie_beside_them() -> None:
    shape = ((0.0, 0.0), (20.0, 0.0), (20.0, 8.0), (0.0, 8.0))
    layout = lay_out([make_zone("given", shape=shape), make_zone("other", area_m2=36)])
    other = box(layout.rooms[make_zone("other").id])
    assert layout.rooms[make_zone("given").id] == shape
    assert layout.given == {"given"}
    assert (other.x, other.top) == (0, -3)
    assert other.area == pytest.approx(36)


def test_beside_a_tall_shape_there_is_room_on_its_right() -> None:
    tall = ((0.0, 0.0), (5.0, 0.0), (5.0, 30.0), (0.0, 30.0))
    layout = lay_out([make_zone("tall", shape=tall), make_zone("other", area_m2=36)])
    other = box(layout.rooms[make_zone("other").id])
    assert (other.x, other.top) == (8, 30)


def test_a_shape_that_lies_over_another_or_has_no_area_is_not_taken() -> None:
    square = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))
    line = ((0.0, 0.0), (9.0, 0.0), (5.0, 0.0))
    zones = [
        make_zone("first", shape=square),
        make_zone("over-it", shape=square),
        make_zone("flat", shape=line),
    ]
    assert lay_out(zones).given == {"first"}


def test_a_floor_without_zones_still_has_an_outline() -> None:
    assert lay_out([]).bounds.area == 96
