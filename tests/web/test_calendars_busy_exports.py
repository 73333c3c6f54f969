"""Calendar files as Google, Outlook, Apple and others write them, and as no program would."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import day
from tests.web.test_calendars_busy import calendar, listed
from web.calendars.busy import MOST_TITLES, read_busy_days
from web.calendars.busy_apart import SEATS, TooManyReaders, read_busy_days_apart
from web.calendars.busy_days import BusyKind
from web.calendars.busy_file import UnreadableCalendar

YEAR: dict[str, Any] = {"first_day": day("2026-01-01"), "last_day": day("2026-12-31")}

GOOGLE = """\
BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:PUBLISH
X-WR-CALNAME:h.marsh@example.edu
X-WR-TIMEZONE:America/Toronto
BEGIN:VTIMEZONE
TZID:America/Toronto
X-LIC-LOCATION:America/Toronto
BEGIN:DAYLIGHT
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
TZNAME:EDT
DTSTART:19700308T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
TZNAME:EST
DTSTART:19701101T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
DTSTART:20260106T010000Z
DTEND:20260106T023000Z
DTSTAMP:20251101T120000Z
UID:evening@google.com
DESCRIPTION:The clock in Toronto still says Monday evening\\, though UTC d
 oes not.
SUMMARY:Evening class
TRANSP:OPAQUE
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:This is an event reminder
TRIGGER:-P0DT0H30M0S
END:VALARM
END:VEVENT
BEGIN:VEVENT
DTSTART;TZID=America/Toronto:20260303T100000
DTEND;TZID=America/Toronto:20260303T112000
RRULE:FREQ=WEEKLY;WKST=SU;UNTIL=20260326T035959Z;BYDAY=TU,TH
EXDATE:20260310T140000Z
UID:course@google.com
SUMMARY:CS 485
END:VEVENT
BEGIN:VEVENT
DTSTART;TZID=America/Toronto:20260320T100000
DTEND;TZID=America/Toronto:20260320T112000
UID:course@google.com
RECURRENCE-ID;TZID=America/Toronto:20260319T100000
SUMMARY:CS 485 (moved)
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20260504
DTEND;VALUE=DATE:20260509
UID:leave@google.com
SUMMARY:Sabbatical week
TRANSP:TRANSPARENT
END:VEVENT
END:VCALENDAR
"""

OUTLOOK = """\
BEGIN:VCALENDAR
PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
VERSION:2.0
METHOD:PUBLISH
X-MS-OLK-FORCEINSPECTOROPEN:TRUE
BEGIN:VTIMEZONE
TZID:Eastern Standard Time
BEGIN:STANDARD
DTSTART:16011104T020000
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010311T020000
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
CLASS:PUBLIC
DTSTART;TZID="Eastern Standard Time":20260112T200000
DTEND;TZID="Eastern Standard Time":20260112T213000
RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=MO
EXDATE;TZID="Eastern Standard Time":20260119T200000
SUMMARY;LANGUAGE=en-us:Seminar
UID:040000008200E00074C5B7101A82E008
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
X-MICROSOFT-CDO-IMPORTANCE:1
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20260601
DTEND;VALUE=DATE:20260606
SUMMARY;LANGUAGE=fr:Congrès à Lyon
UID:congress
X-MICROSOFT-CDO-ALLDAYEVENT:TRUE
X-MICROSOFT-CDO-BUSYSTATUS:OOF
END:VEVENT
END:VCALENDAR
"""

APPLE = """\
BEGIN:VCALENDAR
CALSCALE:GREGORIAN
PRODID:-//Apple Inc.//macOS 15.1//EN
VERSION:2.0
X-APPLE-CALENDAR-COLOR:#1BADF8
X-WR-CALNAME:Teaching
BEGIN:VEVENT
CREATED:20251101T120000Z
DTEND;TZID=Asia/Dubai:20260209T110000
DTSTART;TZID=Asia/Dubai:20260209T090000
DTSTAMP:20251101T120000Z
RRULE:FREQ=WEEKLY;COUNT=4
SEQUENCE:0
SUMMARY:Deep learning
UID:6F1C
X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC
END:VEVENT
BEGIN:VEVENT
DTEND;TZID=Asia/Dubai:20260224T110000
DTSTART;TZID=Asia/Dubai:20260224T090000
RECURRENCE-ID;TZID=Asia/Dubai;RANGE=THISANDFUTURE:20260223T090000
SEQUENCE:1
SUMMARY:Deep learning
UID:6F1C
END:VEVENT
END:VCALENDAR
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Apple Inc.//macOS 15.1//EN
BEGIN:VTODO
UID:todo
SUMMARY:Write report
DUE;VALUE=DATE:20260105
END:VTODO
BEGIN:VEVENT
DTSTART;VALUE=DATE:20260701
SUMMARY:A day without an end
UID:6F1C
END:VEVENT
END:VCALENDAR
"""


def read(text: str, **others: Any) -> list[tuple[str, str, str]]:
    days = read_busy_days(text.replace("\n", "\r\n").encode(), **YEAR, **others)
    assert days.unread_count == 0
    return listed(days)


def test_an_export_of_google_is_read_on_its_owners_clock() -> None:
    assert read(GOOGLE) == [
        ("2026-01-05", "2026-01-05", "Evening class"),
        ("2026-03-03", "2026-03-03", "CS 485"),
        ("2026-03-05", "2026-03-05", "CS 485"),
        ("2026-03-12", "2026-03-12", "CS 485"),
        ("2026-03-17", "2026-03-17", "CS 485"),
        ("2026-03-20", "2026-03-20", "CS 485 (moved)"),
        ("2026-03-24", "2026-03-24", "CS 485"),
        ("2026-05-04", "2026-05-08", "Sabbatical week"),
    ]


def test_an_export_of_outlook_names_zones_as_windows_does() -> None:
    assert read(OUTLOOK) == [
        ("2026-01-12", "2026-01-12", "Seminar"),
        ("2026-01-26", "2026-01-26", "Seminar"),
        ("2026-06-01", "2026-06-05", "Congrès à Lyon"),
    ]


def test_an_export_of_apple_moves_a_series_from_one_day_on_and_may_hold_two_calendars() -> None:
    assert read(APPLE) == [
        ("2026-02-09", "2026-02-09", "Deep learning"),
        ("2026-02-16", "2026-02-16", "Deep learning"),
        ("2026-02-24", "2026-02-24", "Deep learning"),
        ("2026-03-03", "2026-03-03", "Deep learning"),
        ("2026-07-01", "2026-07-01", "A day without an end"),
    ]


@pytest.mark.parametrize(
    ("timezone", "expected"),
    [(None, "2026-01-06"), ("America/New_York", "2026-01-05"), ("../etc/passwd", "2026-01-06")],
)
def test_moments_in_utc_are_those_of_the_readers_home_where_the_file_has_none(
    timezone: str | None, expected: str
) -> None:
    data = calendar("DTSTART:20260106T010000Z|DTEND:20260106T020000Z|SUMMARY:Call")
    assert listed(read_busy_days(data, **YEAR, timezone=timezone)) == [(expected, expected, "Call")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_a_file_is_read_in_whatever_encoding_it_was_written(encoding: str, end: str) -> None:
    text = calendar("DTSTART;VALUE=DATE:20260105|SUMMARY:Réunion").decode()
    data = text.replace("\r\n", end).encode(encoding)
    assert listed(read_busy_days(data, **YEAR)) == [("2026-01-05", "2026-01-05", "Réunion")]


def test_a_carriage_return_within_a_title_begins_no_line_of_its_own() -> None:
    data = calendar("SUMMARY:Talk\rDTSTART;VALUE=DATE:20260105|DTSTART;VALUE=DATE:20260212")
    assert [first for first, _, _ in listed(read_busy_days(data, **YEAR))] == ["2026-02-12"]


def test_an_event_that_ends_before_it_begins_is_on_its_first_day() -> None:
    event = "DTSTART:20260105T100000Z|DTEND:20260103T100000Z|SUMMARY:Wrong"
    assert listed(read_busy_days(calendar(event), **YEAR)) == [
        ("2026-01-05", "2026-01-05", "Wrong")
    ]


@pytest.mark.parametrize(
    "event",
    [
        "SUMMARY:Odd|DTSTART:99991231T235959Z|DURATION:P3D",
        "SUMMARY:Odd|DTSTART:20260105T000000Z|DURATION:P999999999D",
        "SUMMARY:Odd|DTSTART:20260105T000000|DTEND:20260105T010000Z",
        "SUMMARY:Odd|DTSTART:20260105T000000Z|RRULE:FREQ=DAILY;INTERVAL=0",
        "SUMMARY:Odd|DTSTART:20260105T000000Z|RRULE:FREQ=DAILY;UNTIL=soon",
        "SUMMARY:Odd|DTSTART;VALUE=DATE:20260230",
    ],
)
def test_an_odd_event_is_named_or_left_out_and_spoils_no_other(event: str) -> None:
    data = calendar(event, "DTSTART;VALUE=DATE:20260301|SUMMARY:Talk")
    days = read_busy_days(data, **YEAR)
    assert ("2026-03-01", "2026-03-01", "Talk") in listed(days)
    assert set(days.unread) <= {"Odd"}


def test_notes_and_attachments_of_any_size_are_left_unread() -> None:
    event = f"DTSTART;VALUE=DATE:20260105|SUMMARY:Talk|ATTACH;ENCODING=BASE64:{'QUJD' * 500_000}"
    assert listed(read_busy_days(calendar(event), **YEAR)) == [("2026-01-05", "2026-01-05", "Talk")]


def test_of_very_many_titles_the_rest_is_one_entry() -> None:
    events = [f"DTSTART;VALUE=DATE:20260105|SUMMARY:{number}" for number in range(MOST_TITLES + 30)]
    *_, others = read_busy_days(calendar(*events), **YEAR).found
    monday = day("2026-01-05")
    assert (others.kind, others.others, others.days) == (BusyKind.WHOLE, 30, ((monday, monday),))


def test_only_so_many_calendars_are_read_at_once() -> None:
    with SEATS.take(), SEATS.take(), pytest.raises(TooManyReaders):
        read_busy_days_apart(b"", **YEAR)


PIECES = [*GOOGLE.splitlines(), *OUTLOOK.splitlines(), *APPLE.splitlines()]
ODD = [
    "RRULE:FREQ=YEARLY;BYEASTER=1",
    "RRULE:FREQ=MONTHLY;COUNT=-1",
    "RRULE:FREQ=HOURLY",
    "RDATE;VALUE=PERIOD:20260105T000000Z/PT1H,20260106T000000Z/19960404T010000Z",
    "EXDATE:",
    "RECURRENCE-ID;RANGE=THISANDFUTURE:20260105",
    "DTSTART;TZID=:20260105T000000",
    'DTSTART;TZID="a:20260105T000000',
    "DURATION:-PT5H",
    "SEQUENCE:many",
    "STATUS",
    ";:",
    "UID",
]


def survives(data: bytes) -> None:
    try:
        read_busy_days(data, first_day=dt.date(2026, 1, 1), last_day=dt.date(2026, 3, 31))
    except UnreadableCalendar as refused:
        assert refused.why  # noqa: PT017 - either is fine, nothing else is


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_arbitrary_bytes_are_refused_at_most(data: bytes) -> None:
    survives(data)
    survives(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + data + b"\nEND:VEVENT\nEND:VCALENDAR")


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, *ODD]), max_size=12), st.data())
def test_mutated_exports_are_refused_at_most(pieces: list[str], data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from([GOOGLE, OUTLOOK, APPLE])).splitlines()
    for piece in pieces:
        at = data.draw(st.integers(0, len(lines) - 1))
        lines[at : at + data.draw(st.integers(0, 1))] = [piece]
    survives("\r\n".join(lines).encode())
