"""What calendars show changes only where it shows: in each language, as a note, as bare days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import day
from tests.web.calendar_samples import (
    ADA,
    BUSY_KEY,
    KIM,
    LAB,
    STAMP,
    make_entry,
    make_event_entry,
    make_facts,
    spell_lab,
)
from web.calendars.busy_only import busy_only
from web.calendars.entries import Entry
from web.calendars.holidays_near import holidays_near
from web.calendars.notes import with_notes
from web.calendars.past import MOST_KEPT
from web.calendars.readers import Reader, ReaderKind, entries_for
from web.calendars.revision import revise
from web.calendars.snapshot import entry_from, row_of
from web.use_cases.researchers.holiday_layer import name_holidays

TODAY = dt.date(2025, 12, 8)
LEE = Reader(kind=ReaderKind.HOST, id="lee", name="lee")
VISION = Reader(kind=ReaderKind.TRACK, id="vision", name="Vision")
READERS = (ADA, KIM, LEE, VISION, LAB)
STAMPS = ("SEQUENCE:", "DTSTAMP:", "LAST-MODIFIED:")

Release = Sequence[Entry]


def releases(*told: Release) -> list[list[Entry]]:
    """Return what each of some releases keeps, a day apart, as the database gives it back."""
    kept: list[list[Entry]] = [[]]
    for number, current in enumerate(told):
        stamp = STAMP + dt.timedelta(days=number)
        entries = revise(kept[-1], current, stamp=stamp, today=TODAY)
        kept.append([entry_from(row_of(entry)) for entry in entries])
    return kept[1:]


def feed(reader: Reader, release: Release, layer: str = "", language: str = "en") -> bytes:
    """Return a reader's calendar: with notes, with holidays too, or of busy days alone."""
    seen = entries_for(reader, release)
    shown = busy_only(seen, key=BUSY_KEY) if layer == "busy" else with_notes(reader, seen)
    if layer == "holidays":
        shown += holidays_near(reader, seen, language=language, named=name_holidays, today=TODAY)
    return spell_lab(shown, language=language, as_of=TODAY)


def events(body: bytes) -> dict[str, list[str]]:
    """Return the lines of each event of a calendar by its permanent id."""
    found = {}
    for text in body.decode().replace("\r\n ", "").split("BEGIN:VEVENT\r\n")[1:]:
        lines = text.partition("END:VEVENT")[0].split("\r\n")
        found[next(line for line in lines if line.startswith("UID:"))] = lines
    return found


def sequence_of(lines: list[str]) -> int:
    return next(int(line[9:]) for line in lines if line.startswith("SEQUENCE:"))


def said(lines: list[str]) -> list[str]:
    return [line for line in lines if not line.startswith(STAMPS)]


ROOM = make_entry()
RENAMED = replace(ROOM, facts=make_facts(place=replace(ROOM.facts.place, zone="Hall")))
KOREAN = replace(ROOM, facts=make_facts(slot={"en": "Winter", "ko": "겨울"}))
LONGER = replace(ROOM, last_day=day("2026-02-08"))
COMPUTING = replace(ROOM, facts=make_facts(pool="H200", gpus=4))
AT_LEES = replace(ROOM, host_id="lee", facts=make_facts(host="Lee"))


@pytest.mark.parametrize("change", [RENAMED, KOREAN, COMPUTING, AT_LEES])
def test_bare_days_stay_as_they_are_while_names_rooms_and_hosts_change(change: Entry) -> None:
    before, after = releases([ROOM], [change])
    assert feed(ADA, before, "busy") == feed(ADA, after, "busy")
    moved = releases([ROOM], [change], [replace(change, last_day=day("2026-02-08"))])[-1]
    (lines,) = events(feed(ADA, moved, "busy")).values()
    assert sequence_of(lines) == 2


def test_a_note_stays_as_it_is_while_the_other_end_of_the_stay_moves() -> None:
    before, after = (events(feed(ADA, told)) for told in releases([ROOM], [LONGER]))
    changed = [uid for uid in before if before[uid] != after[uid]]
    assert changed == ["UID:lab.ada@lab.example.org", "UID:lab.ada++departure@lab.example.org"]


def test_a_name_in_korean_is_news_to_those_who_read_korean() -> None:
    before, after = releases([replace(ROOM, facts=make_facts(slot={"en": "Winter"}))], [KOREAN])
    assert feed(ADA, before) == feed(ADA, after)
    assert feed(ADA, before, language="ko") != feed(ADA, after, language="ko")


