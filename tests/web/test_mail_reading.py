"""Answers in mails: found wherever they are, bounded before they are taken apart."""

from __future__ import annotations

from base64 import encodebytes
from collections.abc import Callable
from contextlib import suppress
from quopri import encodestring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.replies import ADA, PROGRAMS, UID, make_mail, make_reply, make_wrapped_mail
from web.calendars.replies import Answer, Fault, UnreadableReply
from web.mail.reading import LARGEST_MAIL, MOST_PARTS, read_received_reply
from web.use_cases.researchers.reply_words import WORDS
from web.use_cases.views.replies import Outcome


def fault_of(data: bytes) -> Fault:
    """Return why a file holds no answer."""
    with pytest.raises(UnreadableReply) as refused:
        read_received_reply(data)
    return refused.value.fault


def parted(*parts: str, kind: str = "mixed") -> bytes:
    """Return a mail of some parts."""
    body = "".join(f"--b\n{part}\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="b"\n\n{body}--b--\n'.encode()


@pytest.mark.parametrize("program", PROGRAMS)
def test_an_answer_is_found_beside_the_words_for_people(program: str) -> None:
    reply = read_received_reply(make_mail(make_reply(PROGRAMS[program], answer="DECLINED")))
    assert (reply.uid, reply.address, reply.answer) == (UID, ADA, Answer.DECLINED)


def test_a_calendar_file_is_read_as_it_is() -> None:
    assert read_received_reply(b"\xef\xbb\xbf\r\n " + make_reply()).uid == UID
    assert read_received_reply(make_reply().decode().encode("utf-16")).uid == UID


def test_an_answer_is_found_deep_in_a_mail_that_was_passed_on() -> None:
    assert read_received_reply(make_wrapped_mail(make_reply())).uid == UID


def test_a_mail_that_is_nothing_but_the_answer_is_read() -> None:
    head = b"From: ada@example.org\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n"
    assert read_received_reply(head + make_reply()).uid == UID


def test_a_quoted_printable_answer_in_another_charset_is_read() -> None:
    answer = make_reply().decode().replace("END:VEVENT", "COMMENT:D=E9sol=E9e\r\nEND:VEVENT")
    escaped = answer.replace("PARTSTAT=", "PARTSTAT=3D")
    head = (
        'Content-Type: text/calendar; charset="Windows-1252"; method=REPLY\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    assert read_received_reply((head + escaped).encode()).note == "Désolée"


def test_an_attached_file_without_a_type_is_read() -> None:
    attached = (
        "Content-Type: application/octet-stream\n"
        'Content-Disposition: attachment; filename="=?utf-8?q?R=C3=A9ponse?=.ics"\n\n'
    )
    assert read_received_reply(parted(attached + make_reply().decode())).uid == UID
    named = "Content-Type: application/octet-stream; name=reply.ics\n\n"
    assert read_received_reply(parted(named + make_reply().decode())).uid == UID


def test_an_answer_counts_more_than_the_invitation_that_is_quoted_before_it() -> None:
    asked = make_reply().decode().replace("REPLY", "REQUEST")
    parts = [f"Content-Type: text/calendar\n\n{text}" for text in (asked, make_reply().decode())]
    assert read_received_reply(parted(*parts)).uid == UID


@pytest.mark.parametrize(
    ("method", "fault"), [("REQUEST", Fault.INVITATION), ("REFRESH", Fault.NO_ANSWER)]
)
def test_another_method_is_told(method: str, fault: Fault) -> None:
    calendar = make_reply().replace(b"METHOD:REPLY", f"METHOD:{method}".encode())
    assert fault_of(make_mail(calendar, method=method)) is fault


@pytest.mark.parametrize(
    "head",
    [
        "Content-Type: application/ms-tnef\n\nx",
        'Content-Type: application/octet-stream\nContent-Disposition: attachment; filename="WINMAIL.DAT"\n\nx',  # noqa: E501
    ],
)
def test_what_only_outlook_reads_is_told(head: str) -> None:
    assert fault_of(parted("Content-Type: text/plain\n\nYes", head)) is Fault.WINMAIL
    answer = f"Content-Type: text/calendar\n\n{make_reply().decode()}"
    assert read_received_reply(parted(head, answer)).uid == UID


@pytest.mark.parametrize(
    "data",
    [
        b"Subject: Yes\n\nI come.\n",
        b"PK\x03\x04 a document",
        b"\x00" * 500,
        b"Content-Type: multipart/mixed\n\nno boundary",
        b"Content-Type: text/plain; name*=no-such-charset''%ff.ics; charset=\"\x00\"\n\nx",
    ],
)
def test_what_holds_no_answer_is_told(data: bytes) -> None:
    assert fault_of(data) is Fault.NO_CALENDAR


def forwarded(*replies: bytes) -> bytes:
    """Return a mail with answers that came to somebody else."""
    parts = [f"Content-Type: message/rfc822\n\n{make_mail(reply).decode()}" for reply in replies]
    return parted("Content-Type: text/plain\n\nFor you.", *parts)


def test_several_answers_in_one_file_are_told_however_they_got_there() -> None:
    yes, no = make_reply(), make_reply(answer="DECLINED", address="bo@example.org")
    mailbox = b"\n".join(
        b"From ada@example.org Mon Jan  5 10:00:00 2026\n" + make_mail(reply).replace(b"\r", b"")
        for reply in (yes, no)
    )
    assert [fault_of(data) for data in (forwarded(yes, no), mailbox, yes + no)] == [
        Fault.SEVERAL
    ] * 3
    assert read_received_reply(forwarded(yes, yes)).answer is Answer.ACCEPTED


def returned(kind: str) -> bytes:
    """Return a mail about one of ours, which it holds."""
    asked = make_mail(make_reply().replace(b"METHOD:REPLY", b"METHOD:REQUEST")).decode()
    return parted(
        "Content-Type: text/plain\n\nI am sorry to inform you ...",
        f"Content-Type: message/{kind}\n\nReporting-MTA: dns; mail.example.org",
        f"Content-Type: message/rfc822\n\n{asked}",
        kind=f"report; report-type={kind}",
    )


def test_a_mail_that_a_machine_wrote_is_told_unless_it_is_an_answer() -> None:
    assert fault_of(returned("delivery-status")) is Fault.BOUNCE
    assert fault_of(returned("disposition-notification")) is Fault.AUTOMATIC
    for head in (b"X-Failed-Recipients: ada@example.org", b"From: MAILER-DAEMON@example.org"):
        assert fault_of(head + b"\nAuto-Submitted: auto-replied\n\nIt came back.") is Fault.BOUNCE
    away = b"Auto-Submitted: auto-replied\nSubject: Away\n\nI am back in May.\n"
    assert fault_of(away) is Fault.AUTOMATIC
    answer = b"Auto-Submitted: auto-generated\n" + make_mail(make_reply())
    assert read_received_reply(answer).uid == UID


@pytest.mark.parametrize("charset", ["utf-8", "euc-kr", "ks_c_5601-1987", "iso-2022-kr"])
@pytest.mark.parametrize(
    ("transfer", "encode"),
    [("base64", encodebytes), ("quoted-printable", encodestring), ("8bit", bytes)],
)
def test_an_answer_is_read_in_every_spelling_that_korean_mails_have(
    charset: str, transfer: str, encode: Callable[[bytes], bytes]
) -> None:
    text = make_reply().decode().replace("END:VEVENT", "COMMENT:오월에 뵙겠습니다\r\nEND:VEVENT")
    spelled = text.encode(charset)
    head = (
        f"Content-Type: text/calendar; charset={charset}; method=REPLY\r\n"
        f"Content-Transfer-Encoding: {transfer}\r\n\r\n"
    )
    assert read_received_reply(head.encode() + encode(spelled)).note == "오월에 뵙겠습니다"


@pytest.mark.parametrize("data", [b"", b" \r\n\t"])
def test_an_empty_file_is_told(data: bytes) -> None:
    assert fault_of(data) is Fault.EMPTY


def test_a_mail_larger_than_any_answer_is_not_read() -> None:
    assert fault_of(make_mail(make_reply()) + b"x" * LARGEST_MAIL) is Fault.TOO_LARGE


@pytest.mark.parametrize(
    "data",
    [
        parted(*["Content-Type: text/plain\n\nx"] * MOST_PARTS),
        parted(*["\n"] * 50_000),
        b"".join(b"Content-Type: multipart/x; boundary=%d\n\n--%d\n" % (n, n) for n in range(99)),
        b"Content-Type: message/rfc822\n\n" * 20_000,
        b"Content-Type: multipart/mixed; boundary*0=a;\n boundary*1=b\n\n" * 20,
        b"Content-Type: message/delivery-status\n\n" + b"A: b\n\n" * 60_000,
    ],
)
def test_a_mail_of_more_parts_than_any_answer_has_is_not_taken_apart(data: bytes) -> None:
    assert fault_of(data) is Fault.TOO_DEEP


@given(st.binary(max_size=60), st.integers(0, len(make_wrapped_mail(make_reply()))))
def test_a_broken_mail_is_an_answer_or_is_told(noise: bytes, at: int) -> None:
    whole = make_wrapped_mail(make_reply())
    with suppress(UnreadableReply):
        assert read_received_reply(whole[:at] + noise + whole[at:]).answer in set(Answer)


def test_every_outcome_has_its_words() -> None:
    assert set(WORDS) == {*Outcome, *Fault}
