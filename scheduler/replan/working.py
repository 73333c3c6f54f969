"""Where the parts of a short search are solved."""

from __future__ import annotations

from concurrent.futures import Executor

from scheduler.executors.inline import InlineExecutor

SHORT = 15.0
"""Seconds up to which starting worker processes takes more time than they save."""


def executor_for(seconds: float, given: Executor | None) -> Executor | None:
    """Return the executor given, else this process where the search is short; None: its own."""
    return given or (InlineExecutor() if seconds <= SHORT else None)
