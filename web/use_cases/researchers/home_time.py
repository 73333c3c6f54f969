"""A stay on the clock at home: days begin there at another hour, often on another day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from web.use_cases.views.researchers import ClockTurn, HomeTime, HomeZone, ZoneFrom

LONGEST_NAME = 64
_NAME = re.compile(r"UTC|[A-Za-z_]+(/[A-Za-z0-9_+-]+){1,2}")
_ONE_DAY = dt.timedelta(days=1)


def find_home_zone(
    *, chosen: str | None, device: str | None, country: str | None, year: int
) -> HomeZone:
    """Return the zone somebody chose, else their device's, else their country's if it has one."""
    for name, known_from in ((chosen, ZoneFrom.CHOICE), (device, ZoneFrom.DEVICE)):
        if name and is_zone(name):
            return HomeZone(name=name, known_from=known_from, offered=())
    offered = zones_by_country().get(country or "", ())
    alike = {_clock(name, year) for name in offered}
    name = offered[0] if len(alike) == 1 else None
    return HomeZone(name=name, known_from=ZoneFrom.COUNTRY, offered=offered)


def is_zone(name: str) -> bool:
    """Tell whether a name is one of a time zone."""
    if len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
        return False
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def home_time(
    first_day: dt.date, last_day: dt.date, *, there: str, home: str | None
) -> HomeTime | None:
    """Return a stay on the clock at home; None where that is the site's own, or unknown."""
    if home is None or home == there:
        return None
    site, own = ZoneInfo(there), ZoneInfo(home)
    try:
        begins = _midnight(first_day, site).astimezone(own)
        ends = _midnight(last_day + _ONE_DAY, site).astimezone(own)
        ahead = dict(_differences(first_day, last_day, site, own))
    except OverflowError:
        return None
    if set(ahead.values()) == {0}:
        return None
    days = sorted(ahead)
    turns = tuple(
        ClockTurn(day=before, ahead=ahead[day])
        for before, day in pairwise(days)
        if ahead[day] != ahead[before]
    )
    return HomeTime(
        there=there, home=home, begins=begins, ends=ends, ahead=ahead[first_day], turns=turns
    )


@cache
def zones_by_country() -> dict[str, tuple[str, ...]]:
    """Return the time zones of each country by its two letters, the most populous first."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    zones: dict[str, list[str]] = {}
    for country, _, name, *_ in rows:
        zones.setdefault(country, []).append(name)
    return {country: tuple(names) for country, names in zones.items()}


@lru_cache(maxsize=1024)
def _clock(name: str, year: int) -> tuple[dt.timedelta | None, ...]:
    """Return how a zone's clock goes in a year; two that go alike are one to people."""
    zone = ZoneInfo(name)
    first = dt.datetime(max(2, min(year, 9998)), 1, 1, tzinfo=dt.UTC)
    return tuple((first + day * _ONE_DAY).astimezone(zone).utcoffset() for day in range(0, 366, 3))


def _differences(
    first_day: dt.date, last_day: dt.date, site: ZoneInfo, own: ZoneInfo
) -> Iterator[tuple[dt.date, int]]:
    """Yield by how many minutes the site is ahead when each day begins there, and the one after."""
    for number in range((last_day - first_day).days + 2):
        day = first_day + number * _ONE_DAY
        moment = _midnight(day, site)
        there, home = moment.utcoffset(), moment.astimezone(own).utcoffset()
        if there is not None and home is not None:
            yield day, int((there - home).total_seconds() // 60)


def _midnight(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=zone)
