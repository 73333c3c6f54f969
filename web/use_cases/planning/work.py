"""The work of a run of any kind, in the process of its own where it is done."""

from __future__ import annotations

import datetime as dt

from models.database import Database, open_database
from models.run_store import RunKind, get_run
from web.use_cases.planning.explaining import run_explain
from web.use_cases.planning.freedom import run_freedom
from web.use_cases.planning.runs import key_of
from web.use_cases.planning.solving import run_plan
from web.use_cases.planning.stability import run_stability


def run_at(database_url: str, run_id: str) -> None:
    """Do what a run asks for, in the database of a URL."""
    database = open_database(database_url)
    try:
        WORK[_kind_of(database, run_id)](database, run_id, clock=_utc_now)
    finally:
        database.close()


def _kind_of(database: Database, run_id: str) -> RunKind:
    with database.reading() as session:
        return get_run(session, key_of(run_id)).kind


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


WORK = {
    RunKind.PLAN: run_plan,
    RunKind.EXPLAIN: run_explain,
    RunKind.FREEDOM: run_freedom,
    RunKind.STABILITY: run_stability,
}
"""Which use case does the work of each kind."""
