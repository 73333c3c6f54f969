"""The history of a programme: who did what when, and what of it can be taken back."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from models.draft_store import load_branches
from models.history_store import (
    MACHINE,
    RESEARCHER,
    RESEARCHERS,
    Change,
    ChangeKind,
    Wish,
    find_changes,
    find_redoable,
    find_undoable,
    load_editors,
)
from models.steps import Step
from scheduler.problem.types import text_in
from web.use_cases.editing import Edit, redo, undo
from web.use_cases.errors import NothingToUndoError
from web.use_cases.history.values import Called
from web.use_cases.plans import local
from web.use_cases.views.history import (
    ChangeView,
    HistoryFilter,
    HistoryView,
    StepRow,
    Tally,
)
from web.use_cases.workspace import Workspace

PAGE = 40
"""How many changes a page shows."""

SHOWN_STEPS = 60
"""How many items of a change are shown."""

MACHINES_NAME = "machine"
"""How the filter calls changes that nobody made."""

RESEARCHERS_NAME = "researchers"
"""How the filter calls changes that researchers made on their own pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """The changes that can be taken back now, and those that can be made again."""

    undoable: frozenset[int]
    redoable: frozenset[int]


def show_history(
    session: Session,
    workspace: Workspace,
    asked: HistoryFilter,
    *,
    language: str,
    before: int | None = None,
) -> HistoryView:
    """Return a page of the history, from before a change on where one is given."""
    programme = workspace.problem.programme
    wish = _wish(asked, programme.timezone)
    found = list(islice(find_changes(session, programme.id, wish, before=before), PAGE + 1))
    shown = found[:PAGE]
    called = Called(workspace.problem, shown, language)
    branches = {branch.id: branch.name or "" for branch in load_branches(session, programme.id)}
    standing = _standing(session, workspace, branches)
    tell = _Teller(called, branches, standing, programme.timezone)
    return HistoryView(
        programme_id=programme.id,
        programme=text_in(programme.name, language),
        timezone=programme.timezone,
        changes=tuple(tell.view(each, SHOWN_STEPS) for each in shown),
        older=shown[-1].id if len(found) > PAGE else None,
        is_first=before is None,
        people=tuple((str(person), name) for person, name in load_editors(session, programme.id)),
        filter=_named(asked, called),
    )


def all_changes(
    session: Session, workspace: Workspace, asked: HistoryFilter, *, language: str
) -> Iterator[ChangeView]:
    """Return every change that the filter admits with all its items, the newest first."""
    programme = workspace.problem.programme
    found = tuple(find_changes(session, programme.id, _wish(asked, programme.timezone)))
    called = Called(workspace.problem, found, language)
    branches = {branch.id: branch.name or "" for branch in load_branches(session, programme.id)}
    nothing = _Standing(undoable=frozenset(), redoable=frozenset())
    tell = _Teller(called, branches, nothing, programme.timezone)
    return (tell.view(each, len(each.steps)) for each in found)


def take_back(session: Session, programme_id: str, edit: Edit, change_id: int) -> Change:
    """Take back a change; ``NothingToUndoError`` where it is not the latest that stands."""
    _check(find_undoable(session, programme_id, edit.draft_id), change_id)
    return undo(session, programme_id, edit)


def make_again(session: Session, programme_id: str, edit: Edit, change_id: int) -> Change:
    """Make again what a change took back; refused where something was done since."""
    _check(find_redoable(session, programme_id, edit.draft_id), change_id)
    return redo(session, programme_id, edit)


def _check(found: Change | None, change_id: int) -> None:
    if found is None or found.id != change_id:
        raise NothingToUndoError("Something else was done since you opened the page.")


def _wish(asked: HistoryFilter, timezone: str) -> Wish:
    zone = ZoneInfo(timezone)
    kinds = {kind.value: kind for kind in ChangeKind}
    return Wish(
        kind=kinds.get(asked.kind),
        by=_person(asked.by),
        since=None if asked.first_day is None else _midnight(asked.first_day, zone),
        until=None if asked.last_day is None else _midnight(asked.last_day, zone, after=1),
        item=(asked.subject, asked.key) if asked.subject and asked.key else None,
    )


