"""Tables as files that spreadsheets open: CSV with a mark for Excel, and workbooks."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from web.use_cases.requests.text import guarded

Value = str | int | dt.date

_BOLD = Font(bold=True)
_WASH = PatternFill("solid", fgColor="E3EFEA")
_TOP = Alignment(vertical="top", wrap_text=True)
_NARROW, _WIDE = 14, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetOut:
    """A sheet to be written: its title, its header, its rows."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[Value]]
    wraps: bool = False


def write_csv(sheet: SheetOut) -> bytes:
    """Return a table as CSV in UTF-8 with a mark, so that Excel sees in which letters it is."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for row in (sheet.header, *sheet.rows):
        writer.writerow([guarded(str(value)) for value in row])
    return text.getvalue().encode("utf-8-sig")


def write_workbook(*sheets: SheetOut) -> bytes:
    """Return sheets as an XLSX file; no text in it is a formula."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write_sheet(book.create_sheet(sheet.title), sheet)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _write_sheet(out: Any, sheet: SheetOut) -> None:
    rows = [[_value(value) for value in row] for row in sheet.rows]
    out.freeze_panes = "A2"
    for number, width in enumerate(_widths(sheet.header, rows), start=1):
        out.column_dimensions[get_column_letter(number)].width = width
    out.append([_head(out, text) for text in sheet.header])
    for row in rows:
        out.append([_wrapped(out, value) if sheet.wraps else value for value in row])


def _value(value: Value) -> Value:
    return guarded(value) if isinstance(value, str) else value


def _head(out: Any, text: str) -> Any:
    cell = WriteOnlyCell(out, value=guarded(text))
    cell.font, cell.fill, cell.alignment = _BOLD, _WASH, _TOP
    return cell


def _wrapped(out: Any, value: Any) -> Any:
    cell = WriteOnlyCell(out, value=value)
    cell.alignment = _TOP
    return cell


def _widths(header: Sequence[str], rows: Sequence[Sequence[Value]]) -> Iterator[int]:
    for at, text in enumerate(header):
        longest = max((len(str(row[at])) for row in rows[:50]), default=0)
        yield min(_WIDE, max(_NARROW, len(text) + 2, longest + 2))
