"""Files on disk: read up to a limit, written beside and then renamed, so never by half."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from scheduler.files.findings import DocumentError, Finding

MOST_BYTES = 20_000_000
"""Longest file that is read; a scenario of 10,000 requests has about half of it."""


def read_limited(path: Path) -> bytes:
    """Return a file's bytes, or raise DocumentError if it is too long; OSError passes."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        data = b"" if size > MOST_BYTES else file.read(MOST_BYTES + 1)
    check_length(max(size, len(data)))
    return data


def check_length(length: int) -> None:
    """Raise DocumentError if a document has more bytes than are read."""
    if length > MOST_BYTES:
        message = (
            f"the file has {length / 1e6:,.1f} MB, and at most {MOST_BYTES // 10**6} MB are read; "
            "split the programme into several"
        )
        raise DocumentError([Finding("", message)])


def write_beside(path: Path, data: bytes) -> None:
    """Write a file whole: into a new file beside it, which then takes its name."""
    target = path.resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(_mode_for(target))
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def check_writable(path: Path) -> None:
    """Raise OSError if a file could not be written there, and leave nothing behind."""
    target = path.resolve()
    if target.is_dir():
        raise IsADirectoryError(21, "Is a directory", str(path))
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}."):
        pass


def _mode_for(target: Path) -> int:
    """Return the permissions that a file has, or that a new one would get."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
