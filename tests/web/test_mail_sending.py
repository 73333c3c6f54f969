"""Mails through a real mail server: what arrives, what does not, and that none goes out twice."""

# ruff: noqa: RUF001 - dashes as each language prints them

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from icalendar import Calendar

from models.database import Database
from models.mail_queue import claim_mail, queue_mails, recover_mails, unqueue_mails
from models.mail_store import Mail, MailStatus, edit_mail
from tests.web.laboratory import MAKER, NOW, PUBLISHER, later
from tests.web.post_office import (
    PASSWORD,
    USER,
    PostOffice,
    mails_of,
    make_certificate,
    open_post_office,
    publish_guests,
    server_at,
    states,
)
from web.mail.message import Letter
from web.mail.postman import Postman
from web.mail.server import MailServer, Security
from web.use_cases.mails.letters import LetterWriter

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

IN_THE_CLEAR = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_post_office() as office:
        yield office


def postman_of(database: Database, server: MailServer) -> Postman:
    letters = LetterWriter(database, PUBLISHER, server)
    return Postman(database, server, make_letter=letters, clock=lambda: later(hours=1))


def send_all(
    database: Database, server: MailServer, *, status: MailStatus = MailStatus.DRAFT
) -> None:
    """Let everything go out and wait for the end."""
    with database.writing() as session:
        queue_mails(session, "lab", 1, now=later(hours=1), status=status)
    postman = postman_of(database, server)
    postman.wake()
    postman.wait()


def test_each_guest_gets_a_mail_in_their_language(database: Database, office: PostOffice) -> None:
    publish_guests(database, ada="en", boram="ko", camille="fr", dana="ar")
    send_all(database, server_at(office.port))
    assert {
        message["To"].addresses[0].addr_spec: (
            " ".join(message["Subject"].split()),
            message["Content-Language"],
        )
        for message in office.taken
    } == {
        "ada@example.org": ("Your residency at Lab: Jan 5 – Feb 1, 2026", "en"),
        "boram@example.org": ("[Lab] 체류 일정 안내: 2026년 1월 5일 ~ 2월 1일", "ko"),
        "camille@example.org": ("Lab – votre résidence : 5 janv. – 1 févr. 2026", "fr"),
        "dana@example.org": ("إقامتكم 5 يناير – 1 فبراير 2026 (Lab)", "ar"),
    }
    assert set(states(database).values()) == {"sent"}


def test_a_mail_says_who_sends_it_and_where_answers_go(
    database: Database, office: PostOffice
) -> None:
    publish_guests(database, ada="en")
    send_all(database, server_at(office.port))
    (message,) = office.taken
    (mail,) = mails_of(database)
    assert {name: str(message[name]) for name in ("From", "Reply-To", "To", "Date")} == {
        "From": "Residency office <office@lab.example.org>",
        "Reply-To": "help@lab.example.org",
        "To": "ada <ada@example.org>",
        "Date": "Mon, 05 Jan 2026 01:30:00 +0000",
    }
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == f"<lab.{mail.id}.20260105003000@lab.example.org>"


def test_a_mail_holds_text_and_html_with_the_private_link(
    database: Database, office: PostOffice
) -> None:
    publish_guests(database, boram="ko")
    send_all(database, server_at(office.port))
    (message,) = office.taken
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    page = f"{MAKER.public_url}/r/"
    assert text.get_content().count(page) == 1
    assert html.get_content().count(f'<a href="{page}') == 1
    assert "시작일: 2026년 1월 5일 월요일" in text.get_content()


def test_the_link_lies_in_no_mail_of_the_database(database: Database) -> None:
    publish_guests(database, ada="en")
    (mail,) = mails_of(database)
    assert MAKER.public_url not in mail.text
    assert "{link}" in mail.text


