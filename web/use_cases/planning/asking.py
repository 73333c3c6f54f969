"""Questions about a draft, from the outside: the answer that stands, or a run that finds it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.draft_store import main_draft
from models.programme_store import lock_programme
from models.run_store import Run, RunKind, RunStatus, add_run, find_latest_run, get_run
from web.use_cases.planning.runs import fail_lost_runs
from web.use_cases.workspace import Workspace

QUESTION_SECONDS = 60.0
"""A question that takes its own time has no limit that matters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A run that answers; a new one is to be submitted once this is committed."""

    run: Run
    is_new: bool


def ask_question(
    session: Session,
    workspace: Workspace,
    kind: RunKind,
    *,
    now: dt.datetime,
    subject: str = "",
    seconds: float = QUESTION_SECONDS,
) -> Asked:
    """Return the run that has answered or is about to, else a new one.

    The stability curve is asked for with so many seconds, and looked for anew each time.
    """
    programme_id = workspace.problem.programme.id
    lock_programme(session, programme_id)
    fail_lost_runs(session, now=now)
    found = find_asked(session, workspace, kind, subject)
    if found is not None and (
        found.is_active or (kind is not RunKind.STABILITY and answers(found, workspace))
    ):
        return Asked(run=found, is_new=False)
    draft = workspace.draft or main_draft(session, programme_id, now=now)
    run_id = add_run(
        session,
        programme_id=programme_id,
        draft_id=draft.id,
        draft_revision=draft.revision,
        kind=kind,
        subject=subject,
        seconds_limit=seconds,
        workers=None,
        seed=0,
        input_sha256=workspace.scenario.sha256,
        now=now,
    )
    return Asked(run=get_run(session, run_id), is_new=True)


def find_asked(
    session: Session, workspace: Workspace, kind: RunKind, subject: str = ""
) -> Run | None:
    """Find the run that was asked a question last, whatever came of it."""
    if workspace.draft is None:
        return None
    programme_id = workspace.problem.programme.id
    return find_latest_run(session, programme_id, workspace.draft_id, kind, subject)


def answers(run: Run, workspace: Workspace) -> bool:
    """Tell whether a run has answered for the draft and the programme as they are now."""
    return (
        run.status is RunStatus.DONE
        and run.result is not None
        and run.result["revision"] == workspace.revision
        and run.result["scenario"] == workspace.scenario.sha256
    )
