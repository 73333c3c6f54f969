"""A reader's calendars by device: for the researcher's own page and for the coordinator's."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from web.use_cases.links.freshness import Seen
from web.use_cases.links.programs import Program


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceView:
    """The calendar of one device: what it shows, what it has seen, and its addresses.

    ``google``, ``outlook_at_work`` and ``outlook_at_home`` are pages of those companies, which
    are told the calendar's address when somebody opens them.
    """

    id: str
    device: str
    program: Program
    language: str
    shows_holidays: bool
    busy_only: bool
    made_at: dt.datetime
    seen: Seen
    https: str
    webcal: str
    download: str
    google: str
    outlook_at_work: str
    outlook_at_home: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarsView:
    """All calendars of a reader; ``download`` is a file that shows what is published today."""

    timezone: str
    devices: tuple[DeviceView, ...]
    most: int
    download: str
    is_published: bool

    @property
    def may_add(self) -> bool:
        """Tell whether there may be one more."""
        return len(self.devices) < self.most


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarView:
    """One calendar of a reader with all that can be done about it."""

    timezone: str
    device: DeviceView