def test_the_calendar_that_goes_along_is_one_that_was_published(
    database: Database, office: PostOffice
) -> None:
    publish_guests(database, ada="en", bob="en")
    send_all(database, server_at(office.port))
    message = next(each for each in office.taken if "ada" in str(each["To"]))
    (attached,) = message.iter_attachments()
    assert attached.get_content_type() == "text/calendar"
    assert attached.get_param("method") == "PUBLISH"
    assert attached.get_filename() == "residency.ics"
    calendar = Calendar.from_ical(attached.get_content())
    (event,) = calendar.events
    assert calendar["METHOD"] == "PUBLISH"
    assert (str(event["UID"]), event["SEQUENCE"]) == ("lab.ada@lab.example.org", 0)
    assert str(event["ORGANIZER"]) == "mailto:help@lab.example.org"


def test_a_refused_recipient_fails_and_the_others_go_out(
    database: Database, office: PostOffice
) -> None:
    publish_guests(database, ada="en", bob="en", cid="en")
    office.refused.add("bob@example.org")
    send_all(database, server_at(office.port))
    assert states(database) == {"ada": "sent", "bob": "failed recipient", "cid": "sent"}
    assert office.recipients == ["ada@example.org", "cid@example.org"]
    assert mails_of(database)[1].answer == "550 5.1.1 no such user"


def test_one_connection_takes_many_mails(database: Database, office: PostOffice) -> None:
    publish_guests(database, ada="en", bob="en", cid="en")
    send_all(database, server_at(office.port))
    assert (len(office.taken), office.connections) == (3, 1)


def test_nothing_goes_out_twice(database: Database, office: PostOffice) -> None:
    publish_guests(database, ada="en", bob="en")
    server = server_at(office.port)
    send_all(database, server)
    send_all(database, server)
    send_all(database, server, status=MailStatus.FAILED)
    assert sorted(office.recipients) == ["ada@example.org", "bob@example.org"]


def test_two_postmen_share_the_mails(database: Database, office: PostOffice) -> None:
    guests = {f"guest{number}": "en" for number in range(8)}
    publish_guests(database, **guests)
    with database.writing() as session:
        queue_mails(session, "lab", 1, now=later(hours=1))
    postmen = [postman_of(database, server_at(office.port)) for _ in range(2)]
    for postman in postmen:
        postman.wake()
    for postman in postmen:
        postman.wait()
    assert sorted(office.recipients) == [f"{guest}@example.org" for guest in guests]


def test_a_connection_that_breaks_leaves_open_whether_the_mail_went_out(
    database: Database, office: PostOffice
) -> None:
    publish_guests(database, ada="en", bob="en")
    office.hangs_up = 0
    server = server_at(office.port)
    send_all(database, server)
    assert set(states(database).values()) == {"failed broken"}
    office.hangs_up = None
    send_all(database, server, status=MailStatus.FAILED)
    assert len(office.taken) == 2


def test_a_mail_that_was_in_hand_at_a_crash_is_not_sent_by_itself(
    database: Database, office: PostOffice
) -> None:
    publish_guests(database, ada="en", bob="en")
    with database.writing() as session:
        queue_mails(session, "lab", 1, now=NOW)
    with database.writing() as session:
        claim_mail(session, now=NOW)
    with database.writing() as session:
        recover_mails(session, before=later(hours=1), now=later(hours=1))
    assert states(database) == {"ada": "failed interrupted", "bob": "draft"}
    send_all(database, server_at(office.port))
    assert office.recipients == ["bob@example.org"]


def test_what_is_held_back_does_not_go_out(database: Database, office: PostOffice) -> None:
    publish_guests(database, ada="en")
    with database.writing() as session:
        queue_mails(session, "lab", 1, now=NOW)
        unqueue_mails(session, "lab", 1, now=NOW)
    postman = postman_of(database, server_at(office.port))
    postman.wake()
    postman.wait()
    assert (office.taken, states(database)) == ([], {"ada": "draft"})


def test_a_closed_postman_sends_nothing_more(database: Database, office: PostOffice) -> None:
    publish_guests(database, ada="en")
    with database.writing() as session:
        queue_mails(session, "lab", 1, now=NOW)
    postman = postman_of(database, server_at(office.port))
    postman.close()
    postman.wake()
    postman.wait()
    assert (office.taken, states(database)) == ([], {"ada": "queued"})


