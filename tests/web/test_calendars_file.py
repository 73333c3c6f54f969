"""The calendar file, byte by byte: statements 1 to 6, 12 and 13 of what a good feed does."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from tests.builders import day
from tests.web.calendar_samples import (
    GOLDEN,
    golden_files,
    lines_of,
    make_entry,
    make_event_entry,
    make_facts,
    spell_lab,
    values_of,
)
from web.calendars.entries import Entry
from web.calendars.ical import MAX_BYTES, etag_of, spell_download

ALLOWED = {
    "BEGIN", "END", "VERSION", "PRODID", "NAME", "X-WR-CALNAME", "X-WR-TIMEZONE", "UID", "URL",
    "SOURCE", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "TZID", "DTSTART", "DTEND", "RRULE", "TZNAME",
    "TZOFFSETFROM", "TZOFFSETTO", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "STATUS",
    "TRANSP", "SUMMARY", "LOCATION", "DESCRIPTION", "COLOR",
}  # fmt: skip


def named(text: str) -> Entry:
    """Return the entry of a residency whose every name is the text."""
    return make_entry(facts=make_facts(researcher=text, host=text, slot=text, programme=text))


def test_1_every_line_ends_with_crlf() -> None:
    body = spell_lab([named("Ada\nLovelace"), make_event_entry("demo", "2026-01-10")])
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert b"\r" not in body.replace(b"\r\n", b"")
    assert b"\n" not in body.replace(b"\r\n", b"")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("a ,;\\\n뉴é🤖"), max_size=200))
def test_1_no_line_has_more_than_75_octets_or_cuts_a_character_or_an_escape(text: str) -> None:
    body = spell_lab([named(text)], name=text)
    for line in body.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # a character cut in two would not decode
        trailing_backslashes = len(line) - len(line.rstrip(b"\\"))
        assert trailing_backslashes % 2 == 0


def test_2_every_text_is_escaped_the_calendars_name_too() -> None:
    body = spell_lab([named("A, B; C\\D")], name="Lab, hall; \\North")
    assert values_of(body, "NAME") == [":Lab\\, hall\\; \\\\North"]
    assert values_of(body, "X-WR-CALNAME") == [":Lab\\, hall\\; \\\\North"]
    assert values_of(body, "SUMMARY") == [":Residency: A\\, B\\; C\\\\D\\, Desk room"]


def test_2_a_backslash_before_a_capital_n_is_no_line_break() -> None:
    body = spell_lab([named("C:\\New")])
    assert values_of(body, "SUMMARY") == [":Residency: C:\\\\New\\, Desk room"]


def test_2_control_characters_and_byte_order_marks_go_and_line_breaks_become_spaces() -> None:
    text = "\ufeffA\x00d\x07a\x7f\u2028King\r\nLovelace\ud800"
    body = spell_lab([named(text)], name=text)
    assert values_of(body, "NAME") == [":Ada King Lovelace"]
    assert values_of(body, "SUMMARY") == [":Residency: Ada King Lovelace\\, Desk room"]


def test_2_the_file_has_no_byte_order_mark() -> None:
    body = spell_lab([named("\ufeffAda")])
    assert body.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert "\ufeff".encode() not in body


def test_2_an_address_cannot_break_out_of_its_line() -> None:
    body = spell_lab([], source_url="https://x.org/\r\nMETHOD:CANCEL", page_url="https://x.org/\n")
    assert values_of(body, "SOURCE") == [";VALUE=URI:https://x.org/ METHOD:CANCEL"]
    assert values_of(body, "METHOD") == []


def test_3_properties_of_the_calendar_come_before_its_components() -> None:
    names = [line.split(":")[0].split(";")[0] for line in lines_of(spell_lab([make_entry()]))]
    assert names[:9] == [
        "BEGIN",
        "VERSION",
        "PRODID",
        "NAME",
        "X-WR-CALNAME",
        "REFRESH-INTERVAL",
        "uid",
        "X-PUBLISHED-TTL",
        "X-WR-TIMEZONE",
    ]
    assert names[9] == "BEGIN"


def test_3_an_empty_feed_keeps_a_time_zone() -> None:
    assert values_of(spell_lab([]), "BEGIN") == [
        ":VCALENDAR",
        ":VTIMEZONE",
        ":STANDARD",
    ]


def test_3_an_empty_feed_of_a_zone_without_yearly_rule_keeps_the_time_zone_of_utc() -> None:
    body = spell_lab([], timezone="Africa/Casablanca")
    assert values_of(body, "TZID") == [":UTC"]
    assert values_of(body, "X-WR-TIMEZONE") == [":Africa/Casablanca"]


def test_4_a_stay_is_of_whole_days_and_ends_on_the_day_after_its_last() -> None:
    stay = make_entry(first_day=day("2026-01-05"), last_day=day("2026-02-01"))
    lines = lines_of(spell_lab([stay]))
    event = lines[lines.index("BEGIN:VEVENT") :]
    assert "DTSTART;VALUE=DATE:20260105" in event
    assert "DTEND;VALUE=DATE:20260202" in event
    assert "TRANSP:TRANSPARENT" in event
    assert [line for line in event if re.match("RRULE|RDATE|DURATION|.*TZID", line)] == []


def test_4_a_stay_of_one_day_ends_on_the_next() -> None:
    event = make_event_entry("demo", "2026-12-31")
    body = spell_lab([event])
    assert values_of(body, "DTEND") == [";VALUE=DATE:20270101"]


@pytest.mark.parametrize(
    ("first_day", "last_day"), [("2026-01-05", "2026-01-04"), ("9999-12-31", "9999-12-31")]
)
def test_4_days_that_cannot_be_spelled_are_refused(first_day: str, last_day: str) -> None:
    with pytest.raises(ValueError, match=r"calendar entry lab\.ada@.* is no range of days"):
        make_entry(first_day=day(first_day), last_day=day(last_day))


def test_6_only_properties_of_the_two_basic_standards_are_used() -> None:
    for body in golden_files().values():
        assert {re.split("[:;]", line)[0].upper() for line in lines_of(body)} <= ALLOWED


def test_6_place_and_description_are_complete_in_themselves() -> None:
    entry = make_entry(facts=make_facts(pool="Cluster", gpus=8))
    event = Calendar.from_ical(spell_lab([entry], page_url="https://x.org/ada")).events[0]
    assert event["location"] == "Desk room, 5F, Main, Hub, Yangjae"
    assert str(event["description"]).split("\n") == [
        "Researcher: Ada",
        "Institution: Waterloo",
        "Track: Vision",
        "Host: Kim, KAIST",
        "Slot: Winter",
        "Stay: January 5, 2026 to February 1, 2026",
        "Place: Desk room, 5F, Main, Hub, Yangjae",
        "Computing: Cluster, GPUs: 8",
        "Programme: Lab",
        "Details: https://x.org/ada",
    ]


@pytest.mark.parametrize(
    ("colour", "name"),
    [("#ff0000", [":red"]), ("#fe0103", [":red"]), ("#1F77B4", [":steelblue"]), ("", [])],
)
def test_6_the_colour_is_the_nearest_css_name(colour: str, name: list[str]) -> None:
    assert values_of(spell_lab([make_entry(facts=make_facts(colour=colour))]), "COLOR") == name


def test_11_a_feed_has_no_method_no_attendee_and_no_alarm() -> None:
    for body in golden_files().values():
        assert [
            line for line in lines_of(body) if re.match("METHOD|ATTENDEE|BEGIN:VALARM", line)
        ] == []


def test_12_a_feed_says_its_name_where_it_comes_from_and_how_often_to_ask() -> None:
    feed = "https://lab.example.org/feeds/token.ics"
    body = spell_lab([], source_url=feed, page_url="https://lab.example.org/ada")
    assert values_of(body, "NAME") == [":Lab residencies"]
    assert values_of(body, "X-WR-CALNAME") == [":Lab residencies"]
    assert values_of(body, "REFRESH-INTERVAL") == [";VALUE=DURATION:PT6H"]
    assert values_of(body, "X-PUBLISHED-TTL") == [":PT6H"]
    assert values_of(body, "SOURCE") == [f";VALUE=URI:{feed}"]
    assert values_of(body, "URL") == [":https://lab.example.org/ada"]
    assert values_of(body, "UID") == [":lab/programme/lab@lab.example.org"]


def test_12_a_download_of_one_entry_has_neither_name_nor_refresh() -> None:
    body = spell_download(make_entry(), language="en", timezone="Asia/Seoul")
    names = {line.split(":")[0].split(";")[0] for line in lines_of(body)}
    assert names & {"NAME", "X-WR-CALNAME", "REFRESH-INTERVAL", "SOURCE", "METHOD"} == set()
    assert values_of(body, "UID") == [":lab.ada@lab.example.org"]


def test_13_the_past_is_shown_for_the_span_that_is_asked_for() -> None:
    ended = [make_event_entry(name, name) for name in ("2025-11-20", "2025-11-21", "2025-12-01")]
    body = spell_lab(ended, as_of=day("2025-12-01"), keep_past_days=10)
    assert values_of(body, "SUMMARY") == [":2025-11-21", ":2025-12-01"]


def test_13_of_a_long_past_only_what_keeps_the_file_below_a_megabyte_is_shown() -> None:
    long_name = "x" * 2000
    first = day("2025-01-01")
    past = [
        make_event_entry(f"{number:03} {long_name}", str(first + dt.timedelta(days=number)))
        for number in range(300)
    ]
    to_come = make_event_entry("to come", "2026-01-10")
    body = spell_lab([*past, to_come], as_of=day("2025-12-01"))
    shown = [value[1:4] for value in values_of(body, "SUMMARY")]
    dropped = 300 + 1 - len(shown)
    assert MAX_BYTES - 10_000 < len(body) <= MAX_BYTES
    assert shown == [*(f"{number:03}" for number in range(dropped, 300)), "to "]


def test_13_what_is_to_come_is_shown_whatever_its_size() -> None:
    to_come = [make_event_entry(f"{number} {'x' * 9000}", "2026-01-10") for number in range(120)]
    body = spell_lab(to_come, as_of=day("2025-12-01"))
    assert len(body) > MAX_BYTES
    assert len(values_of(body, "SUMMARY")) == 120


def test_15_a_body_spelled_twice_has_the_same_bytes_and_tag_in_whatever_order() -> None:
    entries = [make_entry(), make_event_entry("demo", "2026-01-10")]
    one, other = spell_lab(entries), spell_lab(reversed(entries))
    assert one == other
    assert etag_of(one) == etag_of(other)
    assert re.fullmatch("[0-9a-f]{64}", etag_of(one))
    assert etag_of(one) != etag_of(spell_lab([]))


def test_every_golden_file_is_what_the_release_gives() -> None:
    files = {path.stem: path.read_bytes() for path in GOLDEN.glob("*.ics")}
    assert golden_files() == files


def test_icalendar_reads_each_golden_file_without_finding_fault() -> None:
    for body in golden_files().values():
        calendar = Calendar.from_ical(body)
        assert [event.errors for event in calendar.events if event.errors] == []


def test_an_event_needs_all_its_properties_once() -> None:
    event = Calendar.from_ical(spell_lab([make_entry()])).events[0]
    assert isinstance(event, Event)
    assert sorted(event) == [
        "COLOR",
        "CREATED",
        "DESCRIPTION",
        "DTEND",
        "DTSTAMP",
        "DTSTART",
        "LAST-MODIFIED",
        "LOCATION",
        "SEQUENCE",
        "STATUS",
        "SUMMARY",
        "TRANSP",
        "UID",
    ]


def test_every_fact_of_a_residency_is_told() -> None:
    texts = {
        field.name: f"<{field.name}>"
        for field in fields(make_facts())
        if field.name not in {"place", "tracks", "colour", "gpus", "event"}
    }
    event = Calendar.from_ical(spell_lab([make_entry(facts=make_facts(**texts))])).events[0]
    told = re.findall("<([a-z_]+)>", str(event["description"]))
    assert sorted(told) == sorted(texts)
