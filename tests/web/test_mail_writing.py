"""What mails say, and how they are spelled."""

from __future__ import annotations

import datetime as dt
import email
import string
from dataclasses import fields, replace
from email.header import decode_header, make_header
from email.utils import parseaddr
from typing import Any

import pytest

from models.mail_store import MailKind
from tests.builders import make_host, make_plan, make_problem, make_request, make_residency
from web.calendars.entries import Entry, entries_of
from web.mail.addresses import AddressError, checked_address, parse_named
from web.mail.message import Letter, html_of, spell_letter
from web.mail.wording import ENGLISH, MAIL_WORDINGS
from web.mail.writing import (
    CALENDAR,
    say_calendar,
    with_link,
    write_cancelled,
    write_moved,
    write_new,
)

AT = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)


def make_entry(**others: Any) -> Entry:
    problem = make_problem(
        hosts=(replace(make_host(), name={"en": "Kim", "ko": "김"}),),
        requests=(make_request(hosts=("kim",)),),
    )
    residency = make_residency(**{"host": "kim"} | others)
    (entry,) = entries_of(problem, make_plan(residency), domain="lab.example.org", stamp=AT)
    return entry


def make_letter(**others: Any) -> Letter:
    values: dict[str, Any] = {
        "message_id": "lab.1@lab.example.org",
        "name": "Ada",
        "address": "ada@example.org",
        "language": "en",
        "subject": "Your stay",
        "text": "Come.\n",
    }
    return Letter(**values | others)


def holes(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


def test_every_language_fills_in_the_same() -> None:
    for wording in MAIL_WORDINGS.values():
        for field in fields(wording):
            text = getattr(wording, field.name)
            assert (field.name, holes(text)) == (field.name, holes(getattr(ENGLISH, field.name)))


def test_who_comes_for_the_first_time_reads_when_where_and_with_whom() -> None:
    assert write_new(make_entry(), "en").text.split("\n\n")[2].split("\n") == [
        "  First day: Monday, January 5, 2026",
        "  Last day: Sunday, February 1, 2026",
        "  Place: zone-a, floor-1, main, seoul",
        "  Host: Kim, waterloo",
    ]


def test_who_moves_reads_what_was_and_what_is() -> None:
    text = write_moved(make_entry(), make_entry(days=21, host=None), "ko").text
    assert text.split("\n\n")[2].split("\n") == [
        "  시작일: 2026년 1월 5일 월요일",
        "  종료일: 2026년 1월 25일 일요일 (변경 전: 2026년 2월 1일 일요일)",
        "  장소: seoul, main, floor-1, zone-a",
        "  호스트: 없음 (변경 전: 김, waterloo)",
    ]


def test_who_is_cancelled_reads_what_no_longer_takes_place() -> None:
    writing = write_cancelled(make_entry(), "en")
    assert "Your residency at Lab is cancelled. This no longer takes place:" in writing.text
    assert "  First day: Monday, January 5, 2026" in writing.text.split("\n")


def test_a_mail_without_a_link_leaves_out_the_line_that_needs_one() -> None:
    assert with_link("Hello\nSee {link}\nBye", None) == "Hello\nBye"
    assert with_link("See {link}", "https://lab.example.org/r/x") == (
        "See https://lab.example.org/r/x"
    )


def test_what_is_said_of_the_calendar_fits_what_goes_along() -> None:
    said = {
        (kind, is_invitation): say_calendar(CALENDAR, "en", kind=kind, is_invitation=is_invitation)
        for kind in (MailKind.NEW, MailKind.CANCELLED)
        for is_invitation in (True, False)
    }
    assert len(set(said.values())) == 4


def test_html_says_the_text_and_nothing_else() -> None:
    html = html_of("Dear <b>Ada</b>,\n\nsee https://lab.example.org/r/x.\nBye", "ar")
    assert '<html lang="ar" dir="rtl">' in html
    assert "<p>Dear &lt;b&gt;Ada&lt;/b&gt;,</p>" in html
    link = '<a href="https://lab.example.org/r/x">https://lab.example.org/r/x</a>'
    assert f"<p>see {link}.<br>\nBye</p>" in html


def test_the_calendar_goes_along_byte_by_byte() -> None:
    calendar = "BEGIN:VCALENDAR\r\nX-A:가\r\nEND:VCALENDAR\r\n".encode()
    message = spell_letter(make_letter(calendar=calendar, calendar_method="PUBLISH"), at=AT)
    (attached,) = message.iter_attachments()
    assert attached.get_payload(decode=True) == calendar
    assert attached["Content-Type"] == 'text/calendar; charset="utf-8"; method="PUBLISH"'


@pytest.mark.parametrize(
    "text",
    [
        "Your residency at National AI Research Lab has changed: Jan 12 – Feb 8, 2026",  # noqa: RUF001
        "Lovelace, Ada, of [the Analytical Engine], at the University of London, by the sea",
        'Gagnon, Noémie "Mimi", PhD; ' + "연구자 " * 20,
    ],
)
def test_a_long_subject_and_a_long_name_arrive_as_they_were(text: str) -> None:
    raw = spell_letter(make_letter(subject=text, name=text.strip()), at=AT).as_bytes()
    message = email.message_from_bytes(raw)
    name, address = parseaddr(message["To"])
    subject = message["Subject"].replace("\r\n", "")
    said = [str(make_header(decode_header(spelled))) for spelled in (subject, name)]
    assert (said, address) == ([text.strip()] * 2, "ada@example.org")
    assert raw.isascii()


def test_a_mail_without_a_sender_is_a_draft_for_a_mail_program() -> None:
    message = spell_letter(make_letter(), at=AT)
    assert (message["X-Unsent"], message["From"], message["Auto-Submitted"]) == ("1", None, None)


@pytest.mark.parametrize(
    "name", ['Noémie "Dr" Gagnon, PhD', "김하나", "Ada\r\nBcc: spy@example.org", "=?utf-8?q?=0A?="]
)
def test_a_name_stays_a_name(name: str) -> None:
    message = spell_letter(make_letter(name=name), at=AT)
    (to,) = message["To"].addresses
    assert to.addr_spec == "ada@example.org"
    assert message["Bcc"] is None
    assert b"\nBcc" not in message.as_bytes()


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" ada@example.org ", "ada@example.org"),
        ("ada@München.de", "ada@xn--mnchen-3ya.de"),
        ("에이다@example.org", "에이다@example.org"),
    ],
)
def test_an_address_is_kept_as_machines_know_it(text: str, address: str) -> None:
    assert checked_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ada",
        "ada@",
        "@example.org",
        "a b@example.org",
        "ada@example..org",
        "ada@example.org, bob@example.org",
        "ada\n@example.org",
        ".ada@example.org",
        f"{'a' * 65}@example.org",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(AddressError):
        checked_address(text)


def test_an_office_has_a_name_and_an_address() -> None:
    office = parse_named("체류 사무실 <office@example.org>")
    assert (office.display_name, office.addr_spec) == ("체류 사무실", "office@example.org")
