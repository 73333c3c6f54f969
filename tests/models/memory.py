"""Moments and short cuts that tests of the memory share."""

from __future__ import annotations

import datetime as dt

from models.database import Database
from models.problem_loader import load_problem
from models.scenario_store import store_scenario
from scheduler.problem.problem import Problem

NOW = dt.datetime(2026, 1, 5, 9, 0, tzinfo=dt.UTC)


def later(**span: float) -> dt.datetime:
    """Return a moment after NOW."""
    return NOW + dt.timedelta(**span)


def remember(database: Database, problem: Problem) -> None:
    """Store a problem in a transaction of its own."""
    with database.writing() as session:
        store_scenario(session, problem)


def recall(database: Database, programme_id: str = "lab") -> Problem:
    """Load a problem in a transaction of its own."""
    with database.reading() as session:
        return load_problem(session, programme_id)
