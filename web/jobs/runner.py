"""Who works off plan runs: a process pool beside the server, behind an interface of two verbs."""

from __future__ import annotations

import logging
import multiprocessing
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol

from web.jobs.worker import prepare_worker, work

SIDE_BY_SIDE = 2
"""So many runs at once, so that a question need not wait for a plan."""

_log = logging.getLogger(__name__)


class JobRunner(Protocol):
    """Works off queued runs; their rows say how far they are."""

    def submit(self, run_id: str) -> None:
        """See that the run is worked off."""

    def close(self) -> None:
        """Stop the run in hand, and give up what has not begun."""


class RunRows(Protocol):
    """The rows of runs, as far as a runner changes them."""

    def stop(self, run_id: str) -> None:
        """Ask a run to end with the best plan so far, or not to begin."""

    def note_crash(self, run_id: str) -> None:
        """Write down that the process of a run is gone."""


class EmbeddedRunner:
    """Spawned processes beside the server; they alone load OR-Tools.

    They start with the first run, so that nothing is forked with them. If one dies (out of
    memory, say), the runs in hand fail and the next run gets a new one.
    """

    def __init__(self, database_url: str, rows: RunRows) -> None:
        """Remember where the rows are."""
        self._database_url = database_url
        self._rows = rows
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._in_hand: set[str] = set()

    def submit(self, run_id: str) -> None:
        """Queue the run behind those in hand."""
        with self._lock:
            self._in_hand.add(run_id)
            future = self._submit(run_id)
        future.add_done_callback(lambda done: self._look_after(run_id, done))

    def close(self) -> None:
        """Stop the runs in hand, which keeps their best plans, and wait for the process."""
        with self._lock:
            pool, self._pool = self._pool, None
            runs = tuple(self._in_hand)
        for run_id in runs:
            self._rows.stop(run_id)
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)

    def _submit(self, run_id: str) -> Future[None]:
        self._pool = self._pool or _new_pool()
        try:
            return self._pool.submit(work, self._database_url, run_id)
        except BrokenProcessPool:
            self._pool = _new_pool()
            return self._pool.submit(work, self._database_url, run_id)

    def _look_after(self, run_id: str, done: Future[None]) -> None:
        with self._lock:
            self._in_hand.discard(run_id)
        error = None if done.cancelled() else done.exception()
        if error is not None:
            _log.error("The work on run %s ended: %s", run_id, error)
            self._rows.note_crash(run_id)


def _new_pool() -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(
        max_workers=SIDE_BY_SIDE, mp_context=context, initializer=prepare_worker
    )
