"""Invitations by mail: what is asked, what is taken back, and how programs read it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import vobject
from icalendar import Calendar

from tests.web.calendar_clients import events_of_ical_js, read_by_ical_js, read_by_icalendar
from tests.web.calendar_samples import make_entry, values_of
from web.calendars.itip import Invitation, Person, spell_invitation

OFFICE = Person("Programme office", "office@lab.example.org")
ADA = Person("Ada; Lovelace", "ada@example.org")
AT = dt.datetime(2026, 1, 2, 9, 0, 0, 5, tzinfo=dt.UTC)


def make_invitation(**others: Any) -> Invitation:
    values: dict[str, Any] = {
        "organizer": OFFICE,
        "attendee": ADA,
        "language": "en",
        "timezone": "Asia/Seoul",
        "at": AT,
    }
    return Invitation(**values | others)


def invited(*, cancelled: bool = False, sequence: int = 0, **others: Any) -> Calendar:
    """Return the calendar of an invitation of Ada's, as a client reads it."""
    entry = replace(make_entry(), cancelled=cancelled, sequence=sequence)
    return Calendar.from_ical(spell_invitation(entry, make_invitation(**others)))


def test_an_invitation_asks_one_person_for_an_answer() -> None:
    calendar = invited()
    (event,) = calendar.events
    attendee = event["ATTENDEE"]
    assert calendar["METHOD"] == "REQUEST"
    assert (str(attendee), attendee.params["CN"]) == ("mailto:ada@example.org", "Ada; Lovelace")
    assert (attendee.params["PARTSTAT"], attendee.params["RSVP"]) == ("NEEDS-ACTION", "TRUE")
    assert str(event["ORGANIZER"]) == "mailto:office@lab.example.org"


def test_an_invitation_is_to_the_whole_days_of_the_stay_and_keeps_its_id_and_sequence() -> None:
    (event,) = invited(sequence=2).events
    assert (event.start, event.end) == (dt.date(2026, 1, 5), dt.date(2026, 2, 2))
    assert (event["UID"], event["SEQUENCE"]) == (make_entry().uid, 2)


def test_the_stamp_says_when_somebody_was_asked_and_not_when_the_stay_was_changed() -> None:
    body = spell_invitation(make_entry(), make_invitation())
    assert values_of(body, "DTSTAMP") == [":20260102T090000Z"]
    assert values_of(body, "LAST-MODIFIED") == [":20251201T093000Z"]


def test_the_same_invitation_is_the_same_bytes() -> None:
    assert spell_invitation(make_entry(), make_invitation()) == spell_invitation(
        make_entry(), make_invitation()
    )


def test_what_is_cancelled_is_taken_back_with_the_same_id_and_its_sequence() -> None:
    calendar = invited(cancelled=True, sequence=3)
    (event,) = calendar.events
    assert calendar["METHOD"] == "CANCEL"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (make_entry().uid, 3, "CANCELLED")
    assert "RSVP" not in event["ATTENDEE"].params


@pytest.mark.parametrize(
    "name",
    [
        "Noémie 'Dr' Gagnon, PhD; Paris: 6e",
        "김하나 🤖",
        "\u202eأحمد\u202c \u200fبن علي",
        "Name " * 60,
    ],
)
def test_a_name_is_read_back_as_it_was(name: str) -> None:
    (event,) = invited(attendee=Person(name, "ada@example.org")).events
    assert event["ATTENDEE"].params["CN"] == name
    assert str(event["ATTENDEE"]) == "mailto:ada@example.org"


def test_a_quotation_mark_in_a_name_is_one_that_every_program_shows() -> None:
    (event,) = invited(attendee=Person('Ada "Countess" L.', "ada@example.org")).events
    assert event["ATTENDEE"].params["CN"] == "Ada 'Countess' L."


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x85", "\u2028", "\x0b"])
def test_a_line_break_in_a_name_adds_no_line(end: str) -> None:
    mallory = Person(f"Eve{end}X-EVIL:1\0", f"eve@example.org{end}X-EVIL:2\0")
    data = spell_invitation(make_entry(), make_invitation(attendee=mallory, organizer=mallory))
    assert [line for line in data.splitlines() if line.startswith(b"X-EVIL")] == []
    assert b"\0" not in data


@pytest.mark.parametrize(
    ("address", "spelled"),
    [
        ("a+b@example.org", "mailto:a+b@example.org"),
        ("a?subject=b@example.org", "mailto:a%3Fsubject=b@example.org"),
        ("100%@example.org", "mailto:100%25@example.org"),
        ("에이다@example.org", "mailto:%EC%97%90%EC%9D%B4%EB%8B%A4@example.org"),
    ],
)
def test_an_address_stays_an_address(address: str, spelled: str) -> None:
    (event,) = invited(attendee=Person("Ada", address)).events
    assert str(event["ATTENDEE"]) == spelled


@pytest.mark.parametrize("cancelled", [False, True])
def test_other_programs_read_who_is_asked_by_whom(cancelled: bool) -> None:
    entry = replace(make_entry(), cancelled=cancelled)
    calendar = vobject.readOne(spell_invitation(entry, make_invitation()).decode())
    event = calendar.vevent
    assert calendar.method.value == ("CANCEL" if cancelled else "REQUEST")
    assert json.dumps(event.attendee.params["CN"]) == '["Ada; Lovelace"]'
    assert (event.attendee.value, event.organizer.value) == (
        "mailto:ada@example.org",
        "mailto:office@lab.example.org",
    )


def test_thunderbirds_parser_reads_the_same_stay(tmp_path: Path) -> None:
    entries = (make_entry(sequence=1), replace(make_entry(sequence=2), cancelled=True))
    bodies = [spell_invitation(entry, make_invitation()) for entry in entries]
    paths = [tmp_path / f"{number}.ics" for number in range(2)]
    for path, body in zip(paths, bodies, strict=True):
        path.write_bytes(body)
    read = [events_of_ical_js(calendar) for calendar in read_by_ical_js(paths)]
    assert read == [read_by_icalendar(body) for body in bodies]
