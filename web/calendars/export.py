"""A plan's calendars as files: one for everybody and every place that has one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from scheduler.files.disk import write_beside
from web.calendars.entries import Text, entries_of
from web.calendars.ical import spell
from web.calendars.notes import with_notes
from web.calendars.readers import (
    Reader,
    ReaderKind,
    calendar_name,
    calendar_uid,
    entries_by_reader,
)

if TYPE_CHECKING:
    from scheduler.plan import Plan
    from scheduler.problem.problem import Problem


def write_calendars(
    problem: Problem, plan: Plan, folder: Path, *, domain: str, language: str = "en"
) -> list[Path]:
    """Write a plan's calendars into a folder and return their paths, in order.

    Researchers get their own language, the others ``language``. The entries bear the day from
    which the programme is planned, so that the same plan gives the same bytes. Each file is
    written beside and renamed; whatever else the folder holds stays.
    """
    bodies = [
        (folder / path, body)
        for path, body in _spelled(problem, plan, domain=domain, language=language)
    ]
    for parent in sorted({path.parent for path, _ in bodies}):
        parent.mkdir(parents=True, exist_ok=True)
    for path, body in bodies:
        write_beside(path, body)
    return [path for path, _ in bodies]


def file_name_of(reader: Reader) -> Path:
    """Return where a reader's calendar lies in the folder, whatever the id holds."""
    if reader.kind is ReaderKind.PROGRAMME:
        return Path("programme.ics")
    name = quote(reader.id, safe="").replace("~", "%7E")
    name = "%2E" + name[1:] if name.startswith(".") else name
    return Path(f"{reader.kind}s") / f"{name}.ics"


def readers_of(problem: Problem, language: str) -> Iterator[tuple[Reader, str]]:
    """Yield everybody who gets a file, and the language to write it in."""
    for researcher in problem.researchers:
        reader = _reader(ReaderKind.RESEARCHER, researcher.id, researcher.name)
        yield reader, researcher.language
    for site in problem.sites:
        yield _reader(ReaderKind.SITE, site.id, site.name), language
    for floor in problem.floors:
        yield _reader(ReaderKind.FLOOR, floor.id, floor.name), language
    for zone in problem.zones:
        yield _reader(ReaderKind.ZONE, zone.id, zone.name), language
    for host in problem.hosts:
        yield _reader(ReaderKind.HOST, host.id, host.name), language
    for track in problem.tracks:
        yield _reader(ReaderKind.TRACK, track.id, track.name), language
    programme = problem.programme
    yield _reader(ReaderKind.PROGRAMME, programme.id, programme.name), language


def _spelled(
    problem: Problem, plan: Plan, *, domain: str, language: str
) -> Iterator[tuple[Path, bytes]]:
    programme = problem.programme
    stamp = dt.datetime.combine(programme.today, dt.time(), dt.UTC)
    seen = entries_by_reader(entries_of(problem, plan, domain=domain, stamp=stamp))
    for reader, spoken in readers_of(problem, language):
        body = spell(
            with_notes(reader, seen.get(reader.key, ())),
            name=calendar_name(reader, programme=programme.name, language=spoken),
            language=spoken,
            calendar_uid=calendar_uid(reader, programme_id=programme.id, domain=domain),
            timezone=programme.timezone,
            as_of=programme.today,
        )
        yield file_name_of(reader), body


def _reader(kind: ReaderKind, name_id: str, name: Text) -> Reader:
    return Reader(kind=kind, id=name_id, name=name)
