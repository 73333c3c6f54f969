"""A reader's calendar as bytes, from what the latest release keeps; loads no solver."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from models.link_store import Link, find_link, load_links
from models.programme_store import ProgrammeFacts, get_programme, load_programmes
from models.release_store import Release, ScopeKind, find_latest_release, load_entries
from web.calendars.entries import Entry, Text
from web.calendars.ical import spell
from web.calendars.readers import (
    Reader,
    ReaderKind,
    calendar_name,
    calendar_uid,
    entries_for,
)
from web.calendars.wording import WORDINGS
from web.use_cases.errors import NotThereError
from web.use_cases.links.making import LinkMaker
from web.use_cases.recent import Recent
from web.use_cases.releases.entries import told_entry

LANGUAGES = tuple(WORDINGS)

_FEEDS_KEPT = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A calendar's bytes, its name for people, and the release that it tells with its moment."""

    body: bytes
    name: str
    file_name: str
    release: int
    changed_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a release tells one of its readers, and what it calls them."""

    release: Release
    programme: ProgrammeFacts
    reader: Reader
    entries: tuple[Entry, ...]


class Feeds:
    """Makes feeds; a release never changes, so what was made of one is kept for a while."""

    def __init__(self, maker: LinkMaker, *, domain: str) -> None:
        """Remember how links are spelled and what ends permanent ids."""
        self._maker = maker
        self._domain = domain
        self._feeds: Recent[tuple[str, int, str], Feed] = Recent(_FEEDS_KEPT)

    def load(
        self, session: Session, link: Link, token: str, *, language: str | None = None
    ) -> Feed:
        """Return the calendar of a standing link.

        It takes one query, and three more for a reader's first feed after a release.
        """
        release = _get_release(session, link)
        spoken = language or spoken_language(link.language)
        key = (token, release.number, spoken)
        return self._feeds.get(key, lambda: self._make(session, link, release, token, spoken))

    def warm_up(self, session: Session) -> None:
        """Make one feed of each programme, so that the first reader does not wait for it.

        The first feed of a process prepares queries and time zones for all others.
        """
        for programme in load_programmes(session):
            for link in load_links(session, programme.id)[:1]:
                token = self._maker.token(link.id)
                with suppress(NotThereError):
                    self.load(session, get_link(session, token), token)

    def _make(
        self, session: Session, link: Link, release: Release, token: str, language: str
    ) -> Feed:
        told = _load_told(session, link, release)
        reader = told.reader
        programme = _programme_name(told)
        name = calendar_name(reader, programme=programme, language=language)
        timezone = told.programme.timezone
        is_person = reader.kind is ReaderKind.RESEARCHER
        body = spell(
            told.entries,
            name=name,
            language=language,
            calendar_uid=calendar_uid(reader, programme_id=link.programme_id, domain=self._domain),
            timezone=timezone,
            as_of=release.created_at.astimezone(ZoneInfo(timezone)).date(),
            source_url=self._maker.calendar(token),
            page_url=self._maker.page(token) if is_person else None,
        )
        return Feed(
            body=body,
            name=name,
            file_name=f"{link.programme_id}-{reader.kind}-{reader.id}",
            release=release.number,
            changed_at=release.created_at,
        )


def get_link(session: Session, token: str, *, kind: ScopeKind | None = None) -> Link:
    """Return the standing link of a token, of a kind if one is named.

    An unknown link and a revoked one are the same.
    """
    link = find_link(session, token)
    if link is None or (kind is not None and link.scope.kind is not kind):
        raise NotThereError("This link leads nowhere, or no longer does.")
    return link


def load_told(session: Session, link: Link) -> Told:
    """Load what the latest release tells the reader of a link."""
    return _load_told(session, link, _get_release(session, link))


def spoken_language(language: str | None) -> str:
    """Return the calendars' language that is a reader's, else English."""
    short = (language or "en").replace("_", "-").partition("-")[0].lower()
    return short if short in WORDINGS else "en"


def _get_release(session: Session, link: Link) -> Release:
    release = find_latest_release(session, link.programme_id)
    if release is None:
        raise NotThereError("Nothing is published yet.")
    return release


def _load_told(session: Session, link: Link, release: Release) -> Told:
    rows = load_entries(session, release.programme_id, release.number, link.scope)
    nameless = Reader(kind=ReaderKind(link.scope.kind.value), id=link.scope.id, name=link.label)
    entries = entries_for(nameless, map(told_entry, rows))
    name = _find_name(nameless, entries) or link.label
    return Told(
        release=release,
        programme=get_programme(session, release.programme_id),
        reader=replace(nameless, name=name),
        entries=entries,
    )


def _programme_name(told: Told) -> Text:
    return next((entry.facts.programme for entry in told.entries), told.programme.name)


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
