"""Putting a scenario file into the database."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from sqlalchemy.orm import Session

from models.errors import RunIsActive
from models.programme_store import load_programmes
from models.run_store import find_active_run
from models.scenario_store import store_scenario
from scheduler.problem.problem import Problem
from scheduler.problem.scenario_file import load_scenario
from web.use_cases.planning.runs import fail_lost_runs


def read_scenario(path: Path) -> Problem:
    """Return a scenario file's problem, before any transaction is open."""
    return load_scenario(path)


def seed_scenario(session: Session, problem: Problem, *, now: dt.datetime) -> bool:
    """Put a scenario in place of the programme's data; tell whether the programme was there.

    Plans, releases and links of the programme stay.
    """
    programme_id = problem.programme.id
    fail_lost_runs(session, now=now)
    if find_active_run(session, programme_id) is not None:
        raise RunIsActive(f"programme {programme_id!r}: is being planned; wait, or stop the run")
    was_there = has_programme(session, programme_id)
    store_scenario(session, problem)
    return was_there


def has_programme(session: Session, programme_id: str) -> bool:
    """Tell whether the database holds a programme."""
    return any(programme.id == programme_id for programme in load_programmes(session))
