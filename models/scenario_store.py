"""Stores a scenario as rows, and names its state by the hash of the file it would write."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, insert, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models.errors import ScenarioUnfit
from models.problem_loader import load_problem
from models.programme_store import lock_programme, renew_version
from models.subjects import SUBJECTS, Subject, row_of
from models.tables import Base, PolicyRow, ProgrammeRow, PublishedRow
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from scheduler.problem.scenario_file import scenario_bytes, sha256_of

LARGEST = 2**63 - 1
"""Largest whole number of a column."""


def store_scenario(session: Session, problem: Problem) -> None:
    """Put a scenario in place of the programme's rows; plans, releases and links stay."""
    programme_id = problem.programme.id
    _store_programme(session, problem)
    for subject in reversed(SUBJECTS):
        _delete(session, subject.table, programme_id)
    for subject in SUBJECTS:
        _add(session, subject, programme_id, getattr(problem, subject.field))
    renew_version(session, programme_id)


def store_published(session: Session, programme_id: str, residencies: Iterable[Residency]) -> None:
    """Put residencies in place of those that people have been told."""
    lock_programme(session, programme_id)
    published = next(subject for subject in SUBJECTS if subject.table is PublishedRow)
    _delete(session, PublishedRow, programme_id)
    _add(session, published, programme_id, residencies)
    renew_version(session, programme_id)


def scenario_sha256(session: Session, programme_id: str) -> str:
    """Return the SHA-256 of the file that an export of the programme would write."""
    return sha256_of(scenario_bytes(load_problem(session, programme_id)))


def _store_programme(session: Session, problem: Problem) -> None:
    """Write the programme's own row first, which makes others who store it wait."""
    row = row_of(problem.programme)
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    statement = (sqlite.insert if is_sqlite else postgresql.insert)(ProgrammeRow).values(row)
    session.execute(statement.on_conflict_do_update(index_elements=["id"], set_=row))
    _delete(session, PolicyRow, problem.programme.id)
    policy = {"programme_id": problem.programme.id, **row_of(problem.policy)}
    check_fits(PolicyRow.__tablename__, policy)
    session.execute(insert(PolicyRow), policy)


def _delete(session: Session, table: type[Base], programme_id: str) -> None:
    column = inspect(table).columns["programme_id"]
    session.execute(
        delete(table).where(column == programme_id),
        execution_options={"synchronize_session": False},
    )


def _add(session: Session, subject: Subject, programme_id: str, items: Iterable[Any]) -> None:
    rows = [
        {"programme_id": programme_id, "position": position, **row_of(item)}
        for position, item in enumerate(items)
    ]
    for row in rows:
        check_fits(subject.table.__tablename__, row)
    if rows:
        session.execute(insert(subject.table), rows)


def check_fits(table: str, row: dict[str, Any]) -> None:
    """Raise ``ScenarioUnfit`` for a value that one of the databases cannot keep."""
    for name, value in row.items():
        place = f"{table} {row.get('id', row.get('position', ''))}".rstrip()
        if isinstance(value, int) and abs(value) > LARGEST:
            raise ScenarioUnfit(f"{place}: {name} is larger than {LARGEST}; give a smaller number")
        if isinstance(value, str) and "\0" in value:
            raise ScenarioUnfit(f"{place}: {name} holds a null character; remove it")
