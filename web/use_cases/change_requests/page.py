"""The page on which a researcher asks for a change: what is possible, what was asked, answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from models.change_request_store import ChangeRequest, ChangeRequestStatus, load_change_requests
from models.draft_store import find_main_draft, load_draft_plan
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from scheduler.problem.types import Days, RequestId
from web.use_cases.change_requests.ask import day_of_asking, find_told, why_fixed
from web.use_cases.change_requests.kinds import Kind
from web.use_cases.change_requests.options import find_options, pick_days
from web.use_cases.change_requests.published import Asking, PublishedPlan, lengths_of
from web.use_cases.change_requests.stays import (
    days_later,
    show_any,
    show_stay,
    spell_stay,
    stay_of,
    widenings,
)
from web.use_cases.months import today_of
from web.use_cases.names import Names
from web.use_cases.plans import local
from web.use_cases.researchers.visiting import Visit
from web.use_cases.views.change_requests import (
    AskedView,
    ChangesPage,
    OptionsView,
    OptionView,
    OtherDaysView,
    StayShown,
    StayTab,
)

NO_RELEASE = 0

PART_OF = {Kind.PLACE: "zone", Kind.HOST: "host"}
"""What a change is about where it is not about days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What somebody looks at: which stay, and which days instead, None for what was not said.

    ``is_readable`` is false where what was said is no day or no length.
    """

    request: str | None = None
    first_day: dt.date | None = None
    days: int | None = None
    is_readable: bool = True


def show_changes(
    session: Session, visit: Visit, plan: PublishedPlan, look: Look, *, now: dt.datetime
) -> ChangesPage:
    """Return the page of a researcher; of their stays the one asked for, else the next."""
    problem = plan.problem
    stays = [] if visit.release is None else _stays(problem, visit.researcher_id, now)
    told = next((stay for stay in stays if stay.request == look.request), None)
    told = told or next(iter(stays), None)
    asked = load_change_requests(session, problem.programme.id, researcher_id=visit.researcher_id)
    today = problem.programme.today if told is None else day_of_asking(problem, told, now)
    pinned = frozenset() if told is None else frozenset(_pinned(problem, told.request))
    page = _Page(session, plan, visit.language, today)
    waiting = next((one for one in asked if told is not None and _waits(one, told)), None)
    fixed = None if told is None else why_fixed(problem, told, today=today)
    asking = None if told is None or fixed else plan.asking(told.request)
    return ChangesPage(
        timezone=problem.programme.timezone,
        release=NO_RELEASE if visit.release is None else visit.release,
        request=None if told is None else told.request,
        stay=page.stay(told),
        tabs=tuple(map(_tab, stays)) if len(stays) > 1 else (),
        fixed=fixed,
        pinned=pinned,
        groups=() if asking is None else tuple(page.groups(asking, pinned)),
        other=None if asking is None else page.other(asking, look),
        open=None if waiting is None else page.asked(waiting),
        decided=tuple(page.asked(one) for one in asked if one is not waiting),
    )


class _Page:
    """What is looked up to show one researcher's page."""

    def __init__(
        self, session: Session, plan: PublishedPlan, language: str, today: dt.date
    ) -> None:
        self._session = session
        self._plan = plan
        self._problem = plan.problem
        self._names = Names(problem=plan.problem, language=language)
        self._today = today

    def stay(self, stay: Residency | None) -> StayShown | None:
        """Return a stay as people read it."""
        return show_any(self._names, stay)

    def groups(self, asking: Asking, pinned: Collection[str]) -> Iterator[OptionsView]:
        """Yield the options of each kind."""
        found = self._plan.offered(
            (asking.told.request, self._today),
            lambda: find_options(self._problem, asking, today=self._today),
        )
        for kind, stays in found.items():
            options = tuple(self._option(asking, stay) for stay in stays)
            is_decided = PART_OF.get(kind, "days") in pinned
            yield OptionsView(kind=kind.value, is_decided=is_decided, options=options)

    def other(self, asking: Asking, look: Look) -> OtherDaysView:
        """Return what is to say about the days that somebody picked."""
        told = asking.told
        was_asked = not look.is_readable or look.first_day is not None
        first_day, days = look.first_day or told.first_day, look.days or asking.length
        wanted = Days(first_day.toordinal(), first_day.toordinal() + days)
        picked = None
        if was_asked and look.is_readable:
            picked = pick_days(asking, wanted, today=self._today)
        found = None if picked is None else picked.stay
        nearest = () if picked is None else picked.nearest
        programme = self._problem.programme
        return OtherDaysView(
            first_day=first_day,
            days=days,
            lengths=tuple(sorted({*lengths_of(asking, self._problem), days})),
            earliest=max(programme.first_day, self._today + dt.timedelta(days=1)),
            latest=programme.last_day,
            was_asked=was_asked,
            is_readable=look.is_readable,
            is_told=wanted == told.days,
            option=None if found is None else self._option(asking, found),
            nearest=tuple(self._option(asking, stay) for stay in nearest),
        )

    def asked(self, asked: ChangeRequest) -> AskedView:
        """Return something that was asked for."""
        timezone = self._problem.programme.timezone
        told = self._problem.told.get(RequestId(asked.request))
        wanted, before = stay_of(asked.residency), stay_of(asked.before)
        waits = asked.status is ChangeRequestStatus.ACCEPTED and before == told
        holds = waits and wanted is not None and wanted == self._drafted.get(wanted.request)
        return AskedView(
            id=asked.id,
            status=asked.status.value,
            kind=asked.kind,
            before=self.stay(before),
            wanted=self.stay(wanted),
            note=asked.note,
            reply=asked.reply,
            asked_at=local(asked.created_at, timezone),
            decided_at=None if asked.decided_at is None else local(asked.decided_at, timezone),
            is_published=wanted is not None and wanted == told,
            is_awaited=holds,
            is_taken_up=waits and wanted is not None and not holds,
        )

    @cached_property
    def _drafted(self) -> Mapping[RequestId, Residency]:
        """The stays that would be published next; of these pages, only what was accepted asks."""
        draft = find_main_draft(self._session, self._problem.programme.id)
        return {} if draft is None else load_draft_plan(self._session, draft.id).by_request

    def _option(self, asking: Asking, stay: Residency) -> OptionView:
        told = asking.told
        return OptionView(
            token=spell_stay(stay),
            stay=show_stay(self._names, stay),
            changed=frozenset(_changed(self._problem, told, stay)),
            begins_later=days_later(told.first_day, stay.first_day),
            ends_later=days_later(told.last_day, stay.last_day),
            is_beyond=any(True for _ in widenings(asking.request, stay)),
        )


