"""Calendars that say when somebody is taken, and nothing else: no names, no places, no addresses.

Such a calendar is for the eyes of others, so that what it must not say never reaches its spelling.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from web.calendars.entries import Entry, Facts, Kind, Place, Text
from web.calendars.texts import said
from web.calendars.wording import wording_in


def busy_only(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return entries under the same ids that have days and nothing to say of them."""
    nothing = Facts(programme="", place=Place(site=""))
    return tuple(replace(entry, kind=Kind.BUSY, facts=nothing) for entry in entries)


def busy_name(*, programme: Text, language: str) -> str:
    """Return the name of such a calendar, which is nobody's."""
    return wording_in(language).busy_calendar.format(programme=said(programme, language))


def busy_uid(calendar_uid: str) -> str:
    """Return the permanent id of such a calendar, which does not tell whose it is."""
    _, at, domain = calendar_uid.rpartition("@")
    return f"{hashlib.sha256(calendar_uid.encode()).hexdigest()[:32]}{at}{domain}"
