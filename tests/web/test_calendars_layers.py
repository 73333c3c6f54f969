"""What a calendar shows beside stays and events: notes, holidays, and nothing but busy days."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.builders import day
from tests.web.calendar_clients import read_by_icalendar
from tests.web.calendar_samples import (
    ADA,
    BUSY_KEY,
    KIM,
    LAB,
    TODAY,
    lines_of,
    make_entry,
    make_event_entry,
    make_facts,
    spell_lab,
    values_of,
)
from web.calendars.busy_only import busy_name, busy_only, busy_uid
from web.calendars.entries import Entry, Kind, in_order
from web.calendars.folding import folded_bytes
from web.calendars.holidays_near import Holidays, holidays_near
from web.calendars.ical import event_bytes, event_of
from web.calendars.notes import with_notes
from web.calendars.readers import Reader, ReaderKind, calendar_uid
from web.calendars.texts import description_of, summary_of
from web.use_cases.researchers.holiday_layer import name_holidays

PAGE = "https://lab.example.org/r/secret"


def described(entry: Entry, language: str = "en") -> list[str]:
    """Return the lines that a calendar shows of an entry, its one line first."""
    lines = description_of(entry, language, None).splitlines()
    return [summary_of(entry, language), *lines]


def test_a_researcher_is_told_where_to_go_and_whom_to_meet_on_the_first_and_the_last_day() -> None:
    stay = make_entry(first_day=day("2026-01-05"), last_day=day("2026-02-01"))
    _, arrival, departure = with_notes(ADA, [stay])
    assert (arrival.first_day, arrival.last_day) == (stay.first_day, stay.first_day)
    assert (departure.first_day, departure.last_day) == (stay.last_day, stay.last_day)
    assert described(arrival) == [
        "Arrival: Desk room, Hub",
        "Where to go: Desk room, 5F, Main, Hub, Yangjae",
        "Whom to meet: Kim, KAIST",
        "Programme: Lab",
    ]
    assert described(departure) == [
        "Departure: Desk room, Hub",
        "Host: Kim, KAIST",
        "Place: Desk room, 5F, Main, Hub, Yangjae",
        "Programme: Lab",
    ]


def test_a_host_is_told_who_comes_and_goes() -> None:
    _, arrival, departure = with_notes(KIM, [make_entry()])
    assert described(arrival)[::2] == [
        "Arrival: Ada, Desk room, Hub",
        "Whom to meet: Ada, Waterloo",
    ]
    assert described(departure)[:2] == [
        "Departure: Ada, Desk room, Hub",
        "Researcher: Ada, Waterloo",
    ]


@pytest.mark.parametrize(
    ("language", "summary", "labels"),
    [
        ("ko", "도착: Desk room, Hub", ["찾아가실 곳", "만나실 분"]),
        ("fr", "Arrivée\xa0: Desk room, Hub", ["Où se rendre", "Votre contact"]),
        ("ar", "الوصول: Desk room، Hub", ["مكان الحضور", "من تلتقون به"]),
    ],
)
def test_a_note_is_in_the_readers_language(language: str, summary: str, labels: list[str]) -> None:
    _, arrival, _ = with_notes(ADA, [make_entry()])
    said = described(arrival, language)
    assert said[0] == summary
    assert [line.partition(":")[0].strip() for line in said[1:3]] == labels


@pytest.mark.parametrize(
    "kind", [kind for kind in ReaderKind if kind.value not in {"researcher", "host"}]
)
def test_places_tracks_and_programmes_have_no_notes(kind: ReaderKind) -> None:
    stay = make_entry()
    assert with_notes(Reader(kind=kind, id="x", name=""), [stay]) == (stay,)


def test_a_note_repeats_what_its_stay_promises() -> None:
    stay = make_entry(sequence=3, changed_at=dt.datetime(2026, 1, 2, tzinfo=dt.UTC), cancelled=True)
    for note in with_notes(ADA, [stay])[1:]:
        body = spell_lab([note])
        assert values_of(body, "SEQUENCE") == [":3"]
        assert values_of(body, "CREATED") == [":20251201T093000Z"]
        assert (
            values_of(body, "DTSTAMP") == values_of(body, "LAST-MODIFIED") == [":20260102T000000Z"]
        )
        assert values_of(body, "STATUS") == [":CANCELLED"]
        assert values_of(body, "SUMMARY")[0].startswith(":[Cancelled] ")


def test_no_note_shares_its_id_with_an_event_however_requests_and_events_are_called() -> None:
    stay = make_entry(uid="lab.event@lab.example.org")
    event = make_event_entry("arrival", "2026-01-10")
    uids = [entry.uid for entry in (*with_notes(ADA, [stay]), event)]
    assert uids == [
        "lab.event@lab.example.org",
        "lab.event++arrival@lab.example.org",
        "lab.event++departure@lab.example.org",
        "lab.event+arrival@lab.example.org",
    ]


def test_an_event_has_no_note() -> None:
    event = make_event_entry("demo", "2026-01-10")
    assert with_notes(ADA, [event]) == (event,)


def holidays_of(reader: Reader, entry: Entry, language: str = "en") -> list[tuple[str, str]]:
    """Return day and name of the holidays around a stay."""
    found = holidays_near(reader, [entry], language=language, named=name_holidays, today=TODAY)
    return [(str(each.first_day), summary_of(each, language)) for each in found]


def test_a_researcher_sees_the_holidays_at_home_and_there_from_two_weeks_before_the_stay() -> None:
    stay = make_entry(
        first_day=day("2026-05-18"), last_day=day("2026-06-20"), home="CA", holidays="KR"
    )
    assert holidays_of(ADA, stay) == [
        ("2026-07-01", "Canada Day (Canada)"),
        ("2026-05-05", "Children's Day (South Korea)"),
        ("2026-05-24", "Buddha's Birthday (South Korea)"),
        ("2026-05-25", "Alternative holiday for Buddha's Birthday (South Korea)"),
        ("2026-06-03", "Local Election Day (South Korea)"),
        ("2026-06-06", "Memorial Day (South Korea)"),
    ]


def test_a_host_a_place_and_the_programme_see_the_host_countrys_holidays_alone() -> None:
    stay = make_entry(home="CA", holidays="KR", last_day=day("2026-06-20"))
    for reader in (KIM, LAB):
        assert {name.rpartition("(")[2] for _, name in holidays_of(reader, stay)} == {
            "South Korea)"
        }


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "New Year's Day (France)"),
        ("fr", "Jour de l'an (France)"),
        ("ko", "New Year's Day (프랑스)"),
        ("ar", "New Year's Day (فرنسا)"),
    ],
)
def test_a_holiday_is_named_in_the_readers_language_else_in_english(
    language: str, name: str
) -> None:
    stay = make_entry(home="FR", first_day=day("2026-01-10"))
    assert holidays_of(ADA, stay, language) == [("2026-01-01", name)]


@pytest.mark.parametrize("stay", [make_entry(), make_entry(home="QQ", holidays="XX-YY")])
def test_where_no_country_is_known_there_are_no_holidays(stay: Entry) -> None:
    assert holidays_of(ADA, stay) == []


def test_a_cancelled_stay_brings_no_holidays() -> None:
    assert holidays_of(ADA, make_entry(home="FR", holidays="KR", cancelled=True)) == []


def test_a_holiday_of_home_and_host_country_is_shown_once() -> None:
    stay = make_entry(
        home="KR", holidays="KR", first_day=day("2026-01-10"), last_day=day("2026-01-20")
    )
    assert holidays_of(ADA, stay) == [("2026-01-01", "New Year's Day (South Korea)")]


def test_a_holiday_is_the_same_to_the_byte_in_every_calendar_after_every_release() -> None:
    stay = make_entry(holidays="KR", first_day=day("2026-01-10"), last_day=day("2026-01-20"))
    risen = replace(stay, sequence=5, uid="lab.other@lab.example.org", first_day=day("2026-01-12"))
    bodies = [
        spell_lab(
            holidays_near(reader, [each], language="en", named=name_holidays, today=TODAY),
            page_url=page,
        ).partition(b"BEGIN:VEVENT")[2]
        for reader, each, page in ((ADA, stay, PAGE), (KIM, risen, None))
    ]
    assert bodies[0] == bodies[1]
    assert lines_of(b"BEGIN:VEVENT" + bodies[0])[:-1] == [
        "BEGIN:VEVENT",
        "SUMMARY:New Year's Day (South Korea)",
        "DTSTART;VALUE=DATE:20260101",
        "DTEND;VALUE=DATE:20260102",
        "DTSTAMP:20260101T000000Z",
        "UID:KR+2026-01-01@holidays.sarangchae.local",
        "SEQUENCE:0",
        "CREATED:20260101T000000Z",
        "DESCRIPTION:Public holiday: South Korea",
        "LAST-MODIFIED:20260101T000000Z",
        "LOCATION:South Korea",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def test_days_at_the_end_of_time_have_no_holidays_beyond() -> None:
    asked: list[tuple[dt.date, dt.date]] = []

    def named(code: str, first_day: dt.date, last_day: dt.date, language: str) -> Holidays:
        asked.append((first_day, last_day))
        return Holidays(country=f"{code} {language}", names={})

    stay = make_entry(first_day=dt.date.min, last_day=day("9999-12-30"), holidays="KR")
    assert holidays_near(ADA, [stay], language="en", named=named, today=TODAY) == ()
    assert asked == [(dt.date.min, day("9999-12-30"))]


SECRETS = ["Ada", "Waterloo", "Kim", "KAIST", "Desk room", "Hub", "Vision", "Winter", "demo"]


def test_a_busy_calendar_says_days_and_nothing_else() -> None:
    entries = [make_entry(), make_event_entry("demo", "2026-01-10", facts=make_facts(event="demo"))]
    uid = calendar_uid(
        replace(ADA, id="ada-lovelace"), programme_id="lab", domain="lab.example.org"
    )
    body = spell_lab(
        busy_only(entries, key=BUSY_KEY),
        name=busy_name(programme="Lab", language="en"),
        calendar_uid=busy_uid(uid, key=BUSY_KEY),
    )
    assert [
        secret
        for secret in [*SECRETS, "lovelace", "COLOR", "URL", "LOCATION"]
        if secret.encode() in body
    ] == []
    assert b"lab.ada" not in body
    assert values_of(body, "UID")[1:] == [
        f":{busy_uid(entry.uid, key=BUSY_KEY)}" for entry in in_order(entries)
    ]
    assert values_of(body, "SUMMARY") == [":Busy", ":Busy"]
    assert values_of(body, "DESCRIPTION") == [
        ":Days: January 5\\, 2026 to February 1\\, 2026",
        ":Days: January 10\\, 2026",
    ]
    assert values_of(body, "TRANSP") == [":OPAQUE", ":OPAQUE"]
    assert values_of(body, "NAME") == [":Lab \u2013 busy days"]


@pytest.mark.parametrize(
    ("language", "summary"),
    [("en", "Busy"), ("ko", "일정 있음"), ("fr", "Indisponible"), ("ar", "مشغول")],
)
def test_busy_days_are_called_so_in_each_language(language: str, summary: str) -> None:
    [event] = read_by_icalendar(
        spell_lab(busy_only([make_entry()], key=BUSY_KEY), language=language)
    )
    assert event.summary == summary


def test_busy_days_that_were_cancelled_are_free_and_say_so() -> None:
    body = spell_lab(busy_only([make_entry(cancelled=True, sequence=2)], key=BUSY_KEY))
    assert values_of(body, "SUMMARY") == [":[Cancelled] Busy"]
    assert values_of(body, "TRANSP") == [":TRANSPARENT"]
    assert values_of(body, "STATUS") == [":CANCELLED"]
    assert values_of(body, "SEQUENCE") == [":2"]


def test_the_id_of_a_busy_calendar_is_permanent_and_its_own() -> None:
    one, other = (
        busy_uid(calendar_uid(reader, programme_id="lab", domain="lab.example.org"), key=BUSY_KEY)
        for reader in (ADA, KIM)
    )
    assert one == busy_uid("lab/researcher/ada@lab.example.org", key=BUSY_KEY)
    assert one.endswith("@lab.example.org")
    assert one != other


def test_nobody_finds_out_whose_busy_days_they_are_by_trying_names() -> None:
    uid = "lab.lovelace-2026@lab.example.org"
    assert busy_uid(uid, key=BUSY_KEY) != busy_uid(uid, key=b"a guess")


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("page", [None, PAGE])
def test_an_event_is_spelled_alike_in_calendars_and_mails(kind: Kind, page: str | None) -> None:
    facts = make_facts(researcher="A;, \\N\n" * 20, event="é" * 80)
    entry = make_entry(kind=kind, facts=facts)
    assert event_bytes(entry, "fr", page) == folded_bytes(event_of(entry, "fr", page))
