"""Files of a release: its plan, the programme that it answers, and everybody's calendars."""

from __future__ import annotations

import io
import zipfile
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from models.release_store import load_release_entries
from scheduler.plan_file import plan_bytes
from scheduler.problem.scenario_file import parse_scenario
from web.calendars.export import file_name_of, readers_of
from web.calendars.ical import spell
from web.calendars.notes import with_notes
from web.calendars.readers import calendar_name, calendar_uid, entries_by_reader
from web.use_cases.releases.entries import told_entry
from web.use_cases.releases.page import plan_of_release, scenario_of_release
from web.use_cases.releases.roll_back import get_release


def plan_file(session: Session, programme_id: str, number: int) -> bytes:
    """Return a release's plan file; ``NotThereError`` where there is none."""
    return plan_bytes(plan_of_release(session, get_release(session, programme_id, number)))


def scenario_file(session: Session, programme_id: str, number: int) -> bytes:
    """Return the scenario file that a release answers; ``NotThereError`` where there is none."""
    return scenario_of_release(session, get_release(session, programme_id, number))


def calendars_file(
    session: Session, programme_id: str, number: int, *, domain: str, language: str
) -> bytes:
    """Return a ZIP file with every reader's calendar as a release tells it.

    Researchers' are in their own language. ``NotThereError`` where the programme was not kept.
    """
    release = get_release(session, programme_id, number)
    problem = parse_scenario(scenario_of_release(session, release))
    programme = problem.programme
    entries = map(told_entry, load_release_entries(session, programme_id, number))
    seen = entries_by_reader(entries)
    as_of = release.created_at.astimezone(ZoneInfo(programme.timezone)).date()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for reader, spoken in readers_of(problem, language):
            body = spell(
                with_notes(reader, seen.get(reader.key, ())),
                name=calendar_name(reader, programme=programme.name, language=spoken),
                language=spoken,
                calendar_uid=calendar_uid(reader, programme_id=programme.id, domain=domain),
                timezone=programme.timezone,
                as_of=as_of,
            )
            archive.writestr(file_name_of(reader).as_posix(), body)
    return packed.getvalue()
