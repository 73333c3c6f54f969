"""Mails to those who prefer invitations: what arrives, is taken back, and is answered."""

from __future__ import annotations

import email
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from flask import Flask
from icalendar import Calendar

from models.database import Database
from models.mail_queue import queue_mails
from models.settings_store import ResearcherSettings, keep_researcher_settings
from scheduler.problem.problem import Problem
from tests.builders import day, make_residency
from tests.models.memory import recall
from tests.web.laboratory import (
    PUBLISHER,
    later,
    open_app,
    plan_by_hand,
    publish,
    seed,
    signed_in,
)
from tests.web.page_reading import texts
from tests.web.post_office import PostOffice, mails_of, open_post_office, publish_guests, server_at
from web.mail.message import Letter, spell_letter
from web.mail.postman import Postman
from web.mail.writing import CALENDAR
from web.use_cases.mails.letters import LetterWriter
from web.use_cases.researchers.replies import Taking, found_in, take_reply
from web.use_cases.views.replies import Outcome

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_post_office() as office:
        yield office


@pytest.fixture
def app(tmp_path: Path, database: Database, office: PostOffice) -> Iterator[Flask]:
    with open_app(tmp_path, database, mail_server=server_at(office.port)) as app:
        yield app


def prefer_invitations(database: Database, *guests: str) -> None:
    with database.writing() as session:
        for guest in guests:
            keep_researcher_settings(
                session, "lab", guest, ResearcherSettings(wants_invitations=True)
            )


def publish_again(database: Database, problem: Problem, *stays: str, first_day: str) -> None:
    """Publish other stays a day later, each from another day on."""
    residencies = [make_residency(name, first_day=day(first_day)) for name in stays]
    plan_by_hand(database, problem, *residencies)
    publish(database, now=later(days=1))


def send_all(database: Database, office: PostOffice, release: int = 1) -> list[EmailMessage]:
    """Let all mails of a release go out, and return what arrived by now."""
    with database.writing() as session:
        queue_mails(session, "lab", release, now=later(hours=1))
    server = server_at(office.port)
    letters = LetterWriter(database, PUBLISHER, server)
    postman = Postman(database, server, make_letter=letters, clock=lambda: later(hours=1))
    postman.wake()
    postman.wait()
    return office.taken


def shape_of(message: EmailMessage) -> list[str]:
    """Return the kinds of a mail's parts."""
    return [part.get_content_type() for part in message.walk()]


def invitation_in(message: EmailMessage) -> Calendar:
    """Return the calendar that a mail program shows with buttons."""
    (part,) = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    assert part.get_content_disposition() is None
    assert part.get_content_charset() == "utf-8"
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    calendar = Calendar.from_ical(content)
    assert part.get_param("method") == calendar["METHOD"]
    return calendar


def test_who_prefers_invitations_is_asked_and_the_others_get_a_file(
    database: Database, office: PostOffice
) -> None:
    publish_guests(database, ada="en", bob="en")
    prefer_invitations(database, "ada")
    asked, told = sorted(send_all(database, office), key=lambda message: str(message["To"]))
    assert shape_of(asked) == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    assert shape_of(told)[-1] == "text/calendar"
    (attached,) = asked.iter_attachments()
    (event,) = invitation_in(asked).events
    assert attached.get_filename() == "invite.ics"
    assert Calendar.from_ical(attached.get_content()) == invitation_in(asked)
    assert {name: str(event[name]) for name in ("UID", "SEQUENCE", "ORGANIZER", "ATTENDEE")} == {
        "UID": "lab.ada@lab.example.org",
        "SEQUENCE": "0",
        "ORGANIZER": "mailto:help@lab.example.org",
        "ATTENDEE": "mailto:ada@example.org",
    }
    assert event["ORGANIZER"].params["SENT-BY"] == "mailto:office@lab.example.org"
    assert later() == event.DTSTAMP


def test_an_invitation_says_how_to_answer_it_in_its_readers_language(
    database: Database, office: PostOffice
) -> None:
    publish_guests(database, ada="en", boram="ko", camille="fr", dana="ar")
    prefer_invitations(database, "ada", "boram", "camille", "dana")
    words = {
        "en": "accept or decline it in your mail program",
        "ko": "메일 프로그램이나 개인 페이지에서 수락 또는 거절해",
        "fr": "accepter ou de la décliner dans votre",
        "ar": "يرجى قبولها أو الاعتذار عنها",
    }
    texts_by_language = {
        str(message["Content-Language"]): body.get_content()
        for message in send_all(database, office)
        if (body := message.get_body(("plain",))) is not None
    }
    assert {name: text.count(words[name]) for name, text in texts_by_language.items()} == (
        dict.fromkeys(words, 1)
    )
    assert [text for text in texts_by_language.values() if CALENDAR in text] == []


def test_who_declines_and_is_moved_is_asked_again_and_who_stays_hears_nothing(
    database: Database, office: PostOffice
) -> None:
    problem = publish_guests(database, ada="en", bob="en")
    prefer_invitations(database, "ada", "bob")
    first, _ = sorted(send_all(database, office), key=lambda message: str(message["To"]))
    declined = answered(first, "DECLINED")
    with database.writing() as session:
        taken = take_reply(session, found_in(declined), Taking(now=later(hours=2)))
    plan_by_hand(
        database, problem, make_residency("ada", first_day=day("2026-01-12")), make_residency("bob")
    )
    publish(database, now=later(days=1))
    *_, again = send_all(database, office, release=2)
    (event,) = invitation_in(again).events
    assert taken.outcome is Outcome.TAKEN
    assert [mail.request for mail in mails_of(database, 2)] == ["ada"]
    assert (event["SEQUENCE"], event["ATTENDEE"].params["PARTSTAT"]) == (1, "NEEDS-ACTION")
    assert event.start == day("2026-01-12")


