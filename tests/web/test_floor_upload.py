"""Shapes given to zones: looked at, applied together or not at all, taken back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from models.database import Database
from models.history_store import ChangeKind
from models.problem_loader import load_problem
from models.steps import EditConflict, Step
from models.subjects import document_of
from scheduler.problem.places import Zone
from scheduler.problem.problem import Problem
from scheduler.problem.types import ZoneId
from tests.builders import make_floor, make_problem, make_zone
from tests.web.laboratory import NOW, seed
from web.use_cases.editing import Edit, make_steps
from web.use_cases.errors import NothingToUndoError
from web.use_cases.floors.upload import (
    BrokenFormError,
    Choice,
    apply_choice,
    check_choice,
    clear_shapes,
    preview_choice,
    preview_upload,
    read_choice,
    show_upload,
    undo_upload,
)
from web.use_cases.views.floor_shapes import ShapesView

EDIT = Edit(kind=ChangeKind.EDIT, now=NOW)
SQUARE = ((0.0, 0.0), (11.0, 0.0), (11.0, 11.0), (0.0, 11.0))
FAR = ((30.0, 0.0), (40.0, 0.0), (40.0, 12.0), (30.0, 12.0))


def two_zones() -> Problem:
    """Return a floor of two zones, of which the second has a shape."""
    zones = (make_zone(area_m2=120), make_zone("zone-b", area_m2=120, shape=FAR))
    return make_problem(zones=zones)


def upload(shapes: dict[str, Any], problem: Problem | None = None) -> ShapesView:
    data = json.dumps(shapes).encode()
    return preview_upload(problem or two_zones(), "floor-1", data, language="en")


def choice_of(view: ShapesView, **zones: str) -> Choice:
    """Return what the preview's form sends back, other zones chosen for some shapes by number."""
    chosen = {row.number: row.zone or "" for row in view.rows}
    chosen |= {int(number.removeprefix("n")): zone for number, zone in zones.items()}
    return read_choice(view.shapes, view.seen, chosen)


def zones_in(database: Database) -> dict[str, Zone]:
    with database.reading() as session:
        return {zone.id: zone for zone in load_problem(session, "lab").zones}


def test_the_preview_says_which_shape_is_for_which_zone_and_what_is_not_in_the_file() -> None:
    view = upload({"zone-a": SQUARE, "Terrace": [[50, 0], [55, 0], [55, 5]]})
    assert [(row.name, row.zone, row.area, row.zone_area, row.is_off) for row in view.rows] == [
        ("zone-a", "zone-a", 121, 120, False),
        ("Terrace", None, 12.5, None, False),
    ]
    assert [(zone.id, zone.has_shape, zone.is_matched) for zone in view.zones] == [
        ("zone-a", False, True),
        ("zone-b", True, False),
    ]
    assert [zone.id for zone in view.drawing.zones] == ["zone-a", "zone-b", "shape-2"]
    assert (view.faults, view.overlaps) == ((), ())


def test_a_shape_much_larger_than_its_zone_says_so() -> None:
    (row,) = upload({"zone-a": [[0, 0], [20, 0], [20, 20], [0, 20]]}).rows
    assert (row.area, row.zone_area, row.is_off) == (400, 120, True)


def test_zones_that_would_lie_over_each_other_are_named() -> None:
    assert upload({"zone-a": FAR}).overlaps == (("zone-a", "zone-b"),)


def test_before_anything_is_uploaded_the_page_shows_the_floor_as_it_is() -> None:
    view = show_upload(two_zones(), "floor-1", language="en")
    assert (view.rows, view.faults, view.overlaps) == ((), (), ())
    assert [zone.id for zone in view.drawing.zones] == ["zone-a", "zone-b"]


def test_a_shape_is_applied_and_taken_back(database: Database) -> None:
    seed(database, two_zones())
    with database.writing() as session:
        change = apply_choice(session, "lab", choice_of(upload({"zone-a": SQUARE})), EDIT)
    assert zones_in(database)["zone-a"].shape == SQUARE
    assert change is not None
    with database.writing() as session:
        undo_upload(session, "lab", change.id, EDIT)
    assert zones_in(database)["zone-a"].shape is None


