"""Files on disk: read up to a limit, written beside and then renamed, so never by half."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from pathlib import Path

from scheduler.files.findings import DocumentError, Finding, Message

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
        message = Message(
            "the file has %(size)s MB, and at most %(most)s MB are read; "
            "split the programme into several",
            size=f"{length / 1e6:,.1f}",
            most=MOST_BYTES // 10**6,
        )
        raise DocumentError([Finding("", message)])


def write_beside(path: Path, data: bytes) -> None:
    """Write a file whole: into a new file beside it, which then takes its name."""
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    target = path.resolve()
    part = _open_beside(target)
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            part.chmod(stat.S_IMODE(target.stat().st_mode))
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def check_writable(path: Path) -> None:
    """Raise OSError if a file could not be written there, and leave nothing behind.

    Whether a pipe or device can be written is not known before it is.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.exists() and not path.is_file():
        return
    try:
        _open_beside(path.resolve()).unlink()
    except FileNotFoundError as error:
        raise FileNotFoundError(error.errno, "no such folder", str(path.parent)) from None
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None


def _open_beside(target: Path) -> Path:
    """Return a new empty file in the folder of another."""
    part = target.with_name(f".{target.name[:64]}.{secrets.token_hex(4)}.part")
    part.touch(exist_ok=False)
    return part
