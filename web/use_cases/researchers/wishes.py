"""A researcher's wishes and windows: shown in full, and changed by themselves until a day."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from models.history_store import ChangeKind
from models.settings_store import load_office_settings
from models.steps import Document, EditConflict, Step
from models.subjects import adapter_of, document_of
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request
from scheduler.problem.types import EventId, RequestId, ResearcherId, text_in
from web.calendars.entries import Kind
from web.use_cases.editing import Edit, make_steps
from web.use_cases.errors import EditRefusedError, NotThereError, UseCaseError
from web.use_cases.months import today_of
from web.use_cases.researchers.told import load_told
from web.use_cases.researchers.typed_wishes import check_typed, read_typed, spell_wishes
from web.use_cases.researchers.visiting import Visit
from web.use_cases.researchers.wish_warnings import warn_of
from web.use_cases.views.researchers import DayNote
from web.use_cases.views.wishes import (
    AwayView,
    Fault,
    TypedWishes,
    WishesOf,
    WishesView,
    WishFault,
    WishForm,
    WishState,
    WishWarning,
)
from web.use_cases.workspace import Workspaces

FIELDS = (
    "first_day",
    "last_day",
    "min_days",
    "max_days",
    "preferred_first_day",
    "wishes",
    "unavailable",
)
"""What of a request is the researcher's own to change."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class SentWishes:
    """A form as somebody sends it: ``was`` is what it showed first, ``confirmed`` what was read."""

    request: str
    typed: TypedWishes
    was: Any
    confirmed: str = ""


class WishesRefusedError(UseCaseError):
    """Wishes that cannot be kept as they are; ``form`` shows them with what stands against it."""

    def __init__(self, form: WishForm) -> None:
        """Keep the form."""
        self.form = form
        super().__init__("wishes: something has to be mended, read or chosen first")


class WishesClosedError(UseCaseError):
    """Wishes that may not be changed any more."""


class NoFormError(UseCaseError):
    """A form that no page of ours has shown."""


def programme_of(session: Session, visit: Visit, workspaces: Workspaces) -> Problem:
    """Return the programme that somebody visits, as it stands."""
    return workspaces.scenario(session, visit.programme_id).problem


def show_wishes(
    session: Session, visit: Visit, problem: Problem, *, now: dt.datetime
) -> WishesView:
    """Return everything that a researcher wishes."""
    programme = problem.programme
    until = load_office_settings(session, visit.programme_id).wishes_until
    today = today_of(programme, now)
    stays = _published(session, visit)
    return WishesView(
        programme=text_in(programme.name, visit.language),
        first_day=programme.first_day,
        last_day=programme.last_day,
        today=today,
        until=until,
        arrival_weekdays=tuple(WEEKDAYS.index(day) for day in problem.policy.arrival_weekdays),
        step_days=problem.policy.stay_step_days,
        requests=tuple(
            _wishes_of(problem, request, stays, _state(request, today, until), visit.language)
            for request in _own(problem, visit)
        ),
    )


def show_form(
    session: Session, visit: Visit, problem: Problem, request_id: str, *, now: dt.datetime
) -> WishForm:
    """Return the form of one stay's wishes; ``NotThereError`` where it is none of theirs."""
    page = show_wishes(session, visit, problem, now=now)
    own = own_wishes(page, request_id)
    was = own_document(problem, request_id)
    return WishForm(
        page=page,
        own=own,
        typed=spell_wishes(was, visit.language),
        was=json.dumps(was, ensure_ascii=False),
        offered=offered_features(problem, problem.request[RequestId(request_id)]),
    )


def save_wishes(
    session: Session, visit: Visit, problem: Problem, sent: SentWishes, *, now: dt.datetime
) -> bool:
    """Keep what somebody wishes, and tell whether anything is different.

    Raises:
        WishesRefusedError: Something is wrong with it, has to be read, or was changed meanwhile.
        WishesClosedError: Wishes may not be changed any more.
    """
    form = show_form(session, visit, problem, sent.request, now=now)
    if form.own.state is not WishState.OPEN:
        raise WishesClosedError
    request = problem.request[RequestId(sent.request)]
    was = _checked(request, sent.was)
    after = read_typed(sent.typed, was, visit.language)
    faults = check_typed(after, sent.typed, problem, form.offered)
    if faults:
        raise WishesRefusedError(_again(form, sent, faults=faults))
    wanted = own_document(problem, sent.request) | _changed(was, after)
    warnings = warn_of(problem, form.own, wanted)
    if warnings and sent.confirmed != " ".join(warnings):
        raise WishesRefusedError(_again(form, sent, warnings=warnings))
    step = Step(subject="requests", key=sent.request, before=was, after=after)
    try:
        change = make_steps(
            session, visit.programme_id, [step], edit_by(problem, visit, "wishes", now)
        )
    except EditConflict as conflict:
        fields = {clash.field for clash in conflict.clashes}
        raise WishesRefusedError(_clash(form, sent, was, visit.language, fields)) from None
    except EditRefusedError:
        fault = Fault(field="", why=WishFault.REFUSED)
        raise WishesRefusedError(_again(form, sent, faults=(fault,))) from None
    return change is not None


