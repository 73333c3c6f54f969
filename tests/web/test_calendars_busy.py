"""Somebody's own calendar file: busy days, repetitions, and files that were made to harm."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.builders import day
from web.calendars.busy import read_busy_days
from web.calendars.busy_apart import read_busy_days_apart
from web.calendars.busy_days import BusyDays, BusyKind, merge_days
from web.calendars.busy_file import UnreadableCalendar

YEAR: dict[str, Any] = {"first_day": day("2026-01-01"), "last_day": day("2026-12-31")}


def calendar(*events: str) -> bytes:
    """Return a calendar of events, whose lines stand with bars between them."""
    written = (
        f"BEGIN:VEVENT|UID:{number}|DTSTAMP:20260101T000000Z|{event}|END:VEVENT|"
        for number, event in enumerate(events)
    )
    text = f"BEGIN:VCALENDAR|VERSION:2.0|PRODID:test|{''.join(written)}END:VCALENDAR|"
    return text.replace("|", "\r\n").encode()


def found(*events: str) -> list[tuple[str, str, str]]:
    """Return what is found of events in 2026, its days as ISO texts."""
    return listed(read_busy_days(calendar(*events), **YEAR))


def listed(days: BusyDays) -> list[tuple[str, str, str]]:
    """Return ranges of days as ISO texts, each with its title."""
    return sorted(
        (str(first), str(last), entry.summary) for entry in days.found for first, last in entry.days
    )


def test_an_event_of_whole_days_ends_the_day_before_its_end() -> None:
    event = "DTSTART;VALUE=DATE:20260105|DTEND;VALUE=DATE:20260108|SUMMARY:Conference"
    assert found(event) == [("2026-01-05", "2026-01-07", "Conference")]


def test_a_lecture_is_on_the_day_of_its_own_clock() -> None:
    event = "DTSTART;TZID=America/Toronto:20260105T200000|DURATION:PT2H|SUMMARY:Lecture"
    assert found(event) == [("2026-01-05", "2026-01-05", "Lecture")]


def test_repetitions_are_written_out_without_those_taken_back() -> None:
    event = (
        "DTSTART;TZID=Europe/Paris:20260105T090000|DTEND;TZID=Europe/Paris:20260105T100000|"
        "SUMMARY:Course|RRULE:FREQ=WEEKLY;COUNT=4|EXDATE;TZID=Europe/Paris:20260112T090000"
    )
    assert [first for first, _, _ in found(event)] == ["2026-01-05", "2026-01-19", "2026-01-26"]


def test_one_of_a_series_may_be_cancelled_on_its_own() -> None:
    data = calendar("DTSTART;VALUE=DATE:20260105|SUMMARY:Course|RRULE:FREQ=WEEKLY;COUNT=2")
    cancelled = (
        b"BEGIN:VEVENT\r\nUID:0\r\nDTSTAMP:20260101T000000Z\r\n"
        b"RECURRENCE-ID;VALUE=DATE:20260112\r\nDTSTART;VALUE=DATE:20260112\r\n"
        b"STATUS:CANCELLED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    days = read_busy_days(data.replace(b"END:VCALENDAR\r\n", cancelled), **YEAR)
    assert listed(days) == [("2026-01-05", "2026-01-05", "Course")]


def test_what_is_cancelled_is_left_out() -> None:
    assert found("DTSTART;VALUE=DATE:20260105|SUMMARY:Perhaps|STATUS:CANCELLED") == []


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ("DTSTART;VALUE=DATE:20260105", BusyKind.WHOLE),
        ("DTSTART;VALUE=DATE:20260105|TRANSP:TRANSPARENT", BusyKind.FREE),
        ("DTSTART:20260105T090000Z|DTEND:20260105T150000Z", BusyKind.WHOLE),
        ("DTSTART:20260105T090000Z|DTEND:20260105T145959Z", BusyKind.PART),
        ("DTSTART:20260105T090000Z", BusyKind.PART),
    ],
)
def test_what_takes_the_day_is_told_from_what_takes_hours_or_nothing(
    event: str, kind: BusyKind
) -> None:
    (entry,) = read_busy_days(calendar(event), **YEAR).found
    assert entry.kind is kind


def test_an_endless_event_is_cut_to_the_days_asked_for() -> None:
    event = "DTSTART;VALUE=DATE:19000101|DTEND;VALUE=DATE:99991231|SUMMARY:Ever"
    assert found(event) == [("2026-01-01", "2026-12-31", "Ever")]


@pytest.mark.parametrize(
    "event",
    [
        "DTSTART:20260105T000000Z|SUMMARY:Bomb|RRULE:FREQ=SECONDLY",
        "DTSTART:20260105T000000Z|SUMMARY:Bomb|RRULE:FREQ=SOMETIMES",
        "DTSTART:20260105T000000Z|SUMMARY:Bomb|RRULE:hello",
        "SUMMARY:Bomb",
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_is_read(event: str) -> None:
    days = read_busy_days(calendar(event, "DTSTART;VALUE=DATE:20260105|SUMMARY:Talk"), **YEAR)
    assert (days.unread, days.unread_count) == (("Bomb",), 1)
    assert [each.summary for each in days.found] == ["Talk"]


def test_control_characters_and_a_byte_order_mark_do_no_harm() -> None:
    data = b"\xef\xbb\xbf" + calendar("DTSTART;VALUE=DATE:20260105|SUMMARY:a\0b\x1bc")
    assert [each.summary for each in read_busy_days(data, **YEAR).found] == ["abc"]


def test_an_unknown_time_zone_is_the_readers_own_clock() -> None:
    event = "DTSTART;TZID=Nowhere/Land:20260105T230000|DTEND;TZID=Nowhere/Land:20260106T010000"
    assert [(first, last) for first, last, _ in found(event)] == [("2026-01-05", "2026-01-06")]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", UnreadableCalendar.EMPTY),
        (b" \r\n\0", UnreadableCalendar.EMPTY),
        (b"<!DOCTYPE html>\n<html>", UnreadableCalendar.WEB_PAGE),
        (b"PK\x03\x04 takeout", UnreadableCalendar.ARCHIVE),
        (b"Dear coordinator,", UnreadableCalendar.NO_CALENDAR),
        (b"BEGIN:VCARD\r\nEND:VCARD\r\n", UnreadableCalendar.NO_CALENDAR),
        (calendar("DTSTART;VALUE=DATE:20260105")[:-25], UnreadableCalendar.BROKEN_OFF),
        (b"BEGIN:VCALENDAR\r\n" * 100_000, UnreadableCalendar.TOO_DEEP),
        (b"x" * (11 * 1024 * 1024), UnreadableCalendar.TOO_LARGE),
        (calendar(*["DTSTART;VALUE=DATE:20260105"] * 20_001), UnreadableCalendar.TOO_MANY_EVENTS),
    ],
)
def test_what_is_no_calendar_or_too_much_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableCalendar) as refused:
        read_busy_days(data, **YEAR)
    assert refused.value.why == why


def test_days_are_read_the_same_in_a_process_of_their_own() -> None:
    data = calendar("DTSTART;VALUE=DATE:20260105|SUMMARY:Café 서울|RRULE:FREQ=MONTHLY")
    assert read_busy_days_apart(data, **YEAR) == read_busy_days(data, **YEAR)


def test_rules_that_would_take_for_ever_end_the_process_and_not_the_server() -> None:
    never = "DTSTART:19700105T000000Z|RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"
    with pytest.raises(UnreadableCalendar) as refused:
        read_busy_days_apart(calendar(*[never] * 50), **YEAR, patience=1.0)
    assert refused.value.why == UnreadableCalendar.TOO_LONG


def test_a_refusal_comes_back_from_the_process() -> None:
    with pytest.raises(UnreadableCalendar) as refused:
        read_busy_days_apart(b"hello", **YEAR)
    assert refused.value.why == UnreadableCalendar.NO_CALENDAR


def test_days_that_touch_become_one_range() -> None:
    january = [
        (dt.date(2026, 1, first), dt.date(2026, 1, last))
        for first, last in [(9, 9), (1, 3), (4, 5), (2, 2)]
    ]
    assert merge_days(january) == (
        (dt.date(2026, 1, 1), dt.date(2026, 1, 5)),
        (dt.date(2026, 1, 9), dt.date(2026, 1, 9)),
    )
