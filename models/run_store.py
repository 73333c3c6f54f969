"""Runs of the solver as rows that many processes may look at; knows no scheduler.

A run is queued, then running, then done, failed or cancelled. Each step is one UPDATE that
names the state it starts from, so that of two processes only one makes it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.errors import NoSuchRun, RunHasEnded, RunIsActive
from models.tables.plans import PlanRunProgressRow, PlanRunRow


class RunKind(StrEnum):
    """What a run is asked: a plan, why not, how freely stays move, or what changes would bring."""

    PLAN = "plan"
    EXPLAIN = "explain"
    FREEDOM = "freedom"
    STABILITY = "stability"


class RunStatus(StrEnum):
    """Where a run stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ACTIVE = (RunStatus.QUEUED, RunStatus.RUNNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incumbent:
    """The best plan's objective and the bound, as known after some seconds."""

    seconds: float
    objective: int | None
    bound: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run as its row says it.

    ``subject`` is the request that it is about, empty where it is about none; ``result`` what it
    found that is not a plan, for the draft as it was at ``draft_revision``.
    """

    id: uuid.UUID
    programme_id: str
    status: RunStatus
    seconds_limit: float
    workers: int | None
    seed: int
    input_sha256: str
    created_at: dt.datetime
    started_at: dt.datetime | None
    finished_at: dt.datetime | None
    heartbeat_at: dt.datetime
    stop_requested: bool
    objective: int | None
    bound: int | None
    seconds: float | None
    message: str | None
    draft_id: int | None
    requests: tuple[str, ...] | None
    kind: RunKind
    subject: str
    draft_revision: int | None
    result: dict[str, Any] | None

    @property
    def is_active(self) -> bool:
        """Tell whether the run is queued or running."""
        return self.status in ACTIVE


def add_run(
    session: Session,
    *,
    programme_id: str,
    draft_id: int,
    seconds_limit: float,
    workers: int | None,
    seed: int,
    input_sha256: str,
    now: dt.datetime,
    requests: Iterable[str] | None = None,
    kind: RunKind = RunKind.PLAN,
    subject: str = "",
    draft_revision: int | None = None,
) -> uuid.UUID:
    """Queue a run for a draft, in which all may move or some requests only.

    Raises:
        RunIsActive: The draft has a run of that kind and subject already.
    """
    run_id = uuid.uuid4()
    row = {
        "id": run_id,
        "programme_id": programme_id,
        "draft_id": draft_id,
        "kind": kind.value,
        "subject": subject,
        "draft_revision": draft_revision,
        "requests": None if requests is None else list(requests),
        "status": RunStatus.QUEUED.value,
        "seconds_limit": seconds_limit,
        "workers": workers,
        "seed": seed,
        "input_sha256": input_sha256,
        "created_at": now,
        "heartbeat_at": now,
        "stop_requested": False,
    }
    try:
        with session.begin_nested():
            session.execute(insert(PlanRunRow), row)
    except IntegrityError as error:
        raise RunIsActive(
            f"programme {programme_id!r}: a run is queued or running already; "
            "wait for it or stop it"
        ) from error
    return run_id


def claim_run(session: Session, run_id: uuid.UUID, *, now: dt.datetime) -> bool:
    """Take a queued run to work on it; false when another has it or it was cancelled."""
    return _step(
        session,
        run_id,
        (RunStatus.QUEUED,),
        {"status": RunStatus.RUNNING.value, "started_at": now, "heartbeat_at": now},
    )


def record_heartbeat(session: Session, run_id: uuid.UUID, *, now: dt.datetime) -> None:
    """Say that the run is being worked on; ``RunHasEnded`` when it no longer is to be."""
    _must_step(session, run_id, (RunStatus.RUNNING,), {"heartbeat_at": now})


def record_progress(
    session: Session, run_id: uuid.UUID, incumbent: Incumbent, *, now: dt.datetime
) -> None:
    """Add an incumbent or a better bound, which is a heartbeat too."""
    latest = {
        "objective": incumbent.objective,
        "bound": incumbent.bound,
        "seconds": incumbent.seconds,
    }
    _must_step(session, run_id, (RunStatus.RUNNING,), {**latest, "heartbeat_at": now})
    position = select(func.count()).where(PlanRunProgressRow.run_id == run_id).scalar_subquery()
    session.execute(insert(PlanRunProgressRow).values(run_id=run_id, position=position, **latest))


def request_stop(session: Session, run_id: uuid.UUID, *, now: dt.datetime) -> RunStatus:
    """Ask a run to stop: a queued one is cancelled, a running one ends with the best so far."""
    cancelled = {
        "status": RunStatus.CANCELLED.value,
        "finished_at": now,
        "stop_requested": True,
    }
    if _step(session, run_id, (RunStatus.QUEUED,), cancelled):
        return RunStatus.CANCELLED
    _step(session, run_id, (RunStatus.RUNNING,), {"stop_requested": True})
    return get_run(session, run_id).status


def is_stop_requested(session: Session, run_id: uuid.UUID) -> bool:
    """Tell whether whoever works on the run is to stop; so too when it has ended meanwhile."""
    run = get_run(session, run_id)
    return run.stop_requested or not run.is_active


def finish_run(
    session: Session,
    run_id: uuid.UUID,
    incumbent: Incumbent,
    *,
    now: dt.datetime,
    message: str = "",
    result: dict[str, Any] | None = None,
) -> None:
    """End a running run that found a plan; ``RunHasEnded`` when it was given up meanwhile.

    ``result`` is what it found besides.
    """
    _end(
        session,
        run_id,
        RunStatus.DONE,
        now=now,
        message=message,
        objective=incumbent.objective,
        bound=incumbent.bound,
        seconds=incumbent.seconds,
        result=result,
    )


def answer_run(
    session: Session,
    run_id: uuid.UUID,
    result: dict[str, Any],
    *,
    seconds: float,
    now: dt.datetime,
) -> None:
    """End a running run that found something other than a plan."""
    _end(session, run_id, RunStatus.DONE, now=now, result=result, seconds=seconds)


def cancel_run(session: Session, run_id: uuid.UUID, *, now: dt.datetime, message: str = "") -> None:
    """End a run that was stopped before it had a plan."""
    _end(session, run_id, RunStatus.CANCELLED, now=now, message=message)


def fail_run(
    session: Session,
    run_id: uuid.UUID,
    *,
    now: dt.datetime,
    message: str,
    result: dict[str, Any] | None = None,
) -> None:
    """End a run that cannot give a plan, and say why; ``result`` says it in detail."""
    _end(session, run_id, RunStatus.FAILED, now=now, message=message, result=result)


def note_result(session: Session, run_id: uuid.UUID, facts: dict[str, Any]) -> None:
    """Keep facts beside what a run found, in place of earlier ones of the same name."""
    result = {**(get_run(session, run_id).result or {}), **facts}
    session.execute(
        update(PlanRunRow)
        .where(PlanRunRow.id == run_id)
        .values(result=result)
        .execution_options(synchronize_session=False)
    )


def fail_stale_runs(
    session: Session, *, silent_since: dt.datetime, now: dt.datetime, queued_too: bool = False
) -> tuple[uuid.UUID, ...]:
    """End running runs without a heartbeat since then, as failed; queued ones where asked."""
    states = ACTIVE if queued_too else (RunStatus.RUNNING,)
    ended = (
        update(PlanRunRow)
        .where(PlanRunRow.status.in_(states), PlanRunRow.heartbeat_at < silent_since)
        .values(
            status=RunStatus.FAILED.value,
            finished_at=now,
            message="the process that worked on it is gone; plan again",
        )
        .returning(PlanRunRow.id)
    )
    return tuple(session.scalars(ended, execution_options={"synchronize_session": False}))


def find_active_run(
    session: Session,
    programme_id: str,
    draft_id: int | None = None,
    kind: RunKind = RunKind.PLAN,
) -> Run | None:
    """Find a run of a programme, or of one of its drafts, that is queued or running."""
    query = select(PlanRunRow).where(
        PlanRunRow.programme_id == programme_id,
        PlanRunRow.kind == kind.value,
        PlanRunRow.status.in_(ACTIVE),
    )
    if draft_id is not None:
        query = query.where(PlanRunRow.draft_id == draft_id)
    return _first(session, query)


def find_latest_run(
    session: Session,
    programme_id: str,
    draft_id: int | None = None,
    kind: RunKind = RunKind.PLAN,
    subject: str | None = None,
) -> Run | None:
    """Find the run of a kind that was added last, of a draft or about a subject if one is given."""
    query = (
        select(PlanRunRow)
        .where(PlanRunRow.programme_id == programme_id, PlanRunRow.kind == kind.value)
        .order_by(PlanRunRow.created_at.desc(), PlanRunRow.id)
        .limit(1)
    )
    if draft_id is not None:
        query = query.where(PlanRunRow.draft_id == draft_id)
    if subject is not None:
        query = query.where(PlanRunRow.subject == subject)
    return _first(session, query)


def load_runs(session: Session, programme_id: str, draft_id: int, *, limit: int) -> tuple[Run, ...]:
    """Load the latest plan runs of a draft, the newest first."""
    query = (
        select(PlanRunRow)
        .where(
            PlanRunRow.programme_id == programme_id,
            PlanRunRow.draft_id == draft_id,
            PlanRunRow.kind == RunKind.PLAN.value,
        )
        .order_by(PlanRunRow.created_at.desc(), PlanRunRow.id)
        .limit(limit)
    )
    rows = session.scalars(query, execution_options={"populate_existing": True})
    return tuple(map(_run_of, rows))


def get_run(session: Session, run_id: uuid.UUID) -> Run:
    """Return a run; ``NoSuchRun`` where there is none."""
    row = session.get(PlanRunRow, run_id, populate_existing=True)
    if row is None:
        raise NoSuchRun(f"run {run_id}: not in the database")
    return _run_of(row)


def load_progress(session: Session, run_id: uuid.UUID) -> tuple[Incumbent, ...]:
    """Load the incumbents of a run in the order in which they came."""
    query = (
        select(PlanRunProgressRow)
        .where(PlanRunProgressRow.run_id == run_id)
        .order_by(PlanRunProgressRow.position)
    )
    return tuple(
        Incumbent(seconds=row.seconds, objective=row.objective, bound=row.bound)
        for row in session.scalars(query)
    )


def _first(session: Session, query: Select[PlanRunRow]) -> Run | None:
    row = session.scalars(query, execution_options={"populate_existing": True}).first()
    return None if row is None else _run_of(row)


def _end(
    session: Session, run_id: uuid.UUID, status: RunStatus, *, now: dt.datetime, **facts: Any
) -> None:
    states = ACTIVE if status is RunStatus.FAILED else (RunStatus.RUNNING,)
    _must_step(session, run_id, states, {"status": status.value, "finished_at": now, **facts})


def _must_step(
    session: Session, run_id: uuid.UUID, states: Iterable[RunStatus], values: dict[str, Any]
) -> None:
    if not _step(session, run_id, states, values):
        status = get_run(session, run_id).status.value
        raise RunHasEnded(f"run {run_id}: is {status}, so this can no longer happen to it")


def _step(
    session: Session, run_id: uuid.UUID, states: Iterable[RunStatus], values: dict[str, Any]
) -> bool:
    changed = (
        update(PlanRunRow)
        .where(PlanRunRow.id == run_id, PlanRunRow.status.in_([state.value for state in states]))
        .values(values)
        .returning(PlanRunRow.id)
    )
    return bool(session.scalars(changed, execution_options={"synchronize_session": False}).all())


def _run_of(row: PlanRunRow) -> Run:
    values = {field.name: getattr(row, field.name) for field in fields(Run)}
    requests = None if row.requests is None else tuple(row.requests)
    known = {"status": RunStatus(row.status), "kind": RunKind(row.kind), "requests": requests}
    return Run(**{**values, **known})