def test_who_hosts_somebody_again_is_told_so_after_the_farewell() -> None:
    told = releases([ROOM], [AT_LEES], [ROOM])
    for layer in ("", "busy"):
        bodies = [events(feed(KIM, each, layer)).values() for each in told]
        sequences = [[sequence_of(lines) for lines in body] for body in bodies]
        assert [min(each) for each in sequences] == [0, 1, 2]
    assert feed(ADA, told[0], "busy") == feed(ADA, told[2], "busy")


def test_an_event_is_as_it_was_to_all_but_those_who_come_back_to_it() -> None:
    event = make_event_entry("demo", "2026-01-10")
    late = replace(ROOM, first_day=day("2026-02-02"), last_day=day("2026-03-01"))
    told = releases([ROOM, event], [late, event], [ROOM, event])
    uid = "UID:lab.event+demo@lab.example.org"
    assert [sequence_of(events(feed(ADA, each))[uid]) for each in told] == [0, 1, 2]
    assert len({tuple(events(feed(VISION, each))[uid]) for each in told}) == 1


def test_a_holiday_that_is_near_no_stay_any_more_is_cancelled_and_comes_back() -> None:
    stay = replace(ROOM, holidays="KR")
    late = replace(stay, first_day=day("2026-04-13"), last_day=day("2026-05-31"))
    told = releases([stay], [late], [stay], [])
    new_year = [
        events(feed(ADA, each, "holidays"))["UID:KR+2026-01-01@holidays.sarangchae.local"]
        for each in told
    ]
    assert [sequence_of(lines) for lines in new_year] == [0, 1, 2, 3]
    assert new_year[1][0] == "SUMMARY:[Cancelled] New Year's Day (South Korea)"
    assert new_year[1][7:] == [
        "DESCRIPTION:No stay is near this day any more.\\nPublic holiday: South Korea",
        "LAST-MODIFIED:20251202T093000Z",
        "LOCATION:South Korea",
        "STATUS:CANCELLED",
        "TRANSP:TRANSPARENT",
        "",
    ]
    assert said(new_year[2]) == said(new_year[0])


def test_a_cancelled_holiday_is_shown_for_as_long_as_a_cancelled_stay() -> None:
    stay = replace(ROOM, holidays="KR")
    late = replace(stay, first_day=day("2026-04-13"), last_day=day("2026-05-31"))
    seen = entries_for(ADA, releases([stay], [late])[-1])
    days = [
        [
            str(each.first_day)
            for each in holidays_near(
                ADA, seen, language="en", named=name_holidays, today=day(today)
            )
            if each.cancelled
        ]
        for today in ("2026-01-31", "2026-02-01")
    ]
    assert days == [["2026-01-01"], []]


def test_a_past_is_bounded() -> None:
    told = releases(*([ROOM] if number % 2 else [RENAMED] for number in range(MOST_KEPT * 2)))
    (entry,) = told[-1]
    assert (len(entry.past), entry.sequence) == (MOST_KEPT, MOST_KEPT * 2 - 1)
    assert all(each.past == () for each in entry.past)


def stays() -> Iterator[Entry | None]:
    """Yield a stay in many states; None where it does not take place."""
    yield None
    for first_day in ("2026-01-05", "2026-01-12", "2026-04-20"):
        for state in (ROOM, RENAMED, KOREAN, COMPUTING, AT_LEES):
            first = day(first_day)
            last = first + dt.timedelta(days=27)
            yield replace(state, first_day=first, last_day=last, holidays="KR", home="CA")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(list(stays())), min_size=2, max_size=6))
def test_whatever_changes_rises_whatever_does_not_stays_and_nothing_vanishes(
    told: list[Entry | None],
) -> None:
    event = make_event_entry("demo", "2026-01-10", facts=replace(make_facts(), event="Demo"))
    kept = releases(*([event] if stay is None else [stay, event] for stay in told))
    for reader in READERS:
        for layer, language in (("holidays", "en"), ("holidays", "ko"), ("busy", "en")):
            seen: dict[str, list[str]] = {}
            for release in kept:
                now = events(feed(reader, release, layer, language))
                assert seen.keys() <= now.keys()
                for uid, lines in seen.items():
                    rose = sequence_of(now[uid]) - sequence_of(lines)
                    assert (now[uid] == lines) if said(now[uid]) == said(lines) else rose > 0
                seen = now
