"""A reader's calendar as bytes, from what the latest release keeps; loads no solver."""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from models.database import Database
from models.feed_store import find_opened, load_own_entries, load_shared_entries
from models.link_store import Link, find_link, load_links
from models.programme_store import ProgrammeFacts, get_programme, load_programmes
from models.release_store import (
    Release,
    ScopeKind,
    find_latest_release,
    find_release,
    load_entries,
)
from web.calendars.busy_only import busy_name, busy_only, busy_uid
from web.calendars.entries import Entry, Text
from web.calendars.holidays_near import holidays_near
from web.calendars.ical import etag_of, spell
from web.calendars.notes import with_notes
from web.calendars.readers import (
    Reader,
    ReaderKind,
    calendar_name,
    calendar_uid,
    entries_for,
)
from web.calendars.wording import WORDINGS
from web.use_cases.errors import NotThereError
from web.use_cases.links.making import LinkMaker, derived_key
from web.use_cases.recent import Recent
from web.use_cases.releases.entries import PROGRAMME, TIMEZONE, told_entry

LANGUAGES = tuple(WORDINGS)

_FEEDS_KEPT = 2048
_RELEASES_KEPT = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A calendar's bytes, plain and packed, with the tag of what they say.

    ``name`` is for people; ``release`` is the one that it tells, made at ``changed_at``.
    """

    body: bytes
    packed: bytes
    tag: str
    name: str
    file_name: str
    release: int
    changed_at: dt.datetime


class Fetched(NamedTuple):
    """A calendar, and the link by which it was asked for."""

    link: Link
    feed: Feed


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a release tells one of its readers, and what it calls them."""

    release: Release
    programme: ProgrammeFacts
    reader: Reader
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What the calendars of a release have in common."""

    release: Release
    programme: ProgrammeFacts
    events: tuple[Entry, ...]


class Feeds:
    """Makes feeds; a release never changes, so what was made of one is kept for a while."""

    def __init__(self, maker: LinkMaker, *, domain: str) -> None:
        """Remember how links are spelled and what ends permanent ids."""
        self._maker = maker
        self._domain = domain
        self._busy_key = derived_key(maker.secret, "busy")
        self._feeds: Recent[tuple[object, ...], Feed] = Recent(_FEEDS_KEPT)
        self._shared: Recent[tuple[str, int], Shared] = Recent(_RELEASES_KEPT)

    def fetch(self, database: Database, token: str, *, language: str | None = None) -> Fetched:
        """Return the calendar of a token and its link; what it shows is the link's to say.

        It takes one statement, one more for a reader's first feed after a release, and three
        more for the first of all.

        Raises:
            NotThereError: No such link stands, or nothing is published.
        """
        with database.asking() as connection:
            opened = find_opened(connection, token)
        if opened is None or opened.release is None:
            raise NotThereError("This link leads nowhere, or no longer does.")
        link, release = opened.link, opened.release
        spoken = language or spoken_language(link.language)
        key = _key(token, link, release, spoken)
        feed = self._feeds.get(key, lambda: self._make(database, link, release, token, spoken))
        return Fetched(link, feed)

    def find(self, database: Database, token: str) -> Fetched | None:
        """Find the calendar of a token if it was made already, by the same statement."""
        with database.asking() as connection:
            opened = find_opened(connection, token)
        if opened is None or opened.release is None:
            return None
        spoken = spoken_language(opened.link.language)
        feed = self._feeds.find(_key(token, opened.link, opened.release, spoken))
        return None if feed is None else Fetched(opened.link, feed)

    def warm_up(self, database: Database) -> None:
        """Make one feed of each programme, so that the first reader does not wait for it.

        The first feed of a process prepares queries and time zones for all others.
        """
        with database.reading() as session:
            links = [
                link
                for programme in load_programmes(session)
                for link in load_links(session, programme.id)[:1]
            ]
        for link in links:
            with suppress(NotThereError):
                self.fetch(database, self._maker.token(link.id))

    def _make(
        self, database: Database, link: Link, release: int, token: str, language: str
    ) -> Feed:
        with database.reading() as session:
            told = self._load(session, link, release)
        shown = _shown(told, link, domain=self._domain, busy_key=self._busy_key, language=language)
        timezone = told.programme.timezone
        opens_page = told.reader.kind is ReaderKind.RESEARCHER and link.device is None
        body = spell(
            shown.entries,
            name=shown.name,
            language=language,
            calendar_uid=shown.uid,
            timezone=timezone,
            as_of=told.release.created_at.astimezone(ZoneInfo(timezone)).date(),
            source_url=self._maker.calendar(token),
            page_url=self._maker.page(token) if opens_page else None,
        )
        return Feed(
            body=body,
            packed=gzip.compress(body, mtime=0),
            tag=etag_of(body),
            name=shown.name,
            file_name=shown.file_name,
            release=release,
            changed_at=told.release.created_at,
        )

    def _load(self, session: Session, link: Link, release: int) -> Told:
        programme = link.programme_id
        shared = self._shared.get(
            (programme, release), lambda: _load_shared(session, programme, release)
        )
        own = load_own_entries(session, programme, release, link.scope)
        return _told(link, shared, map(told_entry, own))


def _key(token: str, link: Link, release: int, language: str) -> tuple[object, ...]:
    """Return all that a feed depends on."""
    return token, release, language, link.shows_holidays, link.busy_only


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """What a link shows of what its reader is told, and what it calls that."""

    entries: tuple[Entry, ...]
    name: str
    uid: str
    file_name: str


def _shown(told: Told, link: Link, *, domain: str, busy_key: bytes, language: str) -> _Shown:
    """Return what a link shows: one of busy days has nothing else in it, whatever else it says."""
    reader, programme = told.reader, _programme_name(told)
    uid = calendar_uid(reader, programme_id=link.programme_id, domain=domain)
    if link.busy_only:
        return _Shown(
            entries=busy_only(told.entries, key=busy_key),
            name=busy_name(programme=programme, language=language),
            uid=busy_uid(uid, key=busy_key),
            file_name=f"{link.programme_id}-busy",
        )
    holidays = _holidays(told, language) if link.shows_holidays else ()
    return _Shown(
        entries=(*with_notes(reader, told.entries), *holidays),
        name=calendar_name(reader, programme=programme, language=language),
        uid=uid,
        file_name=f"{link.programme_id}-{reader.kind}-{reader.id}",
    )


def _holidays(told: Told, language: str) -> tuple[Entry, ...]:
    from web.use_cases.researchers.holiday_layer import (  # noqa: PLC0415 - loads what few need
        name_holidays,
    )

    return holidays_near(told.reader, told.entries, language=language, named=name_holidays)


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
    programme = _programme_of(session, release)
    shared = Shared(release=release, programme=programme, events=())
    return _told(link, shared, map(told_entry, rows))


def _load_shared(session: Session, programme_id: str, number: int) -> Shared:
    release = find_release(session, programme_id, number)
    if release is None:
        raise NotThereError(f"release {number} of programme {programme_id!r}: not there")
    events = load_shared_entries(session, programme_id, number)
    return Shared(
        release=release,
        programme=_programme_of(session, release),
        events=tuple(map(told_entry, events)),
    )


def _programme_of(session: Session, release: Release) -> ProgrammeFacts:
    """Return the programme as the release calls it, and its clock; early ones did not say."""
    programme = get_programme(session, release.programme_id)
    called, timezone = (release.facts.get(name) for name in (PROGRAMME, TIMEZONE))
    return replace(
        programme, name=called or programme.name, timezone=timezone or programme.timezone
    )


def _told(link: Link, shared: Shared, own: Iterable[Entry]) -> Told:
    nameless = Reader(kind=ReaderKind(link.scope.kind.value), id=link.scope.id, name=link.label)
    entries = entries_for(nameless, (*shared.events, *own))
    name = _find_name(nameless, entries) or link.label
    return Told(
        release=shared.release,
        programme=shared.programme,
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
