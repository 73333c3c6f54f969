"""What a release tells, kept since a release never changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from models.release_store import Release, load_release_entries
from web.calendars.entries import Entry
from web.calendars.readers import ReaderKey
from web.use_cases.links.freshness import Changed, moments_of_change
from web.use_cases.recent import Recent
from web.use_cases.releases.changes import standing
from web.use_cases.releases.entries import told_entry

_RELEASES_KEPT = 4


@dataclass(frozen=True, kw_only=True)
class ToldRelease:
    """Everything that a release tells."""

    entries: tuple[Entry, ...]

    @cached_property
    def stays(self) -> Mapping[str, Entry]:
        """The stays that take place, by request."""
        return standing(self.entries)

    @cached_property
    def changed_at(self) -> Mapping[ReaderKey, Changed]:
        """When each reader's calendar was changed last."""
        return moments_of_change(self.entries)


class ToldReleases:
    """Gives what releases tell; threads may share it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept: Recent[tuple[str, int], ToldRelease] = Recent(_RELEASES_KEPT)

    def of(self, session: Session, release: Release) -> ToldRelease:
        """Return what a release tells."""

        def load() -> ToldRelease:
            rows = load_release_entries(session, release.programme_id, release.number)
            return ToldRelease(entries=tuple(map(told_entry, rows)))

        return self._kept.get((release.programme_id, release.number), load)
