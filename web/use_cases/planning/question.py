"""What runs that answer a question about a draft have in common: load, think, store.

The thinking is done with no transaction open; what it finds is kept only where the programme's
data are still those that it was found for.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from models.database import Database
from models.errors import RunHasEnded
from models.programme_store import get_version, lock_programme
from models.run_store import Run, answer_run, cancel_run, claim_run, fail_run, get_run
from scheduler.outcome import PinConflict
from scheduler.plan import Plan
from scheduler.problem.adjustments import AdjustmentError
from scheduler.problem.problem import Problem
from scheduler.problem.types import RequestId
from scheduler.verify import check_plan
from web.use_cases.planning.messages import BROKEN, CONTRADICTORY, MOVED_MEANWHILE, UNMENDED
from web.use_cases.planning.pulse import Pulse
from web.use_cases.planning.runs import key_of
from web.use_cases.workspace import Workspace, load_workspace

Clock = Callable[[], dt.datetime]
Document = dict[str, Any]
Keep = Callable[[Session], Document]
"""Stores what was found besides the answer, and returns the answer."""


class QuestionRefusedError(Exception):
    """A question that has no answer; its text is one of ``run_messages``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a run is asked, and the draft as it was loaded."""

    run: Run
    workspace: Workspace

    @property
    def stamp(self) -> Document:
        """What the answer is about: the draft's revision and the scenario's hash."""
        workspace = self.workspace
        return {"revision": workspace.revision, "scenario": workspace.scenario.sha256}


Think = Callable[[Question, Pulse], Keep | None]
"""Finds the answer to a question with no transaction open; None where it was stopped before."""


def answer_question(database: Database, run_id: str, think: Think, *, clock: Clock) -> None:
    """Answer the question of a queued run and end the run, whatever comes of it.

    Raises:
        Exception: A fault, which ends the run and is not hidden.
    """
    key = key_of(run_id)
    try:
        question = _claim(database, key, clock())
        if question is None:
            return
        with Pulse(database, key, clock) as pulse:
            keep = think(question, pulse)
        with database.writing() as session:
            _end(session, question, keep, clock())
    except RunHasEnded:
        return
    except QuestionRefusedError as refusal:
        _fail(database, key, str(refusal), clock())
    except AdjustmentError as refusal:
        _fail(database, key, str(refusal), clock())
    except PinConflict:
        _fail(database, key, CONTRADICTORY, clock())
    except Exception:
        _fail(database, key, BROKEN, clock())
        raise


def allowed_part(
    problem: Problem, plan: Plan, *, spared: RequestId | None = None
) -> tuple[Plan, tuple[RequestId, ...]]:
    """Return a plan without the stays that break rules, and whose they are.

    Pinned stays and a spared one go only where nothing else would do.

    Raises:
        QuestionRefusedError: A rule is broken by what the plan leaves out.
    """
    kept = {pin.request for pin in problem.pins} | {spared}
    placed, left_out = plan, []
    while violations := check_plan(problem, placed):
        named = Counter(
            request
            for violation in violations
            for request in violation.requests
            if request in placed.by_request
        )
        if not named:
            raise QuestionRefusedError(UNMENDED)
        worst = max(named, key=lambda request: (request not in kept, named[request], request))
        left_out.append(worst)
        stays = (stay for stay in placed.residencies if stay.request != worst)
        placed = replace(placed, residencies=tuple(stays))
    return placed, tuple(left_out)


def _claim(database: Database, key: uuid.UUID, now: dt.datetime) -> Question | None:
    """Take the run and load the draft; None if somebody else did or it was stopped."""
    with database.writing() as session:
        if not claim_run(session, key, now=now):
            return None
    with database.reading() as session:
        run = get_run(session, key)
        workspace = load_workspace(session, run.programme_id, run.draft_id)
    return Question(run=run, workspace=workspace)


def _end(session: Session, question: Question, keep: Keep | None, now: dt.datetime) -> None:
    run = question.run
    lock_programme(session, run.programme_id)
    if keep is None:
        cancel_run(session, run.id, now=now)
    elif get_version(session, run.programme_id) != question.workspace.scenario.version:
        fail_run(session, run.id, now=now, message=MOVED_MEANWHILE)
    else:
        began = get_run(session, run.id).started_at or now
        found = {**question.stamp, **keep(session)}
        answer_run(session, run.id, found, seconds=(now - began).total_seconds(), now=now)


def _fail(database: Database, key: uuid.UUID, message: str, now: dt.datetime) -> None:
    with database.writing() as session:
        if get_run(session, key).is_active:
            fail_run(session, key, now=now, message=message)
