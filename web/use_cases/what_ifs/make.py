"""Begins what-ifs, changes what they try, gives them names, and removes them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from pydantic import ValidationError
from sqlalchemy.orm import Session

from models.draft_store import (
    Draft,
    add_draft,
    get_draft,
    load_branches,
    main_draft,
    remove_draft,
    rename_draft,
    store_adjustments,
    store_draft_plan,
)
from models.errors import NoSuchDraft, RunIsActive
from models.history_store import ChangeKind, add_change
from models.plan_store import get_plan
from models.programme_store import lock_programme
from models.run_store import find_active_run
from models.steps import Document
from models.subjects import list_adapter_of
from scheduler.plan import Plan
from scheduler.problem.requests import Residency
from web.use_cases.errors import UseCaseError
from web.use_cases.names import knows
from web.use_cases.planning.runs import RunWish, start_plan_run
from web.use_cases.what_ifs.compose import check_adjustments
from web.use_cases.workspace import Workspace

NAME_LENGTH = 80

MADE, ADJUSTED, RENAMED, REMOVED, REBASED = "made", "adjusted", "renamed", "removed", "rebased"
"""What somebody did to a what-if, in the history's facts."""


class BranchMovedError(UseCaseError):
    """Somebody else has changed the what-if since it was looked at."""


class NoNameError(UseCaseError):
    """A what-if without a name."""


class MovesRefusedError(UseCaseError):
    """Stays that are to be tried and are none of this programme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who does something, and when."""

    now: dt.datetime
    by: uuid.UUID | None = None


def get_branch(session: Session, programme_id: str, draft_id: int) -> Draft:
    """Return a branch; ``NoSuchDraft`` for the draft that will be published."""
    draft = get_draft(session, programme_id, draft_id)
    if draft.name is None:
        raise NoSuchDraft(f"programme {programme_id!r}: draft {draft_id} is no what-if")
    return draft


def name_of(draft: Draft) -> str:
    """Return the name of a branch."""
    return draft.name or ""


def begin_branch(
    session: Session,
    main: Workspace,
    name: str,
    adjustments: Sequence[Document],
    who: Who,
    *,
    plan: Plan | None = None,
) -> Draft:
    """Branch off the draft with adjustments; ``plan`` has other stays than the draft.

    Raises:
        AdjustmentsRefusedError: What is tried cannot be done to the programme.
        DraftExists: Another what-if has the name.
        NoNameError: It has none.
    """
    if not name.strip():
        raise NoNameError("A what-if needs a name.")
    programme_id = main.problem.programme.id
    lock_programme(session, programme_id)
    _, documents = check_adjustments(main.problem, adjustments)
    base = main.draft or main_draft(session, programme_id, now=who.now)
    draft = add_draft(
        session,
        programme_id,
        name=name.strip()[:NAME_LENGTH],
        now=who.now,
        adjustments=documents,
        base=(base, main.plan),
        scenario_sha256=main.scenario.sha256,
    )
    if plan is not None:
        store_draft_plan(session, draft.id, plan)
    note(session, draft, MADE, who)
    return get_draft(session, programme_id, draft.id)


def begin_from_plan(session: Session, main: Workspace, name: str, plan_id: int, who: Who) -> Draft:
    """Branch off the draft with the stays of a stored plan, as far as the programme knows them.

    Where another what-if has the name, it gets a number.
    """
    programme_id = main.problem.programme.id
    lock_programme(session, programme_id)
    stays = get_plan(session, plan_id).file.plan.residencies
    known = tuple(stay for stay in stays if knows(main.problem, stay))
    free = free_name(session, programme_id, name)
    return begin_branch(session, main, free, (), who, plan=Plan(residencies=known))


def free_name(session: Session, programme_id: str, name: str) -> str:
    """Return the name, with a number behind it where another what-if has it."""
    wanted = name.strip()[: NAME_LENGTH - 6] or "?"
    taken = {draft.name for draft in load_branches(session, programme_id)}
    numbered = (f"{wanted} ({number})" for number in count(2))
    return wanted if wanted not in taken else next(each for each in numbered if each not in taken)


