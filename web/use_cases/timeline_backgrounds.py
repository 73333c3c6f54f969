"""Bands behind the timeline: events, closures, absences, and floor space already taken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import chain

from scheduler.problem.places import Zone
from scheduler.problem.problem import Problem
from scheduler.problem.types import DayRange, SiteId, Text, text_in
from web.use_cases.names import Names
from web.use_cases.views import BackgroundKind, GroupBy, TimelineBackground

ONE_DAY = dt.timedelta(days=1)


def build_backgrounds(names: Names, group_by: GroupBy) -> tuple[TimelineBackground, ...]:
    """Return the bands that bear on the rows shown; a label may be empty."""
    bands = [_events(names, group_by)]
    if group_by is GroupBy.PLACE:
        bands += [_site_closures(names), _zone_closures(names), _reservations(names)]
    if group_by is GroupBy.HOST:
        bands.append(_absences(names))
    return tuple(chain.from_iterable(bands))


def _events(names: Names, group_by: GroupBy) -> Iterator[TimelineBackground]:
    for event in names.problem.events:
        group = _row_of_site(names.problem, event.site) if group_by is GroupBy.PLACE else None
        days = DayRange(first_day=event.first_day, last_day=event.last_day, name=event.name)
        yield _band(names, BackgroundKind.EVENT, f"event:{event.id}", group, days)


def _site_closures(names: Names) -> Iterator[TimelineBackground]:
    for site in names.problem.sites:
        group = _row_of_site(names.problem, site.id)
        for number, closure in enumerate(site.closures):
            band = f"site-closure:{site.id}:{number}"
            yield _band(names, BackgroundKind.CLOSURE, band, group, closure)


def _zone_closures(names: Names) -> Iterator[TimelineBackground]:
    for zone in names.problem.zones:
        for number, closure in enumerate(chain(zone.closures, _not_open(names.problem, zone))):
            band = f"zone-closure:{zone.id}:{number}"
            yield _band(names, BackgroundKind.CLOSURE, band, f"zone:{zone.id}", closure)


def _not_open(problem: Problem, zone: Zone) -> Iterator[DayRange]:
    """Yield the programme's days before a zone opens and after it is given up."""
    programme = problem.programme
    if zone.first_day is not None and zone.first_day > programme.first_day:
        yield DayRange(first_day=programme.first_day, last_day=zone.first_day - ONE_DAY)
    if zone.last_day is not None and zone.last_day < programme.last_day:
        yield DayRange(first_day=zone.last_day + ONE_DAY, last_day=programme.last_day)


def _reservations(names: Names) -> Iterator[TimelineBackground]:
    for item in names.problem.reservations:
        days = DayRange(first_day=item.first_day, last_day=item.last_day, name=item.name)
        band = f"reservation:{item.id}"
        yield _band(names, BackgroundKind.RESERVATION, band, f"zone:{item.zone}", days)


def _absences(names: Names) -> Iterator[TimelineBackground]:
    for host in names.problem.hosts:
        for number, absence in enumerate(host.absences):
            band = f"absence:{host.id}:{number}"
            yield _band(names, BackgroundKind.CLOSURE, band, f"host:{host.id}", absence)


def _row_of_site(problem: Problem, site: SiteId) -> str | None:
    """Return the row of a site, None where one site is the whole programme."""
    return None if len(problem.sites) == 1 else f"site:{site}"


def _band(
    names: Names, kind: BackgroundKind, band: str, group: str | None, days: DayRange
) -> TimelineBackground:
    label: Text = days.name
    return TimelineBackground(
        id=band,
        kind=kind,
        group=group,
        label=text_in(label, names.language),
        first_day=days.first_day,
        last_day=days.last_day,
    )