def test_somebody_may_choose_another_zone_for_a_shape_or_none(database: Database) -> None:
    seed(database, two_zones())
    view = upload({"zone-a": SQUARE, "zone-b": SQUARE})
    with database.writing() as session:
        apply_choice(session, "lab", choice_of(view, n1="zone-b", n2=""), EDIT)
    found = zones_in(database)
    assert (found["zone-a"].shape, found["zone-b"].shape) == (None, SQUARE)


def test_shapes_that_zones_have_already_change_nothing(database: Database) -> None:
    seed(database, two_zones())
    with database.writing() as session:
        assert apply_choice(session, "lab", choice_of(upload({"zone-b": FAR})), EDIT) is None


def rename(database: Database, **changes: Any) -> None:
    """Change the first zone as a colleague would."""
    before = document_of(zones_in(database)["zone-a"])
    with database.writing() as session:
        step = Step(subject="zones", key="zone-a", before=before, after=before | changes)
        make_steps(session, "lab", [step], EDIT)


def test_what_a_colleague_changed_since_the_preview_stays(database: Database) -> None:
    seed(database, two_zones())
    choice = choice_of(upload({"zone-a": SQUARE}))
    rename(database, desks=3)
    with database.writing() as session:
        apply_choice(session, "lab", choice, EDIT)
    zone = zones_in(database)["zone-a"]
    assert (zone.desks, zone.shape) == (3, SQUARE)


def test_another_shape_that_a_colleague_gave_is_not_written_over(database: Database) -> None:
    seed(database, two_zones())
    choice = choice_of(upload({"zone-a": SQUARE}))
    rename(database, shape=[[0, 0], [1, 0], [0, 1]])
    with pytest.raises(EditConflict), database.writing() as session:
        apply_choice(session, "lab", choice, EDIT)


def test_an_upload_is_not_taken_back_over_a_later_change(database: Database) -> None:
    seed(database, two_zones())
    with database.writing() as session:
        change = apply_choice(session, "lab", choice_of(upload({"zone-a": SQUARE})), EDIT)
    assert change is not None
    rename(database, desks=3)
    with pytest.raises(NothingToUndoError), database.writing() as session:
        undo_upload(session, "lab", change.id, EDIT)


def test_all_shapes_of_a_floor_are_taken_away(database: Database) -> None:
    seed(database, two_zones())
    seen = {str(zone.id): document_of(zone) for zone in two_zones().zones}
    with database.writing() as session:
        clear_shapes(session, "lab", seen, EDIT)
    assert [zone.shape for zone in zones_in(database).values()] == [None, None]


def test_two_shapes_for_one_zone_and_a_zone_of_another_floor_are_named_together() -> None:
    problem = replace(
        two_zones(),
        floors=(make_floor(), make_floor("floor-2", level=2)),
        zones=(*two_zones().zones, make_zone("upstairs", floor="floor-2")),
    )
    view = upload({"zone-a": SQUARE, "x": FAR, "y": FAR}, problem)
    choice = choice_of(view, n2="zone-a", n3="upstairs")
    faults = check_choice(problem, "floor-1", choice)
    again = preview_choice(problem, "floor-1", choice, faults, language="en")
    assert [(fault.kind, fault.shape) for fault in again.faults] == [
        ("twice", "zone-a"),
        ("not_here", "upstairs"),
    ]
    assert [row.zone for row in again.rows] == ["zone-a", "zone-a", "upstairs"]


def test_a_zone_that_is_gone_since_the_preview_is_named() -> None:
    choice = choice_of(upload({"zone-a": SQUARE}))
    (fault,) = check_choice(make_problem(zones=(make_zone("other"),)), "floor-1", choice)
    assert (fault.kind, fault.shape) == ("not_here", "zone-a")


@pytest.mark.parametrize(
    ("shapes", "seen"),
    [("", "{}"), ("[[1]]", "{}"), ("[]", "[]"), ('[[1, "a", [["x", 0]]]]', "{}"), ("[]", "no")],
)
def test_a_form_that_was_tampered_with_is_refused(shapes: str, seen: str) -> None:
    with pytest.raises(BrokenFormError):
        read_choice(shapes, seen, {1: "zone-a"})


def test_shapes_that_came_back_broken_are_checked_again() -> None:
    choice = read_choice('[[1, "a", [[0, 0], [1, 0]]]]', "{}", {1: ""})
    assert [fault.kind for fault in check_choice(two_zones(), "floor-1", choice)] == ["few_points"]
    assert choice.zones == {}
    assert ZoneId("zone-a") not in choice.seen
