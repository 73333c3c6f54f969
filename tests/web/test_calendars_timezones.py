"""Time zones as calendars spell them: statement 5 of what a good feed does."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from tests.builders import day
from tests.web.calendar_samples import lines_of
from web.calendars.timezones import NoYearlyRule, TimezoneError, moment, vtimezone


def rules_of(timezone: str) -> list[str]:
    """Return since when, by which rule and to which offset each part of a zone is spelled."""
    lines = lines_of(vtimezone(timezone).to_ical())
    names = ("BEGIN", "DTSTART", "RRULE", "TZOFFSETTO")
    return [line for line in lines[1:] if line.split(":")[0] in names]


def test_seoul_is_one_part_without_rule() -> None:
    assert rules_of("Asia/Seoul") == [
        "BEGIN:STANDARD",
        "DTSTART:19881009T030000",
        "TZOFFSETTO:+0900",
    ]


def test_new_york_is_two_yearly_rules() -> None:
    assert rules_of("America/New_York") == [
        "BEGIN:DAYLIGHT",
        "DTSTART:20070311T020000",
        "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3",
        "TZOFFSETTO:-0400",
        "BEGIN:STANDARD",
        "DTSTART:20071104T020000",
        "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11",
        "TZOFFSETTO:-0500",
    ]


def test_paris_changes_on_last_sundays() -> None:
    assert rules_of("Europe/Paris") == [
        "BEGIN:DAYLIGHT",
        "DTSTART:19960331T020000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "TZOFFSETTO:+0200",
        "BEGIN:STANDARD",
        "DTSTART:19961027T030000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "TZOFFSETTO:+0100",
    ]


def test_a_rule_holds_since_its_clocks_are_those_of_today() -> None:
    assert rules_of("Europe/Lisbon")[1::4] == ["DTSTART:19970330T010000", "DTSTART:19971026T020000"]


def test_summer_south_of_the_equator_begins_in_october() -> None:
    assert rules_of("Australia/Sydney")[::4] == ["BEGIN:STANDARD", "BEGIN:DAYLIGHT"]


def test_a_zone_that_gave_up_its_summer_is_one_part_since_then() -> None:
    assert rules_of("America/Mexico_City") == [
        "BEGIN:STANDARD",
        "DTSTART:20221030T020000",
        "TZOFFSETTO:-0600",
    ]


def test_a_zone_whose_clocks_never_changed_is_one_part() -> None:
    assert rules_of("UTC") == ["BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETTO:+0000"]


def test_a_zone_without_yearly_rule_is_refused_by_name() -> None:
    with pytest.raises(NoYearlyRule) as caught:
        vtimezone("Africa/Casablanca")
    assert str(caught.value) == (
        "a calendar cannot spell the time zone Africa/Casablanca: "
        "its clocks change by no yearly rule"
    )


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/passwd", "Asia"])
def test_a_zone_that_nobody_knows_is_refused_by_name(name: str) -> None:
    with pytest.raises(TimezoneError) as caught:
        vtimezone(name)
    assert str(caught.value) == f"no time zone is called '{name}'"


def test_a_moment_carries_its_zone() -> None:
    start = moment(day("2026-07-01"), dt.time(14), "America/New_York")
    assert start == dt.datetime(2026, 7, 1, 14, tzinfo=ZoneInfo("America/New_York"))
    assert start.utcoffset() == dt.timedelta(hours=-4)


@pytest.mark.parametrize(
    ("text", "time"),
    [("2026-03-08", dt.time(2, 30)), ("2026-11-01", dt.time(1, 30))],
    ids=["skipped", "repeated"],
)
def test_a_moment_inside_a_clock_change_is_refused(text: str, time: dt.time) -> None:
    with pytest.raises(TimezoneError) as caught:
        moment(day(text), time, "America/New_York")
    assert str(caught.value) == (
        f"{time:%H:%M} on {text} falls inside a clock change of America/New_York: "
        "choose a time before or after it"
    )
