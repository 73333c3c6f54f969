"""Stores plans as rows, and loads them as plan files."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import func, insert, inspect, select
from sqlalchemy.orm import Session

from models.errors import NoSuchPlan
from models.run_store import RunKind
from models.steps import Document
from models.subjects import list_adapter_of, row_of
from models.tables import Base, PlanResidencyRow, PlanRow, PlanUnplacedRow
from models.tables.plans import PlanRunRow
from scheduler.outcome import Status
from scheduler.plan import Plan, Unplaced
from scheduler.plan_file import PlanFile
from scheduler.problem.requests import Residency
from scheduler.problem.types import ProgrammeId, Sha256
from scheduler.rules import Term


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPlan:
    """A plan file with what the database knows of it besides."""

    id: int
    run_id: uuid.UUID | None
    created_at: dt.datetime
    file: PlanFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A scenario as what a bound is proven for: its hash without pins, and the pins."""

    unpinned_sha256: str
    pins: tuple[Document, ...]

    def holds_in(self, other: Frame) -> bool:
        """Tell whether the other is the same scenario with these pins, and perhaps more."""
        same = self.unpinned_sha256 == other.unpinned_sha256
        return same and all(pin in other.pins for pin in self.pins)


def store_plan(
    session: Session,
    programme_id: str,
    plan_file: PlanFile,
    *,
    now: dt.datetime,
    run_id: uuid.UUID | None = None,
    frame: Frame | None = None,
) -> int:
    """Store a plan and return its id; later plans have higher ids.

    With a ``frame`` its bound is known to hold where pins are added, too.
    """
    row = {
        "programme_id": programme_id,
        "run_id": run_id,
        "status": plan_file.status.value,
        "objective": plan_file.objective,
        "bound": plan_file.bound,
        "terms": {term.value: points for term, points in plan_file.terms.items()},
        "seconds": plan_file.seconds,
        "seed": plan_file.seed,
        "version": plan_file.version,
        "scenario_sha256": plan_file.scenario_sha256,
        "created_at": now,
        "unpinned_sha256": None if frame is None else frame.unpinned_sha256,
        "pins": None if frame is None else list(frame.pins),
    }
    plan_id = session.scalars(insert(PlanRow).values(row).returning(PlanRow.id)).one()
    _add(session, PlanResidencyRow, plan_id, plan_file.plan.residencies)
    _add(session, PlanUnplacedRow, plan_id, plan_file.unplaced)
    return plan_id


def load_plan(session: Session, plan_id: int) -> PlanFile:
    """Load a plan as its file says it; ``NoSuchPlan`` where there is none."""
    return get_plan(session, plan_id).file


def get_plan(session: Session, plan_id: int) -> StoredPlan:
    """Return a plan by id; ``NoSuchPlan`` where there is none."""
    row = session.get(PlanRow, plan_id)
    if row is None:
        raise NoSuchPlan(f"plan {plan_id}: not in the database")
    return _stored(session, row)


def find_latest_plan(session: Session, programme_id: str) -> StoredPlan | None:
    """Find the plan of a programme that was stored last; those for a question do not count."""
    plan_id = find_latest_plan_id(session, programme_id)
    return None if plan_id is None else get_plan(session, plan_id)


def find_latest_plan_id(session: Session, programme_id: str) -> int | None:
    """Find the id of the same plan, which takes far less than to load it."""
    is_answer = PlanRunRow.kind != RunKind.PLAN.value
    query = (
        select(PlanRow.id)
        .outerjoin(PlanRunRow, PlanRow.run_id == PlanRunRow.id)
        .where(PlanRow.programme_id == programme_id, is_answer.is_not(True))
        .order_by(PlanRow.id.desc())
        .limit(1)
    )
    return session.scalars(query).first()


def find_best_bound(session: Session, programme_id: str, scenario_sha256: str) -> int | None:
    """Find the lowest bound that was proven for a scenario; none where none was."""
    query = select(func.min(PlanRow.bound)).where(
        PlanRow.programme_id == programme_id, PlanRow.scenario_sha256 == scenario_sha256
    )
    return session.scalars(query).one()


def find_bound_with_fewer_pins(session: Session, programme_id: str, frame: Frame) -> int | None:
    """Find the lowest bound that was proven for a scenario with some of its pins; none if none."""
    query = select(PlanRow.bound, PlanRow.pins).where(
        PlanRow.programme_id == programme_id, PlanRow.unpinned_sha256 == frame.unpinned_sha256
    )
    fewer = (
        bound
        for bound, pins in session.execute(query)
        if replace(frame, pins=tuple(pins or ())).holds_in(frame)
    )
    return min(fewer, default=None)


def find_plan_of_run(session: Session, run_id: uuid.UUID) -> StoredPlan | None:
    """Find the plan that a run ended with."""
    query = select(PlanRow).where(PlanRow.run_id == run_id).order_by(PlanRow.id.desc()).limit(1)
    row = session.scalars(query).first()
    return None if row is None else _stored(session, row)


def find_plan_ids(session: Session, run_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Find the latest plan of each of some runs that ended with one."""
    query = (
        select(PlanRow.run_id, func.max(PlanRow.id))
        .where(PlanRow.run_id.in_(run_ids))
        .group_by(PlanRow.run_id)
    )
    return {run_id: plan_id for run_id, plan_id in session.execute(query) if run_id is not None}


def _add(
    session: Session, table: type[Base], plan_id: int, items: tuple[Residency | Unplaced, ...]
) -> None:
    rows = [
        {"plan_id": plan_id, "position": position, **row_of(item)}
        for position, item in enumerate(items)
    ]
    if rows:
        session.execute(insert(table), rows)


def _stored(session: Session, row: PlanRow) -> StoredPlan:
    file = PlanFile(
        scenario=ProgrammeId(row.programme_id),
        scenario_sha256=Sha256(row.scenario_sha256),
        status=Status(row.status),
        objective=row.objective,
        bound=row.bound,
        terms={Term(name): points for name, points in row.terms.items()},
        seconds=row.seconds,
        seed=row.seed,
        version=row.version,
        plan=Plan(residencies=_load(session, PlanResidencyRow, row.id, Residency)),
        unplaced=_load(session, PlanUnplacedRow, row.id, Unplaced),
    )
    return StoredPlan(id=row.id, run_id=row.run_id, created_at=row.created_at, file=file)


def _load(session: Session, table: type[Base], plan_id: int, item: Any) -> tuple[Any, ...]:
    columns = inspect(table).columns
    query = (
        select(*(columns[field.name] for field in fields(item)))
        .where(columns["plan_id"] == plan_id)
        .order_by(columns["position"])
    )
    rows = [dict(row) for row in session.execute(query).mappings()]
    return tuple(list_adapter_of(item).validate_python(rows))
