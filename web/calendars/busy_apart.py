"""Reads busy days in a process that is ended when it takes too long or too much memory.

Run as ``python -m web.calendars.busy_apart FIRST LAST``: calendar in, JSON out.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import subprocess
import sys
from dataclasses import asdict

from web.calendars.busy import Busy, BusyDays, UnreadableCalendar, read_busy_days

PATIENCE_SECONDS = 10.0
MOST_MEMORY = 1024 * 1024 * 1024


def read_busy_days_apart(
    data: bytes, *, first_day: dt.date, last_day: dt.date, patience: float = PATIENCE_SECONDS
) -> BusyDays:
    """Return what ``read_busy_days`` would, unless that takes longer than ``patience`` seconds.

    Raises:
        UnreadableCalendar: It is no calendar, or more than anybody's own calendar would be.
    """
    command = [sys.executable, "-m", __name__, first_day.isoformat(), last_day.isoformat()]
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command, input=data, capture_output=True, timeout=patience, check=False
        )
    except subprocess.TimeoutExpired:
        raise UnreadableCalendar(UnreadableCalendar.TOO_LONG) from None
    if done.returncode != 0:
        raise UnreadableCalendar(UnreadableCalendar.TOO_LONG)
    answer = json.loads(done.stdout)
    if "why" in answer:
        raise UnreadableCalendar(answer["why"])
    return BusyDays(found=tuple(map(_busy_of, answer["found"])), unread=tuple(answer["unread"]))


def main() -> None:
    """Answer on standard output what standard input says."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    first_day, last_day = map(dt.date.fromisoformat, sys.argv[1:])
    try:
        days = read_busy_days(sys.stdin.buffer.read(), first_day=first_day, last_day=last_day)
    except UnreadableCalendar as error:
        json.dump({"why": error.why}, sys.stdout)
    else:
        json.dump(asdict(days), sys.stdout, default=dt.date.isoformat)


def _busy_of(document: dict[str, str]) -> Busy:
    return Busy(
        first_day=dt.date.fromisoformat(document["first_day"]),
        last_day=dt.date.fromisoformat(document["last_day"]),
        summary=document["summary"],
    )


if __name__ == "__main__":
    main()
