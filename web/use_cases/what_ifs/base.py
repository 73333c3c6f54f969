"""What has moved under a what-if since it went out from the draft, and going out anew from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.draft_store import (
    Draft,
    get_draft,
    load_draft_plan,
    main_draft,
    store_adjustments,
    store_base,
    store_draft_plan,
)
from models.history_store import Change, ChangeKind, load_changes
from models.programme_store import lock_programme
from models.steps import Document
from scheduler.plan import Plan
from scheduler.problem.adjustments import apply, parse_documents
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from scheduler.problem.types import RequestId
from web.use_cases.names import Names, knows
from web.use_cases.plans import local
from web.use_cases.views.branch_sides import PlaceText
from web.use_cases.views.branches import BaseView, ClashRow, News
from web.use_cases.what_ifs.compare import place_text
from web.use_cases.what_ifs.make import MADE, REBASED, Who, check_unmoved, note
from web.use_cases.what_ifs.words import Called, find_faults, view_adjustments
from web.use_cases.workspace import Workspace

MOST_NEWS = 12
"""So many changes since are told one by one."""

MOST_NAMED = 4
"""So many items of a change are named."""

PAGE = 200
BEFORE_ALL = 10**9

MINE, THEIRS = "mine", "theirs"
"""Whose stay is kept where both have changed it: the what-if's, or the draft's."""

WITH_NEWS = frozenset(ChangeKind) - {ChangeKind.BRANCH, ChangeKind.MAIL, ChangeKind.PLAN}


@dataclass(frozen=True, kw_only=True)
class Merged:
    """A branch's stays on the draft as it is now: what is kept, taken, gone, and what clashes."""

    stays: Mapping[RequestId, Residency]
    clashes: Mapping[RequestId, tuple[Residency | None, Residency | None, Residency | None]]
    taken: int
    kept: int
    gone: int


def has_moved(draft: Draft, main: Workspace) -> bool:
    """Tell whether the draft or the programme has changed since the branch went out from it."""
    return draft.base_revision != main.revision or draft.scenario_sha256 != main.scenario.sha256


def adjustments_that_hold(problem: Problem, documents: Sequence[Document]) -> list[Document]:
    """Return the adjustments that can still be made."""
    broken = {number for number, _ in find_faults(problem, documents)}
    return [each for number, each in enumerate(documents) if number not in broken]


def merge_base(main: Workspace, draft: Draft, own: Plan, changed: Problem) -> Merged:
    """Return what a branch's stays come to on the draft as it is now.

    ``changed`` is the programme with what the branch tries: what it does not know is gone.
    """
    base = {} if draft.base is None else draft.base.by_request
    mine, theirs = own.by_request, main.plan.by_request
    stays: dict[RequestId, Residency] = {}
    clashes = {}
    taken = kept = gone = 0
    for request in sorted(base.keys() | mine.keys() | theirs.keys()):
        was, ours, news = base.get(request), mine.get(request), theirs.get(request)
        if ours is not None and ours != news and not knows(changed, ours):
            gone += 1
            ours = was
        if news not in (was, ours) and ours != was:
            clashes[request] = (was, news, ours)
        taken += news not in (was, ours) and ours == was
        kept += ours not in (was, news) and news == was
        chosen = news if ours == was else ours
        if chosen is not None and knows(changed, chosen):
            stays[request] = chosen
    return Merged(stays=stays, clashes=clashes, taken=taken, kept=kept, gone=gone)


def view_base(session: Session, main: Workspace, draft: Draft, language: str) -> BaseView:
    """Return what has moved under a branch, and what going out anew would do."""
    problem = main.problem
    holding = adjustments_that_hold(problem, draft.adjustments)
    changed = apply(problem, parse_documents(holding))
    merged = merge_base(main, draft, load_draft_plan(session, draft.id), changed)
    base = {} if draft.base is None else draft.base.by_request
    theirs = main.plan.by_request
    both = base.keys() | theirs.keys()
    faults = dict(find_faults(problem, draft.adjustments)) if _lacks(holding, draft) else {}
    tried = view_adjustments(problem, draft.adjustments, language, faults)
    names = Names(problem=problem, language=language)
    return BaseView(
        news=tuple(_news(session, main, draft, language)),
        stays_changed=sum(base.get(each) != theirs.get(each) for each in both),
        data_changed=draft.scenario_sha256 != main.scenario.sha256,
        taken=merged.taken,
        kept=merged.kept,
        gone=merged.gone,
        clashes=tuple(_clashes(names, changed, merged)),
        broken=tuple(each for each in tried if each.fault),
    )


