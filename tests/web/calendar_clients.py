"""What the calendar programs of other people read in a file."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import vobject
from icalendar import Calendar

from web.frontend.build import find_npm

ICAL_JS = Path(__file__).parent / "ical_js"
NPM_PACKAGES = ("ical.js", "node-ical")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEvent:
    """An event as a program reads it; ``stop`` is the day after its last day."""

    uid: str
    sequence: int
    status: str
    summary: str
    location: str
    description: str
    first: str
    stop: str


def read_by_icalendar(body: bytes) -> list[ReadEvent]:
    """Return the events that icalendar reads."""
    return [
        ReadEvent(
            uid=str(event["uid"]),
            sequence=int(str(event["sequence"])),
            status=str(event["status"]),
            summary=str(event["summary"]),
            location=str(event.get("location", "")),
            description=str(event["description"]),
            first=event.start.isoformat(),
            stop=event.end.isoformat(),
        )
        for event in Calendar.from_ical(body).events
    ]


def read_by_vobject(body: bytes) -> list[ReadEvent]:
    """Return the events that vobject reads."""
    calendar = vobject.readOne(body.decode())
    return [
        ReadEvent(
            uid=event.uid.value,
            sequence=int(event.sequence.value),
            status=event.status.value,
            summary=event.summary.value,
            location=event.location.value if hasattr(event, "location") else "",
            description=event.description.value,
            first=event.dtstart.value.isoformat(),
            stop=event.dtend.value.isoformat(),
        )
        for event in calendar.contents.get("vevent", [])
    ]


def read_by_ical_js(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """Return the calendars that ical.js reads."""
    return _read_by_node("read.js", paths)


def events_of_ical_js(calendar: dict[str, Any]) -> list[ReadEvent]:
    """Return the events of a calendar that ical.js read."""
    names = ReadEvent.__dataclass_fields__
    return [ReadEvent(**{name: event[name] for name in names}) for event in calendar["events"]]


def read_by_node_ical(paths: Iterable[Path]) -> list[list[ReadEvent]]:
    """Return the events that node-ical reads in each file."""
    return [
        [ReadEvent(**event) for event in events]
        for events in _read_by_node("read_node_ical.js", paths)
    ]


def _read_by_node(script: str, paths: Iterable[Path]) -> list[Any]:
    """Return what a script says of each file, its packages installed first if they are not."""
    command, environment = find_npm()
    with (ICAL_JS / "package.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        installed = (ICAL_JS / "node_modules" / name / "package.json" for name in NPM_PACKAGES)
        if not all(path.exists() for path in installed):
            subprocess.run(
                [*command, "ci", "--loglevel=error"], cwd=ICAL_JS, env=environment, check=True
            )
    node = shutil.which("node", path=environment["PATH"]) or "node"
    ended = subprocess.run(
        [node, str(ICAL_JS / script), *map(str, paths)],
        env=environment,
        capture_output=True,
        check=True,
    )
    calendars: list[Any] = json.loads(ended.stdout)
    return calendars


def run_khal(home: Path, *arguments: str) -> str:
    """Run khal with a calendar and settings of its own, and return what it prints."""
    config = home / "khal.conf"
    config.write_text(
        f"[calendars]\n[[lab]]\npath = {home / 'lab'}\ntype = calendar\n"
        f"[sqlite]\npath = {home / 'khal.db'}\n"
        "[locale]\nlocal_timezone = Asia/Seoul\ndefault_timezone = Asia/Seoul\n"
        "dateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ntimeformat = %H:%M\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n",
        encoding="utf-8",
    )
    (home / "lab").mkdir(exist_ok=True)
    environment = os.environ | {"HOME": str(home), "XDG_DATA_HOME": str(home), "LC_ALL": "C.UTF-8"}
    khal = Path(sys.executable).parent / "khal"
    ended = subprocess.run(
        [khal, "--config", config, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return ended.stdout
