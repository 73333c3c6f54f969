"""Where prices are, what capacities are worth under them, and who pays for what."""

from __future__ import annotations

from typing import Any

import numpy as np

from scheduler.bound.charges import build_charges
from scheduler.bound.grid import Grid
from scheduler.bound.layout import Layout
from scheduler.candidates.candidates import Part
from scheduler.candidates.resources import Demand, Demands
from scheduler.candidates.space import build_space
from tests.builders import day, make_problem, make_request, make_slot

YES, NO = True, False

# Rows 0 and 1 are two values of one exclusive zone, row 2 is a resource of its own; the two cells
# have 7 and 21 days.
GRID = Grid(
    np.array([[YES, YES], [NO, YES], [YES, NO]]),
    np.array([7, 21]),
    np.array([0, 0, 1]),
    np.array([[14.0, 42.0], [7.0, 63.0]]),
)


def test_a_grid_has_entries_only_where_rows_could_be_exceeded() -> None:
    assert GRID.size == 4
    assert GRID.before.tolist() == [[0, 1, 2], [2, 2, 3], [3, 4, 4]]
    assert GRID.length.tolist() == [7, 21, 21, 7]
    assert GRID.capacity.tolist() == [14, 42, 42, 7]


def test_values_where_there_is_no_entry_are_dropped() -> None:
    row, cell = np.array([0, 1, 1]), np.array([1, 0, 1])

    assert GRID.expand(row, cell, np.array([5.0, 6.0, 7.0])).tolist() == [0, 5, 7, 0]


def test_a_unit_costs_the_days_between_entries() -> None:
    # 2 x 7 days, 1 x 21, none, 3 x 7
    assert GRID.total(np.array([2.0, 1.0, 0.0, 3.0])).tolist() == [0, 14, 35, 35, 56]


def test_of_the_values_of_an_exclusive_zone_the_dearest_counts() -> None:
    # cell 0: 2 x 14; cell 1: the dearer of 1 and 4, x 42; the other resource: 3 x 7
    assert GRID.capacity_points(np.array([2.0, 1.0, 4.0, 3.0])) == 28 + 168 + 21


def test_slopes_are_those_of_the_dearest_values() -> None:
    assert GRID.capacity_slopes(np.array([2.0, 1.0, 4.0, 3.0])).tolist() == [14, 0, 42, 7]
    # two that are as dear share the capacity
    assert GRID.capacity_slopes(np.array([2.0, 4.0, 4.0, 3.0])).tolist() == [14, 21, 21, 7]


def test_a_layout_has_prices_where_requests_could_meet() -> None:
    early: dict[str, Any] = {"min_days": 28, "max_days": 28, "last_day": day("2026-02-01")}
    late: dict[str, Any] = {"min_days": 28, "max_days": 28, "first_day": day("2026-02-02")}
    slots = (make_slot(places=1),)
    ada = make_request("ada", **early)

    apart = make_problem(slots=slots, requests=(ada, make_request("bob", **late)))
    meeting = make_problem(slots=slots, requests=(ada, make_request("bob", **early)))

    assert Layout(build_space(apart)).grid.size == 0
    # the one place, in the first four of twelve weeks
    assert Layout(build_space(meeting)).grid.length.tolist() == [28]


def test_charges_are_found_by_request_part_and_who_serves() -> None:
    demands = Demands.of(
        [
            Demand(resource=0, request=0, part=Part.ZONE, who=3, amount=2),
            Demand(resource=1, request=0, part=Part.ZONE, who=3, amount=40),
            Demand(resource=2, request=0, part=Part.ZONE, who=5, amount=2),
            Demand(resource=3, request=0, part=None, who=-1, amount=1),
            Demand(resource=0, request=1, part=Part.ZONE, who=3, amount=1),
        ]
    )
    # resource 2 can not be exceeded
    charges = build_charges(demands, np.array([10, 11, -1, 12, 10]), requests=3)

    own = charges.of(0, Part.ZONE)
    assert [each.tolist() for each in own] == [[3, 3], [10, 11], [2, 40]]
    assert charges.of(0, None).row.tolist() == [12]
    assert not len(charges.of(0, Part.HOST).row)
    assert not len(charges.of(2, Part.ZONE).row)
    assert charges.requests().tolist() == [0, 0, 0, 1]
    assert charges.left.tolist() == [2, 1, 1, 1]
    who = np.array([1, 3, 5], dtype=np.int32)
    assert charges.first_of(0, Part.ZONE, who).tolist() == [-1, 0, -1]
    assert charges.first_of(1, Part.ZONE, who).tolist() == [-1, 3, -1]
    assert charges.first_of(2, Part.ZONE, who).tolist() == [-1, -1, -1]
