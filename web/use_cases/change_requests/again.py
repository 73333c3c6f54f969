"""A change asked for that was decided waits again: once that is taken back, or when told to."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy.orm import Session

from models.change_request_store import (
    ChangeRequestStatus,
    decide_change_request,
    get_change_request,
    reopen_change_request,
)
from models.errors import ChangeRequestDecided
from models.history_store import Change, ChangeKind, Direction, add_change
from models.programme_store import lock_programme
from scheduler.problem.problem import Problem
from web.use_cases.change_requests.history import ACCEPTED, REOPENED, facts_of


def reopen_change(
    session: Session,
    problem: Problem,
    change_id: int,
    *,
    now: dt.datetime,
    by: uuid.UUID | None = None,
) -> int:
    """Let a change asked for wait for a decision again, and return what the history calls that.

    Raises:
        NoSuchChangeRequest: There is none of that id.
        ChangeRequestDecided: It waits already, was taken back, or another took its place.
    """
    programme_id = problem.programme.id
    lock_programme(session, programme_id)
    asked = get_change_request(session, programme_id, change_id)
    if not reopen_change_request(session, programme_id, change_id):
        raise ChangeRequestDecided(f"change request {change_id}: cannot be decided again")
    facts = facts_of(problem, REOPENED, asked.researcher_id, asked.request, change_id)
    return add_change(session, programme_id, ChangeKind.ANSWER, now=now, by=by, facts=facts)


def follow_reversal(session: Session, made: Change, by: uuid.UUID | None) -> None:
    """Let a change asked for wait again whose acceptance is taken back, or be accepted again.

    ``ChangeRequestDecided`` where an acceptance is to be made again and the change asked for was
    refused or taken back meanwhile.
    """
    if made.facts.get("act") != ACCEPTED or made.direction is Direction.DO:
        return
    programme_id, number = made.programme_id, int(made.facts["change"])
    if made.direction is Direction.UNDO:
        reopen_change_request(session, programme_id, number)
        return
    asked = get_change_request(session, programme_id, number)
    if asked.status is not ChangeRequestStatus.ACCEPTED:
        status = ChangeRequestStatus.ACCEPTED
        decide_change_request(
            session, programme_id, number, status, now=made.at, by=by, reply=asked.reply
        )