def try_repair(
    session: Session,
    main: Workspace,
    name: str,
    adjustments: Sequence[Document],
    who: Who,
    *,
    moves: Sequence[Document],
) -> tuple[Draft, str | None]:
    """Branch off with adjustments and moved stays; a plan is begun where there are adjustments.

    A move is a residency, or one before and after of which the latter may be null. Returns the
    branch, and the run to be submitted once this is committed.
    """
    programme_id = main.problem.programme.id
    lock_programme(session, programme_id)
    plan = _moved(main, adjustments, moves)
    free = free_name(session, programme_id, name)
    draft = begin_branch(session, main, free, adjustments, who, plan=plan)
    if not adjustments:
        return draft, None
    wish = RunWish(draft_id=draft.id)
    return draft, start_plan_run(session, programme_id, wish, now=who.now)


def change_adjustments(
    session: Session,
    main: Workspace,
    draft: Draft,
    adjustments: Sequence[Document],
    who: Who,
    *,
    seen: int | None,
) -> None:
    """Let a branch try other adjustments; ``seen`` is its revision that was looked at.

    Raises:
        AdjustmentsRefusedError: What is tried cannot be done to the programme.
        BranchMovedError: Somebody else has changed it meanwhile.
        RunIsActive: It is being planned.
    """
    lock_programme(session, draft.programme_id)
    check_unmoved(session, draft, seen)
    _, documents = check_adjustments(main.problem, adjustments)
    store_adjustments(session, draft.id, documents)
    note(session, draft, ADJUSTED, who)


def drop_adjustment(
    session: Session, draft: Draft, number: int, who: Who, *, seen: int | None
) -> None:
    """Let a branch no longer try one of its adjustments."""
    lock_programme(session, draft.programme_id)
    check_unmoved(session, draft, seen)
    left = [each for at, each in enumerate(draft.adjustments) if at != number]
    store_adjustments(session, draft.id, left)
    note(session, draft, ADJUSTED, who)


def call_branch(session: Session, draft: Draft, name: str, who: Who) -> None:
    """Give a branch another name; ``DraftExists`` where another has it."""
    lock_programme(session, draft.programme_id)
    wanted = name.strip()[:NAME_LENGTH]
    if wanted in ("", draft.name):
        return
    rename_draft(session, draft.programme_id, draft.id, wanted)
    note(session, draft, RENAMED, who, to=wanted)


def end_branch(session: Session, draft: Draft, who: Who, *, seen: int | None) -> None:
    """Remove a branch as it was looked at.

    Raises:
        BranchMovedError: Somebody else has changed it meanwhile.
        RunIsActive: It is being planned.
    """
    lock_programme(session, draft.programme_id)
    check_unmoved(session, draft, seen)
    note(session, draft, REMOVED, who)
    remove_draft(session, draft.programme_id, draft.id)


def check_unmoved(session: Session, draft: Draft, seen: int | None) -> None:
    """Raise what is in the way of changing a branch: a run, or somebody else's change."""
    _check_idle(session, draft)
    if seen is not None and seen != get_draft(session, draft.programme_id, draft.id).revision:
        raise BranchMovedError(f"“{draft.name}” was changed since you opened the page.")


def note(session: Session, draft: Draft, act: str, who: Who, **facts: Any) -> int:
    """Write into the history what somebody did to a branch."""
    return add_change(
        session,
        draft.programme_id,
        ChangeKind.BRANCH,
        now=who.now,
        by=who.by,
        draft_id=draft.id,
        facts={"branch": draft.id, "name": draft.name, "act": act, **facts},
    )


def _check_idle(session: Session, draft: Draft) -> None:
    if find_active_run(session, draft.programme_id, draft.id) is not None:
        raise RunIsActive(f"“{draft.name}” is being planned.")


def _moved(main: Workspace, adjustments: Sequence[Document], moves: Sequence[Document]) -> Plan:
    """Return the draft's plan with stays in other places, or without them."""
    problem, _ = check_adjustments(main.problem, adjustments)
    stays = {stay.request: stay for stay in main.plan.residencies}
    for request, after in _read_moves(moves):
        if after is None:
            stays.pop(request, None)
        elif knows(problem, after):
            stays[after.request] = after
        else:
            raise MovesRefusedError(f"The programme knows no such stay of {request}.")
    return Plan(residencies=tuple(stays.values()))


def _read_moves(moves: Iterable[Document]) -> list[tuple[Any, Residency | None]]:
    try:
        pairs = [(move["request"], move.get("after", move)) for move in moves]
        afters = list_adapter_of(Residency).validate_python([each for _, each in pairs if each])
    except (KeyError, TypeError, ValidationError) as error:
        raise MovesRefusedError("These are no stays.") from error
    found = iter(afters)
    return [(request, next(found) if each else None) for request, each in pairs]
