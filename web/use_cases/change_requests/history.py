"""What the history keeps of a change asked for, or decided."""

from __future__ import annotations

from typing import Any

from scheduler.problem.problem import Problem
from scheduler.problem.types import ResearcherId, text_in

ASKED, UNASKED = "asked", "unasked"
ACCEPTED, REFUSED = "accepted_change", "refused_change"
REOPENED = "reopened_change"


def facts_of(problem: Problem, act: str, researcher_id: str, request: str, number: int) -> Any:
    """Return the facts of an act: whose change it is, of which request, and its number."""
    known = problem.researcher.get(ResearcherId(researcher_id))
    return {
        "act": act,
        "researcher": researcher_id,
        "name": researcher_id if known is None else text_in(known.name, "en"),
        "request": request,
        "change": number,
    }
