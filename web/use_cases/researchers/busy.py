"""Days of a researcher's own calendar: shown to be confirmed, then kept as days without a name.

The file is read and forgotten. What travels between the two steps is in the form, days alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from models.programme_store import lock_programme
from models.settings_store import load_researcher_settings
from models.steps import Step
from scheduler.problem.problem import Problem
from web.calendars.busy_days import BusyDays, BusyEntry, BusyKind, DayPair, merge_days
from web.use_cases.editing import make_steps
from web.use_cases.errors import UseCaseError
from web.use_cases.researchers.typed_wishes import MOST_RANGES, find_day
from web.use_cases.researchers.visiting import Visit
from web.use_cases.researchers.wish_warnings import warn_of
from web.use_cases.researchers.wishes import (
    WishesClosedError,
    edit_by,
    own_document,
    own_wishes,
    show_wishes,
)
from web.use_cases.views.busy import BusyView, BusyWarnings, ConfirmView, FoundView
from web.use_cases.views.wishes import WishesOf, WishesView, WishState


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenDays:
    """What somebody has ticked: values of what was found, and for which stays.

    ``replaces`` puts them in place of the days that stand so far; ``confirmed`` is what was read.
    """

    values: tuple[str, ...]
    requests: tuple[str, ...]
    replaces: bool = False
    confirmed: str = ""


class NothingChosenError(UseCaseError):
    """No days, or no stay that they are for."""


class TooManyRangesError(UseCaseError):
    """More ranges of days than a request may have."""


class UnconfirmedError(UseCaseError):
    """Something has to be read first, as ``view`` says it."""

    def __init__(self, view: ConfirmView) -> None:
        """Keep what has to be read."""
        self.view = view
        super().__init__("days: something has to be read first")


def span_to_read(page: WishesView) -> DayPair | None:
    """Return the days of a calendar that matter, from today on; None where no stay is open."""
    stays = open_stays(page)
    if not stays:
        return None
    first = max(page.today, page.first_day, min(own.first_day for own in stays))
    last = min(page.last_day, max(own.last_day for own in stays))
    return (first, last) if first <= last else None


def open_stays(page: WishesView) -> tuple[WishesOf, ...]:
    """Return the stays of which wishes may be changed."""
    return tuple(own for own in page.requests if own.state is WishState.OPEN)


def home_zone(session: Session, visit: Visit) -> str | None:
    """Return the time zone in which the researcher reads, where they have said so."""
    return load_researcher_settings(session, visit.programme_id, visit.researcher_id).timezone


def show_found(page: WishesView, days: BusyDays) -> BusyView:
    """Return what a calendar says of the windows, by how it takes the days."""
    found = {kind: tuple(_found(page, days.found, kind)) for kind in BusyKind}
    return BusyView(
        page=page,
        whole=found[BusyKind.WHOLE],
        part=found[BusyKind.PART],
        free=found[BusyKind.FREE],
        unread=days.unread,
        unread_count=days.unread_count,
    )


def keep_days(
    session: Session, visit: Visit, problem: Problem, chosen: ChosenDays, *, now: dt.datetime
) -> bool:
    """Keep chosen days as days on which somebody cannot be here, as one change.

    Returns whether anything is different.

    Raises:
        NothingChosenError: No days were chosen, or no stay.
        UnconfirmedError: Something has to be read first.
        TooManyRangesError: They would be too many.
        WishesClosedError: Wishes may not be changed any more.
    """
    lock_programme(session, visit.programme_id)
    page = show_wishes(session, visit, problem, now=now)
    days = tuple(day for value in chosen.values for day in _days_of(value))
    owns = [own_wishes(page, request) for request in dict.fromkeys(chosen.requests)]
    if not days or not owns:
        raise NothingChosenError
    if any(own.state is not WishState.OPEN for own in owns):
        raise WishesClosedError
    steps = [_step(problem, own, days, replaces=chosen.replaces) for own in owns]
    _check_confirmed(page, problem, chosen, list(zip(owns, steps, strict=True)))
    change = make_steps(session, visit.programme_id, steps, edit_by(problem, visit, "busy", now))
    return change is not None


def _found(page: WishesView, entries: Iterable[BusyEntry], kind: BusyKind) -> Iterable[FoundView]:
    windows = merge_days((own.first_day, own.last_day) for own in open_stays(page))
    known = merge_days((e.first_day, e.last_day) for own in open_stays(page) for e in own.away)
    stays = [own.stay for own in open_stays(page) if own.stay is not None]
    for entry in entries:
        days = _within(entry.days, windows)
        if entry.kind is not kind or not days:
            continue
        yield FoundView(
            title=entry.summary,
            days=days,
            count=sum((last - first).days + 1 for first, last in days),
            others=entry.others,
            value=",".join(f"{first}/{last}" for first, last in days),
            is_known=_within(days, known) == days,
            is_in_stay=bool(_within(days, stays)),
        )


def _within(days: Iterable[DayPair], ranges: Iterable[DayPair]) -> tuple[DayPair, ...]:
    """Return the parts of days that lie in some ranges."""
    others = tuple(ranges)
    both = ((max(first, start), min(last, stop)) for first, last in days for start, stop in others)
    return merge_days((first, last) for first, last in both if first <= last)


def _days_of(value: str) -> Iterable[DayPair]:
    """Yield the days that a tick stands for, as far as they can be read."""
    for part in value.split(","):
        first, last = (find_day(text) for text in (*part.split("/"), "", "")[:2])
        if first is not None and last is not None and first <= last:
            yield first, last


def _step(problem: Problem, own: WishesOf, days: Iterable[DayPair], *, replaces: bool) -> Step:
    """Return the step that gives a request days within its window; those with a reason stay."""
    before = own_document(problem, own.request)
    standing = [] if replaces else before["unavailable"]
    named = [each for each in standing if each["name"]]
    nameless = [_pair(each) for each in standing if not each["name"]]
    added = _without(_within(days, [(own.first_day, own.last_day)]), map(_pair, named))
    ranges = [
        {"first_day": first.isoformat(), "last_day": last.isoformat(), "name": ""}
        for first, last in merge_days([*nameless, *added])
    ]
    if len(named) + len(ranges) > MOST_RANGES:
        raise TooManyRangesError
    unavailable = sorted([*named, *ranges], key=lambda each: str(each["first_day"]))
    if not added and not replaces:
        unavailable = before["unavailable"]
    return Step(
        subject="requests",
        key=own.request,
        before=before,
        after=before | {"unavailable": unavailable},
    )


def _pair(document: Mapping[str, Any]) -> DayPair:
    day = dt.date.fromisoformat
    return day(document["first_day"]), day(document["last_day"])


def _without(days: Iterable[DayPair], others: Iterable[DayPair]) -> tuple[DayPair, ...]:
    """Return days without those that stand in others already."""
    taken = merge_days(others)
    left = []
    for first, last in days:
        start = first
        for begin, end in taken:
            if begin <= last and end >= start:
                if begin > start:
                    left.append((start, begin - dt.timedelta(days=1)))
                start = max(start, min(end, last) + dt.timedelta(days=1))
        if start <= last:
            left.append((start, last))
    return tuple(left)


def _check_confirmed(
    page: WishesView, problem: Problem, chosen: ChosenDays, steps: list[tuple[WishesOf, Step]]
) -> None:
    warned = tuple(
        BusyWarnings(own=own, warnings=warnings)
        for own, step in steps
        if (warnings := warn_of(problem, own, step.after or {}))
    )
    view = ConfirmView(
        page=page,
        warned=warned,
        days=chosen.values,
        requests=chosen.requests,
        replaces=chosen.replaces,
    )
    if warned and chosen.confirmed != view.confirmation:
        raise UnconfirmedError(view)
