"""An upload is kept until it is imported whole, and can be mended on the way."""

from __future__ import annotations

import uuid

import pytest

from models.database import Database
from models.errors import NoSuchUpload
from models.history_store import ChangeKind, load_changes
from models.upload_store import get_upload, load_upload_notes
from tests.builders import make_problem, make_request
from tests.models.memory import later, recall
from tests.web.laboratory import NOW, seed
from web.use_cases.editing import Edit, undo
from web.use_cases.requests.export import FileKind
from web.use_cases.requests.importing.faults import ImportMoved
from web.use_cases.requests.importing.proposal import Outcome, Proposal
from web.use_cases.requests.importing.reading import read_sheet
from web.use_cases.requests.importing.uploads import (
    choose_columns,
    import_upload,
    keep_file,
    mend_upload,
    proposal_of,
)
from web.use_cases.requests.importing.wrong_rows import wrong_rows_file
from web.use_cases.workspace import load_workspace

LAB = make_problem(requests=(make_request("ada-1", researcher="ada"),))
EDIT = Edit(kind=ChangeKind.IMPORT, now=NOW, facts={"file": "requests.csv"})
FILE = """No,Applicant,Affiliation,Track,Submitted on,From,Until,Rank
ada-1,,,,,,,5
bo-1,Bo,waterloo,vision,2025-11-03,2026-01-05,2026-03-29,3
cy-1,Cy,waterloo,sound,2025-11-03,2026-01-05,01/03/2026,3
"""


@pytest.fixture
def lab(database: Database) -> Database:
    """Return a database with one request."""
    seed(database, LAB)
    return database


def kept(database: Database, text: str = FILE) -> str:
    with database.writing() as session:
        upload_id, _ = keep_file(session, "lab", "requests.csv", text.encode(), now=NOW, by=None)
    return str(upload_id)


def proposal(database: Database, upload_id: str) -> Proposal:
    with database.reading() as session:
        scenario = load_workspace(session, "lab").scenario
        return proposal_of(scenario, get_upload(session, "lab", upload_id))


def mend(database: Database, upload_id: str, *, out: bool = False, **mends: str) -> None:
    """Mend cells: ``track_4`` is the column of row 4."""
    cells = {}
    for name, text in mends.items():
        key, _, row = name.rpartition("_")
        cells[int(row), key] = text
    with database.writing() as session:
        upload = get_upload(session, "lab", upload_id)
        mend_upload(session, upload, cells, leaves_out_wrong=out)


def import_it(database: Database, upload_id: str, digest: str) -> None:
    with database.writing() as session:
        scenario = load_workspace(session, "lab").scenario
        import_upload(session, scenario, get_upload(session, "lab", upload_id), digest, EDIT)


def outcomes(proposed: Proposal) -> list[Outcome]:
    return [row.outcome for row in proposed.rows]


def test_a_file_waits_with_its_columns_guessed(lab: Database) -> None:
    upload_id = kept(lab)

    with lab.reading() as session:
        upload = get_upload(session, "lab", upload_id)
        notes = load_upload_notes(session, "lab")
    assert upload.columns == {
        "id": 0,
        "name": 1,
        "institution": 2,
        "track": 3,
        "submitted": 4,
        "first_day": 5,
        "last_day": 6,
        "priority": 7,
    }
    assert [(str(note.id), note.name, note.created_at) for note in notes] == [
        (upload_id, "requests.csv", NOW)
    ]


def test_cells_are_mended_and_then_all_is_imported_and_taken_back(lab: Database) -> None:
    before = recall(lab)
    upload_id = kept(lab)
    assert outcomes(proposal(lab, upload_id)) == [Outcome.CHANGED, Outcome.NEW, Outcome.WRONG]

    mend(lab, upload_id, track_4="vision", last_day_4="2026-03-01")
    mended = proposal(lab, upload_id)
    import_it(lab, upload_id, mended.digest)

    assert outcomes(mended) == [Outcome.CHANGED, Outcome.NEW, Outcome.NEW]
    assert [(each.id, each.priority) for each in recall(lab).requests] == [
        ("ada-1", 5),
        ("bo-1", 3),
        ("cy-1", 3),
    ]
    with lab.writing() as session:
        assert [change.kind for change in load_changes(session, "lab")] == [ChangeKind.IMPORT]
        with pytest.raises(NoSuchUpload):
            get_upload(session, "lab", upload_id)
        undo(session, "lab", EDIT)
    assert recall(lab) == before


def test_nothing_is_imported_while_something_is_wrong(lab: Database) -> None:
    upload_id = kept(lab)

    with pytest.raises(ImportMoved):
        import_it(lab, upload_id, proposal(lab, upload_id).digest)

    assert recall(lab) == LAB


def test_wrong_rows_are_left_out_if_so_wished(lab: Database) -> None:
    upload_id = kept(lab)

    mend(lab, upload_id, out=True)
    import_it(lab, upload_id, proposal(lab, upload_id).digest)

    assert [request.id for request in recall(lab).requests] == ["ada-1", "bo-1"]


def test_what_somebody_changes_meanwhile_is_looked_at_again(lab: Database) -> None:
    upload_id = kept(lab)
    mend(lab, upload_id, out=True)
    digest = proposal(lab, upload_id).digest
    other = kept(lab, "id,priority\nada-1,4\n")
    import_it(lab, other, proposal(lab, other).digest)

    with pytest.raises(ImportMoved):
        import_it(lab, upload_id, digest)
    import_it(lab, upload_id, proposal(lab, upload_id).digest)

    assert recall(lab).requests[0].priority == 5


def test_columns_are_chosen_by_hand(lab: Database) -> None:
    upload_id = kept(lab, "key,wert\nada-1,5\n")

    with lab.writing() as session:
        upload = get_upload(session, "lab", upload_id)
        choose_columns(session, upload, {0: "id", 1: "priority", 7: "track"})

    assert [row.changes for row in proposal(lab, upload_id).rows] == [(("priority", 3, 5),)]


def test_wrong_rows_go_out_as_a_file_with_what_was_mended_so_far(lab: Database) -> None:
    upload_id = kept(lab)
    mend(lab, upload_id, track_4="vision")

    with lab.reading() as session:
        data = wrong_rows_file(
            load_workspace(session, "lab").scenario,
            get_upload(session, "lab", upload_id),
            FileKind.XLSX,
            why="Why",
            say=lambda fault: f"{fault.column} {fault.wrong}",
        )

    sheet = read_sheet("wrong.xlsx", data)
    assert sheet.header[-2:] == ("Rank", "Why")
    assert [row.cells for row in sheet.rows] == [
        (
            *("cy-1", "Cy", "waterloo", "vision", "2025-11-03", "2026-01-05", "01/03/2026", "3"),
            "last_day ambiguous_day",
        )
    ]


def test_an_upload_of_another_programme_or_none_is_not_there(lab: Database) -> None:
    upload_id = kept(lab)

    with lab.reading() as session:
        for programme, name in (("other", upload_id), ("lab", str(uuid.uuid4())), ("lab", "x")):
            with pytest.raises(NoSuchUpload):
                get_upload(session, programme, name)


def test_old_uploads_go_when_another_comes(lab: Database) -> None:
    kept(lab)

    with lab.writing() as session:
        keep_file(session, "lab", "new.csv", FILE.encode(), now=later(days=8), by=None)
        assert [note.name for note in load_upload_notes(session, "lab")] == ["new.csv"]
