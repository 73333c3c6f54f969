"""XLSX to a table, with as much of the file read as is reasonable and no more."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook

from web.use_cases.requests.importing.faults import Unreadable, UploadRefused
from web.use_cases.requests.importing.sheet import MOST_COLUMNS, Sheet, SheetRow, sheet_of
from web.use_cases.requests.text import unguarded

MOST_BYTES = 128 * 1024 * 1024
"""Bytes that the parts of a workbook may come to when they are unpacked."""

MOST_PARTS = 1000
LAST_ROW = 50_000
"""Rows after this one are not looked at: formats may reach to the end of the sheet."""

SIGNATURE = b"PK\x03\x04"

_BROKEN = (
    # ValueError is what defusedxml raises, too.
    zipfile.BadZipFile,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    EOFError,
    OSError,
    NotImplementedError,
)


def read_workbook(data: bytes) -> Sheet:
    """Return the table of a workbook's first sheet that holds any."""
    try:
        _check_size(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            rows = list(_rows(sheet))
            if rows:
                return sheet_of(rows, {"sheet": sheet.title})
    except _BROKEN as error:
        raise UploadRefused(Unreadable.BROKEN, text=str(error)[:100]) from None
    raise UploadRefused(Unreadable.EMPTY)


def _check_size(data: bytes) -> None:
    """Refuse a workbook that would unpack to far more than it is.

    What its directory says is what is unpacked at most: zipfile reads no further.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise UploadRefused(Unreadable.TOO_LARGE, megabytes=MOST_BYTES // 1024**2)


def _rows(sheet: Any) -> Iterator[SheetRow]:
    sheet.reset_dimensions()
    found = sheet.iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS + 1, values_only=True)
    for number, values in enumerate(found, start=1):
        cells = tuple(map(_text, values))
        if any(cells):
            yield SheetRow(number, cells)


def _text(value: Any) -> str:
    """Return a cell's value as text: dates as files have them, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return str(value.date() if value.time() == dt.time() else value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return unguarded(str(value).strip())
