"""Takes a what-if over into the draft, whole or in part, with what it tries or without."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.draft_store import Draft, get_draft, load_draft_plan, main_draft
from models.history_store import Change, ChangeKind
from models.programme_store import lock_programme
from models.steps import Document
from scheduler.problem.adjustments import apply, parse_documents
from web.use_cases.editing import Edit, make_steps
from web.use_cases.errors import UseCaseError
from web.use_cases.what_ifs.base import adjustments_that_hold, has_moved, settle_on
from web.use_cases.what_ifs.make import Who, check_unmoved
from web.use_cases.what_ifs.steps import Seen, as_seen, steps_of_adjustments, steps_of_stays
from web.use_cases.workspace import Workspace, load_workspace


class BaseMovedError(UseCaseError):
    """The draft has changed since the what-if went out from it, so that it is to be rebased."""


class NothingChosenError(UseCaseError):
    """Neither stays nor adjustments are to be taken over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is taken over: stays of requests, adjustments by number, as a page has shown them."""

    requests: Collection[str]
    adjustments: Collection[int]
    revision: int | None
    seen: Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOver:
    """What was taken over, and how many rules the draft breaks after it."""

    change: Change | None
    violations: int


def take_over(
    session: Session, main: Workspace, branch: Workspace, choice: Choice, who: Who
) -> TakenOver:
    """Make what was chosen of a branch in the draft and in the programme's data, together.

    What was taken over leaves the branch, which then goes out from the draft as it is.

    Raises:
        NothingChosenError: Nothing was chosen.
        BaseMovedError: The branch has to be rebased first.
        BranchMovedError: The branch was changed since the page was made.
        EditConflict: Somebody else has changed the same meanwhile.
        EditRefusedError: The programme could not be planned any more.
    """
    draft = _draft_of(branch)
    if not choice.requests and not choice.adjustments:
        raise NothingChosenError("Choose what to take over.")
    lock_programme(session, draft.programme_id)
    check_unmoved(session, draft, choice.revision)
    if has_moved(draft, main):
        raise BaseMovedError(f"The draft has changed since “{draft.name}” went out from it.")
    chosen, left = _split(draft, choice.adjustments)
    steps = (
        *steps_of_adjustments(main.problem, chosen),
        *steps_of_stays(main, branch, choice.requests),
    )
    edit = _edit_of(session, draft, who)
    change = make_steps(session, draft.programme_id, as_seen(steps, choice.seen), edit)
    after = load_workspace(session, draft.programme_id)
    _let_go(session, after, draft, left, who)
    return TakenOver(change=change, violations=len(after.violations))


def _edit_of(session: Session, draft: Draft, who: Who) -> Edit:
    return Edit(
        kind=ChangeKind.TAKE_OVER,
        now=who.now,
        by=who.by,
        draft_id=main_draft(session, draft.programme_id, now=who.now).id,
        facts={"branch": draft.id, "name": draft.name},
    )


def _split(draft: Draft, numbers: Collection[int]) -> tuple[list[Document], list[Document]]:
    """Return the adjustments of some numbers, and the others."""
    chosen = [each for number, each in enumerate(draft.adjustments) if number in numbers]
    left = [each for number, each in enumerate(draft.adjustments) if number not in numbers]
    return chosen, left


def _let_go(
    session: Session, after: Workspace, draft: Draft, left: list[Document], who: Who
) -> None:
    """Let a branch go out from the draft after a take-over, without what was taken over."""
    holding = adjustments_that_hold(after.problem, left)
    apply(after.problem, parse_documents(holding))
    plan = load_draft_plan(session, draft.id)
    fresh = get_draft(session, draft.programme_id, draft.id)
    settle_on(session, after, fresh, who, adjustments=holding, plan=plan)


def _draft_of(branch: Workspace) -> Draft:
    if branch.draft is None:
        raise NothingChosenError("This is no what-if.")
    return branch.draft
