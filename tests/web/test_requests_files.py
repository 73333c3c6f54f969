"""Files are read as tables, however they were saved; what cannot be read says why."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook

from web.use_cases.requests.importing.faults import Unreadable, UploadRefused
from web.use_cases.requests.importing.reading import read_sheet
from web.use_cases.requests.importing.sheet import SheetRow


def workbook_of(*rows: tuple[Any, ...]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        ("id,이름\nada,김민수\n", "utf-8", "utf-8"),
        ("id,이름\nada,김민수\n", "utf-8-sig", "utf-8"),
        ("id,이름\nada,김민수\n", "cp949", "cp949"),
        ("id,이름\nada,김민수\n", "euc-kr", "cp949"),
        ("id,이름\nada,김민수\n", "utf-16", "utf-16"),
        ("id,name\nada,Noémie\n", "cp1252", "cp1252"),
        ("id,name\nada,Ada\n", "utf-16-le", "utf-16-le"),
        ("id,name\nada,Ada\n", "utf-16-be", "utf-16-be"),
    ],
)
def test_letters_are_found_out(text: str, encoding: str, named: str) -> None:
    sheet = read_sheet("requests.csv", text.encode(encoding))

    lines = [tuple(line.split(",")) for line in text.splitlines()]
    assert (sheet.header, sheet.rows) == (lines[0], (SheetRow(2, lines[1]),))
    assert sheet.facts["encoding"] == named


def test_letters_can_be_said_where_the_guess_is_wrong() -> None:
    data = "id,name\nada,Æsa\n".encode("cp1252")

    assert read_sheet("x.csv", data, "cp1252").rows == (SheetRow(2, ("ada", "Æsa")),)


@pytest.mark.parametrize(
    "text",
    [
        "id,name\nada,Ada\n",
        "id;name\r\nada;Ada\r\n",
        "id\tname\nada\tAda\n",
        "sep=;\nid;name\nada;Ada\n",
        'id;name\n"ada";"Ada"\n;;\n',
    ],
)
def test_separators_are_found_out(text: str) -> None:
    sheet = read_sheet("requests.csv", text.encode())

    assert sheet.header == ("id", "name")
    assert [row.cells for row in sheet.rows] == [("ada", "Ada")]


def test_rows_have_the_numbers_that_a_spreadsheet_shows() -> None:
    text = 'List of 2026\n\nid,name,last day\nada,"Ada\nLovelace",\n\nbo,Bo,\n'

    sheet = read_sheet("requests.csv", text.encode())

    assert sheet.header == ("id", "name", "last day")
    assert sheet.rows == (SheetRow(4, ("ada", "Ada\nLovelace", "")), SheetRow(6, ("bo", "Bo", "")))


def test_a_workbooks_days_and_numbers_are_read_as_a_file_has_them() -> None:
    data = workbook_of(
        ("id", "first day", "days", "share", "asked at"),
        ("ada", dt.date(2026, 3, 1), 28.0, 0.5, dt.datetime(2026, 3, 1, 9, 30)),  # noqa: DTZ001
    )

    sheet = read_sheet("requests.xlsx", data)

    assert sheet.rows == (SheetRow(2, ("ada", "2026-03-01", "28", "0.5", "2026-03-01 09:30:00")),)
    assert sheet.facts == {"sheet": "Sheet"}


def test_guards_of_formulas_are_taken_off_and_formulas_not_run() -> None:
    data = workbook_of(("id", "name"), ("ada", "'=cmd"), ("bo", "=1+1"))

    assert [row.cells for row in read_sheet("x.xlsx", data).rows] == [("ada", "=cmd"), ("bo", "")]


def test_a_list_and_a_scenario_are_tables_too() -> None:
    request = '{"id": "ada", "researcher": "ada", "hosts": [], "needs": ["gpu"], "pools": null}'
    cells = {"id": "ada", "researcher": "ada", "hosts": "none", "needs": "gpu", "pools": "any"}

    alone = read_sheet("requests.json", f"[{request}]".encode())
    whole = read_sheet(
        "scenario.json",
        f"""{{"requests": [{request}],
        "researchers": [{{"id": "ada", "name": {{"en": "Ada"}}, "institution": "mit"}}],
        "institutions": [{{"id": "mit", "name": "MIT", "country": "US"}}]}}""".encode(),
    )

    people = {"name": '{"en": "Ada"}', "institution": "mit", "country": "US"}
    assert dict(zip(alone.header, alone.rows[0].cells, strict=True)) == cells
    assert dict(zip(whole.header, whole.rows[0].cells, strict=True)) == {
        **cells,
        **people,
        "institution_name": "MIT",
    }


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("x.csv", b"", Unreadable.EMPTY),
        ("x.csv", b"\n\n ,\n", Unreadable.EMPTY),
        ("x.csv", b"id,name\n", Unreadable.NO_ROWS),
        ("x.csv", b"id\nx\x81\n", Unreadable.ENCODING),
        ("x.csv", b"id\n" + b"ada\n" * 20_100, Unreadable.TOO_MANY_ROWS),
        ("x.csv", b"id\n" + b"a," * 120 + b"a\n", Unreadable.TOO_MANY_COLUMNS),
        ("x.csv", b'id,name\nada,"' + b"x" * 140_000 + b'"\n', Unreadable.BROKEN),
        ("x.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 100, Unreadable.NO_KIND),
        ("x.xlsx", b"PK\x03\x04 and then nothing", Unreadable.BROKEN),
        ("x.xlsx", workbook_of(), Unreadable.EMPTY),
        ("x.json", b"{", Unreadable.BROKEN),
        ("x.json", b'{"sites": []}', Unreadable.NO_REQUESTS),
        ("x.json", b'["ada"]', Unreadable.NO_REQUESTS),
    ],
)
def test_what_is_no_table_is_refused(name: str, data: bytes, why: Unreadable) -> None:
    with pytest.raises(UploadRefused) as caught:
        read_sheet(name, data)

    assert caught.value.why is why


def test_a_workbook_that_unpacks_to_far_more_is_not_unpacked() -> None:
    data = io.BytesIO(workbook_of(("id",), ("ada",)))
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/bomb.bin", bytes(130 * 1024 * 1024))

    with pytest.raises(UploadRefused) as caught:
        read_sheet("x.xlsx", data.getvalue())

    assert (caught.value.why, caught.value.facts) == (Unreadable.TOO_LARGE, {"megabytes": 128})


def test_a_workbook_with_entities_is_refused() -> None:
    plain = io.BytesIO(workbook_of(("id",), ("ada",)))
    evil = io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(evil, "w") as target:
        for part in source.infolist():
            text = source.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                text = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + text
            target.writestr(part.filename, text)

    with pytest.raises(UploadRefused) as caught:
        read_sheet("x.xlsx", evil.getvalue())

    assert caught.value.why is Unreadable.BROKEN