def _stays(problem: Problem, researcher_id: str, now: dt.datetime) -> list[Residency]:
    """Return a researcher's published stays that are not over, those to come first."""
    own = [each.id for each in problem.requests if each.researcher == researcher_id]
    found = (find_told(problem, researcher_id, request) for request in own)
    today = today_of(problem.programme, now)
    stays = [stay for stay in found if stay is not None]
    return sorted(stays, key=lambda stay: (stay.first_day <= today, stay.first_day, stay.request))


def _tab(stay: Residency) -> StayTab:
    return StayTab(request=stay.request, first_day=stay.first_day, last_day=stay.last_day)


def _waits(asked: ChangeRequest, told: Residency) -> bool:
    return asked.status is ChangeRequestStatus.OPEN and asked.request == told.request


def _changed(problem: Problem, told: Residency, stay: Residency) -> Iterator[str]:
    """Yield what of a stay is not as in the published one; of places the outermost too."""
    if stay.days != told.days:
        yield "days"
    if stay.zone != told.zone:
        yield "zone"
        one, other = (problem.floor[problem.zone[each.zone].floor] for each in (told, stay))
        if one.id != other.id:
            yield "floor"
        if one.building != other.building:
            yield "building"
        if problem.site_of_zone[told.zone] != problem.site_of_zone[stay.zone]:
            yield "site"
    if stay.host != told.host:
        yield "host"
    if stay.pool != told.pool:
        yield "pool"


def _pinned(problem: Problem, request: str) -> Iterable[str]:
    """Yield what the office has decided of a stay."""
    for pin in problem.pins:
        if pin.request == request:
            if pin.first_day is not None or pin.last_day is not None:
                yield "days"
            for part in ("zone", "host"):
                if getattr(pin, part) is not None:
                    yield part
