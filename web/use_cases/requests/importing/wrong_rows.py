"""The wrong rows of an upload as a file, to be mended elsewhere and sent again."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from models.upload_store import Upload
from web.use_cases.requests.export import FileKind
from web.use_cases.requests.files import SheetOut, write_csv, write_workbook
from web.use_cases.requests.importing.faults import Fault
from web.use_cases.requests.importing.uploads import proposal_of
from web.use_cases.workspace import Scenario


def wrong_rows_file(
    scenario: Scenario,
    upload: Upload,
    kind: FileKind,
    *,
    why: str,
    say: Callable[[Fault], str],
) -> bytes:
    """Return the rows with faults as they were sent, mended cells in place, and why in words."""
    faults = {row.number: row.faults for row in proposal_of(scenario, upload).rows if row.faults}
    rows = [
        [*_cells(upload, number, cells), "\n".join(map(say, faults[number]))]
        for number, cells in upload.rows
        if number in faults
    ]
    sheet = SheetOut(title=why, header=[*upload.header, why], rows=rows, wraps=True)
    return write_csv(sheet) if kind is FileKind.CSV else write_workbook(sheet)


def _cells(upload: Upload, number: int, cells: tuple[str, ...]) -> Iterator[str]:
    mends = upload.mends.get(str(number), {})
    keys = {at: key for key, at in upload.columns.items()}
    for at, cell in enumerate(cells):
        yield mends.get(keys.get(at, ""), cell)
