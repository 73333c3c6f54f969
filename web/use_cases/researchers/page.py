"""A researcher's own page: what the latest release says, and what falls into the stay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy.orm import Session

from models.problem_loader import load_problem
from scheduler.problem.places import Site
from scheduler.problem.problem import Problem
from scheduler.problem.types import Days, HostId, SiteId, Text, days_of, text_in
from web.calendars.entries import Entry, Facts, Kind
from web.calendars.readers import calendar_name
from web.use_cases.links.making import LinkMaker
from web.use_cases.months import today_of
from web.use_cases.plans import local
from web.use_cases.researchers.feeds import load_told
from web.use_cases.researchers.holiday_names import named_holidays
from web.use_cases.researchers.visiting import Visit
from web.use_cases.views import (
    DayNote,
    HostView,
    PlaceView,
    ResearcherView,
    StayView,
    TrackView,
)


class _Reading(NamedTuple):
    """What a page is made from, and in which language."""

    problem: Problem
    language: str

    def text(self, text: Text) -> str:
        return text_in(text, self.language)


def show_researcher(
    session: Session, visit: Visit, maker: LinkMaker, *, now: dt.datetime
) -> ResearcherView:
    """Return the first page of somebody who has come by their private link."""
    link, token = visit.link, visit.token
    told = load_told(session, link)
    problem = load_problem(session, link.programme_id)
    read = _Reading(problem, visit.language)
    reader, entries = told.reader, told.entries
    programme = problem.programme
    stays = [entry for entry in entries if entry.kind is Kind.RESIDENCY]
    events = [entry for entry in entries if entry.kind is Kind.EVENT and not entry.cancelled]
    known = next((item for item in problem.researchers if item.id == reader.id), None)
    institution = None if known is None else problem.institution[known.institution].name
    calendar = calendar_name(reader, programme=programme.name, language=read.language)
    return ResearcherView(
        name=read.text(reader.name),
        email=None if known is None else known.email,
        institution=read.text(institution or _institution_of(stays)),
        programme=read.text(programme.name),
        timezone=programme.timezone,
        language=read.language,
        today=today_of(programme, now),
        stays=tuple(_stay(read, entry, events) for entry in stays),
        feed=maker.feed(token, kind=link.scope.kind, subject=reader.id, name=calendar),
        published_at=local(told.release.created_at, programme.timezone),
    )


def _institution_of(stays: Iterable[Entry]) -> Text:
    return next((entry.facts.institution for entry in stays), "")


def _stay(read: _Reading, entry: Entry, events: Iterable[Entry]) -> StayView:
    days = days_of(entry)
    facts = entry.facts
    site = read.problem.site.get(SiteId(entry.site_id or ""))
    return StayView(
        request=entry.subject,
        first_day=entry.first_day,
        last_day=entry.last_day,
        days=days.stop - days.start,
        place=_place(read, facts),
        latitude=None if site is None else site.lat,
        longitude=None if site is None else site.lon,
        host=_host(read, entry),
        track=TrackView(
            id=entry.track_id or "", name=read.text(facts.tracks[0]), colour=facts.colour
        ),
        pool=read.text(facts.pool) or None,
        slot=read.text(facts.slot),
        events=tuple(
            DayNote(
                name=read.text(event.facts.event),
                first_day=event.first_day,
                last_day=event.last_day,
            )
            for event in events
            if days_of(event).common(days)
        ),
        closures=() if site is None else _closures(read, site, days),
        holidays=() if site is None else named_holidays(site, days, language=read.language),
        is_cancelled=entry.cancelled,
    )


def _place(read: _Reading, facts: Facts) -> PlaceView:
    place = facts.place
    return PlaceView(
        zone=read.text(place.zone),
        floor=read.text(place.floor),
        building=read.text(place.building),
        site=read.text(place.site),
        address=read.text(place.address),
    )


def _host(read: _Reading, entry: Entry) -> HostView | None:
    """Return the host as published; the address to write to is today's."""
    if entry.host_id is None:
        return None
    known = read.problem.host.get(HostId(entry.host_id))
    return HostView(
        name=read.text(entry.facts.host),
        email=None if known is None else known.email,
        institution=read.text(entry.facts.host_institution),
    )


def _closures(read: _Reading, site: Site, days: Days) -> tuple[DayNote, ...]:
    return tuple(
        DayNote(
            name=read.text(closure.name), first_day=closure.first_day, last_day=closure.last_day
        )
        for closure in site.closures
        if days_of(closure).common(days)
    )
