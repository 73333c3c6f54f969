"""Looks now and then for runs that no process works on any more."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from models.errors import DatabaseProblem

SECONDS_BETWEEN = 3.0

_log = logging.getLogger(__name__)


def watch_in_background(look: Callable[[], None], *, seconds: float = SECONDS_BETWEEN) -> None:
    """Call ``look`` every so many seconds until the process ends; a locked database is noted."""
    threading.Thread(target=_watch, args=(look, seconds), daemon=True, name="watch").start()


def _watch(look: Callable[[], None], seconds: float) -> None:
    pause = threading.Event()
    while not pause.wait(seconds):
        try:
            look()
        except DatabaseProblem as problem:
            _log.warning("Looking for lost runs: %s", problem)
