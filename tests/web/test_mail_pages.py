"""The pages of mails: read, mended, sent, put aside."""

from __future__ import annotations

import email
from collections.abc import Iterator
from dataclasses import replace
from email.policy import SMTP
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models.database import Database
from models.history_store import load_changes
from models.mail_store import Mail, NewMail, add_mails
from tests.models.memory import recall
from tests.web.laboratory import NOW, open_app, publish_ada, seed, signed_in
from tests.web.page_reading import texts
from tests.web.post_office import (
    PostOffice,
    mails_of,
    open_post_office,
    publish_guests,
    server_at,
    states,
)
from web.context import services_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

AT = "/programmes/lab/releases/1/mails"


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_post_office() as office:
        yield office


@pytest.fixture
def app(tmp_path: Path, database: Database, office: PostOffice) -> Iterator[Flask]:
    with open_app(tmp_path, database, mail_server=server_at(office.port)) as app:
        yield app


@pytest.fixture
def browser(app: Flask, database: Database) -> FlaskClient:
    return signed_in(app, database)


def first(database: Database) -> Mail:
    return mails_of(database)[0]


def form_of(mail: Mail, **others: str) -> dict[str, str]:
    """Return what the form of a mail sends."""
    values = {"subject": mail.subject, "text": mail.text, "address": mail.address or ""}
    return {**values, "revision": str(mail.revision)} | others


def actions(database: Database) -> list[str]:
    with database.reading() as session:
        changes = load_changes(session, "lab")
    return [change.facts["action"] for change in changes if change.kind.value == "mail"]


def test_a_long_list_of_mails_is_turned_over_page_by_page_and_searched(
    browser: FlaskClient, database: Database
) -> None:
    publish_guests(database, ada="en")
    own = first(database)
    guests = [
        NewMail(
            request=f"guest-{number}",
            researcher_id=f"guest-{number}",
            name=f"Guest {number}",
            kind=own.kind,
            language="en",
            address=f"guest-{number}@example.org",
            subject=own.subject,
            text=own.text,
        )
        for number in range(60)
    ]
    with database.writing() as session:
        add_mails(session, "lab", 1, guests, now=NOW)

    def shown(asked: str) -> tuple[int, list[str]]:
        page = browser.get(AT + asked).text
        return len(texts(page, "th", scope="row")), texts(page, "nav", class_="pager")

    assert texts(browser.get(AT).text, "h2", id="send") == ["61 mails wait to be read and sent"]
    assert shown("") == (50, ["Page 1 of 2 1 2 Next"])
    assert shown("?page=2") == (11, ["Page 2 of 2 Previous 1 2"])
    assert shown("?q=47@example+GUEST") == (1, [])
    assert shown("?status=draft&page=2") == (11, ["Page 2 of 2 Previous 1 2"])
    assert shown("?status=sent") == (0, [])


def test_mails_stand_with_whom_they_go_to_and_where_they_are(
    browser: FlaskClient, database: Database
) -> None:
    publish_guests(database, ada="en", camille="fr")
    page = browser.get(AT).text
    assert texts(page, "h2", id="send") == ["2 mails wait to be read and sent"]
    assert texts(page, "tbody") == [
        (
            "ada ada@example.org New Your residency at Lab: Jan 5 - Feb 1, 2026 English To be read "
            "camille camille@example.org "
            "New Lab - votre résidence : 5 janv. - 1 févr. 2026 Français To be read"
        )
    ]


def test_all_mails_go_out_at_once(
    app: Flask, browser: FlaskClient, database: Database, office: PostOffice
) -> None:
    publish_guests(database, ada="en", bob="en")
    assert browser.post(f"{AT}/send").location == AT
    services_of(app).postman.wait()
    assert sorted(office.recipients) == ["ada@example.org", "bob@example.org"]
    assert browser.get(f"{AT}/progress").json == {
        "counts": {
            "draft": 0,
            "queued": 0,
            "sending": 0,
            "sent": 2,
            "failed": 0,
            "discarded": 0,
        }
    }
    assert actions(database) == ["send"]


def test_a_mail_that_failed_says_why_and_is_sent_again(
    app: Flask, browser: FlaskClient, database: Database, office: PostOffice
) -> None:
    publish_guests(database, ada="en", bob="en")
    office.refused.add("bob@example.org")
    browser.post(f"{AT}/send")
    services_of(app).postman.wait()
    page = browser.get(AT).text
    assert texts(page, "div", class_="notice bad") == [
        (
            "1 mail: The mail server refuses this recipient. Ask for the right address, mend it, "
            "and send it again. 550 5.1.1 no such user"
        )
    ]
    office.refused.clear()
    browser.post(f"{AT}/send", data={"which": "failed"})
    services_of(app).postman.wait()
    assert set(states(database).values()) == {"sent"}


