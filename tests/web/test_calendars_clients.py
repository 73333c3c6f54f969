"""Other people's programs read our calendars as they were meant."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
import vobject
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from tests.builders import day
from tests.web.calendar_clients import (
    ReadEvent,
    events_of_ical_js,
    read_by_ical_js,
    read_by_icalendar,
    read_by_node_ical,
    read_by_vobject,
    run_khal,
)
from tests.web.calendar_samples import (
    ADA,
    GOLDEN,
    KIM,
    make_entry,
    make_event_entry,
    make_facts,
    spell_lab,
)
from tests.web.libical import read_by_libical
from web.calendars.entries import Entry, in_order
from web.calendars.notes import with_notes
from web.calendars.texts import description_of, location_of, one_line, summary_of
from web.calendars.timezones import moment, vtimezone

TRICKY = [
    "",
    " ",
    " leading and trailing ",
    "comma, semicolon; colon: backslash\\ quote\" 'apostrophe'",
    "C:\\New\\name\\\\",
    "\\n is no line break, nor is \\N",
    "a line\nand another\r\nand a last",
    "^n and ^^ and =0D=0A and %0A",
    "뉴럴 스케일링 법칙 초월 " * 9,
    "é" * 74,
    "🤖" * 40,
    "أميرة حداد",
    "BEGIN:VEVENT",
    "a\u2028b\u2029c\x85d\x0be\x0cf\x1cg",
    "\\" * 80,
    ";\\" * 60,
]


def entry_named(text: str) -> Entry:
    """Return the entry of a residency whose names are the text."""
    names = dict.fromkeys(["researcher", "institution", "host", "slot", "programme"], text)
    return make_entry(facts=make_facts(**names, tracks=(text,)))


def told(entry: Entry) -> tuple[str, str, str]:
    """Return the three texts that a calendar shows of an entry."""
    return (
        summary_of(entry, "en"),
        location_of(entry.facts, "en"),
        description_of(entry, "en", page_url=None),
    )


ANYTHING = st.text(max_size=120) | st.text(st.sampled_from(",;:\\nN\r\n\0 \t\u200f\u202e🤖é\ud83d"))


@settings(max_examples=60, deadline=None)
@given(ANYTHING)
@example("\\N")
@example("a\\" * 40)
@example("\u202eأميرة\u202c 👩\u200d🔬 \u200f(ש)\u200e")
@example("note " * 800)
@example("Ada\r\nATTENDEE:mailto:eve@example.org\r\nEND:VEVENT\r\nBEGIN:VALARM")
@example("\0\0Ada\0")
def test_icalendar_and_vobject_read_any_name_back(text: str) -> None:
    stay = entry_named(text)
    entries = in_order((*with_notes(ADA, [stay]), *with_notes(KIM, [another(stay)])))
    body = spell_lab(entries, name=text)
    expected = [told(entry) for entry in entries]
    for events in (read_by_icalendar(body), read_by_vobject(body)):
        assert [(each.summary, each.location, each.description) for each in events] == expected
        assert [each.uid for each in events] == [entry.uid for entry in entries]
    assert f"Residency: {one_line(text)}, Desk room" == told(stay)[0]
    assert vobject.readOne(body.decode()).contents["x-wr-calname"][0].value == one_line(text)


def another(stay: Entry) -> Entry:
    """Return a stay of another id on the same days."""
    return replace(stay, subject="bo", uid="lab.bo@lab.example.org")


@settings(max_examples=6, deadline=None)
@given(st.lists(ANYTHING, min_size=20, max_size=40))
def test_ical_js_reads_any_names_back(texts: list[str]) -> None:
    entries = [
        replace(entry_named(text), subject=f"r{number}", uid=f"lab.r{number}@lab.example.org")
        for number, text in enumerate(texts)
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "feed.ics"
        path.write_bytes(spell_lab(entries))
        [calendar] = read_by_ical_js([path])
    read = {each.uid: each for each in events_of_ical_js(calendar)}
    for entry in entries:
        event = read[entry.uid]
        assert (event.summary, event.location, event.description) == told(entry)


def test_ical_js_reads_tricky_names_back(tmp_path: Path) -> None:
    paths = []
    for number, text in enumerate(TRICKY):
        paths.append(tmp_path / f"{number}.ics")
        paths[-1].write_bytes(spell_lab([entry_named(text)], name=text))
    calendars = read_by_ical_js(paths)
    events = [events_of_ical_js(calendar)[0] for calendar in calendars]
    read = [(event.summary, event.location, event.description) for event in events]
    assert read == [told(entry_named(text)) for text in TRICKY]


def test_ical_js_node_ical_icalendar_and_vobject_read_the_same_in_each_golden_file() -> None:
    paths = sorted(GOLDEN.glob("*.ics"))
    read = zip(paths, read_by_ical_js(paths), read_by_node_ical(paths), strict=True)
    for path, calendar, by_node in read:
        body = path.read_bytes()
        events = read_by_icalendar(body)
        assert events_of_ical_js(calendar) == events == read_by_vobject(body)
        assert by_node == [as_node_reads(event) for event in events]
        assert all(event["whole_days"] for event in calendar["events"])


def as_node_reads(event: ReadEvent) -> ReadEvent:
    """Return an event as node-ical has it, which takes any backslash and n for a line break."""
    return replace(
        event,
        summary=event.summary.replace("\\N", "\\\n"),
        location=event.location.replace("\\N", "\\\n"),
        description=event.description.replace("\\N", "\\\n"),
    )


@pytest.mark.clients
def test_libical_reads_the_same_in_each_golden_file() -> None:
    for path in sorted(GOLDEN.glob("*.ics")):
        body = path.read_bytes()
        assert read_by_libical(body) == read_by_icalendar(body)


@pytest.mark.clients
@pytest.mark.parametrize("text", TRICKY, ids=range(len(TRICKY)))
def test_libical_reads_tricky_names_back_but_for_blanks_at_the_very_end(text: str) -> None:
    [event] = read_by_libical(spell_lab([entry_named(text)], name=text))
    read = (event.summary, event.location, event.description)
    assert read == tuple(each.rstrip() for each in told(entry_named(text)))


def test_ical_js_reads_how_often_to_ask(tmp_path: Path) -> None:
    path = tmp_path / "feed.ics"
    path.write_bytes(spell_lab([]))
    [calendar] = read_by_ical_js([path])
    assert calendar["refresh"] == "PT6H"
    assert calendar["uid"] == "lab/programme/lab@lab.example.org"
    assert calendar["events"] == []


def test_khal_imports_a_feed_and_lists_it_on_its_days(tmp_path: Path) -> None:
    feed = tmp_path / "feed.ics"
    stay = make_entry(first_day=day("2026-01-05"), last_day=day("2026-01-07"))
    korean = make_event_entry("demo, 데모 데이", "2026-01-20")
    feed.write_bytes(spell_lab([stay, korean]))
    run_khal(tmp_path, "import", "--batch", "-a", "lab", str(feed))
    listed = run_khal(
        tmp_path, "list", "--day-format", "on {date}", "--format", "{title}",
        "2026-01-01", "2026-02-28",
    )  # fmt: skip
    assert listed.splitlines() == [
        "on 2026-01-05",
        "Residency: Ada, Desk room",
        "on 2026-01-06",
        "Residency: Ada, Desk room",
        "on 2026-01-07",
        "Residency: Ada, Desk room",
        "on 2026-01-20",
        "demo, 데모 데이",
    ]


NEW_YORK = [
    ("2026-03-07", "2026-03-07T19:00:00.000Z"),  # the day before clocks go forward
    ("2026-03-08", "2026-03-08T18:00:00.000Z"),
    ("2026-07-01", "2026-07-01T18:00:00.000Z"),
    ("2026-10-31", "2026-10-31T18:00:00.000Z"),  # the day before clocks go back
    ("2026-11-01", "2026-11-01T19:00:00.000Z"),
    ("2040-03-12", "2040-03-12T18:00:00.000Z"),
]


@pytest.mark.parametrize("timezone", ["America/New_York", "Europe/Paris", "Australia/Sydney"])
def test_5_a_timed_event_is_at_the_right_hour_on_either_side_of_every_clock_change(
    tmp_path: Path, timezone: str
) -> None:
    days = [day("2026-01-01") + dt.timedelta(days=number) for number in range(730)]
    moments = [moment(each, dt.time(14), timezone) for each in days]
    path = tmp_path / "timed.ics"
    path.write_bytes(timed_file(moments, timezone))
    [calendar] = read_by_ical_js([path])
    expected = [f"{each.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%S}.000Z" for each in moments]
    assert [event["starts_at"] for event in calendar["events"]] == expected
    assert {event["timezone"] for event in calendar["events"]} == {timezone}
    read = vobject.readOne(path.read_text(encoding="utf-8")).contents["vevent"]
    starts = [event.dtstart.value.astimezone(dt.UTC) for event in read]
    assert starts == [each.astimezone(dt.UTC) for each in moments]


def test_5_two_in_the_afternoon_in_new_york_is_19_oclock_utc_in_winter_and_18_in_summer(
    tmp_path: Path,
) -> None:
    moments = [moment(day(each), dt.time(14), "America/New_York") for each, _ in NEW_YORK]
    path = tmp_path / "timed.ics"
    path.write_bytes(timed_file(moments, "America/New_York"))
    [calendar] = read_by_ical_js([path])
    assert [event["starts_at"] for event in calendar["events"]] == [utc for _, utc in NEW_YORK]


def timed_file(moments: list[dt.datetime], timezone: str) -> bytes:
    """Return a file with an event of an hour at each moment and the time zone they name."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Sarangchae//Tests//EN")
    calendar.add_component(vtimezone(timezone))
    for number, start in enumerate(moments):
        event = Event()
        event.add("uid", f"{number}@lab.example.org")
        event.add("dtstamp", dt.datetime(2025, 12, 1, tzinfo=dt.UTC))
        event.add("summary", "Talk")
        event.add("dtstart", start)
        event.add("dtend", start + dt.timedelta(hours=1))
        calendar.add_component(event)
    body: bytes = calendar.to_ical()
    return body
