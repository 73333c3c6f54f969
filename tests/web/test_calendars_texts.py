"""The texts of calendars in every language."""

from __future__ import annotations

from dataclasses import fields
from string import Formatter

import pytest

from tests.builders import day
from tests.web.calendar_samples import make_entry, make_event_entry, make_facts
from web.calendars.colours import css_name
from web.calendars.entries import Place
from web.calendars.texts import description_of, location_of, one_line, said, summary_of
from web.calendars.wording import ENGLISH, WORDINGS, Wording, wording_in

LANGUAGES = ["en", "ko", "fr", "ar"]
TEXTS = [field.name for field in fields(Wording) if field.type == "str"]


def places_in(text: str) -> set[str]:
    """Return the names that a text leaves a place for."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_calendars_speak_four_languages() -> None:
    assert list(WORDINGS) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", TEXTS)
def test_each_language_has_every_text_with_the_same_places(language: str, text: str) -> None:
    wording = WORDINGS[language]
    assert getattr(wording, text).strip()
    assert places_in(getattr(wording, text)) == places_in(getattr(ENGLISH, text))


@pytest.mark.parametrize("language", ["ko", "ar"])
def test_a_label_in_another_script_has_no_latin_letter(language: str) -> None:
    wording = WORDINGS[language]
    labels = [text for text in TEXTS if not places_in(getattr(ENGLISH, text))]
    latin = [text for text in labels if getattr(wording, text).strip(", :").isascii()]
    assert latin == (["comma"] if language == "ko" else [])


@pytest.mark.parametrize(
    ("language", "wording"),
    [("ko-KR", "ko"), ("fr_CA", "fr"), ("AR", "ar"), ("de", "en"), ("", "en")],
)
def test_a_language_is_found_by_its_first_part_else_english(language: str, wording: str) -> None:
    assert wording_in(language) is WORDINGS[wording]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Kim", "ko", "Kim"),
        ({"en": "Kim", "ko": "김"}, "ko", "김"),
        ({"en": "Kim", "ko": "김"}, "ko-KR", "김"),
        ({"en": "Kim", "ko": "김"}, "fr", "Kim"),
        ({"ko": "김"}, "fr", "김"),
        ({}, "fr", ""),
    ],
)
def test_a_persons_text_is_said_in_the_language_else_english_else_as_it_is(
    text: str | dict[str, str], language: str, expected: str
) -> None:
    assert said(text, language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb", "a b"),
        ("a\r\n\r\nb", "a b"),
        ("a\tb", "a b"),
        ("a\x00\x08\x1b\x7f\x9fb", "ab"),
        ("\ufeffa\ufeff", "a"),
        ("a\ud83db", "ab"),
        ("a\u2028b\x85c", "a b c"),
        ("김 민지 🤖", "김 민지 🤖"),
    ],
)
def test_a_text_is_said_on_one_line_without_control_characters(text: str, expected: str) -> None:
    assert one_line(text) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Residency: Ada, Desk room"),
        ("ko", "체류: Ada, Desk room"),
        ("fr", "Résidence\xa0: Ada, Desk room"),
        ("ar", "إقامة: Ada، Desk room"),
    ],
)
def test_a_residency_is_summed_up_in_each_language(language: str, expected: str) -> None:
    assert summary_of(make_entry(), language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "[Cancelled] demo"),
        ("ko", "[취소] demo"),
        ("fr", "[Annulé] demo"),
        ("ar", "[ملغى] demo"),
    ],
)
def test_a_cancelled_event_says_so_in_each_language(language: str, expected: str) -> None:
    event = make_event_entry("demo", "2026-01-10", cancelled=True)
    assert summary_of(event, language) == expected
    assert description_of(event, language, None).splitlines()[0] == WORDINGS[language].gone


def test_names_with_braces_are_no_places() -> None:
    entry = make_entry(facts=make_facts(researcher="{zone} {0}"), cancelled=True)
    assert summary_of(entry, "en") == "[Cancelled] Residency: {zone} {0}, Desk room"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "Hall, 5F, Hub, Yangjae"), ("ko", "Yangjae, Hub, 5F, Hall")],
)
def test_a_place_is_written_in_the_languages_order_and_names_nothing_twice(
    language: str, expected: str
) -> None:
    place = Place(zone="Hall", floor="5F", building="Hub", site="Hub", address="Yangjae")
    assert location_of(make_facts(place=place), language) == expected


def test_an_event_tells_its_tracks_and_days() -> None:
    event = make_event_entry("demo", "2026-01-10", last_day=day("2026-01-11"))
    assert description_of(event, "en", None).splitlines() == [
        "Event: demo",
        "For tracks: all",
        "Days: January 10, 2026 to January 11, 2026",
        "Place: Hub",
        "Programme: Lab",
    ]


def test_a_single_day_is_named_once() -> None:
    lines = description_of(make_event_entry("demo", "2026-01-10"), "en", None).splitlines()
    assert lines[2] == "Days: January 10, 2026"


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ("#000000", "black"),
        ("#FFFFFF", "white"),
        ("#ff7f0e", "darkorange"),
        ("#2ca02c", "forestgreen"),
        ("red", None),
        ("#fff", None),
        ("", None),
    ],
)
def test_a_colour_is_called_by_its_nearest_css_name(colour: str, name: str | None) -> None:
    assert css_name(colour) == name
