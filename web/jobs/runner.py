"""Who works off plan runs: a process pool beside the server, behind an interface of two verbs."""

from __future__ import annotations

import logging
import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol

from web.jobs.worker import prepare_worker, work

_log = logging.getLogger(__name__)


class JobRunner(Protocol):
    """Works off queued runs; their rows say how far they are."""

    def submit(self, run_id: str) -> None:
        """See that the run is worked off."""

    def close(self) -> None:
        """Wait for the work in hand, and give up what has not begun."""


class EmbeddedRunner:
    """One spawned process beside the server; it alone loads OR-Tools.

    The process starts with the first run, so that nothing is forked with it. If it dies (out of
    memory, say), ``on_crash`` hears of the run and the next run gets a new process.
    """

    def __init__(self, database_url: str, *, on_crash: Callable[[str], None]) -> None:
        """Remember where the rows are."""
        self._database_url = database_url
        self._on_crash = on_crash
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, run_id: str) -> None:
        """Queue the run behind those in hand."""
        with self._lock:
            future = self._submit(run_id)
        future.add_done_callback(lambda done: self._look_after(run_id, done))

    def close(self) -> None:
        """Wait for the run in hand, which its stop flag ends soon; cancel the queued ones."""
        with self._lock:
            pool, self._pool = self._pool, None
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
        if done.cancelled():
            return
        error = done.exception()
        if error is not None:
            _log.error("The work on run %s ended: %s", run_id, error)
            self._on_crash(run_id)


def _new_pool() -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(max_workers=1, mp_context=context, initializer=prepare_worker)
