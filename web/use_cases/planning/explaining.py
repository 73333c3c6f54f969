"""Why a request has no place in a draft, or why its stay is as it is, and what would help."""

from __future__ import annotations

from models.database import Database
from scheduler.explain.document import told_explanation
from scheduler.explain.explain import explain_request
from scheduler.problem.types import RequestId
from web.use_cases.planning.messages import NOT_KNOWN
from web.use_cases.planning.pulse import Pulse
from web.use_cases.planning.question import (
    Clock,
    Keep,
    Question,
    QuestionRefusedError,
    allowed_part,
    answer_question,
)


def run_explain(database: Database, run_id: str, *, clock: Clock) -> None:
    """Answer why a request is not placed, or not as it wished."""
    answer_question(database, run_id, find_explanation, clock=clock)


def find_explanation(question: Question, pulse: Pulse) -> Keep | None:
    """Return the explanation without a language; stays that break rules are left out of it.

    Raises:
        QuestionRefusedError: The request is gone, or withdrawn.
    """
    problem, subject = question.workspace.problem, RequestId(question.run.subject)
    request = problem.request.get(subject)
    if request is None or not request.is_submitted:
        raise QuestionRefusedError(NOT_KNOWN)
    plan, left_out = allowed_part(problem, question.workspace.plan, spared=subject)
    explained = told_explanation(explain_request(problem, plan, subject))
    if pulse.is_stopped():
        return None
    return lambda _: {"explanation": explained, "left_out": list(left_out)}
