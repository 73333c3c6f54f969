"""The file of an upload to a table, by what the file is."""

from __future__ import annotations

from pathlib import PurePath

from web.use_cases.requests.importing.csv_text import read_csv
from web.use_cases.requests.importing.documents import read_documents
from web.use_cases.requests.importing.faults import Unreadable, UploadRefused
from web.use_cases.requests.importing.sheet import Sheet
from web.use_cases.requests.importing.workbook import SIGNATURE, read_workbook

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
DOCUMENTS = frozenset({".json", ".yaml", ".yml"})
TEXTS = frozenset({".csv", ".tsv", ".tab", ".txt"})
_BRACES = (b"{", b"[")


def read_sheet(name: str, data: bytes, encoding: str | None = None) -> Sheet:
    """Return the table of a file; ``UploadRefused`` says why there is none."""
    suffix = PurePath(name).suffix.lower()
    begin = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not begin:
        raise UploadRefused(Unreadable.EMPTY)
    if data.startswith(SIGNATURE):
        return read_workbook(data)
    if data.startswith((OLD_WORKBOOK, b"%PDF")):
        raise UploadRefused(Unreadable.NO_KIND)
    if suffix in DOCUMENTS or (suffix not in TEXTS and begin.startswith(_BRACES)):
        return read_documents(data)
    return read_csv(data, encoding)
