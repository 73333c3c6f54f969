"""Plan runs from the outside: start one, stop it, look at it, and notice one that is lost."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.database import Database
from models.draft_store import Draft, get_draft, main_draft
from models.errors import NoSuchRun
from models.programme_store import get_programme, lock_programme
from models.run_store import add_run, fail_run, fail_stale_runs, get_run, request_stop
from models.scenario_store import scenario_sha256
from scheduler.problem.types import text_in
from web.use_cases.planning.messages import CRASHED
from web.use_cases.plans import view_run
from web.use_cases.views import RunView

SILENCE = dt.timedelta(seconds=30)
"""A run that has not been heard of for this long is lost."""

LONGEST_WAIT = dt.timedelta(hours=1)
"""A run that has waited for this long is lost."""

BEATS_MISSED = dt.timedelta(seconds=3)
"""A run beats every half second; one that is silent for this long is nobody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunWish:
    """How long and how hard a run may search, for which draft, and who may move in it.

    Without a draft it is for the one that will be published; without requests all may move.
    """

    seconds: float = 60.0
    workers: int | None = None
    seed: int = 0
    draft_id: int | None = None
    requests: tuple[str, ...] | None = None


def start_plan_run(session: Session, programme_id: str, wish: RunWish, *, now: dt.datetime) -> str:
    """Queue a plan run and return its id, to be submitted once this is committed."""
    lock_programme(session, programme_id)
    fail_lost_runs(session, now=now)
    draft = _draft_of(session, programme_id, wish.draft_id, now)
    run_id = add_run(
        session,
        programme_id=programme_id,
        draft_id=draft.id,
        draft_revision=draft.revision,
        requests=wish.requests,
        seconds_limit=wish.seconds,
        workers=wish.workers,
        seed=wish.seed,
        input_sha256=scenario_sha256(session, programme_id),
        now=now,
    )
    return str(run_id)


def stop_plan_run(session: Session, programme_id: str, run_id: str, *, now: dt.datetime) -> None:
    """Ask a run to end with the best plan so far; one that waits is cancelled at once."""
    run = get_run(session, key_of(run_id))
    _check_belongs(run.programme_id, programme_id, run_id)
    request_stop(session, run.id, now=now)


def show_run(
    session: Session, programme_id: str, run_id: str, *, language: str, now: dt.datetime
) -> RunView:
    """Return a run as it stands."""
    run = get_run(session, key_of(run_id))
    _check_belongs(run.programme_id, programme_id, run_id)
    programme = get_programme(session, programme_id)
    name = text_in(programme.name, language)
    return view_run(session, run, name, programme.timezone, now=now)


def fail_lost_runs(session: Session, *, now: dt.datetime) -> None:
    """Mark runs failed that no process works on any more.

    A run that waits has no process yet; it is given far longer.
    """
    fail_stale_runs(session, silent_since=now - SILENCE, now=now)
    fail_stale_runs(session, silent_since=now - LONGEST_WAIT, now=now, queued_too=True)


def fail_runs_of_last_server(
    session: Session, *, started_at: dt.datetime, now: dt.datetime
) -> None:
    """Mark runs failed that a server left behind, those too that waited in its memory.

    Called when a server starts and again later. One that was heard of just before the start may
    be the command line's own: it has until it has missed some beats.
    """
    silent_since = min(started_at, now - BEATS_MISSED)
    fail_stale_runs(session, silent_since=silent_since, now=now, queued_too=True)


class StoredRuns:
    """Runs in a database, as far as a job runner changes them, each time in a short step."""

    def __init__(self, database: Database, clock: Callable[[], dt.datetime]) -> None:
        """Remember where the rows are."""
        self._database = database
        self._clock = clock

    def stop(self, run_id: str) -> None:
        """Ask a run to end with the best plan so far, or not to begin."""
        with self._database.writing() as session:
            request_stop(session, key_of(run_id), now=self._clock())

    def note_crash(self, run_id: str) -> None:
        """Mark a run failed whose process is gone, unless it ended before."""
        with self._database.writing() as session:
            if get_run(session, key_of(run_id)).is_active:
                fail_run(session, key_of(run_id), now=self._clock(), message=CRASHED)


def key_of(run_id: str) -> uuid.UUID:
    """Return a run's id as the database knows it."""
    try:
        return uuid.UUID(run_id)
    except ValueError:
        raise NoSuchRun(f"run {run_id}: not in the database") from None


def _draft_of(session: Session, programme_id: str, draft_id: int | None, now: dt.datetime) -> Draft:
    if draft_id is None:
        return main_draft(session, programme_id, now=now)
    return get_draft(session, programme_id, draft_id)


def _check_belongs(owner: str, programme_id: str, run_id: str) -> None:
    if owner != programme_id:
        raise NoSuchRun(f"run {run_id}: not one of programme {programme_id}")