def edit_by(problem: Problem, visit: Visit, act: str, now: dt.datetime) -> Edit:
    """Return a change of the data by a researcher, of whom the history says that it is."""
    known = problem.researcher.get(ResearcherId(visit.researcher_id))
    name = visit.link.label if known is None else text_in(known.name, "en")
    facts = {"researcher": visit.researcher_id, "name": name, "act": act}
    return Edit(kind=ChangeKind.EDIT, now=now, by=None, facts=facts)


def own_wishes(page: WishesView, request_id: str) -> WishesOf:
    """Return what is wished for one stay; ``NotThereError`` where it is none of theirs."""
    for own in page.requests:
        if own.request == request_id:
            return own
    raise NotThereError("There is no such stay of yours.")


def own_document(problem: Problem, request_id: str) -> Document:
    """Return what of a request is the researcher's own, as plain JSON."""
    document = document_of(problem.request[RequestId(request_id)])
    return {name: document[name] for name in FIELDS}


def offered_features(problem: Problem, request: Request) -> tuple[str, ...]:
    """Return what zones offer and may be wished for, and what is wished already."""
    features = {feature for zone in problem.zones for feature in zone.features}
    return tuple(sorted(features | set(request.wishes)))


def _own(problem: Problem, visit: Visit) -> list[Request]:
    own = [each for each in problem.requests if each.researcher == visit.researcher_id]
    return sorted(own, key=lambda each: (not each.is_submitted, each.first_day, each.id))


def _state(request: Request, today: dt.date, until: dt.date | None) -> WishState:
    if not request.is_submitted:
        return WishState.WITHDRAWN
    if request.last_day < today:
        return WishState.PAST
    return WishState.LATE if until is not None and today > until else WishState.OPEN


def _wishes_of(
    problem: Problem,
    request: Request,
    stays: Mapping[str, tuple[dt.date, dt.date]],
    state: WishState,
    language: str,
) -> WishesOf:
    events = (problem.event[EventId(name)] for name in request.must_attend)
    return WishesOf(
        request=request.id,
        state=state,
        track=text_in(problem.track[request.track].name, language),
        first_day=request.first_day,
        last_day=request.last_day,
        min_days=request.min_days,
        max_days=request.max_days,
        preferred_first_day=request.preferred_first_day,
        wishes=request.wishes,
        away=tuple(
            AwayView(
                first_day=each.first_day,
                last_day=each.last_day,
                reason=text_in(each.name, language),
            )
            for each in sorted(request.unavailable, key=lambda each: each.first_day)
        ),
        events=tuple(
            DayNote(
                name=text_in(event.name, language),
                first_day=event.first_day,
                last_day=event.last_day,
            )
            for event in events
        ),
        stay=stays.get(request.id),
    )


def _published(session: Session, visit: Visit) -> dict[str, tuple[dt.date, dt.date]]:
    if visit.release is None:
        return {}
    return {
        entry.subject: (entry.first_day, entry.last_day)
        for entry in load_told(session, visit.link).entries
        if entry.kind is Kind.RESIDENCY and not entry.cancelled
    }


def _checked(request: Request, was: Any) -> Document:
    """Return what a form showed first, if it is what one of ours can have shown."""
    if not isinstance(was, dict) or set(was) != set(FIELDS):
        raise NoFormError("not a form of ours")
    try:
        shown = adapter_of(Request).validate_python(document_of(request) | was)
    except ValueError:
        raise NoFormError("not a form of ours") from None
    document = document_of(shown)
    return {name: document[name] for name in FIELDS}


def _changed(was: Document, after: Document) -> Document:
    return {name: after[name] for name in FIELDS if after[name] != was[name]}


def _again(
    form: WishForm,
    sent: SentWishes,
    *,
    faults: tuple[Fault, ...] = (),
    warnings: tuple[WishWarning, ...] = (),
    theirs: Mapping[str, TypedWishes] | None = None,
) -> WishForm:
    """Return a form with everything in it that was typed."""
    return WishForm(
        page=form.page,
        own=form.own,
        typed=sent.typed,
        was=form.was if theirs else json.dumps(sent.was, ensure_ascii=False),
        offered=form.offered,
        faults=faults,
        warnings=warnings,
        theirs=theirs,
    )


def _clash(
    form: WishForm, sent: SentWishes, was: Document, language: str, fields: set[str]
) -> WishForm:
    """Return a form with what both sides changed: one's own where both did, else either's."""
    then = spell_wishes(was, language)
    names = {"unavailable": "away"}
    mine, now = sent.typed, form.typed
    kept = {
        name: getattr(mine if getattr(mine, name) != getattr(then, name) else now, name)
        for name in (names.get(field, field) for field in FIELDS)
    }
    merged = SentWishes(request=sent.request, typed=TypedWishes(**kept), was=sent.was)
    theirs = {names.get(field, field): now for field in fields}
    return _again(form, merged, theirs=theirs)
