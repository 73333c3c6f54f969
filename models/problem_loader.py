"""Loads a programme's rows as the scheduler's problem, in one query a list."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from pydantic import ValidationError
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from models.errors import ScenarioUnfit
from models.programme_store import no_programme
from models.subjects import SUBJECTS, Subject, list_adapter_of
from models.tables import Base, PolicyRow, ProgrammeRow
from scheduler.problem.problem import Problem
from scheduler.problem.programme import Policy, Programme

REMEDY = "store the scenario's file anew with `sarangchae seed SCENARIO`"


def load_problem(session: Session, programme_id: str) -> Problem:
    """Load the problem of a programme; ``NoSuchProgramme`` where there is none."""
    programmes = _load(session, ProgrammeRow, Programme, ProgrammeRow.id == programme_id)
    if not programmes:
        raise no_programme(programme_id)
    policies = _load(session, PolicyRow, Policy, PolicyRow.programme_id == programme_id)
    if not policies:
        raise ScenarioUnfit(f"table policies: no row of programme {programme_id!r}; {REMEDY}")
    lists = {subject.field: _load_list(session, subject, programme_id) for subject in SUBJECTS}
    return Problem(programme=programmes[0], policy=policies[0], **lists)


def _load_list(session: Session, subject: Subject, programme_id: str) -> tuple[Any, ...]:
    columns = inspect(subject.table).columns
    return _load(
        session,
        subject.table,
        subject.item,
        columns["programme_id"] == programme_id,
        order_by=columns["position"],
    )


def _load(
    session: Session,
    table: type[Base],
    item: Any,
    condition: ColumnElement[bool],
    *,
    order_by: ColumnElement[int] | None = None,
) -> tuple[Any, ...]:
    columns = inspect(table).columns
    query = select(*(columns[field.name] for field in fields(item))).where(condition)
    rows = session.execute(query.order_by(order_by)).mappings()
    return _build(table, item, [dict(row) for row in rows])


def _build(table: type[Base], item: Any, rows: list[dict[str, Any]]) -> tuple[Any, ...]:
    """Build dataclasses from rows; whoever wrote the rows by hand learns what is wrong."""
    try:
        return tuple(list_adapter_of(item).validate_python(rows))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ScenarioUnfit(
            f"table {table.__tablename__}, row {place}: {first['msg']}; {REMEDY}"
        ) from error
