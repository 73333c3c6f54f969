"""The pages that take answers out of files: the researcher's own, and the office's."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.answer_store import load_answers
from models.database import Database
from models.link_store import find_researcher_link
from tests.web.laboratory import MAKER, open_app, signed_in
from tests.web.page_reading import texts
from tests.web.post_office import publish_guests
from tests.web.replies import make_mail, make_reply
from web.pages.languages import PUBLIC_LANGUAGES

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

AT = "/programmes/lab/researchers/replies"


@pytest.fixture
def app(tmp_path: Path, database: Database) -> Iterator[Flask]:
    with open_app(tmp_path, database) as app:
        yield app


def path_of(database: Database, guest: str) -> str:
    with database.reading() as session:
        link = find_researcher_link(session, "lab", guest)
    assert link is not None
    return f"/r/{MAKER.token(link.id)}"


def answers(database: Database) -> dict[str, str]:
    with database.reading() as session:
        return {name: each.answer.value for name, each in load_answers(session, "lab").items()}


def send(browser: FlaskClient, path: str, field: str, *files: tuple[str, bytes]) -> TestResponse:
    """Send some files by a form."""
    sent: dict[str, Any] = {field: [(io.BytesIO(data), name) for name, data in files]}
    return browser.post(path, data=sent, content_type="multipart/form-data")


def test_a_researcher_sends_the_answer_and_is_thanked(app: Flask, database: Database) -> None:
    publish_guests(database, ada="en")
    path = path_of(database, "ada")
    data = make_reply(answer="DECLINED", address="home@example.com")
    answer = send(app.test_client(), f"{path}/reply", "file", ("reply.ics", data))
    assert (answer.status_code, answer.location) == (303, f"{path}?done=answered")
    assert answers(database) == {"ada": "declined"}


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        (b"", 422, "The file is empty. Save the answer once more in the mail program."),
        (
            make_reply(uid="lab.bob@lab.example.org"),
            422,
            (
                "The answer is not to an invitation to your stay. "
                "Choose the answer to the invitation that we sent you."
            ),
        ),
    ],
)
def test_a_researcher_reads_what_was_wrong_and_what_to_do(
    app: Flask, database: Database, data: bytes, status: int, said: str
) -> None:
    publish_guests(database, ada="en", bob="en")
    path = path_of(database, "ada")
    answer = send(app.test_client(), f"{path}/reply", "file", ("reply.ics", data))
    assert (answer.status_code, texts(answer.text, "div", id="outcome")) == (status, [said])
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answers(database) == {}


def test_a_researcher_who_sends_the_answer_again_reads_that_it_was_taken(
    app: Flask, database: Database
) -> None:
    publish_guests(database, ada="en")
    path, browser = f"{path_of(database, 'ada')}/reply", app.test_client()
    both = [send(browser, path, "file", ("reply.ics", make_reply())) for _ in range(2)]
    assert [answer.status_code for answer in both] == [303, 200]
    assert texts(both[1].text, "div", id="outcome") == ["This answer was taken before."]


def test_a_file_that_the_server_does_not_take_is_told_on_the_same_page(
    app: Flask, database: Database
) -> None:
    publish_guests(database, ada="en")
    answer = app.test_client().post(
        f"{path_of(database, 'ada')}/reply",
        data=b"x" * (9 * 1024 * 1024),
        content_type="multipart/form-data; boundary=x",
    )
    assert (answer.status_code, texts(answer.text, "div", id="outcome")) == (
        422,
        [("The file is larger than any answer. Send the answer alone, without other attachments.")],
    )


def test_a_form_without_a_file_is_told(app: Flask, database: Database) -> None:
    publish_guests(database, ada="en")
    answer = app.test_client().post(f"{path_of(database, 'ada')}/reply")
    assert answer.status_code == 422


@pytest.mark.parametrize("language", PUBLIC_LANGUAGES)
def test_the_page_of_the_answer_speaks_every_language(
    app: Flask, database: Database, language: str
) -> None:
    publish_guests(database, ada=language)
    page = app.test_client().get(f"{path_of(database, 'ada')}/reply").text
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert re.findall(r'<input type="file"[^>]* name="(\w+)"', page) == ["file"]


def test_nobody_sends_answers_without_a_link(app: Flask, database: Database) -> None:
    publish_guests(database, ada="en")
    browser = app.test_client()
    assert browser.get("/r/guessed/reply").status_code == 404
    sent = send(browser, "/r/guessed/reply", "file", ("a.ics", make_reply()))
    assert (sent.status_code, answers(database)) == (404, {})


def test_the_office_reads_many_answers_at_once(app: Flask, database: Database) -> None:
    publish_guests(database, ada="en", bob="en")
    files = [
        ("<b>yes</b>.eml", make_mail(make_reply())),
        ("again.ics", make_reply()),
        ("bob.ics", make_reply(uid="lab.bob@lab.example.org")),
        ("holiday.eml", b"Subject: I am away\n\nuntil Monday"),
    ]
    answer = send(signed_in(app, database), AT, "files", *files)
    stay = "ada accepts · Jan 5 - Feb 1, 2026"
    assert (answer.status_code, texts(answer.text, "h2", id="taken")) == (
        200,
        ["4 files were read"],
    )
    assert texts(answer.text, "ul", class_="reply-files") == [
        (
            f"<b>yes</b>.eml Taken {stay} The answer was taken. "
            f"again.ics Nothing to do {stay} This answer was taken before. "
            "bob.ics Not taken The answer comes from an address that is not known as the "
            "researcher's. Ask the researcher to answer on the private page, or mend the address "
            "and try again. "
            "holiday.eml Not taken There is no answer of a calendar in the file. Send the answer "
            "that the mail program made (.ics or .eml), or use the private page."
        )
    ]
    assert answers(database) == {"ada": "accepted"}


def test_only_the_office_reads_answers_there(app: Flask, database: Database) -> None:
    publish_guests(database, ada="en")
    browser = app.test_client()
    assert browser.get(AT).status_code in {302, 303, 403}
    send(browser, AT, "files", ("a.ics", make_reply()))
    assert answers(database) == {}


def test_the_office_reads_where_answers_go(app: Flask, database: Database) -> None:
    publish_guests(database, ada="en")
    page = signed_in(app, database).get(AT).text
    assert texts(page, "p", class_="notice warn") == [
        (
            "No mail server is set, so no invitation goes out: those who prefer invitations get a "
            "calendar file for now."
        )
    ]