def rebase(
    session: Session,
    main: Workspace,
    draft: Draft,
    who: Who,
    *,
    choices: Mapping[str, str],
    seen: int | None,
) -> None:
    """Let a branch go out from the draft as it is now; what it tries and cannot be is dropped.

    ``choices`` say by request whose stay is kept where both changed it; the branch's is where
    nothing is said.
    """
    lock_programme(session, draft.programme_id)
    check_unmoved(session, draft, seen)
    holding = adjustments_that_hold(main.problem, draft.adjustments)
    changed = apply(main.problem, parse_documents(holding))
    merged = merge_base(main, draft, load_draft_plan(session, draft.id), changed)
    stays = dict(merged.stays)
    for request, (_, news, _) in merged.clashes.items():
        if choices.get(request) == THEIRS:
            stays.pop(request, None)
            if news is not None:
                stays[request] = news
    plan = Plan(residencies=tuple(stays.values()))
    settle_on(session, main, draft, who, adjustments=holding, plan=plan)


def settle_on(
    session: Session,
    main: Workspace,
    draft: Draft,
    who: Who,
    *,
    adjustments: Sequence[Document],
    plan: Plan,
) -> None:
    """Let a branch go out from the draft as it is now, with adjustments and a plan."""
    if _lacks(adjustments, draft):
        store_adjustments(session, draft.id, adjustments)
    store_draft_plan(session, draft.id, plan)
    base = main.draft or main_draft(session, draft.programme_id, now=who.now)
    store_base(session, draft.id, base, main.plan, main.scenario.sha256)
    note(session, get_draft(session, draft.programme_id, draft.id), REBASED, who)


def _lacks(adjustments: Sequence[Document], draft: Draft) -> bool:
    return list(adjustments) != list(draft.adjustments)


def _clashes(names: Names, changed: Problem, merged: Merged) -> Iterator[ClashRow]:
    for request_id, stays in merged.clashes.items():
        request = names.problem.request.get(request_id)
        base, draft, branch = (_shown(names, changed, stay) for stay in stays)
        yield ClashRow(
            request=request_id,
            researcher=request_id if request is None else names.researcher(request),
            base=base,
            draft=draft,
            branch=branch,
        )


def _shown(names: Names, changed: Problem, stay: Residency | None) -> PlaceText | None:
    known = stay is not None and knows(changed, stay)
    return place_text(Names(problem=changed, language=names.language), stay) if known else None


def _news(session: Session, main: Workspace, draft: Draft, language: str) -> Iterator[News]:
    """Yield what was changed since the branch went out, the latest first."""
    called = Called(problem=main.problem, language=language)
    timezone = main.problem.programme.timezone
    told = 0
    for change in _since(session, draft):
        if told == MOST_NEWS:
            return
        if change.kind not in WITH_NEWS or change.draft_id not in (None, main.draft_id or None):
            continue
        told += 1
        subjects = sorted({step.subject for step in change.steps})
        keys = [_name(called, step.subject, step.key, step.after) for step in change.steps]
        yield News(
            at=local(change.at, timezone),
            by=change.by,
            kind=change.kind.value,
            subject=subjects[0] if len(subjects) == 1 else "",
            names=tuple(keys[:MOST_NAMED]),
            more=max(0, len(keys) - MOST_NAMED),
            release=change.facts.get("release"),
        )


def _since(session: Session, draft: Draft) -> Iterator[Change]:
    """Yield changes, the latest first, back to where the branch went out from the draft."""
    before = BEFORE_ALL
    while changes := load_changes(session, draft.programme_id, before=before, limit=PAGE):
        for change in changes:
            if _is_begin(change, draft):
                return
            yield change
        before = changes[-1].id


def _is_begin(change: Change, draft: Draft) -> bool:
    facts = change.facts
    return (
        change.kind is ChangeKind.BRANCH
        and facts.get("branch") == draft.id
        and facts.get("act") in (MADE, REBASED)
    )


def _name(called: Called, subject: str, key: str, after: Document | None) -> str:
    """Return the name of what a step changes."""
    if subject in ("draft", "requests", "pins", "published"):
        return called.asker(key)
    if subject in ("programme", "policy"):
        return ""
    if after is not None and after.get("name"):
        return called.said(after["name"])
    items: Iterable[object] = getattr(called.problem, subject, ())
    return called.thing({getattr(item, "id", ""): item for item in items}, key)
