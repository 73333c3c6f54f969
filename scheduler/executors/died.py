"""The one error of executors that a search survives."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor


class WorkerDied(BrokenExecutor):
    """Whoever worked on a call is gone, and the call with it; other calls go on."""
