"""A command in a session of its own: its time, and the memory of all its processes together."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

POLL_SECONDS = 0.2
MIB = 2**20
STATE, SESSION = 0, 3
"""Where a process's state and session stand in its line of `/proc`, counted after its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """How a command ended; ``memory_mib`` is the most that its processes had at one time."""

    exit_status: int
    was_stopped: bool
    errors: str
    memory_mib: float


def run_watched(
    command: Sequence[str], *, must_stop: Callable[[], bool] | None = None, cwd: Path | None = None
) -> Done:
    """Run a command until it ends or must stop; whatever it started ends with it."""
    most = 0
    was_stopped = False
    with tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=errors, start_new_session=True, cwd=cwd
        )
        try:
            while child.poll() is None:
                most = max(most, session_memory(child.pid))
                if must_stop is not None and must_stop():
                    was_stopped = True
                    break
                time.sleep(POLL_SECONDS)
        finally:
            _end(child)
        errors.seek(0)
        text = errors.read().decode("utf-8", "replace")
    return Done(
        exit_status=child.returncode,
        was_stopped=was_stopped,
        errors=text,
        memory_mib=round(most / MIB, 1),
    )


def session_memory(session: int) -> int:
    """Return the bytes that the processes of a session have; what they share counts once."""
    return sum(_memory(process) for process in session_processes(session))


def session_processes(session: int) -> list[Path]:
    """Return the folders of a session's processes, but those that have ended."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[SESSION]) == session and fields[STATE] != "Z":
                found.append(folder)
    return found


def _memory(process: Path) -> int:
    """Return the bytes of a process, its share of what it shares; 0 once it has ended."""
    try:
        lines = (process / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _end(child: subprocess.Popen[bytes]) -> None:
    """End a command and what it started."""
    while running := session_processes(child.pid):
        for process in running:
            _kill(int(process.name))
        time.sleep(POLL_SECONDS / 10)
    child.wait()


def _kill(process: int) -> None:
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return