def test_a_mail_is_seen_as_its_reader_will_see_it(browser: FlaskClient, database: Database) -> None:
    publish_guests(database, dana="ar")
    page = browser.get(f"{AT}/{first(database).id}").text
    assert '<div class="letter" lang="ar" dir="rtl">' in page
    assert '<a href="http://localhost/r/' in page
    assert texts(page, "ul", class_="plain-list") == ["إقامة: dana، zone-a Jan 5 - Feb 1, 2026"]


def test_a_mail_is_changed_and_sent(
    app: Flask, browser: FlaskClient, database: Database, office: PostOffice
) -> None:
    publish_guests(database, ada="en")
    mail = first(database)
    form = form_of(mail, subject="Welcome", text="Come soon. {link}", address="a@example.org")
    assert browser.post(f"{AT}/{mail.id}", data={**form, "then": "send"}).location == AT
    services_of(app).postman.wait()
    (message,) = office.taken
    assert (message["Subject"], office.recipients) == ("Welcome", ["a@example.org"])
    assert actions(database) == ["send", "edit"]


def test_what_somebody_else_has_changed_is_not_written_over(
    browser: FlaskClient, database: Database
) -> None:
    publish_guests(database, ada="en")
    seen = first(database)
    browser.post(f"{AT}/{seen.id}", data=form_of(seen, subject="Welcome"))
    answer = browser.post(f"{AT}/{seen.id}", data=form_of(seen, subject="Hello"))
    assert (answer.status_code, first(database).subject) == (409, "Welcome")
    assert 'value="Hello"' in answer.text
    assert texts(answer.text, "div", role="alert")[0].startswith("This mail was not kept")


def test_what_is_no_address_is_not_kept(browser: FlaskClient, database: Database) -> None:
    publish_guests(database, ada="en")
    mail = first(database)
    answer = browser.post(f"{AT}/{mail.id}", data=form_of(mail, address="ada at home"))
    assert (answer.status_code, first(database).address) == (422, "ada@example.org")
    assert 'value="ada at home"' in answer.text


def test_mails_take_the_addresses_that_were_written_down_since(
    browser: FlaskClient, database: Database
) -> None:
    problem = publish_ada(database)
    assert first(database).address is None
    (ada,) = problem.researchers
    seed(database, replace(recall(database), researchers=(replace(ada, email="ada@example.org"),)))
    page = browser.get(AT).text
    assert "Take the 1 address that the programme has now" in texts(page, "button")
    browser.post(f"{AT}/addresses")
    assert first(database).address == "ada@example.org"


def test_a_mail_is_discarded_and_taken_up_again(browser: FlaskClient, database: Database) -> None:
    publish_guests(database, ada="en")
    mail = first(database)
    browser.post(f"{AT}/{mail.id}/discard", data={"revision": mail.revision})
    assert states(database) == {"ada": "discarded"}
    browser.post(f"{AT}/{mail.id}/restore", data={"revision": first(database).revision})
    assert states(database) == {"ada": "draft"}
    assert actions(database) == ["restore", "discard"]


def test_all_mails_are_discarded(browser: FlaskClient, database: Database) -> None:
    publish_guests(database, ada="en", bob="en")
    browser.post(f"{AT}/discard")
    assert states(database) == {"ada": "discarded", "bob": "discarded"}


def test_a_mail_that_was_sent_by_hand_is_ticked_off(
    browser: FlaskClient, database: Database
) -> None:
    publish_guests(database, ada="en")
    mail = first(database)
    browser.post(f"{AT}/{mail.id}/sent", data={"revision": mail.revision})
    assert (states(database), first(database).by_hand) == ({"ada": "sent"}, True)


def test_a_mail_is_downloaded_for_a_mail_program(browser: FlaskClient, database: Database) -> None:
    publish_guests(database, ada="en")
    answer = browser.get(f"{AT}/{first(database).id}.eml")
    message = email.message_from_bytes(answer.data, policy=SMTP)
    assert (answer.content_type, message["X-Unsent"]) == ("message/rfc822", "1")
    assert message["Subject"].startswith("Your residency at Lab")


def test_without_a_mail_server_the_page_says_how_to_set_one(
    tmp_path: Path, database: Database
) -> None:
    publish_guests(database, ada="en")
    with open_app(tmp_path, database) as app:
        browser = signed_in(app, database)
        page = browser.get(AT).text
        refused = browser.post(f"{AT}/send")
    assert "SARANGCHAE_SMTP_HOST" in texts(page, "dl", class_="settings")[0]
    assert "Send 1 mail" not in texts(page, "button")
    assert (refused.status_code, states(database)) == (409, {"ada": "draft"})


def test_a_mail_of_another_release_is_not_found(browser: FlaskClient, database: Database) -> None:
    publish_guests(database, ada="en")
    assert browser.get(f"{AT}/99").status_code == 404
    assert browser.get(f"{AT}/99.eml").status_code == 404
