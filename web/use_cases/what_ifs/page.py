"""The pages of one what-if, and of any two plans side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from models.draft_store import Draft, load_branches
from models.edit_store import POLICY, PROGRAMME
from models.steps import Document, Step
from scheduler.problem.adjustments import AdjustmentError, CannotAdjust, parse_documents
from scheduler.problem.problem import Problem
from scheduler.verify import check_plan
from web.use_cases.errors import NotThereError
from web.use_cases.names import Names
from web.use_cases.plans import summarise_draft
from web.use_cases.views.branch_sides import CompareView, SideKind, SideName
from web.use_cases.views.branches import AdjustmentView, BranchView, DataChange
from web.use_cases.what_ifs.base import has_moved, view_base
from web.use_cases.what_ifs.compare import (
    DRAFT,
    RELEASE,
    Side,
    branch_side,
    compare,
    draft_side,
    published_side,
)
from web.use_cases.what_ifs.listing import run_of, state_of, view_run_of
from web.use_cases.what_ifs.make import get_branch, name_of
from web.use_cases.what_ifs.steps import (
    PinsDisagreeError,
    seen_of,
    steps_of_problems,
    steps_of_stays,
)
from web.use_cases.what_ifs.words import Called, find_faults, view_adjustments
from web.use_cases.whole_numbers import whole_number
from web.use_cases.workspace import Workspace, Workspaces


def show_branch(
    session: Session,
    workspaces: Workspaces,
    programme_id: str,
    draft_id: int,
    *,
    language: str,
    now: dt.datetime,
) -> BranchView:
    """Return a what-if beside the draft; without a comparison where it cannot be made any more."""
    main = workspaces.load(session, programme_id)
    draft = get_branch(session, programme_id, draft_id)
    branch = find_branch(session, workspaces, draft)
    names = Names(problem=main.problem, language=language)
    run = run_of(session, draft)
    summary = None if branch is None else summarise_draft(session, branch)
    sha256 = None if branch is None else branch.scenario.sha256
    steps = steps_by_adjustment(main.problem, draft)
    return BranchView(
        programme_id=programme_id,
        programme=names.programme(),
        id=draft.id,
        name=name_of(draft),
        revision=draft.revision,
        state=state_of(session, main, draft, run, sha256),
        tried=_tried(main.problem, draft, branch, language),
        base=view_base(session, main, draft, language) if has_moved(draft, main) else None,
        comparison=None
        if branch is None
        else compare(draft_side(main), branch_side(branch), language=language),
        run=view_run_of(session, main.problem, run, names.programme(), now),
        gap=None if summary is None else summary.gap,
        is_optimal=summary is not None and summary.is_optimal,
        message="" if run is None else run.message or "",
        seen=_seen(main, branch),
        others=_names_of_sides(session, main, besides=draft.id),
        changes=tuple(_data_changes(main.problem, steps, language)),
        needs_data=branch is not None and bool(steps) and _needs_data(main, branch),
    )


def _needs_data(main: Workspace, branch: Workspace) -> bool:
    return len(check_plan(main.problem, branch.plan)) > len(main.violations)


def find_branch(session: Session, workspaces: Workspaces, draft: Draft) -> Workspace | None:
    """Return the workspace of a branch, None where what it tries cannot be done any more."""
    try:
        return workspaces.load(session, draft.programme_id, draft.id)
    except AdjustmentError:
        return None


def show_comparison(
    session: Session,
    workspaces: Workspaces,
    programme_id: str,
    before: str,
    after: str,
    *,
    language: str,
) -> CompareView:
    """Return two of draft, release and what-ifs side by side."""
    main = workspaces.load(session, programme_id)
    names = Names(problem=main.problem, language=language)
    first, second = (_side(session, workspaces, main, key) for key in (before, after))
    return CompareView(
        programme_id=programme_id,
        programme=names.programme(),
        sides=_names_of_sides(session, main),
        comparison=compare(first, second, language=language),
    )


def steps_by_adjustment(problem: Problem, draft: Draft) -> dict[int, tuple[Step, ...]]:
    """Return what each adjustment by itself would change in the programme's data, if it can."""
    found = {}
    for number, document in enumerate(draft.adjustments):
        try:
            [adjustment] = parse_documents([document])
            found[number] = steps_of_problems(problem, adjustment.applied_to(problem))
        except (AdjustmentError, CannotAdjust, PinsDisagreeError):
            continue
    return found


def _side(session: Session, workspaces: Workspaces, main: Workspace, key: str) -> Side:
    if key == DRAFT:
        return draft_side(main)
    if key == RELEASE:
        return published_side(main)
    number = whole_number(key)
    if number is None:
        raise NotThereError(f"There is nothing called “{key}” to compare.")
    draft = get_branch(session, main.problem.programme.id, number)
    return branch_side(workspaces.load(session, draft.programme_id, draft.id))


def _names_of_sides(
    session: Session, main: Workspace, besides: int | None = None
) -> tuple[SideName, ...]:
    programme_id = main.problem.programme.id
    branches = tuple(
        SideName(key=str(draft.id), kind=SideKind.BRANCH, name=name_of(draft))
        for draft in load_branches(session, programme_id)
        if draft.id != besides
    )
    told = (SideName(key=RELEASE, kind=SideKind.RELEASE, name=""),) if main.problem.told else ()
    return (SideName(key=DRAFT, kind=SideKind.DRAFT, name=""), *told, *branches)


def _tried(
    problem: Problem, draft: Draft, branch: Workspace | None, language: str
) -> tuple[AdjustmentView, ...]:
    faults = dict(find_faults(problem, draft.adjustments)) if branch is None else {}
    return view_adjustments(problem, draft.adjustments, language, faults)


def _seen(main: Workspace, branch: Workspace | None) -> Mapping[str, Any]:
    """Return what taking over would find, for the page to send back."""
    if branch is None:
        return {}
    try:
        data = steps_of_problems(main.problem, branch.problem)
    except PinsDisagreeError:
        data = ()
    return seen_of((*data, *steps_of_stays(main, branch)))


def _data_changes(
    problem: Problem, steps: Mapping[int, tuple[Step, ...]], language: str
) -> Iterator[DataChange]:
    called = Called(problem=problem, language=language)
    for number, made in steps.items():
        for step in made:
            name = _item_name(called, step)
            for field, before, after in _fields_of(step):
                yield DataChange(
                    number=number,
                    subject=step.subject,
                    name=name,
                    field=field,
                    before=before,
                    after=after,
                )


def _fields_of(step: Step) -> Iterator[tuple[str, Any, Any]]:
    """Yield each field that a step changes; an item that comes or goes is one change."""
    if step.before is None or step.after is None:
        yield "", step.before, step.after
        return
    for field in sorted(step.fields):
        before, after = step.before.get(field), step.after.get(field)
        if isinstance(before, list) and isinstance(after, list):
            left = [each for each in before if each not in after]
            before, after = left, [each for each in after if each not in before]
        yield field, before, after


def _item_name(called: Called, step: Step) -> str:
    if step.subject in (POLICY, PROGRAMME):
        return ""
    document: Document = step.after or step.before or {}
    if step.subject in ("requests", "pins"):
        return called.asker(step.key)
    name = document.get("name")
    return called.said(name) if name else step.key
