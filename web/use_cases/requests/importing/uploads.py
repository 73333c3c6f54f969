"""An upload from the file to the change: kept, its columns chosen, mended, imported."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

from sqlalchemy.orm import Session

from models.history_store import Change
from models.upload_store import Upload, add_upload, change_upload, remove_upload
from web.use_cases.editing import Edit, make_steps
from web.use_cases.recent import Recent
from web.use_cases.requests.columns import BY_HEADER, COLUMN
from web.use_cases.requests.importing.faults import ImportMoved
from web.use_cases.requests.importing.parties import Row
from web.use_cases.requests.importing.people import is_id
from web.use_cases.requests.importing.proposal import Proposal, propose
from web.use_cases.requests.importing.reading import read_sheet
from web.use_cases.requests.importing.sheet import Sheet, clean
from web.use_cases.requests.words import squeezed
from web.use_cases.workspace import Scenario

SAMPLE_ROWS = 20
LONGEST_NAME = 200
_PROPOSALS: Recent[tuple[uuid.UUID, int, str], Proposal] = Recent(4)


def keep_file(
    session: Session,
    programme_id: str,
    name: str,
    data: bytes,
    *,
    now: dt.datetime,
    by: uuid.UUID | None,
    encoding: str | None = None,
) -> tuple[uuid.UUID, bool]:
    """Keep a file's table; return its id, and whether every column of it is known.

    Raises:
        UploadRefused: There is no table in the file.
    """
    sheet = read_sheet(name, data, encoding)
    columns = guess_columns(sheet)
    upload_id = add_upload(
        session,
        programme_id,
        name=clean(name)[:LONGEST_NAME],
        facts=sheet.facts,
        header=sheet.header,
        rows=sheet.rows,
        columns=columns,
        now=now,
        by=by,
    )
    unknown = [at for at, head in enumerate(sheet.header) if head and at not in columns.values()]
    return upload_id, "id" in columns and not unknown


def guess_columns(sheet: Sheet) -> dict[str, int]:
    """Return which column of a file fills what, as far as the headers tell."""
    columns: dict[str, int] = {}
    for at, header in enumerate(sheet.header):
        key = BY_HEADER.get(squeezed(header))
        if key == "researcher" and not _holds_ids(sheet, at):
            key = "name"
        if key is not None:
            columns.setdefault(key, at)
    return columns


def choose_columns(session: Session, upload: Upload, chosen: Mapping[int, str]) -> None:
    """Keep which column fills what; the first of several for one is taken."""
    columns: dict[str, int] = {}
    for at in sorted(chosen):
        if chosen[at] in COLUMN and at < len(upload.header):
            columns.setdefault(chosen[at], at)
    change_upload(session, upload, columns=columns)


def mend_upload(
    session: Session,
    upload: Upload,
    mends: Mapping[tuple[int, str], str],
    *,
    leaves_out_wrong: bool,
) -> None:
    """Keep cells that were put right by hand, and whether wrong rows are left out."""
    kept = {row: dict(cells) for row, cells in upload.mends.items()}
    numbers = {number for number, _ in upload.rows}
    for (number, key), text in mends.items():
        if number in numbers and key in COLUMN:
            kept.setdefault(str(number), {})[key] = clean(text.strip())
    change_upload(session, upload, mends=kept, leaves_out_wrong=leaves_out_wrong)


def rows_of(upload: Upload) -> tuple[Row, ...]:
    """Return the filled cells of an upload's rows by column, mended cells in place of others."""
    rows = []
    for number, cells in upload.rows:
        said = {key: cells[at] for key, at in upload.columns.items()}
        said |= upload.mends.get(str(number), {})
        rows.append(Row(number=number, cells={key: text for key, text in said.items() if text}))
    return tuple(rows)


def proposal_of(scenario: Scenario, upload: Upload) -> Proposal:
    """Return what an upload would change in a programme as it stands."""

    def make() -> Proposal:
        return propose(
            scenario.problem,
            rows_of(upload),
            columns_of(upload),
            leave_out_wrong=upload.leaves_out_wrong,
        )

    return _PROPOSALS.get((upload.id, upload.revision, scenario.version), make)


def columns_of(upload: Upload) -> frozenset[str]:
    """Return the columns that an upload has, those too that were only filled by hand."""
    mended = (key for cells in upload.mends.values() for key in cells)
    return frozenset((*upload.columns, *mended))


def import_upload(
    session: Session, scenario: Scenario, upload: Upload, digest: str, edit: Edit
) -> Change | None:
    """Make all changes of an upload, which are those that were looked at; None where none is.

    Raises:
        ImportMoved: The programme or the upload has changed since somebody looked.
    """
    proposal = proposal_of(scenario, upload)
    if proposal.digest != digest or not proposal.is_right:
        raise ImportMoved("The import would do something else by now; look at it again.")
    change = make_steps(session, scenario.problem.programme.id, proposal.steps, edit)
    remove_upload(session, upload)
    return change


def _holds_ids(sheet: Sheet, at: int) -> bool:
    """Tell whether the first filled cells of a column could all be ids."""
    cells = [row.cells[at] for row in sheet.rows[:SAMPLE_ROWS] if row.cells[at]]
    return all(map(is_id, cells))