def test_a_cancelled_stay_is_taken_back_by_mail(database: Database, office: PostOffice) -> None:
    problem = publish_guests(database, ada="fr", bob="en")
    prefer_invitations(database, "ada")
    plan_by_hand(database, problem, make_residency("bob"))
    publish(database, now=later(days=1))
    (message,) = send_all(database, office, release=2)
    calendar = invitation_in(message)
    (event,) = calendar.events
    body = message.get_body(("plain",))
    assert body is not None
    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert "annule aussi le séjour dans votre agenda" in body.get_content()


def test_names_and_places_cannot_smuggle_in_anything(
    database: Database, office: PostOffice
) -> None:
    publish_guests(database, ada="en")
    prefer_invitations(database, "ada")
    problem = recall(database)
    evil = 'A"d\u202ea 🤖\x7f, PhD;\tx'
    researchers = tuple(replace(each, name=evil) for each in problem.researchers)
    programme = replace(problem.programme, name="La\u2028b\x85X-EVIL: 1")
    seed(database, replace(problem, researchers=researchers, programme=programme))
    publish_again(database, recall(database), "ada", first_day="2026-01-12")
    (message,) = send_all(database, office, release=2)
    (event,) = invitation_in(message).events
    assert event["ATTENDEE"].params["CN"] == "A'd\u202ea 🤖, PhD; x"
    assert event["ORGANIZER"].params["CN"] == "La b X-EVIL: 1"
    assert message["To"].addresses[0].addr_spec == "ada@example.org"
    assert [name for name in message.keys() if name.startswith("X-EVIL")] == []  # noqa: SIM118


def test_without_a_mail_server_a_file_goes_along_and_the_page_says_why(
    tmp_path: Path, database: Database
) -> None:
    publish_guests(database, ada="en")
    prefer_invitations(database, "ada")
    (mail,) = mails_of(database)
    with open_app(tmp_path, database) as app:
        browser = signed_in(app, database)
        page = browser.get(f"/programmes/lab/releases/1/mails/{mail.id}").text
        message = email.message_from_bytes(
            browser.get(f"/programmes/lab/releases/1/mails/{mail.id}.eml").data, policy=SMTP
        )
    assert texts(page, "p", class_="notice warn small actions") == [
        (
            "ada prefers invitations, but this mail takes a file along. An invitation needs a mail "
            "server, and an address to which answers come."
        )
    ]
    assert shape_of(message)[-1] == "text/calendar"
    assert "accept or decline" not in texts(page, "div", class_="letter")[0]


def test_the_office_sees_that_a_mail_is_an_invitation_and_sends_none_by_hand(
    app: Flask, database: Database
) -> None:
    publish_guests(database, ada="en")
    prefer_invitations(database, "ada")
    (mail,) = mails_of(database)
    browser = signed_in(app, database)
    page = browser.get(f"/programmes/lab/releases/1/mails/{mail.id}").text
    assert "As an invitation invite.ics" in texts(page, "h3")
    assert "accept or decline" in texts(page, "div", class_="letter")[0]
    saved = browser.get(f"/programmes/lab/releases/1/mails/{mail.id}.eml").data
    message = email.message_from_bytes(saved, policy=SMTP)
    assert shape_of(message)[-1] == "text/calendar"
    assert "accept%20or%20decline" not in page
    rows = texts(browser.get("/programmes/lab/releases/1/mails").text, "tbody")
    assert rows[0].count("Invitation") == 1


def test_a_mail_without_a_usable_address_is_no_invitation(app: Flask, database: Database) -> None:
    publish_guests(database, ada="en")
    prefer_invitations(database, "ada")
    (mail,) = mails_of(database)
    browser = signed_in(app, database)
    address = f"/programmes/lab/releases/1/mails/{mail.id}"
    form = {"subject": mail.subject, "text": mail.text, "address": "", "revision": "0"}
    browser.post(address, data=form)
    assert (
        "An invitation needs an address"
        in texts(browser.get(address).text, "p", class_="notice warn small actions")[0]
    )


def test_before_publishing_the_office_reads_what_an_invitation_says(
    app: Flask, database: Database
) -> None:
    problem = publish_guests(database, ada="en", bob="en")
    prefer_invitations(database, "ada")
    moved = [make_residency(name, first_day=day("2026-01-12")) for name in ("ada", "bob")]
    plan_by_hand(database, problem, *moved)
    browser = signed_in(app, database)
    at = "/programmes/lab/releases/new/mails"
    pages = [browser.get(f"{at}/{name}").text for name in ("ada", "bob")]
    letters = [texts(page, "div", class_="letter")[0] for page in pages]
    assert ["This mail is an invitation" in letter for letter in letters] == [True, False]
    assert ["{calendar}" in letter for letter in letters] == [False, False]


def answered(message: EmailMessage, answer: str) -> bytes:
    """Return the mail by which a mail program answers an invitation."""
    calendar = invitation_in(message)
    (event,) = calendar.events
    calendar["METHOD"] = "REPLY"
    event["ATTENDEE"].params["PARTSTAT"] = answer
    event.DTSTAMP = later(hours=1)
    letter = Letter(
        message_id="reply@example.org",
        name="Office",
        address="help@lab.example.org",
        language="en",
        subject=f"{answer}: residency",
        text="Sorry.\n",
        calendar=calendar.to_ical(),
        calendar_method="REPLY",
        is_invitation=True,
    )
    return spell_letter(letter, at=later(hours=1)).as_bytes()
