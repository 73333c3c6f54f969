"""One server for a data folder: it holds a lock on a file there for as long as it lives."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from scheduler.cli import Refusal

FILE = "serving"


@contextmanager
def alone_in(data: Path) -> Iterator[IO[str]]:
    """Hold a data folder's lock, and give the file in which to say where the server is.

    However a process ends, its lock ends with it: what a crashed server has left blocks nobody.
    """
    with (data / FILE).open("a+", encoding="utf-8") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            raise Refusal(_why(data, file)) from None
        yield file


def say_where(file: IO[str], address: str) -> None:
    """Write down where the server is, for whoever would start another one."""
    file.truncate(0)
    file.write(f"{address}\n")
    file.flush()


def _why(data: Path, file: IO[str]) -> str:
    file.seek(0)
    where = file.read().strip()
    return (
        f"the data folder {data} is being served already{f' at {where}' if where else ''}: "
        "stop that server first, or set SARANGCHAE_DATA to another folder"
    )
