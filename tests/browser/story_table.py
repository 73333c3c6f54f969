"""The story's programme, for which nobody asks yet, and a table of sixty who do, with faults."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from openpyxl import Workbook

from scheduler.problem.scenario_file import scenario_bytes
from scheduler.problem.types import ProgrammeId
from scheduler.sample import Family, sample

PROGRAMME = "visits"
NAME = "Visits of 2053"
SAME_WEEKDAYS = 28
"""After so many years weekdays fall on the same days; the sample's own years may be over."""
PLACES = 6
SPRING_PLACES = 6
"""How many the hosts of the first track can receive at a time."""

GIVEN = ("Ada", "Boram", "Chloé", "Dana", "Emil", "Farah", "Goro", "Hana", "Ines", "Juho")
FAMILIES = ("Adler", "Baek", "Costa", "Duval", "Emin", "Frey")
PLACES_OF_WORK = (
    ("University of Waterloo", "Canada", "en"),
    ("Seoul Science Institute", "South Korea", "ko"),
    ("Université de Lyon", "France", "fr"),
)
HEADERS = (
    "Application no",
    "Applicant",
    "E-mail address",
    "Language",
    "University",
    "Country",
    "Research track",
    "Rank",
    "Date of application",
    "Available from",
    "Available until",
    "Minimum days",
    "Maximum days",
)
SPRING = (dt.date(2053, 4, 7), dt.date(2053, 5, 4))
SPRING_GUESTS = tuple(range(4, 25, 4))
UNPLACED = tuple(range(28, 61, 4))
"""Of those who want to come in spring, six have a higher priority than these."""
PLACED = 60 - len(UNPLACED)
SUBMITTED = dt.date(2024, 11, 4)
WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A cell that is wrong at first: what stands there, what is said of it, what should stand."""

    row: int
    column: str
    label: str
    text: str
    said: str
    mended: str


FAULTS = (
    Fault(
        row=4,
        column="track",
        label="Track",
        text="Trakc 2",
        said="There is no track “Trakc 2”. Is one of these meant: track-02?",
        mended="Track 2",
    ),
    Fault(
        row=10,
        column="first_day",
        label="Earliest day",
        text="2053-02-30",
        said="This is no day. Write it as 2026-03-01.",
        mended="2053-08-04",
    ),
    Fault(
        row=18,
        column="last_day",
        label="Latest day",
        text="2052-12-31",
        said="Dec 31, 2052 is before the first day, Sep 29, 2053. Mend one of the two.",
        mended="2054-01-05",
    ),
    Fault(
        row=26,
        column="priority",
        label="Priority",
        text="high",
        said="'high' is not a whole number. Write one like 12.",
        mended="4",
    ),
    Fault(
        row=38,
        column="id",
        label="Request ID",
        text="a-03",
        said="Row 4 has this id too. Give one of them another id.",
        mended="a-37",
    ),
)
COLUMNS = {"track": 6, "first_day": 9, "last_day": 10, "priority": 7, "id": 0}


def store_programme(path: Path) -> None:
    """Write an invented programme as it is before the call: space, slots and hosts, no requests."""
    problem = sample(Family.SMALL, 1)
    empty = replace(
        problem,
        programme=replace(problem.programme, id=ProgrammeId(PROGRAMME), name=NAME),
        slots=tuple(replace(slot, places=PLACES) for slot in problem.slots),
        researchers=(),
        requests=(),
        collaborations=(),
        separations=(),
        quotas=(),
        pins=(),
        published=(),
    )
    text = scenario_bytes(empty).decode()
    for year in (2025, 2026):
        text = text.replace(f'"{year}-', f'"{year + SAME_WEEKDAYS}-')
    path.write_text(text)


def name_of(number: int) -> str:
    """Return the name of one of the sixty, counted from 1."""
    family, given = divmod(number - 1, len(GIVEN))
    return f"{GIVEN[given]} {FAMILIES[family]}"


def address_of(number: int) -> str:
    """Return the mail address of one of the sixty."""
    return f"a{number:02}@example.org"


def language_of(number: int) -> str:
    """Return the language in which one of the sixty is written to."""
    return PLACES_OF_WORK[number % len(PLACES_OF_WORK)][2]


def asks_for_spring(number: int) -> bool:
    """Tell whether one of the sixty can only come in the same four weeks as fourteen others."""
    return number % 4 == 0


def row_of(number: int) -> list[str | int | dt.date]:
    """Return what the table should say of one of the sixty."""
    university, country, language = PLACES_OF_WORK[number % len(PLACES_OF_WORK)]
    first_day = dt.date(2053, 6, 2) + number * WEEK
    window = SPRING if asks_for_spring(number) else (first_day, first_day + 14 * WEEK)
    shortest, longest = (28, 28) if asks_for_spring(number) else (21, 35)
    return [
        f"a-{number:02}",
        name_of(number),
        address_of(number),
        language,
        university,
        country,
        f"Track {1 + number % 2}",
        _priority_of(number),
        SUBMITTED,
        *window,
        shortest,
        longest,
    ]


def _priority_of(number: int) -> int:
    if asks_for_spring(number):
        return 5 if number <= 4 * SPRING_PLACES else 2
    return 3 + number % 2


def write_table(path: Path, faults: tuple[Fault, ...] = FAULTS) -> None:
    """Write the workbook as the faculties send it, some of its cells wrong."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(HEADERS)
    for number in range(1, 61):
        sheet.append(row_of(number))
    for fault in faults:
        sheet.cell(row=fault.row, column=COLUMNS[fault.column] + 1).value = fault.text
    workbook.save(path)
