"""Parts of pages: where, which track, and a calendar to subscribe to."""

from __future__ import annotations

from dataclasses import dataclass

from models.release_store import ScopeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """Where somebody sits, from zone to site."""

    zone: str
    floor: str
    building: str
    site: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackView:
    """A track's name and its colour ``#rrggbb``."""

    id: str
    name: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """A calendar to subscribe to: https for copying, webcal for a click, a file to download."""

    kind: ScopeKind
    subject: str
    name: str
    https: str
    webcal: str
    download: str
