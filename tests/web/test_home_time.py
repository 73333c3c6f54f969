"""A stay on the clock at home: other hours, other days, and clocks that turn meanwhile."""

from __future__ import annotations

import pytest

from tests.builders import day
from web.use_cases.researchers.home_time import find_home_zone, home_time, is_zone, zones_by_country
from web.use_cases.views.researchers import HomeTime, HomeZone, ZoneFrom


def at_home(first_day: str, last_day: str, home: str) -> HomeTime:
    found = home_time(day(first_day), day(last_day), there="Asia/Seoul", home=home)
    assert found is not None
    return found


def turns(time: HomeTime) -> list[tuple[str, int]]:
    return [(turn.day.isoformat(), turn.ahead // 60) for turn in time.turns]


def test_a_stay_begins_in_toronto_the_morning_before_and_the_clocks_turn_on_the_way() -> None:
    time = at_home("2027-03-01", "2027-03-28", "America/Toronto")
    assert time.begins.isoformat() == "2027-02-28T10:00:00-05:00"
    assert time.ends.isoformat() == "2027-03-28T11:00:00-04:00"
    assert (time.ahead, turns(time)) == (14 * 60, [("2027-03-14", 13)])


def test_clocks_turn_twice_within_a_long_stay() -> None:
    assert turns(at_home("2027-03-01", "2027-12-31", "Europe/Paris")) == [
        ("2027-03-28", 7),
        ("2027-10-31", 8),
    ]


def test_abu_dhabi_never_turns_its_clocks_and_india_keeps_half_hours() -> None:
    assert turns(at_home("2027-01-04", "2027-12-26", "Asia/Dubai")) == []
    assert at_home("2027-01-04", "2027-01-31", "Asia/Kolkata").ahead == 210
    assert at_home("2027-01-04", "2027-01-31", "Pacific/Auckland").ahead == -4 * 60


@pytest.mark.parametrize("home", ["Asia/Seoul", "Asia/Tokyo", None])
def test_nothing_is_said_where_the_clocks_show_the_same(home: str | None) -> None:
    assert home_time(day("2027-03-01"), day("2027-03-28"), there="Asia/Seoul", home=home) is None


def test_days_at_the_end_of_the_calendar_are_no_error() -> None:
    first, last = day("0001-01-01"), day("9999-12-31")
    assert home_time(first, first, there="Asia/Seoul", home="America/Toronto") is None
    assert home_time(last, last, there="America/Toronto", home="Asia/Seoul") is None


@pytest.mark.parametrize(
    ("chosen", "device", "country", "name", "known_from"),
    [
        ("Asia/Dubai", "Europe/Paris", "FR", "Asia/Dubai", ZoneFrom.CHOICE),
        ("Asia/Atlantis", "Europe/Paris", "CA", "Europe/Paris", ZoneFrom.DEVICE),
        (None, "../../etc/passwd", "AE", "Asia/Dubai", ZoneFrom.COUNTRY),
        (None, None, "DE", "Europe/Berlin", ZoneFrom.COUNTRY),
        (None, None, "CA", None, ZoneFrom.COUNTRY),
        (None, None, "XX", None, ZoneFrom.COUNTRY),
        (None, None, None, None, ZoneFrom.COUNTRY),
    ],
)
def test_the_zone_at_home_is_chosen_else_the_devices_else_the_countrys_only_one(
    chosen: str | None,
    device: str | None,
    country: str | None,
    name: str | None,
    known_from: ZoneFrom,
) -> None:
    found: HomeZone = find_home_zone(chosen=chosen, device=device, country=country, year=2027)
    assert (found.name, found.known_from) == (name, known_from)


def test_a_country_of_several_zones_offers_them() -> None:
    found = find_home_zone(chosen=None, device=None, country="CA", year=2027)
    assert "America/Vancouver" in found.offered


@pytest.mark.parametrize("name", ["", "Europe", "/etc/passwd", "Europe/../x", "a/" * 40, "A\x00/B"])
def test_what_is_no_zone_is_none(name: str) -> None:
    assert is_zone(name) is False


def test_every_zone_that_is_offered_is_one() -> None:
    offered = {zone for zones in zones_by_country().values() for zone in zones}
    assert {zone for zone in offered if not is_zone(zone)} == set()
