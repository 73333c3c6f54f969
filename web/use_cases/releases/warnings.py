"""What somebody should know before publishing, and has to acknowledge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from models.mail_store import MailKind
from scheduler.problem.problem import Problem
from scheduler.problem.types import RequestId
from scheduler.verify.counts import count_quota
from scheduler.verify.stays import Stays
from web.mail.addresses import AddressError, checked_address
from web.use_cases.months import today_of
from web.use_cases.releases.changes import StayChange
from web.use_cases.workspace import Workspace

SOON_DAYS = 14
"""Whoever comes within so many days has tickets and a room already."""

STALE_DAYS = 7
"""By so many days the programme's own day may lag behind before it is worth a word."""

HIGHEST_PRIORITY = 5


class WarningCode(StrEnum):
    """What a warning is about."""

    CANCELLED = "cancelled"
    MOVED = "moved"
    SOON = "soon"
    VISA = "visa"
    LEFT_OUT = "left_out"
    NO_ADDRESS = "no_address"
    QUOTA = "quota"
    STRAY = "stray"
    LOST = "lost"
    NO_BOUND = "no_bound"
    STALE = "stale"


ABOUT_QUOTAS = frozenset({WarningCode.QUOTA})
"""Warnings whose subjects are quotas; those of all others are requests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """A warning and what it is about: requests or quotas, none where it is about the whole."""

    code: WarningCode
    subjects: tuple[str, ...] = ()

    @property
    def document(self) -> dict[str, Any]:
        """The warning as a release keeps it."""
        return {"code": self.code.value, "subjects": list(self.subjects)}


def find_warnings(
    workspace: Workspace,
    changes: Sequence[StayChange],
    *,
    bound: int | None,
    now: dt.datetime,
) -> tuple[Warned, ...]:
    """Return what to acknowledge before a draft is published; ``bound`` is what is proven of it."""
    problem = workspace.problem
    touched = [change for change in changes if change.kind is not MailKind.NEW]
    found: list[tuple[WarningCode, Iterable[str]]] = [
        (WarningCode.CANCELLED, _dropped(problem, touched)),
        (WarningCode.MOVED, _named(touched, MailKind.MOVED)),
        (WarningCode.SOON, _soon(problem, changes)),
        (WarningCode.VISA, _visa(problem, changes)),
        (WarningCode.LEFT_OUT, _left_out(workspace)),
        (WarningCode.NO_ADDRESS, _without_address(problem, changes)),
        (WarningCode.QUOTA, _short_quotas(workspace)),
        (WarningCode.STRAY, (stay.request for stay in workspace.strays)),
    ]
    warnings = [
        Warned(code=code, subjects=subjects)
        for code, names in found
        if (subjects := tuple(dict.fromkeys(names)))
    ]
    if bound is None:
        warnings.append(Warned(code=WarningCode.NO_BOUND))
    lag = today_of(problem.programme, now) - problem.programme.today
    if lag.days > STALE_DAYS:
        warnings.append(Warned(code=WarningCode.STALE))
    return tuple(warnings)


def _named(changes: Iterable[StayChange], kind: MailKind) -> Iterator[str]:
    return (change.request for change in changes if change.kind is kind)


def _dropped(problem: Problem, changes: Iterable[StayChange]) -> Iterator[str]:
    """Yield those whose stay is cancelled although they still ask for one."""
    for name in _named(changes, MailKind.CANCELLED):
        request = problem.request.get(RequestId(name))
        if request is not None and request.is_submitted:
            yield name


def _soon(problem: Problem, changes: Iterable[StayChange]) -> Iterator[str]:
    """Yield those whose stay begins soon, or would have."""
    today = problem.programme.today
    for change in changes:
        days = [entry.first_day for entry in (change.before, change.after) if entry is not None]
        if (min(days) - today).days < SOON_DAYS:
            yield change.request


def _visa(problem: Problem, changes: Iterable[StayChange]) -> Iterator[str]:
    """Yield those who arrive on another day than they knew, too soon for a visa asked for now."""
    for change in changes:
        request = problem.request.get(RequestId(change.request))
        was = None if change.before is None else change.before.first_day
        if request is None or change.after is None or change.after.first_day == was:
            continue
        country = problem.institution_of(request).country
        lead = problem.policy.visa_lead_days.get(country, 0)
        if (change.after.first_day - problem.programme.today).days < lead:
            yield change.request


def _left_out(workspace: Workspace) -> Iterator[str]:
    requests = workspace.problem.request
    return (name for name in workspace.unplaced if requests[name].priority >= HIGHEST_PRIORITY)


def _without_address(problem: Problem, changes: Iterable[StayChange]) -> Iterator[str]:
    """Yield those who have to be told and have no address that a mail could go to."""
    emails: dict[str | None, str | None] = {
        researcher.id: researcher.email for researcher in problem.researchers
    }
    for change in changes:
        if not has_address(emails.get(change.entry.researcher_id)):
            yield change.request


def has_address(text: str | None) -> bool:
    """Tell whether a mail can go to an address."""
    try:
        return bool(text) and bool(checked_address(text or ""))
    except AddressError:
        return False


def _short_quotas(workspace: Workspace) -> Iterator[str]:
    stays = Stays(workspace.problem, workspace.plan)
    for quota in workspace.problem.quotas:
        if quota.min is not None:
            counted = sum(amount for _, amount in count_quota(stays, quota))
            if counted < quota.min:
                yield quota.id
