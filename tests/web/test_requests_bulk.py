"""What is done to several requests at once: withdrawn, submitted again, pinned, taken back."""

from __future__ import annotations

import pytest

from models.database import Database
from models.history_store import ChangeKind
from scheduler.problem.problem import Problem
from scheduler.problem.requests import RequestStatus
from tests.builders import day, make_pin, make_problem, make_request, make_residency
from tests.models.memory import recall
from tests.web.laboratory import NOW, plan_by_hand, seed
from web.use_cases.editing import Edit
from web.use_cases.errors import NothingToUndoError
from web.use_cases.requests.bulk import pin_as_they_are, submit_again, withdraw
from web.use_cases.requests.undo import redo_data, undo_data
from web.use_cases.workspace import load_workspace

EDIT = Edit(kind=ChangeKind.EDIT, now=NOW)
LAB = make_problem(
    requests=(
        make_request("a-1"),
        make_request("n-1"),
        make_request("m-1"),
        make_request("m-2", withdrawn=True),
    ),
    pins=(make_pin("a-1"),),
)
STAYS = (make_residency("a-1"), make_residency("n-1", first_day=day("2026-02-02"), days=7))


@pytest.fixture
def lab(database: Database) -> Database:
    """Return a database in which two stay, one asks, and one does not any more."""
    seed(database, LAB)
    plan_by_hand(database, LAB, *STAYS)
    return database


def statuses(problem: Problem) -> list[RequestStatus]:
    return [request.status for request in problem.requests]


def test_requests_are_withdrawn_with_their_pins_and_submitted_again(lab: Database) -> None:
    before = recall(lab)
    with lab.writing() as session:
        withdraw(session, load_workspace(session, "lab"), ["a-1", "n-1", "nobody"], EDIT)
    withdrawn = recall(lab)
    with lab.writing() as session:
        submit_again(session, load_workspace(session, "lab"), ["n-1", "m-2"], EDIT)

    gone, stands = RequestStatus.WITHDRAWN, RequestStatus.SUBMITTED
    assert (statuses(withdrawn), withdrawn.pins) == ([gone, gone, stands, gone], ())
    assert statuses(recall(lab)) == [gone, stands, stands, stands]
    with lab.writing() as session:
        undo_data(session, "lab", EDIT, None)
        undo_data(session, "lab", EDIT, None)
    assert recall(lab) == before


def test_stays_are_pinned_whole_as_the_draft_has_them(lab: Database) -> None:
    with lab.writing() as session:
        pin_as_they_are(session, load_workspace(session, "lab"), ["a-1", "n-1", "m-1"], EDIT)
    with lab.writing() as session:
        again = pin_as_they_are(session, load_workspace(session, "lab"), ["a-1"], EDIT)

    stays = {stay.request: stay for stay in STAYS}
    pins = {pin.request: pin for pin in recall(lab).pins}
    assert again is None
    assert sorted(pins) == ["a-1", "n-1"]
    assert [(pins[each].zone, pins[each].first_day, pins[each].last_day) for each in stays] == [
        (stay.zone, stay.first_day, stay.last_day) for stay in stays.values()
    ]


def test_only_what_was_looked_at_is_taken_back(lab: Database) -> None:
    with lab.writing() as session:
        first = withdraw(session, load_workspace(session, "lab"), ["a-1"], EDIT)
        second = withdraw(session, load_workspace(session, "lab"), ["n-1"], EDIT)
    assert first is not None
    assert second is not None

    with lab.writing() as session:
        with pytest.raises(NothingToUndoError):
            undo_data(session, "lab", EDIT, first.id)
        undone = undo_data(session, "lab", EDIT, second.id)
        with pytest.raises(NothingToUndoError):
            redo_data(session, "lab", EDIT, first.id)
        redo_data(session, "lab", EDIT, undone.id)

    assert recall(lab).requests[1].status is RequestStatus.WITHDRAWN