def _person(asked: str) -> uuid.UUID | None:
    if asked in _GROUPS:
        return _GROUPS[asked]
    try:
        return uuid.UUID(asked) if asked else None
    except ValueError:
        return None


_GROUPS = {MACHINES_NAME: MACHINE, RESEARCHERS_NAME: RESEARCHERS}


def _midnight(day: dt.date, zone: ZoneInfo, *, after: int = 0) -> dt.datetime | None:
    """Return when a day begins, or one after it; None at the ends of the calendar."""
    try:
        start = dt.datetime.combine(day + dt.timedelta(days=after), dt.time(), zone)
        return start.astimezone(dt.UTC)
    except OverflowError:
        return None


def _named(asked: HistoryFilter, called: Called) -> HistoryFilter:
    item = called.item(asked.subject, asked.key) if asked.subject and asked.key else ""
    return HistoryFilter(
        kind=asked.kind,
        by=asked.by,
        subject=asked.subject,
        key=asked.key,
        item=item,
        first_day=asked.first_day,
        last_day=asked.last_day,
    )


def _standing(session: Session, workspace: Workspace, branches: Mapping[int, str]) -> _Standing:
    programme_id = workspace.problem.programme.id
    own = () if workspace.draft is None else (workspace.draft.id,)
    drafts = (None, *own, *branches)
    undoable = (find_undoable(session, programme_id, draft) for draft in drafts)
    redoable = (find_redoable(session, programme_id, draft) for draft in drafts)
    return _Standing(
        undoable=frozenset(each.id for each in undoable if each is not None),
        redoable=frozenset(each.id for each in redoable if each is not None),
    )


class _Teller:
    """Tells changes with the names of what they are about."""

    def __init__(
        self, called: Called, branches: Mapping[int, str], standing: _Standing, timezone: str
    ) -> None:
        self._called = called
        self._branches = branches
        self._standing = standing
        self._timezone = timezone

    def view(self, change: Change, most: int) -> ChangeView:
        """Return what is told of a change, with so many of its items at most."""
        draft_id = change.draft_id
        facts = self._facts(change)
        return ChangeView(
            id=change.id,
            kind=change.kind,
            direction=change.direction,
            by=change.by,
            researcher=str(facts.get("name", "")) if self._is_researchers(change) else "",
            at=local(change.at, self._timezone),
            draft_id=draft_id,
            branch=None if draft_id is None else self._branches.get(draft_id),
            facts=facts,
            count=len(change.steps),
            tallies=_tallies(change.steps),
            steps=tuple(_step_row(step, self._called) for step in change.steps[:most]),
            is_undone=change.undone_by is not None,
            may_undo=change.id in self._standing.undoable,
            may_redo=change.id in self._standing.redoable,
        )

    @staticmethod
    def _is_researchers(change: Change) -> bool:
        return change.by is None and RESEARCHER in change.facts

    def _facts(self, change: Change) -> Mapping[str, Any]:
        """Return the facts of a change, its researcher called as the reader says it."""
        researcher = change.facts.get(RESEARCHER)
        if researcher is None:
            return change.facts
        called = self._called.item("researchers", str(researcher))
        if called == researcher:
            return change.facts
        return {**change.facts, "name": called}


def _step_row(step: Step, called: Called) -> StepRow:
    is_stay = step.subject == "draft"
    return StepRow(
        subject=step.subject,
        key=step.key,
        name=called.item(step.subject, step.key),
        is_new=step.before is None,
        is_gone=step.after is None,
        fields=called.fields(step.before, step.after),
        before=called.facts(step.before) if is_stay else None,
        after=called.facts(step.after) if is_stay else None,
    )


def _tallies(steps: Iterable[Step]) -> tuple[Tally, ...]:
    counts: dict[str, list[int]] = {}
    for step in steps:
        own = counts.setdefault(step.subject, [0, 0, 0])
        own[0 if step.before is None else 2 if step.after is None else 1] += 1
    return tuple(
        Tally(subject=subject, new=new, changed=changed, gone=gone)
        for subject, (new, changed, gone) in counts.items()
    )
