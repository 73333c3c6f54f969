"""A researcher asks for a change of a published stay, and takes that back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from models.change_request_store import (
    ChangeRequest,
    ChangeRequestStatus,
    NewChangeRequest,
    add_change_request,
    decide_change_request,
    get_change_request,
    load_change_requests,
)
from models.errors import NoSuchChangeRequest
from models.history_store import ChangeKind, add_change
from models.programme_store import lock_programme
from models.release_store import find_latest_release
from models.subjects import document_of
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from scheduler.problem.types import RequestId
from web.use_cases.change_requests.history import ASKED, UNASKED, facts_of
from web.use_cases.change_requests.kinds import kind_of
from web.use_cases.change_requests.published import PublishedPlan
from web.use_cases.change_requests.stays import read_stay
from web.use_cases.errors import UseCaseError
from web.use_cases.months import today_of
from web.use_cases.researchers.answering import checked_note


class Stale(StrEnum):
    """Why what was asked is not what could be asked any more."""

    RELEASED = "released"
    TAKEN = "taken"
    ANSWERED = "answered"
    GONE = "gone"


class AskedTooLateError(UseCaseError):
    """Something has changed since the page was opened: ``why``."""

    def __init__(self, why: Stale) -> None:
        """Keep why."""
        self.why = why
        super().__init__(f"changed since the page was opened: {why}")


class NothingAskedError(UseCaseError):
    """Neither another stay was chosen nor was anything written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody asks of a published stay, and what their page has shown.

    ``chosen`` is an option's token, empty for words alone. ``release`` is what was shown,
    ``replaces`` the number of the request that waited then.
    """

    researcher_id: str
    request: str
    chosen: str
    note: str
    release: int
    replaces: int | None


def ask_change(session: Session, plan: PublishedPlan, wish: Wish, *, now: dt.datetime) -> int:
    """Keep what somebody asks for the office to decide, and return its number.

    It takes the place of the one that waited. The stay asked for is checked anew.

    Raises:
        AskedTooLateError: A new release, another answer, or somebody who was faster.
        NothingAskedError: Nothing was chosen or written.
        NoteTooLongError: The note is longer than is kept.
    """
    problem, programme_id = plan.problem, plan.problem.programme.id
    lock_programme(session, programme_id)
    told = find_told(problem, wish.researcher_id, wish.request)
    release = find_latest_release(session, programme_id)
    if told is None or release is None:
        raise AskedTooLateError(Stale.GONE)
    waiting = find_waiting(session, programme_id, wish.researcher_id, wish.request)
    if wish.replaces != (None if waiting is None else waiting.id):
        raise AskedTooLateError(Stale.ANSWERED)
    if release.number != wish.release:
        raise AskedTooLateError(Stale.RELEASED)
    note = checked_note(wish.note)
    stay = _chosen(plan, told, wish, now=now)
    if stay is None and not note:
        raise NothingAskedError("Nothing was chosen or written.")
    if waiting is not None:
        _withdraw(session, waiting, now=now)
    asked = NewChangeRequest(
        request=wish.request,
        researcher_id=wish.researcher_id,
        kind=kind_of(told, stay).value,
        residency=None if stay is None else document_of(stay),
        before=document_of(told),
        note=note,
        release=release.number,
    )
    number = add_change_request(session, programme_id, asked, now=now)
    facts = facts_of(problem, ASKED, wish.researcher_id, wish.request, number)
    add_change(session, programme_id, ChangeKind.ANSWER, now=now, by=None, facts=facts)
    return number


def withdraw_change(
    session: Session, problem: Problem, researcher_id: str, number: int, *, now: dt.datetime
) -> None:
    """Take back what was asked for, as long as the office has not decided.

    Raises:
        NoSuchChangeRequest: The researcher has none of that number.
        ChangeRequestDecided: The office was faster, or it was taken back before.
    """
    programme_id = problem.programme.id
    lock_programme(session, programme_id)
    asked = get_change_request(session, programme_id, number)
    if asked.researcher_id != researcher_id:
        raise NoSuchChangeRequest(f"change request {number}: none of the researcher's")
    _withdraw(session, asked, now=now)
    facts = facts_of(problem, UNASKED, researcher_id, asked.request, number)
    add_change(session, programme_id, ChangeKind.ANSWER, now=now, by=None, facts=facts)


def find_told(problem: Problem, researcher_id: str, request: str) -> Residency | None:
    """Find a researcher's published stay that is not over on the day of which is planned."""
    told = problem.told.get(RequestId(request))
    if told is None or problem.request[told.request].researcher != researcher_id:
        return None
    return None if told.last_day < problem.programme.today else told


def find_waiting(
    session: Session, programme_id: str, researcher_id: str, request: str
) -> ChangeRequest | None:
    """Find what a researcher has asked of a stay and the office has not decided."""
    asked = load_change_requests(
        session, programme_id, status=ChangeRequestStatus.OPEN, researcher_id=researcher_id
    )
    return next((each for each in asked if each.request == request), None)


def day_of_asking(problem: Problem, told: Residency, now: dt.datetime) -> dt.date:
    """Return the day after which another stay may begin: today, or the office's later one.

    A stay that is over is asked about as of the day of which the office plans: so a programme
    of the past can be tried.
    """
    planned_as_of, today = problem.programme.today, today_of(problem.programme, now)
    return planned_as_of if told.last_day < today else max(planned_as_of, today)


def why_fixed(problem: Problem, told: Residency, *, today: dt.date) -> str | None:
    """Return why a stay cannot be another: it has ``begun``, or is ``frozen``; None if it can."""
    if told.first_day <= today:
        return "begun"
    return "frozen" if problem.is_frozen(told) else None


def _chosen(
    plan: PublishedPlan, told: Residency, wish: Wish, *, now: dt.datetime
) -> Residency | None:
    """Return the stay that was chosen, None for words; it has to be possible still."""
    if not wish.chosen:
        return None
    stay = read_stay(wish.chosen, wish.request)
    today = day_of_asking(plan.problem, told, now)
    is_free = why_fixed(plan.problem, told, today=today) is None
    if (
        stay is None
        or stay == told
        or not is_free
        or (stay.first_day != told.first_day and stay.first_day <= today)
        or not plan.allows(stay)
    ):
        raise AskedTooLateError(Stale.TAKEN)
    return stay


def _withdraw(session: Session, asked: ChangeRequest, *, now: dt.datetime) -> None:
    status = ChangeRequestStatus.WITHDRAWN
    decide_change_request(session, asked.programme_id, asked.id, status, now=now)
