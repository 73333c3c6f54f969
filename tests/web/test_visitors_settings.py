"""What the office sets for researchers' pages: checked by field, previewed, kept, never lost."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models.database import Database
from models.settings_store import OfficeSettings, keep_office_settings, load_office_settings
from tests.web.form_reading import PageForm, form_of
from tests.web.laboratory import publish_ada, signed_in
from tests.web.page_reading import texts

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

PAGE = "/programmes/lab/researchers/settings"
KEEP = {"act": "save"}


@pytest.fixture
def browser(app: Flask, database: Database) -> FlaskClient:
    publish_ada(database)
    return signed_in(app, database)


def settings(database: Database) -> OfficeSettings:
    with database.reading() as session:
        return load_office_settings(session, "lab")


def form(page: str) -> PageForm:
    return form_of(page, "data-settings")


def of_first(form: PageForm, **changes: str) -> dict[str, list[str]]:
    """Return the form with fields of its first item changed."""
    named = {name.replace("_", "-"): value for name, value in changes.items()}
    return form.values | {name: [value, *form.values[name][1:]] for name, value in named.items()}


def wrong(page: str) -> list[str]:
    return texts(page, "p", class_="fault")


def test_the_deadline_is_kept_and_the_history_says_who_set_it(
    browser: FlaskClient, database: Database
) -> None:
    typed = form(browser.get(PAGE).text).with_(wishes_until="2026-03-01")
    browser.post(PAGE, data=typed | KEEP)
    assert settings(database) == OfficeSettings(wishes_until=dt.date(2026, 3, 1), checklist=None)
    assert texts(browser.get("/programmes/lab/history").text, "p", class_="change-said")[:1] == [
        "Coordinator changed what is set for researchers on their pages"
    ]


def test_an_item_is_added_written_and_shown_as_researchers_see_it(
    browser: FlaskClient, database: Database
) -> None:
    typed = form(browser.get(PAGE).text).values
    typed = form(browser.post(PAGE, data=typed | {"act": "add"}).text).values
    typed["text-en"][-1], typed["days"][-1] = " Send a photograph ", "10"
    typed["countries"][-1] = "fr, us"
    shown = browser.post(PAGE, data=typed | {"act": "preview"}).text
    assert texts(shown, "ul", lang="fr")[0].endswith(
        "Send a photograph (FR, US) 26 déc. 2025 Indiquer à votre hôte quand vous arrivez "
        "29 déc. 2025"
    )
    assert settings(database).checklist is None
    browser.post(PAGE, data=form(shown).values | KEEP)
    kept = settings(database).checklist
    assert kept is not None
    assert [(each["text"].get("en"), each["days_before"]) for each in kept][-2:] == [
        ("Tell your host when you arrive", 7),
        ("Send a photograph", 10),
    ]
    assert kept[-1]["countries"] == ["FR", "US"]


def test_items_change_places_and_go(browser: FlaskClient) -> None:
    typed = form(browser.get(PAGE).text).values
    for act in ("down-0", "remove-3", "up-2", "up-99", "nonsense"):
        typed = form(browser.post(PAGE, data=typed | {"act": act}).text).values
    assert typed["id"] == ["travel", "insurance", "passport"]
    typed = form(browser.post(PAGE, data=typed | {"act": "default"}).text).values
    assert typed["id"] == ["passport", "travel", "insurance", "arrival"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"days": "soon"}, ["Write a whole number of days, from -365 to 730."]),
        ({"days": "731"}, ["Write a whole number of days, from -365 to 730."]),
        ({"countries": "France"}, ["Name countries by their two letters, with commas: FR, US."]),
        (
            {"text_en": "x" * 501},
            ["Say it in at least one language, in at most 500 characters each."],
        ),
        ({"id": "travel"}, ["This item is there twice. Remove one of them."] * 2),
    ],
)
def test_what_cannot_be_kept_is_said_by_its_field_and_stays_as_it_was_typed(
    browser: FlaskClient, database: Database, changes: dict[str, str], said: list[str]
) -> None:
    typed = of_first(form(browser.get(PAGE).text), **changes)
    answer = browser.post(PAGE, data=typed | KEEP)
    assert (answer.status_code, wrong(answer.text)) == (422, said)
    assert form(answer.text).values == typed
    assert settings(database) == OfficeSettings()


def test_a_day_that_is_none_is_refused(browser: FlaskClient) -> None:
    typed = form(browser.get(PAGE).text).with_(wishes_until="tomorrow")
    answer = browser.post(PAGE, data=typed | KEEP)
    assert wrong(answer.text) == ["This is no day. Choose one, or leave it empty."]


def test_a_colleagues_settings_are_not_overwritten_unawares(
    browser: FlaskClient, database: Database
) -> None:
    typed = form(browser.get(PAGE).text).with_(wishes_until="2026-03-01")
    theirs = OfficeSettings(wishes_until=dt.date(2026, 2, 1))
    with database.writing() as session:
        keep_office_settings(session, "lab", theirs)
    answer = browser.post(PAGE, data=typed | KEEP)
    assert (answer.status_code, settings(database)) == (409, theirs)
    again = form(answer.text).values
    assert again["wishes_until"] == ["2026-03-01"]
    browser.post(PAGE, data=again | KEEP)
    assert settings(database).wishes_until == dt.date(2026, 3, 1)


def test_the_products_own_list_is_not_copied(browser: FlaskClient, database: Database) -> None:
    typed = form(browser.get(PAGE).text).values
    answer = browser.post(PAGE, data=typed | KEEP)
    assert re.search("Nothing has changed", browser.get(answer.location).text)
    assert settings(database) == OfficeSettings()
