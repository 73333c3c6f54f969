"""What a spawned process does: one run after the other."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading


def prepare_worker() -> None:
    """Leave Ctrl-C to the server, and end with it however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def work(database_url: str, run_id: str) -> None:
    """Do what a run asks for."""
    from web.use_cases.planning.work import run_at  # noqa: PLC0415 - the server loads no OR-Tools

    run_at(database_url, run_id)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
