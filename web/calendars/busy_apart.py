"""Reads busy days in a process that is ended when it takes too long or too much memory.

Run as ``python -m web.calendars.busy_apart FIRST LAST [TIMEZONE]``: calendar in, JSON out.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from web.calendars.busy_days import BusyDays, BusyEntry, BusyKind
from web.calendars.busy_file import UnreadableCalendar

PATIENCE_SECONDS = 10.0
MOST_MEMORY = 512 * 1024 * 1024
MOST_AT_ONCE = 2


class TooManyReaders(Exception):
    """As many calendars are being read as may be at once; one is free soon."""


class Seats:
    """Places for those who read calendars, each in a process of its own."""

    def __init__(self, count: int) -> None:
        """Begin with all of them free."""
        self._free = threading.BoundedSemaphore(count)

    @contextmanager
    def take(self) -> Iterator[None]:
        """Take a place for a while; ``TooManyReaders`` where none is free."""
        if not self._free.acquire(blocking=False):
            raise TooManyReaders
        try:
            yield
        finally:
            self._free.release()


SEATS = Seats(MOST_AT_ONCE)


def read_busy_days_apart(
    data: bytes,
    *,
    first_day: dt.date,
    last_day: dt.date,
    timezone: str | None = None,
    patience: float = PATIENCE_SECONDS,
) -> BusyDays:
    """Return what ``read_busy_days`` would, unless that takes longer than ``patience`` seconds.

    Raises:
        UnreadableCalendar: It is no calendar, or more than anybody's own calendar would be.
        TooManyReaders: Others are being read.
    """
    command = [sys.executable, "-m", __name__, first_day.isoformat(), last_day.isoformat()]
    command += [timezone] if timezone else []
    with SEATS.take():
        try:
            done = subprocess.run(  # noqa: S603 - our own module
                command, input=data, capture_output=True, timeout=patience, check=False
            )
        except subprocess.TimeoutExpired:
            raise UnreadableCalendar(UnreadableCalendar.TOO_LONG) from None
    if done.returncode != 0:
        raise UnreadableCalendar(UnreadableCalendar.TOO_LONG)
    return _answer_of(json.loads(done.stdout))


def main() -> None:
    """Answer on standard output what standard input says."""
    from web.calendars.busy import read_busy_days  # noqa: PLC0415  # no server needs its libraries

    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    first_day, last_day = map(dt.date.fromisoformat, sys.argv[1:3])
    timezone = next(iter(sys.argv[3:]), None)
    data = sys.stdin.buffer.read()
    try:
        days = read_busy_days(data, first_day=first_day, last_day=last_day, timezone=timezone)
    except UnreadableCalendar as error:
        json.dump({"why": error.why}, sys.stdout)
    else:
        json.dump(asdict(days), sys.stdout, default=dt.date.isoformat)


def _answer_of(answer: dict[str, Any]) -> BusyDays:
    if "why" in answer:
        raise UnreadableCalendar(answer["why"])
    return BusyDays(
        found=tuple(map(_entry_of, answer["found"])),
        unread=tuple(answer["unread"]),
        unread_count=answer["unread_count"],
    )


def _entry_of(document: dict[str, Any]) -> BusyEntry:
    day = dt.date.fromisoformat
    return BusyEntry(
        kind=BusyKind(document["kind"]),
        summary=document["summary"],
        days=tuple((day(first), day(last)) for first, last in document["days"]),
        others=document["others"],
    )


if __name__ == "__main__":
    main()
