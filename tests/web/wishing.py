"""A researcher's wishes and own days in the laboratory, for the tests of their pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from models.database import Database
from models.problem_loader import load_problem
from models.settings_store import OfficeSettings, keep_office_settings
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request
from tests.builders import (
    make_problem,
    make_request,
    make_residency,
)
from tests.web.laboratory import page_of, plan_by_hand, publish, seed


def arrive(database: Database, *requests: Request, **others: Any) -> str:
    """Publish Ada's first four weeks, and return the path of her wishes."""
    problem = seed(database, make_problem(requests=requests or (make_request(),), **others))
    plan_by_hand(database, problem, make_residency("ada"))
    publish(database)
    return page_of(database)


def problem_in(database: Database) -> Problem:
    """Return the laboratory as it stands."""
    with database.reading() as session:
        return load_problem(session, "lab")


def request_in(database: Database, name: str = "ada") -> Request:
    """Return one of its requests as it stands."""
    return next(each for each in problem_in(database).requests if each.id == name)


def set_deadline(database: Database, last: dt.date) -> None:
    """Set the last day on which wishes may be changed."""
    with database.writing() as session:
        keep_office_settings(session, "lab", OfficeSettings(wishes_until=last))
