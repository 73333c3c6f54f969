"""How each told stay stands: its answer, its checklist, its calendars, and what the draft does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from models.answer_store import StayAnswer, load_answers
from models.link_store import Link, load_device_links, load_links
from models.release_store import Release, ScopeKind
from models.settings_store import load_office_settings, load_ticks
from scheduler.problem.people import Researcher
from scheduler.problem.problem import Problem
from scheduler.problem.types import RequestId, ResearcherId, text_in
from web.calendars.entries import Entry
from web.mail.addresses import mailto
from web.use_cases.links.freshness import Moments, load_moments
from web.use_cases.links.making import LinkMaker
from web.use_cases.months import today_of
from web.use_cases.requests.words import fold, searchable
from web.use_cases.researchers.answering import load_answer_views
from web.use_cases.researchers.checklist import Document, checklist_in, tasks_for
from web.use_cases.views.answers import AnswerView
from web.use_cases.views.parts import TrackView
from web.use_cases.views.visitors import CalendarsSeen, CalendarState, InDraft, VisitorRow
from web.use_cases.visitors.calendars import view_calendars
from web.use_cases.visitors.query import VisitorState
from web.use_cases.visitors.reminding import Reminded, reminder_address
from web.use_cases.visitors.told import ToldReleases
from web.use_cases.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What all stays of a page share."""

    workspace: Workspace
    moments: Moments
    today: dt.date
    maker: LinkMaker
    language: str
    answers: Mapping[str, StayAnswer]
    views: Mapping[str, AnswerView]
    ticks: Mapping[str, frozenset[str]]
    documents: Sequence[Document]
    own_links: Mapping[str, Link]
    devices: Mapping[str, Sequence[Link]]

    @property
    def problem(self) -> Problem:
        return self.workspace.problem


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A told stay and how it stands; what only a shown row needs is worked out when asked for."""

    entry: Entry
    known: _Known

    @cached_property
    def text(self) -> str:
        """What words are looked for in."""
        facts, person = self.entry.facts, self._researcher
        texts = (facts.researcher, facts.institution, facts.place.zone, facts.host, *facts.tracks)
        spelled = (
            word for text in texts for word in ((text,) if isinstance(text, str) else text.values())
        )
        email = None if person is None else person.email
        return searchable(self.entry.subject, email or "", *spelled)

    @cached_property
    def name(self) -> str:
        """The researcher's name as it was published."""
        return text_in(self.entry.facts.researcher, self.known.language)

    @cached_property
    def name_key(self) -> str:
        """The name as it is sorted."""
        return fold(self.name)

    @cached_property
    def state(self) -> VisitorState:
        """What the answer that counts comes to."""
        answer = self._view
        if answer is None:
            return VisitorState.NONE
        return VisitorState(answer.kind.value) if answer.is_current else VisitorState.OUTDATED

    @cached_property
    def states(self) -> frozenset[VisitorState]:
        """All that is true of it."""
        is_old = self._calendar.state is CalendarState.OLD
        return frozenset({self.state, *([VisitorState.OLD_CALENDAR] if is_old else [])})

    @property
    def is_kept(self) -> bool:
        """Tell whether the office keeps a stay that was declined."""
        answer = self._answer
        return self.state is VisitorState.DECLINED and answer is not None and bool(answer.kept_at)

    @cached_property
    def needs_decision(self) -> bool:
        """Tell whether it was declined, is still asked for, not over, and nobody has decided."""
        is_open = self.state is VisitorState.DECLINED and not (self.is_kept or self.is_over)
        return is_open and self._in_draft is not InDraft.WITHDRAWN

    @property
    def is_over(self) -> bool:
        """Tell whether the last day is past."""
        return self.entry.last_day < self.known.today

    @cached_property
    def share_done(self) -> float:
        """How much of the checklist is done, 1 where nothing is to be done."""
        done, tasks = self._progress
        return done / tasks if tasks else 1.0

    def row(self) -> VisitorRow:
        """Return what the page shows."""
        entry, facts, language = self.entry, self.entry.facts, self.known.language
        place, answer = facts.place, self._answer
        done, tasks = self._progress
        person = self._researcher
        track = TrackView(
            id=entry.track_id or "",
            name=text_in(facts.tracks[0], language),
            colour=facts.colour,
        )
        where = (text_in(place.building, language), text_in(place.floor, language))
        return VisitorRow(
            request=entry.subject,
            researcher_id=entry.researcher_id or "",
            name=self.name,
            institution=text_in(facts.institution, language),
            track=track,
            first_day=entry.first_day,
            last_day=entry.last_day,
            zone=text_in(place.zone, language),
            place=", ".join(where),
            sequence=entry.sequence,
            is_over=self.is_over,
            in_draft=self._in_draft,
            answer=self._view,
            needs_decision=self.needs_decision,
            is_kept=self.is_kept,
            seen="" if answer is None else answer.answered_at.isoformat(),
            done=done,
            tasks=tasks,
            calendar=self._calendar,
            page=self._page,
            reminder=self._reminder,
            email=None if person is None or not person.email else mailto(person.email),
        )

    @property
    def _answer(self) -> StayAnswer | None:
        return self.known.answers.get(self.entry.subject)

    @property
    def _view(self) -> AnswerView | None:
        return self.known.views.get(self.entry.subject)

    @cached_property
    def _researcher(self) -> Researcher | None:
        return self.known.problem.researcher.get(ResearcherId(self.entry.researcher_id or ""))

    @cached_property
    def _calendar(self) -> CalendarsSeen:
        known, researcher = self.known, self.entry.researcher_id or ""
        return view_calendars(
            known.moments, known.own_links.get(researcher), known.devices.get(researcher, ())
        )

    @cached_property
    def _in_draft(self) -> InDraft:
        problem, name = self.known.problem, RequestId(self.entry.subject)
        request = problem.request.get(name)
        if request is None or not request.is_submitted:
            return InDraft.WITHDRAWN
        stay = self.known.workspace.plan.by_request.get(name)
        if stay is None:
            return InDraft.GONE
        there = (stay.first_day, stay.last_day, stay.zone, stay.host)
        entry = self.entry
        was = (entry.first_day, entry.last_day, entry.zone_id, entry.host_id)
        return InDraft.SAME if there == was else InDraft.MOVED

    @cached_property
    def _progress(self) -> tuple[int, int]:
        """How much of the checklist is done, and how much there is."""
        problem, person = self.known.problem, self._researcher
        country = None if person is None else problem.institution[person.institution].country
        lead = 0 if country is None else problem.policy.visa_lead_days.get(country, 0)
        tasks = tasks_for(
            self.known.documents,
            first_day=self.entry.first_day,
            country=country,
            lead_days=lead,
        )
        ticked = self.known.ticks.get(self.entry.subject, frozenset())
        return sum(task.key in ticked for task in tasks), len(tasks)

    @property
    def _page(self) -> str | None:
        link = self.known.own_links.get(self.entry.researcher_id or "")
        maker = self.known.maker
        return None if link is None else maker.page(maker.token(link.id))

    @property
    def _reminder(self) -> str | None:
        """The mail that asks for an answer, where one is missing and there is an address."""
        person, page = self._researcher, self._page
        is_missing = self.state in (VisitorState.NONE, VisitorState.OUTDATED)
        if self.is_over or not is_missing:
            return None
        if person is None or not person.email or page is None:
            return None
        about = Reminded(
            email=person.email,
            name=text_in(self.entry.facts.researcher, person.language),
            programme=text_in(self.entry.facts.programme, person.language),
            first_day=self.entry.first_day,
            last_day=self.entry.last_day,
            page=page,
            has_moved=self.state is VisitorState.OUTDATED,
        )
        return reminder_address(about, person.language)


