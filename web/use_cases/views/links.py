"""The coordinator's pages of private links."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from models.release_store import ScopeKind
from web.use_cases.links.freshness import Freshness, Seen
from web.use_cases.views.calendars import DeviceView


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksQuery:
    """What the list is asked for; ``freshness`` is old or never, None for whatever it is."""

    words: str = ""
    kind: ScopeKind | None = None
    freshness: Freshness | None = None
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """A reader with the own link and the calendars of devices; ``url`` is None where none stands.

    ``detail`` is a person's institution, or where a zone or floor lies. ``url`` is a researcher's
    page, or the calendar of anything else; ``link_id`` is empty without one. ``is_known`` is false
    for a reader who is no longer in the programme, whose links can only be revoked.
    """

    kind: ScopeKind
    subject: str
    name: str
    detail: str
    email: str | None
    link_id: str
    url: str | None
    made_at: dt.datetime | None
    seen: Seen
    devices: tuple[DeviceView, ...]
    is_known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """Who does not see what is published: calendars that are old, and links never opened."""

    old: int = 0
    unopened: int = 0
    unfetched: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksView:
    """A page of the list of readers; ``latest`` is None before the first release.

    ``counts`` are the readers that match, of each kind; ``addresses`` where all of them can be
    written to.
    """

    programme_id: str
    programme: str
    timezone: str
    latest: int | None
    query: LinksQuery
    backlog: Backlog
    counts: Mapping[ScopeKind, int]
    rows: tuple[LinkRow, ...]
    found: int
    pages: int
    addresses: tuple[str, ...]

    @property
    def matching(self) -> int:
        """Number of readers of all kinds that match."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """One reader's links, to be replaced, revoked, and added to."""

    programme_id: str
    programme: str
    timezone: str
    link: LinkRow
    most: int

    @property
    def may_add(self) -> bool:
        """Tell whether there may be one more calendar."""
        return self.link.is_known and len(self.link.devices) < self.most
