"""Polygons: how large, whether they cross, and the largest box within."""

from __future__ import annotations

import pytest

from web.use_cases.floors.geometry import (
    Box,
    Point,
    area_of,
    bounds_of,
    crosses_itself,
    is_drawable,
    is_inside,
    largest_box,
    overlap,
    polygon_of,
    shared_edge,
)

SQUARE = polygon_of([(0, 0), (4, 0), (4, 4), (0, 4)])
CORNER = polygon_of([(0, 0), (10, 0), (10, 4), (6, 4), (6, 9), (0, 9)])


def test_the_area_of_an_l_is_that_of_its_two_arms() -> None:
    assert area_of(CORNER) == 10 * 4 + 6 * 5


def test_corners_that_repeat_count_once() -> None:
    assert polygon_of([(0, 0), (4, 0), (4, 0), (4, 4), (0, 4), (0, 0)]) == SQUARE


@pytest.mark.parametrize(
    "points",
    [
        [],
        [(1, 1)],
        [(0, 0), (4, 0)],
        [(0, 0), (4, 0), (8, 0)],
        [(0, 0), (float("inf"), 0), (0, 1)],
        [(0, 0), (float("nan"), 0), (0, 1)],
    ],
    ids=["nothing", "a point", "a line", "a flat one", "endless", "no number"],
)
def test_what_has_no_area_cannot_be_drawn(points: list[tuple[float, float]]) -> None:
    assert not is_drawable(polygon_of(points))


def test_the_notch_of_an_l_is_outside() -> None:
    assert [is_inside(CORNER, Point(*at)) for at in ((1, 1), (9, 1), (9, 8), (5, 8))] == [
        True,
        True,
        False,
        True,
    ]


def test_a_bow_tie_crosses_itself_and_an_l_does_not() -> None:
    tie = polygon_of([(0, 0), (4, 4), (4, 0), (0, 4)])
    assert (crosses_itself(tie), crosses_itself(CORNER)) == (True, False)


@pytest.mark.parametrize(
    ("other", "lies_over"),
    [
        ([(4, 0), (8, 0), (8, 4), (4, 4)], False),
        ([(3, 0), (8, 0), (8, 4), (3, 4)], True),
        ([(1, 1), (2, 1), (2, 2), (1, 2)], True),
        ([(0, 0), (4, 0), (4, 4), (0, 4)], True),
        ([(9, 9), (10, 9), (10, 10)], False),
    ],
    ids=["beside", "over a wall", "within", "the same", "far away"],
)
def test_rooms_that_share_a_wall_do_not_lie_over_each_other(
    other: list[tuple[float, float]], lies_over: bool
) -> None:
    assert overlap(SQUARE, polygon_of(other)) == lies_over
    assert overlap(polygon_of(other), SQUARE) == lies_over


def test_the_wall_of_two_rooms_is_what_they_have_in_common() -> None:
    beside = polygon_of([(4, 1), (9, 1), (9, 3), (4, 3)])
    assert shared_edge(SQUARE, beside) == (Point(4, 1), Point(4, 3))
    assert shared_edge(SQUARE, polygon_of([(5, 0), (9, 0), (9, 4)])) is None


def test_the_largest_box_of_an_l_is_its_larger_arm() -> None:
    # The upright arm has 6 x 9 = 54, the level one 10 x 4 = 40.
    assert largest_box(CORNER) == Box(x=0, y=0, width=6, height=9)


@pytest.mark.parametrize(
    "points",
    [
        [(0, 0), (10, 0), (5, 9)],
        [(5, 0), (10, 5), (5, 10), (0, 5)],
        [(0, 0), (9, 0), (12, 4), (9, 8), (0, 8)],
    ],
    ids=["triangle", "diamond", "bay"],
)
def test_the_box_in_a_slanting_room_lies_within_it(points: list[tuple[float, float]]) -> None:
    room = polygon_of(points)
    box = largest_box(room)
    assert box.area > 0.3 * area_of(room)
    assert all(is_inside(room, corner) for corner in box.shrunk(0.01).corners)


def test_bounds_go_round_everything() -> None:
    far = polygon_of([(20, -3), (21, -3), (21, 2)])
    assert bounds_of([SQUARE, far]) == Box(x=0, y=-3, width=21, height=7)
