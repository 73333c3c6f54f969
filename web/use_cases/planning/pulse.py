"""The sign of life of a run: writes heartbeat and incumbents, and reads the stop flag."""

from __future__ import annotations

import datetime as dt
import logging
import threading
import uuid
from collections.abc import Callable
from types import TracebackType
from typing import Self

from models.database import Database
from models.errors import DatabaseProblem, RunHasEnded
from models.run_store import Incumbent, is_stop_requested, record_heartbeat, record_progress
from scheduler.outcome import Progress

SECONDS_BETWEEN = 0.5

_log = logging.getLogger(__name__)


class Pulse:
    """A thread that keeps a run's row alive while the search has this process to itself.

    The search calls ``note`` and ``is_stopped`` as often as it likes: neither touches the
    database.
    """

    def __init__(
        self, database: Database, run_id: uuid.UUID, clock: Callable[[], dt.datetime]
    ) -> None:
        """Remember the run; the thread starts with the block."""
        self._database = database
        self._run_id = run_id
        self._clock = clock
        self._lock = threading.Lock()
        self._news: Progress | None = None
        self._stop = threading.Event()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._keep_beating, daemon=True)

    def __enter__(self) -> Self:
        """Begin to beat."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Write what is left and stop."""
        self._done.set()
        self._thread.join()
        self._try_to_beat()

    def note(self, progress: Progress) -> None:
        """Take a better plan or a better bound; the latest one is written with the next beat."""
        with self._lock:
            self._news = progress

    def is_stopped(self) -> bool:
        """Tell whether somebody asked the run to stop."""
        return self._stop.is_set()

    def _keep_beating(self) -> None:
        while not self._done.wait(SECONDS_BETWEEN):
            self._try_to_beat()

    def _try_to_beat(self) -> None:
        """Beat once; a database that is locked for a moment is asked again with the next beat."""
        with self._lock:
            news, self._news = self._news, None
        try:
            self._beat(news)
        except RunHasEnded:
            self._stop.set()
        except DatabaseProblem as problem:
            _log.warning("Run %s: %s", self._run_id, problem)

    def _beat(self, news: Progress | None) -> None:
        now = self._clock()
        with self._database.writing() as session:
            if news is None:
                record_heartbeat(session, self._run_id, now=now)
            else:
                incumbent = Incumbent(
                    seconds=news.seconds, objective=news.objective, bound=news.bound
                )
                record_progress(session, self._run_id, incumbent, now=now)
            if is_stop_requested(session, self._run_id):
                self._stop.set()
