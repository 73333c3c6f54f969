"""How freely each stay of a draft can move while all others stay where they are."""

from __future__ import annotations

from models.database import Database
from scheduler.explain.explanation import Freedom
from scheduler.explain.leeway import find_leeway
from scheduler.explain.setting import Setting
from web.use_cases.planning.pulse import Pulse
from web.use_cases.planning.question import Clock, Keep, Question, allowed_part, answer_question

FIXED = "fixed"
"""A stay that has nowhere to go, for whatever reason."""


def run_freedom(database: Database, run_id: str, *, clock: Clock) -> None:
    """Answer how freely the stays of a draft can move."""
    answer_question(database, run_id, find_freedom, clock=clock)


def find_freedom(question: Question, pulse: Pulse) -> Keep | None:
    """Return each stay's freedom: free, at a cost, or fixed; none of those that break rules."""
    problem = question.workspace.problem
    plan, _ = allowed_part(problem, question.workspace.plan)
    setting = Setting(problem, plan)
    freedom: dict[str, str] = {}
    for stay in plan.residencies:
        if pulse.is_stopped():
            return None
        found = find_leeway(setting, stay).freedom
        is_open = found in (Freedom.FREE, Freedom.COST)
        freedom[stay.request] = found.value if is_open else FIXED
    return lambda _: {"freedom": freedom}
