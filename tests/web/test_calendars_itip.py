"""Invitations by mail: what is asked, what is taken back, and which replies are read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from icalendar import Calendar, Component

from tests.web.calendar_samples import make_entry
from web.calendars.itip import (
    LARGEST_REPLY,
    Answer,
    Person,
    Reply,
    UnreadableReply,
    read_reply,
    spell_invitation,
)

OFFICE = Person("Programme office", "office@lab.example.org")
ADA = Person("Ada; Lovelace", "ada@example.org")

REPLY = (
    "BEGIN:VCALENDAR|VERSION:2.0|PRODID:x|METHOD:REPLY|BEGIN:VEVENT|UID:lab.ada@lab.example.org|"
    "DTSTAMP:20260101T000000Z|SEQUENCE:2|ORGANIZER:mailto:office@lab.example.org|"
    "ATTENDEE;PARTSTAT=ACCEPTED:mailto:Ada@example.org|END:VEVENT|END:VCALENDAR|"
)


def invited(*, cancelled: bool = False, sequence: int = 0) -> Component:
    """Return the calendar of an invitation of Ada's, as a client reads it."""
    entry = replace(make_entry(), cancelled=cancelled, sequence=sequence)
    return Calendar.from_ical(
        spell_invitation(
            entry, organizer=OFFICE, attendee=ADA, language="en", timezone="Asia/Seoul"
        )
    )


def wired(text: str) -> bytes:
    """Return a calendar's bytes from its lines with bars between them."""
    return text.replace("|", "\r\n").encode()


def test_an_invitation_asks_one_person_for_an_answer() -> None:
    calendar = invited()
    (event,) = calendar.walk("VEVENT")
    attendee = event["ATTENDEE"]
    assert calendar["METHOD"] == "REQUEST"
    assert (str(attendee), attendee.params["CN"]) == ("mailto:ada@example.org", "Ada; Lovelace")
    assert (attendee.params["PARTSTAT"], attendee.params["RSVP"]) == ("NEEDS-ACTION", "TRUE")
    assert str(event["ORGANIZER"]) == "mailto:office@lab.example.org"


def test_what_is_cancelled_is_taken_back_with_the_same_id_and_its_sequence() -> None:
    calendar = invited(cancelled=True, sequence=3)
    (event,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "CANCEL"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (make_entry().uid, 3, "CANCELLED")
    assert "RSVP" not in event["ATTENDEE"].params


def test_a_line_break_in_a_name_adds_no_line() -> None:
    mallory = Person("Eve\r\nX-EVIL:1", "eve@example.org\r\nX-EVIL:2")
    data = spell_invitation(
        make_entry(), organizer=OFFICE, attendee=mallory, language="en", timezone="Asia/Seoul"
    )
    assert [line for line in data.split(b"\r\n") if line.startswith(b"X-EVIL")] == []


def test_a_reply_says_who_answers_what_to_which_state() -> None:
    assert read_reply(wired(REPLY)) == Reply(
        uid="lab.ada@lab.example.org",
        sequence=2,
        address="ada@example.org",
        answer=Answer.ACCEPTED,
    )


@pytest.mark.parametrize(
    ("said", "answer"), [("DECLINED", Answer.DECLINED), ("TENTATIVE", Answer.TENTATIVE)]
)
def test_a_reply_may_say_no_or_perhaps(said: str, answer: Answer) -> None:
    assert read_reply(wired(REPLY.replace("ACCEPTED", said))).answer is answer


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Dear office, yes.",
        REPLY.replace("METHOD:REPLY|", ""),
        REPLY.replace("REPLY", "REQUEST"),
        REPLY.replace("ACCEPTED", "DELEGATED"),
        REPLY.replace(";PARTSTAT=ACCEPTED", ""),
        REPLY.replace("SEQUENCE:2", "SEQUENCE:two"),
        REPLY.replace("UID:lab.ada@lab.example.org|", ""),
        REPLY.replace("|END:VEVENT", "|ATTENDEE;PARTSTAT=DECLINED:mailto:b@example.org|END:VEVENT"),
        REPLY.replace("BEGIN:VEVENT", "BEGIN:VTODO").replace("END:VEVENT", "END:VTODO"),
        REPLY + "x" * LARGEST_REPLY,
    ],
)
def test_what_is_no_single_reply_is_refused(text: str) -> None:
    with pytest.raises(UnreadableReply):
        read_reply(wired(text))
