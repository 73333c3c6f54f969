"""Answers of calendar programs: what is read of them, and what is told of anything else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from tests.web.calendar_samples import make_entry
from tests.web.replies import ADA, OUTLOOK, PLAIN, PROGRAMS, UID, make_reply
from web.calendars.itip import Invitation, Person, spell_invitation
from web.calendars.replies import LARGEST_REPLY, Answer, Fault, Reply, UnreadableReply, read_reply

ENDLESS_ZONE = (
    "BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:16010101T000000\nRRULE:FREQ=SECONDLY\n"
    "TZOFFSETFROM:+0900\nTZOFFSETTO:+0900\nEND:STANDARD\nEND:VTIMEZONE\n"
)
MOMENT = dt.datetime(2026, 1, 5, 1, tzinfo=dt.UTC)


def fault_of(data: bytes) -> Fault:
    """Return why a file is no reply."""
    with pytest.raises(UnreadableReply) as refused:
        read_reply(data)
    return refused.value.fault


def plain(old: str, new: str) -> bytes:
    """Return a plain reply with something else in one place."""
    changed = PLAIN.replace(old, new)
    assert changed != PLAIN
    return make_reply(changed)


@pytest.mark.parametrize(
    ("program", "note"),
    [
        ("plain", ""),
        ("google", "See you there, all of you"),
        ("outlook", "I would rather come in May; is that\npossible?"),
        ("apple", ""),
    ],
)
def test_a_reply_says_who_answers_what_to_which_state(program: str, note: str) -> None:
    data = make_reply(PROGRAMS[program], answer="ACCEPTED", sequence=2, address="Ada@Example.org")
    assert read_reply(data) == Reply(
        uid=UID,
        sequence=2,
        address=ADA,
        answer=Answer.ACCEPTED,
        note=note,
        answered_at=MOMENT,
    )


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("DECLINED", Answer.DECLINED),
        ("declined", Answer.DECLINED),
        ("Tentative", Answer.TENTATIVE),
    ],
)
def test_a_reply_may_say_no_or_perhaps(program: str, said: str, answer: Answer) -> None:
    assert read_reply(make_reply(PROGRAMS[program], answer=said)).answer is answer


NOTE = "Teaching; back\\soon,\nin May 🌸"


def answer_by_icalendar(invitation: bytes) -> bytes:
    """Decline an invitation as a program does that is built on icalendar."""
    calendar = Calendar.from_ical(invitation)
    calendar["METHOD"] = "REPLY"
    (event,) = calendar.events
    event["ATTENDEE"].params["PARTSTAT"] = "DECLINED"
    event.add("comment", NOTE)
    body: bytes = calendar.to_ical()
    return body


def answer_by_vobject(invitation: bytes) -> bytes:
    """Decline an invitation as a program does that is built on vobject."""
    calendar = vobject.readOne(invitation.decode())
    calendar.method.value = "REPLY"
    calendar.vevent.attendee.params["PARTSTAT"] = ["DECLINED"]
    calendar.vevent.add("comment").value = NOTE
    return str(calendar.serialize()).encode()


@pytest.mark.parametrize("answer", [answer_by_icalendar, answer_by_vobject])
def test_a_program_that_reads_our_invitation_answers_it(answer: Callable[[bytes], bytes]) -> None:
    invitation = Invitation(
        organizer=Person("Office", "office@lab.example.org"),
        attendee=Person('Ada "Countess" Lovelace, 🤖', ADA),
        language="ar",
        timezone="Asia/Seoul",
        at=MOMENT,
    )
    assert read_reply(answer(spell_invitation(make_entry(sequence=4), invitation))) == Reply(
        uid=UID,
        sequence=4,
        address=ADA,
        answer=Answer.DECLINED,
        note=NOTE,
        answered_at=MOMENT,
    )


@pytest.mark.parametrize(
    ("spelled", "read"),
    [
        ("MAILTO:Ada@Example.org", ADA),
        ("Mailto:<ada@example.org>", ADA),
        ("mailto:%EC%97%90%EC%9D%B4%EB%8B%A4@example.org", "에이다@example.org"),
        ("mailto:a+b@example.org", "a+b@example.org"),
        ("invalid:nomail", "invalid:nomail"),
    ],
)
def test_an_address_is_read_however_it_is_spelled(spelled: str, read: str) -> None:
    assert read_reply(plain("mailto:{address}", spelled)).address == read


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("head", ["", "\ufeff"])
def test_a_file_is_read_with_any_ending_and_mark(ending: str, head: str) -> None:
    text = make_reply().decode().replace("\r\n", ending)
    assert read_reply((head + text).encode()).answer is Answer.ACCEPTED
    assert read_reply(text.encode("utf-16")).answer is Answer.ACCEPTED


@pytest.mark.parametrize("charset", ["iso-8859-1", "euc-kr", "windows-1256", "no-such", "idna"])
def test_a_note_is_read_in_the_charset_that_a_mail_claims(charset: str) -> None:
    notes = {"iso-8859-1": "Désolée", "euc-kr": "다음에 뵙겠습니다", "windows-1256": "شكرا"}
    note = notes.get(charset, "Merci, à bientôt")
    spelled = charset if charset in notes else "utf-8"
    data = plain("END:VEVENT", f"COMMENT:{note}\nEND:VEVENT").decode().encode(spelled)
    assert read_reply(data, charset=charset).note == note


def test_a_note_is_bounded_and_holds_no_control_characters() -> None:
    said = "a\x07b\x1b[31m\\nline\u2028<script>alert(1)</script>" + "x" * 5000
    note = read_reply(plain("END:VEVENT", f"COMMENT:{said}\nEND:VEVENT")).note
    assert note.startswith("ab[31m\nline\n<script>alert(1)</script>xxx")
    assert len(note) == 4000


def test_a_nul_byte_is_read_over() -> None:
    assert read_reply(make_reply().replace(b"REPLY", b"RE\0PLY")).uid == UID


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("METHOD:REPLY\n", "", Fault.INVITATION),
        ("METHOD:REPLY", "METHOD:REQUEST", Fault.INVITATION),
        ("METHOD:REPLY", "METHOD:PUBLISH", Fault.INVITATION),
        ("METHOD:REPLY", "METHOD:REFRESH", Fault.NO_ANSWER),
        ("METHOD:REPLY", "METHOD:DECLINECOUNTER", Fault.INVITATION),
        ("{answer}", "DELEGATED", Fault.DELEGATED),
        ("{answer}", "NEEDS-ACTION", Fault.NO_ANSWER),
        ("{answer}", "X-PERHAPS", Fault.NO_ANSWER),
        (";PARTSTAT={answer}", "", Fault.NO_ANSWER),
        ("ATTENDEE;PARTSTAT={answer}:mailto:{address}\n", "", Fault.BROKEN),
        ("ATTENDEE;PARTSTAT", 'ATTENDEE;CN="Ada;PARTSTAT', Fault.BROKEN),
        ("SEQUENCE:{sequence}", "SEQUENCE:two", Fault.BROKEN),
        ("SEQUENCE:{sequence}", "SEQUENCE:-1", Fault.BROKEN),
        ("SEQUENCE:{sequence}", "SEQUENCE:" + "9" * 5000, Fault.BROKEN),
        ("UID:{uid}\n", "", Fault.BROKEN),
        ("UID:{uid}", "UID", Fault.BROKEN),
        (
            "END:VEVENT",
            "ATTENDEE;PARTSTAT=DECLINED:mailto:b@example.org\nEND:VEVENT",
            Fault.SEVERAL,
        ),
        ("END:VEVENT\n", "END:VEVENT\nBEGIN:VEVENT\nUID:other\nEND:VEVENT\n", Fault.SEVERAL),
        ("VEVENT", "VTODO", Fault.BROKEN),
    ],
)
def test_what_is_no_single_reply_is_told(old: str, new: str, fault: Fault) -> None:
    assert fault_of(plain(old, new)) is fault


@pytest.mark.parametrize(
    "data", [b"", b"Dear office, yes.", b"\xff\xfe\x00", b"END:VCALENDAR\n" * 9]
)
def test_what_is_no_calendar_is_told(data: bytes) -> None:
    assert fault_of(data) is Fault.NO_CALENDAR


def test_what_is_larger_than_any_reply_is_not_read() -> None:
    assert fault_of(make_reply() + b"x" * LARGEST_REPLY) is Fault.TOO_LARGE


def test_the_same_attendee_twice_is_one() -> None:
    twice = "ATTENDEE;PARTSTAT={answer}:mailto:{address}\n" * 2
    line = "ATTENDEE;PARTSTAT={answer}:mailto:{address}\n"
    assert read_reply(plain(line, twice)).answer is Answer.ACCEPTED


def test_what_an_alarm_or_a_time_zone_says_is_no_answer() -> None:
    alarm = "BEGIN:VALARM\nATTENDEE:mailto:b@example.org\nUID:x\nEND:VALARM\nEND:VEVENT"
    assert read_reply(plain("END:VEVENT", alarm)).address == ADA


@pytest.mark.parametrize(
    "bomb",
    [
        ENDLESS_ZONE,
        "BEGIN:X\n" * 15_000 + "END:X\n" * 15_000,
    ],
)
def test_what_would_take_for_ever_is_read_over(bomb: str) -> None:
    assert read_reply(plain("BEGIN:VEVENT", f"{bomb}BEGIN:VEVENT")).uid == UID
    assert read_reply(plain("END:VEVENT", f"{bomb}RRULE:FREQ=SECONDLY\nEND:VEVENT")).uid == UID


@given(st.binary(max_size=60), st.integers(0, len(make_reply(OUTLOOK))))
def test_a_broken_file_is_a_reply_or_is_told(noise: bytes, at: int) -> None:
    whole = make_reply(OUTLOOK)
    with suppress(UnreadableReply):
        assert read_reply(whole[:at] + noise + whole[at:]).answer in set(Answer)


@given(st.text(max_size=200))
def test_any_note_comes_back_in_lines_that_can_be_shown(said: str) -> None:
    comment = f"COMMENT:{said}\r\n".replace("\n", "\n ").removesuffix(" ").encode(errors="replace")
    note = read_reply(make_reply().replace(b"END:VEVENT", comment + b"END:VEVENT")).note
    assert [char for char in note if char < " " and char != "\n"] == []


PROPOSAL = """\
BEGIN:VCALENDAR
PRODID:-//Example//EN
VERSION:2.0
METHOD:COUNTER
BEGIN:VEVENT
{days}
DTSTAMP:20260105T010000Z
ORGANIZER;CN=Lab:mailto:help@lab.example.org
UID:lab.ada@lab.example.org
ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT={answer};CN=Ada:mailto:ada@example.org
COMMENT:I teach until June
SEQUENCE:2
SUMMARY:Residency
END:VEVENT
END:VCALENDAR
"""

GOOGLES = "DTSTART;VALUE=DATE:20260608\nDTEND;VALUE=DATE:20260706"
OUTLOOKS = (
    "DTSTART;TZID=Korea Standard Time:20260608T000000\n"
    "DTEND;TZID=Korea Standard Time:20260706T000000\n"
    "X-MS-OLK-ORIGINALSTART;TZID=Korea Standard Time:20260105T000000"
)


@pytest.mark.parametrize(
    ("days", "said", "answer", "note"),
    [
        (GOOGLES, "TENTATIVE", Answer.TENTATIVE, "\u2192 2026-06-08 \u2013 2026-07-05\n"),
        (OUTLOOKS, "DECLINED", Answer.DECLINED, "\u2192 2026-06-08 \u2013 2026-07-05\n"),
        (GOOGLES, "ACCEPTED", Answer.TENTATIVE, "\u2192 2026-06-08 \u2013 2026-07-05\n"),
        ("DTSTART;VALUE=DATE:20260608", "NEEDS-ACTION", Answer.TENTATIVE, "\u2192 2026-06-08\n"),
        ("DTSTART:20260607T150000Z", "TENTATIVE", Answer.TENTATIVE, ""),
        ("DTSTART:soon\nDTEND:later", "TENTATIVE", Answer.TENTATIVE, ""),
    ],
)
def test_who_proposes_other_days_says_perhaps_or_no_and_the_days_are_noted(
    days: str, said: str, answer: Answer, note: str
) -> None:
    proposal = PROPOSAL.format(days=days, answer=said)
    reply = read_reply(proposal.replace("\n", "\r\n").encode())
    assert (reply.answer, reply.note, reply.sequence, reply.proposes) == (
        answer,
        f"{note}I teach until June",
        2,
        True,
    )
