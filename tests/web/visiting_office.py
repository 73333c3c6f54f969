"""The laboratory with people who have said something, for the tests of the researchers' room."""

from __future__ import annotations

import datetime as dt
from typing import Any

from models.answer_store import AnswerKind, AnswerVia
from models.change_request_store import NewChangeRequest, add_change_request
from models.database import Database
from models.release_store import find_latest_release
from models.subjects import document_of
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from tests.builders import make_problem, make_request, make_residency
from tests.web.laboratory import later, plan_by_hand, publish, seed
from web.use_cases.researchers.answering import answer_stay

TWO = make_problem(requests=(make_request("ada"), make_request("bo")))


def publish_two(database: Database) -> Problem:
    """Seed the laboratory, plan Ada and Bo for four weeks from 5 January 2026, and publish."""
    seed(database, TWO)
    plan_by_hand(database, TWO, make_residency("ada"), make_residency("bo"))
    publish(database)
    return TWO


def answers(
    database: Database,
    request: str,
    kind: AnswerKind,
    *,
    note: str = "",
    via: AnswerVia = AnswerVia.PAGE,
    now: dt.datetime | None = None,
) -> None:
    """Let a researcher answer a stay, an hour after the release unless told otherwise."""
    moment = later(hours=1) if now is None else now
    with database.writing() as session:
        answer_stay(session, "lab", request, request, kind, note=note, via=via, now=moment)


def asks(database: Database, request: str, wanted: Residency | None, **others: Any) -> int:
    """Let a researcher ask for another stay than the four weeks that were published."""
    values: dict[str, Any] = {"kind": "later", "note": "", "release": 1}
    with database.writing() as session:
        assert find_latest_release(session, "lab") is not None
        wish = NewChangeRequest(
            request=request,
            researcher_id=request,
            residency=None if wanted is None else document_of(wanted),
            before=document_of(make_residency(request)),
            **values | others,
        )
        return add_change_request(session, "lab", wish, now=later(hours=1))