def load_standings(
    session: Session,
    workspace: Workspace,
    releases: ToldReleases,
    release: Release,
    maker: LinkMaker,
    *,
    language: str,
    now: dt.datetime,
) -> tuple[Standing, ...]:
    """Load how all stays of a release stand, by a fixed number of queries."""
    programme_id = release.programme_id
    own = load_links(session, programme_id, ScopeKind.RESEARCHER)
    tells = releases.of(session, release)
    stays, programme = tells.stays.values(), workspace.problem.programme
    answers = load_answers(session, programme_id)
    known = _Known(
        workspace=workspace,
        moments=load_moments(
            session, programme_id, programme.timezone, changed_at=tells.changed_at
        ),
        today=today_of(programme, now),
        maker=maker,
        language=language,
        answers=answers,
        views=load_answer_views(
            session,
            programme_id,
            stays,
            release.number,
            timezone=programme.timezone,
            answers=answers,
        ),
        ticks=load_ticks(session, programme_id),
        documents=checklist_in(load_office_settings(session, programme_id)),
        own_links={link.scope.id: link for link in own},
        devices=_by_researcher(load_device_links(session, programme_id)),
    )
    return tuple(Standing(entry=each, known=known) for each in stays)


def _by_researcher(links: Iterable[Link]) -> Mapping[str, Sequence[Link]]:
    found: dict[str, list[Link]] = {}
    for link in links:
        if link.scope.kind is ScopeKind.RESEARCHER:
            found.setdefault(link.scope.id, []).append(link)
    return found
