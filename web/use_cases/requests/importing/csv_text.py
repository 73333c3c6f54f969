"""CSV to a table: finds out in which letters and with which separator it is written."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from web.use_cases.requests.importing.faults import Unreadable, UploadRefused
from web.use_cases.requests.importing.sheet import Sheet, SheetRow, sheet_of
from web.use_cases.requests.text import unguarded

SEPARATORS = (",", ";", "\t")
ENCODINGS = ("utf-8", "cp949", "cp1252", "utf-16")
"""Encodings that can be chosen where the guess is wrong."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FIRST_ROWS = 20
_SAMPLE_BYTES = 4096
_TELLING = "sep="


def read_csv(data: bytes, encoding: str | None = None) -> Sheet:
    """Return the table of a CSV file, in the encoding given or found out."""
    text, used = decoded(data, encoding)
    lines = text.splitlines(keepends=True)
    skipped = 0
    separator = _separator(text)
    if lines and lines[0].lower().startswith(_TELLING):
        told = lines[0][len(_TELLING) :][:1]
        separator, skipped = (told if told in SEPARATORS else separator), 1
        text = "".join(lines[1:])
    rows = (SheetRow(number + skipped, cells) for number, cells in _rows(text, separator))
    return sheet_of(rows, {"encoding": used, "separator": separator})


def decoded(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Return the text of a file's bytes, and the encoding in which it is written."""
    for each in (encoding,) if encoding else _guesses(data):
        try:
            text = data.decode(each)
        except UnicodeError:
            continue
        if encoding or each != "cp949" or _is_korean(text):
            return text.removeprefix("\ufeff"), each.removesuffix("-sig")
    raise UploadRefused(Unreadable.ENCODING)


def _guesses(data: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return (encoding,)
    sample = data[:_SAMPLE_BYTES]
    nulls = Counter(at % 2 for at, byte in enumerate(sample) if byte == 0)
    if nulls:
        return ("utf-16-le",) if nulls[1] > nulls[0] else ("utf-16-be",)
    return ("utf-8", "cp949", "cp1252")


def _is_korean(text: str) -> bool:
    """Tell whether most letters beyond ASCII are Hangul: French in CP949 would be rare Hanja."""
    others = [letter for letter in text if not letter.isascii()]
    return sum("가" <= letter <= "힣" for letter in others) * 2 >= len(others)


def _separator(text: str) -> str:
    """Return the separator that makes the widest first rows, the same in most of them."""
    return max(SEPARATORS, key=lambda separator: _width(text, separator))


def _width(text: str, separator: str) -> tuple[int, int]:
    widths = Counter[int]()
    for number, cells in _rows(text, separator):
        widths[len(cells)] += 1
        if number == _FIRST_ROWS:
            break
    width, times = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return (times if width > 1 else 0, width)


def _rows(text: str, separator: str) -> Iterator[SheetRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for number, cells in enumerate(reader, start=1):
            yield SheetRow(number, tuple(unguarded(cell.strip()) for cell in cells))
    except csv.Error as error:
        raise UploadRefused(Unreadable.BROKEN, text=str(error)) from None
