"""The researcher's own page, which a private link opens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.answer_store import AnswerKind, AnswerVia, load_answers
from models.database import Database
from models.settings_store import load_researcher_settings, load_ticks
from scheduler.problem.types import HostId
from tests.builders import (
    day,
    make_event,
    make_institution,
    make_problem,
    make_range,
    make_request,
    make_researcher,
    make_residency,
    make_site,
)
from tests.web.laboratory import (
    later,
    open_app,
    page_of,
    plan_by_hand,
    publish,
    publish_ada,
    seed,
    signed_in,
)
from tests.web.page_reading import texts

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def app(tmp_path: Path, database: Database) -> Iterator[Flask]:
    with open_app(tmp_path, database) as app:
        yield app


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    return app.test_client()


def test_a_stay_stands_with_its_days_place_and_host(
    browser: FlaskClient, database: Database
) -> None:
    problem = seed(
        database,
        make_problem(
            sites=(make_site(address="12 Taebong-ro"),),
            requests=(make_request("ada", hosts=None),),
            institutions=(make_institution(country="AE"),),
        ),
    )
    plan_by_hand(database, problem, make_residency("ada", host=HostId("kim")))
    publish(database)
    page = browser.get(page_of(database)).text
    assert texts(page, "h1") == ["Welcome, ada"]
    assert texts(page, "dl", class_="stay-facts") == [
        (
            "First day Monday, January 5, 2026 "
            "It begins at 00:00 in Seoul; in Dubai it is then Sun, Jan 4, 2026, 19:00. "
            "Last day Sunday, February 1, 2026 "
            "It ends at 24:00 in Seoul; in Dubai it is then Sun, Feb 1, 2026, 19:00."
        )
    ]
    assert texts(page, "div", class_="clocks small") == [
        (
            "Seoul is 5 hours ahead of Dubai. "
            "Taken from the country of your institution: Dubai. Keep this Another time zone"
        )
    ]
    assert texts(page, "dl", class_="stay-facts more") == ["Your host kim waterloo Slot winter Lab"]
    assert texts(page, "dl", class_="way") == [
        "Address seoul 12 Taebong-ro Building main Floor floor-1 Your desk zone-a"
    ]


def test_what_falls_into_the_stay_stands_by_day(browser: FlaskClient, database: Database) -> None:
    problem = seed(
        database,
        make_problem(
            sites=(make_site(closures=(make_range("2026-01-10", name="Power check"),)),),
            events=(make_event("demo", "2026-01-20", "2026-01-21"),),
        ),
    )
    plan_by_hand(database, problem, make_residency("ada"))
    publish(database)
    assert texts(browser.get(page_of(database)).text, "ul", class_="agenda") == [
        "Sat, Jan 10 Power check Closed Tue, Jan 20 - Wed, Jan 21 demo Event"
    ]


def test_the_page_speaks_the_researchers_language_until_another_is_chosen(
    browser: FlaskClient, database: Database
) -> None:
    korean = replace(make_researcher("ada"), language="ko")
    problem = seed(database, make_problem(researchers=(korean,)))
    plan_by_hand(database, problem, make_residency("ada"))
    publish(database)
    page = page_of(database)
    assert texts(browser.get(page).text, "h1") == ["ada 님, 환영합니다"]
    assert texts(browser.get(f"{page}?lang=en").text, "h1") == ["Welcome, ada"]
    assert texts(browser.get(page).text, "h1") == ["Welcome, ada"]


def test_an_arabic_page_runs_from_right_to_left(browser: FlaskClient, database: Database) -> None:
    publish_ada(database)
    page = browser.get(f"{page_of(database)}?lang=ar").text
    assert '<html lang="ar" dir="rtl">' in page
    assert texts(page, "bdi")[0] == "ada"


def test_a_stay_is_taken_over_as_a_file(browser: FlaskClient, database: Database) -> None:
    publish_ada(database)
    path = page_of(database)
    answered = browser.get(f"{path}/stays/ada.ics")
    assert answered.content_type == "text/calendar; charset=utf-8"
    assert answered.headers["Content-Disposition"] == "attachment; filename=lab-ada.ics"
    assert answered.headers["Referrer-Policy"] == "no-referrer"
    assert answered.data.count(b"BEGIN:VEVENT") == 1
    assert browser.get(f"{path}/stays/bo.ics").status_code == HTTPStatus.NOT_FOUND


def test_a_stay_that_was_taken_back_says_so(browser: FlaskClient, database: Database) -> None:
    problem = publish_ada(database)
    plan_by_hand(database, problem)
    publish(database)
    page = browser.get(page_of(database)).text
    assert texts(page, "span", class_="tag bad") == ["Cancelled"]


def test_a_link_that_nobody_was_given_is_not_found(
    browser: FlaskClient, database: Database
) -> None:
    publish_ada(database)
    answer = browser.get("/r/guessed")
    assert (answer.status_code, texts(answer.text, "h1")) == (404, ["Not found"])


def test_the_page_is_kept_by_nobody_on_the_way(browser: FlaskClient, database: Database) -> None:
    publish_ada(database)
    answer = browser.get(page_of(database))
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def answer(browser: FlaskClient, path: str, kind: str, **others: str) -> TestResponse:
    form = {"request": "ada", "sequence": "0", "answer": kind, "note": ""} | others
    return browser.post(f"{path}/answer", data=form, follow_redirects=True)


def test_an_invitation_is_accepted_by_one_button_and_the_office_is_told(
    browser: FlaskClient, database: Database
) -> None:
    publish_ada(database)
    path = page_of(database)
    page = browser.get(path).text
    assert texts(page, "h3", id="answer-1") == ["Will you come?"]
    page = answer(browser, path, "accepted", note="With pleasure 🌸").text
    assert texts(page, "h3", id="answer-1") == ["You are coming."]
    assert texts(page, "blockquote") == ["With pleasure 🌸"]
    with database.reading() as session:
        kept = load_answers(session, "lab")["ada"]
    assert (kept.answer, kept.via) == (AnswerKind.ACCEPTED, AnswerVia.PAGE)


def test_whoever_declines_is_asked_once_more_and_loses_no_word(
    browser: FlaskClient, database: Database
) -> None:
    publish_ada(database)
    path, note = page_of(database), "<b>" + "x" * 3990 + "</b>"
    page = answer(browser, path, "declined", note=note).text
    assert (texts(page, "h1"), texts(page, "textarea")) == (["Decline your stay?"], [note])
    with database.reading() as session:
        assert load_answers(session, "lab") == {}
    page = answer(browser, path, "declined", note=note, sure="yes").text
    assert texts(page, "h3", id="answer-1") == ["You are not coming."]
    assert texts(page, "blockquote") == [note]


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"answer": "maybe"}, HTTPStatus.BAD_REQUEST),
        ({"sequence": ""}, HTTPStatus.BAD_REQUEST),
        ({"sequence": "1"}, HTTPStatus.CONFLICT),
        ({"request": "bo"}, HTTPStatus.CONFLICT),
        ({"note": "x" * 4001}, HTTPStatus.UNPROCESSABLE_ENTITY),
    ],
)
def test_an_answer_that_cannot_be_kept_is_refused(
    browser: FlaskClient, database: Database, form: dict[str, str], status: HTTPStatus
) -> None:
    publish_ada(database)
    sent = {"request": "ada", "sequence": "0", "answer": "accepted"} | form
    answered = browser.post(f"{page_of(database)}/answer", data=sent)
    assert answered.status_code == status
    with database.reading() as session:
        assert load_answers(session, "lab") == {}


def test_a_refusal_speaks_the_researchers_language_and_leads_back_to_their_page(
    browser: FlaskClient, database: Database
) -> None:
    researchers = (replace(make_researcher("ada"), language="fr"),)
    problem = seed(database, make_problem(researchers=researchers))
    plan_by_hand(database, problem, make_residency("ada"))
    publish(database)
    path = page_of(database)
    sent = {"request": "ada", "sequence": "1", "answer": "accepted"}
    refused = browser.post(f"{path}/answer", data=sent)
    assert refused.status_code == HTTPStatus.CONFLICT
    assert 'lang="fr"' in refused.text
    assert f'<a class="button" href="{path}">' in refused.text
    assert f'<a href="{path}?lang=ar"' in refused.text
    guessed = browser.post("/r/guessed/answer", data=sent)
    assert 'lang="en"' in guessed.text


def test_changes_are_shown_until_they_are_read_and_no_look_of_the_office_reads_them(
    app: Flask, browser: FlaskClient, database: Database
) -> None:
    problem = publish_ada(database)
    path = page_of(database)
    signed_in(app, database).get(path).close()
    assert read_release(database) is None
    browser.get(path).close()
    assert read_release(database) == 1
    plan_by_hand(database, problem, make_residency("ada", days=21), now=later(hours=1))
    publish(database, now=later(hours=2))
    for _ in range(2):
        assert texts(browser.get(path).text, "section", class_="card news") == [
            (
                "What has changed Since Jan 5, 2026, when you were told last Your stay has moved "
                "Days Jan 5 - Feb 1, 2026 now Jan 5 - 25, 2026 I have read this"
            )
        ]
    page = browser.post(f"{path}/read", data={"release": "2"}, follow_redirects=True).text
    assert texts(page, "section", class_="card news") == []
    assert read_release(database) == 2


def read_release(database: Database) -> int | None:
    with database.reading() as session:
        return load_researcher_settings(session, "lab", "ada").read_release


def test_only_what_was_ticked_otherwise_is_kept(browser: FlaskClient, database: Database) -> None:
    publish_ada(database)
    path = page_of(database)
    send_ticks(browser, path, done=["travel", "passport"])
    send_ticks(browser, path, was=["passport", "travel"], done=["travel", "<script>"])
    send_ticks(browser, path, was=[], done=["insurance"])
    with database.reading() as session:
        assert load_ticks(session, "lab") == {"ada": {"insurance", "travel"}}
    assert send_ticks(browser, path, "bo", done=["travel"]) == HTTPStatus.CONFLICT


def send_ticks(browser: FlaskClient, path: str, stay: str = "ada", **keys: list[str]) -> HTTPStatus:
    answered = browser.post(f"{path}/tasks", data={"request": stay, **keys})
    return HTTPStatus(answered.status_code)


def test_settings_keep_what_the_form_names(browser: FlaskClient, database: Database) -> None:
    publish_ada(database)
    path = page_of(database)
    browser.post(f"{path}/settings", data={"invitations": ["no", "yes"]})
    browser.post(f"{path}/settings", data={"timezone": "Asia/Dubai"})
    page = browser.get(f"{path}/settings").text
    assert texts(page, "option", selected="") == ["Dubai"]
    assert 'value="yes" checked' in page
    refused = browser.post(f"{path}/settings", data={"timezone": "Asia/Atlantis"})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_the_devices_time_zone_is_shown_and_offered(
    browser: FlaskClient, database: Database
) -> None:
    publish_ada(database)
    page = browser.get(f"{page_of(database)}?zone=Asia/Calcutta").text
    assert texts(page, "div", class_="clocks small") == [
        (
            "Seoul is 3:30 hours ahead of Kolkata. "
            "Your device is set to the time of Kolkata. Keep this Another time zone"
        )
    ]


def test_a_name_is_shown_as_it_is_and_turns_nothing_round(
    browser: FlaskClient, database: Database
) -> None:
    name = "\u202eعمر 🌸 <b>Al Suwaidi"
    researcher = replace(make_researcher("ada"), name=name)
    problem = seed(database, make_problem(researchers=(researcher,)))
    plan_by_hand(database, problem, make_residency("ada"))
    publish(database)
    page = browser.get(page_of(database)).text
    assert "<bdi>\u202eعمر 🌸 &lt;b&gt;Al Suwaidi</bdi></h1>" in page


@pytest.mark.parametrize(
    ("withdrawn", "said"),
    [(False, "Your stay is not fixed yet"), (True, "Your request is withdrawn")],
)
def test_somebody_without_a_stay_is_told_why(
    browser: FlaskClient, database: Database, withdrawn: bool, said: str
) -> None:
    others = (make_request("ada", withdrawn=withdrawn), make_request("bo"))
    problem = seed(database, make_problem(requests=others))
    plan_by_hand(database, problem, make_residency("bo"))
    publish(database)
    page = browser.get(page_of(database)).text
    assert texts(page, "p", class_="empty")[0].startswith(said)


def test_two_stays_stand_one_below_the_other_and_the_zone_is_offered_once(
    browser: FlaskClient, database: Database
) -> None:
    both = (make_request("ada"), make_request("ada-2", researcher="ada"))
    problem = seed(database, make_problem(requests=both))
    second = make_residency("ada-2", first_day=day("2026-02-16"))
    plan_by_hand(database, problem, make_residency("ada"), second)
    publish(database)
    page = browser.get(f"{page_of(database)}?zone=Asia/Dubai").text
    assert [texts(page, "h2", id=f"stay-{number}") for number in (1, 2)] == [
        ["Jan 5 - Feb 1, 2026"],
        ["Feb 16 - Mar 15, 2026"],
    ]
    assert page.count('name="timezone"') == 1


@pytest.mark.parametrize("language", ["en", "ko", "fr", "ar"])
def test_a_page_speaks_as_the_device_where_nobody_here_speaks_as_the_reader(
    browser: FlaskClient, database: Database, language: str
) -> None:
    researcher = replace(make_researcher("ada"), language="de")
    problem = seed(database, make_problem(researchers=(researcher,)))
    plan_by_hand(database, problem, make_residency("ada"))
    publish(database)
    page = browser.get(page_of(database), headers={"Accept-Language": language}).text
    assert f'<html lang="{language}"' in page
