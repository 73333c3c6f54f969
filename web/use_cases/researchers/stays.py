"""One stay as its researcher sees it: where, when, with whom, and what is to be done before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from scheduler.problem.places import Site
from scheduler.problem.problem import Problem
from scheduler.problem.types import Days, HostId, SiteId, Text, ZoneId, days_of, text_in
from web.calendars.entries import Entry, Facts, Kind
from web.use_cases.floors.page import show_zone_on_floor
from web.use_cases.researchers.checklist import Document, tasks_for
from web.use_cases.researchers.holiday_names import holidays_of, named_holidays
from web.use_cases.researchers.home_time import home_time
from web.use_cases.views import DayNote, HostView, PlaceView, StayView, TrackView
from web.use_cases.views.answers import AnswerView
from web.use_cases.views.floors import FloorPicture
from web.use_cases.views.researchers import ReleaseNews, TaskView


@dataclass(frozen=True, kw_only=True)
class StayReading:
    """Who reads, in which language, on which day, and with which eyes.

    ``country`` is that of the researcher's institution, ``home_zone`` their time zone at home.
    ``documents`` are what the office asks for.
    """

    problem: Problem
    language: str
    today: dt.date
    timezone: str
    country: str | None
    home_zone: str | None
    entries: tuple[Entry, ...]
    documents: tuple[Document, ...]

    @cached_property
    def events(self) -> tuple[Entry, ...]:
        """The events that concern the reader."""
        return tuple(
            entry for entry in self.entries if entry.kind is Kind.EVENT and not entry.cancelled
        )

    def text(self, text: Text) -> str:
        """Return a text in the reader's language."""
        return text_in(text, self.language)


def show_stay(
    reading: StayReading,
    entry: Entry,
    *,
    answer: AnswerView | None,
    ticked: Collection[str],
    history: tuple[ReleaseNews, ...],
) -> StayView:
    """Return a stay as the latest release tells it."""
    days = days_of(entry)
    facts = entry.facts
    site = reading.problem.site.get(SiteId(entry.site_id or ""))
    there = reading.timezone if site is None else site.timezone or reading.timezone
    return StayView(
        request=entry.subject,
        sequence=entry.sequence,
        first_day=entry.first_day,
        last_day=entry.last_day,
        days=days.stop - days.start,
        place=_place(reading, facts),
        latitude=None if site is None else site.lat,
        longitude=None if site is None else site.lon,
        picture=_picture(reading, entry),
        host=_host(reading, entry),
        track=_track(reading, entry),
        pool=reading.text(facts.pool) or None,
        gpus=facts.gpus,
        slot=reading.text(facts.slot),
        events=tuple(_events(reading, days)),
        closures=() if site is None else tuple(_closures(reading, site, days)),
        holidays=() if site is None else named_holidays(site, days, language=reading.language),
        home_holidays=_home_holidays(reading, site, days),
        is_cancelled=entry.cancelled,
        is_past=entry.last_day < reading.today,
        home=home_time(entry.first_day, entry.last_day, there=there, home=reading.home_zone),
        tasks=tuple(_tasks(reading, entry, ticked)),
        answer=answer,
        history=history,
    )


def _place(reading: StayReading, facts: Facts) -> PlaceView:
    place = facts.place
    return PlaceView(
        zone=reading.text(place.zone),
        floor=reading.text(place.floor),
        building=reading.text(place.building),
        site=reading.text(place.site),
        address=reading.text(place.address),
    )


def _picture(reading: StayReading, entry: Entry) -> FloorPicture | None:
    """Return the floor as it is drawn today; a zone that is gone has none."""
    zone = ZoneId(entry.zone_id or "")
    if entry.cancelled or zone not in reading.problem.zone:
        return None
    return show_zone_on_floor(reading.problem, zone, language=reading.language)


def _host(reading: StayReading, entry: Entry) -> HostView | None:
    """Return the host as published; the address to write to is today's."""
    if entry.host_id is None:
        return None
    known = reading.problem.host.get(HostId(entry.host_id))
    return HostView(
        name=reading.text(entry.facts.host),
        email=None if known is None else known.email,
        institution=reading.text(entry.facts.host_institution),
    )


def _track(reading: StayReading, entry: Entry) -> TrackView:
    tracks = entry.facts.tracks
    name = reading.text(tracks[0]) if tracks else ""
    return TrackView(id=entry.track_id or "", name=name, colour=entry.facts.colour)


def _events(reading: StayReading, days: Days) -> Iterator[DayNote]:
    for event in reading.events:
        if days_of(event).common(days):
            name = reading.text(event.facts.event)
            yield DayNote(name=name, first_day=event.first_day, last_day=event.last_day)


def _closures(reading: StayReading, site: Site, days: Days) -> Iterator[DayNote]:
    for closure in site.closures:
        if days_of(closure).common(days):
            name = reading.text(closure.name)
            yield DayNote(name=name, first_day=closure.first_day, last_day=closure.last_day)


def _home_holidays(reading: StayReading, site: Site | None, days: Days) -> tuple[DayNote, ...]:
    """Return the public days at home; those of somebody at home at the site are told already."""
    there = "" if site is None or site.holidays is None else site.holidays.partition("-")[0]
    if reading.country == there:
        return ()
    return holidays_of(reading.country, days, language=reading.language)


def _tasks(reading: StayReading, entry: Entry, ticked: Collection[str]) -> Iterator[TaskView]:
    if entry.cancelled or entry.last_day < reading.today:
        return
    lead = reading.problem.policy.visa_lead_days
    tasks = tasks_for(
        reading.documents,
        first_day=entry.first_day,
        country=reading.country,
        lead_days=lead.get(reading.country or "", 0),
    )
    for task in tasks:
        is_done = task.key in ticked
        yield TaskView(
            key=task.key,
            text=None if task.document is None else reading.text(task.document.text),
            due=task.due,
            days_before=(entry.first_day - task.due).days,
            is_done=is_done,
            is_late=not is_done and task.due < reading.today,
        )
