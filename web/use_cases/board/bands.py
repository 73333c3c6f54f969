"""Bands behind the board: events, closures, absences, and floor space already taken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import chain

from scheduler.problem.places import Zone
from scheduler.problem.problem import Problem
from scheduler.problem.types import DayRange, SiteId, Text, text_in
from web.use_cases.names import Names
from web.use_cases.views.board import Band, BandKind

ONE_DAY = dt.timedelta(days=1)


def build_bands(names: Names) -> tuple[Band, ...]:
    """Return every band with the row that it stands behind; a label may be empty."""
    return tuple(
        chain(
            _events(names),
            _site_closures(names),
            _zone_closures(names),
            _reservations(names),
            _absences(names),
        )
    )


def _events(names: Names) -> Iterator[Band]:
    for event in names.problem.events:
        days = DayRange(first_day=event.first_day, last_day=event.last_day, name=event.name)
        yield _band(names, BandKind.EVENT, _row_of_site(names.problem, event.site), days)


def _site_closures(names: Names) -> Iterator[Band]:
    for site in names.problem.sites:
        row = _row_of_site(names.problem, site.id)
        for closure in site.closures:
            yield _band(names, BandKind.CLOSURE, row, closure)


def _zone_closures(names: Names) -> Iterator[Band]:
    for zone in names.problem.zones:
        for closure in chain(zone.closures, _not_open(names.problem, zone)):
            yield _band(names, BandKind.CLOSURE, f"zone:{zone.id}", closure)


def _not_open(problem: Problem, zone: Zone) -> Iterator[DayRange]:
    """Yield the programme's days before a zone opens and after it is given up."""
    programme = problem.programme
    if zone.first_day is not None and zone.first_day > programme.first_day:
        yield DayRange(first_day=programme.first_day, last_day=zone.first_day - ONE_DAY)
    if zone.last_day is not None and zone.last_day < programme.last_day:
        yield DayRange(first_day=zone.last_day + ONE_DAY, last_day=programme.last_day)


def _reservations(names: Names) -> Iterator[Band]:
    for item in names.problem.reservations:
        days = DayRange(first_day=item.first_day, last_day=item.last_day, name=item.name)
        yield _band(names, BandKind.RESERVATION, f"zone:{item.zone}", days)


def _absences(names: Names) -> Iterator[Band]:
    for host in names.problem.hosts:
        for absence in host.absences:
            yield _band(names, BandKind.ABSENCE, f"host:{host.id}", absence)


def _row_of_site(problem: Problem, site: SiteId) -> str:
    """Return the row of a site, none where one site is the whole programme."""
    return "" if len(problem.sites) == 1 else f"site:{site}"


def _band(names: Names, kind: BandKind, row: str, days: DayRange) -> Band:
    label: Text = days.name
    return Band(
        kind=kind,
        row=row,
        label=text_in(label, names.language),
        first_day=days.first_day,
        last_day=days.last_day,
    )
