"""A researcher's own page: what the latest release says, and what goes with it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.answer_store import load_answers
from models.release_store import (
    Scope,
    ScopeKind,
    load_entries,
    load_release_moments,
    load_told_stays,
)
from models.settings_store import (
    ResearcherSettings,
    load_office_settings,
    load_researcher_settings,
    load_ticks,
)
from scheduler.problem.people import Institution, Researcher
from scheduler.problem.problem import Problem
from scheduler.problem.requests import RequestStatus
from scheduler.problem.types import ResearcherId, Text
from web.calendars.entries import Entry, Kind
from web.calendars.readers import calendar_name, entries_for
from web.use_cases.links.making import LinkMaker
from web.use_cases.months import today_of
from web.use_cases.plans import local
from web.use_cases.releases.entries import told_entry
from web.use_cases.researchers.answering import load_answer_views
from web.use_cases.researchers.checklist import checklist_in
from web.use_cases.researchers.home_time import find_home_zone
from web.use_cases.researchers.since import find_news, history_of
from web.use_cases.researchers.stays import StayReading, show_stay
from web.use_cases.researchers.told import Told, load_told
from web.use_cases.researchers.visiting import Visit
from web.use_cases.views import FeedLink, ResearcherView, StayView
from web.use_cases.views.researchers import HomeZone, News, ReaderSettingsView


@dataclass(frozen=True, slots=True, kw_only=True)
class _Person:
    """Somebody as the programme knows them today, or does not any more."""

    researcher: Researcher | None
    institution: Institution | None
    requests: frozenset[RequestStatus]

    @property
    def country(self) -> str | None:
        return None if self.institution is None else self.institution.country


@dataclass(frozen=True, slots=True, kw_only=True)
class _Past:
    """What releases have told of each stay, by request, and when they were published."""

    told: Mapping[str, list[tuple[int, Entry]]]
    moments: Mapping[int, dt.datetime]


def show_researcher(
    session: Session,
    visit: Visit,
    problem: Problem,
    maker: LinkMaker,
    *,
    now: dt.datetime,
    device_zone: str | None = None,
) -> ResearcherView:
    """Return the first page of somebody who has come by their private link.

    ``problem`` is the programme as it stands: of it come addresses to write to, drawings and
    public days, never a stay. ``device_zone`` is the time zone that their device names.
    """
    told = load_told(session, visit.link)
    person = _find_person(problem, visit.researcher_id)
    settings = load_researcher_settings(session, visit.programme_id, visit.researcher_id)
    zone = _zone(settings, person, device_zone, now.year)
    timezone = told.programme.timezone
    reading = StayReading(
        problem=problem,
        language=visit.language,
        today=today_of(problem.programme, now),
        timezone=timezone,
        country=person.country,
        home_zone=zone.name,
        entries=told.entries,
        documents=checklist_in(load_office_settings(session, visit.programme_id)),
    )
    past = _load_past(session, told)
    read = settings.read_release
    return ResearcherView(
        name=reading.text(told.reader.name),
        email=None if person.researcher is None else person.researcher.email,
        institution=reading.text(_institution_name(person, told.entries)),
        programme=reading.text(told.programme.name),
        timezone=timezone,
        language=visit.language,
        today=reading.today,
        stays=tuple(_stays(session, reading, told, past)),
        feed=_feed(visit, told, maker),
        published_at=local(told.release.created_at, timezone),
        release=told.release.number,
        read_release=read,
        read_at=_read_at(past, read, timezone),
        news=_news(session, reading, told, read),
        zone=zone,
        is_withdrawn=person.requests == {RequestStatus.WITHDRAWN},
        wants_invitations=settings.wants_invitations,
    )


def show_settings(
    session: Session, visit: Visit, problem: Problem, *, now: dt.datetime
) -> ReaderSettingsView:
    """Return what somebody has set who is about to set it otherwise."""
    settings = load_researcher_settings(session, visit.programme_id, visit.researcher_id)
    person = _find_person(problem, visit.researcher_id)
    return ReaderSettingsView(
        zone=_zone(settings, person, None, now.year),
        wants_invitations=settings.wants_invitations,
        email=None if person.researcher is None else person.researcher.email,
    )


def _find_person(problem: Problem, researcher_id: str) -> _Person:
    known = problem.researcher.get(ResearcherId(researcher_id))
    requests = (each for each in problem.requests if each.researcher == researcher_id)
    return _Person(
        researcher=known,
        institution=None if known is None else problem.institution[known.institution],
        requests=frozenset(each.status for each in requests),
    )


def _zone(settings: ResearcherSettings, person: _Person, device: str | None, year: int) -> HomeZone:
    return find_home_zone(
        chosen=settings.timezone, device=device, country=person.country, year=year
    )


def _load_past(session: Session, told: Told) -> _Past:
    programme_id, latest = told.release.programme_id, told.release.number
    stays: dict[str, list[tuple[int, Entry]]] = defaultdict(list)
    rows = load_told_stays(session, programme_id, [told.reader.id], range(1, latest + 1))
    for release, row in rows:
        entry = told_entry(row)
        if not entry.hidden:
            stays[entry.subject].append((release, entry))
    return _Past(told=stays, moments=load_release_moments(session, programme_id))


def _stays(session: Session, reading: StayReading, told: Told, past: _Past) -> Iterable[StayView]:
    """Yield the stays, those that are over last."""
    programme_id = told.release.programme_id
    entries = [entry for entry in told.entries if entry.kind is Kind.RESIDENCY]
    answers = load_answer_views(
        session,
        programme_id,
        entries,
        told.release.number,
        timezone=reading.timezone,
        answers=load_answers(session, programme_id, researcher_id=told.reader.id),
    )
    ticks = load_ticks(session, programme_id, [entry.subject for entry in entries])
    for entry in sorted(entries, key=lambda each: (each.last_day < reading.today, each.first_day)):
        yield show_stay(
            reading,
            entry,
            answer=answers.get(entry.subject),
            ticked=ticks.get(entry.subject, frozenset()),
            history=history_of(
                past.told.get(entry.subject, ()),
                past.moments,
                language=reading.language,
                timezone=reading.timezone,
            ),
        )


def _read_at(past: _Past, read: int | None, timezone: str) -> dt.datetime | None:
    moment = None if read is None else past.moments.get(read)
    return None if moment is None else local(moment, timezone)


def _news(session: Session, reading: StayReading, told: Told, read: int | None) -> tuple[News, ...]:
    """Return what changed since the release that was read; nothing at the first look."""
    release = told.release
    if read is None or read >= release.number:
        return ()
    scope = Scope(kind=ScopeKind.RESEARCHER, id=told.reader.id)
    rows = load_entries(session, release.programme_id, read, scope)
    seen = entries_for(told.reader, map(told_entry, rows))
    return find_news(seen, told.entries, language=reading.language)


def _institution_name(person: _Person, entries: Iterable[Entry]) -> Text:
    if person.institution is not None:
        return person.institution.name
    stays = (entry for entry in entries if entry.kind is Kind.RESIDENCY)
    return next((entry.facts.institution for entry in stays), "")


def _feed(visit: Visit, told: Told, maker: LinkMaker) -> FeedLink:
    name = calendar_name(told.reader, programme=told.programme.name, language=visit.language)
    scope = visit.link.scope
    return maker.feed(visit.token, kind=scope.kind, subject=scope.id, name=name)