def test_a_subject_cannot_smuggle_in_a_header(database: Database, office: PostOffice) -> None:
    publish_guests(database, ada="en")
    (mail,) = mails_of(database)
    subject = "Hello\r\nBcc: spy@example.org =?utf-8?q?=0ABcc:_spy=40example.org?="
    with database.writing() as session:
        edit_mail(session, mail, {"subject": subject}, now=NOW)
    send_all(database, server_at(office.port))
    (message,) = office.taken
    assert office.recipients == ["ada@example.org"]
    assert message["Bcc"] is None
    assert "\n" not in message["Subject"]


def test_letters_other_than_latin_in_an_address_arrive(
    database: Database, office: PostOffice
) -> None:
    publish_guests(database, ada="en")
    (mail,) = mails_of(database)
    with database.writing() as session:
        edit_mail(session, mail, {"address": "에이다@lab.example.org"}, now=NOW)
    send_all(database, server_at(office.port))
    assert office.recipients == ["에이다@lab.example.org"]


def test_what_is_no_address_fails_before_the_server_is_asked(
    database: Database, office: PostOffice
) -> None:
    publish_guests(database, ada="en")
    (mail,) = mails_of(database)
    with database.writing() as session:
        edit_mail(session, mail, {"address": "ada at example"}, now=NOW)
    send_all(database, server_at(office.port))
    assert states(database) == {"ada": "failed address"}


@IN_THE_CLEAR
def test_a_server_is_signed_in_to(database: Database) -> None:
    publish_guests(database, ada="en")
    with open_post_office(asks_for_password=True) as office:
        send_all(database, server_at(office.port, user=USER, password=PASSWORD))
    assert (office.recipients, states(database)) == (["ada@example.org"], {"ada": "sent"})


@IN_THE_CLEAR
def test_a_wrong_password_fails_all_that_wait_in_words(database: Database) -> None:
    publish_guests(database, ada="en", bob="en")
    with open_post_office(asks_for_password=True) as office:
        send_all(database, server_at(office.port, user=USER, password="wrong"))  # noqa: S106
    assert states(database) == {"ada": "failed login", "bob": "failed login"}
    assert mails_of(database)[0].answer == "535 5.7.8 Authentication credentials invalid"


def test_a_connection_is_encrypted_where_that_is_asked_for(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_guests(database, ada="en")
    certificate = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "public.pem"))
    with open_post_office(asks_for_password=True, certificate=certificate) as office:
        server = server_at(office.port, security=Security.STARTTLS, user=USER, password=PASSWORD)
        send_all(database, server)
    assert states(database) == {"ada": "sent"}


def test_a_certificate_that_nobody_vouches_for_is_refused(
    database: Database, tmp_path: Path
) -> None:
    publish_guests(database, ada="en")
    with open_post_office(certificate=make_certificate(tmp_path)) as office:
        send_all(database, server_at(office.port, security=Security.STARTTLS))
    assert (office.taken, states(database)) == ([], {"ada": "failed certificate"})


def test_a_server_without_encryption_is_refused_where_it_is_asked_for(
    database: Database, office: PostOffice
) -> None:
    publish_guests(database, ada="en")
    send_all(database, server_at(office.port, security=Security.STARTTLS))
    assert (office.taken, states(database)) == ([], {"ada": "failed no_tls"})


def test_a_server_that_is_not_there_cannot_be_reached(database: Database) -> None:
    publish_guests(database, ada="en")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    send_all(database, server_at(port))
    assert states(database) == {"ada": "failed unreachable"}


def test_a_mail_that_cannot_be_made_has_failed_and_does_not_keep_the_others(
    database: Database, office: PostOffice
) -> None:
    publish_guests(database, ada="en", boram="ko")
    server = server_at(office.port)
    letters = LetterWriter(database, PUBLISHER, server)

    def make_letter(mail: Mail) -> Letter:
        if mail.request == "ada":
            raise RuntimeError(mail.request)
        return letters(mail)

    with database.writing() as session:
        queue_mails(session, "lab", 1, now=later(hours=1))
    postman = Postman(database, server, make_letter=make_letter, clock=lambda: later(hours=1))
    postman.wake()
    postman.wait()

    assert states(database) == {"ada": "failed broken", "boram": "sent"}
