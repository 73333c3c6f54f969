"""The coordinator's pages of private links."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from models.release_store import ScopeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """A reader and the link; ``url`` is None where none stands.

    ``detail`` is a person's institution, or where a zone lies. ``url`` is a researcher's page, or
    the calendar of anything else. ``is_known`` is false for a reader who is no longer in the
    programme, whose link can only be revoked.
    """

    kind: ScopeKind
    subject: str
    name: str
    detail: str
    url: str | None
    made_at: dt.datetime | None
    fetched_at: dt.datetime | None
    is_known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksView:
    """Every reader's link; no rows before the first release."""

    programme_id: str
    programme: str
    timezone: str
    rows: tuple[LinkRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """One reader's link, to be replaced or revoked."""

    programme_id: str
    programme: str
    timezone: str
    link: LinkRow
