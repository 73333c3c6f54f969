"""A reader's calendar as bytes, from what the latest release keeps; loads no solver."""

from __future__ import annotations

import datetime as dt
import gzip
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy.orm import Session

from models.database import Database
from models.feed_store import find_opened, load_own_entries
from models.link_store import Link, load_links
from models.programme_store import load_programmes
from web.calendars.busy_only import busy_name, busy_only, busy_uid
from web.calendars.entries import Entry, Text
from web.calendars.holidays_near import holidays_near
from web.calendars.ical import etag_of, spell
from web.calendars.notes import with_notes
from web.calendars.readers import (
    ReaderKind,
    calendar_name,
    calendar_uid,
)
from web.calendars.wording import WORDINGS, spoken_language
from web.use_cases.errors import NotThereError
from web.use_cases.links.making import LinkMaker, derived_key
from web.use_cases.recent import Recent
from web.use_cases.releases.entries import told_entry
from web.use_cases.researchers.told import Shared, Told, load_shared, told_by

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
        opens_page = told.reader.kind is ReaderKind.RESEARCHER and link.device is None
        body = spell(
            shown.entries,
            name=shown.name,
            language=language,
            calendar_uid=shown.uid,
            timezone=told.programme.timezone,
            as_of=told.day,
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
            (programme, release), lambda: load_shared(session, programme, release)
        )
        own = load_own_entries(session, programme, release, link.scope)
        return told_by(link, shared, map(told_entry, own))


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

    return holidays_near(
        told.reader, told.entries, language=language, named=name_holidays, today=told.day
    )


def _programme_name(told: Told) -> Text:
    return next((entry.facts.programme for entry in told.entries), told.programme.name)
