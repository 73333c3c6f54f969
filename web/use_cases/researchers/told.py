"""What a release tells a reader: what their pages and their calendars are made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from models.feed_store import load_shared_entries
from models.link_store import Link
from models.programme_store import ProgrammeFacts, get_programme
from models.release_store import (
    Release,
    find_latest_release,
    find_release,
    load_entries,
)
from web.calendars.entries import Entry, Text
from web.calendars.readers import Reader, ReaderKind, entries_for
from web.use_cases.errors import NotThereError
from web.use_cases.releases.entries import PROGRAMME, TIMEZONE, told_entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a release tells one of its readers, and what it calls them."""

    release: Release
    programme: ProgrammeFacts
    reader: Reader
    entries: tuple[Entry, ...]

    @property
    def day(self) -> dt.date:
        """The day of the release, at the programme."""
        return self.release.created_at.astimezone(ZoneInfo(self.programme.timezone)).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What the calendars of a release have in common."""

    release: Release
    programme: ProgrammeFacts
    events: tuple[Entry, ...]


def load_told(session: Session, link: Link) -> Told:
    """Load what the latest release tells the reader of a link."""
    return _load_told(session, link, _get_release(session, link))


def load_shared(session: Session, programme_id: str, number: int) -> Shared:
    """Load what the calendars of a release have in common; ``NotThereError`` without one."""
    release = find_release(session, programme_id, number)
    if release is None:
        raise NotThereError(f"release {number} of programme {programme_id!r}: not there")
    events = load_shared_entries(session, programme_id, number)
    return Shared(
        release=release,
        programme=_programme_of(session, release),
        events=tuple(map(told_entry, events)),
    )


def told_by(link: Link, shared: Shared, own: Iterable[Entry]) -> Told:
    """Return what the reader of a link is told, out of what all and they alone are told."""
    nameless = Reader(kind=ReaderKind(link.scope.kind.value), id=link.scope.id, name=link.label)
    entries = entries_for(nameless, (*shared.events, *own))
    name = _find_name(nameless, entries) or link.label
    return Told(
        release=shared.release,
        programme=shared.programme,
        reader=replace(nameless, name=name),
        entries=entries,
    )


def _get_release(session: Session, link: Link) -> Release:
    release = find_latest_release(session, link.programme_id)
    if release is None:
        raise NotThereError("Nothing is published yet.")
    return release


def _load_told(session: Session, link: Link, release: Release) -> Told:
    rows = load_entries(session, release.programme_id, release.number, link.scope)
    programme = _programme_of(session, release)
    shared = Shared(release=release, programme=programme, events=())
    return told_by(link, shared, map(told_entry, rows))


def _programme_of(session: Session, release: Release) -> ProgrammeFacts:
    """Return the programme as the release calls it, and its clock; early ones did not say."""
    programme = get_programme(session, release.programme_id)
    called, timezone = (release.facts.get(name) for name in (PROGRAMME, TIMEZONE))
    return replace(
        programme, name=called or programme.name, timezone=timezone or programme.timezone
    )


def _find_name(reader: Reader, entries: Iterable[Entry]) -> Text | None:
    """Find what the release calls a reader; one without a residency is not called there."""
    for entry in entries:
        facts = entry.facts
        called: dict[ReaderKind, tuple[str | None, Text]] = {
            ReaderKind.RESEARCHER: (entry.researcher_id, facts.researcher),
            ReaderKind.HOST: (entry.host_id, facts.host),
            ReaderKind.SITE: (entry.site_id, facts.place.site),
            ReaderKind.FLOOR: (entry.floor_id, facts.place.floor),
            ReaderKind.ZONE: (entry.zone_id, facts.place.zone),
            ReaderKind.TRACK: (entry.track_id, facts.tracks[0] if facts.tracks else ""),
        }
        reader_id, name = called.get(reader.kind, (None, ""))
        if reader_id == reader.id and name:
            return name
    return None
