"""Two plans side by side: who moves, what each is worth by term, how full the house is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from scheduler.problem.types import Days, days_of
from scheduler.replan.difference import Change, Difference, Fate, difference
from scheduler.rules import Term
from web.use_cases.broken_rules import broken_rules
from web.use_cases.names import Names
from web.use_cases.recent import Recent
from web.use_cases.views.branch_sides import (
    ComparisonView,
    LeftOut,
    Outcome,
    PersonRow,
    PlaceText,
    SideKind,
    SideView,
    TermRow,
    WeekRow,
)
from web.use_cases.workspace import Workspace

WEEK = 7
SHOWN_FATES = (Fate.NEW, Fate.CHANGED, Fate.DROPPED, Fate.WITHDRAWN, Fate.REASSIGNED)
"""Fates in the order in which they are shown."""

DRAFT, RELEASE = "draft", "release"
"""Sides that are no branches."""


_PUBLISHED: Recent[tuple[str, str], Workspace] = Recent(8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What stands on one side, with its key in addresses."""

    key: str
    kind: SideKind
    name: str
    workspace: Workspace


def published_side(main: Workspace) -> Side:
    """Return what people have been told as a side."""
    key = (main.problem.programme.id, main.scenario.version)
    workspace = _PUBLISHED.get(key, lambda: _published(main))
    return Side(key=RELEASE, kind=SideKind.RELEASE, name="", workspace=workspace)


def _published(main: Workspace) -> Workspace:
    told = Plan(residencies=tuple(main.problem.told.values()))
    return Workspace(scenario=main.scenario, draft=None, plan=told, strays=())


def draft_side(main: Workspace) -> Side:
    """Return the draft that will be published as a side."""
    return Side(key=DRAFT, kind=SideKind.DRAFT, name="", workspace=main)


def branch_side(workspace: Workspace) -> Side:
    """Return a branch as a side."""
    draft = workspace.draft
    name = "" if draft is None or draft.name is None else draft.name
    key = str(workspace.draft_id)
    return Side(key=key, kind=SideKind.BRANCH, name=name, workspace=workspace)


def difference_of(before: Workspace, after: Workspace) -> Difference:
    """Return what is different in a later workspace, each plan scored by its own programme."""
    return difference(after.problem, before.plan, after.plan, earlier=before.problem)


def outcome_of(before: Workspace, after: Workspace) -> Outcome:
    """Return what a plan brings beside another, in numbers."""
    found = difference_of(before, after)
    return _outcome(found, after)


def compare(before: Side, after: Side, *, language: str) -> ComparisonView:
    """Return two sides compared."""
    first, second = before.workspace, after.workspace
    found = difference_of(first, second)
    return ComparisonView(
        before=_view_side(before, second, language),
        after=_view_side(after, first, language),
        outcome=_outcome(found, second),
        terms=_term_rows(found),
        people=tuple(_people(found, first, second, language)),
        weeks=_weeks(first, second),
    )


def place_text(names: Names, stay: Residency | None) -> PlaceText | None:
    """Return a stay in short; None where there is none."""
    if stay is None:
        return None
    place = names.place(stay.zone)
    return PlaceText(
        zone=place.zone,
        where=f"{place.building}, {place.floor}",
        host=names.host(stay.host),
        first_day=stay.first_day,
        last_day=stay.last_day,
    )


def _outcome(found: Difference, after: Workspace) -> Outcome:
    return Outcome(
        new=len(found.of(Fate.NEW)),
        moved=len(found.of(Fate.CHANGED)),
        dropped=len(found.of(Fate.DROPPED)),
        withdrawn=len(found.of(Fate.WITHDRAWN)),
        points=found.objective_after - found.objective_before,
        violations=len(after.violations),
    )


def _view_side(side: Side, other: Workspace, language: str) -> SideView:
    workspace = side.workspace
    names = Names(problem=workspace.problem, language=language)
    return SideView(
        key=side.key,
        kind=side.kind,
        name=side.name,
        placed=len(workspace.plan.residencies),
        objective=workspace.objective,
        unplaced=tuple(sorted(_left_out(names, workspace, other), key=_who_has_one_there)),
        broken=broken_rules(names, workspace.violations),
    )


def _left_out(names: Names, workspace: Workspace, other: Workspace) -> Iterable[LeftOut]:
    for request_id in workspace.unplaced:
        request = workspace.problem.request[request_id]
        yield LeftOut(
            request=request.id,
            researcher=names.researcher(request),
            priority=request.priority,
            is_alone=request_id in other.plan.by_request,
        )


def _who_has_one_there(left_out: LeftOut) -> bool:
    """Sort those first who have a place on the other side."""
    return not left_out.is_alone


def _term_rows(found: Difference) -> tuple[TermRow, ...]:
    """Return the terms that count on either side, those that differ most first."""
    gains = found.gain
    largest = max((abs(points) for points in gains.values()), default=0) or 1
    rows = [
        TermRow(
            name=term.value,
            before=found.terms_before[term],
            after=found.terms_after[term],
            share=round(gains[term] / largest, 4),
        )
        for term in Term
        if found.terms_before[term] or found.terms_after[term]
    ]
    return tuple(sorted(rows, key=lambda row: -abs(row.difference)))


def _people(
    found: Difference, before: Workspace, after: Workspace, language: str
) -> Iterable[PersonRow]:
    earlier = Names(problem=before.problem, language=language)
    later = Names(problem=after.problem, language=language)
    ordered = sorted(found.changes, key=lambda change: SHOWN_FATES.index(change.fate))
    for change in ordered:
        yield _person(change, earlier, later)


def _person(change: Change, earlier: Names, later: Names) -> PersonRow:
    request = later.problem.request[change.request]
    return PersonRow(
        request=request.id,
        researcher=later.researcher(request),
        institution=later.institution(request),
        track=later.track(request.track),
        fate=change.fate.value,
        parts=change.parts,
        before=place_text(earlier, change.before),
        after=place_text(later, change.after),
    )


def _weeks(before: Workspace, after: Workspace) -> tuple[WeekRow, ...]:
    programme = after.problem.programme
    days = days_of(programme)
    sides = [_by_week(each.problem, each.plan, days) for each in (before, after)]
    (used_before, desks_before), (used_after, desks_after) = sides
    first = programme.first_day
    return tuple(
        WeekRow(
            first_day=first + dt.timedelta(days=WEEK * week),
            before=int(used_before[week]),
            after=int(used_after[week]),
            desks_before=int(desks_before[week]),
            desks_after=int(desks_after[week]),
        )
        for week in range(len(used_before))
    )


def _by_week(problem: Problem, plan: Plan, days: Days) -> tuple[np.ndarray, np.ndarray]:
    """Return the desks in use on the fullest day of each week, and the desks there are then."""
    count = days.stop - days.start
    used, there = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    for stay in plan.residencies:
        used[_within(stay.days, days)] += problem.request[stay.request].desks
    for zone in problem.zones:
        is_open = np.zeros(count, dtype=bool)
        is_open[_within(days_of(zone), days)] = True
        for closure in zone.closures:
            is_open[_within(days_of(closure), days)] = False
        there[is_open] += zone.desks
    for reservation in problem.reservations:
        there[_within(days_of(reservation), days)] -= reservation.desks
    starts = np.arange(0, count, WEEK)
    return np.maximum.reduceat(used, starts), np.minimum.reduceat(there, starts)


def _within(part: Days, whole: Days) -> slice:
    """Return the part of an array over the whole's days that a range covers."""
    return slice(max(part.start - whole.start, 0), max(min(part.stop, whole.stop) - whole.start, 0))
